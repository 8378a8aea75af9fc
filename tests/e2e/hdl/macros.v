// Macros in all the forms on which the tools agree.
`define WIDTH 8
`define RANGE [`WIDTH-1:0]
`define EMPTY
`define COMMENTED 3 // not this
`define ALSO 4 /* nor this */ + 1
`define BOTH(a, b) ((a) + (b))
`define LARGER(a, b) (((a) > (b)) ? (a) : (b))
`define DEFAULTS(a, b = 2, c = 4) {a, b, c}
`define REGISTER(name) \
  reg name``_q; \
  wire name``_d; \
  always @(posedge clk) name``_q <= name``_d;
`define NUMBERED(n) u_``n``_x
`define TWICE `LARGER
wire `RANGE bus;
wire `EMPTY `EMPTY nothing;
wire [`COMMENTED:0] c; wire [`ALSO:0] d;
assign s = `BOTH(a, b) + `BOTH( {a, b} , f(a, b) );
assign l = `LARGER(`LARGER(1, x[2]), `BOTH(3, 4));
assign m = `DEFAULTS(1); assign n = `DEFAULTS(1, 5); assign o = `DEFAULTS(1, , 6); assign p = `DEFAULTS(1,5,6);
`REGISTER(count)
`REGISTER(
  other
)
foo `NUMBERED(3) (.a(a));
`define WIDTH 16
wire `RANGE later;
`undef WIDTH
`ifdef WIDTH
wire no;
`endif
`define WIDTH 4
wire `RANGE last;
parameter N = `WIDTH'd3 , M = 4'b1`EMPTY;
assign t = `BOTH("a, b)", "c") ;
assign v = `__LINE__ ; `BOTH(1,
2) `__LINE__
`define IN_STRING(x, y) "x xx ,y \x $x" x
assign w = `IN_STRING(u, 5);
