`timescale 1ns/1ns
module wrr_tb;
  reg clk = 0, rst_n = 0, done = 0, cfg_we = 0;
  reg [3:0] req = 0;
  reg [1:0] cfg_ch = 0;
  reg [2:0] cfg_weight = 0;
  wire [3:0] gnt;
  wire busy, timeout;
  wire [7:0] served;
  integer fails = 0, n = 0, k;

  wrr dut (clk, rst_n, req, done, cfg_we, cfg_ch, cfg_weight, gnt, busy, timeout, served);
  always #10 clk = !clk;

  // Waits for a grant and answers it after some cycles.
  task turn(input [3:0] want, input integer after);
    integer t;
    begin
      t = 0;
      while (!busy && t < 5) begin
        @(negedge clk);
        t = t + 1;
      end
      n = n + 1;
      if (gnt !== want) begin
        fails = fails + 1;
        $display("%0t: turn %0d: gnt=%b, should be %b", $time, n, gnt, want);
      end
      repeat (after) @(negedge clk);
      done = 1;
      @(negedge clk) done = 0;
    end
  endtask

  task configure(input [1:0] ch, input [2:0] w);
    begin
      @(negedge clk) cfg_we = 1; cfg_ch = ch; cfg_weight = w;
      @(negedge clk) cfg_we = 0;
    end
  endtask

  initial begin
    repeat (3) @(negedge clk);
    rst_n = 1;
    @(negedge clk);
    if (busy !== 0) begin fails = fails + 1; $display("%0t: busy after reset", $time); end
    req = 4'b1111;
    turn(4'b0001, 1); turn(4'b0010, 3); turn(4'b0100, 1); turn(4'b1000, 2); turn(4'b0001, 1);
    req = 4'b1001;
    turn(4'b1000, 1); turn(4'b0001, 1); turn(4'b1000, 1);
    req = 4'b0000;
    repeat (3) @(negedge clk);
    if (gnt !== 4'b0000) begin fails = fails + 1; $display("%0t: gnt=%b without a request", $time, gnt); end
    configure(2'd1, 3'd3);
    configure(2'd2, 3'd2);
    req = 4'b0110;
    for (k = 0; k < 2; k = k + 1) begin
      turn(4'b0010, 1); turn(4'b0010, 1); turn(4'b0010, 2);
      turn(4'b0100, 1); turn(4'b0100, 1);
    end
    turn(4'b0010, 1);
    req = 4'b0100;   // its credit is void
    turn(4'b0100, 1);
    req = 4'b0000;
    @(negedge clk);
    if (served !== 20) begin fails = fails + 1; $display("%0t: served=%0d, should be 20", $time, served); end
    // No answer: the watchdog.
    req = 4'b1000;
    wait (busy);
    req = 4'b0000;
    k = 0;
    while (busy && k < 30) begin @(negedge clk); k = k + 1; end
    if (timeout !== 1) begin fails = fails + 1; $display("%0t: timeout=%b, should be 1", $time, timeout); end
    if (k !== 13) begin fails = fails + 1; $display("%0t: taken away after %0d, should be 13", $time, k); end
    @(negedge clk);
    if (timeout !== 0) begin fails = fails + 1; $display("%0t: timeout stays", $time); end
    if (served !== 20) begin fails = fails + 1; $display("%0t: served=%0d, should be 20", $time, served); end
    if (fails == 0) $display("ok: %0d turns, PASS", n);
    else $display("FAIL: %0d wrong", fails);
    $finish;
  end
endmodule
