`timescale 1ns/1ps
module b5_tb; reg [3:0] a = 0; wire [3:0] y = ~a; reg pass; integer i;
 initial begin pass = 1'b1; for (i = 0; i < 16; i = i + 1) begin a = i; #1; pass = pass && (y == ~a); end
 if (pass) begin $display("======================="); $display("Congratulations! All data are correct"); end else $display("There are errors in your design"); $finish; end endmodule
