// tick is 1 in the last of every DIVISOR clocks that en counts. It is meant as
// an enable, not as a clock.
module clock_divider #(
    parameter int DIVISOR = 10
) (
    input  logic clk,
    input  logic rst,
    input  logic en,
    output logic tick
);

  localparam int BITS = $clog2(DIVISOR);

  logic [BITS-1:0] count;
  logic last;

  assign last = count == BITS'(DIVISOR - 1);
  assign tick = en & last;

  always_ff @(posedge clk) begin
    if (rst) count <= '0;
    else if (en) count <= last ? '0 : count + BITS'(1);
  end

endmodule
