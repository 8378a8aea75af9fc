module tally #(parameter W = 4) (input logic clk, rst, en, output logic [W-1:0] count);
  always_ff @(posedge clk)
    if (rst) count <= '0;
    else if (en) count <= count + 1'b1;
endmodule
