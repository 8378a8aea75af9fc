`define A(
`A(`"
`ifdef
`elsif X `else `else "\
`include "x