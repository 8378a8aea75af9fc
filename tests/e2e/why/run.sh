#!/usr/bin/env bash
# run.sh [-v] ENGINE [PATTERN]: makes each bug of `bugs` in its design, simulates it,
# asks `posedge why`, and looks which step names the bug's line, and as which place.
# Prints a row for each with -v, and at the end how many are among the first five.
# Designs with interfaces run with Verilator: Icarus 11 has none.
# Needs $posedge and an empty folder to work in, which is the current one.
set -u
verbose=
[ "${1:-}" = -v ] && { verbose=1; shift; }
engine=$1 pattern=${2:-.}
source=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
total=0 found=0 near=0 seen=0
while IFS=$'\t' read -r design kind script; do
	[[ $design == \#* || ! "$design $kind" =~ $pattern ]] && continue
	folder=bug_$total
	rm -rf "$folder"
	mkdir -p "$folder" && cd "$folder" || exit 2
	sed -e "$script" "$source/$design.sv" >"$design.sv"
	cp "$source/${design}_tb.sv" .
	line=$(diff "$source/$design.sv" "$design.sv" | grep -oE '^[0-9]+' | head -1)
	if [ "$(diff "$source/$design.sv" "$design.sv" | grep -c '^>')" != 1 ]; then
		echo "no bug: $design, $kind"
		cd ..
		continue
	fi
	runs=$engine
	grep -q '^interface' "$design.sv" && runs=verilator
	"$posedge" sim --engine "$runs" --one >sim.txt 2>&1
	status=$?
	if [ $status != 1 ] || ! grep -q FAIL sim.txt; then
		echo "not noticed: $design, $kind (status $status): $(tail -1 sim.txt)"
		cd ..
		continue
	fi
	total=$((total + 1))
	"$posedge" why >why.txt 2>&1
	# "step place": the first step that names the line, and which place that is.
	read -r step place <<<"$(awk -v want="$design.sv:$line" '
		/^ *[0-9]+  / { step = $1 }
		match($0, /^      [a-z_0-9]+\.sv:[0-9]+/) {
			at = $1
			if (!(at in seen)) { seen[at]; n++ }
			if (at == want) { print step, n; exit }
		}' why.txt)"
	[ -n "$step" ] && seen=$((seen + 1))
	[ -n "$step" ] && [ "$step" -le 5 ] && found=$((found + 1))
	[ -n "$step" ] && [ "$place" -le 5 ] && near=$((near + 1))
	[ -z "$verbose" ] || echo "$folder step ${step:--} place ${place:--} $design.sv:$line $kind"
	cd ..
done <"$source/bugs"
echo "of $total: $found within five steps, $near within five places, $seen in the chain"
