#!/usr/bin/env bash
# equiv: every verdict is checked. Combinational pairs are simulated with all input
# values; for sequential pairs the outcome is known.
. "${srcdir:?}/tests/lib/lib.sh"
need yosys iverilog vvp git
data=$srcdir
case $data in /*) ;; *) data=$PWD/$data ;; esac

mkdir "$work/random" && cd "$work/random" || exit 9
count=4
[ "${POSEDGE_SLOW:-}" = yes ] && count=200
awk -v n=$count -v seed=7 -v dir=. -f "$data/tests/e2e/equiv_random.awk"
for f in old new; do
	iverilog -g2012 -o $f.vvp tb.sv $f.sv && vvp -n $f.vvp >$f.txt || fail "the oracle does not run"
done
rm tb.sv
[ "$(wc -l <old.txt)" = $((256 * count)) ] || fail "the oracle says too little"
diff old.txt new.txt | awk '/^</ { print $2 }' | sort -u >differ
got=0
timeout 1800 "$posedge" --json equiv new.sv old.sv >"$work/out" 2>"$work/err" || got=$?
[ $got = 1 ] || fail "equiv ended with $got"
sed 's/.*"module":"\([^"]*\)","verdict":"\([^"]*\)".*/\1 \2/' "$work/out" | sort >said
[ "$(wc -l <said)" = $count ] || fail "not all are judged"
awk 'NR == FNR { d[$1] = 1; next } { print $1, $1 in d ? "different" : "equal" }' differ said >true
cmp -s said true || fail "wrong: $(diff said true | head -n 4)"

# Sequential pairs, and pairs that differ in x.
mkdir "$work/pairs" && cd "$work/pairs" || exit 9
awk -v slow="${POSEDGE_SLOW:-}" '/^#/ { next }
	/^====/ { skip = $4 == "slow" && slow != "yes" }
	skip { next }
	/^====/ { if (n) print "endmodule" >new; n++; print $2, $3 >"want"; name = $2
		old = "old.sv"; new = "new.sv"; out = old; printf "module %s(", name >out; next }
	/^----/ { print "endmodule" >out; out = new; printf "module %s(", name >out; next }
	{ print >out }
	END { print "endmodule" >out }' "$data/tests/e2e/equiv_pairs.txt"
got=0
timeout 1800 "$posedge" --json equiv new.sv old.sv >"$work/out" 2>"$work/err" || got=$?
[ $got = 1 ] || fail "equiv ended with $got"
sed 's/.*"module":"\([^"]*\)","verdict":"\([^"]*\)".*/\1 \2/' "$work/out" >said
cmp -s said want || fail "wrong: $(diff said want)"

# A counterexample is a testbench that passes before and fails now, and waves.
mkdir "$work/one" && cd "$work/one" || exit 9
git init -q . && git config user.email a@b && git config user.name a
cat >q.v <<'V'
module q(input clk, rst, input [3:0] d, output reg [3:0] s);
  always @(posedge clk) if (rst) s <= 0; else s <= s + d;
endmodule
V
git add q.v && git commit -qm one
cp q.v was.v.txt
status 0 equiv q.v
says 'q against HEAD: equal (proved)'
says 'clock clk: a step is a cycle'
says 'rst is 1 in the first 2 steps'
sed -i 's/s + d/s + d + (s == 4 \&\& d == 3)/' q.v
status 1 equiv q.v HEAD
says 'different: step '
bench=$(sed -n 's/.*fails now: //p' "$work/out") wave=$(sed -n 's/.*its waves: //p' "$work/out")
for f in was.v.txt q.v; do
	iverilog -g2005 -o x.vvp "$bench" $f && vvp -n x.vvp >$f.out || fail "no testbench"
done
grep -q '^All tests passed' was.v.txt.out || fail "it does not pass before"
grep -q '^FAIL step .*: s is ' q.v.out || fail "it does not fail now"
status 0 wave "$wave" --text
says 'posedge_failures'

# Against an earlier moment, and with the given reset.
"$posedge" mark before >/dev/null 2>&1
status 2 equiv q.v before
notes 'does not know what q.v held'
cp q.v r.v && sed -i 's/ + (s == 4 .*3)//' r.v
diff -u q.v r.v | sed 's|^--- .*|--- a/q.v|; s|^+++ .*|+++ b/q.v|' >x.diff
rm r.v
status 0 apply x.diff --apply
status 1 equiv q.v before
says 'different: step '
status 0 equiv q.v last
says 'against event '
status 2 equiv q.v HEAD --reset nope
notes 'no input of one bit is called nope'
status 2 equiv q.v HEAD --depth 0
notes '--depth takes a number'
status 2 equiv
notes 'name a FILE'

# Code that yosys cannot read is named by its line; a proof that takes too long is
# undecided.
cp was.v.txt q.v
printf 'interface i; endinterface\nmodule q(input a, output b);\n  assign b = a inside {1, 0};\nendmodule\n' >r.sv
status 3 equiv r.sv r.sv
says 'not decided: the earlier version: yosys does not read r.sv:'
# Whether two 32-bit numbers have that product: a prime times a prime.
printf 'module m(input [31:0] a, b, output y);\n  assign y = 0;\nendmodule\n' >m.v
sed "s/y = 0/y = {32'd0, a} * {32'd0, b} == 64'ha21c68fe3c132cd7/" m.v >n.v
status 3 equiv n.v m.v --seconds 2
says 'not decided: yosys did not end within 2 s'

# There z3 decides if no x is possible, and is never wrong. It runs after sat, so this
# takes its share of the time.
if [ "${POSEDGE_SLOW:-}" = yes ] && command -v z3 >/dev/null && command -v yosys-smtbmc >/dev/null; then
	printf 'module w(input [15:0] a, b, c, output [15:0] y);\n  assign y = a * b + a * c;\nendmodule\n' >w.v
	sed 's/a \* b + a \* c/(b + c) * a/' w.v >v.v
	status 0 equiv v.v w.v --seconds 60
	says 'equal (proved)'
	sed "s/(b + c) \* a/(b + c) * a + (a == 16'd40503 \&\& b == 16'd60493)/" v.v >u.v
	grep -q 60493 u.v || fail "u.v is right"
	got=0
	timeout 600 "$posedge" equiv u.v w.v --seconds 40 >"$work/out" 2>"$work/err" || got=$?
	[ $got = 1 ] || [ $got = 3 ] || fail "a wrong one: $got"
	# With registers: those of the later version are never x after the reset.
	printf 'module w(input clk, rst, en, input [7:0] a, b, output reg [15:0] q);\n  always @(posedge clk) if (rst) q <= 0; else if (en) q <= q + a * b;\nendmodule\n' >w.v
	sed 's/a \* b/b * a/' w.v >v.v
	status 0 equiv v.v w.v --seconds 60 --depth 10
	says 'equal (proved)'
	sed "s/q + a \* b/q + b * a + (a == 137 \&\& b == 211)/" w.v >u.v
	grep -q 211 u.v || fail "u.v is right"
	got=0
	timeout 600 "$posedge" equiv u.v w.v --seconds 40 --depth 10 >"$work/out" 2>"$work/err" || got=$?
	[ $got = 1 ] || [ $got = 3 ] || fail "a wrong one with registers: $got"
	sed 's/if (rst) q <= 0; else if (en) q <= q + a \* b/if (en) q <= q + b * a/' w.v >u.v
	got=0
	timeout 600 "$posedge" equiv u.v w.v --seconds 40 --depth 10 >"$work/out" 2>"$work/err" || got=$?
	[ $got = 1 ] || [ $got = 3 ] || fail "one without a reset: $got"
fi

# An answer names the parameter values for which it holds.
before=$PWD
mkdir "$work/values" && cd "$work/values" || exit 9
cat >w.v <<'V'
module w #(parameter W = 4, FAST = 0, localparam L = 2) (input [W-1:0] a, output [W-1:0] y);
  assign y = FAST ? a : ~a;
endmodule
V
sed 's/FAST ? a/FAST ? a + 1/' w.v >v.v
status 0 equiv w.v v.v
says 'equal (proved)'
says '  parameters are W=4, FAST=0; for other values nothing is known'
status 0 differ w.v v.v
says '  parameters are W=4, FAST=0; for other values nothing is known'
rm v.v
status 0 set parameters FAST=1
printf 'module w #(parameter W = 4, FAST = 0) (input [W-1:0] a, output [W-1:0] y);\n  assign y = FAST ? a : ~a;\n  always @* assert (y != a || FAST);\nendmodule\n' >w.v
status 0 prove w.v
says '  parameters are W=4, FAST=1;'
cd "$before" || exit 9

# Without yosys nothing is claimed about the design.
mkdir "$work/bin"
for t in git bash sh bwrap prlimit; do
	at=$(command -v $t) && ln -s "$at" "$work/bin/$t"
done
TEST_PATH=$work/bin status 2 equiv q.v
notes 'yosys is not installed: apt-get install yosys'
