#!/usr/bin/env bash
# Projects as students hand them in: copies beside the files, two headers of one name,
# folders that a script would create, files that no tool reads.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin iverilog vvp

# inv FILE, bench FILE: an inverter, and a testbench that checks it.
inv() { mkdir -p "$(dirname "$1")" && printf 'module inv (input a, output y);\n  assign y = ~a;\nendmodule\n' >"$1"; }
bench() {
	mkdir -p "$(dirname "$1")"
	cat >"$1" <<-'V'
	`timescale 1ns/1ps
	module inv_tb;
	  reg a;
	  wire y;
	  integer errors = 0;
	  inv dut (.a(a), .y(y));
	  initial begin
	    a = 0; #1 if (y !== 1) errors = errors + 1;
	    a = 1; #1 if (y !== 0) errors = errors + 1;
	    if (errors == 0) $display("All tests passed");
	    else $display("%0d errors", errors);
	    $finish;
	  end
	endmodule
	V
}
passes() { status 0 sim --engine icarus --one; says "PASS"; }

# Windows writes .V; the extension means the same.
in_new upper
inv INV.V
bench TB.V
status 0 lint
says "lint ok (2 files)"
passes

# A module that only connects a design with what drives it is a testbench: a program, a
# module.
for part in program module; do
	in_new "by_$part"
	inv inv.v
	cat >top.sv <<-V
	$part drive(output logic a, input logic y);
	  initial begin
	    a = 0; #1 if (y !== 1) \$error("y is %b", y);
	    a = 1; #1 if (y !== 0) \$error("y is %b", y);
	  end
	end$part
	module top;
	  wire a, y;
	  inv i(.*);
	  drive d(.*);
	endmodule
	V
	for engine in icarus verilator; do
		status 0 sim --engine $engine --one
		says "PASS 2 checks"
	done
done

# A testbench that another one instantiates, once for each width, is a part of it; by its own
# name it still runs alone, and two that instantiate each other are two.
in_new widths
cat >inv_tb.v <<'V'
module inv #(parameter W = 1) (input [W-1:0] a, output [W-1:0] y);
  assign y = ~a;
endmodule
module inv_one;
  parameter W = 1;
  reg [W-1:0] a;
  wire [W-1:0] y;
  inv #(W) dut (a, y);
  initial begin
    a = 0; #1 if (y !== ~a) $display("Error in %m");
    a = 1; #1 if (y !== ~a) $display("Error in %m");
  end
endmodule
module inv_tb;
  inv_one #(.W(1)) one ();
  inv_one #(.W(4)) four ();
  inv_one #(.W(9)) nine ();
endmodule
V
for what in "" inv_tb.v inv inv_tb; do
	# shellcheck disable=SC2086
	status 0 sim --engine icarus --one $what
	says "PASS 6 checks"
done
status 0 sim --engine verilator --one inv_tb.v
says "PASS 6 checks"
status 0 sim --engine icarus --one inv_one
says "PASS 2 checks"
cat >mutual.v <<'V'
module p; reg a; initial begin #1 a = 1; $finish; end q x (); endmodule
module q; reg b; initial begin #1 b = 1; $finish; end p x (); endmodule
V
status 2 sim mutual.v
notes "has several testbenches: p, q"

# A copy of the testbench that goes by the same name is not meant.
in_new twins
mkdir "backup (1)"
printf 'module t;\n  reg a = 1;\n  initial begin\n    if (a !== 1) $display("FAIL");\n    else $display("PASS");\n    $finish;\n  end\nendmodule\n' >t.v
sed 's/!==/===/' t.v >"backup (1)/t.v"
status 0 sim --engine icarus --one
says "PASS 1 check"

# The line printed by a check's bad side is quoted whatever its words are, and a file
# that Verilator names without its folder is found.
in_new words
mkdir rtl tb
inv rtl/inv.v
cat >tb/inv_tb.v <<'V'
module inv_tb;
  reg a;
  wire y;
  inv dut (a, y);
  initial begin
    $display("zonk begins, a=%b", a);
    a = 0; #1
    if (y !== ~a) begin
      $display("zonk at %0t: y=%b", $time, y);
    end
    $finish;
  end
endmodule
V
cat >tb/late_tb.sv <<'V'
module late_tb;
  logic a, y;
  inv dut (a, y);
  initial begin
    a = 1; #1 if (y !== 0) $error("y is %b", y);
    $finish;
  end
endmodule
V
status 0 sim --engine icarus --one inv_tb
sed -i 's/~a/a/' rtl/inv.v
for engine in icarus verilator; do
	status 1 sim --engine $engine --one inv_tb
	says "FAIL tb/inv_tb.v:8 zonk at 1: y=0"
	status 1 sim --engine $engine --one late_tb
	says "FAIL tb/late_tb.sv:5 y is 1"
done

# A copy is not the design.
in_new copies
inv src/inv.v
bench tb/inv_tb.v
for c in "src/inv (copy).v" src/inv_old.v backup/inv.v gl/inv.v; do
	mkdir -p "$(dirname "$c")"
	sed 's/~a/a/' src/inv.v >"$c"
done
passes
notes "src/inv.v was taken"

# Each header comes from the folder of the file that includes it, with both engines, and
# the plain tools agree if they are told the folder.
in_new headers
for d in a b; do
	mkdir $d
	printf '`include "size.vh"\nmodule m_%s (output [3:0] y);\n  assign y = `SIZE;\nendmodule\n' $d >$d/m_$d.v
done
echo '`define SIZE 4'"'d1" >a/size.vh
echo '`define SIZE 4'"'d2" >b/size.vh
echo '`define SIZE 4'"'d9" >size.vh
cat >t.v <<'V'
module t;
  wire [3:0] x, y;
  m_a a (x);
  m_b b (y);
  initial begin
    #1 if (x !== 1 || y !== 2) $display("FAIL %0d %0d", x, y);
    else $display("PASS");
    $finish;
  end
endmodule
V
iverilog -g2012 -grelative-include -s t -o t.vvp a/m_a.v b/m_b.v t.v && [ "$(vvp -n t.vvp)" = PASS ] || fail "Icarus itself says $(vvp -n t.vvp)"
rm t.vvp
passes
status 0 sim --engine verilator --one
says "PASS"
# An error after the include is reported on its line.
sed -i '3s/=/= =/' b/m_b.v
status 1 lint
says "b/m_b.v:3:"

# Output into a folder that is empty or missing here is written; the project stays as it
# is.
in_new folders
mkdir logs
cat >t.v <<'V'
module t;
  integer fd;
  reg ok;
  initial begin
    $dumpfile("waves/deep/t.vcd");
    $dumpvars(0, t);
    fd = $fopen("logs/t.log", "w");
    ok = fd != 0;
    if (fd != 0) $fclose(fd);
    #1 if (ok !== 1) $display("FAIL");
    else $display("PASS");
    $finish;
  end
endmodule
V
passes
status 0 sim --engine verilator --one
says "PASS"
[ ! -e waves ] && [ -z "$(ls logs)" ] || fail "the run wrote into the project"

# A data file in a folder that is not searched is still found.
in_new built
mkdir build
printf '11 22 33 44\n' >build/rom.hex
cat >t.v <<'V'
module t;
  reg [7:0] m [0:3];
  initial begin
    $readmemh("build/rom.hex", m);
    #1 if (m[3] !== 8'h44) $display("FAIL");
    else $display("PASS");
    $finish;
  end
endmodule
V
passes

# UTF-16 is reported as what it is.
in_new wide
inv inv.v
bench inv_tb.v
iconv -f UTF-8 -t UTF-16 inv.v >x && mv x inv.v
status 1 lint
notes "module inv is missing: inv.v is UTF-16 text (save it as UTF-8)"
says "1 not read: inv.v UTF-16 text (save it as UTF-8)"
tail -c +3 inv.v >x && mv x inv.v # without its mark
status 1 lint
says "1 not read: inv.v UTF-16 text (save it as UTF-8)"

# Lines that end in CR alone are one line, mostly a comment, to every tool.
printf '// an inverter\rmodule inv(input a, output y);\rassign y = ~a;\rendmodule\r' >inv.v
status 1 lint
notes "module inv is missing: inv.v is one line to the tools: its lines end in CR alone (save it with LF)"

# Encrypted code is a black box, whatever is left of it.
in_new sealed
printf 'module core (input a, output y);\n`pragma protect begin_protected\nIa5/+x=\n`pragma protect end_protected\nendmodule\n' >core.v
printf '`protected\nMTI<0OI1\n`endprotected\n' >all.v
printf 'module top (input a, output y);\n  core u (.a(a), .y(y));\nendmodule\n' >top.v
printf 'config c;\n  design top;\n  default liblist work;\nendconfig\n' >lib.v
status 0 lint
notes "module core is taken as a black box: core.v is encrypted"
says "3 not read: all.v encrypted, core.v encrypted, lib.v a configuration (no tool here reads it)"

# A module that stands where a macro is not defined: the macro is named.
in_new branches
cat >m.v <<'V'
module m (input a, output y);
`ifdef SIM
  assign y = a;
`else
`ifdef __ICARUS__
  `define X
`endif
  PLL_PRIM u (.i(a), .o(y));
`endif
endmodule
V
bench inv_tb.v
sed -i 's/inv dut (.a(a), .y(y))/m dut (a, y)/; s/!== 1/!== 0/; s/!== 0) err/!== 1) err/2' inv_tb.v
status 1 lint
says "m.v:8 is compiled because SIM is not defined: \`set defines SIM\` leaves it out"
status 1 sim --engine icarus --one
notes "module PLL_PRIM is missing: m.v:8 is compiled because SIM is not defined"
status 0 lint -D SIM
silent_on "PLL_PRIM"

# So is a link that leads out of the project.
in_new outside
mkdir "$work/elsewhere"
inv "$work/elsewhere/inv.v"
ln -s "$work/elsewhere" rtl
bench inv_tb.v
status 1 sim --engine icarus --one
notes "it may be in rtl, a link to $work/elsewhere, outside the project"
status 1 lint
says "module inv has no source in the project"
says "it may be in rtl, a link to"
# A link to itself is reported in the same way.
rm rtl && ln -s "$work/elsewhere/inv.v" inv.v
status 1 sim --engine icarus --one
notes "module inv is missing: inv.v is a link to $work/elsewhere/inv.v, outside the project"
status 1 lint
says "module inv has no source in the project"
says "inv.v is a link to"
rm inv.v && ln -s "$work/elsewhere" rtl
echo "set link.allow $work/elsewhere" >"$XDG_CONFIG_HOME/posedge/posedgerc"
passes

# A file that ends too early is named, not our file that the tool reads after it.
in_new early
inv inv.v
bench inv_tb.v
sed -i '/^endmodule/d; /finish/d' inv_tb.v
status 2 sim --engine icarus --one inv_tb.v
says "did not run: inv_tb.v ends within a module: an \`end\` or \`endmodule\` is missing"
silent_on "did not run: iverilog failed"

# A comma of another script is named where the run fails, as lint names it.
mkdir "$work/alike" && cd "$work/alike" || exit 1
printf 'module inv (\n  input a，\n  output y\n);\n  assign y = ~a;\nendmodule\n' >inv.v
printf 'module tb;\n  reg a = 0; wire y;\n  inv u (.a(a), .y(y));\n  initial begin #1 if (y !== 1) $error("y"); $finish; end\nendmodule\n' >tb.v
for engine in icarus verilator; do
	status 1 sim --engine $engine
	says "which is no character of Verilog: write ,"
done
