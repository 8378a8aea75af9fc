#!/usr/bin/env bash
# `fix` without a model: each syntax error that a student makes gets the card of
# its cause, and the cause is explained before what follows from it.
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
# What is misspelt is why the other has no driver.
expect cause IMPLICIT UNDRIVEN <<'EOF'
module m (input a, output y);
  wire middle;
  assign midle = a;
  assign y = middle;
endmodule
EOF
exit $failed
