// A clock of minutes and seconds with an alarm and a display that shows one digit after the
// other: as in a course, with camelCase names, small modules connected by position, and
// conditional assignments.
module digitCounter(clk, nReset, enable, load, top, loadValue, value, carry);
  input clk, nReset, enable, load;
  input [3:0] top, loadValue;
  output reg [3:0] value;
  output carry;
  assign carry = enable & (value == top);
  always @(posedge clk, negedge nReset)
    if (!nReset) value <= 4'd0;
    else value <= load ? loadValue : carry ? 4'd0 : enable ? value + 4'd1 : value;
endmodule

module debounce(clk, nReset, button, pressed);
  input clk, nReset, button;
  output pressed;
  reg [2:0] history;
  reg level, wasHigh;
  always @(posedge clk, negedge nReset)
    if (!nReset) begin
      history <= 3'b000;
      level   <= 1'b0;
      wasHigh  <= 1'b0;
    end else begin
      history <= {history[1:0], button};
      if (history == 3'b111) level <= 1'b1;
      if (history == 3'b000) level <= 1'b0;
      wasHigh <= level;
    end
  assign pressed = level & ~wasHigh;
endmodule

module sevenSegments(digit, blank, segments);
  input [3:0] digit;
  input blank;
  output reg [6:0] segments;
  always @(digit or blank)
    if (blank) segments = 7'b0000000;
    else
      case (digit)
        4'd0: segments = 7'b1111110;
        4'd1: segments = 7'b0110000;
        4'd2: segments = 7'b1101101;
        4'd3: segments = 7'b1111001;
        4'd4: segments = 7'b0110011;
        4'd5: segments = 7'b1011011;
        4'd6: segments = 7'b1011111;
        4'd7: segments = 7'b1110000;
        4'd8: segments = 7'b1111111;
        4'd9: segments = 7'b1111011;
        default: segments = 7'b0000001;
      endcase
endmodule

module alarm(clk, nReset, secondTick, modeButton, upButton, stopButton, bell, segments, select);
  input clk, nReset, secondTick, modeButton, upButton, stopButton;
  output bell;
  output [6:0] segments;
  output reg [3:0] select;

  wire modePressed, upPressed, stopPressed;
  debounce modeIn(clk, nReset, modeButton, modePressed);
  debounce upIn(clk, nReset, upButton, upPressed);
  debounce stopIn(clk, nReset, stopButton, stopPressed);

  // Run, set the minutes, set the minutes of the alarm.
  parameter RUN = 2'd0, SET_TIME = 2'd1, SET_ALARM = 2'd2;
  reg [1:0] mode;
  always @(posedge clk, negedge nReset)
    if (!nReset) mode <= RUN;
    else if (modePressed) mode <= (mode == SET_ALARM) ? RUN : mode + 2'd1;

  wire running = (mode != SET_TIME);
  wire tick = secondTick & running;
  wire secondsClear = modePressed & (mode == SET_TIME);

  wire [3:0] s0, s1, m0, m1, a0, a1;
  wire s0Carry, s1Carry, m0Carry, m1Carry, a0Carry, a1Carry;
  wire minuteUp = s1Carry | (upPressed & (mode == SET_TIME));
  wire alarmUp = upPressed & (mode == SET_ALARM);

  digitCounter secondsLow(clk, nReset, tick, secondsClear, 4'd9, 4'd0, s0, s0Carry);
  digitCounter secondsHigh(clk, nReset, s0Carry, secondsClear, 4'd5, 4'd0, s1, s1Carry);
  digitCounter minutesLow(clk, nReset, minuteUp, 1'b0, 4'd9, 4'd0, m0, m0Carry);
  digitCounter minutesHigh(clk, nReset, m0Carry, 1'b0, 4'd5, 4'd0, m1, m1Carry);
  digitCounter alarmLow(clk, nReset, alarmUp, 1'b0, 4'd9, 4'd0, a0, a0Carry);
  digitCounter alarmHigh(clk, nReset, a0Carry, 1'b0, 4'd5, 4'd0, a1, a1Carry);

  // The bell rings from the start of the minute for ten seconds, or until it is stopped.
  reg ringing, armed;
  wire match = (m0 == a0) & (m1 == a1) & (s1 == 4'd0) & (s0 == 4'd0);
  always @(posedge clk, negedge nReset)
    if (!nReset) begin
      ringing <= 1'b0;
      armed   <= 1'b0;
    end else begin
      armed <= (armed | alarmUp) & ~stopPressed;
      if (stopPressed) ringing <= 1'b0;
      else if (match & armed & (mode == RUN)) ringing <= 1'b1;
      else if (s1 != 4'd0) ringing <= 1'b0;
    end
  assign bell = ringing & ~secondTick;

  // One of four digits at a time; what is being set blinks with the seconds.
  reg [1:0] place;
  always @(posedge clk, negedge nReset)
    if (!nReset) begin
      place  <= 2'd0;
      select <= 4'b0001;
    end else begin
      place  <= place + 2'd1;
      select <= {select[2:0], select[3]};
    end
  wire [3:0] low  = (mode == SET_ALARM) ? a0 : (mode == SET_TIME) ? m0 : s0;
  wire [3:0] high = (mode == SET_ALARM) ? a1 : (mode == SET_TIME) ? m1 : s1;
  wire [3:0] digit = (place == 2'd0) ? low : (place == 2'd1) ? high : (place == 2'd2) ? m0 : m1;
  wire leading = (place == 2'd3) & (m1 == 4'd0);
  sevenSegments show(digit, leading, segments);
endmodule
