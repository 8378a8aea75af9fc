#!/usr/bin/env bash
# Misbehaving plugins (tests/lib/harm.c): one that fails to start is named and skipped,
# one that hangs is abandoned, and one that crashes or exhausts memory ends posedge with
# a message naming it; afterwards everything typed and decided is still there.
. "${srcdir:?}/tests/lib/lib.sh"
so=$builddir/tests/lib/harm.so
rc=$XDG_CONFIG_HOME/posedge/posedgerc
mkdir -p "$work/p" "$XDG_DATA_HOME/posedge/plugins" && cd "$work/p"
cp "$so" "$XDG_DATA_HOME/posedge/plugins/harm.so"
printf 'set sim.memory_mb 256\nplugin harm\nset engine fake\n' >"$rc"
printf 'module a_tb;\n  initial $finish;\nendmodule\n' >a_tb.sv
# Cases that take all memory or stack, or call bytes that are not functions, end
# differently under a sanitizer.
asan=no
nm "$builddir/posedge" 2>/dev/null | grep -q __asan_init && asan=yes
# Its own handlers would turn a crash into exit(1).
export ASAN_OPTIONS=$ASAN_OPTIONS:handle_segv=0:handle_abort=0:handle_sigbus=0
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-}:handle_segv=0:handle_abort=0:handle_sigbus=0

status 0 harm
says 'no harm'
[ "$(grep -c 'it starts' "$work/err")" = 1 ] || fail "start() was heard $(grep -c 'it starts' "$work/err") times"

# Before the user has typed a word: tried in another process, named, skipped, and
# everything else continues.
left_out() {
	HARM=$1 status 0 version
	says posedge
	notes "plugins/harm.so: $2"
}
for where in entry start; do
	left_out "$where segv" 'it crashed when it was started (Segmentation fault)'
	left_out "$where abort" 'it crashed when it was started (Aborted)'
	[ $asan = yes ] || left_out "$where overflow" 'it crashed when it was started'
	left_out "$where exit" 'it ended the program when it was started (status 0)'
done
[ $asan = yes ] || left_out 'entry rubbish' 'it crashed when it was started'
[ $asan = yes ] || left_out 'start rubbish' 'it crashed when it was started'
left_out 'start loop' 'it had not started within 5 s'
[ $asan = yes ] || left_out 'start eat' 'it took more than 256 MB when it was started'

# Notified, or at the end, it does not return: abandoned, and named.
export POSEDGE_FAKE_LINT='%Warning-WIDTH: a_tb.sv:1:1: wide' POSEDGE_FAKE_RUN='PASS 1 checks'
HARM='finding loop' status 1 lint
says 'wide'
notes 'plugin harm: it was called about an event and did not return in time'
HARM='stop loop' status 0 harm
notes 'plugin harm: it was called about an event and did not return in time'
printf '/sim\n/harm\n/sim\n/quit\n' | HARM='ran loop' TERM=dumb timeout 600 "$posedge" --plain >"$work/out" 2>"$work/err" ||
	fail "plain ended with $?"
[ "$(grep -c PASS "$work/out")" -ge 2 ] || fail "no second run: $(cat "$work/out")"
grep -qh 'did not return in time' "$work/out" "$work/err" || fail "nobody is told"
grep -qh 'still busy' "$work/out" "$work/err" || fail "its command was called all the same"

# A crash in any call is reported and loses nothing. The message names the owner as far
# as the stack shows it: the plugin's code, code of posedge that it called, or neither.
ended() {
	HARM=$1 "$posedge" "${@:4}" >"$work/out" 2>"$work/err" </dev/null
	local got=$?
	[ $got = $((128 + $2)) ] || fail "$1: status $got"
	grep -qE "^posedge: ended by SIG.*; it was here, $3:" "$work/err" || fail "$1: $(cat "$work/err")"
}
called='in a call of plugin harm'
ended 'call segv' 11 'in plugin harm' harm
grep -q "$called" "$work/err" || fail "the call is not told"
ended 'call abort' 6 'in plugin harm' harm
ended 'call thread' 11 'in plugin harm' harm
grep -q "$called" "$work/err" && fail "that thread is not the call's"
ended 'call print' 11 'possibly in plugin harm' harm
ended 'call jump' 11 'possibly in plugin harm' harm
[ $asan = yes ] || ended 'call overflow' 11 'in plugin harm' harm
[ $asan = yes ] || ended 'call eat' 6 'in plugin harm' harm
[ $asan = yes ] || grep -q "$called, because posedge took more than 256 MB during it" "$work/err" || fail "no reason: $(cat "$work/err")"
ended 'finding segv' 11 'in plugin harm' lint
ended 'ran abort' 6 'in plugin harm' sim
ended 'stop segv' 11 'in plugin harm' harm

tty=$builddir/tests/screen/tty
[ -x "$tty" ] || exit 0
[ $asan = no ] || exit 0
export LC_ALL=C.UTF-8 TERM=xterm-256color
unset NO_COLOR POSEDGE_TEST_DIGESTS
BROKEN=1
printf 'plugin harm\nset lint.live off\nset sim.memory_mb 256\nbackend add m fake file=%s\nset backend m\n' "$work/answer.md" >"$rc"
printf '```systemverilog\n// file: b.sv\nmodule b;\n  wire taken;\nendmodule\n```\n' >"$work/answer.md"
for harm in 'call segv 139 SIGSEGV' 'call overflow 139 SIGSEGV' 'call eat 134 SIGABRT'; do
	read -r where what status signal <<<"$harm"
	rm -rf "$work/q" && mkdir "$work/q" && cd "$work/q" && printf '// first\n' >a.v
	cat >"$work/script" <<END
wait ask here
keys \x0f2a module\r
wait open:
keys \x0f3
keys // these words are not saved\r
wait not saved
keys \x0f2a question in the making
wait making
keys \x10harm\r
ends $status
modes
screen
END
	HARM="$where $what" timeout 600 "$tty" --size 30x130 "$posedge" a.v <"$work/script" >"$work/out" 2>"$work/err" ||
		fail "$what: $(head -n 3 "$work/err") $(tail -n 30 "$work/out")"
	cat "$work/out" "$work/err" | grep -q "ended by $signal in a call of plugin harm" || fail "$what: it is not named: $(tail -n 20 "$work/out")"
	grep -q cooked "$work/out" || fail "$what: the terminal is not given back: $(cat "$work/out")"
	printf 'wait these words\nscreen\nkey Ctrl-O 2\nwait in the making\nrun review\nwait b.sv (new file) REVIEW\nwait wire taken\n' >"$work/keys"
	"$posedge" --script "$work/keys" a.v >"$work/out" 2>"$work/err" </dev/null || fail "$what: something is lost: $(cat "$work/err" "$work/out")"
	grep -q 'these words are not saved' a.v && fail "it was saved by itself"
done
exit 0
