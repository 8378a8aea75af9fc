#!/usr/bin/env bash
# Which files of the project a run sees, what it leaves behind, and the language it is
# built in; with the real tools.
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog

engines=icarus
command -v verilator_bin >/dev/null && engines="icarus verilator"
p=$work/p
mkdir -p "$p/rtl" "$p/sim" && cd "$p"
cat >rtl/rom.v <<'EOF'
module rom (input [1:0] a, output [7:0] d);
  reg [7:0] m [0:3];
  initial $readmemh("rom.hex", m);
  assign d = m[a];
endmodule
EOF
printf '10\n20\n30\n40\n' >rtl/rom.hex
cat >sim/rom_tb.v <<'EOF'
`timescale 1ns/1ps
module rom_tb;
  reg [1:0] a = 2; wire [7:0] d;
  integer f;
  rom dut(a, d);
  initial begin
    f = $fopen("result.log", "w");
    $fdisplay(f, "d is %h", d);
    $fclose(f);
    #1 if (d !== 8'h30) $error("d is %h", d);
    $finish;
  end
endmodule
EOF
before=$(find . -name .posedge -prune -o -type f -print | sort | xargs cat | sha256sum)

# Data beside the source, a folder named like a build product; output is stored with the
# run and reported.
for engine in $engines; do
	status 0 sim rom_tb --engine $engine
	says "PASS 1 check"
	notes "the simulation wrote rtl/result.log"
	status 0 --json sim rom_tb --engine $engine
	grep -q '"written":"rtl/result.log\\t[0-9]' "$work/out" || fail "$engine: the verdict does not tell what was written"
	kept=$(find .posedge -name result.log | sort | tail -n 1)
	[ -n "$kept" ] || fail "$engine: result.log is not kept"
	rm -r "$(dirname "$kept")"
	[ "$(find . -name .posedge -prune -o -type f -print | sort | xargs cat | sha256sum)" = "$before" ] || fail "$engine: the project was changed"
done

# A name that SystemVerilog reserves: read as Verilog, and reported.
mkdir "$work/names" && cd "$work/names"
cat >old_tb.v <<'EOF'
`timescale 1ns/1ps
module old (input a, output y); assign y = ~a; endmodule
module old_tb;
  reg a = 0; wire logic; integer errors = 0;
  old dut(a, logic);
  initial begin #1 if (logic !== 1) errors = errors + 1; if (errors == 0) $display("PASS"); else $display("FAIL"); $finish; end
endmodule
EOF
for engine in $engines; do
	status 0 --json sim old_tb --engine $engine
	says '"verdict":"pass"'
	says '"lang":"verilog200'
done
# Also without a check, when nothing is counted.
printf 'module mute_tb;\n  reg logic;\n  initial begin logic = 1; $display("%%b", logic); $finish; end\nendmodule\n' >mute_tb.v
for engine in $engines; do
	status 3 --json sim mute_tb --engine $engine
	says '"verdict":"none"'
	says '"lang":"verilog200'
done
rm mute_tb.v
# Lint too, although another design of the project is in SystemVerilog.
printf 'module new_one (input logic a, output logic y);\n  assign y = a;\nendmodule\n' >new_one.v
status 0 --json lint
says '"lang":"sv2017"'
notes "old_tb.v is read as Verilog-2005"
echo "set language sv2017" >.posedgerc
status 1 --json lint
says '"lang":"sv2017"'
says '"error","old_tb.v"'
rm .posedgerc

# A failed build leaves its messages, without secrets in a line that they quote.
mkdir "$work/broken" && cd "$work/broken"
printf 'module bad_tb;\n  initial q = "api_key=sk-proj-abcdefghijklmnopqrstuvwxyz0123456789AB";\nendmodule\n' >bad_tb.sv
for engine in $engines; do
	status 1 sim bad_tb.sv --engine $engine
	says "bad_tb.sv:2"
	status 1 --json sim bad_tb.sv --engine $engine
	says '"first_path":"bad_tb.sv","first_line":2' # where Enter on the log's line goes
	log=$(find .posedge -name build.log | sort | tail -n 1)
	[ -n "$log" ] || fail "$engine: no build.log"
	grep -q "bad_tb.sv:2" "$log" || fail "$engine: build.log lacks the message"
	grep -q "abcdefghijklmnopqrstuvwxyz0123456789AB" "$log" && fail "$engine: build.log holds a secret"
	[ $engine = icarus ] || grep -q "initial q" "$log" || fail "$engine: build.log does not quote the line"
	rm "$log"
done
exit 0
