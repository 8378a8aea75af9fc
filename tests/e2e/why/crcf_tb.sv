module crcf_tb;
  logic clk = 0, rst = 1, in_valid = 0, in_ready, out_valid, out_last, out_ready = 0; logic [7:0] in_data = 0, out_data, good, bad;
  crcf dut (.*);
  always #5 clk = ~clk;
  int seed = 3, errors = 0, n_good = 0, n_bad = 0, wi = 0, ri = 0; logic [8:0] expected [0:4095];
  logic [15:0] c;
  task put(input [7:0] b); @(negedge clk); while (!in_ready) @(negedge clk); in_valid = 1; in_data = b; @(negedge clk); in_valid = 0; endtask
  function [15:0] upd(input [15:0] o, input [7:0] d); integer i; begin upd = o;
    for (i = 7; i >= 0; i = i - 1) upd = {upd[14:0], 1'b0} ^ ((upd[15] ^ d[i]) ? 16'h1021 : 16'h0); end endfunction
  always @(negedge clk) out_ready <= $random(seed);
  always @(posedge clk) if (out_valid && out_ready && !rst) begin
    if (ri >= wi) begin errors++; $display("ERROR: unexpected byte %h", out_data); end
    else if ({out_last, out_data} !== expected[ri]) begin errors++; $display("ERROR: byte %0d is %h, expected %h", ri, {out_last, out_data}, expected[ri]); end
    ri++;
  end
  task packet(input int n, input bit spoil); logic [7:0] b; int k; begin
    c = upd(16'hffff, n);
    if (!spoil) n_good++; else n_bad++;
    put(n);
    for (k = 0; k < n; k++) begin b = $random(seed); c = upd(c, b); if (!spoil) begin expected[wi] = {k == n - 1, b}; wi++; end put(b); end
    put(c[15:8]); put(c[7:0] ^ spoil);
  end endtask
  initial begin
    repeat (3) @(negedge clk); rst = 0;
    packet(4, 0); packet(1, 0); packet(7, 1); packet(32, 0); put(0); n_bad++; put(8'd40); n_bad++;
    for (int i = 0; i < 12; i++) packet(1 + ($random(seed) & 15), i % 4 == 2);
    repeat (60) @(negedge clk);
    if (ri !== wi) begin errors++; $display("ERROR: %0d bytes came, expected %0d", ri, wi); end
    if (good !== n_good) begin errors++; $display("ERROR: good = %0d, expected %0d", good, n_good); end
    if (bad !== n_bad) begin errors++; $display("ERROR: bad = %0d, expected %0d", bad, n_bad); end
    if (errors == 0) $display("** PASSED **"); else $display("** FAILED with %0d errors **", errors);
    $finish;
  end
  initial begin #500000 $display("ERROR: timeout"); $finish; end
endmodule
