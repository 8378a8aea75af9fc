`timescale 1ns / 1ps
module matrix_tb;
  reg clk = 0, rst_n = 0, start = 0, in_valid = 0;
  reg signed [7:0] in_a = 0, in_b = 0;
  reg [1:0] shift = 0;
  wire out_valid, overflow, busy;
  wire signed [7:0] out_c;
  reg signed [7:0] a [0:3], b [0:3];
  integer errors = 0, run, i, r, c, want, seen;
  reg [31:0] seed = 32'h1234abcd;
  reg clips;

  matrix dut(.*);
  always #5 clk = ~clk;

  task check(input integer got, input integer expected, input integer what);
    if (got !== expected) begin
      $display("ERROR at %0t: output %0d is %0d, expected %0d", $time, what, got, expected);
      errors = errors + 1;
    end
  endtask

  task next;
    begin
      seed = {seed[30:0], seed[31] ^ seed[21] ^ seed[1] ^ seed[0]};
      seed = {seed[28:0], seed[31:29]} + 32'h9e37;
    end
  endtask

  initial begin
    #22 rst_n = 1;
    for (run = 0; run < 12; run = run + 1) begin
      shift = run;
      clips = 0;
      for (i = 0; i < 4; i = i + 1) begin
        next; a[i] = run < 3 ? $signed(seed[3:0]) : seed[7:0];
        next; b[i] = run < 3 ? $signed(seed[3:0]) : seed[7:0];
      end
      @(negedge clk) start = 1;
      @(negedge clk) start = 0;
      for (i = 0; i < 4; i = i + 1) begin
        in_valid = 1; in_a = a[i]; in_b = b[i];
        @(negedge clk) in_valid = 0;
        if (run[0]) @(negedge clk);
      end
      check(busy, 1, 9);
      for (i = 0; !out_valid && i < 20; i = i + 1) @(negedge clk);
      for (i = 0; i < 4; i = i + 1) begin
        r = i / 2; c = i % 2;
        want = a[r * 2] * b[c * 2] + a[r * 2 + 1] * b[c * 2 + 1];
        if (shift != 0) want = (want + (1 << (shift - 1))) >>> shift;
        if (want > 127) begin want = 127; clips = 1; end
        if (want < -128) begin want = -128; clips = 1; end
        check(out_valid, 1, 8);
        check(out_c, want, i);
        @(negedge clk);
      end
      check(out_valid, 0, 7);
      check(overflow, clips, 6);
      check(busy, 0, 5);
    end
    if (errors == 0) $display("PASS");
    $finish;
  end
endmodule
