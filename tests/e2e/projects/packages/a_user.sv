// Named so that it comes before the package that it imports.
module a_user import z_types::*; (input op_t op, input word_t a, input word_t b, output word_t y);
  always_comb
    case (op)
      ADD: y = a + b;
      default: y = a - b;
    endcase
endmodule
