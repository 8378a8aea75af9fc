// Checks edge_detector for each pair of neighbouring values.
`timescale 1ns / 1ps
module edge_detector_tb;


  int checks = 0;
  int errors = 0;
  logic clk = 0;
  always #5 clk = ~clk;

  logic rst = 1, d = 0, rise, fall, either;
  logic last = 0;

  edge_detector dut (.clk, .rst, .d, .rise, .fall, .either);

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, edge_detector_tb);
  end

  task automatic step(input logic r, input logic v);
    @(negedge clk);
    rst = r; d = v;
    #1;
    checks++;
    if (rise !== (v && !last) || fall !== (!v && last) || either !== (v != last)) begin
      errors++;
      $error("d %b after %b: rise %b fall %b either %b", v, last, rise, fall, either);
    end
    @(posedge clk);
    last = r ? 1'b0 : v;
  endtask

  initial begin
    @(posedge clk);
    step(1, 0);
    step(0, 1);
    step(0, 1);
    step(0, 0);
    step(0, 0);
    step(0, 1);
    step(1, 1);
    step(0, 1);
    repeat (500) step($urandom % 32 == 0, $urandom % 2 == 0);
    finish_up;
  end

  task automatic finish_up;
    if (errors == 0) $display("PASS %0d checks", checks);
    else begin
      $display("FAIL %0d of %0d checks", errors, checks);
      $fatal(1, "edge_detector is not what it should be");
    end
    $finish;
  endtask

  initial begin
    #20000000;
    $fatal(1, "time limit");
  end

endmodule
