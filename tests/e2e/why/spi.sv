// A serial master in the style of two processes, with states in a package, and a small
// register bank that is read back through it.
`timescale 1ns / 1ns

package spi_pkg;
  typedef enum logic [1:0] {REST, LEAD, MOVE, TRAIL} phase_t;
  localparam int BITS = 8;
endpackage

module spi_master import spi_pkg::*; #(parameter int DIV = 2) (
  input  logic            clk_i,
  input  logic            rst_ni,
  input  logic            go_i,
  input  logic [BITS-1:0] tx_i,
  output logic [BITS-1:0] rx_o,
  output logic            done_o,
  output logic            cs_no,
  output logic            sck_o,
  output logic            mosi_o,
  input  logic            miso_i
);
  phase_t phase_q, phase_d;
  logic [2:0] bit_q, bit_d;
  logic [1:0] div_q, div_d;
  logic [BITS-1:0] out_q, out_d, in_q, in_d;
  logic sck_q, sck_d;
  logic pulse;

  assign pulse = div_q == 2'(DIV - 1);

  always_comb begin
    phase_d = phase_q;
    bit_d = bit_q;
    out_d = out_q;
    in_d = in_q;
    sck_d = sck_q;
    div_d = pulse ? '0 : div_q + 1'b1;
    unique case (phase_q)
      REST: begin
        div_d = '0;
        if (go_i) begin
          phase_d = LEAD;
          out_d = tx_i;
          bit_d = 3'd7;
        end
      end
      LEAD: if (pulse) phase_d = MOVE;
      MOVE: if (pulse) begin
        sck_d = !sck_q;
        if (!sck_q) in_d = {in_q[BITS-2:0], miso_i};
        else begin
          out_d = {out_q[BITS-2:0], 1'b0};
          bit_d = bit_q - 3'd1;
          if (bit_q == 3'd0) phase_d = TRAIL;
        end
      end
      TRAIL: if (pulse) phase_d = REST;
      default: phase_d = REST;
    endcase
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      phase_q <= REST;
      bit_q <= '0;
      div_q <= '0;
      out_q <= '0;
      in_q <= '0;
      sck_q <= 1'b0;
    end else begin
      phase_q <= phase_d;
      bit_q <= bit_d;
      div_q <= div_d;
      out_q <= out_d;
      in_q <= in_d;
      sck_q <= sck_d;
    end
  end

  assign done_o = phase_q == TRAIL && pulse;
  assign cs_no = phase_q == REST;
  assign sck_o = sck_q;
  assign mosi_o = out_q[BITS-1];
  assign rx_o = in_q;
endmodule
