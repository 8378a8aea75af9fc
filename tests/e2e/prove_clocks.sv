// Assertions of designs that have not one clock alone; behind each what is true of it.

// Two registers take a level to another clock.
module level(input a, b, d, output reg q);
  reg p = 0, s = 0;
  initial q = 0;
  always @(posedge a) p <= d;
  always @(posedge b) {q, s} <= {s, p};
  always @(posedge b) assert (!q || !p || s || d || !d); // proved
  always @(posedge b) assert (!q); // fails
endmodule

// Clocks of any order: between two edges of b, a may have many.
module gray(input a, b, rst, output reg [1:0] s);
  reg [1:0] n, g;
  wire [1:0] m = n + 1;
  always @(posedge a) if (rst) {n, g} <= 0; else begin n <= m; g <= m ^ (m >> 1); end
  always @(posedge b) if (rst) s <= 0; else s <= g;
  always @* if (!rst) assert (g == (n ^ (n >> 1))); // proved
  always @(posedge b) if (!rst && !$past(rst)) assert (s == $past(s) || s[0] == $past(s[0]) || s[1] == $past(s[1])); // fails
endmodule

// A request that waits for its answer: data stand still while they are taken.
module handshake(input a, b, go, d, output reg q);
  reg req = 0, ack = 0, r1 = 0, held = 0, k1 = 0;
  initial q = 0;
  always @(posedge a) begin
    k1 <= ack;
    if (go && req == k1) begin req <= !req; held <= d; end
  end
  always @(posedge b) begin
    r1 <= req;
    if (r1 != ack) begin q <= held; ack <= r1; end
  end
  always @* assert (req != ack || q == held); // proved
  always @* assert (q == held); // fails
endmodule

// Half a cycle.
module halves(input clk, d, output reg q);
  reg h = 0;
  initial q = 0;
  always @(posedge clk) q <= d;
  always @(negedge clk) h <= q;
  always @(posedge clk) assert (h == q); // proved
  always @(negedge clk) assert (h == q); // fails
endmodule

// A reset that comes at once and goes with the clock.
module released(input clk, rst_n, d, output reg q);
  reg r1, r2;
  always @(posedge clk or negedge rst_n) if (!rst_n) {r2, r1} <= 0; else {r2, r1} <= {r1, 1'b1};
  always @(posedge clk or negedge r2) if (!r2) q <= 0; else q <= d;
  always @(posedge clk) assert (r1 || !r2); // proved
  always @(posedge clk) assert (r2 || !q); // proved
  always @(posedge clk) assert (rst_n || !q); // proved
  always @(posedge clk) assert (!q); // fails
endmodule

// A clock gate.
module gated(input clk, rst, en, output reg [1:0] n);
  reg open;
  wire g = clk & open;
  always @* if (!clk) open = en | rst;
  always @(posedge g) if (rst) n <= 0; else n <= n == 2 ? 0 : n + 1;
  always @* if (!rst) assert (n != 3); // proved
  always @(posedge clk) if (!rst) assert (n != 2); // fails
endmodule

// A clock made by a register, of registers of its own.
module divided(input clk, rst, output reg [1:0] n);
  reg div;
  always @(posedge clk or posedge rst) if (rst) div <= 0; else div <= !div;
  always @(posedge div or posedge rst) if (rst) n <= 0; else n <= n == 2 ? 0 : n + 1;
  always @* assert (n != 3); // proved
  always @* assert (n != 2); // fails
endmodule

// The same, with a value that changes at the same moment.
module crossed(input clk, rst, x, output reg q);
  reg div, d;
  always @(posedge clk) if (rst) {div, d} <= 0; else begin div <= !div; d <= x; end
  always @(posedge div) q <= d;
  always @(posedge clk) if (!rst) assert (q == d || !div); // undecided
endmodule

module as_data(input clk, output reg q);
  always @(posedge clk) q <= clk;
  always @(negedge clk) assert (!q); // undecided
endmodule

// A gate that opens at the edge.
module spike(input clk, rst, en, output reg q);
  reg open;
  always @(posedge clk) if (rst) open <= 0; else open <= en;
  wire g = clk & open;
  always @(posedge g) q <= 1;
  always @* if (q) assert (1); // undecided
endmodule

// Only edges at once lead there.
module at_once(input a, b, output reg x, y);
  initial {x, y} = 0;
  always @(posedge a) x <= !y;
  always @(posedge b) y <= !x;
  always @* assert (!(x && y)); // fails
endmodule

module apart(input a, b, rst, output reg x, y);
  always @* assume (!(a && b));
  always @(posedge a) if (rst) x <= 0; else x <= !y;
  always @(posedge b) if (rst) y <= 0; else y <= !x;
  always @* if (!rst) assert (!(x && y)); // proved
endmodule

module never(input a, b, d, output reg p, q);
  initial {p, q} = 0;
  always @(posedge a) p <= p;
  always @(posedge b) q <= d;
  always @(posedge b) if (p) assert (q); // vacuous
endmodule
