// Multiply and accumulate in three stages with valid and ready, and a buffer of two at the end:
// small modules, each register its own process, parameters, assigned nets with long names.
`timescale 1ns / 1ns

module stage_reg #(parameter W = 8) (
  input  wire         clk,
  input  wire         rst,
  input  wire         up_valid,
  output wire         up_ready,
  input  wire [W-1:0] up_data,
  output reg          down_valid,
  input  wire         down_ready,
  output reg  [W-1:0] down_data
);
  assign up_ready = !down_valid || down_ready;

  always @(posedge clk)
    if (rst) down_valid <= 1'b0;
    else if (up_ready) down_valid <= up_valid;

  always @(posedge clk)
    if (up_valid && up_ready) down_data <= up_data;
endmodule

module skid #(parameter W = 8) (
  input  wire         clk,
  input  wire         rst,
  input  wire         up_valid,
  output wire         up_ready,
  input  wire [W-1:0] up_data,
  output wire         down_valid,
  input  wire         down_ready,
  output wire [W-1:0] down_data
);
  reg         kept_valid;
  reg [W-1:0] kept_data;

  assign up_ready = !kept_valid;
  assign down_valid = up_valid || kept_valid;
  assign down_data = kept_valid ? kept_data : up_data;

  always @(posedge clk)
    if (rst) kept_valid <= 1'b0;
    else if (up_valid && up_ready && !down_ready) kept_valid <= 1'b1;
    else if (down_ready) kept_valid <= 1'b0;

  always @(posedge clk)
    if (up_valid && up_ready) kept_data <= up_data;
endmodule

module pipe (
  input  wire        clk,
  input  wire        rst,
  input  wire        x_valid,
  output wire        x_ready,
  input  wire [3:0]  x_left,
  input  wire [3:0]  x_right,
  input  wire        x_last,
  output wire        y_valid,
  input  wire        y_ready,
  output wire [15:0] y_sum
);
  wire        a_valid, a_ready, b_valid, b_ready, c_ready;
  wire [8:0]  a_data, b_data;
  wire [3:0]  a_left, a_right;
  wire [7:0]  product, b_product;
  wire        a_last, b_last;
  reg  [15:0] total;
  wire [15:0] next_total;
  wire        b_taken;

  stage_reg #(.W(9)) first (
    .clk(clk), .rst(rst),
    .up_valid(x_valid), .up_ready(x_ready), .up_data({x_last, x_left, x_right}),
    .down_valid(a_valid), .down_ready(a_ready), .down_data(a_data));

  assign {a_last, a_left, a_right} = a_data;
  assign product = a_left * a_right;

  stage_reg #(.W(9)) second (
    .clk(clk), .rst(rst),
    .up_valid(a_valid), .up_ready(a_ready), .up_data({a_last, product}),
    .down_valid(b_valid), .down_ready(b_ready), .down_data(b_data));

  assign {b_last, b_product} = b_data;
  assign next_total = total + b_product;
  assign b_ready = !b_last || c_ready;
  assign b_taken = b_valid && b_ready;

  always @(posedge clk)
    if (rst) total <= 16'd0;
    else if (b_taken) total <= b_last ? 16'd0 : next_total;

  skid #(.W(16)) last (
    .clk(clk), .rst(rst),
    .up_valid(b_valid && b_last), .up_ready(c_ready), .up_data(next_total),
    .down_valid(y_valid), .down_ready(y_ready), .down_data(y_sum));
endmodule
