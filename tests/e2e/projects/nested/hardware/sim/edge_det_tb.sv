module edge_det_tb;
  logic clk = 0, rst = 1, d = 0, up;
  edge_det dut (.*);
  always #5 clk = ~clk;
  initial begin
    @(negedge clk) rst = 0;
    d = 1;
    #1 if (up !== 1) $error("no edge seen");
    @(negedge clk);
    if (up !== 0) $error("it lasts too long");
    $finish;
  end
endmodule
