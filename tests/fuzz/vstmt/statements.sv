`define CHECK(a, b) if (a !== b) begin n = n + 1; $display("%s", `"a`"); end
module m; initial begin : x
  fork a; join_none casez (q) 2'b0?: ; default x <= #1 {a, b}; endcase
  do n++; while (x); foreach (v[i]) v[i] = 0; wait fork; -> e;
  `CHECK(a, b) assert (x) else $error("x"); a1: assert final (y);
end
p: assert property (@(posedge c) disable iff (r) a |-> b) else n++;
function automatic int f(input i); return i ? 1 : 2; endfunction
generate if (A) begin always @(posedge c, negedge r) if (r) q <= 0; else if (s) q <= 1; else begin q <= d; end end endgenerate
class k; constraint c { a > 0; } virtual b_if v; extern function void g(); endclass
endmodule
