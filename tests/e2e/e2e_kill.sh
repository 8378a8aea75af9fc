#!/usr/bin/env bash
# kill -9 at a random moment while typing: each word that was on the screen is there
# again after a restart. Text reaches the kernel before it is drawn, so this holds
# without a delay; only the words of an answer are waited for. POSEDGE_KILLS sets the
# number of moments instead of 8 (1,000 compare some 19,000 words in ten minutes) of
# typing, and then of reviewing; TEST_SEED the series.
. "${srcdir:?}/tests/lib/lib.sh"
need_tty
RANDOM=${TEST_SEED:-$(date +%N | sed 's/^0*//')}
moments=${POSEDGE_KILLS:-8}
seed=${TEST_SEED:-$RANDOM}
RANDOM=$seed
printf 'An answer with the words aw1 aw2 aw3 aw4 aw5 aw6.\n' >"$work/answer.md"
printf 'set lint.live off\nbackend add m fake file=%s pieces=7\nset backend m\n' "$work/answer.md" >"$XDG_CONFIG_HOME/posedge/posedgerc"

# Live state that was unwritten at the kill is not part of the journal.
unset POSEDGE_TEST_DIGESTS
BROKEN=1
compared=0
# One moment: $1 words typed with a pause for drawing, then some that race with the
# kill; half of the time after a question.
moment() {
	local slow=$1 fast=$2 words=
	rm -rf "$work/p" && mkdir "$work/p" && printf '// first\n' >"$work/p/a.v"
	{
		echo 'wait ask here'
		[ $((RANDOM % 2)) = 0 ] && printf 'keys \\x0f2qw%d here\\r\nwait aw6\n' "$slow"
		echo 'keys \x0f3'
		for i in $(seq "$slow"); do printf 'keys cw%d%s\n' "$i" "$([ $((i % 9)) = 0 ] && echo '\r' || echo ' ')"; done
		[ "$slow" = 0 ] || printf 'wait cw%d\n' "$slow"
		printf 'keys '
		for i in $(seq "$fast"); do printf 'fw%d ' "$i"; done
		printf '\nscreen\nsignal KILL\nends 137\n'
	} >"$work/script"
	(cd "$work/p" && timeout 600 "$tty" --size 40x130 "$posedge" a.v <"$work/script") >"$work/out" 2>"$work/err" ||
		fail "seed $seed: the screen's script failed: $(head -n 2 "$work/err")"
	# A word at the edge of the drawn text may be the beginning of a longer one.
	grep -oE '\b(cw|fw|qw|aw)[0-9]+ ' "$work/out" | sort -u >"$work/seen"
	printf 'wait recovered\nrun save\nwait saved a.v\n' >"$work/keys"
	(cd "$work/p" && "$posedge" --script "$work/keys" a.v) >"$work/again" 2>"$work/err" </dev/null ||
		fail "seed $seed: it does not start again: $(head -n 2 "$work/err")"
	cat "$work/p/a.v" "$work"/p/.posedge/sessions/*/journal.jsonl >"$work/record"
	while read -r word; do
		grep -qE "\b$word\b" "$work/record" || fail "seed $seed: $word was on the screen, and is not in the record"
		compared=$((compared + 1))
	done <"$work/seen"
	[ -s "$work/seen" ] || fail "seed $seed: nothing was on the screen to compare"
}
for _ in $(seq "$moments"); do moment $((RANDOM % 40 + 1)) $((RANDOM % 60)); done
echo "$compared words compared in $moments moments (seed $seed)"
[ "$compared" -ge "$moments" ] || fail "nothing was compared"
# The same for decisions: $1 that were on the screen, then $2 that race with the kill. After
# a restart those are there, and of the others the first ones or all. When the lines taken
# were written, the file has them.
decisions() {
	local n=$1 fast=$2 keys=y taken=0 refused=0 wires after i
	rm -rf "$work/p" && mkdir "$work/p" && printf 'module m;\nendmodule\n' >"$work/p/m.v"
	for _ in $(seq $((n + fast - 1))); do [ $((RANDOM % 2)) = 0 ] && keys+=y || keys+=n; done
	{
		printf 'wait ask here\nkeys \\x0f2go\\r\nwait suggestion\nkeys \\x0fv\nwait taken 0\n'
		for ((i = 0; i < n; i++)); do
			case ${keys:i:1} in y) taken=$((taken + 1)) ;; *) refused=$((refused + 1)) ;; esac
			printf 'keys %s\nwait taken %d refused %d\n' "${keys:i:1}" "$taken" "$refused"
		done
		[ "$fast" != 0 ] || printf 'keys \\r\nwait took \n'
		printf 'keys %s\nscreen\nsignal KILL\nends 137\n' "${keys:n}"
	} >"$work/script"
	(cd "$work/p" && timeout 600 "$tty" --size 40x130 "$posedge" m.v <"$work/script") >"$work/out" 2>"$work/err" ||
		fail "seed $seed: the review's script failed: $(head -n 2 "$work/err")"
	wires=$(printf %s "${keys:0:n}" | tr -cd y | wc -c)
	if [ "$fast" = 0 ]; then
		[ "$(grep -c wire "$work/p/m.v")" = "$wires" ] || fail "seed $seed: $wires lines were taken and written, and the file has others"
		return
	fi
	printf 'run review\nwait refused\nscreen\n' >"$work/keys"
	(cd "$work/p" && "$posedge" --script "$work/keys" m.v) >"$work/again" 2>"$work/err" </dev/null ||
		fail "seed $seed: it does not start again: $(head -n 2 "$work/err")"
	after=$(grep -oE 'taken [0-9]+ refused [0-9]+' "$work/again" | head -n 1)
	for ((i = n; i <= n + fast; i++)); do
		taken=$(printf %s "${keys:0:i}" | tr -cd y | wc -c)
		[ "$after" = "taken $taken refused $((i - taken))" ] && return
	done
	fail "seed $seed: after $keys, $n of them drawn, it has $after"
}
{ printf 'Wires.\n\n```verilog\nmodule m;\n' && printf '  wire w%d;\n' {1..30} && printf 'endmodule\n```\n'; } >"$work/answer.md"
for _ in $(seq "$moments"); do decisions $((RANDOM % 20 + 1)) $((RANDOM % 3 * 4)); done
# Half-written files of the killed process are gone.
left=$(find "$work/p" -name '.posedge-??????')
[ -z "$left" ] || fail "left behind: $left"
exit 0
