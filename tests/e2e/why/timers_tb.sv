`timescale 1ns / 1ns
`default_nettype none
module timers_tb;
  reg         clk = 0, reset = 1, cyc = 0, stb = 0, we = 0, evt = 0;
  reg  [1:0]  addr = 0;
  reg  [15:0] data = 0, got;
  wire        stall, ack, irq;
  wire [15:0] out;
  integer     errors = 0, checks = 0, k, seen;

  timers dut (clk, reset, cyc, stb, we, addr, data, stall, ack, out, evt, irq);
  always #5 clk = !clk;

  task fail(input [15:0] value, input [15:0] want);
    begin
      errors = errors + 1;
      $display("ERR at %0t: read %04x, should be %04x", $time, value, want);
    end
  endtask

  task wb_write(input [1:0] a, input [15:0] d);
    begin
      @(posedge clk) #1;
      cyc = 1; stb = 1; we = 1; addr = a; data = d;
      @(posedge clk) #1;
      stb = 0; we = 0;
      checks = checks + 1;
      if (ack !== 1'b1) begin
        errors = errors + 1;
        $display("ERR at %0t: no acknowledge of a write", $time);
      end
      cyc = 0;
    end
  endtask

  task wb_read(input [1:0] a, input [15:0] want);
    begin
      @(posedge clk) #1;
      cyc = 1; stb = 1; we = 0; addr = a;
      @(posedge clk) #1;
      stb = 0;
      checks = checks + 1;
      got = out;
      if (out !== want) fail(out, want);
      cyc = 0;
    end
  endtask

  // The interrupt comes after so many clocks, and no earlier.
  task expect_irq(input integer clocks);
    begin
      seen = 0;
      for (k = 1; k <= clocks + 4 && !seen; k = k + 1) begin
        @(posedge clk) #1;
        if (irq) seen = k;
      end
      checks = checks + 1;
      if (seen !== clocks) begin
        errors = errors + 1;
        $display("ERR at %0t: interrupt after %0d clocks, should be %0d", $time, seen, clocks);
      end
    end
  endtask

  task pulse;
    begin
      @(posedge clk) #1 evt = 1;
      repeat (2) @(posedge clk);
      #1 evt = 0;
    end
  endtask

  initial begin
    repeat (3) @(posedge clk);
    #1 reset = 0;
    // Only what is on interrupts.
    wb_write(0, 16'd5);
    wb_read(0, 16'd4);
    repeat (8) @(posedge clk);
    wb_read(0, 16'd0);
    wb_read(3, 16'h0001);
    wb_write(3, 16'h0001);
    wb_write(3, 16'h8180);
    wb_read(3, 16'h8100);
    wb_write(0, 16'd9);
    expect_irq(11);
    wb_read(3, 16'h8181);
    wb_write(3, 16'h0001);
    // One after the other by itself.
    wb_write(0, 16'h8006);
    expect_irq(8);
    wb_write(3, 16'h0001);
    expect_irq(4);
    wb_write(3, 16'h0001);
    wb_write(0, 16'd0);
    wb_read(0, 16'd0);
    wb_write(3, 16'h0001);
    wb_write(0, 16'h8001);
    repeat (4) @(posedge clk);
    wb_read(0, 16'h8001);
    wb_write(0, 16'd0);
    // In fours.
    wb_write(3, 16'h0001);
    wb_write(3, 16'h8280);
    wb_write(1, 16'd3);
    expect_irq(11);
    wb_read(1, 16'd0);
    wb_write(3, 16'h0002);
    // Events.
    wb_write(3, 16'h0100);
    wb_write(3, 16'h0480);
    wb_write(2, 16'hfffe);
    pulse;
    wb_read(2, 16'hffff);
    wb_read(3, 16'h8600);
    pulse;
    wb_read(2, 16'h0000);
    wb_read(3, 16'h8684);
    wb_write(3, 16'h8000);
    wb_read(3, 16'h0604);
    wb_read(3, 16'h0604);
    pulse;
    pulse;
    wb_read(2, 16'h0002);
    if (errors == 0) $display("PASS: %0d checks", checks);
    else $display("FAIL: %0d of %0d", errors, checks);
    $finish;
  end
endmodule
