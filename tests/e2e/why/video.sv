// A picture: timing of lines and frames, a chessboard, a sprite from a memory that is
// written through a port, a palette. Verilog-2001 with parameters.
module sweep #(
  parameter VISIBLE = 16, FRONT = 2, SYNC = 3, BACK = 3, BITS = 5
) (
  input                  clk, reset, enable,
  output reg [BITS-1:0]  place,
  output                 visible, last,
  output reg             sync
);
  localparam WHOLE = VISIBLE + FRONT + SYNC + BACK;
  assign visible = place < VISIBLE;
  assign last    = place == WHOLE - 1;
  always @(posedge clk)
    if (reset) place <= 0;
    else if (enable) place <= last ? 0 : place + 1'b1;
  always @(posedge clk)
    if (reset) sync <= 1'b0;
    else if (enable) begin
      if (place == VISIBLE + FRONT - 1) sync <= 1'b1;
      else if (place == VISIBLE + FRONT + SYNC - 1) sync <= 1'b0;
    end
endmodule

module sprite #(parameter SIZE = 4) (
  input            clk, write,
  input      [1:0] row_in,
  input      [3:0] bits_in,
  input      [4:0] x, y, at_x, at_y,
  output           covers, dot
);
  reg [SIZE-1:0] shape [0:SIZE-1];
  wire [4:0] dx = x - at_x;
  wire [4:0] dy = y - at_y;
  integer i;
  initial for (i = 0; i < SIZE; i = i + 1) shape[i] = 0;
  always @(posedge clk) if (write) shape[row_in] <= bits_in;
  wire [SIZE-1:0] row = shape[dy[1:0]];
  assign covers = dx < SIZE && dy < SIZE;
  assign dot    = covers && row[2'd3 - dx[1:0]];
endmodule

module palette (
  input            clk, write,
  input      [1:0] index_in,
  input      [5:0] colour_in,
  input      [1:0] index,
  output     [5:0] colour
);
  reg [5:0] colours [0:3];
  initial begin
    colours[0] = 6'h00; colours[1] = 6'h15;
    colours[2] = 6'h2a; colours[3] = 6'h3f;
  end
  always @(posedge clk) if (write) colours[index_in] <= colour_in;
  assign colour = colours[index];
endmodule

module video (
  input            clk, reset, half,
  input            wr,
  input      [3:0] wr_at,
  input      [5:0] wr_data,
  output reg [5:0] rgb,
  output reg       hsync, vsync, shown,
  output reg [3:0] frames
);
  // Every other cycle is a dot if half.
  reg phase;
  wire tick = !half || phase;
  always @(posedge clk)
    if (reset) phase <= 1'b0;
    else phase <= !phase;

  // Registers: 0-3 shape, 4-7 palette, 8 and 9 place, 10 speed.
  reg [4:0] at_x, at_y;
  reg [1:0] speed;
  wire frame_end;
  always @(posedge clk)
    if (reset) begin
      at_x  <= 5'd3;
      at_y  <= 5'd2;
      speed <= 2'd1;
    end else if (wr && wr_at[3]) begin
      case (wr_at[2:0])
        3'd0: at_x <= wr_data[4:0];
        3'd1: at_y <= wr_data[4:0];
        3'd2: speed <= wr_data[1:0];
        default: ;
      endcase
    end else if (frame_end) begin
      at_x <= at_x + {3'd0, speed};
      if (at_x + speed >= 5'd14) at_x <= 5'd0;
    end

  wire [4:0] x, y;
  wire x_visible, x_last, x_sync, y_visible, y_last, y_sync;
  sweep #(.VISIBLE(16), .FRONT(2), .SYNC(3), .BACK(3)) columns
    (.clk(clk), .reset(reset), .enable(tick), .place(x), .visible(x_visible),
     .last(x_last), .sync(x_sync));
  sweep #(.VISIBLE(8), .FRONT(1), .SYNC(2), .BACK(1)) rows
    (.clk(clk), .reset(reset), .enable(tick && x_last), .place(y), .visible(y_visible),
     .last(y_last), .sync(y_sync));
  assign frame_end = tick && x_last && y_last;

  wire covers, dot;
  sprite u_sprite
    (.clk(clk), .write(wr && wr_at[3:2] == 2'd0), .row_in(wr_at[1:0]), .bits_in(wr_data[3:0]),
     .x(x), .y(y), .at_x(at_x), .at_y(at_y), .covers(covers), .dot(dot));

  wire board = x[2] ^ y[1];
  wire [1:0] index = dot ? 2'd3 : covers ? 2'd2 : {1'b0, board};
  wire [5:0] colour;
  palette u_palette
    (.clk(clk), .write(wr && wr_at[3:2] == 2'd1), .index_in(wr_at[1:0]), .colour_in(wr_data),
     .index(index), .colour(colour));

  always @(posedge clk)
    if (reset) begin
      rgb    <= 6'd0;
      shown  <= 1'b0;
      hsync  <= 1'b0;
      vsync  <= 1'b0;
      frames <= 4'd0;
    end else if (tick) begin
      shown <= x_visible && y_visible;
      rgb   <= x_visible && y_visible ? colour : 6'd0;
      hsync <= x_sync;
      vsync <= y_sync;
      if (frame_end) frames <= frames + 4'd1;
    end
endmodule
