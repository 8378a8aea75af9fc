`ifndef G
`include "self"
`define F <f>
`include `F
`define S(x) `"x`"
`include `S(a b)
`include "none"
`define G
`endif
`include
`__FILE__ `__LINE__ `timescale 1ns / 1 ps
`default_nettype none
