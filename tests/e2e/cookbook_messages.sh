#!/usr/bin/env bash
# Every message card tells the truth: its bad example gets that message and no
# other from Verilator, its good example none at all. Of CODE-case.md the message
# is CODE, of SYNTAX- and ERROR- an error without a code; POSEDGE_ messages are posedge's own.
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

# block CARD Bad|Good: the first indented block after that line.
block() {
	awk -v want="$2:" '
		$0 == want { on = 1; next }
		!on { next }
		/^    / { printf "%s%s\n", held, substr($0, 5); held = ""; seen = 1; next }
		/^$/ { if (seen) held = held "\n"; next }
		{ exit }' "$1"
}

# lint FOLDER bad|good: the output of Verilator.
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
	title=${code%%-*} want=${code%%-*} as=sv
	case $code in
	SYNTAX-*) title="syntax error" want=Error ;;
	ERROR-*) title="error" want=Error ;;
	POSEDGE_ASSIGNREG) as=v ;;
	esac
	n=$((n + 1))
	dir=$work/$code
	mkdir "$dir" || exit 99
	block "$card" Bad >"$dir/bad.sv"
	block "$card" Good >"$dir/good.sv"

	head -n 1 "$card" | grep -q "^### $title: ." || fail "$code: the first line is not '### $title: title'"
	for which in bad good; do
		grep -q "^module $which\>" "$dir/$which.sv" || fail "$code: no module $which"
	done

	case $code in POSEDGE_*)
		for which in bad good; do
			mkdir "$dir/$which" && mv "$dir/$which.sv" "$dir/$which/$which.$as" || exit 99
			got=$(cd "$dir/$which" && HOME=$dir XDG_CONFIG_HOME=$dir XDG_DATA_HOME=$dir "$builddir/posedge" lint 2>&1)
			codes=$(sed -nE 's/^[^ ]+ (error|risk) ([A-Z_]+) .*/\2/p' <<<"$got" | sort -u | xargs)
			[ "$codes" = "$([ $which = bad ] && echo "$code")" ] || fail "$code: the $which example shows"$'\n'"$got"
		done
		continue
		;;
	esac

	# A message of an error without a code counts as "Error"; not the line
	# that only says Verilator gives up.
	got=$(lint "$dir" bad)
	codes=$(echo "$got" | grep -v '^%Error: Exiting due to' |
		sed -nE 's/^%(Warning|Error)-([A-Z0-9]+):.*/\2/p; s/^%(Warning|Error):.*/\1/p' | sort -u | xargs)
	[ "$codes" = "$want" ] || fail "$code: the bad example shows '$codes'"$'\n'"$got"
	got=$(lint "$dir" good) || fail "$code: Verilator fails on the good example"
	[ -z "$got" ] || fail "$code: the good example shows"$'\n'"$got"
done

if [ $# -eq 0 ] && [ "$n" -lt "$least" ]; then
	fail "$n cards, fewer than $least"
fi
# Each finding of posedge's own has one.
own=$(sed -nE 's/^ \*     ([A-Z]+)  .*/\1/p' "${srcdir:-.}/session/lint/own_lint.h")
[ -n "$own" ] || fail "own_lint.h names no findings"
for code in $own; do
	[ -f "$cards/POSEDGE_$code.md" ] || fail "POSEDGE_$code has no card"
done
echo "$n cards"
exit "$failed"
