#!/usr/bin/env bash
# A killed session, a torn journal, one full of zeros: the next start reports it in one
# line, once, as a command, in line mode and on the screen.
. "${srcdir:?}/tests/lib/lib.sh"

cd "$work" && mkdir p && cd p
status 0 note "first"
silent_on recovered
journal=$(echo .posedge/sessions/*)/journal.jsonl

# Killed while it waits for the next line.
kill_it() {
	mkfifo "$work/in"
	"$posedge" --plain <"$work/in" >"$work/out" 2>&1 &
	local pid=$! tries=0
	exec 9>"$work/in"
	echo "/note $1" >&9
	until grep -q "$1" "$journal"; do
		read -r -t 0.05 _ <>"$work/never" || true
		tries=$((tries + 1))
		[ $tries -lt 1200 ] || fail "the note was not recorded"
	done
	kill -9 $pid
	wait $pid 2>/dev/null
	exec 9>&-
	rm "$work/in"
}
mkfifo "$work/never"

one_line() {
	[ "$(grep -c recovered "$work/err")" = "$1" ] || fail "not $1 line on what was recovered"
}

kill_it second
status 0 note "third"
one_line 1
notes "recovered all 3 events; posedge did not end by itself"
status 0 note "fourth"
one_line 0
grep -q second "$journal" || fail "the note is gone"

printf '{"n":6,"torn' >>"$journal"
status 0 note "fifth"
one_line 1
notes "recovered 5 events; the 12 bytes after them were not: it is torn"
status 0 verify
head -c 4096 /dev/zero >>"$journal"
mkfifo "$work/in"
"$posedge" --plain <"$work/in" >"$work/out" 2>"$work/err" &
echo /quit >"$work/in"
wait $! || fail "--plain ended badly"
rm "$work/in"
one_line 1
notes "recovered 6 events; the 4096 bytes after them were not"

kill_it sixth
printf 'wait recovered all\nscreen\n' >"$work/keys"
status 0 --script "$work/keys"
says "recovered all"
printf 'run help\nscreen\n' >"$work/keys"
status 0 --script "$work/keys"
silent_on recovered
printf 'xx\n' >>"$journal"
printf 'wait the 3 bytes after them\nscreen\n' >"$work/keys"
status 0 --script "$work/keys"

# What an rc file does wrong does not stand in its place, and a history that was
# in sight when posedge was left is there again.
printf 'set nosuch 1\n' >"$XDG_CONFIG_HOME/posedge/posedgerc"
printf 'yy\n' >>"$journal"
printf 'wait the 3 bytes after them\nrun log history\nwait opened spec.md\nkey Ctrl-Q\n' >"$work/keys"
status 0 --script "$work/keys"
printf 'wait opened spec.md\n' >"$work/keys"
status 0 --script "$work/keys"
rm "$XDG_CONFIG_HOME/posedge/posedgerc"

# Killed before its first line was complete, or with a part of it: the session begins
# then.
for line in '' '{"n":1,"to'; do
	cd "$work" && drop q "$POSEDGE_TEST_DIGESTS" && mkdir -p q/.posedge/sessions/20200101-000000-000000 && cd q
	printf '%s' "$line" >.posedge/sessions/20200101-000000-000000/journal.jsonl
	status 0 sessions --adopt 20200101-000000-000000 --yes	# made here by hand, so without the mark that it would bear
	status 0 note "begun"
	status 0 log
	says "#1    session begins"
	says "#2    note: begun"
done

# The file in front is in front at the next start, wherever its tab is by then.
cd "$work" && mkdir tabs && cd tabs
echo 'module a; endmodule' >a.v
echo 'module b; wire q; endmodule' >b.v
printf 'run open a.v\nrun open b.v\nkey Ctrl-PageUp\nrun close\nrun open a.v:1:8\nscreen\n' >"$work/keys"
status 0 --script "$work/keys"
says "b.v [a.v]"
printf 'wait [a.v]\nscreen\n' >"$work/keys"
status 0 --script "$work/keys"
says "1:8"
