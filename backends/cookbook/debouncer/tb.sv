// Checks debouncer clock by clock against a model of the wait.
`timescale 1ns / 1ps
module debouncer_tb;

  localparam int CLKS = 16;

  int checks = 0;
  int errors = 0;
  logic clk = 0;
  always #5 clk = ~clk;

  localparam int LONG = CLKS < 2000 ? CLKS : 2000;
  logic rst = 1, in = 0, out;
  logic s0 = 0, s1 = 0, expected = 0;
  int waited = 0;

  debouncer #(
      .CLKS(CLKS)
  ) dut (.clk, .rst, .in, .out);

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, debouncer_tb);
  end

  // The model: the input two clocks ago, and how long it has differed.
  task automatic step(input logic v);
    @(negedge clk);
    in = v;
    @(posedge clk);
    #1;
    if (s1 == expected) waited = 0;
    else if (waited == CLKS - 1) begin
      expected = s1;
      waited = 0;
    end else waited++;
    s1 = s0;
    s0 = v;
    checks++;
    if (out !== expected) begin
      errors++;
      $error("in %b: out: expected %b got %b", v, expected, out);
    end
  endtask

  initial begin
    repeat (3) @(negedge clk);
    rst = 0;
    repeat (5) step(0);
    repeat (LONG - 1) step(1);       // one too short
    repeat (CLKS < 2000 ? 3 : 1) step(0);
    repeat (CLKS + 4) step(1);       // long enough
    repeat (3) begin                 // bounces
      step(0);
      step(1);
    end
    repeat (CLKS + 4) step(0);
    repeat (2000) step($urandom % (CLKS < 64 ? CLKS : 64) < 2 ? ~in : in);
    finish_up;
  end

  task automatic finish_up;
    if (errors == 0) $display("PASS %0d checks", checks);
    else begin
      $display("FAIL %0d of %0d checks", errors, checks);
      $fatal(1, "debouncer is not what it should be");
    end
    $finish;
  endtask

  initial begin
    #20000000;
    $fatal(1, "time limit");
  end

endmodule
