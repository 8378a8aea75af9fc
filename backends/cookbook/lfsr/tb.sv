// Checks that lfsr shifts, never shows 0, and takes the longest way round.
`timescale 1ns / 1ps
module lfsr_tb;

  localparam int WIDTH = 8;

  int checks = 0;
  int errors = 0;
  logic clk = 0;
  always #5 clk = ~clk;

  localparam longint PERIOD = (64'd1 << WIDTH) - 1;
  logic rst = 1, en = 0;
  logic [WIDTH-1:0] q, start, held;
  longint steps;
  int ones;

  lfsr #(
      .WIDTH(WIDTH)
  ) dut (.clk, .rst, .en, .q);

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, lfsr_tb);
  end

  task automatic step(input logic r, input logic e);
    @(negedge clk);
    rst = r; en = e;
    @(posedge clk);
    #1;
    checks++;
    if ($isunknown(q) || q === '0) begin
      errors++;
      if (errors < 5) $error("q: expected anything but 0, got %b", q);
    end
  endtask

  initial begin
    step(1, 0);
    checks++;
    if (q !== '1) begin
      errors++;
      $error("reset: expected all ones got %b", q);
    end
    start = q;
    steps = 0;
    ones = 0;
    // Around once, where that is not too far; else a good way.
    do begin
      held = q;
      step(0, 1);
      steps++;
      ones += int'(q[0]);
      if (q[WIDTH-1:1] !== held[WIDTH-2:0]) begin
        errors++;
        if (errors < 5) $error("%b to %b is no shift", held, q);
      end
    end while (q !== start && steps < 40000 && errors < 20);
    checks++;
    if (PERIOD <= 40000 ? steps != PERIOD : q === start) begin
      errors++;
      $error("period: expected %0d got %0d", PERIOD, steps);
    end
    checks++;
    if (PERIOD <= 40000 && ones != (1 << (WIDTH - 1))) begin
      errors++;
      $error("ones in a period: got %0d", ones);
    end
    held = q;
    repeat (5) step(0, 0);
    checks++;
    if (q !== held) begin
      errors++;
      $error("moved without enable");
    end
    finish_up;
  end

  task automatic finish_up;
    if (errors == 0) $display("PASS %0d checks", checks);
    else begin
      $display("FAIL %0d of %0d checks", errors, checks);
      $fatal(1, "lfsr is not what it should be");
    end
    $finish;
  endtask

  initial begin
    #20000000;
    $fatal(1, "time limit");
  end

endmodule
