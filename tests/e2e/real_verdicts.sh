#!/usr/bin/env bash
# Recorded solutions of the public problem set against its testbenches, through
# `posedge sim`: the class that the set's own harness gave them with Icarus. Skipped
# where the solutions or the set are not.
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog

answers=${POSEDGE_REAL_ANSWERS:-$srcdir/../shared/real-answers}/chipcraftx
data=${POSEDGE_VERILOG_EVAL:-$srcdir/../shared/verilog-eval}/spec-to-rtl
[ -d "$answers" ] && [ -d "$data" ] || exit 77
[ "${POSEDGE_SLOW:-yes}" = yes ] || exit 77

one() {
	local name=$1 dir=$work/$1
	mkdir -p "$dir"
	cp "$answers/${name}_TopModule.v" "$dir/top.sv"
	cp "$data/${name}_ref.sv" "$dir/ref.sv"
	cp "$data/${name}_test.sv" "$dir/tb.sv"
	timeout 200 "$posedge" -C "$dir" sim tb --engine icarus --no-trace >"$dir/out" 2>&1 </dev/null
	echo "$?" >"$dir/status"
}
names=$(tail -n +2 "$answers/EXPECT.tsv" | cut -f1)
for name in $names; do
	one "$name" &
	while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n; done
done
wait

# The harness calls a compile error C or S, mismatches R, and a line TIMEOUT of the
# testbench T.
bad=0 right=0
for name in $names; do
	dir=$work/$name
	want=$(grep -P "^$name\t" "$answers/EXPECT.tsv" | cut -f2)
	case $(cat "$dir/status"):$(grep -oE '^(PASS|FAIL|no verdict|did not|stopped)' "$dir/out" | head -1) in
	0:PASS) got=. ;;
	*:FAIL) got=R ;;
	*:stopped) got=T ;;
	*) got=C ;;
	esac
	case $want:${name%%_*} in
	S:*) want=C ;;
	esac
	if [ $got = "$want" ]; then
		right=$((right + 1))
	else
		echo "FAIL: $name is $got, the harness says $want: $(tail -n 2 "$dir/out" | tr '\n' ' ')"
		bad=$((bad + 1))
	fi
	rm -rf "$dir"
done
echo "$right as the harness says, $bad wrong"
[ $bad = 0 ] && [ $right -gt 140 ]
