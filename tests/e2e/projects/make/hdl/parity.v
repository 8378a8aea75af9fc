module parity (input [7:0] data, output p);
`include "parity.inc"
endmodule
