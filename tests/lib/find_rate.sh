#!/bin/sh
# find_rate.sh QUESTIONS DESIGN - how often `posedge find` gives the right answer
# first. Run in a folder with the design; $POSEDGE is the program. Prints each miss
# and its answer, then the rates.
set -u
questions=$1 design=$2
posedge=${POSEDGE:-posedge}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
grep "^$design	" "$questions" >"$work/asked" || { echo "no questions about $design" >&2; exit 1; }

field() { # NAME: of the first answer
	sed -n "1s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$work/answer"
}
while IFS='	' read -r _ kind want question; do
	"$posedge" find --json "$question" >"$work/answer" </dev/null 2>/dev/null
	got=$(field module)
	case $kind in signal) got=$got.$(field name) ;; esac
	type=$(field type) is=$(field kind)
	[ "$type" != find ] || type=$is
	hit=0
	[ "$kind" = module ] && [ "$type" != module ] || [ "$got" != "$want" ] || hit=1
	[ "$hit" = 1 ] || echo "$kind $want: $question -> $(field kind) $(field module).$(field name)"
	echo "$kind $hit" >>"$work/hits"
done <"$work/asked"
for kind in module signal; do
	awk -v kind=$kind '$1 == kind { n++; hits += $2 } END { print kind, hits + 0, "of", n + 0 }' \
		"$work/hits"
done
