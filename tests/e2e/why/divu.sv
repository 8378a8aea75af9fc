// A divider of signed and unsigned numbers, one bit a cycle, with valid and ready on both sides.
module divu #(parameter W = 16) (
  input  logic         clk, arst_n,
  input  logic         in_valid,
  output logic         in_ready,
  input  logic         is_signed,
  input  logic [W-1:0] dividend, divisor,
  output logic         out_valid,
  input  logic         out_ready,
  output logic [W-1:0] quotient, remainder,
  output logic         by_zero
);
  typedef enum logic [1:0] {IDLE, RUN, FIX, DONE} state_e;
  typedef struct packed {
    logic neg_q, neg_r, zero;
  } flags_t;

  state_e              state_q, state_d;
  flags_t              flags_q, flags_d;
  logic [W-1:0]        rem_q, rem_d, quo_q, quo_d, div_q, div_d;
  logic [$clog2(W):0]  count_q, count_d;

  function automatic logic [W-1:0] absolute(input logic [W-1:0] v, input logic s);
    return s && v[W-1] ? -v : v;
  endfunction

  wire [W:0] trial = {rem_q, quo_q[W-1]} - {1'b0, div_q};

  always_comb begin
    state_d = state_q;
    flags_d = flags_q;
    rem_d   = rem_q;
    quo_d   = quo_q;
    div_d   = div_q;
    count_d = count_q;
    unique case (state_q)
      IDLE:
        if (in_valid) begin
          flags_d.neg_q = is_signed && (dividend[W-1] ^ divisor[W-1]);
          flags_d.neg_r = is_signed && dividend[W-1];
          flags_d.zero  = divisor == 0;
          quo_d   = absolute(dividend, is_signed);
          div_d   = absolute(divisor, is_signed);
          rem_d   = '0;
          count_d = W;
          state_d = RUN;
          if (divisor == 0) state_d = FIX;
        end
      RUN: begin
        if (trial[W]) begin
          rem_d = {rem_q[W-2:0], quo_q[W-1]};
          quo_d = {quo_q[W-2:0], 1'b0};
        end else begin
          rem_d = trial[W-1:0];
          quo_d = {quo_q[W-2:0], 1'b1};
        end
        count_d = count_q - 1'b1;
        if (count_q == 1) state_d = FIX;
      end
      FIX: begin
        if (flags_q.zero) begin
          rem_d = flags_q.neg_r ? -quo_q : quo_q;
          quo_d = '1;
        end else begin
          if (flags_q.neg_q) quo_d = -quo_q;
          if (flags_q.neg_r) rem_d = -rem_q;
        end
        state_d = DONE;
      end
      DONE:
        if (out_ready) state_d = IDLE;
    endcase
  end

  always_ff @(posedge clk or negedge arst_n)
    if (!arst_n) begin
      state_q <= IDLE;
      flags_q <= '0;
      count_q <= '0;
      rem_q   <= '0;
      quo_q   <= '0;
      div_q   <= '0;
    end else begin
      state_q <= state_d;
      flags_q <= flags_d;
      count_q <= count_d;
      rem_q   <= rem_d;
      quo_q   <= quo_d;
      div_q   <= div_d;
    end

  assign in_ready  = state_q == IDLE;
  assign out_valid = state_q == DONE;
  assign quotient  = quo_q;
  assign remainder = rem_q;
  assign by_zero   = flags_q.zero;
endmodule
