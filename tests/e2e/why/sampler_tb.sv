`timescale 1ns / 1ns
// Sends frames, some with noise in a sample, and reads what was kept.
module sampler_tb;
  reg clk, reset, line, get;
  wire [7:0] out;
  wire empty, lost, bad;
  integer errors, i;

  sampler dut(clk, reset, line, get, out, empty, lost, bad);

  initial clk = 0;
  always #5 clk = !clk;

  task hold;
    input level;
    begin
      line = level;
      repeat (48) @(negedge clk);
    end
  endtask

  task send;
    input [7:0] byte_;
    input flip;
    begin
      hold(0);
      for (i = 0; i < 8; i = i + 1) hold(byte_[i]);
      hold((^byte_) ^ flip);
      hold(1);
      repeat (20) @(negedge clk);
    end
  endtask

  // One of the three samples of each bit is wrong.
  task send_noisy;
    input [7:0] byte_;
    input integer at;
    begin
      hold(0);
      for (i = 0; i < 8; i = i + 1) begin
        line = byte_[i];
        repeat (at) @(negedge clk);
        line = ~byte_[i];
        repeat (3) @(negedge clk);
        line = byte_[i];
        repeat (45 - at) @(negedge clk);
      end
      hold(^byte_);
      hold(1);
      repeat (20) @(negedge clk);
    end
  endtask

  task take;
    input [7:0] want;
    begin
      if (empty !== 0) begin
        $display("ERROR at %0t: empty is %b, expected 0", $time, empty);
        errors = errors + 1;
      end
      if (out !== want) begin
        $display("ERROR at %0t: out is %h, expected %h", $time, out, want);
        errors = errors + 1;
      end
      get = 1;
      @(negedge clk);
      get = 0;
    end
  endtask

  initial begin
    errors = 0; reset = 1; line = 1; get = 0;
    repeat (4) @(negedge clk);
    reset = 0;
    repeat (10) @(negedge clk);
    if (empty !== 1) begin $display("ERROR: empty is %b, expected 1", empty); errors = errors + 1; end
    send(8'h53, 0);
    take(8'h53);
    if (empty !== 1) begin $display("ERROR: empty is %b, expected 1", empty); errors = errors + 1; end
    send(8'h0e, 0);
    send(8'hc8, 0);
    take(8'h0e);
    take(8'hc8);
    send_noisy(8'ha6, 21);
    take(8'ha6);
    send_noisy(8'h9d, 24);
    take(8'h9d);
    send_noisy(8'h4b, 27);
    take(8'h4b);
    send(8'h35, 1);
    if (bad !== 1) begin $display("ERROR: bad is %b, expected 1", bad); errors = errors + 1; end
    if (empty !== 1) begin $display("ERROR: empty is %b, expected 1", empty); errors = errors + 1; end
    // A short dip is no start bit.
    line = 0;
    repeat (12) @(negedge clk);
    line = 1;
    repeat (60) @(negedge clk);
    if (empty !== 1) begin $display("ERROR: empty is %b, expected 1", empty); errors = errors + 1; end
    send(8'h11, 0); send(8'h22, 0); send(8'h33, 0); send(8'h44, 0);
    if (lost !== 0) begin $display("ERROR: lost is %b, expected 0", lost); errors = errors + 1; end
    send(8'h55, 0);
    if (lost !== 1) begin $display("ERROR: lost is %b, expected 1", lost); errors = errors + 1; end
    take(8'h11); take(8'h22); take(8'h33); take(8'h44);
    if (empty !== 1) begin $display("ERROR: empty is %b, expected 1", empty); errors = errors + 1; end
    if (errors == 0) $display("PASS");
    $finish;
  end
endmodule
