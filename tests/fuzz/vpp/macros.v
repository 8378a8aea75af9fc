`define A(x, y = (1,2)) x``_q `"x y`\`"`" `y \
  z // c \
`ifdef A `A(a) `A({b,c}, "d,e") `A( `else `A `endif
`define B `B `B
`B `A(`A(1,2),3) `\esc `undef A `undefineall
