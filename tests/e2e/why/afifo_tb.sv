`timescale 1ns / 1ps
module afifo_tb;
  logic wclk = 0, rclk = 0, wrst_n = 0, rrst_n = 0, wr_en = 0, rd_en = 0;
  logic [7:0] din = 0, dout;
  logic full, almost_full, empty, underflow;
  int errors = 0;

  logic [7:0] sent [0:1023];
  int n_sent = 0, n_got = 0;

  afifo dut (.*);

  always #5 wclk = ~wclk;
  always #7 rclk = ~rclk;

  // What was written comes out in order.
  always @(posedge wclk)
    if (wrst_n && wr_en && !full) begin
      sent[n_sent] = din;
      n_sent = n_sent + 1;
    end

  always @(posedge rclk)
    if (rrst_n && rd_en && !empty) begin
      if (n_got >= n_sent) begin
        errors = errors + 1;
        $display("[%0t] ERROR: read %h, but nothing is in it", $time, dout);
      end else if (dout !== sent[n_got]) begin
        errors = errors + 1;
        $display("[%0t] ERROR: word %0d: got %h, expected %h", $time, n_got, dout, sent[n_got]);
      end
      n_got = n_got + 1;
    end

  task automatic write(input int n);
    repeat (n) begin
      @(negedge wclk);
      wr_en = 1;
      din = din * 5 + 8'd17;
    end
    @(negedge wclk) wr_en = 0;
  endtask

  task automatic read(input int n);
    repeat (n) @(negedge rclk) rd_en = 1;
    @(negedge rclk) rd_en = 0;
  endtask

  task automatic expect_bit(input string name, input logic got, input logic want);
    if (got !== want) begin
      errors++;
      $display("[%0t] ERROR: %s = %b, expected %b", $time, name, got, want);
    end
  endtask

  initial begin
    #23 wrst_n = 1; rrst_n = 1;
    #40;
    expect_bit("empty", empty, 1'b1);
    expect_bit("full", full, 1'b0);
    write(3);
    repeat (4) @(negedge rclk);
    expect_bit("empty", empty, 1'b0);
    read(3);
    repeat (4) @(negedge rclk);
    expect_bit("empty", empty, 1'b1);
    expect_bit("underflow", underflow, 1'b0);
    // Full after eight.
    write(5);
    expect_bit("almost_full", almost_full, 1'b0);
    write(2);
    expect_bit("almost_full", almost_full, 1'b1);
    expect_bit("full", full, 1'b0);
    write(1);
    expect_bit("full", full, 1'b1);
    write(2);
    expect_bit("full", full, 1'b1);
    read(8);
    repeat (4) @(negedge rclk);
    expect_bit("empty", empty, 1'b1);
    // Both at once.
    fork
      write(60);
      begin
        repeat (9) @(negedge rclk);
        read(90);
      end
    join
    repeat (6) @(negedge rclk);
    expect_bit("empty", empty, 1'b1);
    expect_bit("underflow", underflow, 1'b1);
    if (n_got != n_sent) begin
      errors++;
      $display("ERROR: %0d words written, %0d read", n_sent, n_got);
    end
    if (errors == 0) $display("PASSED");
    else $display("FAILED with %0d errors", errors);
    $finish;
  end
endmodule
