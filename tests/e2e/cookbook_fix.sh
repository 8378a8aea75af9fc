#!/usr/bin/env bash
# `fix` without a model: each typical syntax error gets the card for its cause, and the
# cause is explained before the errors that follow from it.
. "${srcdir:?}/tests/lib/lib.sh"
command -v verilator_bin >/dev/null || exit 77
failed=0

# expect NAME TITLE...: the cards, in this order; the design comes on stdin.
expect() {
	local name=$1 want=
	shift
	mkdir "$work/$name" && cat >"$work/$name/m.v"
	(cd "$work/$name" && "$posedge" fix) >"$work/out" 2>&1 </dev/null
	want=$(printf '### %s\n' "$@")
	[ "$(grep '^### ' "$work/out" | sed -E "s/^(### [A-Z]{4,}): .*/\1/")" = "$want" ] || {
		echo "$name: expected $*, got"
		cat "$work/out"
		failed=1
	}
}

expect apostrophe "syntax error: an apostrophe stands for a backquote" <<'EOF'
'timescale 1ns/1ps
module m (input clk, output reg q);
  always @(posedge clk) q <= ~q;
endmodule
EOF
expect else "syntax error: something is not closed, most likely" <<'EOF'
module m (input clk, input up, output reg [3:0] q);
  always @(posedge clk) begin
    if (up) begin
      q <= q + 4'd1;
    else
      q <= q - 4'd1;
  end
endmodule
EOF
expect endcase "syntax error: something is not closed, most likely" <<'EOF'
module m (input [1:0] s, output reg y);
  always @(*)
    case (s)
      2'd0: y = 1'b1;
      default: y = 1'b0;
endmodule
EOF
expect instance "syntax error: an instance stands inside a block, most likely" <<'EOF'
module m (input clk, input a, output y);
  always @(posedge clk)
    flip u_flip (.a(a), .y(y));
endmodule
module flip (input a, output y);
  assign y = ~a;
endmodule
EOF
expect semicolon "syntax error: a semicolon is missing" <<'EOF'
module m (input a, input b, output y);
  wire t
  assign t = a & b;
  assign y = t;
endmodule
EOF
expect missing-paren 'syntax error: a parenthesis is not closed' <<'EOF'
module m(input a, b, output y);
  assign y = (a & b;
endmodule
EOF
expect vs-in-if 'syntax error: `=` stands where `==` compares' <<'EOF'
module m(input [1:0] a, output reg y);
  always @* if (a = 2'd1) y = 1; else y = 0;
endmodule
EOF
expect undeclared-signal 'error: a name is not declared' <<'EOF'
module m(input clk, output reg q);
  always @(posedge clk) q <= enable & q;
endmodule
EOF
expect missing-comma-in-ports 'syntax error: a comma is missing between two ports' <<'EOF'
module m(input a input b, output y);
  assign y = a & b;
endmodule
EOF
expect missing-begin-end 'syntax error: a statement stands outside of its block' <<'EOF'
module m(input clk, rst, d, output reg q, r);
  always @(posedge clk)
    if (rst)
      q <= 0;
      r <= 0;
    else
      q <= d;
endmodule
EOF
expect wrong-number-literal 'error: a digit does not belong to the base of its number' <<'EOF'
module m(output [3:0] y);
  assign y = 4'b2101;
endmodule
EOF
expect elseif 'syntax error: `elseif` is two words' <<'EOF'
module m(input [1:0] a, output reg y);
  always @* begin
    if (a == 0) y = 0;
    elseif (a == 1) y = 1;
    else y = 0;
  end
endmodule
EOF
expect braces 'syntax error: blocks are `begin` and `end`, not braces' <<'EOF'
module m(input a, output reg y);
  always @(*) {
    y = a;
  }
endmodule
EOF
expect missing 'syntax error: `@` is missing before the event' <<'EOF'
module m(input clk, d, output reg q);
  always (posedge clk) q <= d;
endmodule
EOF
expect instance-missing-name 'syntax error: an instance has no name' <<'EOF'
module s(input a, output y); assign y = a; endmodule
module m(input a, output y);
  s (.a(a), .y(y));
endmodule
EOF
expect and-instead-of 'syntax error: an operator is written as a word' <<'EOF'
module m(input a, b, output y);
  assign y = a and b;
endmodule
EOF
expect array-index 'error: a whole memory stands where one word is meant' <<'EOF'
module m(input clk, input [7:0] d, output reg [7:0] q);
  reg [7:0] mem [0:3];
  always @(posedge clk) begin mem <= d; q <= mem[0]; end
endmodule
EOF
expect for-without-integer 'error: a name is not declared' <<'EOF'
module m(input [7:0] a, output reg [3:0] n);
  always @* begin n = 0; for (i = 0; i < 8; i = i + 1) n = n + a[i]; end
endmodule
EOF
expect smart-quote 'syntax error: a character only looks like one of Verilog' <<'EOF'
module m(output [3:0] y);
  assign y = 4’b0101;
endmodule
EOF
# The misspelt name explains why the other one has no driver.
expect cause IMPLICIT UNDRIVEN <<'EOF'
module m (input a, output y);
  wire middle;
  assign midle = a;
  assign y = middle;
endmodule
EOF
exit $failed
