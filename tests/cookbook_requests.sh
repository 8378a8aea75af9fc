#!/usr/bin/env bash
# Requests worded by somebody who had not read the cards: the right design in
# 90 %, the right numbers in 95 % of those; nothing offered for what the
# library does not have. Where these were first asked, before the cards and the
# search were changed after them, 101 of the first 123 were right, and of the
# last 36 29.
. "${srcdir:?}/tests/lib.sh"
here=$srcdir/tests/cookbook

mkdir "$work/p" && cd "$work/p"
asked=0 right=0 numbers=0
while IFS=$'\t' read -r request design values; do
	asked=$((asked + 1))
	"$posedge" ask -- "$request" >"$work/out" 2>/dev/null </dev/null
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
done <"$here/requests.tsv"
offered=0 outside=0
while IFS= read -r request; do
	[ -n "$request" ] || continue
	outside=$((outside + 1))
	"$posedge" ask -- "$request" >"$work/out" 2>/dev/null </dev/null
	if grep -q '^+module' "$work/out"; then
		echo "offered: $request -> $(grep -m1 -o '^+module [a-z0-9_]*' "$work/out")"
		offered=$((offered + 1))
	fi
done <"$here/outside.txt"
echo "$right of $asked designs, $numbers of $right numbers, $offered of $outside outside offered"
[ $((right * 100)) -ge $((asked * 90)) ] && [ $((numbers * 100)) -ge $((right * 95)) ] && [ $offered = 0 ]
