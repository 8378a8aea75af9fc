#!/bin/sh
# tour.sh POSEDGE - the main job on a fresh copy of this example, step by step:
# lint, ask, look at the diff, take it, lint again, simulate, find the waves.
# Exit status 0 only when all of it worked.
set -eu
posedge=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/posedge-example.XXXXXX")
cp -R "$here/spec.md" "$here/rtl" "$work/"
cd "$work"
question='8-bit up counter with enable and synchronous reset, and a testbench'

step() {
	printf '\n== %s\n   $ posedge' "$1"
	shift
	for word in "$@"; do
		case $word in
		*' '*) printf ' "%s"' "$word" ;;
		*) printf ' %s' "$word" ;;
		esac
	done
	printf '\n\n'
}

# expect STATUS WORDS... : runs posedge and wants that exit status.
expect() {
	want=$1
	shift
	status=0
	"$posedge" "$@" || status=$?
	if [ "$status" != "$want" ]; then
		echo "posedge $1 ended with status $status, not $want" >&2
		exit 1
	fi
}

echo "A fresh copy of the example: $work"
step "1. Lint before: a width that does not fit" lint
expect 1 lint
step "2. Ask the built-in cookbook; the suggestion is a diff, and it is written because of --apply" \
	ask "$question" --apply
expect 0 ask "$question" --apply
step "3. Lint after" lint
expect 0 lint
step "4. Simulate: a verdict from checks that ran" sim
expect 0 sim
wave=$(ls "$work"/.posedge/waves/*.vcd)
step "5. The waves lie in $wave; to open them:" wave
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -z "${CI:-}" ]; then
	expect 0 wave
else
	echo "(no display here, so they stay closed)"
fi
step "6. All of it was recorded" log
expect 0 log
echo
echo "It worked. The copy is yours to play with: cd $work"
