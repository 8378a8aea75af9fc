#!/usr/bin/env bash
# What titles and a review say of a file's line ends, of whose answer is shown and of a
# file that is not there yet; texts typed in the palette; a start without HOME.
. "${srcdir:?}/tests/lib/lib.sh"
echo 'set lint.live off' >"$XDG_CONFIG_HOME/posedge/posedgerc"
mkdir "$work/p" && cd "$work/p"

# play: the script on stdin, in this folder and a new session.
play() {
	drop .posedge
	cat >"$work/keys"
	timeout 600 "$posedge" --script "$work/keys" >"$work/out" 2>"$work/err" </dev/null || fail "the script failed: $(head -n 2 "$work/err")"
}
review() {
	play <<'S'
size 16 80
run apply d.diff
wait q leaves
key Esc
key Ctrl-O v
wait open 1
screen
S
}

# CR LF throughout is said once; where the ends are mixed, the rows that differ say so.
printf -- '--- a/m.v\n+++ b/m.v\n@@ -3,1 +3,1 @@\n-  assign y = a;\n+  assign y = ~a;\n' >d.diff
printf 'module m(input a, output y);\r\n  wire w;\r\n  assign y = a;\r\nendmodule\r\n' >m.v
review
says "m.v REVIEW CRLF"
silent_on "^M"
silent_on "no CR"
printf 'module m(input a, output y);\r\n  wire w;\n  assign y = a;\r\nendmodule\r\n' >m.v
review
says "m.v REVIEW CRLF"
silent_on "^M"
[ "$(grep "no CR" "$work/out")" = "$(grep "wire w;" "$work/out")" ] || fail "not the row with LF alone is marked"
printf 'module m(input a, output y);\n  wire w;\r\n  assign y = a;\nendmodule\n' >m.v
review
silent_on "CRLF"
[ "$(grep -F "^M" "$work/out")" = "$(grep "wire w;" "$work/out")" ] || fail "not the row with CR LF is marked"

# A line that just fits its row has one row, with CR LF as with LF.
for end in '\n' '\r\n'; do
	printf "module m(input a, output y);$end// %065d$end  assign y = a;${end}endmodule$end" 7 >m.v
	review
	sed -e 's/ CRLF/     /' "$work/out" >"$work/out$end"
done
cmp "$work/out\\n" "$work/out\\r\\n" || fail "CR LF takes room in a row"

# The spec pane of a project without a spec.
play <<'S'
size 30 120
screen
run focus spec
key x
wait unsaved
screen
S
[ "$(grep -c '^ spec.*spec.md .*no file yet' "$work/out")" = 1 ] || fail "not said once that there is no spec"
echo "# m" >spec.md
play <<'S'
size 30 120
wait # m
screen
S
silent_on "no file yet"

# A moment of the past names the backend that answered then.
echo "nothing to do" >"$work/answer.md"
echo "backend add then fake file=$work/answer.md" >>"$XDG_CONFIG_HOME/posedge/posedgerc"
play <<'S'
size 30 120
run set backend then
run ask anything
wait nothing to do
run set backend cookbook
wait backend is cookbook
screen
run log history
wait asked
key End
key Enter
wait as it was at
screen
S
[ "$(grep -c '^ chat.*  cookbook' "$work/out")" = 1 ] || fail "the live screen, and it alone, asks the cookbook"
[ "$(grep -c '^ chat.*  then' "$work/out")" = 1 ] || fail "the past does not name who answered"

# The palette.
play <<'S'
size 30 120
key Ctrl-O p
type note it is what's #1
key Enter
wait noted
S
"$posedge" log >"$work/out" || fail "log ended with $?"
grep -q "note: it is what's #1\$" "$work/out" || fail "another text than typed: $(grep note "$work/out")"

# Without HOME it is that of the password file, here and for programs that are started.
home=$(getent passwd "$(id -u)" | cut -d: -f6)
if [ -n "$home" ]; then
	printf '#!/bin/sh\ncat >/dev/null\necho "{\\"text\\":\\"home is $HOME.\\"}"\n' >"$work/model"
	chmod +x "$work/model"
	echo "backend add home exec cmd=$work/model" >>"$XDG_CONFIG_HOME/posedge/posedgerc"
	for given in "-u HOME" HOME= HOME=here HOME=/there; do
		# shellcheck disable=SC2086
		env $given "$posedge" ask --backend home hello >"$work/out" 2>&1 || fail "with $given: ended with $?"
		[ "$given" = HOME=/there ] && says "home is /there." || says "home is $home."
	done
fi
