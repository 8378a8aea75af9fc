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
BROKEN=1

groups="lint design sim tiny why calls mutant judge text stream sync moments graph record review screen live busy waves start letter"
for group in ${ROWS:-$groups}; do
	[ "$(type -t "${group}_rows")" = function ] || stop "there is no group $group, only: $groups"
done
table_begin
for group in ${ROWS:-$groups}; do
	"${group}_rows"
done
table_end
