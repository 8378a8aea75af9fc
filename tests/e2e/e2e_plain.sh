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

# A line goes into the file as it was typed: no comment, no quotes, no blanks of a command.
mkdir "$work/bytes" && cd "$work/bytes"
typed='  m #(.A(1)) u ("a  b", '"'"'1);  // it'"'"'s \n'
printf 'one\r\ntwo\r\n' >crlf.v
printf 'one\ntwo\n' >"a b.v"
printf 'one\ntwo' >open.v
printf '%s\n' "/line crlf.v 2 $typed" "/insert crlf.v 1 // zero" "/insert \"a b.v\" 3 $typed" "/line open.v 2 $typed" \
	"/line crlf.v 9 x" "/delete open.v 9" "/delete none.v 1" "/undo open.v" "/undo open.v" "/redo open.v" "/delete crlf.v 2" \
	"/line 'a b.v' 1 \"1\"" '/insert a" "b.v 1 #0' "/delete 'a b.v' 5" |
	timeout 60 "$posedge" --plain >"$work/out" 2>"$work/err" || fail "editing ended with $?"
printf '// zero\r\n%s\r\n' "$typed" | cmp - crlf.v || fail "other bytes than typed, with CRLF"
printf '#0\n"1"\ntwo\n%s\n' "$typed" | cmp - "a b.v" || fail "other bytes than typed, at the end"
printf 'one\n%s\n' "$typed" | cmp - open.v || fail "other bytes than typed, in the last line"
says "3: $typed"
says "deleted 2: one"
says "open.v: nothing to undo"
notes "crlf.v has 4 lines"	# as /show counts them: the last one is empty
notes "open.v has 3 lines"
notes "a b.v ends before line 5"
[ ! -e none.v ] || fail "a deletion made a file"

# A question, a note and a name are text, too: options come before it.
printf '%s\n' "/ask what's #(.N(4)) --x?" "/ask \"what's  in quotes\"" "/ask -- --file is text" "/btw  who's #1?" "/note it's #1  done" \
	"/mark before lunch" "/rewind before lunch" "/ask --nonsense x" "/log" | timeout 60 "$posedge" --plain >"$work/out" 2>"$work/err" || fail "texts ended with $?"
for said in "asked cookbook: what's #(.N(4)) --x?" "asked cookbook: what's  in quotes" "asked cookbook: --file is text" \
	"asked cookbook outside the conversation: who's #1?" "note: it's #1  done" "mark: before lunch"; do
	sed 's/^[0-9:]* *#[0-9]* *//' "$work/out" | grep -qxF -- "$said" || fail "not recorded: $said"
done
says "rewound to #"
notes "ask: no option --nonsense"

# With a file, /apply is the shell's command; without, it writes what was decided.
printf -- '--- a/open.v\n+++ b/open.v\n@@ -1,1 +1,1 @@\n-one\n+uno\n' >one.diff
printf '%s\n' "/apply one.diff" "/apply" "/take all" "/apply" "/help" | timeout 60 "$posedge" --plain >"$work/out" 2>"$work/err" || fail "applying ended with $?"
notes "nothing is decided yet: take or refuse lines first"
grep -q "^open.v: took [12], refused 0, open 0; saved" "$work/out" || fail "not applied: $(cat "$work/out")"
[ "$(head -n 1 open.v)" = uno ] || fail "the diff was not applied"
[ "$(grep -c '^/apply ' "$work/out")" = 1 ] || fail "help has /apply twice"

cd "$work/p"
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

# What is said may come from a file.
printf '/note from a file\n' >said
timeout 60 "$posedge" --plain <said >"$work/out" 2>"$work/err" || fail "a file as input: $?"
timeout 60 "$posedge" --plain </dev/null >"$work/out" 2>"$work/err" || fail "no input: $?"
status 0 log
says "from a file"
