module deb_tb;
  reg clk = 0, rst = 1; reg [1:0] raw = 0; wire [1:0] level, is_short, is_long, is_double;
  deb dut(clk, rst, raw, level, is_short, is_long, is_double);
  always #5 clk = ~clk;
  integer ns [0:1], nl [0:1], nd [0:1], errors = 0, i;
  initial for (i = 0; i < 2; i = i + 1) begin ns[i] = 0; nl[i] = 0; nd[i] = 0; end
  always @(posedge clk) if (!rst) begin : cnt integer k; for (k = 0; k < 2; k = k + 1) begin
    if (is_short[k]) ns[k] = ns[k] + 1; if (is_long[k]) nl[k] = nl[k] + 1; if (is_double[k]) nd[k] = nd[k] + 1; end end
  task bounce(input c, input v); integer k; begin
    for (k = 0; k < 3; k = k + 1) begin raw[c] = v; repeat (1 + k) @(negedge clk); raw[c] = ~v; repeat (2) @(negedge clk); end
    raw[c] = v; end endtask
  task press(input c, input integer n); begin bounce(c, 1); repeat (n) @(negedge clk); bounce(c, 0); repeat (10) @(negedge clk); end endtask
  task counts(input c, input integer s, input integer l, input integer d);
    if (ns[c] !== s || nl[c] !== l || nd[c] !== d) begin errors = errors + 1;
      $display("FAIL at %0t: button %0d short=%0d long=%0d double=%0d, expected %0d %0d %0d", $time, c, ns[c], nl[c], nd[c], s, l, d); end
  endtask
  initial begin
    repeat (4) @(negedge clk); rst = 0; repeat (4) @(negedge clk);
    press(0, 12); repeat (70) @(negedge clk); counts(0, 1, 0, 0); counts(1, 0, 0, 0);
    press(1, 60); repeat (70) @(negedge clk); counts(1, 0, 1, 0);
    press(0, 10); press(0, 10); repeat (70) @(negedge clk); counts(0, 1, 0, 1);
    raw[1] = 1; repeat (4) @(negedge clk); raw[1] = 0; repeat (70) @(negedge clk); counts(1, 0, 1, 0);
    press(1, 12); repeat (70) @(negedge clk); counts(1, 1, 1, 0);
    bounce(0, 1); repeat (12) @(negedge clk); if (level !== 2'b01) begin errors = errors + 1; $display("FAIL level %b", level); end
    bounce(0, 0); repeat (60) @(negedge clk); if (level !== 2'b00) begin errors = errors + 1; $display("FAIL level %b", level); end
    counts(0, 2, 0, 1);
    if (errors == 0) $display("PASS: all tests passed");
    $finish;
  end
endmodule
