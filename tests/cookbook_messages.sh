#!/usr/bin/env bash
# Every message card tells the truth: its bad example gets that message and no
# other from Verilator, its good example none at all.
# With arguments, only those cards, and not their number.
set -u
command -v verilator_bin >/dev/null || exit 77
cards=${srcdir:-.}/backends/cookbook/messages
least=40
failed=0
n=0
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT

fail() {
	echo "FAIL $*"
	failed=1
}

# block CARD Bad|Good: the first indented block behind that line.
block() {
	awk -v want="$2:" '
		$0 == want { on = 1; next }
		!on { next }
		/^    / { printf "%s%s\n", held, substr($0, 5); held = ""; seen = 1; next }
		/^$/ { if (seen) held = held "\n"; next }
		{ exit }' "$1"
}

# lint FOLDER bad|good: what Verilator prints.
lint() {
	(cd "$1" && verilator_bin --lint-only -Wall -Wno-fatal --timing "$2.sv" 2>&1)
}

if [ $# -gt 0 ]; then
	files=("${@/#/$cards/}")
	files=("${files[@]/%/.md}")
else
	files=("$cards"/*.md)
fi
for card in "${files[@]}"; do
	code=$(basename "$card" .md)
	n=$((n + 1))
	dir=$work/$code
	mkdir "$dir" || exit 99
	block "$card" Bad >"$dir/bad.sv"
	block "$card" Good >"$dir/good.sv"

	head -n 1 "$card" | grep -q "^### $code: ." || fail "$code: the first line is not '### $code: title'"
	for which in bad good; do
		grep -q "^module $which\>" "$dir/$which.sv" || fail "$code: no module $which"
	done

	# A message of an error without a code counts as "Error"; not the line
	# that only says Verilator gives up.
	got=$(lint "$dir" bad)
	codes=$(echo "$got" | grep -v '^%Error: Exiting due to' |
		sed -nE 's/^%(Warning|Error)-([A-Z0-9]+):.*/\2/p; s/^%(Warning|Error):.*/\1/p' | sort -u | xargs)
	[ "$codes" = "$code" ] || fail "$code: the bad example shows '$codes'"$'\n'"$got"
	got=$(lint "$dir" good) || fail "$code: Verilator fails on the good example"
	[ -z "$got" ] || fail "$code: the good example shows"$'\n'"$got"
done

if [ $# -eq 0 ] && [ "$n" -lt "$least" ]; then
	fail "$n cards, fewer than $least"
fi
echo "$n cards"
exit "$failed"
