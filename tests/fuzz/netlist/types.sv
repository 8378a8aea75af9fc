// Widths of all kinds of types; parameters, generate blocks, an interface.
package pkg;
  typedef enum logic [1:0] {IDLE, RUN, DONE} state_t;
  typedef struct packed { logic [3:0] hi; union packed { logic [1:0] u; logic [1:0] v; } lo; } word_t;
endpackage
interface bus;
  logic [7:0] data;
endinterface
module cell_ #(parameter int W = 8, parameter string NAME = "x<y") (input logic clk, input logic [W-1:0] d, output logic [W-1:0] q);
  localparam int HALF = W / 2;
  always_ff @(posedge clk) q <= d ^ W'(HALF);
endmodule
module reader (bus b, output logic [7:0] data);
  assign data = b.data;
endmodule
module types (
  input  logic clk, inout wire pad,
  input  pkg::word_t word,
  output pkg::state_t state,
  output logic [1:0][3:0] packed_,
  output logic [3:0] list [2][3]
);
  struct { logic [3:0] x; logic y [3]; } loose;
  int number;
  always_ff @(posedge clk) begin
    number <= number + 1;
    loose.x <= word.hi;
    state <= state == pkg::RUN ? pkg::DONE : pkg::RUN;
    list[0][1] <= word.hi;
    {packed_[0], packed_[1]} <= {word.hi, data[3:0]};
  end
  logic [1:0][3:0] q;
  logic [7:0] data;
  bus b ();
  reader read (.b, .data);
  for (genvar g = 0; g < 2; g++) begin : lane
    logic [2:0] r;
    always_ff @(posedge clk) r <= q[g][2:0];
    cell_ #(.W(4)) c (.clk, .d(word.hi), .q(q[g]));
  end
  cell_ full (.clk, .d(data), .q());
  assign pad = r0 ? 1'b1 : 1'bz;
  wire r0 = lane[0].r[0];
endmodule
