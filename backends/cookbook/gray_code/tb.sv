// Checks gray_code: the count, the way back from Gray code, and that one bit changes.
`timescale 1ns / 1ps
module gray_code_tb;

  localparam int WIDTH = 4;

  int checks = 0;
  int errors = 0;
  logic clk = 0;
  always #5 clk = ~clk;

  logic rst = 1, en = 0;
  logic [WIDTH-1:0] binary, gray, expected, prior;

  gray_code #(
      .WIDTH(WIDTH)
  ) dut (.clk, .rst, .en, .binary, .gray);

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, gray_code_tb);
  end

  task automatic step(input logic r, input logic e);
    logic [WIDTH-1:0] back;
    int changed;
    @(negedge clk);
    prior = gray;
    rst = r; en = e;
    @(posedge clk);
    #1;
    if (r) expected = '0;
    else if (e) expected = expected + 1'b1;
    // Back from Gray to binary, bit by bit from the top.
    back[WIDTH-1] = gray[WIDTH-1];
    for (int i = WIDTH - 2; i >= 0; i--) back[i] = back[i+1] ^ gray[i];
    checks++;
    if (binary !== expected || back !== expected) begin
      errors++;
      $error("expected %0d got binary %0d gray %b", expected, binary, gray);
    end
    if (!r && checks > 1) begin
      checks++;
      changed = 0;
      for (int i = 0; i < WIDTH; i++) if (prior[i] !== gray[i]) changed++;
      if (changed != (e ? 1 : 0)) begin
        errors++;
        $error("%b to %b: not one bit", prior, gray);
      end
    end
  endtask

  initial begin
    step(1, 1);
    repeat (WIDTH <= 10 ? (2 << WIDTH) + 3 : 3000) step(0, 1);
    repeat (500) step($urandom % 64 == 0, $urandom % 2 == 0);
    finish_up;
  end

  task automatic finish_up;
    if (errors == 0) $display("PASS %0d checks", checks);
    else begin
      $display("FAIL %0d of %0d checks", errors, checks);
      $fatal(1, "gray_code is not what it should be");
    end
    $finish;
  endtask

  initial begin
    #20000000;
    $fatal(1, "time limit");
  end

endmodule
