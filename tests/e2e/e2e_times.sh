#!/usr/bin/env bash
# The failing time of a run, in the wordings and timescales that testbenches use, with
# both engines. The oracle is the dump: each testbench raises "bad" when it prints its
# failure.
MEMORY=1
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog
engines=icarus
command -v verilator_bin >/dev/null && command -v g++ >/dev/null && engines="icarus verilator"
cd "$work" || exit 1

# rises DUMP: the time when bad becomes 1.
rises() {
	awk '/\$var/ && $5 == "bad" { id = $4 } /^#/ { t = substr($0, 2) } $0 == "1" id && id != "" { print t; exit }' "$1"
}

# told [FILE]: the time of the last verdict in the output, or in FILE; "" if there is
# none.
told() { sed -n 's/.*"type":"verdict".*"first_time":\(-\?[0-9]*\).*/\1/p' "${1:-$work/out}" | tail -1; }

# failing NAME: the sources of ./NAME fail; the reported time is when bad rises.
failing() {
	local e is want
	for e in $engines; do
		cd "$work/$1" || exit 1
		echo "$1, $e" >&2
		status 1 sim tb --engine $e
		is=$(told .posedge/sessions/*/journal.jsonl)
		want=$(rises .posedge/waves/tb.vcd)
		[ -n "$want" ] || fail "$1, $e: bad does not rise"
		[ "$is" = "$want" ] || fail "$1, $e: the failure is at $want, the verdict says $is"
		grep -qE "^ *$want( |\$)" "$work/out" || fail "$1, $e: the table has no row at $want"
		cd "$work" || exit 1
	done
}

# bench NAME HEAD DELAY FAIL [EXTRA]: a testbench that fails with that statement.
bench() {
	mkdir -p "$1"
	cat >"$1/tb.sv" <<-END
		$2
		module tb;
		  reg clk = 0, bad = 0;
		  reg [3:0] q = 3;
		  integer t0;
		  always #1 clk = ~clk;
		  ${5:-}
		  initial begin
		    \$dumpfile("wave.vcd");
		    \$dumpvars(0, tb);
		    $3
		    if (q !== 4) begin bad = 1; $4 end
		    #9 \$finish;
		  end
		endmodule
	END
}

ns='`timescale 1ns/1ps'
bench percent_t "$ns" '#23' '$display("FAIL: q is %0d, not 4, at %0t", q, $time);'
bench time_in_ns "$ns" '#23' '$display("ERROR: q=%0d at %0d", q, $time);'
bench no_timescale "" '#23' '$display("Error: t=%0d q=%b", $time, q);'
bench reals '`timescale 10ns/100ps' '#23.25' '$display("MISMATCH @ %.2f: q=%h", $realtime, q);'
bench format "$ns" '#23' '$timeformat(-9, 1, " ns", 12); $display("[%t] ERROR q=%0d", $realtime, q);'
bench scaled '`timescale 1ps/1ps' '#23000' '$display("FAIL %0d ns: q", $time/1000);'
bench word_error "$ns" '#23' '$error("q is %0d", q);'
bench leading '`timescale 1us/1ns' '#23' '$display("%0d: FAIL, q=%0d", $time, q);'
bench variable '`timescale 100ns/1ns' '#23' 't0 = $time; $display("ERROR: first mismatch at time %0d.", t0);'
bench brackets "$ns" '#23' '$write("FAILED q=%0d ", q); $display("(%0t)", $time);'
bench unquoted "$ns" '#23' '$display("FAIL q=", q, " time ", $time);'
bench format_error "$ns" '#23' '$timeformat(-6, 4, " us", 0); $error("q is %0d at %t", q, $time);'

bench mislabelled "$ns" '#23' '$display("FAIL @ %0t ns q", $time);'

# The step is that of the finest module, the number in the unit of another.
bench nested '`timescale 1us/1us' '#23' '$display("FAIL q at %0d", $time);' 'fine f ();'
printf '`timescale 1ns/10ps\nmodule fine; reg y = 0; initial #1.25 y = 1; endmodule\n' >nested/fine.sv
bench printer "$ns" '#2300' 'c.bad_q(q);' 'checker_of c ();'
printf '`timescale 100ns/10ns\nmodule checker_of;\n  task bad_q(input [3:0] q);\n    $display("FAIL t=%%0d: q is %%0d", $time, q);\n  endtask\nendmodule\n' >printer/checker_of.sv
bench included '`include "scale.vh"' '#23' '$display("FAIL: q at time %0d", $time);'
printf '`timescale 1us/1ns\n' >included/scale.vh

for t in percent_t time_in_ns no_timescale reals format scaled word_error leading variable brackets unquoted format_error \
	mislabelled nested printer included; do
	failing $t
done

# A line without a time: that is reported, and the marker is not a guess.
mkdir timeless && cd timeless
cat >tb.sv <<'END'
`timescale 1ns/1ps
module tb;
  reg clk = 0;
  always #1 clk = ~clk;
  initial begin
    #23 $display("FAIL: gave up after 5 tries");
    #9 $finish;
  end
endmodule
END
status 1 --json sim tb --engine icarus
[ "$(told)" = -1 ] || fail "a time was told that nobody printed"
status 1 sim tb --engine icarus
notes "has no certain time"
cd "$work"

# Our own templates, with a wrong design: the time in their line is recognised, and the
# table is at that time.
broken() { # NAME FILE ENGINE
	local want is
	status 1 --json sim --engine "$3"
	is=$(told)
	want=$(sed -n 's/.*, at \([0-9]*\).*/\1/p' "$work/out" | head -1)
	[ -n "$want" ] || fail "$1, $3: the template's line tells no time"
	[ "$is" = "$want" ] || fail "$1, $3: printed $want, told $is"
	status 1 sim --engine "$3"
	grep -qE "^ *$want " "$work/out" || fail "$1, $3: the table has no row at $want"
}
for lang in sv2017 verilog2005; do
	status 0 new lamp --language $lang
	cd lamp
	design=$(echo rtl/lamp.*)
	sed -i "s/count + 1'b1/count + 2/" "$design"
	for e in $engines; do broken "new $lang" "$design" $e; done
	# The generated testbench: its check fails until it is filled in.
	rm tb/*
	"$posedge" testbench lamp >tb/lamp_tb.${design##*.} || fail "testbench"
	for e in $engines; do broken "testbench $lang" "$design" $e; done
	cd "$work" && rm -rf lamp
done

# What says no timescale runs in that of the testbench, whichever file the tools read first: a
# delay of 3 in a design is 3 of what the testbench waits for.
# delays NAME DESIGN BENCH: the heads of d.sv and tb.sv.
delays() {
	local e
	mkdir -p "$1"
	printf '%s\nmodule d(input a, output y); assign #3 y = ~a; endmodule\n' "$2" >"$1/d.sv"
	cat >"$1/tb.sv" <<-END
		$3
		module tb;
		  reg a = 0; wire y;
		  d u(a, y);
		  initial begin
		    #10 a = 1;
		    #2 if (y !== 1) \$error("early");
		    #2 if (y !== 0) \$error("late");
		    \$finish;
		  end
		endmodule
	END
	for e in $engines; do
		cd "$work/$1"
		echo "$1, $e" >&2
		status 0 sim tb --engine $e
		says "PASS 2 checks"
		cd "$work"
	done
}
unit='timeunit 1ns; timeprecision 1ps;'
delays by_the_bench '' "$ns"
delays by_the_bench_10 '' '`timescale 10ns/1ns'
delays by_the_design "$ns" ''
delays by_a_unit '' "$unit"
delays by_the_unit_of_the_design "$unit" ''
delays by_both_ways "$ns" "$unit"
delays by_units "$unit" "$unit"
