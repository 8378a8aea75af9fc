module p5_tb;
  logic clk = 0, rst = 1, dwe, halted; logic [7:0] iaddr, daddr; logic [15:0] inst, dout, din;
  p5 dut (.*);
  always #5 clk = ~clk;
  logic [15:0] rom [0:255], ram [0:255]; int errors = 0, cycles = 0, k = 0;
  assign inst = rom[iaddr]; assign din = ram[daddr];
  always @(posedge clk) if (dwe) ram[daddr] <= dout;
  function [15:0] R(input [3:0] op, input [2:0] d, x, y); return {op, d, x, y, 3'b0}; endfunction
  function [15:0] I(input [3:0] op, input [2:0] d, x, input signed [5:0] imm); return {op, d, x, imm}; endfunction
  function [15:0] J(input [3:0] op, input [2:0] d, input signed [8:0] imm); return {op, d, imm}; endfunction
  task emit(input [15:0] w); rom[k] = w; k++; endtask
  task check(input [7:0] at, input [15:0] want);
    if (ram[at] !== want) begin errors++; $display("FAIL: ram[%0d] = %0d, expected %0d", at, ram[at], want); end
  endtask
  initial begin
    for (int i = 0; i < 256; i++) begin rom[i] = 16'hf000; ram[i] = 0; end
    for (int i = 0; i < 8; i++) ram[40 + i] = (i * 37 + 11) % 50;
    // sum of a table at 40
    emit(I(5, 1, 0, 31)); emit(I(5, 1, 1, 9));                 // r1 = 40
    emit(I(5, 2, 0, 8)); emit(R(0, 3, 0, 0)); emit(R(0, 6, 0, 0));
    emit(I(6, 4, 1, 0)); emit(R(0, 3, 3, 4));                  // loop: r4 = [r1]; r3 += r4
    emit(R(4, 5, 6, 4)); emit(I(8, 5, 0, 2)); emit(R(0, 6, 4, 0)); // if (r6 < r4) r6 = r4
    emit(I(5, 1, 1, 1)); emit(I(5, 2, 2, -1)); emit(I(9, 2, 0, -7));
    emit(I(7, 3, 0, 10)); emit(I(7, 6, 0, 11));
    emit(J(10, 7, 9'd3)); emit(I(5, 7, 7, 5)); emit(I(7, 7, 0, 12)); // 197
    emit(R(1, 4, 3, 6)); emit(I(7, 4, 0, 13)); emit(R(2, 4, 3, 6)); emit(I(7, 4, 0, 14)); emit(R(3, 4, 3, 7)); emit(I(7, 4, 0, 15));
    emit(J(11, 5, 3)); emit(I(5, 4, 0, 1)); emit(I(5, 4, 4, 1)); emit(I(7, 5, 0, 16)); emit(I(7, 4, 0, 17));
    emit(I(5, 2, 0, -3)); emit(R(4, 1, 2, 0)); emit(I(7, 1, 0, 18)); emit(I(6, 1, 0, 10)); emit(I(7, 1, 0, 19)); emit(16'hf000);
    repeat (3) @(negedge clk); rst = 0;
    while (!halted && cycles < 500) begin @(negedge clk); cycles++; end
    begin int s, m, v; s = 0; m = 0; for (int i = 0; i < 8; i++) begin v = (i * 37 + 11) % 50; s += v; if (v > m) m = v; end
      check(10, s); check(11, m); check(12, 197); check(13, s - m); check(14, s & m); check(15, s | 197); check(19, s); end
    check(16, 25); check(18, 1);
    if (!halted) begin errors++; $display("FAIL: not halted"); end
    if (errors == 0) $display("PASSED"); else $display("FAILED: %0d errors", errors);
    $finish;
  end
endmodule
