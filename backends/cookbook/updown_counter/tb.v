// Checks updown_counter against a model of its priorities.
`timescale 1ns / 1ps
module updown_counter_tb;

  localparam WIDTH = 8;

  reg clk, rst, load, en, up;
  reg [WIDTH-1:0] d, expected;
  wire [WIDTH-1:0] count;
  integer checks, errors;

  updown_counter #(.WIDTH(WIDTH)) dut (.clk(clk), .rst(rst), .load(load), .d(d), .en(en), .up(up), .count(count));

  always #5 clk = ~clk;

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, updown_counter_tb);
  end

  task step(input r, input l, input [WIDTH-1:0] v, input e, input u);
    begin
      @(negedge clk);
      rst = r; load = l; d = v; en = e; up = u;
      @(posedge clk);
      #1;
      if (r) expected = {WIDTH{1'b0}};
      else if (l) expected = v;
      else if (e && u) expected = expected + 1'b1;
      else if (e) expected = expected - 1'b1;
      checks = checks + 1;
      if (count !== expected) begin
        errors = errors + 1;
        $display("ERROR: count: expected %0d got %0d", expected, count);
      end
    end
  endtask

  initial begin
    clk = 0; rst = 1; load = 0; en = 0; up = 0; d = 0; checks = 0; errors = 0; expected = 0;
    step(1, 1, {WIDTH{1'b1}}, 1, 1);
    step(0, 0, {WIDTH{1'b0}}, 1, 0);
    step(0, 0, {WIDTH{1'b0}}, 1, 1);
    step(0, 1, {WIDTH{1'b1}}, 0, 0);
    step(0, 1, {WIDTH{1'b0}}, 1, 1);
    repeat (2000) step(($random & 31) == 0, ($random & 7) == 0, $random, ($random & 3) != 0, $random);
    if (errors == 0) $display("PASS %0d checks", checks);
    else $display("FAIL %0d of %0d checks", errors, checks);
    $finish;
  end

  initial begin
    #20000000;
    $display("FAIL time limit");
    $finish;
  end

endmodule
