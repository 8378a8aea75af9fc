module max2 (input [7:0] a, input [7:0] b, output [7:0] y);
  assign y = a > b ? a : b;
endmodule
