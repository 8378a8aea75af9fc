// Ports and parameters of SystemVerilog.
package types;
  typedef logic [3:0] nibble_t;
  typedef enum logic [1:0] { IDLE, RUN } state_e;
endpackage

interface bus_if #(parameter int W = 4) (input logic clk);
  logic [W-1:0] data;
  modport master(output data, input clk);
  modport slave(input data, clk);
endinterface

module leaf import types::*; #(
  parameter int N = 2,
  parameter type T = struct packed { logic [3:0] hi; logic [3:0] lo; },
  localparam int L = $clog2(N)
) (
  input logic clk, rst_n,
  input nibble_t n,
  input types::state_e s,
  input T t,
  bus_if.slave bus,
  output logic [N-1:0] q [0:1],
  output var logic [L:0] v = '0
);
  always_ff @(posedge clk) q[0] <= {N{rst_n}} & N'(n) & N'(bus.data) & N'(t);
  assign q[1] = N'(s);
endmodule : leaf

module headers;
  logic clk;
  bus_if #(.W(4)) b (.clk);
  logic [1:0] q [0:1];
  types::state_e s;
  assign s = types::IDLE;
  leaf u_leaf (.clk, .rst_n(1'b1), .n(4'd1), .s, .t(8'd0), .bus(b.slave), .q, .v());
  if (1) begin : g
    leaf #(.N(2)) u_in (.clk, .rst_n(1'b1), .n(4'd1), .s, .t(8'd0), .bus(b), .q(), .v());
  end
endmodule
