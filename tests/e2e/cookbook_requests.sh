#!/usr/bin/env bash
# Requests, most of them worded by somebody who had not read the cards: the right
# design in 90 %, the right numbers in 95 % of those; nothing is offered for what the
# library does not have; where the nearest is another thing, the difference is named.
# The 171 of fresh.tsv, which t_cookbook asks, say what a design does and not what it is
# called.
MEMORY=1
. "${srcdir:?}/tests/lib/lib.sh"
here=$srcdir/tests/e2e/cookbook

mkdir "$work/p" && cd "$work/p"
# Each request reads the whole session, so a session gets only a few; an earlier answer
# must not affect a later one.
put=0
request() {
	put=$((put + 1))
	[ $((put % 5)) != 0 ] || drop .posedge
	"$posedge" ask -- "$1" >"$work/out" 2>/dev/null </dev/null
}
# list FILE: its lines; under the sanitizers each eighth, for what finds a design is the same.
list() {
	if [ "${POSEDGE_SLOW:-}" = no ]; then
		awk 'NR % 8 == 1' "$1"
	else
		cat "$1"
	fi
}
asked=0 right=0 numbers=0
while IFS=$'\t' read -r request design values; do
	asked=$((asked + 1))
	request "$request"
	module=$(sed -n 's/^module: *//p' "$srcdir/backends/cookbook/$design/card.md")
	if ! grep -q "^+module $module\b" "$work/out"; then
		echo "design: $request -> $(grep -m1 -o '^+module [a-z0-9_]*' "$work/out" || echo none), not $design"
		continue
	fi
	right=$((right + 1))
	wrong=
	for pair in ${values//,/ }; do
		grep -qE "^\+ *parameter( int)? +${pair%%=*} *= *${pair#*=}\b" "$work/out" || wrong="$wrong $pair"
	done
	if [ -z "$wrong" ]; then
		numbers=$((numbers + 1))
	else
		echo "numbers: $request -> not$wrong"
	fi
done < <(list "$here/requests.tsv")
offered=0 outside=0
while IFS= read -r request; do
	[ -n "$request" ] || continue
	outside=$((outside + 1))
	request "$request"
	if grep -q '^+module' "$work/out"; then
		echo "offered: $request -> $(grep -m1 -o '^+module [a-z0-9_]*' "$work/out")"
		offered=$((offered + 1))
	fi
done < <(list "$here/outside.txt")
# For a request that the nearest design does not meet, the difference is named, or
# nothing is given.
differing=0 told=0
while IFS=$'\t' read -r request pattern; do
	differing=$((differing + 1))
	request "$request"
	if ! grep -q '^+module' "$work/out" || grep '^- ' "$work/out" | grep -qE "$pattern"; then
		told=$((told + 1))
	else
		echo "differs: $request -> $(grep -m1 -o '^+module [a-z0-9_]*' "$work/out"), and no word of $pattern"
	fi
done < <(list "$here/differs.tsv")
# A design that meets the request is given without reservation.
clean=0
while IFS= read -r request; do
	request "$request"
	if ! grep -q '^+module' "$work/out" || grep -q '^[*]*It differs' "$work/out"; then
		echo "reservation: $request -> $(grep -m1 '^- ' "$work/out")"
		clean=1
	fi
done <<'EOF'
8-bit up counter with enable and synchronous reset, and a testbench
Moore sequence detector for 1011
Mealy vending machine with nickels and dimes
uart transmitter without parity
counter modulo 12 with enable
down counter 8 bit with load
7 segment decoder, common anode
EOF
# "testbench for mine" is about the project's own module: not one of the library.
mkdir -p "$work/mine/rtl" && cd "$work/mine"
printf 'module step_counter (input clk, input rst, output reg [4:0] q);\n  always @(posedge clk) if (rst) q <= 0; else q <= q + 1;\nendmodule\n' >rtl/step_counter.v
printf 'module arbiter_x (input a, output y);\n  assign y = a;\nendmodule\n' >rtl/arbiter_x.v
mine=0
for request in "write a testbench for my counter" "Testbench für meinen Zähler" "banc de test pour mon compteur" \
	"i wrote step_counter, make a tb for my module" "a testbench for step_counter" \
	"please write tests for my counter" "Schreibe Tests für meinen Zähler"; do
	request "$request"
	grep -q '^+module step_counter_tb' "$work/out" && ! grep -q '^+module counter' "$work/out" || {
		echo "own module: $request -> $(grep -m1 -o '^+module [a-z0-9_]*' "$work/out" || echo none)"
		mine=1
	}
done
"$posedge" ask "write a testbench for my multiplier" >"$work/out" 2>/dev/null </dev/null
grep -q '^+module' "$work/out" && { echo "a testbench of a module that is not there"; mine=1; }
grep -q 'arbiter_x.*step_counter' "$work/out" || { echo "the modules that are there are not named"; mine=1; }

# A question about a design gets the commands that answer it, and no design; a request
# to make a design gets one.
while IFS= read -r request; do
	request "$request"
	if grep -q '^+module' "$work/out" || ! grep -qF '`why SIGNAL @TIME`' "$work/out"; then
		echo "question: $request -> $(head -1 "$work/out")"
		mine=1
	fi
done <<'EOF'
why is the traffic light always red?
Explain the state machine
what does this fifo do
so why does my uart transmitter send nothing
how do I simulate the counter
warum ist mein Zähler falsch?
EOF
while IFS= read -r request; do
	request "$request"
	grep -q '^+module' "$work/out" || { echo "no design: $request -> $(head -1 "$work/out")"; mine=1; }
done <<'EOF'
how do I build a traffic light?
is there a fifo?
what I need is an 8 bit counter
the counter with a testbench
EOF

echo "$told of $differing differences told"
[ $((told * 100)) -ge $((differing * 95)) ] && [ $clean = 0 ] && [ $mine = 0 ] || exit 1
echo "$right of $asked designs, $numbers of $right numbers, $offered of $outside outside offered"
[ $((right * 100)) -ge $((asked * 90)) ] && [ $((numbers * 100)) -ge $((right * 95)) ] && [ $offered = 0 ]
