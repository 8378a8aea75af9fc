#!/usr/bin/env bash
# How ordinary projects are laid out: folders named like a tool's output, headers that
# only a list names, names that mean two files, links inside the project.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin g++ iverilog

# project NAME: an empty one, entered.
project() { mkdir -p "$work/$1" && cd "$work/$1" || exit 9; }
# put PATH: stdin.
put() { mkdir -p "$(dirname -- "./$1")" && cat >"./$1"; }
inverter() {
	put "$1/inv.v" <<<'module inv (input a, output y); assign y = ~a; endmodule'
	put "$2/inv_tb.v" <<'V'
`timescale 1ns/1ps
module inv_tb;
  reg a = 0; wire y;
  inv dut (a, y);
  initial begin #1 if (y !== 1) $display("FAIL"); else $display("PASS"); $finish; end
endmodule
V
}
# both VERDICT STATUS ARGUMENTS...: says so with each engine.
both() {
	local want=$1 with=$2
	shift 2
	for engine in icarus verilator; do
		status "$with" sim --engine $engine --one "$@"
		says "$want"
	done
}

# People name folders like tools do.
for pair in "build run" "obj_dir tb" "work -v" "src work" "hw/build hw/work"; do
	project "named-${pair//[ \/]/_}"
	inverter ${pair% *} ${pair#* }
	both "PASS 1 check" 0
	status 0 lint
	says "lint ok (2 files)"
done
# What a tool wrote there, or what the repository ignores, is no source.
project built
inverter rtl tb
for f in build/x.o obj_dir/Vinv__ver.d work/_info build/core_0/sim/core.eda.yml; do
	put "$f" <<<x
	sed 's/~a/a/' rtl/inv.v | put "$(dirname "$f")/inv.v"
	both "PASS 1 check" 0
	silent_on "$(dirname "$f")/inv.v"
	rm -r "${f%%/*}"
done
# A tool that wrote into a folder of work/ says nothing about work/ itself.
project course
inverter work/lab1 work/lab1
put work/lab1/obj_dir/Vinv.o <<<x
both "PASS 1 check" 0
status 0 lint
says "lint ok (2 files)"
cd ../built || exit 9
put build/made.v <<<'module made (input a, output y); assign y = = a; endmodule'
printf '*.log\r\n/build/\r\n' >.gitignore
status 0 lint
says "lint ok (2 files)"
printf '*.log\n' >.gitignore
status 1 lint
says "build/made.v:1"

# A header that a list gives to the tool is read before the files behind it.
headers() {
	put inc/defs.svh <<<$'`define W 4\ntypedef struct packed { logic v; logic [`W-1:0] d; } item;'
	put rtl/m.sv <<<'module m (input item i, output logic [`W-1:0] y); assign y = i.v ? i.d : 0; endmodule'
	put tb/m_tb.sv <<<'module m_tb; item i; logic [`W-1:0] y; m dut (i, y);
  initial begin i.v = 1; i.d = 9; #1 if (y !== 9) $error("y"); $finish; end endmodule'
}
project list && headers
printf 'inc/defs.svh\nrtl/m.sv\ntb/m_tb.sv\n' >files.f
status 0 lint
says "lint ok (3 files)"
status 0 sim --engine verilator --one
says "PASS 1 check"
status 0 files
says "defines \`W for rtl/m.sv; named in files.f:1"
# For its types alone as well.
sed -i 's/`W-1/3/' rtl/m.sv tb/m_tb.sv
status 0 lint
status 0 files
says "given to the tool before rtl/m.sv; named in files.f:1"
# Not a header that nobody gives to a tool.
project alone && headers
status 1 lint
says "Define or directive not defined: '\`W'"
project make && headers
cat >Makefile <<'M'
HEADERS = $(wildcard inc/*.svh)
SOURCES = rtl/m.sv tb/m_tb.sv
simv: $(HEADERS) $(SOURCES)
	vcs -sverilog $^ -o simv
M
status 0 lint
says "lint ok (3 files)"
# As a dependency alone it is not read.
sed -i 's/\$^/$(SOURCES)/' Makefile
status 1 lint
# A recipe may begin behind the rule.
put inc/defs.svh <<<'`define W 4'
put rtl/m.sv <<<'module m (output [`W-1:0] y); assign y = `K; endmodule'
rm tb/m_tb.sv
printf 'sim: ; iverilog -DK=3 -o m inc/defs.svh rtl/m.sv\n' >Makefile
status 0 lint

# One name, two files, neither nearer: said, with what chooses the other.
project rivals
for n in 1 2; do put "b$n/t.vh" <<<"\`define T $n"; done
put tb/t_tb.v <<'V'
`include "t.vh"
module t_tb;
  reg [3:0] r = `T;
  initial begin #1 if (r !== 2) $display("FAIL %0d", r); else $display("PASS"); $finish; end
endmodule
V
both "FAIL 1" 1
notes "tb/t_tb.v:1 includes t.vh: of b1/t.vh and b2/t.vh the first is taken; \`set include b2\` takes the other"
both "PASS 1 check" 0 -I b2
silent_on "the first is taken"
put tb/t.vh <<<'`define T 2'
both "PASS 1 check" 0
silent_on "the first is taken"
# Data of one name beside two modules: a run has one of them.
project data
for n in 1 2; do
	put "m$n/k.hex" <<<"0$n"
	put "m$n/m$n.v" <<<"module m$n (output [7:0] y); reg [7:0] m [0:0]; initial \$readmemh(\"k.hex\", m); assign y = m[0]; endmodule"
done
put tb.v <<'V'
module tb;
  wire [7:0] p, q;
  m1 a (p); m2 b (q);
  initial begin #1 if (p !== 1 || q !== 2) $display("FAIL %h %h", p, q); else $display("PASS"); $finish; end
endmodule
V
both "FAIL 01 01" 1
notes "m2/m2.v:1 reads k.hex: m1/k.hex is used for it, since a run has one file of that name, and not m2/k.hex beside it"

# A file named through a link inside the project is the file it leads to.
project links
inverter real/rtl real/tb
ln -s real/rtl rtl
ln -s real/tb/inv_tb.v top_tb.v
status 0 lint rtl/inv.v
says "lint ok (1 file)"
both "PASS 1 check" 0 top_tb.v
cd rtl || exit 9
status 0 lint inv.v
says "lint ok (1 file)"
# So it is for a question, an answer and a setting: one name, and written through the link.
cd .. && ln -s real/rtl/inv.v inv.v && ln -s /etc/hostname out.v
status 0 ask --show "@inv.v @rtl/inv.v:1-1 why"
says "real/rtl/inv.v"
says "real/rtl/inv.v:1-1"
silent_on " inv.v"
# answer NAME TEXT: of a model, with a module inv in a block for that file.
answer() { printf '`%s`:\n\n```verilog\nmodule inv (input a, output y);\n  %s\nendmodule\n```\n' "$1" "$2" >"$work/answer.md"; }
for name in inv.v rtl/inv.v links/inv.v "$PWD/rtl/inv.v"; do
	answer "$name" "assign y = !a; // $name"
	status 0 apply "$work/answer.md"
	says "+++ b/real/rtl/inv.v"
	status 0 review --take all --apply
	says "real/rtl/inv.v: took"
	grep -qF "// $name" real/rtl/inv.v || fail "the answer for $name was not written"
	[ -L inv.v ] && [ -L rtl ] || fail "a link became a file"
done
printf '```diff\n--- a/inv.v\n+++ b/inv.v\n@@ -2 +2 @@\n-%s\n+  assign y = ~a;\n```\n' \
	"$(sed -n 2p inv.v)" >"$work/answer.md"
status 0 apply --apply "$work/answer.md"
notes "wrote real/rtl/inv.v"
[ -L inv.v ] || fail "a link became a file"
# A new file in a folder that is a link, and names that lead outside.
printf '`rtl/buf2.v`:\n\n```verilog\nmodule buf2 (input a, output y); assign y = a; endmodule\n```\n' >"$work/answer.md"
status 0 apply --apply "$work/answer.md"
notes "wrote real/rtl/buf2.v"
status 0 lint rtl/buf2.v
answer out.v "assign y = a;"
status 2 apply --apply "$work/answer.md"
status 2 lint out.v
notes "leaves the project through a link"
echo "set files inv.v top_tb.v" >.posedgerc
status 0 lint inv.v
both "PASS 1 check" 0 top_tb.v

# In Verilog a variable gets the value of its declaration at time 0, and a block that waits
# for a change sees it; in SystemVerilog it has the value before. The author's tool decides.
project values
put dut.v <<'V'
module dut (input a, output reg y = 0, output reg [3:0] n = 4'd2, output reg up);
  integer i = 3, k;
  always @* y = a;
  always @(n) up = n[1];
endmodule
V
put dut_tb.v <<'V'
`timescale 1ns/1ps
module dut_tb;
  reg a = 1; wire y, up; wire [3:0] n;
  dut dut (a, y, n, up);
  initial begin
    #1 if (y !== 1 || up !== 1 || dut.i !== 3) $display("FAIL %b %b", y, up);
    else $display("PASS");
    $finish;
  end
endmodule
V
iverilog -g2005 -o old.vvp dut.v dut_tb.v && [ "$(vvp -n old.vvp)" = PASS ] || fail "not what Verilog means"
status 0 sim --engine icarus --one
says "PASS 1 check"
mv dut_tb.v dut_tb.sv
iverilog -g2012 -o new.vvp dut.v dut_tb.sv && [ "$(vvp -n new.vvp)" != PASS ] || fail "not what SystemVerilog means"
status 1 sim --engine icarus --one
# What is no longer a declaration once its macros are replaced: the sources as they are.
project loop
put loop_tb.v <<'V'
`define LOOP integer i = 0;
module loop_tb;
  reg logic;
  initial begin
    for (`LOOP i < 3; i = i + 1) $display("i %0d", i);
    $finish;
  end
endmodule
V
status 3 sim --engine icarus --one
says "i 2"

# A library of cells, a file with many modules that
# nothing instantiates, is read once, by itself.
project cells
for i in $(seq 40); do echo "module c$i (input a, output y); assign y = ~a; endmodule"; done | put cells.v
echo 'module wide (input [3:0] a, output [1:0] y); assign y = a; endmodule' >>cells.v
put top.v <<<'module top (input a, output y); c3 u (a, y); endmodule'
status 1 lint
says "cells.v:41:55 risk WIDTH"
status 0 files
says "cells.v by itself: a library"
# A package that lies beside one test is not meant by the others, if the list has it.
project tests
for n in 1 2; do put "$([ $n = 1 ] && echo rtl || echo test/a)/p.sv" <<<"package p; localparam int N = $n; endpackage"; done
for n in a b; do
	put "test/$n/${n}_tb.sv" <<<"module ${n}_tb; import p::*; logic [31:0] r; initial begin r = N; #1 if (r !== 1) \$error(\"%0d\", r); \$finish; end endmodule"
done
put Makefile <<<$'all:\n\tvlog rtl/p.sv'
both "PASS 1 check" 0 test/b
both "FAIL" 1 test/a
# A library of ModelSim has no VHDL of the author's.
put sim/lib/_info <<<x && put sim/lib/_vmake <<<x && put sim/lib/@p/_primary.vhd <<<'library verilog;'
status 0 lint
silent_on _primary.vhd
# A quote in a number is none.
put top.v <<<'module top (output [3:0] y); assign y = `V; endmodule'
put .posedgerc <<<"set defines V=4'd9"
status 0 lint

# A folder of VHDL says so where a testbench is asked for.
project vhdl
put src/a.vhd <<<'entity a is end;'
status 2 sim
notes "there is no testbench in Verilog here, and VHDL such as src/a.vhd cannot be simulated"

# So does one whose testbench is behind a macro, or in the macros of a library.
project behind
put inv.v <<<'module inv (input a, output y); assign y = ~a; endmodule'
put inv_tb.v <<'END'
module inv_tb;
`ifdef SIM
  reg a = 0; wire y; inv dut (a, y);
  initial begin #1 if (y !== 1) $display("FAIL"); $finish; end
`endif
endmodule
END
status 2 sim
notes 'there is no testbench here. inv_tb.v:2 asks for SIM, which nothing defines: `set defines SIM` does'
status 0 sim -D SIM --one
says "PASS 1 check"
put inv_tb.v <<'END'
`include "vunit_defines.svh"
module inv_tb;
  `TEST_SUITE begin `TEST_CASE("one") begin end end
endmodule
END
status 2 sim
notes "there is no testbench here. inv_tb.v:1 includes vunit_defines.svh, which is not in the project"
exit 0
