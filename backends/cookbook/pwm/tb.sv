// Counts, period by period, the clocks in which pwm gives 1.
`timescale 1ns / 1ps
module pwm_tb;

  localparam int WIDTH = 8;

  int checks = 0;
  int errors = 0;
  logic clk = 0;
  always #5 clk = ~clk;

  localparam int PERIOD = 1 << WIDTH;
  logic rst = 1, out;
  logic [WIDTH-1:0] duty = '0;
  int high, first;

  pwm #(
      .WIDTH(WIDTH)
  ) dut (.clk, .rst, .duty, .out);

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, pwm_tb);
  end

  // One whole period: how long out was 1, and that it was so without a gap.
  task automatic period(input logic [WIDTH-1:0] next, input int want);
    int edges = 0;
    logic last = 0;
    high = 0;
    for (int i = 0; i < PERIOD; i++) begin
      @(posedge clk);
      #1;
      // Changing in the middle must not show before the next period.
      if (i == PERIOD / 2) duty = next;
      if (out === 1'b1) high++;
      if (i > 0 && out !== last) edges++;
      last = out;
      if (out === 1'bx) errors++;
    end
    checks++;
    if (high != want || edges > 1) begin
      errors++;
      $error("duty: expected %0d clocks got %0d, in %0d edges", want, high, edges);
    end
  endtask

  initial begin
    int prior;
    repeat (3) @(negedge clk);
    rst = 0;
    duty = '0;
    prior = 0;
    // The first edge after the reset is the period's first.
    period('1, 0);
    period('0, PERIOD - 1);
    period(WIDTH'(1), 0);
    prior = 1 % PERIOD;
    for (int n = 0; n < 8; n++) begin
      logic [WIDTH-1:0] next;
      next = WIDTH'($urandom);
      period(next, prior);
      prior = int'(next);
    end
    period('0, prior);
    finish_up;
  end

  task automatic finish_up;
    if (errors == 0) $display("PASS %0d checks", checks);
    else begin
      $display("FAIL %0d of %0d checks", errors, checks);
      $fatal(1, "pwm is not what it should be");
    end
    $finish;
  endtask

  initial begin
    #20000000;
    $fatal(1, "time limit");
  end

endmodule
