#!/usr/bin/env bash
# The whole main job in line mode: the same commands, by number, without escape codes.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin
export TERM=dumb
mkdir "$work/p" && cp -r "$srcdir/docs/example/." "$work/p" && cd "$work/p"
timeout 600 "$posedge" --plain >"$work/out" 2>"$work/err" <<'S' || fail "plain ended with $?"
/lint
8-bit up counter with enable and synchronous reset, and a testbench
/review
/take 1
/review
/take all
/apply
/review
/take all
/apply
/show rtl/counter.sv 1 3
/insert rtl/counter.sv 1 // by hand
/undo rtl/counter.sv
/sim
/nosuch
/take
/log
/quit
never asked
S
says "risk WIDTH"
says "21 changes to decide on"
says "hardware, if all is taken:"
says "counter: parameter WIDTH added (8)"
says "hardware, by what is decided so far:"
says "    1 ?     1 - // A first try"
says "counter.sv: took 21, refused 0, open 0; saved"
says "counter_tb.sv: took 63"
says "1: // Up counter"
says "PASS 666 checks"
notes "nosuch: no such command"
notes "there is nothing to review"
silent_on "never asked"
if grep -q $'\033' "$work/out"; then fail "escape codes"; fi
grep -q "by hand" rtl/counter.sv && fail "undo did not reach the file"
[ "$(head -c 13 rtl/counter.sv)" = "// Up counter" ] || fail "the file is not what was taken"

# The end of input is a quiet exit; the second start continues the session.
printf '/log\n' | timeout 600 "$posedge" --plain >"$work/out" 2>"$work/err" || fail "the second start"
says "took 63, refused 0"

# Beside a running one: a session of its own, which names the other.
mkdir "$work/q" && cd "$work/q" && echo "module m; endmodule" >m.sv
mkfifo "$work/first"
timeout 600 "$posedge" --plain <"$work/first" >"$work/out1" 2>&1 &
exec 9>"$work/first"
echo "/note the first" >&9
limit=$((SECONDS + 300))
until grep -qs "the first" .posedge/sessions/*/journal.jsonl; do
	[ $SECONDS -lt $limit ] || fail "the first one records nothing"
done
printf '/line m.sv 1 module n; endmodule\n/consent yes\n/log\n' | timeout 600 "$posedge" --plain >"$work/out" 2>"$work/err" ||
	fail "the one beside ended with $?"
says "this is a session of its own"
says "the first"
says ", beside "
says "may be exported"
says "edited m.sv"
exec 9>&-
wait $! || fail "the first one ended with $?"
[ "$(find .posedge/sessions -name journal.jsonl | wc -l)" = 2 ] || fail "two at once are not two sessions"
