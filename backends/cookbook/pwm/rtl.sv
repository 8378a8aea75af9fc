// out is 1 in duty of every 2^WIDTH clocks. A new duty holds from the next
// period on.
module pwm #(
    parameter int WIDTH = 8
) (
    input  logic             clk,
    input  logic             rst,
    input  logic [WIDTH-1:0] duty,
    output logic             out
);

  logic [WIDTH-1:0] count;
  logic [WIDTH-1:0] held;  // the duty of this period

  always_ff @(posedge clk) begin
    if (rst) begin
      count <= '0;
      held  <= '0;
      out   <= 1'b0;
    end else begin
      count <= count + WIDTH'(1);
      if (&count) held <= duty;
      out <= count < held;
    end
  end

endmodule
