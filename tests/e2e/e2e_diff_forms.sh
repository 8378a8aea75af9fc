#!/usr/bin/env bash
# Diffs in every format of diff and git (context, normal, word, merge) reproduce the new
# file.
. "${srcdir:?}/tests/lib/lib.sh"
need git diff

# A file of 60 lines, some of them alike; $1 seeds what changes: lines are replaced,
# removed and added.
old() {
	for i in $(seq 60); do
		[ $((i % 7)) = 0 ] && echo "    end" || echo "    assign w$i = a$i & b$((i / 2));"
	done
}
new() {
	old | awk -v seed="$1" 'BEGIN { srand(seed) }
		{ x = rand() }
		x < 0.04 { next }
		x < 0.08 { print "    wire fresh" NR ";" }
		x < 0.14 { sub(/ & /, " ^ ") }
		{ print }'
}
words() { old | awk -v seed="$1" 'BEGIN { srand(seed) } rand() < 0.1 { sub(/ & /, " ^ ") } { print }'; }

project=$work/p
mkdir -p "$project/rtl"
cd "$project" || exit 99
# The text is no whole module, so `--apply` leaves it to a review.
bring() { # FORM WANTED
	cp "$work/old" rtl/x.sv
	{ "$posedge" apply "$work/diff" && "$posedge" review --take all --apply; } >"$work/out" 2>&1 || {
		cat "$work/out" "$work/diff"
		fail "$1 (seed $seed) was not applied"
	}
	cmp -s rtl/x.sv "$2" || fail "$1 (seed $seed): another text"
}
old >"$work/old"
made=0
for seed in $(seq 12); do
	new "$seed" >"$work/new"
	words "$seed" >"$work/words"
	diff -c --label rtl/x.sv --label rtl/x.sv "$work/old" "$work/new" >"$work/diff"
	bring context "$work/new"
	# The normal format has no name: only one file has the lines. Pure additions
	# have no line to anchor them.
	diff "$work/old" "$work/new" >"$work/diff"
	if ! grep -qE '^[0-9,]+a' "$work/diff"; then
		bring normal "$work/new"
		made=$((made + 1))
	fi
	(cd "$work" && git diff --no-index --word-diff=plain -U80 old words) | tail -n +5 >"$work/body"
	{ printf -- '--- a/rtl/x.sv\n+++ b/rtl/x.sv\n'; cat "$work/body"; } >"$work/diff"
	grep -qF '{+' "$work/diff" && bring words "$work/words"
done
[ $made -gt 0 ] || fail "no normal diff without an addition"

# A merge: its diff is for either side.
cd "$work" && mkdir m && cd m && git init -q . && mkdir rtl || exit 99
git config user.email a@example.org && git config user.name a
cp "$work/old" rtl/x.sv && git add . && git commit -qm base
main=$(git symbolic-ref --short HEAD)
git checkout -q -b side && sed -i 's/a10 &/a10 |/; s/a40 &/a40 -/' rtl/x.sv && git commit -qam side && cp rtl/x.sv "$work/side"
git checkout -q "$main" && sed -i 's/a10 &/a10 +/' rtl/x.sv && git commit -qam main && cp rtl/x.sv "$work/mine"
git merge -q side >/dev/null 2>&1
sed 's/a10 &/a10 * 2 +/; s/a40 &/a40 -/' "$work/old" >rtl/x.sv
git add . && git commit -qm merged
git show --cc --format= >"$work/diff"
grep -q '^@@@' "$work/diff" || fail "git made no combined diff"
cd "$project" || exit 99
seed=merge
for side in mine side; do
	cp "$work/$side" "$work/old"
	sed 's/a10 [&|+]/a10 * 2 +/' "$work/$side" >"$work/wanted"
	bring "combined ($side)" "$work/wanted"
done
exit 0
