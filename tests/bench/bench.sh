#!/usr/bin/env bash
# The figures, in one table: make bench [ROWS="lint screen"]. Nearly all are ratios of
# two commands measured side by side in this run. A row beside a program that is not
# here (nano, vim, a simulator) is left out with a sentence; each step has a limit, and
# the bench ends at the first one that fails. The groups:
#
#   rows_tools.sh     lint design sim tiny why calls mutant judge
#   rows_stream.sh    text stream sync
#   rows_session.sh   moments graph record review
#   rows_screen.sh    screen live busy waves start letter
set -u
. "${srcdir:?}/tests/lib/lib.sh"
. "$srcdir/tests/bench/table.sh"
. "$srcdir/tests/bench/pairs.sh"
. "$srcdir/tests/bench/rows_tools.sh"
. "$srcdir/tests/bench/rows_stream.sh"
. "$srcdir/tests/bench/rows_session.sh"
. "$srcdir/tests/bench/rows_screen.sh"
# What is measured is the program as it is used: no digest of each state.
unset POSEDGE_TEST_DIGESTS
# Scratch folders of a program that is stopped go with $work.
mkdir "$work/scratch"
export TMPDIR=$work/scratch
BROKEN=1

groups="lint design sim tiny why calls mutant judge text stream sync moments graph record review screen live busy waves start letter"
for group in ${ROWS:-$groups}; do
	[ "$(type -t "${group}_rows")" = function ] || stop "there is no group $group, only: $groups"
done

# When the bench is stopped, what it started is ended, too. That is in process groups of
# its own, which Ctrl-C does not reach. In the background, so that a trap need not wait.
children_of() {
	local pid
	for pid in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do
		children_of "$pid"
		echo "$pid"
	done
}
stopped() {
	local -a pids
	local tenth
	trap '' INT TERM HUP
	pids=($(children_of $$))
	kill "${pids[@]}" 2>/dev/null
	for tenth in $(seq 1 50); do
		kill -0 "${pids[@]}" 2>/dev/null || break
		sleep 0.1
	done
	kill -KILL "${pids[@]}" 2>/dev/null
	exit 130
}
all_rows() {
	table_begin
	for group in ${ROWS:-$groups}; do
		"${group}_rows"
	done
	table_end
}
trap stopped INT TERM HUP
all_rows &
wait $!
