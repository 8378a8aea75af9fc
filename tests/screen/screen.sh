#!/usr/bin/env bash
# Keys in, screens out: tests/screen/NAME.keys is played on a copy of the
# example (or of nothing: "# empty"), what it prints must be NAME.screen. "# copy FILE"
# lays a file of this folder there, "# locale C" plays it without UTF-8, "# needs TOOL" not
# at all where that is not installed.
# SCREEN=NAME plays that one alone. POSEDGE_GOLDEN=write makes the .screen files anew (`make golden`), and the
# picture in the README; look at what changed before you commit it.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin
export LC_ALL=C.UTF-8 TERM=xterm-256color
unset NO_COLOR
failed=0
[ -e "$srcdir/tests/screen/${SCREEN:=*}.keys" ] || [ "$SCREEN" = '*' ] || fail "there is no tests/screen/$SCREEN.keys"
for keys in "$srcdir"/tests/screen/$SCREEN.keys; do
	name=$(basename "$keys" .keys)
	golden=$srcdir/tests/screen/$name.screen
	# Where nothing isolates runs, the log says so beside each of them.
	if [ "$posedge" != "$builddir/posedge" ] && grep -qE 'sim (PASS|FAIL)' "$golden"; then
		echo "$name: not compared, since runs are not isolated here"
		continue
	fi
	for tool in $(sed -n 's/^# needs //p' "$keys"); do
		command -v "$tool" >/dev/null && continue
		echo "$name: not played, since $tool is not here"
		continue 2
	done
	drop "$work/p" "$POSEDGE_TEST_DIGESTS" && mkdir "$work/p"
	grep -q '^# empty' "$keys" || cp -r "$srcdir/docs/example/." "$work/p"
	# A configuration of its own. The first build of a library is slow on a busy machine.
	echo 'set sim.build_seconds 600' >"$XDG_CONFIG_HOME/posedge/posedgerc"
	[ ! -e "${keys%.keys}.rc" ] ||
		sed "s|@here@|$(cd "$srcdir" && pwd)/tests/screen|" "${keys%.keys}.rc" >>"$XDG_CONFIG_HOME/posedge/posedgerc"
	for file in $(sed -n 's/^# copy //p' "$keys"); do cp "$srcdir/tests/screen/$file" "$work/p"; done
	locale=$(sed -n 's/^# locale //p' "$keys")
	if ! (cd "$work/p" && LC_ALL=${locale:-C.UTF-8} timeout 900 "$posedge" --script "$keys") >"$work/out" 2>"$work/err" </dev/null; then
		echo "$name:"
		cat "$work/err"
		failed=1
		continue
	fi
	# How many events there are depends on how often a lint ran; and it is later now.
	sed -i -E 's/rec [0-9]+/rec N/; s/#[0-9]+/#N/; s/event [0-9]+ of [0-9]+/event N of N/; s/at event [0-9]+/at event N/; s/[0-9]{2}:[0-9]{2}:[0-9]{2}/HH:MM:SS/; s/ +(answering|asks you)( [0-9]+ s)?(, [0-9]+ words)?$/  \1/; s/ *$//' "$work/out"
	if [ "${POSEDGE_GOLDEN:-}" = write ]; then
		cp "$work/out" "$golden"
	elif ! diff -u "$golden" "$work/out"; then
		echo "$name: another screen"
		failed=1
	fi
done
# The README shows the real program.
if [ "${POSEDGE_GOLDEN:-}" = write ]; then
	awk -v picture="$srcdir/tests/screen/picture.screen" '
		/^<!-- tests\/screen\/picture.screen/ { on = 1 }
		on && /^```/ { print; if (++n == 1) { while ((getline line <picture) > 0) print line } else on = 0; next }
		!on || n == 0' "$srcdir/README.md" >"$work/new" && cat "$work/new" >"$srcdir/README.md"
fi
awk '/^<!-- tests\/screen\/picture.screen/ { on = 1; next } on && /^```/ { if (++n == 2) exit; next } on' "$srcdir/README.md" >"$work/readme"
if ! diff -u "$srcdir/tests/screen/picture.screen" "$work/readme"; then
	echo "README.md: the picture is not that of tests/screen/picture.screen"
	failed=1
fi
exit $failed
