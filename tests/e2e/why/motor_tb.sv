`timescale 1ns / 1ns

// Directed, with numbers worked out by hand, and one check task for all.
module motor_tb;
  reg clk, reset, hot, clear;
  reg [1:0] sel;
  reg [4:0] value;
  wire out, trip;
  wire [4:0] level;
  wire [7:0] status;
  integer errors, high, i;

  motor dut(clk, reset, sel, value, hot, clear, out, trip, level, status);

  initial clk = 0;
  always #5 clk = !clk;

  task put;
    input [1:0] where;
    input [4:0] what;
    begin
      sel = where;
      value = what;
      @(negedge clk);
      sel = 0;
    end
  endtask

  task check;
    input [7:0] got, want;
    begin
      if (got !== want) begin
        $display("ERROR at %0t: %0d, expected %0d", $time, got, want);
        errors = errors + 1;
      end
    end
  endtask

  initial begin
    errors = 0; reset = 1; hot = 0; clear = 0; sel = 0; value = 0;
    repeat (2) @(negedge clk);
    reset = 0;
    check(level, 0);
    check(status, 0);
    put(2, 9);
    repeat (6) @(negedge clk);
    check(level, 0);
    put(3, 1);
    repeat (3) @(negedge clk);
    check(level, 1);
    put(1, 1);
    repeat (4) @(negedge clk);
    check(level, 4);
    repeat (20) @(negedge clk);
    check(level, 9);
    high = 0;
    for (i = 0; i < 32; i = i + 1) begin
      if (out) high = high + 1;
      @(negedge clk);
    end
    if (high !== 9) begin
      $display("ERROR: out is %b, %0d of 32 high, expected 9", out, high);
      errors = errors + 1;
    end
    hot = 1;
    repeat (2) @(negedge clk);
    check(status[4:3], 2);
    hot = 0;
    @(negedge clk);
    check(status[4:3], 1);
    hot = 1;
    repeat (2) @(negedge clk);
    check(trip, 0);
    @(negedge clk);
    check(trip, 1);
    @(negedge clk);
    check(out, 0);
    hot = 0;
    repeat (6) @(negedge clk);
    check(level, 6);
    clear = 1;
    @(negedge clk);
    clear = 0;
    check(trip, 0);
    repeat (5) @(negedge clk);
    check(level, 7);
    put(2, 4);
    repeat (12) @(negedge clk);
    check(level, 4);
    check(status[2:0], 1);
    put(3, 0);
    repeat (12) @(negedge clk);
    check(level, 0);
    check(status[6], 0);
    if (errors == 0) $display("PASS");
    $finish;
  end
endmodule
