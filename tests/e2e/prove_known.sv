// Assertions whose outcome is known: it stands behind each.
module counter(input clk, rst, en, load, input [3:0] d, output reg [3:0] q, output reg full);
  reg seen;
  always @(posedge clk)
    if (rst) begin q <= 0; full <= 0; seen <= 0; end
    else begin
      if (load) q <= d > 9 ? 4'd9 : d;
      else if (en) q <= q == 9 ? 4'd0 : q + 4'd1;
      full <= q == 9;
      seen <= seen | en;
    end
  assert property (@(posedge clk) disable iff (rst) q <= 9);                       // proved
  assert property (@(posedge clk) disable iff (rst) q < 9);                        // fails
  assert property (@(posedge clk) disable iff (rst) q == 9 |=> full);              // proved
  assert property (@(posedge clk) disable iff (rst) q == 9 |-> full);              // fails
  assert property (@(posedge clk) disable iff (rst)
                   q == 3 && en && !load |=> q == 4);                              // proved
  assert property (@(posedge clk) q == 3 && en && !load |=> q == 4);               // fails
  assert property (@(posedge clk) disable iff (rst) q == 12 |-> full);             // vacuous
  assert property (@(posedge clk) disable iff (rst) en ##1 en |=> seen);           // proved
  assert property (@(posedge clk) disable iff (rst)
                   !load && en && q == 8 ##1 !load && en |-> ##1 q == 0);          // proved
  assert property (@(posedge clk) disable iff (rst)
                   !load && en && q == 8 ##1 !load |-> ##1 q == 0);                // fails
  assert property (@(posedge clk) disable iff (rst) load && d == 5 |-> ##1 q == 5);  // proved
  named: assert property (@(posedge clk) disable iff (rst) load |=> q == d)
           else $error("no");                                                      // fails
  always @(posedge clk) if (!rst) assert (q != 10) else $error("ten");             // proved
  always @(posedge clk) if (!rst && q == 11) assert (full);                        // vacuous
  always @* if (q == 9) assert (d == d);                                           // proved
  cover property (@(posedge clk) q == 9);
endmodule

module late(input clk, rst, output reg [5:0] c, output hit);
  always @(posedge clk) if (rst) c <= 0; else if (c < 50) c <= c + 1;
  assign hit = c == 40;
  assert property (@(posedge clk) disable iff (rst) c <= 50);                      // proved
  assert property (@(posedge clk) disable iff (rst) !hit);                         // bounded
  assert property (@(posedge clk) disable iff (rst) c == 45 |=> c == 46);          // vacuous
endmodule

module logic_only(input [3:0] a, b, output [4:0] s, output gt);
  assign s = a + b;
  assign gt = a > b;
  always_comb assert (s >= a);                                                     // proved
  always_comb assert (s != 31);                                                    // proved
  always_comb assert (s != 30);                                                    // fails
  always_comb begin
    if (gt) assert (a != 0);                                                       // proved
    if (gt) assert (b != 0);                                                       // fails
    if (a > 15) assert (0);                                                        // vacuous
  end
endmodule

module assumed(input clk, input [3:0] a, output reg [3:0] m);
  initial m = 0;
  always @(posedge clk) if (a > m) m <= a;
  assume property (@(posedge clk) a < 8);
  always @* assume (a != 5);
  assert property (@(posedge clk) m < 8);                                          // proved
  assert property (@(posedge clk) m < 7);                                          // fails
  assert property (@(posedge clk) a == 5 |=> m == 5);                              // vacuous
  assert property (@(posedge clk) a == 6 |=> m >= 6);                              // proved
endmodule

module unread(input clk, a, b, output reg q);
  initial q = 0;
  always @(posedge clk) q <= a & b;
  assert property (@(posedge clk) a ##[1:3] b |-> q);
  property p; @(posedge clk) a |-> b; endproperty
  assert property (p);
  assert property (@(posedge clk) a && b |=> q);                                   // proved
endmodule
