`timescale 1ns / 1ns
module codec_tb;
  logic        clk_i = 0, rst_ni = 0, flush_i = 0, valid_i = 0, ready_i = 0;
  logic [7:0]  data_i = 0;
  wire         ready_o, valid_o;
  wire  [7:0]  data_o, tokens_o;
  wire  [15:0] check_o;
  logic [7:0]  queue [0:255];
  int          written = 0, read = 0, errors = 0, seed = 11, tokens = 0, run = 0;
  logic [7:0]  last, expected, low = 0, high = 0;

  codec dut (.*);
  always #5 clk_i = ~clk_i;

  // What goes in comes out, in order.
  always @(posedge clk_i) if (rst_ni) begin
    if (valid_i && ready_o) begin
      queue[written] = data_i;
      written = written + 1;
    end
    if (valid_o && ready_i) begin
      expected = queue[read];
      if (read >= written) begin
        $display("Error: %0t: byte %0h comes out, none expected", $time, data_o);
        errors++;
      end else if (data_o !== expected) begin
        $display("Error: %0t: byte %0d is %0h, expected %0h", $time, read, data_o, expected);
        errors++;
      end
      read = read + 1;
      low  = low + expected;
      high = high + low;
    end
  end

  always @(negedge clk_i) ready_i <= $random(seed) % 4 != 0;

  task automatic send(input logic [7:0] value, input int times);
    repeat (times) begin
      valid_i = 1;
      data_i  = value;
      do @(negedge clk_i); while (!taken);
      valid_i = 0;
      if (run == 0 || value != last || run == 20) begin
        tokens = tokens + 1;
        run = 0;
      end
      run = run + 1;
      last = value;
    end
  endtask
  logic taken;
  always @(posedge clk_i) taken <= valid_i && ready_o;

  task automatic flush;
    flush_i = 1;
    repeat (60) @(negedge clk_i);
    flush_i = 0;
    run = 0;
    if (read != written) begin
      $display("Error: %0t: %0d bytes came out, expected %0d", $time, read, written);
      errors++;
    end
    if (tokens_o !== tokens[7:0]) begin
      $display("Error: %0t: %0d tokens, expected %0d", $time, tokens_o, tokens);
      errors++;
    end
    if (check_o !== {high, low}) begin
      $display("Error: %0t: check is %0h, expected %0h", $time, check_o, {high, low});
      errors++;
    end
  endtask

  initial begin
    repeat (3) @(negedge clk_i);
    rst_ni = 1;
    @(negedge clk_i);
    send(8'h41, 1); send(8'h42, 1);
    flush;
    send(8'h00, 3); send(8'h7f, 1); send(8'h7f, 4); send(8'h80, 2);
    flush;
    send(8'h55, 25); send(8'h01, 1);
    flush;
    for (int k = 0; k < 30; k++) send(k * 37, 1 + k % 3);
    flush;
    if (errors == 0) $display("PASS");
    $finish;
  end
endmodule
