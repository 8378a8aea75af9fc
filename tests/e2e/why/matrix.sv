// Multiplies 2x2 matrices of signed numbers: an array of cells through which rows and
// columns flow, a serialiser that rounds and saturates.
package matrix_types;
  typedef enum logic [1:0] {WAIT, LOAD, FLOW, SEND} phase_t;
  typedef logic signed [7:0] word_t;
endpackage

module cell_mac import matrix_types::*; (
  input  logic                clk, clear, step,
  input  word_t               west, north,
  output word_t               east, south,
  output logic signed [17:0]  sum
);
  logic signed [15:0] product;
  assign product = west * north;
  always_ff @(posedge clk)
    if (clear) begin
      sum   <= '0;
      east  <= '0;
      south <= '0;
    end else if (step) begin
      sum   <= sum + 18'(product);
      east  <= west;
      south <= north;
    end
endmodule

module skew import matrix_types::*; #(parameter LATE = 1) (
  input  logic  clk, clear, step,
  input  word_t d,
  output word_t q
);
  word_t line [LATE];
  always_ff @(posedge clk)
    for (int i = 0; i < LATE; i++)
      if (clear) line[i] <= '0;
      else if (step) line[i] <= i == 0 ? d : line[i-1];
  assign q = line[LATE-1];
endmodule

module narrow import matrix_types::*; (
  input  logic signed [17:0] wide,
  input  logic [1:0]         shift,
  output word_t              cut,
  output logic               clipped
);
  logic signed [17:0] half, moved;
  always_comb begin
    half = 18'sd0;
    if (shift != 2'd0) half = 18'sd1 <<< (shift - 2'd1);
    moved = (wide + half) >>> shift;
    clipped = moved > 18'sd127 || moved < -18'sd128;
    if (moved > 18'sd127)       cut = 8'sd127;
    else if (moved < -18'sd128) cut = -8'sd128;
    else                        cut = moved[7:0];
  end
endmodule

module matrix import matrix_types::*; (
  input  logic        clk, rst_n,
  input  logic        start,
  input  logic        in_valid,
  input  word_t       in_a, in_b,     // a by rows, b by columns
  input  logic [1:0]  shift,
  output logic        out_valid,
  output word_t       out_c,
  output logic        overflow, busy
);
  phase_t phase;
  logic [2:0] count;
  word_t a [4], b [4];
  logic clear, step;

  assign clear = phase == LOAD;
  assign step  = phase == FLOW;
  assign busy  = phase != WAIT;

  always_ff @(posedge clk or negedge rst_n)
    if (!rst_n) begin
      phase <= WAIT;
      count <= '0;
    end else case (phase)
      WAIT: if (start) begin
        phase <= LOAD;
        count <= '0;
      end
      LOAD: if (in_valid) begin
        count <= count + 3'd1;
        if (count == 3'd3) begin
          phase <= FLOW;
          count <= '0;
        end
      end
      FLOW: begin
        count <= count + 3'd1;
        if (count == 3'd4) begin
          phase <= SEND;
          count <= '0;
        end
      end
      SEND: begin
        count <= count + 3'd1;
        if (count == 3'd3) phase <= WAIT;
      end
    endcase

  always_ff @(posedge clk)
    if (phase == LOAD && in_valid) begin
      a[count[1:0]] <= in_a;
      b[count[1:0]] <= in_b;
    end

  word_t west0, west1, north0, north1, late_west, late_north;
  assign west0  = count < 3'd2 ? a[{1'b0, count[0]}] : 8'sd0;
  assign west1  = count < 3'd2 ? a[{1'b1, count[0]}] : 8'sd0;
  assign north0 = count < 3'd2 ? b[{1'b0, count[0]}] : 8'sd0;
  assign north1 = count < 3'd2 ? b[{1'b1, count[0]}] : 8'sd0;
  skew #(.LATE(1)) u_west  (.clk, .clear, .step, .d(west1),  .q(late_west));
  skew #(.LATE(1)) u_north (.clk, .clear, .step, .d(north1), .q(late_north));

  word_t e00, e10, s00, s01, e01, e11, s10, s11;
  logic signed [17:0] c00, c01, c10, c11, picked;
  cell_mac u00 (.clk, .clear, .step, .west(west0),     .north(north0),     .east(e00), .south(s00), .sum(c00));
  cell_mac u01 (.clk, .clear, .step, .west(e00),       .north(late_north), .east(e01), .south(s01), .sum(c01));
  cell_mac u10 (.clk, .clear, .step, .west(late_west), .north(s00),        .east(e10), .south(s10), .sum(c10));
  cell_mac u11 (.clk, .clear, .step, .west(e10),       .north(s01),        .east(e11), .south(s11), .sum(c11));

  always_comb
    case (count[1:0])
      2'd0: picked = c00;
      2'd1: picked = c01;
      2'd2: picked = c10;
      default: picked = c11;
    endcase
  logic clipped;
  narrow u_narrow (.wide(picked), .shift, .cut(out_c), .clipped);
  assign out_valid = phase == SEND;
  always_ff @(posedge clk or negedge rst_n)
    if (!rst_n) overflow <= 1'b0;
    else if (phase == LOAD) overflow <= 1'b0;
    else if (out_valid && clipped) overflow <= 1'b1;
endmodule
