module vgab_tb;
  logic clk = 0, rst = 1, hsync, vsync, de; logic [5:0] rgb; logic [7:0] frame;
  vgab dut (.*);
  always #5 clk = ~clk;
  int errors = 0, x, y, bx, by, dx, dy; logic [5:0] e;
  function [5:0] colour(input int px, py, f);
    if (px == 0 || px == 39 || py == 0 || py == 29) return 6'h3f;
    if (px >= bx && px < bx + 5 && py >= by && py < by + 5) return {f[1:0], 4'b1100};
    return {2'b00, px[3:2], py[3:2]};
  endfunction
  initial begin
    bx = 3; by = 5; dx = 1; dy = 1;
    repeat (3) @(negedge clk); rst = 0; @(negedge clk);
    for (int f = 0; f < 40; f++) begin
      for (y = 0; y < 36; y++) for (x = 0; x < 52; x++) begin
        if (hsync !== !(x >= 42 && x < 48)) begin errors++; if (errors < 20) $display("ERROR %0d,%0d frame %0d: hsync %b", x, y, f, hsync); end
        if (vsync !== !(y >= 31 && y < 33)) begin errors++; if (errors < 20) $display("ERROR %0d,%0d frame %0d: vsync %b", x, y, f, vsync); end
        if (de !== (x < 40 && y < 30)) begin errors++; if (errors < 20) $display("ERROR %0d,%0d frame %0d: de %b", x, y, f, de); end
        e = x < 40 && y < 30 ? colour(x, y, f) : 6'h0;
        if (rgb !== e) begin errors++; if (errors < 20) $display("ERROR %0d,%0d frame %0d: rgb %h instead of %h", x, y, f, rgb, e); end
        if (errors > 100) $finish;
        @(negedge clk);
      end
      bx = bx + dx; by = by + dy;
      if (bx == 35) dx = -1; if (bx == 0) dx = 1; if (by == 25) dy = -1; if (by == 0) dy = 1;
    end
    $display("%s: %0d errors", errors ? "FAILED" : "PASSED", errors);
    $finish;
  end
endmodule
