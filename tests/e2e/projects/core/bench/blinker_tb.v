module blinker_tb;
  reg clk = 0, rst = 1;
  integer errors = 0;
  wire [0:0] q;
  blinker dut (.clk(clk), .rst(rst), .q(q));
  always #5 clk = ~clk;
  initial begin
    repeat (2) @(negedge clk);
    rst = 0;
    repeat (5) @(negedge clk);
    if (q !== 0) begin
      errors = errors + 1;
      $display("FAIL: q is %0d, not 0", q);
    end
    if (errors == 0) $display("PASS 1 checks");
    $finish;
  end
endmodule
