// Checks counter against a model: reset, holding, counting, the wrap, and a
// random mix of reset and enable.
`timescale 1ns / 1ps
module counter_tb;

  localparam int WIDTH = 8;

  logic clk = 0;
  logic rst = 1;
  logic en = 0;
  logic [WIDTH-1:0] count;
  logic [WIDTH-1:0] expected;
  int checks = 0;
  int errors = 0;

  counter #(.WIDTH(WIDTH)) dut (.clk(clk), .rst(rst), .en(en), .count(count));

  always #5 clk = ~clk;

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, counter_tb);
  end

  // Drives away from the edge, lets one edge pass, compares.
  task automatic step(input logic r, input logic e);
    @(negedge clk);
    rst = r;
    en  = e;
    @(posedge clk);
    #1;
    if (r) expected = '0;
    else if (e) expected = expected + 1'b1;
    checks = checks + 1;
    if (count !== expected) begin
      errors = errors + 1;
      $error("rst %b en %b: count: expected %0d got %0d", r, e, expected, count);
    end
  endtask

  initial begin
    step(1, 0);
    step(1, 1);  // reset wins
    repeat (3) step(0, 0);
    // Far enough to wrap where that is soon; else from the top.
    repeat (WIDTH <= 10 ? (1 << WIDTH) + 3 : 600) step(0, 1);
    step(0, 0);
    repeat (400) step($urandom % 16 == 0, $urandom % 3 != 0);
    step(1, 1);
    if (errors == 0) $display("PASS %0d checks", checks);
    else begin
      $display("FAIL %0d of %0d checks", errors, checks);
      $fatal(1, "counter does not count");
    end
    $finish;
  end

  initial begin
    #1000000;
    $fatal(1, "time limit");
  end

endmodule
