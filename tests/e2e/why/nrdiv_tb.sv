module nrdiv_tb;
  logic clk = 0, rst = 1, start = 0, is_signed = 0, busy, done, by_zero; logic [15:0] a = 0, b = 0, q, r;
  nrdiv dut (.*);
  always #5 clk = ~clk;
  int errors = 0, seed = 11; logic [15:0] eq, er; int cycles;
  task one(input logic s, input logic [15:0] x, y);
    @(negedge clk); start = 1; is_signed = s; a = x; b = y; @(negedge clk); start = 0; a = 'x; b = 'x; is_signed = 'x; cycles = 0;
    while (!done && cycles < 40) begin @(negedge clk); cycles++; end
    if (y == 0) begin eq = '1; er = x; end
    else if (s) begin eq = $signed(x) / $signed(y); er = $signed(x) % $signed(y); end else begin eq = x / y; er = x % y; end
    assert (q === eq) else begin errors++; $error("%0d / %0d signed %0d: q %0d not %0d", x, y, s, q, eq); end
    assert (r === er) else begin errors++; $error("%0d / %0d signed %0d: r %0d not %0d", x, y, s, r, er); end
    assert (by_zero === (y == 0)) else begin errors++; $error("by_zero %b", by_zero); end
  endtask
  initial begin
    repeat (3) @(negedge clk); rst = 0;
    one(0, 100, 7); one(0, 7, 100); one(0, 65535, 1); one(0, 65535, 65535); one(1, -100, 7); one(1, 100, -7); one(1, -100, -7); one(0, 5, 0); one(1, -5, 0);
    for (int i = 0; i < 60; i++) one($random(seed), $random(seed), $random(seed) >> ($random(seed) & 15));
    if (errors == 0) $display("PASSED"); else $display("FAILED %0d", errors);
    $finish;
  end
endmodule
