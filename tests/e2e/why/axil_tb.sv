`timescale 1ns / 1ns

// A bus master made of tasks; the expected values are written by hand.
module axil_tb;
  logic aclk = 0, aresetn = 0;
  logic awvalid = 0, wvalid = 0, bready = 0, arvalid = 0, rready = 0, event_i = 0;
  logic [3:0] awaddr = 0, araddr = 0, wstrb = 0;
  logic [31:0] wdata = 0;
  wire awready, wready, bvalid, arready, rvalid, irq;
  wire [1:0] bresp;
  wire [31:0] rdata;
  integer errors = 0, waited;

  axil dut (.*);
  always #5 aclk = ~aclk;

  task write(input [3:0] addr, input [31:0] data, input [3:0] strb, input [1:0] resp,
             input integer order);
    @(negedge aclk);
    if (order != 1) begin awvalid = 1; awaddr = addr; end
    if (order != 2) begin wvalid = 1; wdata = data; wstrb = strb; end
    @(negedge aclk);
    awvalid = 0; wvalid = 0;
    if (order == 1) begin awvalid = 1; awaddr = addr; end
    if (order == 2) begin wvalid = 1; wdata = data; wstrb = strb; end
    if (order != 0) @(negedge aclk);
    awvalid = 0; wvalid = 0;
    waited = 0;
    while (!bvalid && waited < 10) begin @(negedge aclk); waited = waited + 1; end
    if (bvalid !== 1'b1) begin
      $display("ERROR: bvalid is %b after a write to %0d", bvalid, addr);
      errors = errors + 1;
    end
    if (bresp !== resp) begin
      $display("ERROR: bresp is %b, expected %b", bresp, resp);
      errors = errors + 1;
    end
    repeat (2) @(negedge aclk);
    if (bvalid !== 1'b1) begin
      $display("ERROR: bvalid is %b before the answer was taken", bvalid);
      errors = errors + 1;
    end
    bready = 1;
    @(negedge aclk);
    bready = 0;
    if (bvalid !== 1'b0) begin
      $display("ERROR: bvalid is %b after the answer was taken", bvalid);
      errors = errors + 1;
    end
  endtask

  task read(input [3:0] addr, input [31:0] want);
    @(negedge aclk);
    arvalid = 1; araddr = addr;
    @(negedge aclk);
    arvalid = 0;
    if (rvalid !== 1'b1) begin
      $display("ERROR: rvalid is %b after a read of %0d", rvalid, addr);
      errors = errors + 1;
    end
    repeat (2) @(negedge aclk);
    if (rdata !== want) begin
      $display("ERROR: rdata of %0d is %h, expected %h", addr, rdata, want);
      errors = errors + 1;
    end
    rready = 1;
    @(negedge aclk);
    rready = 0;
  endtask

  task events(input integer n);
    @(negedge aclk);
    event_i = 1;
    repeat (n) @(negedge aclk);
    event_i = 0;
  endtask

  initial begin
    repeat (3) @(negedge aclk);
    aresetn = 1;
    read(4'h4, 32'd3);
    read(4'h0, 32'd0);
    write(4'h4, 32'h0000_0405, 4'b1111, 2'b00, 0);
    read(4'h4, 32'h0000_0405);
    write(4'h4, 32'hffff_0006, 4'b0001, 2'b00, 1);
    read(4'h4, 32'h0000_0406);
    write(4'h4, 32'h1234_0006, 4'b1110, 2'b00, 2);
    read(4'h4, 32'h1234_0006);
    write(4'h4, 32'h0000_0006, 4'b1100, 2'b00, 2);
    read(4'h4, 32'h0000_0006);
    write(4'h1, 32'hdead_beef, 4'b1111, 2'b10, 0);
    read(4'h0, 32'd0);
    events(4);
    read(4'h8, 32'd0);
    write(4'h0, 32'h0000_0003, 4'b1111, 2'b00, 0);
    events(5);
    read(4'h8, 32'd5);
    read(4'hc, 32'd0);
    if (irq !== 1'b0) begin $display("ERROR: irq is %b, expected 0", irq); errors = errors + 1; end
    events(1);
    read(4'hc, 32'd1);
    if (irq !== 1'b1) begin $display("ERROR: irq is %b, expected 1", irq); errors = errors + 1; end
    write(4'h8, 32'hffff_ffff, 4'b1111, 2'b00, 1);
    read(4'h8, 32'd0);
    write(4'hc, 32'd0, 4'b1111, 2'b00, 0);
    if (irq !== 1'b1) begin $display("ERROR: irq is %b, expected 1", irq); errors = errors + 1; end
    write(4'hc, 32'd1, 4'b1111, 2'b00, 0);
    if (irq !== 1'b0) begin $display("ERROR: irq is %b, expected 0", irq); errors = errors + 1; end
    read(4'h0, 32'd3);
    if (errors == 0) $display("PASS");
    $finish;
  end
endmodule
