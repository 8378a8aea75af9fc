#!/usr/bin/env bash
# What bash offers behind a part of a command line, asked as bash asks it. The help, which
# people read, says what must be there.
MEMORY=1
. "${srcdir:?}/tests/lib/lib.sh"
cd "$work" || exit 1
"$posedge" completion >script
# shellcheck disable=SC1091
. ./script

# offered WORD...: what may follow, the last word being unfinished.
offered() {
	COMP_WORDS=(posedge "$@")
	COMP_CWORD=$#
	COMPREPLY=()
	_posedge
	printf '%s\n' "${COMPREPLY[@]}"
}

has() {
	offered "${@:2}" | grep -qxe "$1" || fail "after ${*:2}: $1 is not offered"
}

only() {
	[ "$(offered "${@:2}" | tr '\n' ' ')" = "$1 " ] ||
		fail "after ${*:2}: $(offered "${@:2}" | tr '\n' ' ')"
}

# Each command that the help names, except those of rc files, and each of its options.
"$posedge" help | sed -n '/In a posedgerc/q; s/^  \([a-z]*\)  .*/\1/p' >commands
[ "$(wc -l <commands)" -gt 40 ] || fail "the help lists $(wc -l <commands) commands"
while read -r command; do
	has "$command" "${command%?}"
	"$posedge" help "$command" | sed -n 's/^    \(--*[A-Za-z-]*\).*/\1/p' >options
	while read -r option; do
		has "$option" "$command" "${option%?}"
	done <options
done <commands

# Files are for bash to find: nothing is offered where one may stand.
only '' lint ''
only '' lint rtl/
only '' rtl/fi
# An option of posedge before the command, with its value.
only lint -C set lin
only lint --json lin
# Options of `set`, their values, and those of `help`.
only 'sim.folder' set sim.fol
only 'fst' set sim.trace f
"$posedge" set engine icarus || fail "icarus is offered, and not taken"
has icarus set engine ''
has screen help scr
# bash knows the function by the program's name.
complete -p posedge | grep -q -- '-F _posedge posedge' || fail "not registered"
