`timescale 1ns/1ps
module gpio_tb;
  logic pclk = 0, presetn = 0, psel = 0, penable = 0, pwrite = 0;
  logic [5:0] paddr = 0;
  logic [31:0] pwdata = 0, prdata, got;
  logic pready, pslverr, irq;
  logic [7:0] pad_i = 0, pad_o, pad_oe;
  integer bad = 0;

  gpio dut (.*);
  always #5 pclk = ~pclk;

  task automatic apb_write(input [5:0] addr, input [31:0] data);
    @(negedge pclk);
    psel = 1; pwrite = 1; paddr = addr; pwdata = data;
    @(negedge pclk) penable = 1;
    @(negedge pclk);
    psel = 0; penable = 0; pwrite = 0;
  endtask

  task automatic apb_read(input [5:0] addr);
    @(negedge pclk);
    psel = 1; pwrite = 0; paddr = addr;
    @(negedge pclk) penable = 1;
    #1 got = prdata;
    @(negedge pclk);
    psel = 0; penable = 0;
  endtask

  task automatic expect_read(input [5:0] addr, input [31:0] want);
    apb_read(addr);
    if (got !== want) begin
      bad++;
      $display("ERROR %0t ps: read of %h gives %h, expected %h", $time, addr, got, want);
    end
  endtask

  task automatic expect_pins(input [7:0] o, input [7:0] oe);
    if (pad_o !== o || pad_oe !== oe) begin
      bad++;
      $display("ERROR %0t ps: pins %b/%b, expected %b/%b", $time, pad_o, pad_oe, o, oe);
    end
  endtask

  task automatic expect_irq(input want);
    if (irq !== want) begin
      bad++;
      $display("ERROR %0t ps: irq is %b, expected %b", $time, irq, want);
    end
  endtask

  initial begin
    #33 presetn = 1;
    expect_read(6'h00, 0);
    expect_read(6'h24, 2);
    expect_pins(8'h00, 8'h00);
    apb_write(6'h00, 32'h0f);
    apb_write(6'h04, 32'ha5);
    expect_pins(8'ha5, 8'h0f);
    apb_write(6'h08, 32'h12);
    expect_pins(8'hb7, 8'h0f);
    apb_write(6'h0c, 32'h81);
    expect_pins(8'h36, 8'h0f);
    expect_read(6'h04, 32'h36);
    expect_read(6'h10, 32'h06);
    // A level comes through after 4 ticks of 3 cycles; a glitch does not.
    apb_write(6'h14, 32'h60);
    apb_write(6'h18, 32'h80);
    apb_write(6'h1c, 32'hc0);
    expect_read(6'h14, 32'h60);
    expect_read(6'h18, 32'h80);
    expect_read(6'h1c, 32'hc0);
    pad_i = 8'h80;
    repeat (30) @(negedge pclk);
    expect_read(6'h10, 32'h86);
    expect_read(6'h20, 32'h00);
    pad_i = 8'ha0;
    repeat (6) @(negedge pclk);
    pad_i = 8'h80;
    repeat (20) @(negedge pclk);
    expect_read(6'h10, 32'h86);
    expect_read(6'h20, 32'h00);
    pad_i = 8'h20;
    repeat (20) @(negedge pclk);
    expect_read(6'h10, 32'h26);
    expect_read(6'h20, 32'ha0);
    expect_irq(1);
    apb_write(6'h20, 32'h80);
    @(negedge pclk);
    expect_irq(0);
    expect_read(6'h20, 32'h20);
    pad_i = 8'h60;
    repeat (20) @(negedge pclk);
    expect_irq(1);
    expect_read(6'h20, 32'h60);
    apb_write(6'h20, 32'hff);
    expect_read(6'h20, 32'h00);
    // Slower.
    apb_write(6'h24, 32'h9);
    pad_i = 8'h00;
    repeat (25) @(negedge pclk);
    expect_read(6'h10, 32'h66);
    repeat (25) @(negedge pclk);
    expect_read(6'h10, 32'h06);
    expect_read(6'h20, 32'h00);
    @(negedge pclk) psel = 1; penable = 1; paddr = 6'h30;
    #1 if (pslverr !== 1) begin bad++; $display("ERROR %0t ps: no error at 30", $time); end
    @(negedge pclk) psel = 0; penable = 0;
    if (bad == 0) $display("PASS"); else $display("FAIL, %0d errors", bad);
    $finish;
  end
endmodule
