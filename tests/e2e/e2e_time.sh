#!/usr/bin/env bash
# Going back to an earlier moment, returning from it, and forking a session from it.
. "${srcdir:?}/tests/lib/lib.sh"
mkdir "$work/p" && cd "$work/p"
cat >"$XDG_CONFIG_HOME/posedge/posedgerc" <<E
backend add one fake file=$work/answer
set backend one
E
answer() { printf '```verilog m.sv\nmodule m;\n  wire %s;\nendmodule\n```\n\n```verilog %s.sv\nmodule %s;\nendmodule\n```\n' "$1" "$2" "$2" >"$work/answer"; }
printf 'module m;\n  wire a;\nendmodule\n' >m.sv
cp m.sv "$work/m0"

answer b extra
status 0 ask "first" --apply
cp m.sv "$work/m1"
grep -q 'wire b' m.sv || fail "the first answer was not applied"
status 0 mark good
status 2 mark 12
answer c later
status 0 ask "second"
status 0 review --take 1
status 0 review --take all --apply
grep -q 'wire c' m.sv || fail "the second answer was not applied"
status 0 review
says "for later.sv (new file)"

# Back to the mark: the file as it was, no open suggestion.
status 0 rewind good
says 'rewind back'
cmp m.sv "$work/m1" || fail "m.sv is not as it was at the mark"
status 0 review
says "nothing waits"
# And back from there: the suggestion is open again.
status 0 rewind back
grep -q 'wire c' m.sv || fail "going back undid nothing"
status 0 review
says "for later.sv (new file)"
# To a moment before the first answer: a file made since is removed, and comes back.
first=$(timeout 600 "$posedge" log | sed -n 's/.*#\([0-9]*\) *asked.*first$/\1/p')
[ -n "$first" ] || fail "the log does not show the first question: $(timeout 600 "$posedge" log)"
status 0 rewind "#$first"
cmp m.sv "$work/m0" || fail "m.sv is not as it was at first"
[ ! -e extra.sv ] || fail "a file that was made later is still there"
status 0 rewind back
[ "$(cat extra.sv)" = "module extra;
endmodule" ] || fail "what was removed did not come back"
status 2 rewind 99999
notes "neither an event"
status 2 rewind no-such-mark
status 0 log
says "mark: good"
says "rewound to #$first"

# Changes by another program are not discarded: they are in the history.
status 0 rewind good
echo "// by hand" >>m.sv
status 0 rewind "#$first"
cmp m.sv "$work/m0" || fail "m.sv is not as it was"
status 0 rewind back
grep -q "by hand" m.sv || fail "what stood in the file before the rewind did not come back"

# A fork has the same past, its own future, and names its parent.
parent=$(ls .posedge/sessions | tail -n 1)
timeout 600 "$posedge" log >"$work/before"
status 0 fork good
fork=$(sed -n 's/^session \([^ ]*\) goes on.*/\1/p' "$work/out")
[ "$fork" = "$(ls .posedge/sessions | tail -n 1)" ] || fail "the fork is not the newest session"
status 0 log
says "forked from $parent#"
says "mark: good"
silent_on "rewound"
status 0 rewind last
cmp m.sv "$work/m1" || fail "the fork did not write the files of its moment"
status 0 note "in the fork"
timeout 600 "$posedge" log --session "$parent" >"$work/after" 2>/dev/null || timeout 600 "$posedge" --session "$parent" log >"$work/after"
cmp "$work/before" "$work/after" || fail "the fork changed its parent"
# The chain of the fork is whole, by hand.
previous=
while IFS= read -r line; do
	body=${line%,\"sum\":*}
	sum=$(printf '%s%s' "$previous" "$body" | sha256sum | cut -c1-64)
	[ "$line" = "$body,\"sum\":\"$sum\"}" ] || fail "the fork's chain is broken: $line"
	previous=$sum
done <".posedge/sessions/$fork/journal.jsonl"
# On the screen a fork starts at once: with the current files, or those of that moment.
tty=$builddir/tests/screen/tty
[ -x "$tty" ] && {
	export LC_ALL=C.UTF-8 TERM=xterm-256color
	mkdir "$work/f" && cd "$work/f"
	printf 'module f;\nendmodule\n' >f.sv
	cp f.sv "$work/f0"
	timeout 600 "$tty" --size 30x120 "$posedge" f.sv >"$work/out" 2>"$work/err" <<'S' || fail "fork: $(head -n 2 "$work/err")"
wait module f
keys \x0f3// one
wait // one
keys \x13
wait saved f.sv
keys \x0fpmark first\r
wait `first` now
keys // two
wait // two
keys \x13
wait saved f.sv
keys \x0fpfork first\r
wait go there?
keys n
gone go there?
wait // two
keys \x0fpfork first\r
wait go there?
keys y
gone go there?
wait rec
keys \x0fplog history\r
wait opened spec.md
keys \x0fpnote in the fork\r
wait note
keys \x0fpfork first\r
wait go there?
keys t
wait rewind back
gone // two
wait // one
keys \x0fpsession\r
wait letters search
keys \r
gone letters search
wait rec
keys \x11
ends 0
modes
S
	says "cooked, main screen"
	grep -q "// one" f.sv && ! grep -q "// two" f.sv || fail "the files are not as they were then: $(cat f.sv)"
	# Nor does it matter in which folder the program was started.
	mkdir "$work/elsewhere" && cd "$work/elsewhere"
	timeout 600 "$tty" --size 30x120 "$posedge" ../f/f.sv >"$work/out" 2>"$work/err" <<'S' || fail "fork elsewhere: $(head -n 2 "$work/err")"
wait module f
keys \x0fpfork last\r
wait go there?
keys y
gone go there?
wait rec
keys \x0fpsession\r
wait letters search
keys \r
gone letters search
wait rec
keys \x11
ends 0
modes
S
	cd "$work/f"
	[ "$(ls .posedge/sessions | wc -l)" = 4 ] || fail "not four sessions"
	for s in .posedge/sessions/*; do status 0 verify "${s##*/}"; done
	[ "$(grep -l '"parent":"[^"]' .posedge/sessions/*/journal.jsonl | wc -l)" = 3 ] || fail "not three forks"
	cd "$work"
}

# A file that a rewind removes is no longer shown, and the design is linted without it.
mkdir "$work/g" && cd "$work/g"
printf 'module g;\nendmodule\n' >g.sv
cat >"$work/keys" <<'S'
size 24 120
wait lint ok
run mark first
wait `first` now
run new-file more.sv
wait [more.sv]
key Ctrl-O 3
type module more;
key Enter
type endmodule
key Ctrl-S
wait saved more.sv
run lint
wait lint ok (2 files
run rewind first
wait rewind back
gone more.sv
wait lint ok
S
status 0 --script "$work/keys"
[ ! -e more.sv ] || fail "the file is still there"
status 0 log
silent_on "was not linted"

# The comparison of live states notices a difference.
sed -E '$s/[0-9a-f]{64}$/'"$(printf '0%.0s' $(seq 64))/" "$POSEDGE_TEST_DIGESTS" >"$work/another"
"$builddir/tests/lib/fold_check" "$work/another" "$work" >"$work/out" 2>"$work/err" && fail "another state passes"
notes "the live state was another one"
exit 0
