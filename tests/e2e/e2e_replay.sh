#!/usr/bin/env bash
# Replaying a recorded session: printed, by keys on the screen, with its lints and
# simulations run again; and a session that is damaged.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin
export LC_ALL=C.UTF-8 TERM=xterm-256color
unset NO_COLOR

mkdir "$work/p" && cd "$work/p" && cp -r "$srcdir/docs/example/." .
status 2 replay
notes "there is no session in"
status 0 ask "an 8-bit up counter with enable and synchronous reset, and a testbench" --apply
status 0 note "here it is"
status 0 lint
status 0 sim --one
session=$(ls -d .posedge/sessions/*)
id=${session##*/}

# Viewing changes nothing.
sums() { find .posedge -type f ! -name lock -exec sha256sum {} + | sort; }
sums >"$work/before"

status 0 replay
says "asked cookbook: an 8-bit up counter"
says "pass, 666 checks"
cp "$work/out" "$work/printed"
status 0 replay "$id" --plain
cmp -s "$work/out" "$work/printed" || fail "--plain prints something else"
status 0 --plain replay
cmp -s "$work/out" "$work/printed" || fail "posedge --plain replay prints something else"
status 2 replay 20200101-000000-000000
notes "there is no session 20200101-000000-000000"

# Today's tools give the same results for the recorded texts, whatever is in the folder
# now.
cp rtl/counter.sv "$work/good.sv"
echo "broken" >rtl/counter.sv
status 0 replay --rerun
says "2 lints and simulations run again: 0 differ"
cp "$work/good.sv" rtl/counter.sv

# Keys, on a screen in memory.
cat >"$work/keys" <<'S'
wait the end
wait 666 checks
key Home
wait event 0 of
wait no file yet
key m
wait here it is
key M
wait none before
key e
wait counter
key Left
wait paused
key Right
key ]
key [
key 5
size 24 66
wait lists the keys
gone menu
size 24 80
key End
wait the end
key ?
wait q leaves
key +
wait times as fast
key x y Ctrl-S F5
key q
S
status 0 --script "$work/keys" replay --speed 1000
status 2 --script "$work/keys" replay --speed fast
notes "--speed fast"
status 2 --script "$work/keys" replay nosuch
notes "there is no session nosuch"

sums >"$work/after"
cmp -s "$work/before" "$work/after" || fail "looking changed something: $(diff "$work/before" "$work/after")"

# The line of the run that confirms stands below what the first one printed.
cp -r "$work/p" "$work/c" && cd "$work/c" && rm -rf .posedge
cp "$work/good.sv" rtl/counter.sv
status 0 sim
engine=$(sed -n 's/.*"type":"run".*"engine":"\([a-z]*\)".*"confirms":[1-9].*/\1/p' .posedge/sessions/*/journal.jsonl)
if [ "$engine" ]; then
	printf 'size 40 130\nwait the end\nwait %s: PASS 666 checks\n' "$engine" >"$work/keys"
	status 0 --script "$work/keys" replay --speed 1000
fi
cd "$work/p"

# Typing, undo and decisions on the screen are replayed.
mkdir "$work/s" && cd "$work/s" && cp -r "$srcdir/docs/example/." .
cat >"$work/keys" <<'S'
size 40 130
wait 0 err 2 risk
run set lint.live off
key Ctrl-O 3
type // typed
key Enter
type gone
key Ctrl-Z
key Ctrl-O 2
type an 8-bit up counter with enable and synchronous reset, and a testbench
key Enter
wait wait: F8
key F8
wait REVIEW
gone one moment
key y n
wait refused 1
key q
S
status 0 --script "$work/keys"
cat >"$work/keys" <<'S'
size 40 130
wait the end
wait // typed
gone gone
key d
wait none after
key D
wait taken 1 refused 0
key d
wait taken 1 refused 1
key E
gone REVIEW
wait gone
key Home
key Space
wait taken 1 refused 1
wait the end
S
status 0 --script "$work/keys" replay --speed 20
cd "$work/p"

# In a real terminal: pause, seek, step, leave; the terminal is restored.
tty=$builddir/tests/screen/tty
if [ -x "$tty" ]; then
	timeout 600 "$tty" --size 30x130 "$posedge" replay --speed 1000 >"$work/out" 2>"$work/err" <<'S' || fail "the screen's script failed: $(head -n 2 "$work/err")"
wait the end
wait PASS 666 checks
keys 0
wait event 0 of
wait paused
keys \e[C
wait event 1 of
keys s
wait 21 lines, open
keys r
gone 21 lines, open
wait paused
keys r
wait PASS 666 checks
keys \e[D
gone PASS 666 checks
keys 0
keys \x20
wait the end
size 24 80
wait the end
keys q
ends 0
modes
S
	says "cooked, main screen"
fi

# A changed file that the session did not open: what was run is not there any more.
mkdir "$work/q" && cd "$work/q" && mkdir rtl && cp "$work/good.sv" rtl/counter.sv && cp ../p/counter_tb.sv .
status 0 sim --one
status 0 replay --rerun
says "1 lints and simulations run again: 0 differ"
sed -i 's/count + /count - /' rtl/counter.sv
cmp -s rtl/counter.sv "$work/good.sv" && fail "the design was not changed"
status 3 replay --rerun
notes "1 could not be run again: rtl/counter.sv had another text then, which is not in the session"

# A file that the session did not open: as it is today, and that is said, if it
# was changed since; as it was, if it was opened later and not changed before.
mkdir "$work/t" && cd "$work/t"
printf 'module t(output wire [3:0] y);\n`include "part.svh"\nendmodule\n' >t.sv
printf "  assign y = 4'd1;\n" >part.svh
status 0 lint t.sv
status 0 replay --rerun
says "1 lints and simulations run again: 0 differ"
silent_on "read as today"
cp part.svh "$work/part.svh"
printf "  assign y = 9'd1;\n" >part.svh
status 1 replay --rerun
says "1 differ"
notes "changed since, and not in the session, so read as today: part.svh"
cp -p "$work/part.svh" part.svh && touch -d '2001-01-01' part.svh
printf "  assign y = 9'd1;\n" | diff -u --label a/part.svh --label b/part.svh part.svh - >"$work/part.diff"
status 0 apply "$work/part.diff"
status 0 review --take all --apply
grep -q "9'd1" part.svh || fail "the diff was not applied"
status 0 replay --rerun
says "1 lints and simulations run again: 0 differ"
silent_on "read as today"
cd "$work/p"

# An event of a newer posedge, a torn end, a missing text.
cd "$work/p"
journal=$session/journal.jsonl
cp -r .posedge "$work/kept"
previous=$(tail -n 1 "$journal" | tail -c 67 | head -c 64)
body="{\"n\":$(($(wc -l <"$journal") + 1)),\"t\":1,\"type\":\"hologram\""
printf '%s,"sum":"%s"}\n' "$body" "$(printf %s "$previous$body" | sha256sum | cut -c1-64)" >>"$journal"
status 0 replay
says "something that a newer posedge recorded"
printf 'wait the end\nkey q\n' >"$work/keys"
status 0 --script "$work/keys" replay --speed 1000
truncate -s -5 "$journal"
status 1 replay
says "666 checks"
notes "the journal is damaged at line"
status 1 log
says "666 checks"
notes "the journal is damaged at line"
status 1 log --json
status 1 export --markdown
notes "the journal is damaged at line"
cp "$journal" "$work/torn"
sed -i 1s/./x/ "$journal"
status 1 log
notes "the journal is damaged at line 1, byte 0"
cp "$work/torn" "$journal"
printf 'wait the journal is damaged\nkey q\n' >"$work/keys"
status 0 --script "$work/keys" replay --speed 1000
rm -rf .posedge && cp -r "$work/kept" .posedge
[ -n "$(ls "$session/texts")" ] || fail "no text is kept beside the journal"
rm "$session"/texts/*
status 0 replay
says "666 checks"
printf 'wait the first text of\nkey q\n' >"$work/keys"
status 0 --script "$work/keys" replay --speed 1000
status 3 replay --rerun
notes "could not be run again: the first text of"

# A recorded session as a backend: the same answer in another project, and a
# sentence for a question that was not asked then.
mkdir "$work/r" && cd "$work/r"
rm -rf "$work/p/.posedge" && cp -r "$work/kept" "$work/p/.posedge"
printf 'backend add demo replay path=%s\nset backend demo\n' "$work/p/$session/journal.jsonl" >"$XDG_CONFIG_HOME/posedge/posedgerc"
mkdir rtl && cp "$srcdir/docs/example/rtl/"* rtl/
status 0 ask "an 8-bit up counter with  enable and synchronous reset, and a testbench" --apply
cmp -s rtl/counter.sv "$work/good.sv" || fail "the recorded answer gave another file"
status 0 sim --one
says "PASS 666 checks"
status 0 ask "a 12-bit up counter with enable and synchronous reset, and a testbench"
says "recorded session and not a model"
says '> an 8-bit up counter'
says 'only in yours "a 12"'
printf 'backend add demo replay session=nosuch\nset backend demo\n' >"$XDG_CONFIG_HOME/posedge/posedgerc"
status 2 ask "an 8-bit up counter"
notes "nosuch"
echo "replay: ok"
