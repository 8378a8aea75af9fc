// SPI master, four modes, several slaves, a small transmit queue.
module spim #(parameter int DIVW = 4) (
  input  logic            clk, rst_n,
  input  logic            cpol, cpha,
  input  logic [DIVW-1:0] divider,
  input  logic            push,
  input  logic [1:0]      which,
  input  logic [7:0]      tx,
  output logic            full,
  output logic            rx_valid,
  output logic [7:0]      rx,
  output logic            sclk, mosi,
  input  logic            miso,
  output logic [3:0]      cs_n
);
  typedef enum logic [1:0] {IDLE, LEAD, SHIFT, TRAIL} state_t;
  state_t state;
  logic [9:0] q [4];
  logic [2:0] wp, rp;
  logic [DIVW-1:0] cnt;
  logic [3:0] edges;
  logic [7:0] sh, in;
  logic [1:0] sel;
  wire empty = wp == rp;
  assign full = wp[1:0] == rp[1:0] && wp[2] != rp[2];
  wire tick = cnt == 0;
  wire leading = !edges[0];
  wire sample = leading ^ cpha;

  always_ff @(posedge clk or negedge rst_n)
    if (!rst_n) wp <= '0;
    else if (push && !full) begin
      q[wp[1:0]] <= {which, tx};
      wp <= wp + 1'b1;
    end

  always_ff @(posedge clk or negedge rst_n)
    if (!rst_n) cnt <= '0;
    else if (state == IDLE || tick) cnt <= divider;
    else cnt <= cnt - 1'b1;

  always_ff @(posedge clk or negedge rst_n)
    if (!rst_n) begin
      state <= IDLE; rp <= '0; edges <= '0; sh <= '0; in <= '0; sel <= '0;
      sclk <= 1'b0; rx_valid <= 1'b0; rx <= '0;
    end else begin
      rx_valid <= 1'b0;
      case (state)
        IDLE: begin
          sclk <= cpol;
          edges <= '0;
          if (!empty) begin
            {sel, sh} <= q[rp[1:0]];
            rp <= rp + 1'b1;
            state <= LEAD;
          end
        end
        LEAD: if (tick) state <= SHIFT;
        SHIFT: if (tick) begin
          sclk <= ~sclk;
          edges <= edges + 1'b1;
          if (sample) in <= {in[6:0], miso};
          else if (!(cpha && edges == 0)) sh <= {sh[6:0], 1'b0};
          if (edges == 4'd15) state <= TRAIL;
        end
        TRAIL: if (tick) begin
          rx <= in;
          rx_valid <= 1'b1;
          state <= IDLE;
        end
      endcase
    end
  assign mosi = sh[7];
  assign cs_n = state != IDLE ? ~(4'b0001 << sel) : 4'hf;
endmodule
