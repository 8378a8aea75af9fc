// Checks every output of decoder for every input.
`timescale 1ns / 1ps
module decoder_tb;

  localparam int N = 3;

  int checks = 0;
  int errors = 0;
  logic en = 0;
  logic [N-1:0] sel = '0;
  logic [2**N-1:0] y;

  decoder #(
      .N(N)
  ) dut (.en, .sel, .y);

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, decoder_tb);
  end

  initial begin
    for (int e = 0; e < 2; e++) begin
      for (int s = 0; s < 2 ** N; s++) begin
        en = e == 1;
        sel = N'(s);
        #1;
        for (int i = 0; i < 2 ** N; i++) begin
          checks++;
          if (y[i] !== (e == 1 && i == s)) begin
            errors++;
            $error("en %b sel %0d: y[%0d]: expected %b got %b", en, sel, i, e == 1 && i == s, y[i]);
          end
        end
      end
    end
    finish_up;
  end

  task automatic finish_up;
    if (errors == 0) $display("PASS %0d checks", checks);
    else begin
      $display("FAIL %0d of %0d checks", errors, checks);
      $fatal(1, "decoder is not what it should be");
    end
    $finish;
  endtask

  initial begin
    #20000000;
    $fatal(1, "time limit");
  end

endmodule
