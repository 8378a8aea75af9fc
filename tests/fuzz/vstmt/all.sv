`include "defs.vh"
`timescale 1ns/1ps // x
`define LONG(a) module bad(a); \
   foo u0(a); // \
   endmodule
import top_pkg::*;
(* keep = "yes" *) module automatic \m+1 import p1::*, p2::thing; #(parameter type T = logic [3:0], parameter int W = 8, D = {1,2}, localparam L = $clog2(W), parameter [3:0] X=3)
 (input clk, rst_n, input logic [W-1:0] a [0:3], b, output reg[3:0] q,
  axi_if.master m, axi_if bus, interface.slave g, input pkg::t_t x, foo_t y, inout wire signed [ 7 : 0 ] io = 3,
`ifdef A
  input z1
`else
  input z1b
`endif
  , ref int r, (* mark *) input do);
  and #1 (x, y), g2(a, b);
  foo u0 (.a, .b(c[3:0]), .*), u1[3:0] (a);
  foo #(.A(3), .B(`X(4))) \u2+x (.a(@(*) b));
  foo #3 (a, b);
  myt v; myt v2 = f(x);
  function automatic foo bar(input int a); foo(a); return a; endfunction : bar
  always @(*) begin : blk if (a) do_it(b); else baz(c); end
  generate
    for (genvar i = 0; i < 3; i++) begin : g
      for (genvar j = 0; j < 3; j++) if (i==j) leaf l0 (.a(a)); else leaf2 l1(.x);
      case (W) 1: l3 u3(a); default: begin l4 u4(a); end endcase
    end : g
  endgenerate
  bind foo chk c0(.a);
  `MAC(foo bar (x))
  `FOO foo2 uu ( `ifdef X .a(a), `else .b(b), `endif .c(c));
  virtual interface axi_if vif;
  always @ev foo3 (x);
  initial begin $dumpvars; $display("x"); pk9::init(); end
  assert property (@(posedge clk) a |-> b);
endmodule : \m+1
interface axi_if #(W=3) (input clk);
 logic a; modport master(input a, import function foo(int x)), s(output a);
 clocking cb @(posedge clk); input a; output b; endclocking
 foo_i i0(.clk);
endinterface
package pk; parameter P=3; typedef enum {A,B} e_t; class c extends d #(int) ; extern function new(int x); function void f; $error("x"); endfunction endclass
 function int foo(input x); return x; endfunction
endpackage
extern module ext(input a);
module old(a, b, .c(d), clk);
 parameter N = 4, M=3; input [N-1:0] a; output b, d; reg [3:0] b; input clk;
 wire [2:0] d; localparam Z = 1;
 task t; input x; begin end endtask
endmodule
primitive udp(q, a); output q; input a; reg q; table 0 : ? : 1; endtable endprimitive
module unfinished (input a, output [3:0
module next(input x);
 foo a(.
endmodule
module t2; initial begin $finish; end
