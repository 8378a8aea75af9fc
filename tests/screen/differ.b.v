module tally (input wire clk, input wire rst, input wire en, output reg [3:0] n);
  always @(posedge clk)
    if (rst) n <= 0;
    else if (en) n <= n == 9 ? 0 : n + 1;
endmodule
