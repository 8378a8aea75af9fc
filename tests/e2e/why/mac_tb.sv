`timescale 1ns / 1ps
module mac_tb;
  reg           clk = 0, reset_n = 0, init = 0, next = 0, finalize = 0;
  reg  [63 : 0] key = 0;
  reg  [31 : 0] block = 0;
  wire          ready, valid;
  wire [31 : 0] digest;
  integer       error_ctr = 0, tc_ctr = 0, i, n;
  reg  [31 : 0] message [0 : 7];
  reg  [31 : 0] expected;

  mac_core dut(.clk(clk), .reset_n(reset_n), .init(init), .next(next), .finalize(finalize),
               .key(key), .block(block), .ready(ready), .valid(valid), .digest(digest));

  always #5 clk = !clk;

  // The algorithm in one function, over the words of the message.
  reg [31 : 0] k [0 : 7];
  function [31 : 0] model(input [63 : 0] with_key, input integer words);
    reg [31 : 0] a, b, c, s, m;
    integer w, r;
    begin
      a = with_key[31 : 0] ^ 32'h736f6d65;
      b = with_key[63 : 32] ^ 32'h646f7261;
      c = 32'h6c796765;
      for (w = 0; w <= words; w = w + 1)
        begin
          if (w < words) c = c ^ message[w];
          else b = b ^ (words * 4);
          for (r = 0; r < (w < words ? 4 : 8); r = r + 1)
            begin
              s = a + b + k[r];
              m = c ^ s;
              b = {b[24 : 0], b[31 : 25]} ^ m;
              a = s;
              c = {m[15 : 0], m[31 : 16]};
            end
          if (w < words) a = a ^ message[w];
        end
      model = a ^ b ^ c;
    end
  endfunction

  task wait_ready;
    begin
      n = 0;
      @(negedge clk);
      while (!ready && n < 40)
        begin
          @(negedge clk);
          n = n + 1;
        end
      if (ready !== 1'b1)
        begin
          $display("*** ERROR: ready is %b after %0d cycles, expected 1", ready, n);
          error_ctr = error_ctr + 1;
        end
    end
  endtask

  task run(input [63 : 0] with_key, input integer words);
    begin
      tc_ctr = tc_ctr + 1;
      key  = with_key;
      init = 1;
      @(negedge clk);
      init = 0;
      if (valid !== 1'b0)
        begin
          $display("*** ERROR: valid is %b after init, expected 0", valid);
          error_ctr = error_ctr + 1;
        end
      for (i = 0; i < words; i = i + 1)
        begin
          block = message[i];
          next  = 1;
          @(negedge clk);
          next  = 0;
          block = 32'hffffffff;
          wait_ready;
        end
      finalize = 1;
      @(negedge clk);
      finalize = 0;
      wait_ready;
      expected = model(with_key, words);
      if (valid !== 1'b1)
        begin
          $display("*** ERROR: valid is %b after finalize, expected 1", valid);
          error_ctr = error_ctr + 1;
        end
      if (digest !== expected)
        begin
          $display("*** ERROR: TC %0d: digest is %08x, expected %08x", tc_ctr, digest, expected);
          error_ctr = error_ctr + 1;
        end
    end
  endtask

  initial
    begin
      k[0] = 32'h428a2f98; k[1] = 32'h71374491; k[2] = 32'hb5c0fbcf; k[3] = 32'he9b5dba5;
      k[4] = 32'h3956c25b; k[5] = 32'h59f111f1; k[6] = 32'h923f82a4; k[7] = 32'hab1c5ed5;
      for (i = 0; i < 8; i = i + 1) message[i] = 32'h01234567 * (2 * i + 1);
      repeat (3) @(negedge clk);
      reset_n = 1;
      @(negedge clk);
      run(64'h0706050403020100, 0);
      run(64'h0706050403020100, 1);
      run(64'h0f0e0d0c0b0a0908, 3);
      message[1] = 32'hdeadbeef;
      run(64'hfedcba9876543210, 5);
      run(64'hffffffff00000000, 2);
      if (error_ctr == 0) $display("PASS: all %0d test cases", tc_ctr);
      $finish;
    end
endmodule
