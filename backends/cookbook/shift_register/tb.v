// Checks shift_register bit by bit against a model that moves them one at a time.
`timescale 1ns / 1ps
module shift_register_tb;

  localparam WIDTH = 8;

  reg clk, rst, load, en, sin;
  reg [WIDTH-1:0] d, expected;
  wire [WIDTH-1:0] q;
  wire sout;
  integer checks, errors, i;

  shift_register #(.WIDTH(WIDTH)) dut (.clk(clk), .rst(rst), .load(load), .d(d), .en(en), .sin(sin), .q(q), .sout(sout));

  always #5 clk = ~clk;

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, shift_register_tb);
  end

  task step(input r, input l, input [WIDTH-1:0] v, input e, input s);
    begin
      @(negedge clk);
      rst = r; load = l; d = v; en = e; sin = s;
      @(posedge clk);
      #1;
      if (r) expected = {WIDTH{1'b0}};
      else if (l) expected = v;
      else if (e) begin
        for (i = WIDTH - 1; i > 0; i = i - 1) expected[i] = expected[i-1];
        expected[0] = s;
      end
      checks = checks + 1;
      if (q !== expected || sout !== expected[WIDTH-1]) begin
        errors = errors + 1;
        $display("ERROR: q: expected %0h got %0h, sout %b", expected, q, sout);
      end
    end
  endtask

  initial begin
    clk = 0; rst = 1; load = 0; en = 0; sin = 0; d = 0; checks = 0; errors = 0; expected = 0;
    step(1, 1, {WIDTH{1'b1}}, 1, 1);
    repeat (WIDTH) step(0, 0, {WIDTH{1'b0}}, 1, 1);
    repeat (WIDTH) step(0, 0, {WIDTH{1'b0}}, 1, 0);
    repeat (1000) step(($random & 31) == 0, ($random & 7) == 0, $random, ($random & 3) != 0, $random);
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
