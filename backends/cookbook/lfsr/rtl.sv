// Steps through all states but 0. The taps give the greatest length for each
// width.
module lfsr #(
    parameter int WIDTH = 8
) (
    input  logic             clk,
    input  logic             rst,
    input  logic             en,
    output logic [WIDTH-1:0] q
);

  // Bit n - 1 stands for tap n of the polynomial.
  function automatic logic [31:0] taps(input int width);
    case (width)
      3: taps = 32'h0000_0006;
      4: taps = 32'h0000_000c;
      5: taps = 32'h0000_0014;
      6: taps = 32'h0000_0030;
      7: taps = 32'h0000_0060;
      8: taps = 32'h0000_00b8;
      9: taps = 32'h0000_0110;
      10: taps = 32'h0000_0240;
      11: taps = 32'h0000_0500;
      12: taps = 32'h0000_0829;
      13: taps = 32'h0000_100d;
      14: taps = 32'h0000_2015;
      15: taps = 32'h0000_6000;
      16: taps = 32'h0000_d008;
      17: taps = 32'h0001_2000;
      18: taps = 32'h0002_0400;
      19: taps = 32'h0004_0023;
      20: taps = 32'h0009_0000;
      21: taps = 32'h0014_0000;
      22: taps = 32'h0030_0000;
      23: taps = 32'h0042_0000;
      24: taps = 32'h00e1_0000;
      25: taps = 32'h0120_0000;
      26: taps = 32'h0200_0023;
      27: taps = 32'h0400_0013;
      28: taps = 32'h0900_0000;
      29: taps = 32'h1400_0000;
      30: taps = 32'h2000_0029;
      31: taps = 32'h4800_0000;
      default: taps = 32'h8020_0003;
    endcase
  endfunction

  localparam logic [31:0] TAPS = taps(WIDTH);

  always_ff @(posedge clk) begin
    if (rst) q <= '1;  // never 0: that state would stay
    else if (en) q <= {q[WIDTH-2:0], ^(q & TAPS[WIDTH-1:0])};
  end

endmodule
