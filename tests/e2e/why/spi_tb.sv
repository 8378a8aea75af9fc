`timescale 1ns / 1ns

module spi_tb;
  logic clk = 0, rst_n = 0, go = 0;
  logic [7:0] tx = 0;
  wire [7:0] rx;
  wire done, cs_n, sck, mosi;
  logic [7:0] slave, got;
  wire miso = slave[7];
  int n, wrong = 0;

  spi_master dut (.clk_i(clk), .rst_ni(rst_n), .go_i(go), .tx_i(tx), .rx_o(rx), .done_o(done),
                  .cs_no(cs_n), .sck_o(sck), .mosi_o(mosi), .miso_i(miso));

  always #5 clk = ~clk;

  // The other end: takes on the rising edge, gives on the falling one.
  always @(posedge sck) got <= {got[6:0], mosi};
  always @(negedge sck) slave <= {slave[6:0], 1'b0};

  task automatic one(input logic [7:0] give, input logic [7:0] answer);
    int waited;
    @(negedge clk);
    tx = give;
    slave = answer;
    got = 0;
    go = 1;
    @(negedge clk);
    go = 0;
    tx = 8'h00;
    if (cs_n !== 0) begin
      $display("ERROR: cs_n is %b, expected 0", cs_n);
      wrong = wrong + 1;
    end
    waited = 0;
    while (done !== 1 && waited < 60) begin
      @(negedge clk);
      waited = waited + 1;
    end
    if (waited !== 35) begin
      $display("ERROR: done is %b after %0d cycles, expected 35", done, waited);
      wrong = wrong + 1;
    end
    if (got !== give) begin
      $display("ERROR: mosi gave %h, expected %h", got, give);
      wrong = wrong + 1;
    end
    if (rx !== answer) begin
      $display("ERROR: rx is %h, expected %h", rx, answer);
      wrong = wrong + 1;
    end
    @(negedge clk);
    if (cs_n !== 1) begin
      $display("ERROR: cs_n is %b, expected 1", cs_n);
      wrong = wrong + 1;
    end
    if (sck !== 0) begin
      $display("ERROR: sck is %b, expected 0", sck);
      wrong = wrong + 1;
    end
  endtask

  initial begin
    repeat (3) @(negedge clk);
    rst_n = 1;
    one(8'ha5, 8'h3c);
    one(8'h81, 8'hf7);
    one(8'h0f, 8'h96);
    one(8'hc3, 8'h01);
    if (wrong == 0) $display("PASS");
    $finish;
  end
endmodule
