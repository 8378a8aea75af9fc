// Eight operations with one adder. op: 0 add, 1 subtract, 2 and, 3 or, 4 xor,
// 5 less than (signed), 6 shift left, 7 shift right.
module alu #(
    parameter int WIDTH = 8
) (
    input  logic [WIDTH-1:0] a,
    input  logic [WIDTH-1:0] b,
    input  logic [2:0]       op,
    output logic [WIDTH-1:0] y,
    output logic             zero,
    output logic             negative,
    output logic             carry,
    output logic             overflow
);

  logic subtract, arithmetic, signed_overflow;
  logic [WIDTH-1:0] addend;
  logic [WIDTH:0] sum;

  assign subtract   = op == 3'd1 || op == 3'd5;
  assign arithmetic = op == 3'd0 || op == 3'd1;
  assign addend     = subtract ? ~b : b;
  assign sum        = {1'b0, a} + {1'b0, addend} + (WIDTH + 1)'(subtract);
  assign signed_overflow = (a[WIDTH-1] == addend[WIDTH-1]) & (sum[WIDTH-1] != a[WIDTH-1]);

  always_comb begin
    case (op)
      3'd0, 3'd1: y = sum[WIDTH-1:0];
      3'd2: y = a & b;
      3'd3: y = a | b;
      3'd4: y = a ^ b;
      3'd5: y = {{(WIDTH - 1) {1'b0}}, sum[WIDTH-1] ^ signed_overflow};
      3'd6: y = a << 1;
      default: y = a >> 1;
    endcase
  end

  assign zero     = y == '0;
  assign negative = y[WIDTH-1];
  assign carry    = arithmetic & sum[WIDTH];
  assign overflow = arithmetic & signed_overflow;

endmodule
