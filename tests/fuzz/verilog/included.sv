`define U module m; class c; $fopen("a", "r");
`U `U endmodule
`ifndef G
`define G
`include "a"
module n(`include "b"
);
`endif endmodule endclass
timeunit 1ns/1ps; rom #(.F("x"), "y") u(); bind a b c();
