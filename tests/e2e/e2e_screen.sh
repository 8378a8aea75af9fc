#!/usr/bin/env bash
# The screen apart from the main job: it shows a file as it is, an external editor gets
# the whole terminal, leaving waits for saving, and a second instance on the same
# project has a session of its own.
. "${srcdir:?}/tests/lib/lib.sh"
need_tty
echo 'set lint.live off' >"$XDG_CONFIG_HOME/posedge/posedgerc"

# play OPTIONS...: in $work/p as it is, the script on stdin.
play() {
	(cd "$work/p" && timeout 600 "$tty" "$@") >"$work/out" 2>"$work/err" || fail "the screen's script failed: $(head -n 2 "$work/err")"
}

# The text of the zoomed code pane, without the gutter: the rows between the
# title and the status line.
code_text() { sed -e 1d -e '$d' -e "/^ *~\$/d" -e "s/^.\{1,6\}//" -e "s/ *\$//" "$work/out" | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'; }

# Letters, deleted words, joined and split lines, undo, redo, movement: after saving,
# the file has the text on the screen.
for seed in 1 2 3; do
	drop "$work/p" && mkdir "$work/p"
	for i in 1 2 3 4 5 6 7 8; do echo "  assign w$i = a[$i] & ä€$i;"; done >"$work/p/m.sv"
	{
		echo 'wait m.sv'
		echo 'keys \x0f3'
		echo 'keys \x0fz'
		awk -v seed=$seed 'BEGIN {
			srand(seed)
			n = split("a|;|  |begin|end|\\r|\\r|\\x7f|\\x7f|\\e[3~|\\e[A|\\e[B|\\e[C|\\e[D|\\e[H|\\e[F|\\x1a|\\x19|é|[|]|日本", key, "|")
			for (i = 0; i < 150; i++)
				printf "keys %s\n", key[1 + int(rand() * n)]
		}'
		echo 'keys \x13'
		echo 'wait saved m.sv'
		echo 'screen'
		echo 'keys \x11'
		echo 'ends 0'
	} | play --size 60x120 "$posedge" m.sv
	# A wide character is followed by an empty cell.
	expand -t 4 "$work/p/m.sv" | sed 's/ *$//' | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' >"$work/file"
	code_text >"$work/shown"
	[ "$(wc -l <"$work/file")" -gt 5 ] || fail "seed $seed: nothing is left of the file"
	cmp -s "$work/file" "$work/shown" || {
		diff "$work/file" "$work/shown" >&2
		fail "seed $seed: the screen shows another text than the file has"
	}
done

# $EDITOR gets the terminal, and Ctrl-C there is its own; its changes are an edit that
# can be undone, and an answer arrives meanwhile.
drop "$work/p" && mkdir "$work/p" && echo "module m; endmodule" >"$work/p/m.sv"
cat >"$work/editor" <<E
#!/bin/sh
trap 'echo interrupted >>"$work/told"' INT
echo "the editor is here"
until read -r line && [ -n "\$line" ]; do :; done
echo "// \$line" >>"\$1"
E
chmod +x "$work/editor"
printf 'one two three' >"$work/answer.md"
echo "backend add m fake file=$work/answer.md pieces=20 every_ms=20" >>"$XDG_CONFIG_HOME/posedge/posedgerc"
echo "set backend m" >>"$XDG_CONFIG_HOME/posedge/posedgerc"
cat >"$work/script" <<'S'
wait module m
keys \x0f2
keys hello\r
keys \x0f3
keys \eOS
wait the editor is here
keys \x03
keys from outside\n
wait // from outside
wait one two three
keys \x1a
gone // from outside
keys \x19
wait // from outside
keys \x13\x11
ends 0
modes
S
VISUAL=$work/editor play "$posedge" m.sv <"$work/script"
says "cooked, main screen"
[ "$(cat "$work/told")" = interrupted ] || fail "Ctrl-C did not reach the editor"
[ "$(cat "$work/p/m.sv")" = "module m; endmodule
// from outside" ] || fail "Ctrl-S and Ctrl-Q in one breath did not save"

# Two files and quitting at once: nothing is asked, both are saved.
play "$posedge" m.sv <<'S'
wait from outside
keys \x0f1# R1\x13\x0f3// both\x13\x11
ends 0
S
[ "$(cat "$work/p/spec.md")" = "# R1" ] || fail "the first of two files was not saved"
grep -q "// both" "$work/p/m.sv" || fail "the second of two files was not saved"

# An editor that fails leaves the text alone.
VISUAL=false play "$posedge" m.sv <<'S'
wait module m
keys \x0f3
keys \eOS
wait your text is as it was
keys \x11
ends 0
S
# Another program writes or removes the file, with and without edits of ours: reported
# or asked once each time.
cat >"$work/others" <<'E'
#!/bin/sh
case $(head -n 1 "$1") in
*one*) echo "module two; endmodule" >"$POSEDGE_TEST_FILE" ;;
*two*) rm "$POSEDGE_TEST_FILE" ;;
esac
E
chmod +x "$work/others"
drop "$work/p" && mkdir "$work/p" && echo "module one; endmodule" >"$work/p/m.sv"
cat >"$work/script" <<'S'
wait module one
keys \x0f3
keys \eOS
wait as it was
keys \e[B
wait changed on disk: read again
wait module two
keys \eOS
wait as it was
keys \e[A
wait m.sv is gone from the disk:  w write it again
wait module two
keys k
gone is gone
keys // ours\x13
wait is gone from the disk:  w write it again
keys w
wait saved m.sv
keys \x11
ends 0
S
VISUAL=$work/others POSEDGE_TEST_FILE=$work/p/m.sv play "$posedge" m.sv <"$work/script"
grep -q "// ours" "$work/p/m.sv" || fail "what was gone from the disk was not written again"

# Two instances: the second says so, and neither loses what the other did. The first
# continues when the second is done.
drop "$work/p" && mkdir "$work/p" && echo "module m; endmodule" >"$work/p/m.sv"
mkfifo "$work/first"
(cd "$work/p" && timeout 600 "$tty" "$posedge" m.sv <"$work/first" >"$work/out1" 2>"$work/err1") &
exec 9>"$work/first"
printf 'wait module m\nkeys \\x0f3\nkeys // first \nwait // first\n' >&9
limit=$((SECONDS + 300))
until grep -qs '"by":"you"' "$work"/p/.posedge/sessions/*/journal.jsonl; do
	[ $SECONDS -lt $limit ] || fail "the first one records nothing"
done
play "$posedge" m.sv <<'S'
wait another posedge has this project open: this is a session of its own
keys \x0fpconsent yes\r
wait may be exported as training data
keys \x0f3
keys // second \x13
wait saved m.sv
keys \x11
ends 0
S
printf 'keys \\x13\nwait changed on disk, and you have edits\nkeys \\e\ngone you have edits\nkeys \\x11\nwait keep unsaved\nkeys k\nends 0\n' >&9
exec 9>&-
wait $! || fail "the first one failed: $(head -n 5 "$work/err1")"
[ "$(find "$work/p/.posedge/sessions" -name journal.jsonl | wc -l)" = 2 ] || fail "two at once are not two sessions"
grep -q "// second" "$work/p/m.sv" || fail "what the second one saved is gone"
for id in $(cd "$work/p/.posedge/sessions" && ls -d */); do
	grep -q '"sum":"' "$work/p/.posedge/sessions/$id/journal.jsonl" || fail "session $id is empty"
done

# A paragraph is shown as it arrives, long before its line ends; meanwhile the words are
# counted, and Esc ends it. What was shown is in the journal.
drop "$work/p" && mkdir "$work/p" && echo "module m; endmodule" >"$work/p/m.sv"
printf 'alpha bravo charlie and so on, never to its end' >"$work/answer.md"
cat >"$XDG_CONFIG_HOME/posedge/posedgerc" <<S
set lint.live off
backend add m fake file=$work/answer.md pieces=20 every_ms=600000
backend add shut fake file=/nonexistent/answer
set backend m
S
play --size 40x120 "$posedge" m.sv <<'S'
wait module m
keys \x0f2
keys tell me\r
wait alpha bravo charlie
wait 3 words
screen
keys \e
wait cancelled
keys \x11
ends 0
S
says "answering"
silent_on "never to its end"
grep -q '"text":"alpha bravo charlie' "$work"/p/.posedge/sessions/*/journal.jsonl || fail "what was shown is not recorded"

# A question whose backend cannot open is not asked, and stays to be asked again.
play --size 40x120 "$posedge" m.sv <<'S'
wait module m
keys \x0fpset backend shut\r
keys \x0f2
keys not asked yet\r
wait /nonexistent/answer
wait not asked yet
screen
keys \x03\x11
ends 0
S
says "not asked yet"
grep -q 'not asked yet' "$work"/p/.posedge/sessions/*/journal.jsonl && fail "a question that was not asked is recorded"
# Two testbenches of one name are chosen by their files, also by one with quotes in its name.
cd "$work" && mkdir twins && cd twins
echo 'module dut (input a, output y); assign y = a; endmodule' >dut.v
for i in 1 2; do
	cat >"tb_$i's \"own\".v" <<-END
		module tb;
		  reg a = 1; wire y;
		  dut d (a, y);
		  initial begin #1 if (y !== a) \$error("no"); \$display("ran $i"); \$finish; end
		endmodule
	END
done
printf 'run set engine icarus\nrun open dut.v\nrun sim\nwait which testbench\nkey Down Enter\nwait sim PASS 1 check\nrun log sim\nscreen\n' >"$work/keys"
status 0 --script "$work/keys"
says "ran 2"

# A script that waits is ended by a signal, not by its own limit of minutes.
printf 'wait never there\n' >keys
timeout -k 100 2 "$posedge" --script keys >"$work/out" 2>"$work/err" </dev/null
[ $? = 124 ] || fail "a signal did not end the script: $(tail -1 "$work/err")"
exit 0
