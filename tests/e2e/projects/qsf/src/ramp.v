// SystemVerilog in a .v file, as the project says.
module ramp #(parameter int WIDTH = 8) (input logic clk, input logic rst, output logic [WIDTH-1:0] q);
  always_ff @(posedge clk)
    if (rst || q == `RAMP_TOP) q <= '0;
    else q <= q + 1'b1;
endmodule
