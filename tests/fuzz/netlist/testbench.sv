// Blocks that wait are no hardware.
module testbench;
  logic clk = 0, rst, q;
  always #5 clk = ~clk;
  always begin
    @(posedge clk);
    if (rst) q = 0;
  end
  initial begin
    rst = 1;
    #20 rst = 0;
    @(posedge clk) $finish;
  end
endmodule
