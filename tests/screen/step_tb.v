`timescale 1ns/1ps
module step_tb;
  reg clk = 0, rst = 1, up = 1;
  wire [3:0] n;
  step dut(clk, rst, up, n);
  always #5 clk = ~clk;
  initial begin
    #12 rst = 0;
    #30 if (n === 3) $display("PASS"); else $display("FAIL: n is %d", n);
    $finish;
  end
endmodule
