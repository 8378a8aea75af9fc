module cnt(input logic clk, input logic rst, input logic en, output logic [7:0] q, output logic full);
  typedef enum logic [1:0] {IDLE, RUN, DONE} state_t;
  state_t state;
  always_ff @(posedge clk) begin
    if (rst) begin q <= 0; state <= IDLE; end
    else if (en) begin q <= q + 1; state <= q == 3 ? DONE : RUN; end
  end
  assign full = &q;
endmodule
