module shift_tb;
  reg clk = 0, rst = 1;
  integer errors = 0;
  wire [2:0] q;
  shift dut (.clk(clk), .rst(rst), .q(q));
  always #5 clk = ~clk;
  initial begin
    repeat (2) @(negedge clk);
    rst = 0;
    repeat (5) @(negedge clk);
    if (q !== 7) begin
      errors = errors + 1;
      $display("FAIL: q is %0d, not 7", q);
    end
    if (errors == 0) $display("PASS 1 checks");
    $finish;
  end
endmodule
