// Two-way write-back cache with one LRU bit for each set; one word for each line.
module l2c #(parameter SETS = 8) (
  input  logic clk, rst,
  input  logic req, we, input logic [7:0] addr, input logic [15:0] wdata,
  output logic ack, output logic [15:0] rdata,
  output logic m_req, m_we, output logic [7:0] m_addr, output logic [15:0] m_wdata,
  input  logic m_ack, input logic [15:0] m_rdata,
  output logic [15:0] hits, misses
);
  localparam B = $clog2(SETS);
  logic [SETS-1:0] valid0, valid1, dirty0, dirty1, lru;
  logic [7-B:0] tag0 [SETS], tag1 [SETS];
  logic [15:0] data0 [SETS], data1 [SETS];
  wire [B-1:0] set = addr[B-1:0];
  wire [7-B:0] tag = addr[7:B];
  wire hit0 = valid0[set] && tag0[set] == tag;
  wire hit1 = valid1[set] && tag1[set] == tag;
  wire hit = hit0 || hit1;
  wire victim = lru[set];
  wire victim_dirty = victim ? valid1[set] && dirty1[set] : valid0[set] && dirty0[set];
  typedef enum logic [1:0] {LOOK, EVICT, FILL} st_t;
  st_t st;
  always_ff @(posedge clk)
    if (rst) begin
      st <= LOOK; ack <= 1'b0; m_req <= 1'b0; m_we <= 1'b0;
      valid0 <= '0; valid1 <= '0; dirty0 <= '0; dirty1 <= '0; lru <= '0;
      hits <= '0; misses <= '0; rdata <= '0;
    end else begin
      ack <= 1'b0;
      case (st)
        LOOK: if (req && !ack) begin
          if (hit) begin
            hits <= hits + 1'b1;
            ack <= 1'b1;
            rdata <= hit0 ? data0[set] : data1[set];
            lru[set] <= hit0;
            if (we && hit0) begin data0[set] <= wdata; dirty0[set] <= 1'b1; end
            if (we && hit1) begin data1[set] <= wdata; dirty1[set] <= 1'b1; end
          end else begin
            misses <= misses + 1'b1;
            m_req <= 1'b1;
            m_we <= victim_dirty;
            m_addr <= victim_dirty ? {victim ? tag1[set] : tag0[set], set} : addr;
            m_wdata <= victim ? data1[set] : data0[set];
            st <= victim_dirty ? EVICT : FILL;
          end
        end
        EVICT: if (m_ack) begin
          m_we <= 1'b0;
          m_addr <= addr;
          st <= FILL;
        end
        FILL: if (m_ack) begin
          m_req <= 1'b0;
          if (victim) begin
            valid1[set] <= 1'b1; tag1[set] <= tag; dirty1[set] <= we;
            data1[set] <= we ? wdata : m_rdata;
          end else begin
            valid0[set] <= 1'b1; tag0[set] <= tag; dirty0[set] <= we;
            data0[set] <= we ? wdata : m_rdata;
          end
          lru[set] <= ~victim;
          rdata <= m_rdata;
          ack <= 1'b1;
          st <= LOOK;
        end
        default: st <= LOOK;
      endcase
    end
endmodule
