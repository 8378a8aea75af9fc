// I2C slave with 16 byte registers and an auto-incremented pointer.
module i2cs #(parameter [6:0] ADDR = 7'h2a) (
  input  wire clk, rst,
  input  wire scl_i, sda_i,
  output reg  sda_low,
  output wire [7:0] led
);
  reg [2:0] scl_s, sda_s;
  always @(posedge clk) begin
    scl_s <= {scl_s[1:0], scl_i};
    sda_s <= {sda_s[1:0], sda_i};
  end
  wire scl = scl_s[1], sda = sda_s[1];
  wire scl_rise = scl_s[2:1] == 2'b01;
  wire scl_fall = scl_s[2:1] == 2'b10;
  wire start = scl_s[2] & scl_s[1] & sda_s[2] & ~sda_s[1];
  wire stop  = scl_s[2] & scl_s[1] & ~sda_s[2] & sda_s[1];

  localparam IDLE = 0, DEV = 1, DEV_ACK = 2, PTR = 3, PTR_ACK = 4, WR = 5, WR_ACK = 6, RD = 7, RD_ACK = 8;
  reg [3:0] st;
  reg [7:0] sh;
  reg [2:0] n;
  reg [3:0] ptr;
  reg [7:0] mem [0:15];
  reg acked;
  assign led = mem[0];
  integer i;

  always @(posedge clk)
    if (rst) begin
      st <= IDLE; sda_low <= 0; n <= 0; ptr <= 0; sh <= 0; acked <= 0;
      for (i = 0; i < 16; i = i + 1) mem[i] <= 0;
    end else if (start) begin
      st <= DEV; n <= 7; sda_low <= 0;
    end else if (stop) begin
      st <= IDLE; sda_low <= 0;
    end else case (st)
      DEV, PTR, WR: begin
        if (scl_rise) sh <= {sh[6:0], sda};
        if (scl_fall && counted) begin
          n <= n - 1'b1;
          if (n == 0) begin
            if (st == DEV && sh[7:1] != ADDR) st <= IDLE;
            else begin
              sda_low <= 1;
              st <= st + 1'b1;
              if (st == PTR) ptr <= sh[3:0];
              if (st == WR) begin
                mem[ptr] <= sh;
                ptr <= ptr + 1'b1;
              end
            end
          end
        end
      end
      DEV_ACK: if (scl_fall) begin
        n <= 7;
        if (sh[0]) begin
          st <= RD;
          sh <= mem[ptr];
          sda_low <= ~mem[ptr][7];
        end else begin
          st <= PTR; sda_low <= 0;
        end
      end
      PTR_ACK, WR_ACK: if (scl_fall) begin
        st <= WR; n <= 7; sda_low <= 0;
      end
      RD: if (scl_fall) begin
        n <= n - 1'b1;
        sh <= {sh[6:0], 1'b1};
        if (n == 0) begin
          st <= RD_ACK; sda_low <= 0;
          ptr <= ptr + 1'b1;
        end else sda_low <= ~sh[6];
      end
      RD_ACK: begin
        if (scl_rise) acked <= ~sda;
        if (scl_fall) begin
          n <= 7;
          if (acked) begin
            st <= RD;
            sh <= mem[ptr];
            sda_low <= ~mem[ptr][7];
          end else st <= IDLE;
        end
      end
      default: ;
    endcase
  // The fall of the start condition is not a bit's.
  reg counted;
  always @(posedge clk)
    if (rst || start) counted <= 0;
    else if (scl_rise) counted <= 1;
endmodule
