#!/usr/bin/env bash
# posedge files: which files belong to which design and why, what was guessed, and what
# is not read; as text and as JSON.
. "${srcdir:?}/tests/lib/lib.sh"

mkdir -p "$work/p/rtl" "$work/p/sim" "$work/p/data" "$work/p/old" && cd "$work/p"
cat >rtl/pkg.sv <<'END'
package pkg;
  localparam int W = `WIDTH;
endpackage
END
cat >rtl/core.sv <<'END'
`include "ports.inc"
module core import pkg::*; #(parameter int D = 2) (`PORTS);
  logic [7:0] m [0:3];
  initial $readmemh("core.hex", m);
  part u ();
endmodule
END
echo '`define PORTS input logic a' >rtl/ports.inc
touch rtl/core.hex data/v.txt sim/near.txt
echo 'module part; endmodule' | tee rtl/part.sv >old/part.sv
cat >sim/core_tb.sv <<'END'
module core_tb #(parameter int N = 1) ();
  logic a;
  core dut (.a);
  integer f;
  initial begin
    f = $fopen("../data/v.txt", "r"); f = $fopen("near.txt", "r");
    f = $fopen("nowhere.txt", "r");
    $finish;
  end
endmodule
END
printf '+define+WIDTH=8\nrtl/pkg.sv\nrtl/part.sv\nrtl/core.sv\n' >rtl.f
echo 'entity e is end;' >e.vhd
status 0 set exclude old
status 0 set parameters N=3
status 0 set plusargs fast
status 0 files
says "defines: WIDTH=8"
says "read rtl.f: "
says "top core (rtl/core.sv)"
says "rtl/pkg.sv                   package pkg, imported by rtl/core.sv; named in rtl.f:2"
says "rtl/ports.inc                included by rtl/core.sv"
says "part, instantiated by rtl/core.sv; named in rtl.f:3"
says "testbench core_tb (sim/core_tb.sv)"
says "parameters: N=3"
says "plusargs: +fast"
says "a run starts in sim: "
says "reads rtl/core.hex, laid at sim/core.hex where the code looks"
says "reads data/v.txt"
says "missing nowhere.txt, which sim/core_tb.sv:7 reads"
says "not read:"
says "e.vhd                        VHDL"
says "old/part.sv                  excluded by old"
# Facts about one design belong to that design only.
status 0 files core
says "top core"
silent_on "testbench"
status 0 files sim/core_tb.sv
says "testbench core_tb"
silent_on "top core ("
status 0 files -D WIDTH=9
says "WIDTH=9"
status 2 files nothing
notes "nothing: no design"
# The order is the one in which a tool has to read them.
[ "$("$posedge" files core | awk '/^  rtl/ { printf "%s ", $1 }')" = "rtl/ports.inc rtl/pkg.sv rtl/part.sv rtl/core.sv " ] ||
	fail "another order"
status 0 --json files
[ "$(wc -l <"$work/out")" = 1 ] || fail "not one object"
if command -v python3 >/dev/null; then
	python3 - "$work/out" <<'END' || fail "the JSON says something else"
import json, sys
o = json.load(open(sys.argv[1]))
assert o["type"] == "files" and o["defines"] == ["WIDTH=8"], o
tb = [d for d in o["designs"] if d["testbench"]][0]
assert tb["top"] == "core_tb" and tb["start"] == "sim" and tb["parameters"] == ["N=3"], tb
assert {"path": "rtl/core.hex", "place": "sim/core.hex"} in tb["data"], tb
assert tb["missing"] == [{"name": "nowhere.txt", "path": "sim/core_tb.sv", "line": 7}], tb
assert [f["path"] for f in tb["files"] if not f["compiled"]] == ["rtl/ports.inc"], tb
assert {"path": "e.vhd", "why": "VHDL"} in o["not_read"], o
END
fi

# Several examples in a repository have a module top: they are separate designs, and all
# are read. What looks like a copy, or has the same name and ports, is not.
mkdir "$work/examples" && cd "$work/examples" || exit 1
mkdir one two old
printf 'module top (\n    input a,\n    output y\n);\n  assign y = a;\nendmodule\n' >one/blink.v
printf 'module top (\n    input a,\n    output z\n);\n  assign z = ~a;\nendmodule\n' >two/uart.v
printf 'module top (\n    input a,\n    output y\n);\n  assign y = ~a;\nendmodule\n' >two/fade.v
cp one/blink.v old/blink.v
printf 'module tb;\n  reg a; wire y;\n  top dut (a, y);\n  initial begin a = 1; #1 if (y !== 1) $display("FAIL"); else $display("PASS"); $finish; end\nendmodule\n' >one/blink_tb.v
status 0 lint
says "lint ok (4 files; 1 not read: old/blink.v duplicate of one/blink.v)"
sed -i 's/~a/nothing/' two/fade.v
status 1 lint
says "two/fade.v:5"

# A copied folder does not fill the screen with choices, and a word for "no file" is not
# a missing file.
mkdir -p "$work/copy/a" "$work/copy/b" && cd "$work/copy" || exit 1
for m in p q r s t u; do echo "module $m; endmodule" | tee "a/$m.v" >"b/$m.v"; done
cat >a/top_tb.v <<'END'
module top_tb;
  p p1 (); q q1 (); r r1 (); s s1 (); t t1 (); u u1 ();
  parameter INIT = "NONE";
  reg m [0:1];
  initial if (INIT != "NONE") $readmemh(INIT, m);
endmodule
END
status 0 files top_tb
[ "$(grep -c "is defined in" "$work/out")" = 4 ] || fail "not four choices"
says "and 2 more modules have several definitions: of each, the file above was taken"
silent_on "missing"
echo 'module v; reg m [0:1]; initial $readmemh("nothing.hex", m); endmodule' >a/v.v
sed -i 's/p p1/v v1 (); p p1/' a/top_tb.v
status 0 files top_tb
says "missing nothing.hex, which a/v.v:1 reads"

# Each lab has its own data; where two are equally near, neither is taken.
mkdir -p "$work/labs/lab1/code" "$work/labs/lab1/extra/mem" "$work/labs/lab2/code" "$work/labs/lab2/extra/mem" && cd "$work/labs" || exit 1
echo 1 >lab1/extra/mem/p.hex
echo 2 | tee lab2/extra/mem/p.hex >lab2/extra/mem/q.hex
for i in 1 2; do
	printf 'module t%d_tb; reg [3:0] m [0:0]; initial begin $readmemh("mem/p.hex", m); if (m[0] !== %d) $display("FAIL"); else $display("PASS"); $finish; end endmodule\n' $i $i >lab$i/code/t${i}_tb.v
done
status 0 files t1_tb
says "reads lab1/extra/mem/p.hex, laid at mem/p.hex where the code looks"
if command -v iverilog >/dev/null; then
	status 0 sim --one --engine icarus lab1/code/t1_tb.v
	status 0 sim --one --engine icarus lab2/code/t2_tb.v
fi
mkdir -p lab1/more/mem && echo 3 >lab1/more/mem/p.hex
status 0 files t1_tb
says "missing mem/p.hex"

# A description that names one of two adjacent files means that one, also for a
# testbench that it does not name; one that names both is reported.
mkdir "$work/versions" && cd "$work/versions" || exit 1
printf 'module add(input a, b, output y); assign y = a | b; endmodule\n' >add.v
printf 'module add(input a, b, output y); assign y = a ^ b; endmodule\n' >v2.v
printf 'module add_tb;\n  reg a = 1, b = 1; wire y;\n  add dut (a, b, y);\n  initial #1 if (y !== 0) $error("y"); endmodule\n' >add_tb.v
printf 'import subprocess\nsubprocess.run(["verilator", "--lint-only", "v2.v"])\n' >lint.py
status 0 sim --one
says "PASS 1 check"
rm lint.py
printf '[env]\nboard = icezum\n' >apio.ini
status 0 files
says "module add is defined in add.v and v2.v; add.v was taken, but apio.ini gives a tool both, which it may refuse"

# Each board has its project and its PLL; a file named by one project is not meant by
# the other.
mkdir -p "$work/boards/rtl" "$work/boards/one" "$work/boards/two/ip" && cd "$work/boards" || exit 1
printf 'module core(input c, output q); assign q = c; endmodule\n' >rtl/core.v
for b in one two; do
	printf 'module pll(input i, output o); assign o = i; endmodule\n' >$b/pll.v
	printf 'module top_%s(input i, output q); wire o; pll p (i, o); core c (o, q); endmodule\n' $b >$b/top_$b.v
	printf 'set_global_assignment -name VERILOG_FILE ../rtl/core.v\nset_global_assignment -name VERILOG_FILE top_%s.v\n' $b >$b/$b.qsf
done
mv two/pll.v two/ip/pll.v
echo 'set_global_assignment -name VERILOG_FILE pll.v' >>one/one.qsf
status 0 files
says "module pll is defined in two/ip/pll.v and one/pll.v; two/ip/pll.v was taken"

# A file that only binds checkers belongs to the design it is about, with the checkers;
# but not where the list of the design leaves it out.
mkdir "$work/binds" && cd "$work/binds" || exit 1
printf 'module neg(input a, output y); assign y = a; endmodule\n' >neg.v
printf 'module neg_check(input a, input y);\n  always @(a or y) #1 if (y === a) $error("not inverted");\nendmodule\n' >check.sv
printf 'bind neg neg_check c(.*);\n' >binds.sv
printf 'module neg_tb;\n  reg a = 0; wire y;\n  neg dut (a, y);\n  initial begin #5 if (y !== 0) $error("y"); #5 a = 1; #5 $finish; end\nendmodule\n' >neg_tb.v
status 1 sim --one --engine verilator
says "FAIL check.sv:2"
says "not inverted"
printf 'neg.v\nneg_tb.v\n' >sim.f
status 0 sim --one --engine verilator
says "PASS 1 check"
# Read by itself, the checker sees the module whose signals it names.
status 0 lint check.sv binds.sv
silent_on "error"
