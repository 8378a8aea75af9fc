// Signed divider, one bit a cycle, non-restoring, with remainder and early ends.
module nrdiv #(parameter W = 16) (
  input  logic clk, rst, start, is_signed,
  input  logic [W-1:0] a, b,
  output logic [W-1:0] q, r,
  output logic busy, done, by_zero
);
  logic [W:0] acc;
  logic [W-1:0] num, den;
  logic neg_q, neg_r;
  logic [$clog2(W):0] n;
  wire [W-1:0] abs_a = is_signed && a[W-1] ? -a : a;
  wire [W-1:0] abs_b = is_signed && b[W-1] ? -b : b;
  wire [W:0] shifted = {acc[W-1:0], num[W-1]};
  wire [W:0] next = acc[W] ? shifted + {1'b0, den} : shifted - {1'b0, den};
  wire [W-1:0] rest = acc[W] ? acc[W-1:0] + den : acc[W-1:0];
  typedef enum logic [1:0] {IDLE, RUN, FIX} s_t;
  s_t s;
  assign busy = s != IDLE;
  always_ff @(posedge clk)
    if (rst) begin
      s <= IDLE; done <= 1'b0; by_zero <= 1'b0; q <= '0; r <= '0; n <= '0;
    end else begin
      done <= 1'b0;
      case (s)
        IDLE: if (start) begin
          by_zero <= b == '0;
          if (b == '0) begin
            q <= '1; r <= a; done <= 1'b1;
          end else begin
            num <= abs_a;
            den <= abs_b;
            neg_q <= is_signed && (a[W-1] ^ b[W-1]);
            neg_r <= is_signed && a[W-1];
            acc <= '0;
            n <= W;
            s <= RUN;
          end
        end
        RUN: begin
          acc <= next;
          num <= {num[W-2:0], ~next[W]};
          n <= n - 1'b1;
          if (n == 1) s <= FIX;
        end
        FIX: begin
          q <= neg_q ? -num : num;
          r <= neg_r ? -rest : rest;
          done <= 1'b1;
          s <= IDLE;
        end
        default: s <= IDLE;
      endcase
    end
endmodule
