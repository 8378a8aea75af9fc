// Included files: quotes, a folder, a macro, a guard, one in another.
`include "guard.vh"
`include "guard.vh"
wire [`FROM_GUARD:0] w;
`define FILE "nested.vh"
`include `FILE
`ifdef NONE
`include "none.vh"
`endif
module m (
`include "ports.vh"
  input last
);
endmodule
`INNER wire after;
