// A coprocessor that runs microcode: multiplies, divides, finds common divisors. All control
// comes from a table of words.
module control_store (input logic [4:0] at, output logic [17:0] word);
  // next 5, branch 3, a_from 2, b_from 2, acc_from 3, count 2, done 1
  localparam logic [2:0] GO = 0, OP = 1, BIT = 2, ZERO = 3, BELOW = 4, SAME = 5;
  function automatic logic [17:0] w(input logic [4:0] next, input logic [2:0] branch,
                                    input logic [1:0] a, input logic [1:0] b,
                                    input logic [2:0] acc, input logic [1:0] count,
                                    input logic done);
    return {next, branch, a, b, acc, count, done};
  endfunction
  always_comb
    case (at)
      5'd0:  word = w(5'd0,  OP,    2'd0, 2'd0, 3'd0, 2'd0, 1'b0);  // waits
      // multiply: acc += b if the low bit of a is set; a >>= 1, b <<= 1
      5'd4:  word = w(5'd5,  GO,    2'd1, 2'd1, 3'd1, 2'd1, 1'b0);
      5'd5:  word = w(5'd6,  BIT,   2'd0, 2'd0, 3'd0, 2'd0, 1'b0);
      5'd6:  word = w(5'd8,  GO,    2'd2, 2'd2, 3'd0, 2'd2, 1'b0);
      5'd7:  word = w(5'd6,  GO,    2'd0, 2'd0, 3'd2, 2'd0, 1'b0);
      5'd8:  word = w(5'd5,  ZERO,  2'd0, 2'd0, 3'd0, 2'd0, 1'b0);
      5'd9:  word = w(5'd0,  GO,    2'd0, 2'd0, 3'd0, 2'd0, 1'b1);
      // divide: while b <= a, a -= b and acc += 1
      5'd12: word = w(5'd13, GO,    2'd1, 2'd1, 3'd1, 2'd0, 1'b0);
      5'd13: word = w(5'd14, BELOW, 2'd0, 2'd0, 3'd0, 2'd0, 1'b0);
      5'd14: word = w(5'd13, GO,    2'd3, 2'd0, 3'd3, 2'd0, 1'b0);
      5'd15: word = w(5'd0,  GO,    2'd0, 2'd0, 3'd0, 2'd0, 1'b1);
      // common divisor: subtract the lower from the higher until both are the same
      5'd16: word = w(5'd18, GO,    2'd1, 2'd1, 3'd1, 2'd0, 1'b0);
      5'd18: word = w(5'd20, SAME,  2'd0, 2'd0, 3'd0, 2'd0, 1'b0);
      5'd19: word = w(5'd24, GO,    2'd0, 2'd0, 3'd4, 2'd0, 1'b0);
      5'd20: word = w(5'd22, BELOW, 2'd0, 2'd0, 3'd0, 2'd0, 1'b0);
      5'd22: word = w(5'd18, GO,    2'd3, 2'd0, 3'd0, 2'd0, 1'b0);
      5'd23: word = w(5'd18, GO,    2'd0, 2'd3, 3'd0, 2'd0, 1'b0);
      5'd24: word = w(5'd0,  GO,    2'd0, 2'd0, 3'd0, 2'd0, 1'b1);
      default: word = w(5'd0, GO,   2'd0, 2'd0, 3'd0, 2'd0, 1'b1);
    endcase
endmodule

module sequencer (
  input  logic       clk, rst, go,
  input  logic [1:0] op,
  input  logic [4:0] next,
  input  logic [2:0] branch,
  input  logic       low_bit, is_zero, is_below, is_same,
  output logic [4:0] at
);
  logic [4:0] then;
  always_comb begin
    then = next;
    case (branch)
      3'd1: if (go) case (op)
              2'd0: then = 5'd4;
              2'd1: then = 5'd12;
              default: then = 5'd16;
            endcase
      3'd2: then = next | {4'd0, low_bit};
      3'd3: if (is_zero) then = 5'd9;
      3'd4: then = next | {4'd0, is_below};
      3'd5: if (is_same) then = 5'd19;
      default: ;
    endcase
  end
  always_ff @(posedge clk)
    if (rst) at <= 5'd0;
    else at <= then;
endmodule

module micro (
  input  logic        clk, rst, go,
  input  logic [1:0]  op,
  input  logic [7:0]  x, y,
  output logic [15:0] result,
  output logic [7:0]  rest,
  output logic        done
);
  logic [17:0] word;
  logic [4:0]  at;
  logic [15:0] a, b, acc;
  logic [3:0]  count;
  wire [1:0] a_from = word[9:8], b_from = word[7:6], count_from = word[2:1];
  wire [2:0] acc_from = word[5:3];

  control_store u_store (.at, .word);
  sequencer u_sequencer (
    .clk, .rst, .go, .op, .next(word[17:13]), .branch(word[12:10]),
    .low_bit(a[0]), .is_zero(count == 4'd0), .is_below(a < b), .is_same(a == b), .at);

  always_ff @(posedge clk) begin
    case (a_from)
      2'd1: a <= {8'd0, x};
      2'd2: a <= a >> 1;
      2'd3: a <= a - b;
      default: ;
    endcase
    case (b_from)
      2'd1: b <= {8'd0, y};
      2'd2: b <= b << 1;
      2'd3: b <= b - a;
      default: ;
    endcase
    case (acc_from)
      3'd1: acc <= 16'd0;
      3'd2: acc <= acc + b;
      3'd3: acc <= acc + 16'd1;
      3'd4: acc <= a;
      default: ;
    endcase
    case (count_from)
      2'd1: count <= 4'd8;
      2'd2: count <= count - 4'd1;
      default: ;
    endcase
  end

  always_ff @(posedge clk)
    if (rst) begin
      done   <= 1'b0;
      result <= 16'd0;
      rest   <= 8'd0;
    end else begin
      done <= word[0];
      if (word[0]) begin
        result <= acc;
        rest   <= a[7:0];
      end
    end
endmodule
