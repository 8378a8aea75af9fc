// Ports of Verilog-2001 and before it; the reference is what Verilator elaborates.
`define MAKE(name) module name(input a, output y); assign y = ~a; endmodule
`define PORTS input clk, input [3:0] d
`define CELL inverter
`MAKE(inverter)
`MAKE(spare)

module old_style(clk, d, q, pad, en);
  parameter W = 4;
  input clk;
  input [W-1:0] d;
  output [W-1:0] q;
  reg [W-1:0] q;
  inout pad;
  input en;
  always @(posedge clk) if (en) q <= d;
  assign pad = en ? 1'bz : d[0];
  task t; input x; reg y; begin y = x; end endtask
  function f; input x; f = ~x; endfunction
endmodule

module by_macro(`PORTS,
`ifdef TRACE
  output trace,
`else
  output plain,
`endif
  output reg [3:0] q);
  always @(posedge clk) q <= d;
`ifdef TRACE
  assign trace = 0;
`else
  assign plain = 0;
`endif
endmodule

(* top *) module headers #(parameter A = 1, B = A + 1)(input wire clk, input [3:0] d, output signed [3:0] q, output [1:0] o);
  wire p;
  wire [3:0] q2;
  old_style #(.W(4)) u_old (clk, d, q, p, 1'b1);
  by_macro u_macro(.clk(clk), .d(d), .plain(), .q(q2));
  `CELL u_cell (.a(d[0]), .y());
`ifdef NONE
  spare
`else
  inverter
`endif
    u_else (.a(d[1]), .y());
  assign o = d[1:0];
  generate
    genvar i;
    for (i = 0; i < 2; i = i + 1) begin : g
      (* keep *) spare #() u_spare [1:0] (.a(d[1:0]), .y());
    end
  endgenerate
endmodule
