// A run-length coder and its decoder behind it, and a sum over what went in: SystemVerilog with
// packages, structs, enums and case; values that a register has are named _q, its next _d.
package codec_pkg;
  localparam int Depth = 4;
  typedef struct packed {
    logic       run;
    logic [6:0] count;
    logic [7:0] value;
  } token_t;
  typedef enum logic [1:0] {Empty, Single, Run, Drain} coder_state_e;
endpackage

module rl_coder import codec_pkg::*; (
  input  logic       clk_i, rst_ni,
  input  logic       flush_i,
  input  logic       valid_i,
  output logic       ready_o,
  input  logic [7:0] data_i,
  output logic       valid_o,
  input  logic       ready_i,
  output token_t     token_o
);
  coder_state_e state_d, state_q;
  logic [7:0]   value_d, value_q;
  logic [6:0]   count_d, count_q;
  token_t       token;
  logic         same;

  assign same = data_i == value_q;
  always_comb begin
    token.run   = count_q != 7'd1;
    token.count = count_q;
    token.value = value_q;
  end
  assign token_o = token;

  always_comb begin
    state_d = state_q;
    value_d = value_q;
    count_d = count_q;
    valid_o = 1'b0;
    ready_o = 1'b0;
    case (state_q)
      Empty: begin
        ready_o = 1'b1;
        if (valid_i) begin
          value_d = data_i;
          count_d = 7'd1;
          state_d = Single;
        end
      end
      Single, Run: begin
        if (valid_i && same && count_q != 7'd20) begin
          ready_o = 1'b1;
          count_d = count_q + 7'd1;
          state_d = Run;
        end else if (valid_i) begin
          valid_o = 1'b1;
          ready_o = ready_i;
          if (ready_i) begin
            value_d = data_i;
            count_d = 7'd1;
            state_d = Single;
          end
        end else if (flush_i) begin
          if (state_q == Run) state_d = Drain;
          else begin
            valid_o = 1'b1;
            if (ready_i) state_d = Empty;
          end
        end
      end
      Drain: begin
        valid_o = 1'b1;
        if (ready_i) state_d = Empty;
      end
      default: ;
    endcase
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= Empty;
      value_q <= '0;
      count_q <= '0;
    end else begin
      state_q <= state_d;
      value_q <= value_d;
      count_q <= count_d;
    end
  end
endmodule

module token_fifo import codec_pkg::*; (
  input  logic   clk_i, rst_ni,
  input  logic   push_i, pop_i,
  input  token_t token_i,
  output token_t token_o,
  output logic   full_o, empty_o
);
  token_t                     mem_q [Depth];
  logic [$clog2(Depth):0]     wr_q, rd_q;

  assign empty_o = wr_q == rd_q;
  assign full_o  = wr_q[1:0] == rd_q[1:0] && wr_q[2] != rd_q[2];
  assign token_o = mem_q[rd_q[1:0]];

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      wr_q <= '0;
      rd_q <= '0;
    end else begin
      if (push_i && !full_o) begin
        mem_q[wr_q[1:0]] <= token_i;
        wr_q <= wr_q + 3'd1;
      end
      if (pop_i && !empty_o) rd_q <= rd_q + 3'd1;
    end
  end
endmodule

module rl_decoder import codec_pkg::*; (
  input  logic       clk_i, rst_ni,
  input  logic       valid_i,
  output logic       ready_o,
  input  token_t     token_i,
  output logic       valid_o,
  input  logic       ready_i,
  output logic [7:0] data_o
);
  logic [6:0] left_q;
  logic [7:0] value_q;
  logic       last;

  assign last    = left_q == 7'd1;
  assign valid_o = left_q != '0;
  assign data_o  = value_q;
  assign ready_o = left_q == '0 || (last && ready_i);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      left_q  <= '0;
      value_q <= '0;
    end else if (ready_o) begin
      left_q <= !valid_i ? '0 : token_i.run ? token_i.count : 7'd1;
      if (valid_i) value_q <= token_i.value;
    end else if (ready_i) begin
      left_q <= left_q - 7'd1;
    end
  end
endmodule

module codec import codec_pkg::*; (
  input  logic        clk_i, rst_ni, flush_i,
  input  logic        valid_i,
  output logic        ready_o,
  input  logic [7:0]  data_i,
  output logic        valid_o,
  input  logic        ready_i,
  output logic [7:0]  data_o,
  output logic [15:0] check_o,
  output logic [7:0]  tokens_o
);
  token_t coded, stored;
  logic   coded_valid, full, empty, take;
  logic [7:0] low_q, high_q, tokens_q;

  rl_coder u_coder (
    .clk_i, .rst_ni, .flush_i, .valid_i, .ready_o, .data_i,
    .valid_o(coded_valid), .ready_i(!full), .token_o(coded)
  );
  token_fifo u_fifo (
    .clk_i, .rst_ni, .push_i(coded_valid), .pop_i(take), .token_i(coded),
    .token_o(stored), .full_o(full), .empty_o(empty)
  );
  rl_decoder u_decoder (
    .clk_i, .rst_ni, .valid_i(!empty), .ready_o(take), .token_i(stored),
    .valid_o, .ready_i, .data_o
  );

  // Two sums as in Fletcher's checksum, modulo 256.
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      low_q    <= '0;
      high_q   <= '0;
      tokens_q <= '0;
    end else begin
      if (valid_o && ready_i) begin
        low_q  <= low_q + data_o;
        high_q <= high_q + low_q + data_o;
      end
      if (coded_valid && !full) tokens_q <= tokens_q + 8'd1;
    end
  end
  assign check_o  = {high_q, low_q};
  assign tokens_o = tokens_q;
endmodule
