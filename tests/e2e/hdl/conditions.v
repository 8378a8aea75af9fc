// Branches: nested, left out, asked for by the command line (GIVEN is 1).
`define ONE
`ifdef ONE
wire a1;
  `ifndef TWO
wire a2;
    `ifdef ONE
wire a3;
    `else
wire no;
    `endif
  `elsif ONE
wire no;
  `endif
`else
wire no;
  `ifdef ONE
wire no;
  `else
wire no;
  `endif
`endif
`ifdef NONE
wire no; // `endif
/* `else wire no; `endif */
  `define ONE_MORE
  `undef ONE
`elsif GIVEN
wire b1;
`elsif ONE
wire no;
`else
wire no;
`endif
`ifdef ONE_MORE
wire no;
`endif
`ifdef ONE wire c1; `else wire no; `endif wire c2;
`undef ONE
`ifndef ONE
wire d1;
`endif
`ifdef ONE `else `ifdef TWO `else wire e1; `endif `endif
