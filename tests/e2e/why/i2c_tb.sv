`timescale 1ns / 1ns
module i2c_tb;
  reg clk = 0, rst = 1, start = 0, rw = 0;
  reg [6:0] dev = 0;
  reg [7:0] wdata = 0;
  wire [7:0] rdata;
  wire busy, done, nack, scl, sda_low;
  reg  slave_low = 0;
  wire sda = ~(sda_low | slave_low);

  integer errors = 0;

  i2c dut (.clk(clk), .rst(rst), .start(start), .rw(rw), .dev(dev), .wdata(wdata), .rdata(rdata),
           .busy(busy), .done(done), .nack(nack), .scl(scl), .sda_low(sda_low), .sda(sda));

  always #5 clk = ~clk;

  // A slave at address 0x52 with one register.
  reg [7:0] stored = 8'h00, sh = 0;
  integer   bits = 0, starts = 0, stops = 0;
  reg       active = 0, addressed = 0, is_read = 0;
  always @(negedge sda) if (scl === 1'b1 && !rst) begin
    starts = starts + 1;
    bits = 0;
    active = 1;
    addressed = 0;
  end
  always @(posedge sda) if (scl === 1'b1 && !rst) begin
    stops = stops + 1;
    active = 0;
  end
  always @(posedge scl) if (active) begin
    if (bits < 8 || (bits > 8 && bits < 17)) sh = {sh[6:0], sda};
    bits = bits + 1;
    if (bits == 8) begin
      addressed = sh[7:1] == 7'h52;
      is_read = sh[0];
    end
    if (bits == 17 && addressed && !is_read) stored = sh;
  end
  always @(negedge scl) begin
    slave_low = 0;
    if (active && addressed) begin
      if (bits == 8) slave_low = 1;
      if (bits >= 9 && bits < 17 && is_read) slave_low = ~stored[16 - bits];
      if (bits == 17 && !is_read) slave_low = 1;
    end
  end

  task transfer(input [6:0] to, input read, input [7:0] value);
    begin
      @(negedge clk);
      dev = to; rw = read; wdata = value; start = 1;
      @(negedge clk);
      start = 0;
      if (!busy) begin
        errors = errors + 1;
        $display("ERROR at %0t: not busy after start", $time);
      end
      wait (done);
      @(negedge clk);
    end
  endtask

  task check8(input [8*8-1:0] what, input [7:0] got, input [7:0] want);
    if (got !== want) begin
      errors = errors + 1;
      $display("ERROR at %0t: %0s is %h instead of %h", $time, what, got, want);
    end
  endtask

  initial begin
    repeat (3) @(negedge clk);
    rst = 0;
    transfer(7'h52, 0, 8'hc5);
    check8("nack", nack, 0);
    check8("stored", stored, 8'hc5);
    check8("starts", starts, 1);
    check8("stops", stops, 1);
    transfer(7'h52, 1, 8'h00);
    check8("nack", nack, 0);
    check8("rdata", rdata, 8'hc5);
    transfer(7'h31, 0, 8'h77);
    check8("nack", nack, 1);
    check8("stored", stored, 8'hc5);
    transfer(7'h52, 0, 8'h1e);
    check8("nack", nack, 0);
    check8("stored", stored, 8'h1e);
    transfer(7'h52, 1, 8'h00);
    check8("rdata", rdata, 8'h1e);
    check8("starts", starts, 5);
    check8("stops", stops, 5);
    check8("busy", busy, 0);
    if (errors == 0) $display("TEST PASSED");
    else $display("TEST FAILED: %0d errors", errors);
    $finish;
  end
  initial begin
    #100000;
    $display("TEST FAILED: timeout");
    $finish;
  end
endmodule
