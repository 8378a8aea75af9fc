// Checks mod_counter against a number that counts the same way.
`timescale 1ns / 1ps
module mod_counter_tb;

  localparam int MODULO = 10;

  int checks = 0;
  int errors = 0;
  logic clk = 0;
  always #5 clk = ~clk;

  logic rst = 1, en = 0, wrap;
  logic [$clog2(MODULO)-1:0] count;
  int expected = 0;

  mod_counter #(
      .MODULO(MODULO)
  ) dut (.clk, .rst, .en, .count, .wrap);

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, mod_counter_tb);
  end

  task automatic step(input logic r, input logic e);
    @(negedge clk);
    rst = r; en = e;
    #1;
    checks++;
    if (wrap !== (e && expected == MODULO - 1)) begin
      errors++;
      $error("at %0d: wrap: got %b", expected, wrap);
    end
    @(posedge clk);
    #1;
    if (r) expected = 0;
    else if (e) expected = expected == MODULO - 1 ? 0 : expected + 1;
    checks++;
    if (int'(count) !== expected || $isunknown(count)) begin
      errors++;
      $error("count: expected %0d got %0d", expected, count);
    end
  endtask

  initial begin
    rst = 1;
    repeat (2) @(posedge clk);
    step(1, 1);
    repeat (2 * (MODULO < 3000 ? MODULO : 3000) + 3) step(0, 1);
    repeat (1000) step($urandom % 64 == 0, $urandom % 4 != 0);
    finish_up;
  end

  task automatic finish_up;
    if (errors == 0) $display("PASS %0d checks", checks);
    else begin
      $display("FAIL %0d of %0d checks", errors, checks);
      $fatal(1, "mod_counter is not what it should be");
    end
    $finish;
  endtask

  initial begin
    #20000000;
    $fatal(1, "time limit");
  end

endmodule
