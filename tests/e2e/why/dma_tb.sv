`timescale 1ns / 1ns

// A copy of the memory in the testbench, and a CRC that is computed bit by bit.
module dma_tb;
  reg clk = 0, rst = 1, host_we = 0;
  reg [3:0] req = 0;
  reg [23:0] source = 0, target = 0;
  reg [15:0] length = 0;
  reg [5:0] host_addr = 0;
  reg [7:0] host_data = 0;
  wire [7:0] host_read, crc;
  wire [3:0] done;
  wire busy;
  reg [7:0] model [0:63];
  reg [7:0] sum;
  integer errors = 0, i, k, n;

  dma dut (.*);
  always #5 clk = ~clk;

  task model_copy(input integer who);
    integer a, b, c;
    begin
      a = (source >> (6 * who)) & 63;
      b = (target >> (6 * who)) & 63;
      c = (length >> (4 * who)) & 15;
      sum = 0;
      for (k = 0; k < c; k = k + 1) begin
        model[(b + k) & 63] = model[(a + k) & 63];
        sum = sum ^ model[(a + k) & 63];
        repeat (8) sum = sum[7] ? (sum << 1) ^ 8'h07 : sum << 1;
      end
    end
  endtask

  task wait_done(input [3:0] want);
    begin
      n = 0;
      while (!(|(done & ~seen)) && n < 60) begin @(negedge clk); n = n + 1; end
      if ((done & ~seen) !== want) begin
        $display("ERROR: done is %b, expected %b more than %b", done, want, seen);
        errors = errors + 1;
      end
      seen = seen | want;
      if (crc !== sum) begin
        $display("ERROR: crc is %h, expected %h", crc, sum);
        errors = errors + 1;
      end
    end
  endtask
  reg [3:0] seen = 0;

  task compare(input integer first, input integer last);
    for (i = first; i <= last; i = i + 1) begin
      host_addr = i;
      #1;
      if (host_read !== model[i]) begin
        $display("ERROR: host_read of %0d is %h, expected %h", i, host_read, model[i]);
        errors = errors + 1;
      end
    end
  endtask

  initial begin
    repeat (2) @(negedge clk);
    rst = 0;
    for (i = 0; i < 64; i = i + 1) begin
      host_we = 1; host_addr = i; host_data = i * 37 + 11;
      model[i] = host_data;
      @(negedge clk);
    end
    host_we = 0;
    if (busy !== 0) begin $display("ERROR: busy is %b, expected 0", busy); errors = errors + 1; end
    source = {6'd40, 6'd20, 6'd2, 6'd0};
    target = {6'd16, 6'd50, 6'd60, 6'd8};
    length = {4'd4, 4'd2, 4'd6, 4'd3};
    req = 4'b0001;
    model_copy(0);
    wait_done(4'b0001);
    @(negedge clk);
    compare(8, 11);
    req = 4'b0000; seen = 0;
    @(negedge clk);
    @(negedge clk);
    if (done !== 0) begin $display("ERROR: done is %b, expected 0", done); errors = errors + 1; end
    req = 4'b1111;
    model_copy(2); wait_done(4'b0100);
    model_copy(1); wait_done(4'b0010);
    model_copy(3); wait_done(4'b1000);
    model_copy(0); wait_done(4'b0001);
    @(negedge clk);
    if (busy !== 0) begin $display("ERROR: busy is %b, expected 0", busy); errors = errors + 1; end
    compare(0, 63);
    req = 0; seen = 0;
    repeat (2) @(negedge clk);
    length = 0;
    req = 4'b0110;
    model_copy(2); wait_done(4'b0100);
    model_copy(1); wait_done(4'b0010);
    @(negedge clk);
    compare(0, 63);
    if (errors == 0) $display("PASS");
    $finish;
  end
endmodule
