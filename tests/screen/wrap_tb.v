module wrap_tb;
  reg clk = 0, rst = 1;
  wire [3:0] n;
  integer i;

  wrap dut(clk, rst, n);
  always #5 clk = ~clk;
  initial begin
    #12 rst = 0;
    for (i = 1; i < 30; i = i + 1) begin
      @(negedge clk);
      if (n !== i % 10) begin
        $display("FAIL: n is %0d after %0d cycles", n, i);
        $finish;
      end
    end
    $display("PASS");
    $finish;
  end
endmodule
