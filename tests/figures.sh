#!/usr/bin/env bash
# The table of figures in README.md is the one that `make figures` prints: the same rows, and
# each number within a twentieth of what it is now, or within 3 of a small one. So the table
# is renewed now and then, and not with every commit. What the tests cover is compared only
# where `make coverage` has run.
. "${srcdir:?}/tests/lib/lib.sh"

cd "$work"
git -C "$srcdir" ls-files --error-unmatch README.md >/dev/null 2>&1 || {
	echo "this is no clone: git knows which files are counted"
	exit 77
}
coverage=$builddir/coverage/coverage.summary
bash "$srcdir/tests/lib/figures.sh" "${POSEDGE_TESTS:?}" "$coverage" >now
sed -n '/^| figure | value |$/,/^$/p' "$srcdir/README.md" | grep '^|' >told

# stale TOLD NOW: the rows that differ by more.
stale() {
	awk -F' [|] ' '
		function numbers(s, v) { gsub(/[^0-9]+/, " ", s); return split(s, v, " ") }
		{ name = $1; value = $2; sub(/ [|]$/, "", value) }
		FNR == NR { told[name] = value; next }
		{ seen[name] }
		!(name in told) { print "README.md lacks" name ": it is " value; next }
		/longest file/ { sub(/,.*/, "", value); sub(/,.*/, "", told[name]) }
		{
			n = numbers(value, a)
			bad = numbers(told[name], b) != n
			for (i = 1; i <= n; i++) {
				d = a[i] > b[i] ? a[i] - b[i] : b[i] - a[i]
				bad = bad || d > (a[i] > 60 ? a[i] / 20 : 3)
			}
			if (bad) print name ": it is " value ", told is " told[name]
		}
		END {
			for (name in told)
				if (!(name in seen) && name !~ /make coverage/) print name ": `make figures` has no such row"
		}' "$1" "$2"
}

stale told now >found
[ ! -s found ] || fail "README.md's table of figures is old; \`make figures\` prints it:
$(cat found)"

# And it is noticed: a number that is a tenth off, one more that is high, a row that is gone.
sed 's/\(product code.*| \)[0-9]*/\11000/' told >off
[ -n "$(stale off now)" ] || fail "a wrong count of lines goes unnoticed"
awk '/above 60/ { sub(/; [0-9]+ [|]$/, "; 99 |") } { print }' told >off
[ -n "$(stale off now)" ] || fail "long functions go unnoticed"
grep -v 'longest file' told >off
[ -n "$(stale off now)" ] || fail "a missing row goes unnoticed"
grep -v 'longest file' now >off
[ -n "$(stale told off)" ] || fail "a row that nobody prints goes unnoticed"
