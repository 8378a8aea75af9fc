#!/usr/bin/env bash
# `posedge why` on the bugs of tests/e2e/why: how many of each group are found within
# the first five steps.
MEMORY=1
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog vvp verilator_bin
source=$(cd "$srcdir/tests/e2e/why" && pwd)
export posedge

# The suite. Its order does not matter; a quick run takes one of the designs.
mkdir -p "$work/bugs" && cd "$work/bugs" || exit 1
fresh='^(cache|router|bus) '
other='^(spi|pipe|motor) '
newest='^(axil|stages|sampler|dma) '
unseen='^(matrix|video|micro) '
others='^(mac|queues|cordic) '
styles='^(timers|tiny|usbdev) '
last='^(codec|alarm) '
usual='^(afifo|i2c|acc8|wrr|gpio|lights|biquad|divu) '
mixed='^(spim|i2cs|lru|vgab|deb|crcf|nrdiv|l2c|p5) '
suite() { # PATTERN LEAST PERCENT
	"$source/run.sh" -v icarus "$1" >"$work/out" 2>"$work/err" || fail "the suite did not run"
	says "within five steps"
	silent_on "no bug"
	silent_on "not noticed"
	read -r total found <<<"$(sed -n 's/^of \([0-9]*\): \([0-9]*\) within five steps.*/\1 \2/p' "$work/out")"
	tail -1 "$work/out"
	[ "$total" -ge "$2" ] || fail "only $total bugs"
	[ $((found * 100)) -ge $((total * $3)) ] || fail "$found of $total bugs within five steps"
	rm -rf bug_*
}
if [ "${POSEDGE_SLOW:-}" = no ]; then
	suite '^core' 15 90
else
	suite '^(fifo|uart|core|link|filter) ' 60 95
	suite "$fresh" 45 88
	suite "$other" 30 78
	suite "$newest" 40 75
	suite "$unseen" 30 63
	suite "$others" 30 60
	suite "$styles" 30 46
	suite "$last" 20 60
	suite "$usual" 40 52
	suite "$mixed" 45 58
fi
