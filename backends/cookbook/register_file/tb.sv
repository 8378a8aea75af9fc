// Checks register_file against an array.
`timescale 1ns / 1ps
module register_file_tb;

  localparam int WIDTH = 32;
  localparam int DEPTH = 32;

  int checks = 0;
  int errors = 0;
  logic clk = 0;
  always #5 clk = ~clk;

  localparam int BITS = $clog2(DEPTH);
  logic we = 0;
  logic [BITS-1:0] waddr = '0, raddr1 = '0, raddr2 = '0;
  logic [WIDTH-1:0] wdata = '0, rdata1, rdata2;
  logic [WIDTH-1:0] model[0:DEPTH-1];

  register_file #(
      .WIDTH(WIDTH),
      .DEPTH(DEPTH)
  ) dut (.clk, .we, .waddr, .wdata, .raddr1, .raddr2, .rdata1, .rdata2);

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, register_file_tb);
  end

  task automatic write(input int addr, input logic [WIDTH-1:0] v, input logic e);
    @(negedge clk);
    we = e; waddr = BITS'(addr); wdata = v;
    raddr1 = BITS'(addr);
    raddr2 = BITS'(addr);
    @(posedge clk);
    if (e && addr != 0) model[addr] = v;
    #1;
    we = 0;
  endtask

  task automatic read(input int x, input int y);
    raddr1 = BITS'(x);
    raddr2 = BITS'(y);
    #1;
    checks++;
    if (rdata1 !== model[x] || rdata2 !== model[y]) begin
      errors++;
      $error("registers %0d, %0d: expected %0h %0h got %0h %0h", x, y, model[x], model[y], rdata1, rdata2);
    end
  endtask

  initial begin
    model[0] = '0;
    for (int i = 0; i < DEPTH; i++) write(i, WIDTH'({$urandom, $urandom}), 1);
    for (int i = 0; i < DEPTH; i++) read(i, DEPTH - 1 - i);
    repeat (1000) begin
      write($urandom_range(DEPTH - 1), WIDTH'({$urandom, $urandom}), $urandom % 4 != 0);
      read($urandom_range(DEPTH - 1), $urandom_range(DEPTH - 1));
      read(int'(waddr), 0);
    end
    finish_up;
  end

  task automatic finish_up;
    if (errors == 0) $display("PASS %0d checks", checks);
    else begin
      $display("FAIL %0d of %0d checks", errors, checks);
      $fatal(1, "register_file is not what it should be");
    end
    $finish;
  endtask

  initial begin
    #20000000;
    $fatal(1, "time limit");
  end

endmodule
