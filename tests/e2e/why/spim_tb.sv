`timescale 1ns/1ps
module spim_tb;
  logic clk = 0, rst_n = 0, cpol = 0, cpha = 0, push = 0, full, rx_valid, sclk, mosi;
  logic [3:0] divider = 2, cs_n; logic [1:0] which = 0; logic [7:0] tx = 0, rx;
  logic miso = 0;
  int errors = 0;
  spim dut (.*);
  always #5 clk = ~clk;
  logic [7:0] s_in, s_out; int n; logic [7:0] got [0:63]; int n_got = 0; logic [3:0] got_cs [0:63];
  wire act = cs_n != 4'hf;
  always @(posedge act) begin n = 0; s_in = 0; s_out = 8'hA5 ^ n_got; if (!cpha) miso = s_out[7]; end
  always @(sclk) if (act) begin
    if ((sclk != cpol) ^ cpha) begin s_in = {s_in[6:0], mosi}; n = n + 1; end
    else if (cpha) miso = s_out[7 - n]; else if (n < 8) miso = s_out[7 - n];
  end
  always @(negedge act) if (rst_n) begin got[n_got] = s_in; got_cs[n_got] = n; n_got = n_got + 1; end
  logic [3:0] cs_d; always @(posedge act) cs_d = cs_n;
  int n_rx = 0;
  always @(posedge clk) if (rx_valid) begin
    if (rx !== (8'hA5 ^ n_rx)) begin errors++; $display("FAIL rx %0d: %h, wanted %h", n_rx, rx, 8'hA5 ^ n_rx); end
    n_rx++;
  end
  task send(input [1:0] w, input [7:0] b);
    @(negedge clk); while (full) @(negedge clk);
    push = 1; which = w; tx = b; @(negedge clk); push = 0;
  endtask
  initial begin
    repeat (3) @(negedge clk); rst_n = 1;
    for (int m = 0; m < 4; m++) begin
      cpol = m[1]; cpha = m[0]; repeat (4) @(negedge clk);
      for (int i = 0; i < 6; i++) send(i, 8'h3C + i * 29 + m);
      wait (n_got == 6 * (m + 1)); repeat (3) @(negedge clk);
      for (int i = 0; i < 6; i++) begin
        if (got[m*6+i] !== ((8'h3C + i * 29 + m) & 8'hff)) begin errors++; $display("FAIL mode %0d byte %0d: slave got %h, wanted %h", m, i, got[m*6+i], (8'h3C + i * 29 + m) & 8'hff); end
        if (got_cs[m*6+i] !== 8) begin errors++; $display("FAIL mode %0d byte %0d: %0d bits", m, i, got_cs[m*6+i]); end
      end
      if (cs_d !== ~(4'b1 << 1)) begin errors++; $display("FAIL select %b", cs_d); end
    end
    if (n_rx !== 24) begin errors++; $display("FAIL %0d received", n_rx); end
    if (errors == 0) $display("PASS"); else $display("%0d errors", errors);
    $finish;
  end
  initial begin #200000 $display("FAIL timeout"); $finish; end
endmodule
