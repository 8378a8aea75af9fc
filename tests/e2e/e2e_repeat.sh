#!/usr/bin/env bash
# One comparison that is reported in several places or made by a function: a correct
# design does not FAIL, a wrong one does, both engines agree, and counting does not
# change what the run prints.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin g++ iverilog

mkdir -p "$work/p" && cd "$work/p" || exit 1
# tb DECLARATIONS CHECK REPORT: 16 sums; the wrong design has four of them wrong.
tb() {
	cat >add_tb.sv <<END
\`timescale 1ns/1ns
module add_tb;
  reg [1:0] a, b; wire [2:0] s; integer i; reg [2:0] want; reg verbose = 0;
  add dut (.a(a), .b(b), .s(s));
  $1
  initial begin
    for (i = 0; i < 16; i = i + 1) begin
      {a, b} = i; want = a + b; #10;
      $2
    end
    $3
    \$finish;
  end
endmodule
END
}
right() { printf 'module add (input [1:0] a, b, output [2:0] s);\n  assign s = a + b;\nendmodule\n' >add.v; }
wrong() { printf 'module add (input [1:0] a, b, output [2:0] s);\n  assign s = a == 3 ? a + b + 3%s : a + b;\nendmodule\n' "'d1" >add.v; }
# is STATUS TEXT: with both engines.
is() {
	for engine in icarus verilator; do
		status "$1" sim --engine $engine --no-trace --one
		says "$2"
	done
}
# compared CHECKS DECLARATIONS CHECK REPORT: right and wrong.
compared() {
	tb "$2" "$3" "$4"
	right
	is 0 "PASS $1 checks"
	wrong
	is 1 FAIL
}

# a flag that has no value before the first comparison, or goes back to 0
# shellcheck disable=SC2016 # SystemVerilog has its own $
{
	compared 16 'integer err;' 'err = s !== want; if (err) $display("FAIL: s is %0d", s);' '$display("done");'
	# a function that prints only on request
	compared 16 'integer errors = 0;
  function same(input [2:0] x, y); begin same = x === y; if (verbose) if (x !== y) $display("ERROR %b", x); end endfunction' \
		'if (!same(s, want)) errors = errors + 1;' 'if (errors == 0) $display("PASS"); else $display("FAIL");'
	# a model that remembers: asked once for each comparison, with the count and without
	compared 16 'integer errors = 0;
  function [4:0] number(input dummy); reg [4:0] n; begin if (n === 5'"'"'bx || i == 0) n = 0; else n = n + 1; number = n; end endfunction' \
		'errors = errors + (number(0) !== i || s !== want);' 'if (errors == 0) $display("PASS"); else $display("FAIL");'
	# a sum of what a function that counts its calls gives, in a wide variable
	compared 16 'reg [127:0] errors = 0; integer calls = 0;
  function integer differs(input [2:0] x, y); begin calls = calls + 1; differs = x !== y; end endfunction' \
		'errors = errors + differs(s, want);' 'if (errors == 0) $display("PASS"); else $display("FAIL");'

	# news and log lines are not failures
	right
	tb '' 'if (s == 3) $display("s reached three, ok"); else $display("s = %0d", s);' '$display("done");'
	for engine in icarus verilator; do
		"$posedge" sim --engine $engine --no-trace --one >"$work/out" 2>"$work/err" </dev/null
		silent_on FAIL
	done
	tb 'string log[$]; reg [2:0] old = 0;' 'if (s != old) log.push_back($sformatf("s became %0d", s)); old = s;' '$display("done");'
	is 3 "no verdict"
}

# A checker module whose flag the testbench reads; a design of that name is not one.
cat >watch.v <<'END'
module watch (input clk, input [1:0] a, b, input [2:0] s, output reg error);
  initial error = 0;
  always @(posedge clk) if (s !== a + b) error <= 1;
endmodule
END
cat >add_tb.sv <<'END'
`timescale 1ns/1ns
module add_tb;
  reg clk = 0; reg [1:0] a = 0, b = 0; wire [2:0] s; wire error;
  add dut (.a(a), .b(b), .s(s));
  watch w (.clk(clk), .a(a), .b(b), .s(s), .error(error));
  always #5 clk = ~clk;
  always @(negedge clk) {a, b} = {a, b} + 1;
  initial begin
    #161 if (error) $display("FAILED"); else $display("PASSED");
    $finish;
  end
endmodule
END
right
is 0 "PASS 16 checks"
wrong
is 1 "FAIL watch.v:3"
rm watch.v add_tb.sv add.v
cat >parity_check.v <<'END'
module source (input [3:0] d, output [4:0] q);
  assign q = {^d, d};
endmodule
module parity_check (input [4:0] q, output error);
  assign error = ^q;
endmodule
END
cat >parity_tb.v <<'END'
module parity_tb;
  reg [3:0] d = 0; reg flip = 0; wire [4:0] q; wire e;
  source s (.d(d), .q(q));
  parity_check dut (.q(q ^ flip), .error(e));
  initial begin
    #1 flip = 1;
    #1 if (e !== 1) $display("ERROR: e is %b", e);
    $finish;
  end
endmodule
END
is 0 "PASS 1 check"
sed -i 's/error = ^q/error = 0/' parity_check.v
is 1 FAIL
echo "repeat: all as it should be"
