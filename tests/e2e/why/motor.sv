// Timers and a protection: Verilog-2001, ports listed by position, tasks of registers, several
// clocks' worth of prescaling, priorities by if and else.
`timescale 1ns / 1ns

module ticker(clk, reset, limit, tick);
  input clk, reset;
  input [3:0] limit;
  output tick;
  reg [3:0] c;
  assign tick = (c == limit);
  always @(posedge clk or posedge reset)
    if (reset) c <= 0;
    else if (tick) c <= 0;
    else c <= c + 1;
endmodule

module ramp(clk, reset, tick, target, level);
  input clk, reset, tick;
  input [4:0] target;
  output [4:0] level;
  reg [4:0] level;
  always @(posedge clk or posedge reset)
    if (reset) level <= 0;
    else if (tick) begin
      if (level < target) level <= level + 1;
      else if (level > target) level <= level - 1;
    end
endmodule

module pulse(clk, reset, level, off, out);
  input clk, reset, off;
  input [4:0] level;
  output out;
  reg [4:0] saw;
  reg out;
  always @(posedge clk or posedge reset)
    if (reset) begin
      saw <= 0;
      out <= 0;
    end else begin
      saw <= saw + 1;
      out <= (saw < level) & ~off;
    end
endmodule

module guard(clk, reset, hot, clear, trip, count);
  input clk, reset, hot, clear;
  output trip;
  output [1:0] count;
  reg [1:0] count;
  reg trip;
  always @(posedge clk or posedge reset)
    if (reset) begin
      count <= 0;
      trip <= 0;
    end else if (clear) begin
      count <= 0;
      trip <= 0;
    end else if (hot) begin
      if (count == 2'd3) trip <= 1;
      else count <= count + 1;
    end else if (count != 0)
      count <= count - 1;
endmodule

module motor(clk, reset, sel, value, hot, clear, out, trip, level, status);
  input clk, reset, hot, clear;
  input [1:0] sel;
  input [4:0] value;
  output out, trip;
  output [4:0] level;
  output [7:0] status;
  reg [3:0] limit;
  reg [4:0] target;
  reg armed;
  wire tick;
  wire [1:0] count;
  wire [4:0] goal;
  wire off;

  always @(posedge clk or posedge reset)
    if (reset) begin
      limit <= 4'd2;
      target <= 5'd0;
      armed <= 1'b0;
    end else
      case (sel)
        2'd1: limit <= value[3:0];
        2'd2: target <= value;
        2'd3: armed <= value[0];
      endcase

  assign goal = armed & ~trip ? target : 5'd0;
  assign off = trip | ~armed;
  assign status = {trip, armed, tick, count, level[4:2]};

  ticker t(clk, reset, limit, tick);
  ramp r(clk, reset, tick, goal, level);
  pulse p(clk, reset, level, off, out);
  guard g(clk, reset, hot, clear, trip, count);
endmodule
