// Checks every output of decoder for every input.
`timescale 1ns / 1ps
module decoder_tb;

  localparam N = 3;

  reg en;
  reg [N-1:0] sel;
  wire [(1<<N)-1:0] y;
  integer checks, errors, e, s, i;

  decoder #(.N(N)) dut (.en(en), .sel(sel), .y(y));

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, decoder_tb);
  end

  initial begin
    checks = 0;
    errors = 0;
    for (e = 0; e < 2; e = e + 1)
      for (s = 0; s < (1 << N); s = s + 1) begin
        en = e[0];
        sel = s[N-1:0];
        #1;
        for (i = 0; i < (1 << N); i = i + 1) begin
          checks = checks + 1;
          if (y[i] !== (e == 1 && i == s)) begin
            errors = errors + 1;
            $display("ERROR: en %b sel %0d: y[%0d]: got %b", en, sel, i, y[i]);
          end
        end
      end
    if (errors == 0) $display("PASS %0d checks", checks);
    else $display("FAIL %0d of %0d checks", errors, checks);
    $finish;
  end

endmodule
