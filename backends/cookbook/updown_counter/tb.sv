// Checks updown_counter against a model of its priorities.
`timescale 1ns / 1ps
module updown_counter_tb;

  localparam int WIDTH = 8;

  int checks = 0;
  int errors = 0;
  logic clk = 0;
  always #5 clk = ~clk;

  logic rst = 1, load = 0, en = 0, up = 0;
  logic [WIDTH-1:0] d = '0, count, expected;

  updown_counter #(
      .WIDTH(WIDTH)
  ) dut (.clk, .rst, .load, .d, .en, .up, .count);

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, updown_counter_tb);
  end

  task automatic step(input logic r, input logic l, input logic [WIDTH-1:0] v, input logic e, input logic u);
    @(negedge clk);
    rst = r; load = l; d = v; en = e; up = u;
    @(posedge clk);
    #1;
    if (r) expected = '0;
    else if (l) expected = v;
    else if (e && u) expected = expected + 1'b1;
    else if (e) expected = expected - 1'b1;
    checks++;
    if (count !== expected) begin
      errors++;
      $error("count: expected %0d got %0d", expected, count);
    end
  endtask

  initial begin
    step(1, 1, '1, 1, 1);        // reset wins over all
    step(0, 0, '0, 1, 0);        // down from 0 wraps
    step(0, 0, '0, 1, 1);        // and back
    step(0, 1, '1, 0, 0);        // load without enable
    step(0, 1, '0, 1, 1);        // load wins over counting
    step(0, 0, '1, 0, 1);        // hold
    repeat (2000)
      step($urandom % 32 == 0, $urandom % 8 == 0, WIDTH'({$urandom, $urandom}), $urandom % 4 != 0, $urandom % 2 == 0);
    finish_up;
  end

  task automatic finish_up;
    if (errors == 0) $display("PASS %0d checks", checks);
    else begin
      $display("FAIL %0d of %0d checks", errors, checks);
      $fatal(1, "updown_counter is not what it should be");
    end
    $finish;
  endtask

  initial begin
    #20000000;
    $fatal(1, "time limit");
  end

endmodule
