// A crossing: main road, side road with a detector, a button for pedestrians, a night mode.
module lights (
  input            clk, reset, sec,
  input            car, button, night,
  output reg [2:0] main_rd,   // red, yellow, green
  output reg [2:0] side_rd,
  output           walk,
  output reg       wait_lamp
);
  parameter T_MIN = 8, T_YEL = 3, T_RED = 2, T_SIDE = 6, T_WALK = 5;
  localparam [2:0] RED = 3'b100, YEL = 3'b010, GRN = 3'b001, OFF = 3'b000;
  localparam [3:0] M_GRN = 0, M_YEL = 1, RED1 = 2, S_GRN = 3, S_YEL = 4, RED2 = 5, PED = 6,
                   PED_RED = 7, BLINK = 8;

  reg [3:0] st, nx;
  reg [4:0] t;
  reg       car_seen, blink;
  reg [4:0] limit;

  always @*
    case (st)
      M_GRN:        limit = T_MIN;
      M_YEL, S_YEL: limit = T_YEL;
      RED1, RED2, PED_RED: limit = T_RED;
      S_GRN:        limit = T_SIDE;
      PED:          limit = T_WALK;
      default:      limit = 1;
    endcase

  wire over = t >= limit - 1;

  always @* begin
    nx = st;
    case (st)
      M_GRN:
        if (night) nx = BLINK;
        else if (over && (car_seen || wait_lamp)) nx = M_YEL;
      M_YEL:   if (over) nx = RED1;
      RED1:    if (over) nx = wait_lamp ? PED : S_GRN;
      PED:     if (over) nx = PED_RED;
      PED_RED: if (over) nx = car_seen ? S_GRN : M_GRN;
      S_GRN:   if (over || !car && t >= 2) nx = S_YEL;
      S_YEL:   if (over) nx = RED2;
      RED2:    if (over) nx = M_GRN;
      BLINK:   if (!night) nx = RED2;
      default: nx = RED2;
    endcase
  end

  always @(posedge clk)
    if (reset) begin
      st <= RED2;
      t  <= 0;
      blink <= 0;
    end else if (sec) begin
      st <= nx;
      blink <= ~blink;
      if (nx != st) t <= 0;
      else if (t != 31) t <= t + 1;
    end

  always @(posedge clk)
    if (reset) begin
      car_seen  <= 0;
      wait_lamp <= 0;
    end else begin
      if (car && st != S_GRN) car_seen <= 1;
      else if (st == S_GRN) car_seen <= 0;
      if (st == PED) wait_lamp <= 0;
      else if (button && st != BLINK) wait_lamp <= 1;
    end

  assign walk = st == PED;

  always @* begin
    main_rd = RED;
    side_rd = RED;
    case (st)
      M_GRN: main_rd = GRN;
      M_YEL: main_rd = YEL;
      S_GRN: side_rd = GRN;
      S_YEL: side_rd = YEL;
      BLINK: begin
        main_rd = blink ? YEL : OFF;
        side_rd = blink ? RED : OFF;
      end
      default: ;
    endcase
  end
endmodule
