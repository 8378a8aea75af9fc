#!/usr/bin/env bash
# posedge wave FILE as a picture, a table, in words: of dumps as they come.
. "${srcdir:?}/tests/lib/lib.sh"
export LC_ALL=C
mkdir "$work/p" && cd "$work/p" || exit 1

same() { diff -u - "$work/out" >&2 || fail "posedge $*: other text"; }

# Without a tool: a dump by hand, with x, z, an event and a real.
{
	printf '$timescale 1ns $end\n$scope module tb $end\n$var reg 1 ! clk $end\n$var wire 4 " q [3:0] $end\n'
	printf '$var real 64 # level $end\n$var event 1 %% done $end\n$upscope $end\n$enddefinitions $end\n'
	printf '#0\n0!\nbx "\nr0 #\n#5\n1!\nb11 "\n#10\n0!\nr1.5 #\n#15\n1!\nbz "\n1%%\n#20\n0!\n#25\n1!\nb1x0 "\n#30\n0!\n'
} >a.vcd
status 0 wave a.vcd --plain
same <<'END'
t=0: clk=0; q=x; level=0
t=5 ns: clk 0->1; q x->3
t=10 ns: clk 1->0; level 0->1.5
t=15 ns: clk 0->1; q 3->z; done fires
t=20 ns: clk 1->0
t=25 ns: clk 0->1; q z->X
t=30 ns: clk 1->0
END
status 0 wave a.vcd --text --from 10ns --signals q,tb.level,done
same <<'END'
          time  q     level      done
         10 ns  3       1.5
         15 ns  z       1.5         1
         25 ns  X       1.5
END
status 0 wave a.vcd --draw --signals clk,q
same <<'END'
             |0            |5 ns         |10 ns        |15 ns        |20 ns        |25 ns        v
 clk       0 ______________/~~~~~~~~~~~~~\_____________/~~~~~~~~~~~~~\_____________/~~~~~~~~~~~~~\
 q[3:0]    X xxxxxxxxxxxxxx|3                          |z--------------------------|X
 30 ns  of 30 ns
END
LC_ALL=C.UTF-8 status 0 wave a.vcd --draw --signals clk --to 20ns
says '▁╱▔'

# What is wrong is one sentence, and nothing is printed.
for bad in "--text --from soon" "--text --signals nothing" "--from 3ns" "--text --from 20ns --to 10ns" "--plain --to 5parsec"; do
	status 2 wave a.vcd $bad
	[ "$(wc -l <"$work/err")" = 1 ] && [ ! -s "$work/out" ] || fail "wave $bad: not one sentence"
done
printf 'this is no dump\n' >no.vcd
status 2 wave no.vcd --text
status 2 wave gone.vcd --text
notes 'gone.vcd is not there'
# Empty, cut, and without a signal.
printf '$timescale 1ns $end\n$enddefinitions $end\n#0\n' >none.vcd
status 0 wave none.vcd --draw
head -c 230 a.vcd >cut.vcd
status 0 wave cut.vcd --plain
says 't=0: clk=0'

# The words of a real run are those of the simulator's own reader.
if command -v iverilog >/dev/null && command -v vcd2fst >/dev/null && command -v fst2vcd >/dev/null; then
	printf '`timescale 1ns/1ps\nmodule r;\n reg clk = 0; reg [15:0] n = 0;\n always #5 clk = ~clk;\n always @(posedge clk) n <= n * 3 + 1;\n initial begin $dumpfile("r.vcd"); $dumpvars; #2000 $finish; end\nendmodule\n' >r.v
	iverilog -o r r.v && vvp -n r >/dev/null || fail "the run itself"
	vcd2fst r.vcd r.fst && fst2vcd r.fst >again.vcd || fail "the other reader"
	status 0 wave r.vcd --plain --signals n
	cut -d: -f2 "$work/out" | sed -n 's/.*->\(.*\)/\1/p' >ours
	awk '/^b/ { print substr($1, 2) }' again.vcd | tail -n +2 | while read -r bits; do
		printf '%04x\n' $((2#$bits))
	done >theirs
	[ "$(wc -l <theirs)" -gt 100 ] || fail "there is nothing to compare"
	diff theirs ours >&2 || fail "other values than vcd2fst's"
fi
