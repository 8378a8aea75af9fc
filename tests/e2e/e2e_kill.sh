#!/usr/bin/env bash
# kill -9 at a random moment while typing: each word that was on the screen is there
# again after a restart. Text reaches the kernel before it is drawn, so this holds
# without a delay; only the words of an answer are waited for. POSEDGE_KILLS sets the
# number of moments instead of 8 (1,000 compare some 19,000 words in ten minutes),
# TEST_SEED the series.
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
# Half-written files of the killed process are gone.
left=$(find "$work/p" -name '.posedge-??????')
[ -z "$left" ] || fail "left behind: $left"
exit 0
