`timescale 1ns / 1ps
module queues_tb;
  logic clk = 0, rst = 1, put = 0, get = 0;
  logic [1:0] put_queue = 0;
  logic [7:0] put_data = 0;
  wire full, valid;
  wire [1:0] get_queue;
  wire [7:0] get_data;
  int errors = 0, seed = 7, stored = 0;

  queues dut (.*);
  always #5 clk = ~clk;

  // What should be in the queues, and who is served next.
  logic [7:0] model [0:3][0:31];
  int first [0:3], length [0:3], credit [0:3], last = 3, next, quiet = 0;

  function automatic int start_credit(input int q);
    start_credit = q == 0 ? 3 : 1 + q / 2;
  endfunction

  task check_get;
    begin
      next = -1;
      for (int k = 4; k >= 1; k--)
        if (length[(last + k) % 4] > 0 && credit[(last + k) % 4] > 0) next = (last + k) % 4;
      if (valid !== (next >= 0)) begin
        $display("%0t: valid is %b, expected %b", $time, valid, next >= 0);
        errors++;
      end else if (valid && get_queue !== next[1:0]) begin
        $display("%0t: queue %0d is served, expected %0d", $time, get_queue, next[1:0]);
        errors++;
      end else if (valid && get_data !== model[next][first[next]]) begin
        $display("%0t: queue %0d gives %h, expected %h", $time, next[1:0], get_data, model[next][first[next]]);
        errors++;
      end
      if (full !== (stored == 8)) begin
        $display("%0t: full is %b, expected %b", $time, full, stored == 8);
        errors++;
      end
    end
  endtask

  initial begin
    for (int q = 0; q < 4; q++) begin
      first[q] = 0; length[q] = 0; credit[q] = start_credit(q);
    end
    repeat (2) @(negedge clk);
    rst = 0;
    for (int i = 0; i < 300 && errors < 3; i++) begin
      put = $random(seed) % 3 != 0;
      put_queue = i < 60 ? i / 8 : $random(seed);
      put_data = $random(seed);
      get = i % 40 > 14 && $random(seed) % 4 != 0;
      #1 check_get;
      if (next < 0 && stored > 0) for (int q = 0; q < 4; q++) credit[q] = start_credit(q);
      if (get && next >= 0) begin
        first[next] = (first[next] + 1) % 32;
        length[next]--; credit[next]--; last = next;
      end
      if (put && stored < 8) begin
        model[put_queue][(first[put_queue] + length[put_queue]) % 32] = put_data;
        length[put_queue]++;
        stored++;
      end
      if (get && next >= 0) stored--;
      @(negedge clk);
    end
    if (errors == 0) $display("PASS");
    $finish;
  end
endmodule
