`timescale 1ns/1ps
`define CHECK(a, b) if ((a) !== (b)) begin errors = errors + 1; $display("ERROR %0d", a); end
`define EXPECT(a, b) do begin if ((a) !== (b)) begin errors++; end end while (0)
package p;
  int errors = 0;
  function automatic void check(input int a, input int b);
    if (a !== b) begin errors++; $display("ERROR in package"); end
  endfunction
endpackage
interface bus_if(input logic clk);
  logic v = 0;
  always @(posedge clk) assert (v === 0 || v === 1) else $error("v");
endinterface
class sb;
  int errors;
  function new(); errors = 0; endfunction
  task check(input int a, input int b);
    if (a != b) begin errors++; $display("FAIL class"); end
  endtask
endclass
module c_tb;
  import p::check;
  int errors = 0, i;
  logic clk = 0;
  logic [3:0] q = 0;
  bus_if b(clk);
  sb s;
  always #5 clk = ~clk;
  always @(posedge clk) q <= q + 1;
  function integer same(input integer a, input integer b);
    same = a === b;
    if (a !== b) errors = errors + 1;
  endfunction
  function automatic bit same2(int a, int b);
    if (a !== b) begin errors++; return 0; end
    return 1;
  endfunction
  genvar g;
  generate for (g = 0; g < 3; g = g + 1) begin : gg
    always @(negedge clk) if (q[g] === 1'bx) $error("x at %0d", g);
  end endgenerate
  always_comb assert (q !== 13) else $error("big");
  initial begin
    s = new();
    repeat (5) begin
      @(negedge clk);
      if (q === 4'd15) $error("early"); else if (q === 4'd14) $error("early 2"); else begin `CHECK(q, q) `EXPECT(q, q); end
      if (i < 100) if (q === 4'hx) begin errors++; end else i++;
      i = same(q, q); i = same2(q, q);
      check(q, q); s.check(q, q);
      case (q === q) 1: ; default: $error("case"); endcase
      assert (q != 13);
      errors = (q === q) ? errors : errors + 1;
      errors += (q !== q);
      if (q == 3) i = 3; else i = 4;
    end
    if (errors == 0) $display("All tests passed"); else $display("%0d errors", errors);
    $finish;
  end
  final begin if (errors != 0) $error("final"); assert (i >= 0); end
endmodule
