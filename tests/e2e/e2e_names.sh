#!/usr/bin/env bash
# Unusual names: files with blanks, dots and quotes, a file without its extension,
# modules with escaped names, a header.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator iverilog

# testbench FILE MODULE: of the module inv.
testbench() {
	cat >"$1" <<EOF
\`timescale 1ns/1ps
module $2;
  reg a; wire y;
  inv dut(.a(a), .y(y));
  initial begin
    a = 0; #1 if (y !== 1) \$display("FAIL");
    a = 1; #1 if (y !== 0) \$display("FAIL"); else \$display("PASS");
    \$finish;
  end
endmodule
EOF
}

mkdir "$work/p" "$work/p/sim" && cd "$work/p" || exit 1
printf 'module inv (\n    input a,\n    output y\n);\n  assign y = ~a;\nendmodule\n' >inv.v
testbench sim/tb.1.v inv_tb
testbench 'sim/tb-2 final.v' second_tb
for engine in icarus verilator; do
	for name in tb.1 sim/tb.1 sim/tb.1.v inv_tb; do
		status 0 sim "$name" --engine $engine --one
		says "PASS 2 checks"
	done
	status 0 sim "tb-2 final" --engine $engine --one
	says "PASS 2 checks"
done
status 2 sim tb
notes "tb: no such module, file or folder"

# Characters that a tool would take for the end of a string, or for a variable.
mkdir "$work/odd" "$work/odd/a\"b" && cd "$work/odd" || exit 1
printf 'module inv (\n    input a,\n    output y\n);\n  `include "y.inc"\nendmodule\n' >'a"b/in"v.v'
echo 'assign y = ~a;' >'a"b/y.inc'
testbench 't$HOME`s`;#\é.v' inv_tb
for engine in icarus verilator; do
	status 0 sim --engine $engine --one
	says "PASS 2 checks"
done
status 0 lint
echo 'assign y = a;' >'a"b/y.inc'
for engine in icarus verilator; do
	status 1 sim --engine $engine --one
	says 'FAIL t$HOME`s`;#\é.v:6 '
done
echo 'assign y = b;' >'a"b/y.inc'
sed -i 's/`include.*/assign y = ;/' 'a"b/in"v.v'
for engine in icarus verilator; do
	status 1 sim --engine $engine --one
	says 'a"b/in"v.v:5'
	silent_on posedge_source
done
printf 'module inv (input a, output y);\n  assign y = a;\nendmodule\n' >'a"b/in"v.v'
# A check in a macro stands where that is used, whatever the name of the file; an error in an
# included file has its clean path.
for name in 't$HOME`s`;#\é.v' 'für.v' 'plain.v'; do
	rm -f ./*.v
	cat >"$name" <<'EOF'
`define CHECK(g, w) if (g !== w) $display("%s:%0d: wrong", `__FILE__, `__LINE__);
module inv_tb;
  reg a = 0; wire y;
  inv dut(.a(a), .y(y));
  initial begin
    #1 `CHECK(y, 1'b1)
    $finish;
  end
endmodule
EOF
	for engine in icarus verilator; do
		status 1 sim --engine $engine --one
		says "FAIL $name:6 $name:6: wrong"
	done
done
echo '  initial #1 if (y !== 1) $error("y is %b", y);' >tb.inc
sed -i 's/^  initial begin/  `include "tb.inc"\n&/; s/`CHECK.*/;/' plain.v
for engine in icarus verilator; do
	status 1 sim --engine $engine --one
	says "FAIL tb.inc:1 y is 0"
done

# An escaped name, with and without its backslash.
mkdir "$work/escaped" && cd "$work/escaped" || exit 1
printf 'module \\m+1 (input \\a.b , output y);\n  assign y = \\a.b ;\nendmodule\n' >e.v
printf 'module \\t.b ;\n  reg a; wire y; \\m+1 u (.\\a.b (a), .y(y));\n  initial begin a = 1; #1 if (y !== 1) $display("FAIL"); else $display("PASS"); $finish; end\nendmodule\n' >t.v
for name in '\m+1' m+1; do
	status 0 instance "$name"
	says '.\a.b '
	status 0 testbench "$name"
done
for name in '\t.b' t.b t t.v; do
	status 0 sim "$name" --engine icarus
	says "PASS 1 check"
done
status 0 sim t.b --engine verilator
says "PASS 1 check"

# A header is linted with all files that include it.
mkdir "$work/header" && cd "$work/header" || exit 1
echo '`define W 4' >w.vh
for m in one two; do
	printf '`include "w.vh"\nmodule %s (\n    input [`W-1:0] a,\n    output y\n);\n  assign y = ^a;\nendmodule\n' $m >$m.v
done
status 0 lint w.vh
says "lint ok (3 files)"
echo '`define W oops oops' >w.vh
status 1 lint w.vh
says "one.v:3"
says "two.v:3"
echo '`define V 4' >v.vh
status 3 lint v.vh
notes "v.vh is a header, and nothing in the project includes it"

# A file with the name of a tool's option is treated as a file, with findings of its
# own.
mkdir "$work/option" && cd "$work/option" || exit 1
for name in -Wno-lint.v +define+W=1.v -Dinv=x.v --language.v; do
	m=m$((${#m} + 1))${name//[!a-z]/}
	printf 'module %s (input a, output y);\n  assign y = ~a;\nendmodule\n' "$m" >"./$name"
	status 0 lint "./$name"
	says "lint ok (1 file)"
	printf 'module %s (input a; output y);\nendmodule\n' "$m" >"./$name"
	status 1 lint "./$name"
	says "$name:1:"
	rm "./$name"
done
printf 'module inv (\n    input a,\n    output y\n);\n  assign y = ~a;\nendmodule\n' >./-Wno-lint.v
testbench ./-Dinv=x.v inv_tb
for engine in icarus verilator; do
	status 0 sim ./-Dinv=x.v --engine $engine
	says "PASS"
done
