#!/usr/bin/env bash
# The manuals match the program: each `posedge COMMAND` and its options, each page that
# is named, and each `set NAME` exist.
. "${srcdir:?}/tests/lib/lib.sh"
cd "$work"
pages=("$srcdir"/README.md "$srcdir"/docs/*.md) # plugins/README.md has a test of its own

"$posedge" help >help.txt && "$posedge" help screen >>help.txt || fail "no help"
sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p' help.txt | sort -u >names
[ "$(wc -l <names)" -gt 100 ] || fail "help lists $(wc -l <names) commands"
"$posedge" set | sed -n 's/^\([a-z][a-z_.]*\) .*/\1/p' | sort -u >options
[ "$(wc -l <options)" -gt 30 ] || fail "set lists $(wc -l <options) options"
status 0 help sim.trace
says "set sim.trace vcd|fst"

# Lines of code, and text between backticks.
for page in "${pages[@]}"; do
	sed -n 's/^    //p' "$page" | grep -v '^ '
	grep -o '`[^`]*`' "$page" | tr -d '`'
done >said
sed -n 's/^posedge \(-C [^ ]* \|--json \)*\([a-z][a-z-]*\)\( .*\)\{0,1\}$/\2\3/p' said | sed 's/ # .*//' >calls
[ "$(wc -l <calls)" -gt 60 ] || fail "the pages have $(wc -l <calls) calls"
while read -r name rest; do
	case $name$rest in reset) continue ;; esac # of the Verilog that docs/bench.md quotes
	grep -qx -- "$name" names || { echo "no command $name: posedge $name $rest" && bad=1; }
	# Only the command itself: after a pipe or && comes another program.
	"$posedge" help "$name" >about 2>/dev/null
	for word in ${rest%%[|&;]*}; do
		case $word in
		--json) ;;
		--[a-z]*) grep -qe "^ *${word%%[=,]*}\( \|$\)" about || { echo "posedge $name has no ${word%%=*}" && bad=1; } ;;
		esac
	done
done <calls
sed -n 's/^\(posedge \)\{0,1\}set \([a-z][a-z_.]*\)\( .*\)\{0,1\}$/\2/p' said | sort -u >settings
while read -r name; do
	grep -qx -- "$name" options || case $name in
	backend.*) ;;
	*) echo "no option $name" && bad=1 ;;
	esac
done <settings
for page in "${pages[@]}"; do
	for named in $(grep -o '](\(docs\|plugins\|tests\|session\)/[^)#]*)' "$page" | sed 's/^](//; s/)$//') \
		$(grep -o '\bdocs/[a-z-]*\.md' "$page"); do
		[ -e "$srcdir/$named" ] || { echo "$(basename "$page") names $named" && bad=1; }
	done
done
[ -z "${bad-}" ] || fail "the manuals name what there is not"
