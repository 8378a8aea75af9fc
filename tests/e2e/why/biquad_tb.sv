`timescale 1ns/1ns
module biquad_tb;
  reg clk = 0, rst = 1, c_we = 0, s_valid = 0, m_ready = 0;
  reg [2:0] c_addr = 0;
  reg signed [15:0] c_data = 0, s_data = 0;
  wire s_ready, m_valid, clipped;
  wire signed [15:0] m_data;
  integer errors = 0, i, n = 0;

  biquad dut (.clk(clk), .rst(rst), .c_we(c_we), .c_addr(c_addr), .c_data(c_data),
              .s_valid(s_valid), .s_ready(s_ready), .s_data(s_data), .m_valid(m_valid),
              .m_ready(m_ready), .m_data(m_data), .clipped(clipped));
  always #5 clk = ~clk;

  // The model, in 64 bits.
  integer b0, b1, b2, a1, a2;
  reg signed [63:0] mx1 = 0, mx2 = 0, my1 = 0, my2 = 0, sum;
  reg signed [15:0] expected;
  task model(input reg signed [15:0] x);
    begin
      sum = b0 * x + b1 * mx1 + b2 * mx2 - a1 * my1 - a2 * my2 + 8192;
      sum = sum >>> 14;
      if (sum > 32767) sum = 32767;
      if (sum < -32768) sum = -32768;
      mx2 = mx1; mx1 = x;
      my2 = my1; my1 = sum;
      expected = sum[15:0];
    end
  endtask

  task coef(input [2:0] a, input integer v);
    begin
      @(negedge clk) c_we = 1; c_addr = a; c_data = v;
      @(negedge clk) c_we = 0;
    end
  endtask

  task sample(input reg signed [15:0] x, input integer late);
    integer guard;
    begin
      s_data = x; s_valid = 1;
      guard = 0;
      while (!s_ready && guard < 50) begin @(negedge clk); guard = guard + 1; end
      @(negedge clk) s_valid = 0;
      guard = 0;
      while (!m_valid && guard < 50) begin @(negedge clk); guard = guard + 1; end
      repeat (late) @(negedge clk);
      model(x);
      if (!m_valid) begin
        errors = errors + 1;
        $display("%0t FAIL: no output for sample %0d", $time, n);
      end else if (m_data !== expected) begin
        errors = errors + 1;
        $display("%0t FAIL: sample %0d: y = %0d, model says %0d", $time, n, m_data, expected);
      end
      m_ready = 1;
      @(negedge clk) m_ready = 0;
      n = n + 1;
    end
  endtask

  initial begin
    b0 = 3277; b1 = 6554; b2 = 3277; a1 = -9000; a2 = 4100;
    repeat (2) @(negedge clk);
    rst = 0;
    coef(0, b0); coef(1, b1); coef(2, b2); coef(3, a1); coef(4, a2);
    sample(16'sd10000, 0);
    for (i = 0; i < 6; i = i + 1) sample(0, i % 3);
    for (i = 0; i < 30; i = i + 1) sample($signed(16'h2000) - ((i * 7919) % 16384), i % 2);
    if (clipped !== 1'b0) begin errors = errors + 1; $display("%0t FAIL: clipped too early", $time); end
    for (i = 0; i < 12; i = i + 1) sample(16'sd32767, 0);
    for (i = 0; i < 12; i = i + 1) sample(-16'sd32768, 1);
    if (clipped !== 1'b1) begin errors = errors + 1; $display("%0t FAIL: clipped is not set", $time); end
    if (errors == 0) $display("PASS: %0d samples", n);
    else $display("FAIL: %0d of %0d samples", errors, n);
    $finish;
  end
endmodule
