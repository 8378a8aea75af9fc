// Sixteen pins on an APB: direction, output, debounced input, interrupts on edges.
module pin_filter #(parameter N = 2) (
  input  logic pclk, presetn, tick, pad,
  output logic level, rise, fall
);
  logic [1:0] sync;
  logic [N-1:0] same;

  always_ff @(posedge pclk or negedge presetn)
    if (!presetn) begin
      sync  <= 2'b00;
      same  <= '0;
      level <= 1'b0;
      rise  <= 1'b0;
      fall  <= 1'b0;
    end else begin
      sync <= {sync[0], pad};
      rise <= 1'b0;
      fall <= 1'b0;
      if (sync[1] == level) same <= '0;
      else if (tick) begin
        same <= same + 1'b1;
        if (&same) begin
          level <= sync[1];
          rise  <= sync[1];
          fall  <= ~sync[1];
        end
      end
    end
endmodule

module gpio #(parameter PINS = 8) (
  input  logic            pclk, presetn,
  input  logic            psel, penable, pwrite,
  input  logic [5:0]      paddr,
  input  logic [31:0]     pwdata,
  output logic [31:0]     prdata,
  output logic            pready, pslverr,
  input  logic [PINS-1:0] pad_i,
  output logic [PINS-1:0] pad_o, pad_oe,
  output logic            irq
);
  localparam DIR = 4'h0, OUT = 4'h1, SET = 4'h2, CLR = 4'h3, IN = 4'h4,
             RIS = 4'h5, FAL = 4'h6, IEN = 4'h7, PEND = 4'h8, PRE = 4'h9;

  logic [PINS-1:0] dir, out, level, rise, fall, rise_en, fall_en, ien, pend;
  logic [3:0]      pre, cnt;
  logic            tick, wr, known;
  logic [3:0]      a;

  assign a       = paddr[5:2];
  assign wr      = psel & penable & pwrite;
  assign known   = a <= PRE;
  assign pready  = 1'b1;
  assign pslverr = psel & penable & ~known;
  assign pad_o   = out;
  assign pad_oe  = dir;
  assign irq     = |(pend & ien);
  assign tick    = cnt == pre;

  always_ff @(posedge pclk or negedge presetn)
    if (!presetn) cnt <= '0;
    else if (tick) cnt <= '0;
    else cnt <= cnt + 1'b1;

  for (genvar i = 0; i < PINS; i++) begin : g_pin
    pin_filter u_filter (.pclk, .presetn, .tick, .pad(pad_i[i]), .level(level[i]),
                         .rise(rise[i]), .fall(fall[i]));
  end

  always_ff @(posedge pclk or negedge presetn)
    if (!presetn) begin
      dir     <= '0;
      out     <= '0;
      rise_en <= '0;
      fall_en <= '0;
      ien     <= '0;
      pre     <= 4'd2;
    end else if (wr)
      case (a)
        DIR: dir     <= pwdata[PINS-1:0];
        OUT: out     <= pwdata[PINS-1:0];
        SET: out     <= out | pwdata[PINS-1:0];
        CLR: out     <= out & ~pwdata[PINS-1:0];
        RIS: rise_en <= pwdata[PINS-1:0];
        FAL: fall_en <= pwdata[PINS-1:0];
        IEN: ien     <= pwdata[PINS-1:0];
        PRE: pre     <= pwdata[3:0];
        default: ;
      endcase

  logic [PINS-1:0] clear;
  assign clear = wr && a == PEND ? pwdata[PINS-1:0] : '0;
  always_ff @(posedge pclk or negedge presetn)
    if (!presetn) pend <= '0;
    else pend <= (pend & ~clear) | (rise & rise_en) | (fall & fall_en);

  always_comb begin
    prdata = '0;
    case (a)
      DIR: prdata[PINS-1:0] = dir;
      OUT: prdata[PINS-1:0] = out;
      IN:  prdata[PINS-1:0] = (level & ~dir) | (out & dir);
      RIS: prdata[PINS-1:0] = rise_en;
      FAL: prdata[PINS-1:0] = fall_en;
      IEN: prdata[PINS-1:0] = ien;
      PEND: prdata[PINS-1:0] = pend;
      PRE: prdata[3:0] = pre;
      default: ;
    endcase
  end
endmodule
