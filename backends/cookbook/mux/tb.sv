// Checks mux for every sel with random inputs.
`timescale 1ns / 1ps
module mux_tb;

  localparam int N = 4;
  localparam int WIDTH = 8;

  int checks = 0;
  int errors = 0;
  logic [N*WIDTH-1:0] in = '0;
  logic [$clog2(N)-1:0] sel = '0;
  logic [WIDTH-1:0] out, expected;

  mux #(
      .N(N),
      .WIDTH(WIDTH)
  ) dut (.in, .sel, .out);

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, mux_tb);
  end

  initial begin
    repeat (50) begin
      for (int i = 0; i < N * WIDTH; i++) in[i] = $urandom % 2 == 0;
      for (int s = 0; s < (1 << $clog2(N)); s++) begin
        sel = $clog2(N)'(s);
        #1;
        expected = s < N ? WIDTH'(in >> (s * WIDTH)) : '0;
        checks++;
        if (out !== expected) begin
          errors++;
          $error("sel %0d: expected %0h got %0h", s, expected, out);
        end
      end
    end
    finish_up;
  end

  task automatic finish_up;
    if (errors == 0) $display("PASS %0d checks", checks);
    else begin
      $display("FAIL %0d of %0d checks", errors, checks);
      $fatal(1, "mux is not what it should be");
    end
    $finish;
  endtask

  initial begin
    #20000000;
    $fatal(1, "time limit");
  end

endmodule
