// Timers, a counter of events and an interrupt controller on a pipelined Wishbone bus: one
// process for each register, initial values, inputs named i_, outputs o_.
`default_nettype none

module one_timer #(parameter W = 12) (
  input  wire         i_clk, i_reset, i_ce,
  input  wire         i_stb, i_we,
  input  wire [15:0]  i_data,
  output wire [15:0]  o_data,
  output reg          o_int
);
  reg  [W-1:0] r_value, r_reload;
  reg          r_running, r_auto, r_zero;
  wire         write = i_stb && i_we;

  initial r_running = 1'b0;
  always @(posedge i_clk)
    if (i_reset)
      r_running <= 1'b0;
    else if (write)
      r_running <= |i_data[W-1:0];
    else if (i_ce && r_zero && !r_auto)
      r_running <= 1'b0;

  initial r_auto = 1'b0;
  always @(posedge i_clk)
    if (i_reset)
      r_auto <= 1'b0;
    else if (write)
      r_auto <= i_data[15] && |i_data[W-1:0];

  initial r_reload = 0;
  always @(posedge i_clk)
    if (i_reset)
      r_reload <= 0;
    else if (write)
      r_reload <= i_data[W-1:0];

  // Last one before it is over.
  initial r_zero = 1'b0;
  always @(posedge i_clk)
    if (i_reset)
      r_zero <= 1'b0;
    else if (write)
      r_zero <= i_data[W-1:0] == 1;
    else if (i_ce && r_running)
      r_zero <= r_value == 2 || (r_zero && r_auto && r_reload == 1);

  initial r_value = 0;
  always @(posedge i_clk)
    if (i_reset)
      r_value <= 0;
    else if (write)
      r_value <= i_data[W-1:0];
    else if (r_running && i_ce) begin
      if (!r_zero)
        r_value <= r_value - 1'b1;
      else if (r_auto)
        r_value <= r_reload;
      else
        r_value <= 0;
    end

  initial o_int = 1'b0;
  always @(posedge i_clk)
    o_int <= !i_reset && !write && i_ce && r_running && r_zero;

  assign o_data = {r_auto, {(15-W){1'b0}}, r_value};
endmodule

module event_counter (
  input  wire         i_clk, i_reset, i_event,
  input  wire         i_stb, i_we,
  input  wire [15:0]  i_data,
  output wire [15:0]  o_data,
  output wire         o_int
);
  reg [15:0] r_count;
  reg        r_carry;

  initial r_count = 0;
  always @(posedge i_clk)
    if (i_reset)
      r_count <= 0;
    else if (i_stb && i_we)
      r_count <= i_data;
    else if (i_event)
      r_count <= r_count + 1'b1;

  initial r_carry = 1'b0;
  always @(posedge i_clk)
    r_carry <= !i_reset && !(i_stb && i_we) && i_event && &r_count;

  assign o_data = r_count;
  assign o_int  = r_carry;
endmodule

// Bits 15 and 14..8: all on, and each on its own; a write with bit 7 sets those of bits 14..8
// that are to be on, without it clears them. Bits 6..0: which were asked for, cleared by ones.
module int_control (
  input  wire         i_clk, i_reset,
  input  wire         i_stb, i_we,
  input  wire [15:0]  i_data,
  input  wire [6:0]   i_lines,
  output wire [15:0]  o_data,
  output reg          o_int
);
  reg  [6:0] r_asked, r_on;
  reg        r_all;
  wire       write     = i_stb && i_we;
  wire       on_write  = write &&  i_data[7];
  wire       off_write = write && !i_data[7];

  initial r_asked = 0;
  always @(posedge i_clk)
    if (i_reset)
      r_asked <= 0;
    else if (write)
      r_asked <= i_lines | (r_asked & ~i_data[6:0]);
    else
      r_asked <= i_lines | r_asked;

  initial r_on = 0;
  always @(posedge i_clk)
    if (i_reset)
      r_on <= 0;
    else if (on_write)
      r_on <= r_on | i_data[14:8];
    else if (off_write)
      r_on <= r_on & ~i_data[14:8];

  initial r_all = 1'b0;
  always @(posedge i_clk)
    if (i_reset)
      r_all <= 1'b0;
    else if (on_write && i_data[15])
      r_all <= 1'b1;
    else if (off_write && i_data[15])
      r_all <= 1'b0;

  initial o_int = 1'b0;
  always @(posedge i_clk)
    o_int <= !i_reset && r_all && |(r_asked & r_on);

  assign o_data = {r_all, r_on, o_int, r_asked};
endmodule

module timers (
  input  wire         i_clk, i_reset,
  input  wire         i_wb_cyc, i_wb_stb, i_wb_we,
  input  wire [1:0]   i_wb_addr,
  input  wire [15:0]  i_wb_data,
  output wire         o_wb_stall,
  output reg          o_wb_ack,
  output reg  [15:0]  o_wb_data,
  input  wire         i_event,
  output wire         o_int
);
  wire [15:0] timer_a, timer_b, events, control;
  wire        a_int, b_int, e_int;
  reg  [1:0]  r_divide;
  reg         r_last_event;
  wire        stb  = i_wb_cyc && i_wb_stb;
  wire        slow = r_divide == 2'd3;

  // The second timer counts in fours.
  initial r_divide = 0;
  always @(posedge i_clk)
    if (i_reset)
      r_divide <= 0;
    else
      r_divide <= r_divide + 1'b1;

  initial r_last_event = 1'b0;
  always @(posedge i_clk)
    r_last_event <= i_event;

  one_timer u_a (i_clk, i_reset, 1'b1, stb && i_wb_addr == 2'd0, i_wb_we, i_wb_data, timer_a, a_int);
  one_timer u_b (i_clk, i_reset, slow, stb && i_wb_addr == 2'd1, i_wb_we, i_wb_data, timer_b, b_int);
  event_counter u_e (i_clk, i_reset, i_event && !r_last_event, stb && i_wb_addr == 2'd2,
                     i_wb_we, i_wb_data, events, e_int);
  int_control u_c (i_clk, i_reset, stb && i_wb_addr == 2'd3, i_wb_we, i_wb_data,
                   {4'h0, e_int, b_int, a_int}, control, o_int);

  initial o_wb_ack = 1'b0;
  always @(posedge i_clk)
    o_wb_ack <= !i_reset && stb;

  always @(posedge i_clk)
    case (i_wb_addr)
      2'd0: o_wb_data <= timer_a;
      2'd1: o_wb_data <= timer_b;
      2'd2: o_wb_data <= events;
      2'd3: o_wb_data <= control;
    endcase

  assign o_wb_stall = 1'b0;
endmodule
