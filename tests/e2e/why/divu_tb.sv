`timescale 1ns/1ns
module divu_tb;
  localparam W = 16;
  logic clk = 0, arst_n = 0, in_valid = 0, in_ready, is_signed = 0, out_valid, out_ready = 0, by_zero;
  logic [W-1:0] dividend = 0, divisor = 0, quotient, remainder;
  int unsigned seed = 1;
  int errors = 0, cycles;

  divu #(.W(W)) dut (.*);
  always #5 clk = ~clk;

  function automatic logic [W-1:0] random();
    seed = seed * 1103515245 + 12345;
    return seed[30:15];
  endfunction

  task automatic divide(input logic s, input logic [W-1:0] a, input logic [W-1:0] b, input int hold);
    logic [W-1:0] q, r;
    if (b == 0) begin q = '1; r = a; end
    else if (s) begin
      q = $signed(a) / $signed(b);
      r = $signed(a) % $signed(b);
    end else begin
      q = a / b;
      r = a % b;
    end
    @(negedge clk);
    is_signed = s; dividend = a; divisor = b; in_valid = 1;
    @(negedge clk);
    in_valid = 0; dividend = 16'hxxxx; divisor = 16'hxxxx;
    cycles = 0;
    while (out_valid !== 1 && cycles < 40) begin
      @(negedge clk);
      cycles++;
    end
    if (b != 0 && cycles != 17) begin
      errors++;
      $display("MISMATCH at %0t: took %0d cycles, expected 17", $time, cycles);
    end
    repeat (hold) @(negedge clk);
    begin
      if (quotient !== q) begin
        errors++;
        $display("MISMATCH at %0t: %0d / %0d: quotient %0d, expected %0d", $time, a, b, quotient, q);
      end
      if (remainder !== r) begin
        errors++;
        $display("MISMATCH at %0t: %0d / %0d: remainder %0d, expected %0d", $time, a, b, remainder, r);
      end
      if (by_zero !== (b == 0)) begin
        errors++;
        $display("MISMATCH at %0t: by_zero %b", $time, by_zero);
      end
    end
    out_ready = 1;
    @(negedge clk) out_ready = 0;
    if (in_ready !== 1) begin
      errors++;
      $display("MISMATCH at %0t: not ready again", $time);
    end
  endtask

  initial begin
    #12 arst_n = 1;
    divide(0, 100, 7, 0);
    divide(0, 7, 100, 1);
    divide(0, 16'hffff, 1, 0);
    divide(1, -16'sd100, 7, 0);
    divide(1, 100, -16'sd7, 2);
    divide(1, -16'sd100, -16'sd7, 0);
    divide(0, 1234, 0, 0);
    divide(1, -16'sd5, 0, 0);
    divide(1, 16'h8000, 16'hffff, 0);
    divide(0, 16'h8000, 16'hffff, 0);
    for (int i = 0; i < 40; i++) divide(i % 2, random(), random() >> (i % 12), i % 3);
    if (errors == 0) $display("ALL PASS"); else $display("%0d MISMATCHES", errors);
    $finish;
  end
endmodule
