// Buttons: synchroniser, debouncer, short, long and double press.
module deb #(parameter STABLE = 5, parameter LONG = 30, parameter GAP = 45) (
  input wire clk, input wire rst, input wire [1:0] raw,
  output wire [1:0] level, output wire [1:0] is_short, output wire [1:0] is_long, output wire [1:0] is_double);
  genvar g;
  generate for (g = 0; g < 2; g = g + 1) begin : ch
    deb1 #(.STABLE(STABLE), .LONG(LONG), .GAP(GAP)) d (.clk(clk), .rst(rst), .raw(raw[g]), .level(level[g]),
      .is_short(is_short[g]), .is_long(is_long[g]), .is_double(is_double[g]));
  end endgenerate
endmodule
module deb1 #(parameter STABLE = 5, parameter LONG = 30, parameter GAP = 45) (
  input wire clk, input wire rst, input wire raw,
  output reg level, output reg is_short, output reg is_long, output reg is_double);
  reg s0, s1;
  reg [7:0] cnt;
  always @(posedge clk) begin
    s0 <= raw;
    s1 <= s0;
  end
  always @(posedge clk)
    if (rst) begin
      cnt <= 0;
      level <= 0;
    end else if (s1 == level)
      cnt <= 0;
    else if (cnt == STABLE - 1) begin
      level <= s1;
      cnt <= 0;
    end else
      cnt <= cnt + 1;
  reg prev;
  reg [7:0] held, idle;
  reg pending, fired;
  wire press = level & ~prev;
  wire release_ = ~level & prev;
  always @(posedge clk)
    if (rst) begin
      prev <= 0; held <= 0; idle <= 0; pending <= 0; fired <= 0;
      is_short <= 0; is_long <= 0; is_double <= 0;
    end else begin
      prev <= level;
      is_short <= 0; is_long <= 0; is_double <= 0;
      if (level) begin
        if (held != LONG) held <= held + 1;
        else if (!fired) begin
          is_long <= 1;
          fired <= 1;
          pending <= 0;
        end
      end
      if (release_) begin
        held <= 0;
        fired <= 0;
        idle <= 0;
        if (!fired) begin
          if (pending) begin
            is_double <= 1;
            pending <= 0;
          end else
            pending <= 1;
        end
      end else if (pending && !level) begin
        idle <= idle + 1;
        if (idle == GAP) begin
          is_short <= 1;
          pending <= 0;
        end
      end
    end
endmodule
