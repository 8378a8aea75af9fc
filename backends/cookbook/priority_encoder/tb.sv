// Checks priority_encoder against a search from the top.
`timescale 1ns / 1ps
module priority_encoder_tb;

  localparam int WIDTH = 8;

  int checks = 0;
  int errors = 0;
  logic [WIDTH-1:0] in = '0;
  logic [$clog2(WIDTH)-1:0] index;
  logic valid;

  priority_encoder #(
      .WIDTH(WIDTH)
  ) dut (.in, .index, .valid);

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, priority_encoder_tb);
  end

  task automatic check(input logic [WIDTH-1:0] v);
    int want = -1;
    in = v;
    #1;
    for (int i = WIDTH - 1; i >= 0 && want < 0; i--) if (v[i]) want = i;
    checks++;
    if (valid !== (want >= 0) || (want >= 0 && int'(index) !== want) || (want < 0 && index !== '0)) begin
      errors++;
      $error("%b: expected %0d got %0d valid %b", v, want, index, valid);
    end
  endtask

  initial begin
    check('0);
    check('1);
    for (int i = 0; i < WIDTH; i++) check(WIDTH'(1) << i);
    for (int i = 0; i < WIDTH; i++) check((WIDTH'(1) << i) | WIDTH'(1));
    repeat (500) check(WIDTH'({$urandom, $urandom}) >> ($urandom % WIDTH));
    finish_up;
  end

  task automatic finish_up;
    if (errors == 0) $display("PASS %0d checks", checks);
    else begin
      $display("FAIL %0d of %0d checks", errors, checks);
      $fatal(1, "priority_encoder is not what it should be");
    end
    $finish;
  endtask

  initial begin
    #20000000;
    $fatal(1, "time limit");
  end

endmodule
