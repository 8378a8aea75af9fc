module dut #(parameter W=4) (input logic clk, rst, go, input logic [W-1:0] a, output logic [W-1:0] q, output logic busy);
  typedef enum logic [1:0] {IDLE, RUN, DONE, ERR} state_t;
  state_t s;
  always_ff @(posedge clk) begin
    if (rst) s <= IDLE;
    else case (s)
      IDLE: if (go) s <= RUN;
      RUN: if (a == 15) s <= ERR; else s <= DONE;
      DONE: s <= IDLE;
      default: begin
        s <= ERR;
        q <= 0;
      end
    endcase
    if (s == RUN) q <= a + 1;
  end
  assign busy = s != IDLE;
endmodule
