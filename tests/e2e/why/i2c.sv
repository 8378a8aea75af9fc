// An I2C master that writes or reads one byte of a register of a slave.
`default_nettype none
module i2c (
  input  wire       clk,
  input  wire       rst,
  input  wire       start,
  input  wire       rw,         // 1: read
  input  wire [6:0] dev,
  input  wire [7:0] wdata,
  output reg  [7:0] rdata,
  output reg        busy,
  output reg        done,
  output reg        nack,
  output reg        scl,
  output reg        sda_low,    // pulls the line low
  input  wire       sda
);
  localparam IDLE = 3'd0, START = 3'd1, ADDR = 3'd2, ACK1 = 3'd3,
             DATA = 3'd4, ACK2 = 3'd5, STOP = 3'd6;

  reg [2:0] state;
  reg [1:0] phase;     // quarters of a bit
  reg [1:0] div;
  reg [2:0] bitno;
  reg [7:0] shreg;
  reg       reading;
  reg       scl_d, low_d;

  wire quarter = div == 2'd3;
  wire bit_end = quarter && phase == 2'd3;
  wire sample  = quarter && phase == 2'd1;

  always @(posedge clk)
    if (rst || !busy) begin
      div   <= 0;
      phase <= 0;
    end else begin
      div <= div + 1'b1;
      if (quarter) phase <= phase + 1'b1;
    end

  always @(posedge clk) begin
    done <= 1'b0;
    if (rst) begin
      state   <= IDLE;
      busy    <= 1'b0;
      nack    <= 1'b0;
      bitno   <= 3'd7;
      shreg   <= 8'h00;
      rdata   <= 8'h00;
      reading <= 1'b0;
    end else case (state)
      IDLE:
        if (start) begin
          state   <= START;
          busy    <= 1'b1;
          nack    <= 1'b0;
          reading <= rw;
          shreg   <= {dev, rw};
        end
      START:
        if (bit_end) begin
          state <= ADDR;
          bitno <= 3'd7;
        end
      ADDR:
        if (bit_end) begin
          shreg <= {shreg[6:0], 1'b0};
          bitno <= bitno - 1'b1;
          if (bitno == 3'd0) state <= ACK1;
        end
      ACK1: begin
        if (sample) nack <= sda;
        if (bit_end) begin
          bitno <= 3'd7;
          shreg <= wdata;
          state <= nack ? STOP : DATA;
        end
      end
      DATA: begin
        if (sample && reading) rdata <= {rdata[6:0], sda};
        if (bit_end) begin
          shreg <= {shreg[6:0], 1'b0};
          bitno <= bitno - 1'b1;
          if (bitno == 3'd0) state <= ACK2;
        end
      end
      ACK2: begin
        if (sample && !reading) nack <= sda;
        if (bit_end) state <= STOP;
      end
      STOP:
        if (bit_end) begin
          state <= IDLE;
          busy  <= 1'b0;
          done  <= 1'b1;
        end
      default: state <= IDLE;
    endcase
  end

  // The lines, without glitches.
  always @* begin
    scl_d = 1'b1;
    low_d = 1'b0;
    case (state)
      START: begin
        scl_d = phase != 2'd3;
        low_d = phase >= 2'd2;
      end
      ADDR: begin
        scl_d = phase == 2'd1 || phase == 2'd2;
        low_d = ~shreg[7];
      end
      ACK1: scl_d = phase == 2'd1 || phase == 2'd2;
      DATA: begin
        scl_d = phase == 2'd1 || phase == 2'd2;
        low_d = ~reading & ~shreg[7];
      end
      ACK2: scl_d = phase == 2'd1 || phase == 2'd2;
      STOP: begin
        scl_d = phase != 2'd0;
        low_d = phase <= 2'd1;
      end
      default: ;
    endcase
  end
  always @(posedge clk)
    if (rst) begin
      scl     <= 1'b1;
      sda_low <= 1'b0;
    end else begin
      scl     <= scl_d;
      sda_low <= low_d;
    end
endmodule
`default_nettype wire
