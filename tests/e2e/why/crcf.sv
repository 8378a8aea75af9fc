// Packets of bytes: length, payload, CRC-16 of both; a receiver that drops bad ones.
module crcf (
  input  logic clk, rst,
  input  logic in_valid, input logic [7:0] in_data, output logic in_ready,
  output logic out_valid, output logic [7:0] out_data, output logic out_last, input logic out_ready,
  output logic [7:0] good, bad
);
  typedef enum logic [2:0] {LEN, BODY, CRC_HI, CRC_LO, JUDGE, DRAIN} st_t;
  st_t st;
  logic [7:0] buffer [32];
  logic [5:0] len, n;
  logic [15:0] crc, want;

  function automatic logic [15:0] step(input logic [15:0] c, input logic [7:0] d);
    logic [15:0] r;
    r = c ^ {d, 8'h00};
    for (int i = 0; i < 8; i++)
      r = r[15] ? (r << 1) ^ 16'h1021 : r << 1;
    return r;
  endfunction

  assign in_ready = st == LEN || st == BODY || st == CRC_HI || st == CRC_LO;
  assign out_valid = st == DRAIN;
  assign out_data = buffer[n[4:0]];
  assign out_last = n == len - 1'b1;
  wire take = in_valid && in_ready;
  wire give = out_valid && out_ready;

  always_ff @(posedge clk)
    if (rst) begin
      st <= LEN; len <= '0; n <= '0; crc <= 16'hffff; want <= '0; good <= '0; bad <= '0;
    end else case (st)
      LEN: if (take) begin
        len <= in_data[5:0];
        n <= '0;
        crc <= step(16'hffff, in_data);
        st <= in_data == 0 || in_data > 32 ? LEN : BODY;
        if (in_data == 0 || in_data > 32) bad <= bad + 1'b1;
      end
      BODY: if (take) begin
        buffer[n[4:0]] <= in_data;
        crc <= step(crc, in_data);
        n <= n + 1'b1;
        if (n == len - 1'b1) st <= CRC_HI;
      end
      CRC_HI: if (take) begin
        want[15:8] <= in_data;
        st <= CRC_LO;
      end
      CRC_LO: if (take) begin
        want[7:0] <= in_data;
        st <= JUDGE;
      end
      JUDGE: begin
        n <= '0;
        if (crc == want) begin
          good <= good + 1'b1;
          st <= DRAIN;
        end else begin
          bad <= bad + 1'b1;
          st <= LEN;
        end
      end
      DRAIN: if (give) begin
        n <= n + 1'b1;
        if (out_last) st <= LEN;
      end
      default: st <= LEN;
    endcase
endmodule
