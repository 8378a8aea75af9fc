#!/usr/bin/env bash
# Only typed keys decide anything. Pasted text, even with an end-of-paste mark inside,
# mouse reports of every format and replies of the terminal do not.
. "${srcdir:?}/tests/lib/lib.sh"
need_tty
printf '```verilog a.v\nmodule a (input x, output y); assign y = ~x; endmodule\n```\n' >"$work/answer.md"
printf 'set lint.live off\nbackend add m fake file=%s pieces=7\nset backend m\n' "$work/answer.md" >"$XDG_CONFIG_HOME/posedge/posedgerc"

fresh() {
	drop "$work/p" && mkdir "$work/p" && printf 'module a (input x, output y); assign y = x; endmodule\n' >"$work/p/a.v"
}
play() {
	(cd "$work/p" && timeout 600 "$tty" "$posedge" a.v) >"$work/out" 2>"$work/err" || fail "the screen's script failed: $(head -n 2 "$work/err")"
}
journal() { cat "$work"/p/.posedge/sessions/*/journal.jsonl; }

# In a review where all is taken but not applied, nothing the terminal sends decides
# anything. The z is read after it; it is bound to no command, which is reported.
in_review() {
	fresh
	play <<S
wait ask here
keys \\x0f2invert it\\r
wait suggestion
keys \\x0fv
wait open 1
insist A
wait taken 1
keys $1
again z y n u a line
keys \\x0fq
ends 0
S
	grep -q '~x' "$work/p/a.v" && fail "it was applied: $1"
	journal >"$work/journal"
	grep -q '"type":"apply"' "$work/journal" && fail "it was applied, says the journal: $1"
	[ "$(grep -c '"type":"decide"' "$work/journal")" = 1 ] || fail "it decided: $1"
	[ "$(grep -c '"type":"ask"' "$work/journal")" = 1 ] || fail "it asked: $1"
}
in_review '\e[M`A%\e[M !A\e[M#!A'
in_review '\e[M \xc3\x8d\x0d\e[M`\r\r'
in_review '\e[32;33;13M\e[35;33;13M'
in_review '\e[200~R\r\e[201~'
in_review '\e[200~text \e[201~R\rn\r\e[13u\r more\e[201~'
in_review '\e[200~\e[201~\x0f\r\e[15~\x13\x03'
in_review '\e]11;rgb:nnnn/RRRR/0000\e\\\eP1$rn\e\\\e_Gn\e\\\e[?62;22c\e[4;1$y\e[1;1R\e[I\e[O'
in_review '\e[13;2u\e[27;5;13~\e[110;9u\e[110;1:3u\x9bn'

# The end mark is at the end of one read, the rest comes in others.
fresh
play <<'S'
wait ask here
keys \x0f2invert it\r
wait suggestion
keys \x0fv
wait open 1
insist A
wait taken 1
keys \e[200~text\e[20
keys 1~
keys \r
keys R
keys \e[201~
again z y n u a line
keys \x0fq
ends 0
S
grep -q '~x' "$work/p/a.v" && fail "applied by what came after a forged end"
journal | grep '"type":"decide"' | grep -q refuse && fail "refused by what came after a forged end"

# In the chat it sends nothing, runs nothing, and is text; Shift-Enter is a line
# end, as CSI-u; within a paste that is text as it stands.
fresh
play <<'S'
wait ask here
keys \x0f2one\e[13;2utwo\e[27;2;13~three
wait two
keys \e[200~four\e[201~\rfive\x0fr\r\e[201~
wait five
again \r suggestion
keys \x0fq
ends 0
S
journal >"$work/journal"
[ "$(grep -c '"type":"ask"' "$work/journal")" = 1 ] || fail "not one question"
grep -q '"question":"one\\ntwo\\nthreefour\\nfiver' "$work/journal" || fail "the question is not what was typed and pasted"
grep -q '"type":"sim' "$work/journal" && fail "a command was run by a paste"

# 2 MB into a file: whole, with what looks like keys. Into a question: refused.
fresh
play <<'S'
wait ask here
keys \x0f3\e[1;5H
paste 100000 // \e[13;2u \x01 wire n;\r
wait // ^[
again \x13 saved a.v
keys \x13
gone unsaved
keys \x0f2
paste 100000 // a question too long\r
wait KB were pasted
signal TERM
ends 0
S
{
	yes "$(printf '// \033[13;2u \001 wire n;')" | head -n 100000
	echo 'module a (input x, output y); assign y = x; endmodule'
} | cmp - "$work/p/a.v" || fail "the paste is not in the file as it was pasted"
exit 0
