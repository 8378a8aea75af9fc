module wrap(input clk, rst, output reg [3:0] n);
  always @(posedge clk)
    if (rst) n <= 0;
    else if (n == 8) n <= 0;
    else n <= n + 4'd1;
endmodule
