`timescale 1ns/1ps
module cnt_tb;
  logic clk = 0, rst = 1, en = 0, full;
  logic [7:0] q, expected_q = 0;
  cnt dut(.*);
  always #5 clk = ~clk;
  initial begin
    #22 rst = 0; en = 1;
    repeat (12) begin
      @(posedge clk); expected_q = expected_q + (expected_q == 6 ? 2 : 1);
      @(negedge clk);
      if (q !== expected_q) begin $error("q is %h, not %h", q, expected_q); $finish; end
    end
    $display("PASS"); $finish;
  end
endmodule
