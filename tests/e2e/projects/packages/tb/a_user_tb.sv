module a_user_tb;
  import z_types::*;
  op_t op;
  word_t a, b, y;
  a_user dut (.*);
  initial begin
    op = ADD; a = 3; b = 4;
    #1 if (y != 7) $error("3 + 4 is %0d", y);
    op = SUB;
    #1 if (y != 8'hff) $error("3 - 4 is %0d", y);
    $finish;
  end
endmodule
