// Checks alu for each operation at its corners and at random.
`timescale 1ns / 1ps
module alu_tb;

  localparam int WIDTH = 8;

  int checks = 0;
  int errors = 0;
  logic [WIDTH-1:0] a = '0, b = '0, y, want;
  logic [2:0] op = '0;
  logic zero, negative, carry, overflow, want_carry, want_overflow;

  alu #(
      .WIDTH(WIDTH)
  ) dut (.a, .b, .op, .y, .zero, .negative, .carry, .overflow);

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, alu_tb);
  end

  // Wide and signed arithmetic of the language, not of the design.
  task automatic check(input logic [WIDTH-1:0] x, input logic [WIDTH-1:0] z, input logic [2:0] o);
    logic [WIDTH:0] wide;
    logic signed [WIDTH:0] sx, sz, sr;
    a = x; b = z; op = o;
    #1;
    sx = $signed({x[WIDTH-1], x});
    sz = $signed({z[WIDTH-1], z});
    want_carry = 1'b0;
    want_overflow = 1'b0;
    sr = sx + sz;
    case (o)
      3'd0: begin
        wide = {1'b0, x} + {1'b0, z};
        want = wide[WIDTH-1:0];
        want_carry = wide[WIDTH];
        want_overflow = sr[WIDTH] != sr[WIDTH-1];
      end
      3'd1: begin
        want = x - z;
        want_carry = x >= z;
        sr = sx - sz;
        want_overflow = sr[WIDTH] != sr[WIDTH-1];
      end
      3'd2: want = x & z;
      3'd3: want = x | z;
      3'd4: want = x ^ z;
      3'd5: want = sx < sz ? WIDTH'(1) : '0;
      3'd6: want = {x[WIDTH-2:0], 1'b0};
      default: want = {1'b0, x[WIDTH-1:1]};
    endcase
    checks++;
    if (y !== want || zero !== (want == '0) || negative !== want[WIDTH-1] ||
        carry !== want_carry || overflow !== want_overflow) begin
      errors++;
      $error("op %0d %0h %0h: expected %0h got %0h, zero %b negative %b carry %b overflow %b", o, x, z, want, y,
             zero, negative, carry, overflow);
    end
  endtask

  initial begin
    for (int o = 0; o < 8; o++) begin
      check('0, '0, 3'(o));
      check('1, '1, 3'(o));
      check('1, WIDTH'(1), 3'(o));
      check({1'b1, {(WIDTH - 1) {1'b0}}}, WIDTH'(1), 3'(o));
      check({1'b0, {(WIDTH - 1) {1'b1}}}, WIDTH'(1), 3'(o));
      check({1'b0, {(WIDTH - 1) {1'b1}}}, '1, 3'(o));
      check('0, {1'b1, {(WIDTH - 1) {1'b0}}}, 3'(o));
      repeat (200) check(WIDTH'({$urandom, $urandom}), WIDTH'({$urandom, $urandom}), 3'(o));
    end
    finish_up;
  end

  task automatic finish_up;
    if (errors == 0) $display("PASS %0d checks", checks);
    else begin
      $display("FAIL %0d of %0d checks", errors, checks);
      $fatal(1, "alu is not what it should be");
    end
    $finish;
  endtask

  initial begin
    #20000000;
    $fatal(1, "time limit");
  end

endmodule
