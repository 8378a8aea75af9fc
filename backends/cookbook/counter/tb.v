// Checks counter against a model: reset, holding, counting, the wrap, and a
// random mix of reset and enable.
`timescale 1ns / 1ps
module counter_tb;

  localparam WIDTH = 8;

  reg clk;
  reg rst;
  reg en;
  wire [WIDTH-1:0] count;
  reg [WIDTH-1:0] expected;
  integer checks;
  integer errors;
  integer cycles;

  counter #(.WIDTH(WIDTH)) dut (.clk(clk), .rst(rst), .en(en), .count(count));

  always #5 clk = ~clk;

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, counter_tb);
  end

  // Drives away from the edge, lets one edge pass, compares.
  task step(input r, input e);
    begin
      @(negedge clk);
      rst = r;
      en  = e;
      @(posedge clk);
      #1;
      if (r) expected = {WIDTH{1'b0}};
      else if (e) expected = expected + 1'b1;
      checks = checks + 1;
      if (count !== expected) begin
        errors = errors + 1;
        $display("ERROR: rst %b en %b: count: expected %0d got %0d", r, e, expected, count);
      end
    end
  endtask

  initial begin
    clk = 0;
    rst = 1;
    en = 0;
    checks = 0;
    errors = 0;
    expected = {WIDTH{1'b0}};
    cycles = WIDTH <= 10 ? (1 << WIDTH) + 3 : 600;
    step(1, 0);
    step(1, 1);  // reset wins
    repeat (3) step(0, 0);
    repeat (cycles) step(0, 1);
    step(0, 0);
    repeat (400) step(($random & 15) == 0, ($random & 3) != 0);
    step(1, 1);
    if (errors == 0) $display("PASS %0d checks", checks);
    else $display("FAIL %0d of %0d checks", errors, checks);
    $finish;
  end

  initial begin
    #1000000;
    $display("FAIL time limit");
    $finish;
  end

endmodule
