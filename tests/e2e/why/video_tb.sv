`timescale 1ns / 1ns
// A model of the picture, dot by dot, beside it.
module video_tb;
  reg clk = 0, reset = 1, half = 0, wr = 0;
  reg [3:0] wr_at = 0;
  reg [5:0] wr_data = 0;
  wire [5:0] rgb;
  wire hsync, vsync, shown;
  wire [3:0] frames;
  integer errors = 0;

  video dut(clk, reset, half, wr, wr_at, wr_data, rgb, hsync, vsync, shown, frames);
  always #5 clk = ~clk;

  // The model.
  integer mx = 0, my = 0, n = 0, px = 3, py = 2, by = 1, odd = 0, dx, dy, colour_at;
  reg [3:0] mshape [0:3];
  reg [5:0] mcolour [0:3];
  reg [5:0] want = 0;
  reg wshown = 0, wh = 0, wv = 0;
  initial begin
    mshape[0] = 0; mshape[1] = 0; mshape[2] = 0; mshape[3] = 0;
    mcolour[0] = 6'h00; mcolour[1] = 6'h15; mcolour[2] = 6'h2a; mcolour[3] = 6'h3f;
  end

  always @(posedge clk) if (!reset) begin
    if (!half || odd) begin
      dx = mx - px; dy = my - py;
      colour_at = ((mx / 4) ^ (my / 2)) & 1;
      if (dx >= 0 && dx < 4 && dy >= 0 && dy < 4) colour_at = mshape[dy][3 - dx] ? 3 : 2;
      wshown = mx < 16 && my < 8;
      want = wshown ? mcolour[colour_at] : 0;
      wh = mx >= 18 && mx < 21;
      wv = my >= 9 && my < 11;
      mx = mx + 1;
      if (mx == 24) begin
        mx = 0;
        my = my + 1;
        if (my == 12) begin
          my = 0;
          n = n + 1;
          if (!(wr && wr_at[3])) px = px + by >= 14 ? 0 : px + by;
        end
      end
    end
    odd = !odd;
    if (wr) case (wr_at)
      0, 1, 2, 3: mshape[wr_at] = wr_data[3:0];
      4, 5, 6, 7: mcolour[wr_at - 4] = wr_data;
      8: px = wr_data[4:0];
      9: py = wr_data[4:0];
      10: by = wr_data[1:0];
      default: ;
    endcase
  end

  always @(negedge clk) if (!reset) begin
    if (rgb !== want) begin
      $display("ERROR at %0t: rgb is %h, expected %h", $time, rgb, want);
      errors = errors + 1;
    end
    if (shown !== wshown) begin
      $display("ERROR at %0t: shown is %b, expected %b", $time, shown, wshown);
      errors = errors + 1;
    end
    if (hsync !== wh || vsync !== wv) begin
      $display("ERROR at %0t: syncs are %b %b, expected %b %b", $time, hsync, vsync, wh, wv);
      errors = errors + 1;
    end
    if (frames !== n[3:0]) begin
      $display("ERROR at %0t: frame %0d, expected %0d", $time, frames, n);
      errors = errors + 1;
    end
    if (errors > 20) $finish;
  end

  task put(input [3:0] where, input [5:0] what);
    begin
      @(negedge clk) wr = 1; wr_at = where; wr_data = what;
      @(negedge clk) wr = 0;
    end
  endtask

  initial begin
    #22 reset = 0;
    put(0, 6'b1001); put(1, 6'b0110); put(2, 6'b0010); put(3, 6'b1110);
    repeat (400) @(negedge clk);
    put(5, 6'h33); put(7, 6'h0c);
    repeat (600) @(negedge clk);
    put(9, 6'd5); put(10, 6'd3);
    repeat (1300) @(negedge clk);
    half = 1;
    put(8, 6'd11);
    repeat (1800) @(negedge clk);
    if (errors == 0) $display("PASS");
    $finish;
  end
endmodule
