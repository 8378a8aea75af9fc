#!/usr/bin/env bash
# When the n-th allocation fails, the program ends with one sentence and leaves files
# and journal intact; n is swept over a command that asks, writes and saves.
MEMORY=1
. "${srcdir:?}/tests/lib/lib.sh"
BROKEN=1	# what was live when memory ran out need not be written

mkdir -p "$work/p/rtl" && cd "$work/p"
cp "$srcdir/docs/example/rtl/counter.sv" rtl/
before=$(sha256sum <rtl/counter.sv)
question="8-bit up counter with enable and synchronous reset"
n=1 sentences=0
while :; do
	cp "$srcdir/docs/example/rtl/counter.sv" rtl/counter.sv
	rm -f counter_tb.sv
	got=0
	POSEDGE_TEST_FAIL_ALLOC=$n timeout 600 "$posedge" ask "$question" --apply >"$work/out" 2>"$work/err" </dev/null || got=$?
	if [ $got = 0 ]; then
		break
	fi
	[ $got = 2 ] || fail "with allocation $n failing the status is $got"
	[ "$(cat "$work/err" | grep -c 'no memory left')" = 1 ] || fail "with allocation $n failing there is no sentence"
	sentences=$((sentences + 1))
	now=$(sha256sum <rtl/counter.sv)
	[ "$now" = "$before" ] || grep -q "WIDTH = 8" rtl/counter.sv || fail "allocation $n: a file is half written"
	if ! "$posedge" log >/dev/null 2>"$work/err"; then
		grep -q "there is no session" "$work/err" || fail "allocation $n: the journal cannot be read"
	fi
	grep -q "damaged" "$work/err" && fail "allocation $n: the journal is damaged"
	# Dense at first, then in growing steps.
	n=$((n + 1 + n / 25))
done
echo "$sentences allocations failed, up to number $n"
[ $sentences -gt 50 ] || fail "only $sentences allocations were tried"
