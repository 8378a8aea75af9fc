// Checks shift_register bit by bit against a model that moves them one at a time.
`timescale 1ns / 1ps
module shift_register_tb;

  localparam int WIDTH = 8;

  int checks = 0;
  int errors = 0;
  logic clk = 0;
  always #5 clk = ~clk;

  logic rst = 1, load = 0, en = 0, sin = 0, sout;
  logic [WIDTH-1:0] d = '0, q, expected;

  shift_register #(
      .WIDTH(WIDTH)
  ) dut (.clk, .rst, .load, .d, .en, .sin, .q, .sout);

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, shift_register_tb);
  end

  task automatic step(input logic r, input logic l, input logic [WIDTH-1:0] v, input logic e, input logic s);
    @(negedge clk);
    rst = r; load = l; d = v; en = e; sin = s;
    @(posedge clk);
    #1;
    if (r) expected = '0;
    else if (l) expected = v;
    else if (e) begin
      for (int i = WIDTH - 1; i > 0; i--) expected[i] = expected[i-1];
      expected[0] = s;
    end
    checks++;
    if (q !== expected || sout !== expected[WIDTH-1]) begin
      errors++;
      $error("q: expected %0h got %0h, sout %b", expected, q, sout);
    end
  endtask

  initial begin
    step(1, 1, '1, 1, 1);
    for (int i = 0; i < 2 * WIDTH; i++) step(0, 0, '0, 1, i < WIDTH);
    step(0, 1, '1, 1, 0);
    for (int i = 0; i < WIDTH; i++) step(0, 0, '0, 1, 0);
    repeat (1000)
      step($urandom % 32 == 0, $urandom % 8 == 0, WIDTH'({$urandom, $urandom}), $urandom % 4 != 0, $urandom % 2 == 0);
    finish_up;
  end

  task automatic finish_up;
    if (errors == 0) $display("PASS %0d checks", checks);
    else begin
      $display("FAIL %0d of %0d checks", errors, checks);
      $fatal(1, "shift_register is not what it should be");
    end
    $finish;
  endtask

  initial begin
    #20000000;
    $fatal(1, "time limit");
  end

endmodule
