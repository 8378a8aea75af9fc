module step(input clk, rst, up, output reg [3:0] n);
  always @(posedge clk)
    if (rst) n <= 0;
    else if (up) begin
      if (n == 9)
        n <= 0;
      else
        n <= n + 1;
    end
endmodule
