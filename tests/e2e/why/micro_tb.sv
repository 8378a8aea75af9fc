`timescale 1ns / 1ns
module micro_tb;
  reg clk = 0, rst = 1, go = 0;
  reg [1:0] op = 0;
  reg [7:0] x = 0, y = 0;
  wire [15:0] result;
  wire [7:0] rest;
  wire done;
  integer errors = 0, waited, i;

  micro dut(.clk(clk), .rst(rst), .go(go), .op(op), .x(x), .y(y), .result(result),
            .rest(rest), .done(done));
  always #5 clk = ~clk;

  function [15:0] divisor(input [7:0] p, input [7:0] q);
    reg [7:0] s, t;
    begin
      s = p; t = q;
      while (s != t) if (s < t) t = t - s; else s = s - t;
      divisor = s;
    end
  endfunction

  task ask(input [1:0] what, input [7:0] p, input [7:0] q, input [15:0] want);
    begin
      @(negedge clk) op = what; x = p; y = q; go = 1;
      @(negedge clk) go = 0;
      waited = 0;
      while (!done && waited < 700) begin
        @(negedge clk);
        waited = waited + 1;
      end
      if (done !== 1) begin
        $display("ERROR at %0t: done is %b after %0d cycles, expected 1", $time, done, waited);
        errors = errors + 1;
      end else if (result !== want) begin
        $display("ERROR at %0t: result of %0d with %0d and %0d is %0d, expected %0d", $time, what, p, q, result, want);
        errors = errors + 1;
      end else if (what == 1 && rest !== p % q) begin
        $display("ERROR at %0t: rest is %0d, expected %0d", $time, rest, p % q);
        errors = errors + 1;
      end
      if (what == 0 && waited > 36) begin
        $display("ERROR at %0t: waited %0d cycles, expected less", $time, waited);
        errors = errors + 1;
      end
    end
  endtask

  initial begin
    #22 rst = 0;
    ask(0, 3, 5, 15);
    ask(1, 17, 5, 3);
    ask(2, 12, 18, 6);
    ask(0, 255, 255, 65025);
    ask(0, 0, 77, 0);
    ask(1, 200, 7, 28);
    ask(1, 5, 9, 0);
    ask(1, 9, 9, 1);
    ask(2, 49, 21, 7);
    for (i = 1; i < 12; i = i + 1) begin
      ask(0, i * 19, i * 11 + 1, (i * 19) * (i * 11 + 1));
      ask(2, i * 6, i * 15, divisor(i * 6, i * 15));
      ask(1, 255 - i, i, (255 - i) / i);
    end
    if (errors == 0) $display("PASS");
    $finish;
  end
endmodule
