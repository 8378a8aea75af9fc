module lru_tb;
  logic clk = 0, rst = 1, done = 0, busy; logic [4:0] req = 0, gnt; logic [2:0] who;
  lru_arb dut (.*);
  always #5 clk = ~clk;
  int last [5]; int now = 0, errors = 0; int seed = 7; logic [4:0] want = 0; int best;
  logic was_busy = 0;
  initial begin
    for (int i = 0; i < 5; i++) last[i] = i - 10;
    repeat (3) @(negedge clk); rst = 0;
    for (int c = 0; c < 300; c++) begin
      req = $random(seed); done = busy & ($random(seed) & 1);
      if (|req && (!busy || done)) begin
        best = -1;
        for (int i = 0; i < 5; i++) if (req[i] && (best < 0 || last[i] < last[best])) best = i;
        last[best] = now; now = now + 1; want = 5'b1 << best;
      end else if (done) want = 0;
      @(negedge clk);
      if (gnt !== want) begin errors = errors + 1; $display("FAIL cycle %0d: gnt=%b expected %b", c, gnt, want); end
      if (busy !== (want != 0)) begin errors = errors + 1; $display("FAIL cycle %0d: busy=%b", c, busy); end
      if (want != 0 && want !== (5'b1 << who)) begin errors = errors + 1; $display("FAIL cycle %0d: who=%0d", c, who); end
    end
    if (errors == 0) $display("TEST PASSED"); else $display("TEST FAILED: %0d", errors);
    $finish;
  end
endmodule
