module chain #(parameter W = 3) (input clk, input [W-1:0] a, output reg [3:0] q);
  always @(posedge clk)
    if (a == 7)
      if (a == 6) q <= 0;
      else if (a == 5) q <= 1;
      else q <= 2;
    else if (a == 4)
      if (a == 3) q <= 3;
      else /* if */ if (a == 2) q <= 4;
      else q <= 5;
    else // if
      if (a == 1) q <= 6;
      else q <= 7;
  always @(posedge clk)
    if (a == 4) q <= 8;
    else begin
      if (a == 7) q <= 9;
    end
endmodule
