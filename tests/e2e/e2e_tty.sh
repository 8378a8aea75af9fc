#!/usr/bin/env bash
# The real program in a pty, read by a terminal library: the main job, odd terminals,
# signals, resizing, and keys that arrive in pieces.
. "${srcdir:?}/tests/lib/lib.sh"
need_tty
need verilator_bin

# play OPTIONS...: a fresh copy of the example, the script on stdin.
play() {
	drop "$work/p" && mkdir "$work/p" && cp -r "$srcdir/docs/example/." "$work/p"
	again "$@"
}
again() {
	(cd "$work/p" && timeout 600 "$tty" "$@" "$posedge") >"$work/out" 2>"$work/err" || fail "the screen's script failed: $(head -n 2 "$work/err")"
}

# The main job with keys that every terminal has; after a restart everything is there
# again.
play <<'S'
wait 0 err 2 risk
keys \x0f2
keys an 8-bit up counter with enable and synchronous reset, and a testbench\r
wait suggestions wait
keys \x0fv
wait open 21
wait if you stop here: 0 errors, 2 risks  if you take the rest: lint ok
keys A
wait taken 21
wait if you stop here: lint ok
keys \r
wait open 63
keys A
wait nobody has looked at 51
keys y
wait taken 63
keys \r
wait 2 files: took 84
wait lint ok
keys \x0fr
wait sim PASS 666 checks
keys \x11
ends 0
modes
S
says "cooked, main screen"
grep -q "WIDTH" "$work/p/rtl/counter.sv" || fail "what was taken is not in the file"
again <<'S'
wait counter_tb.sv
wait sim PASS 666 checks
keys \x0fq
ends 0
S

# Once, a user is told what this terminal is known to do.
export TMUX=/nowhere,1,0
play --size 24x80 <<'S'
wait tmux may delay Esc and keep copies to itself
keys \x11
ends 0
S
again --size 24x80 <<'S'
wait 0 err 2 risk
wait Ctrl-O menu
keys \x11
ends 0
S
silent_on "tmux may delay"
unset TMUX

# F-keys, Shift-arrows, the mouse, a paste; unsaved edits are there at the next start.
play --size 40x130 <<'S'
wait 0 err 2 risk
keys \e[<0;70;5M\e[<0;70;5m
wait code*
keys \e[H\e[1;2F\e[3~
keys \e[200~// pasted\e[201~
wait // pasted
again \eOP letters search
keys \e
gone letters search
keys \e[18~
wait err
keys \x11
wait keep unsaved
keys k
ends 0
modes
S
says "cooked, main screen"
again --size 40x130 <<'S'
wait 1 unsaved
wait // pasted
keys \x1a\x1a
gone 1 unsaved
keys \x11
ends 0
S

# Sequences cut in the middle, byte by byte and late: ESC waits for longer than a busy
# machine needs.
ESCDELAY=60000 play <<'S'
wait 0 err 2 risk
keys \x0f3
wait code*
keys \e
keys [
keys B
wait 2:1
keys \e[
keys 1;
keys 5F
wait 17:1
keys \x0fq
ends 0
S

# Cut by a stop of the program, so that its time is over when the rest is read.
ESCDELAY=1000 play <<'S'
wait 0 err 2 risk
keys \x0f3
wait code*
keys \e
signal STOP
stopped
keys [?2026;2$y
bytes
bytes
bytes
bytes
bytes
bytes
signal CONT
keys \e[
signal STOP
stopped
keys B
bytes
bytes
bytes
bytes
bytes
bytes
signal CONT
wait 2:1
gone 2026
screen
keys \x0fq
ends 0
S
silent_on "unsaved"

# A resize storm while an answer streams.
play <<'S'
wait 0 err 2 risk
keys \x0f2
keys an asynchronous fifo, 16 deep, and a testbench\r
size 50 200
size 10 30
size 1 1
size 200 500
size 3 10
size 24 80
wait wait: F8
size 30 100
wait wait: F8
size 24 80
keys \x0fq
ends 0
S

# A terminal that reads slowly drops frames, not keys.
play --slow 40 <<'S'
wait 0 err 2 risk
keys \x0f3
stop
keys abcdefghijklmnopqrstuvwxyz\r\r\r\r
go
wait abcdefghijklmnopqrstuvwxyz
keys \x11
wait keep unsaved
keys k
ends 0
S

# Signals and a closed terminal: the terminal is restored, the session intact.
for signal in TERM HUP INT USR1 USR2 ALRM XCPU; do
	play <<S
wait 0 err 2 risk
keys \\x0f3
wait code*
keys typed before
wait typed before
signal $signal
ends 0
modes
S
	says "cooked, main screen"
	(cd "$work/p" && "$posedge" log) >"$work/out" 2>"$work/err" || fail "the journal after SIG$signal"
	silent_on damaged
done
play <<'S'
wait 0 err 2 risk
hangup
ends 0
S

# A crash: the terminal is restored, the record is intact, and the place is printed. A
# sanitizer's own handlers would end it with another status.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}handle_segv=0:handle_abort=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0"
n=0
for signal in SEGV ABRT BUS QUIT FPE ILL; do
	n=$((n + 1))
	play --size 30x200 <<S
wait 0 err 2 risk
keys \\x0f3
wait code*
keys typed before $signal
wait typed before $signal
signal $signal
ends $((128 + $(kill -l $signal)))
modes
screen
S
	says "cooked, main screen"
	says "posedge: ended by SIG$signal; all that was recorded is in "
	dir=$(tr -d '\n' <"$work/out" | grep -o '/[^ ]*/.posedge/sessions/[-0-9a-f]*' | head -n 1)
	[ -f "$dir/journal.jsonl" ] || fail "it does not say where the session is"
	again --size 30x200 <<S
wait typed before $signal
keys \\x0fq
wait unsaved
keys k
ends 0
S
done
play <<'S'
wait 0 err 2 risk
signal TSTP
stopped
modes
signal CONT
size 25 80
wait 0 err 2 risk
keys \x0fq
ends 0
S
says "cooked, main screen"
# After fg (and SIGCONT alone) an earlier moment is redrawn without a key.
play <<'S'
wait 0 err 2 risk
keys \x0fplog history\r
wait opened
keys \r
wait q leaves, b rewinds
signal TSTP
stopped
gone q leaves, b rewinds
signal CONT
wait q leaves, b rewinds
bytes
signal CONT
draws 500
wait q leaves, b rewinds
keys q
gone q leaves, b rewinds
keys \x0fq
ends 0
S

# Many kinds of terminals; one that cannot move its cursor gets a sentence.
for term in xterm-256color tmux-256color screen linux vt100 xterm; do
	TERM=$term play <<'S'
wait 0 err 2 risk
keys \x0f3
wait code*
keys \x0fq
ends 0
modes
S
	says "cooked, main screen"
done
for term in dumb no-such-terminal ""; do
	TERM=$term play --size 24x200 <<'S'
ends 2
screen
S
	says "posedge --plain"
	says "TERM=xterm-256color"
done

# No UTF-8: ASCII signs, and other characters by name.
LC_ALL=C play <<'S'
wait 0 err 2 risk
keys \x0f3
wait code*
screen
keys \x0fq
ends 0
S
if grep -nP '[^\x00-\x7f]' "$work/out"; then fail "beyond ASCII in the C locale"; fi

# Every byte value, twice, as input; then it still works.
all=$(for i in $(seq 0 255); do [ "$i" = 17 ] || [ "$i" = 15 ] || printf '\\x%02x' "$i"; done)
play <<S
wait 0 err 2 risk
keys \\x0f3
wait code*
keys $all
keys $all
keys \\x03\\x03
keys \\x0fq
wait unsaved:
keys k
ends 0
S

# 500 letters typed while ten answers arrive decide nothing, and all are typed.
{
	printf 'wait 0 err 2 risk\n'
	for n in $(seq 10); do
		printf 'keys \\x0f2ask %s\\r\\x0f3\\x1b[F' "$n"
		printf 'ynAYNRuynsecqyynAYNRuynsecqyynAYNRuynsecqyynAYNRuyns'
		printf '\nwait review %s\n' "$n"
	done
	printf 'keys \\x13\nwait ynAYNRuynsecqy\ngone unsaved\nkeys \\x11\nends 0\n'
} >"$work/typing"
{ printf 'Here:\n```verilog rtl/m.sv\nmodule m;\n'; seq -f '  wire w%g;' 200; printf 'endmodule\n```\n'; } >"$work/answer.md"
printf 'backend add m fake file=%s pieces=7\nset backend m\n' "$work/answer.md" >"$XDG_CONFIG_HOME/posedge/posedgerc"
play --size 40x130 <"$work/typing"
rm "$XDG_CONFIG_HOME/posedge/posedgerc"
grep -q '"type":"suggest"' "$work"/p/.posedge/sessions/*/journal.jsonl || fail "no suggestion came"
grep -E '"type":"(decide|amend|apply)"' "$work"/p/.posedge/sessions/*/journal.jsonl && fail "a typed key decided"
[ "$(grep -o 'ynAYNRuynsecqyynAYNRuynsecqyynAYNRuynsecqyynAYNRuyns' "$work/p/rtl/counter.sv" | wc -l)" = 10 ] || fail "typed letters were lost"

# Out of memory at many moments: one sentence, and the terminal is restored. Live state
# that was unwritten is not part of the journal.
typed=$(printf 'abcdefgh%.0s' $(seq 40))
drop "$work/p"
for n in 20 100 300 600 1000 1400 1800; do
	rm -rf "$work/p" && mkdir "$work/p" && cp -r "$srcdir/docs/example/." "$work/p"
	(cd "$work/p" && printf 'keys \\x0f3'"$typed"'\nends 2\nmodes\nscreen\n' |
		timeout 600 env POSEDGE_TEST_FAIL_ALLOC=$n "$tty" "$posedge") >"$work/out" 2>"$work/err"
	says "cooked, main screen"
	says "no memory left"
done
rm -rf "$work/p" "$POSEDGE_TEST_DIGESTS"
mkdir "$work/p" && cp -r "$srcdir/docs/example/." "$work/p"

# F5 in a review simulates what was taken, and changes no file.
play --size 40x130 <<'S'
wait 0 err 2 risk
keys \x0f2
keys an 8-bit up counter with enable and synchronous reset, and a testbench\r
wait suggestions wait
keys \x0fv
wait open 21
keys A
wait taken 21
keys \t
wait open 63
keys A
wait taken 63
keys \e[15~
wait with what you took: rtl/counter.sv, counter_tb.sv
wait sim PASS 666 checks
keys q\x11
ends 0
S
[ ! -e "$work/p/counter_tb.sv" ] || fail "simulating a review wrote a file"
cmp "$work/p/rtl/counter.sv" "$srcdir/docs/example/rtl/counter.sv" || fail "simulating a review changed a file"

# A suggestion for a file that was edited meanwhile is merged.
play --size 40x130 <<'S'
wait 0 err 2 risk
keys \x0f2
keys an 8-bit up counter with enable and synchronous reset\r
wait suggestions wait
keys \x0f3
keys \e[1;5F// typed meanwhile\r
wait 1 unsaved
keys \x0fv
wait the file changed since: merged
wait open 21
keys A
wait taken 21
keys \r
wait (new file) REVIEW
wait open 63
keys \r
wait took 21
wait typed meanwhile
keys \x0f3\x13
gone 1 unsaved
keys \x11
ends 0
S
grep -qx "// typed meanwhile" "$work/p/rtl/counter.sv" || fail "what was typed is gone"
grep -q "WIDTH" "$work/p/rtl/counter.sv" || fail "what was taken is not there"

# A question that was typed and not sent survives a kill, in a file of its session that
# only its owner reads; it comes back once, and nothing sends it.
drop "$work/p" && mkdir "$work/p" && cp -r "$srcdir/docs/example/." "$work/p"
{
	printf '%s\n' 'wait 0 err 2 risk' 'keys \x0f2' 'keys half a quest\e\rion' 'wait half a quest'
	# What is on the screen is stored.
	printf '%s\n' 'wait ion' 'signal KILL' 'ends 137'
} | again
kept=$(cat "$work"/p/.posedge/sessions/*/draft) || fail "the question is not kept"
[ "$kept" = $'half a quest\nion' ] || fail "the question is kept as: $kept"
[ "$(stat -c %a "$work"/p/.posedge/sessions/*/draft)" = 600 ] || fail "others can read the question"
again <<'S'
wait half a quest
wait ion
keys \x0f2
keys \x03
gone half a quest
keys \x0fq
ends 0
S
ls "$work"/p/.posedge/sessions/*/draft >/dev/null 2>&1 && fail "the question was given up, and is kept"
grep -q "half a quest" "$work"/p/.posedge/sessions/*/journal.jsonl && fail "what was not sent is in the journal"
# A link in its place is not followed.
ln -s "$work/secret" "$work/p/.posedge/sessions/$(ls "$work/p/.posedge/sessions" | head -n 1)/draft"
echo "of another file" >"$work/secret"
again <<'S'
wait 0 err 2 risk
keys \x0f2
keys mine
wait mine
keys \x11
ends 0
S
[ "$(cat "$work/secret")" = "of another file" ] || fail "a link was followed"

# A file that is named is opened alone: what was open stays closed, but for edits, and
# is there again when none is named.
drop "$work/p" && mkdir "$work/p" && cp -r "$srcdir/docs/example/." "$work/p"
for name in saved typed; do printf 'module %s;\nendmodule\n' $name >"$work/p/$name.sv"; done
again --size 40x130 <<'S'
wait [rtl/counter.sv]
keys \x0fo
wait open
keys saved\r
wait [saved.sv]
keys \x0fo
keys typed\r
wait [typed.sv]
keys // mine
wait 1 unsaved
keys \x11
wait keep unsaved
keys k
ends 0
S
(cd "$work/p" && timeout 600 "$tty" --size 40x130 "$posedge" rtl/counter.sv) >"$work/out" 2>"$work/err" <<'S' || fail "a file alone: $(head -n 2 "$work/err")"
wait [rtl/counter.sv]
wait 0 err 2 risk
screen
keys \x11
wait keep unsaved
keys k
ends 0
S
says "typed.sv"
silent_on "saved.sv"
again --size 40x130 <<'S'
wait saved.sv
keys \x11
wait keep unsaved
keys k
ends 0
S

# The mouse over the waves: what is there, by its whole name, at the time there.
mkdir "$work/w"
{
	printf '$timescale 1ns $end\n$scope module tb $end\n$var reg 1 ! clk $end\n$var wire 4 " q [3:0] $end\n'
	printf '$upscope $end\n$enddefinitions $end\n#0\n0!\nbx "\n#5\n1!\nb11 "\n#10\n0!\n#15\n1!\nb101 "\n#20\n0!\n#30\n1!\n'
} >"$work/w/a.vcd"
(cd "$work/w" && timeout 600 "$tty" --size 24x80 "$posedge" wave a.vcd --tui) >"$work/out" 2>"$work/err" <<'S' || fail "the mouse over the waves: $(head -n 2 "$work/err")"
wait clk
keys \e[<35;10;3M
wait tb.clk = 1 at 30 ns
keys \e[<35;14;4M
wait tb.q = x at 0
keys \x11
ends 0
modes
S
says "cooked, main screen"
