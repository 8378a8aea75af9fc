// A biquad in direct form I with one multiplier: five products in turn, then rounding and
// saturation. Q2.14 coefficients, 16 bits of data.
module mac_unit (
  input  wire               clk, clr, en, sub,
  input  wire signed [15:0] x, c,
  output reg signed  [39:0] acc
);
  wire signed [31:0] p = x * c;
  always @(posedge clk)
    if (clr) acc <= 40'sd0;
    else if (en) acc <= sub ? acc - p : acc + p;
endmodule

module round_sat (
  input  wire signed [39:0] a,
  output wire signed [15:0] y,
  output wire               ovf
);
  wire signed [39:0] r = a + 40'sd8192;
  wire signed [25:0] s = r[39:14];
  assign ovf = (s > 26'sd32767) || (s < -26'sd32768);
  assign y   = !ovf ? s[15:0] : s[25] ? 16'sh8000 : 16'sh7fff;
endmodule

module biquad (
  input  wire               clk, rst,
  input  wire               c_we,
  input  wire [2:0]         c_addr,
  input  wire signed [15:0] c_data,
  input  wire               s_valid,
  output wire               s_ready,
  input  wire signed [15:0] s_data,
  output reg                m_valid,
  input  wire               m_ready,
  output reg signed [15:0]  m_data,
  output reg                clipped
);
  localparam S_IDLE = 2'd0, S_RUN = 2'd1, S_OUT = 2'd2;
  reg [1:0] state;
  reg [2:0] tap;
  reg signed [15:0] coef [0:4];            // b0 b1 b2 a1 a2
  reg signed [15:0] x0, x1, x2, y1, y2;

  reg signed [15:0] operand;
  always @* begin
    operand = x0;
    case (tap)
      3'd1: operand = x1;
      3'd2: operand = x2;
      3'd3: operand = y1;
      3'd4: operand = y2;
    endcase
  end

  wire signed [39:0] acc;
  wire signed [15:0] y;
  wire               ovf;
  wire               run = state == S_RUN;
  mac_unit u_mac (.clk(clk), .clr(state == S_IDLE), .en(run), .sub(tap >= 3'd3), .x(operand),
                  .c(coef[tap]), .acc(acc));
  round_sat u_round (.a(acc), .y(y), .ovf(ovf));

  assign s_ready = state == S_IDLE && !m_valid;

  always @(posedge clk) if (c_we) coef[c_addr] <= c_data;

  always @(posedge clk)
    if (rst) begin
      state   <= S_IDLE;
      tap     <= 3'd0;
      {x0, x1, x2, y1, y2} <= 80'd0;
      m_valid <= 1'b0;
      m_data  <= 16'd0;
      clipped <= 1'b0;
    end else begin
      if (m_valid && m_ready) m_valid <= 1'b0;
      case (state)
        S_IDLE:
          if (s_valid && s_ready) begin
            x0    <= s_data;
            x1    <= x0;
            x2    <= x1;
            tap   <= 3'd0;
            state <= S_RUN;
          end
        S_RUN: begin
          tap <= tap + 3'd1;
          if (tap == 3'd4) state <= S_OUT;
        end
        S_OUT: begin
          m_data  <= y;
          m_valid <= 1'b1;
          y1      <= y;
          y2      <= y1;
          if (ovf) clipped <= 1'b1;
          state   <= S_IDLE;
        end
        default: state <= S_IDLE;
      endcase
    end
endmodule
