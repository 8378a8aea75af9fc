// Checks clock_divider against a plain count of enabled clocks.
`timescale 1ns / 1ps
module clock_divider_tb;

  localparam int DIVISOR = 10;

  int checks = 0;
  int errors = 0;
  logic clk = 0;
  always #5 clk = ~clk;

  logic rst = 1, en = 0, tick;
  int counted = 0;

  clock_divider #(
      .DIVISOR(DIVISOR)
  ) dut (.clk, .rst, .en, .tick);

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, clock_divider_tb);
  end

  task automatic step(input logic r, input logic e);
    @(negedge clk);
    rst = r; en = e;
    #1;
    checks++;
    if (tick !== (e && counted == DIVISOR - 1)) begin
      errors++;
      $error("after %0d clocks: tick: expected %b got %b", counted, e && counted == DIVISOR - 1, tick);
    end
    @(posedge clk);
    if (r) counted = 0;
    else if (e) counted = counted == DIVISOR - 1 ? 0 : counted + 1;
  endtask

  initial begin
    @(negedge clk);
    @(negedge clk);
    step(1, 0);
    repeat (3 * (DIVISOR < 3000 ? DIVISOR : 3000) + 5) step(0, 1);
    repeat (2000) step($urandom % 64 == 0, $urandom % 4 != 0);
    finish_up;
  end

  task automatic finish_up;
    if (errors == 0) $display("PASS %0d checks", checks);
    else begin
      $display("FAIL %0d of %0d checks", errors, checks);
      $fatal(1, "clock_divider is not what it should be");
    end
    $finish;
  endtask

  initial begin
    #20000000;
    $fatal(1, "time limit");
  end

endmodule
