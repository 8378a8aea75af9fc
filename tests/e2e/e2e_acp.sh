#!/usr/bin/env bash
# shellcheck disable=SC2002,SC2012,SC2015
# Agents as backends, played by tests/lib/agent.sh in both versions of the protocol.
# Changes by a good agent become suggestions that are decided line by line; a hostile
# agent reaches nothing but its copy; each failure is reported in one sentence.
. "${srcdir:?}/tests/lib/lib.sh"
export XDG_CACHE_HOME=$work/cache # where its copies are made
mkdir -p "$XDG_CACHE_HOME"
agent=$(cd "$srcdir" && pwd)/tests/lib/agent.sh
rc=$XDG_CONFIG_HOME/posedge/posedgerc
home=$XDG_DATA_HOME/posedge/agents/a

# plays MODE [VERSION [OPTION...]]: the backend from here on; its home is empty.
plays() {
	local mode=$1 version=${2:-1}
	shift; shift || true
	rm -rf "$home"
	{
		echo "backend add a acp cmd=\"sh $agent $mode $version\" $*"
		echo "set backend a"
	} >"$rc"
}
project() {
	rm -rf "$work/q"
	cd "$work" && "$posedge" new q >"$work/out" 2>&1 || fail "new"
	cd "$work/q" || exit 9
}
tree() { (cd "$1" && find . -path ./.posedge -prune -o \( -type f -exec cksum {} + -o -print \) | sort); }
no_copies() {
	local copy
	for copy in "$XDG_CACHE_HOME"/posedge/agent-*; do
		[ ! -e "$copy" ] || fail "a copy was left behind"
	done
}

# Invalid settings are reported before anything is started.
project
plays good
"$posedge" help backend >"$work/out" 2>&1
says "an installed coding agent"
echo 'backend add b acp home=relative' >"$rc"
"$posedge" backends >"$work/out" 2>"$work/err"
notes "home=relative: a folder from / or ~/ was expected"
echo 'backend add b acp' >"$rc"
"$posedge" backends >"$work/out" 2>"$work/err"
notes "which agent? Say cmd="
plays good

look_for_isolation
[ $isolated = yes ] || {
	status 2 ask "anything"
	notes "bubblewrap"
	exit 77
}

# A project's rc may not name an agent, just as it may not name a program.
echo "backend add evil acp cmd=\"sh $agent good\"" >.posedgerc
status 2 ask --backend evil "hi"
notes "not configured"
rm .posedgerc

for version in 1 2; do
	project
	plays good $version
	tree . >"$work/before"
	status 0 ask "put two comments above the module"
	says "Turn 1 is done."
	says "+// one"
	tree . | cmp -s - "$work/before" || fail "version $version: the project was written to"
	grep -qF '"once"' "$home/answers" || fail "version $version: permission was not given once: $(cat "$home/answers")"
	# In version 1 a request for permission shows the change.
	[ $version = 2 ] || grep -qF 'rtl/q.sv (+2 -0)\n+// one\n+// two?\n' .posedge/sessions/*/journal.jsonl ||
		fail "what it would change is not shown"
	grep -qF '"name":"posedge"' "$home/new" || fail "version $version: it was not handed our tools"
	grep -qF "\"cwd\":\"$PWD\"" "$home/new" || fail "version $version: cwd"
	grep -qF 'put two comments' "$home/sent.1" || fail "version $version: it was not asked"
	status 0 review --take 1 --refuse 2 --apply
	grep -qx '// one' rtl/q.sv || fail "version $version: a line that was taken is not there"
	grep -qx '// two' rtl/q.sv && fail "version $version: a line that was refused is there"
	no_copies
	status 0 backends --test a
	says "agent.sh $version answers"
done

# It keeps running between questions: the copy then has what was decided, and refused
# changes are reported to it.
project
plays good
cat >"$work/lines" <<'EOT'
put two comments above the module
/review
/take 1
/refuse 2
/apply
why?
EOT
cat "$work/lines" | timeout 600 "$posedge" --plain >"$work/out" 2>"$work/err" || fail "plain"
says "Turn 2 is done."
grep -qF 'rtl/q.sv: taken in part' "$home/sent.2" || fail "the second prompt does not tell what was taken"
grep -qF -- '-// two' "$home/sent.2" || fail "the second prompt does not tell what was refused"
grep -qF 'put two comments' "$home/sent.2" && fail "the second prompt repeats the first"
[ -f "$home/sent.3" ] && fail "there were more prompts than questions"
no_copies

# Its questions are put to the user; without one they are declined.
for version in 1 2; do
	project
	plays asks $version
	status 0 ask "how wide?"
	says declined
	grep -q '"elicitation":{"form":{}}' "$home/hello" || fail "version $version: it is not told that it may ask"
	[ -x "$builddir/tests/screen/tty" ] || continue
	timeout 600 env TERM=xterm-256color LC_ALL=C.UTF-8 "$builddir/tests/screen/tty" --size 30x200 "$posedge" ask "how wide?" >"$work/out" 2>"$work/err" <<'END' || fail "version $version: the form on a terminal"
wait backend a asks: How wide is it? -- width (whole number)
keys 99\r
wait from 1 to 64 is wanted; width (whole number)
keys 8\r
wait this would be sent: {"width":8}
keys 1\r
wait so eight
ends 0
END
done

# Its changes so far can be viewed while it works; viewing decides and writes nothing.
cat >"$work/keys" <<'END'
size 40 120
key Ctrl-O 2
type go on
key Enter
wait both are changed.
run changed
wait a, so far: 2 files
screen
key Esc
gone a, so far: 2 files
run changed ./rtl/../rtl/fresh.sv
wait a, so far: 1 file
screen
key Esc
gone a, so far: 1 file
run changed rtl/
wait a, so far: 2 files
key Esc
gone a, so far: 2 files
run changed rt
wait a, so far: 0 files
key Esc
gone a, so far: 0 files
run changed ../q.sv
wait it leaves the project
key Esc
gone a, so far: 1 file
key Esc
gone answering
run changed
wait no coding agent works on a question just now
END
sed -e 's|^run changed rtl/$|run changed .|' -e 's|^run changed ../q|run changed ../../q|' -e 's|^run changed rt$|run changed ../rt|' \
	-e 's|^run changed ./rtl/|run changed |' "$work/keys" >"$work/keys.2"
for version in 1 2; do
	project
	plays long $version
	: >.posedgerc # which marks the project's folder
	tree . >"$work/before"
	status 0 changed
	says 'no coding agent works on a question just now'
	# The second time from a subfolder of the project.
	cp "$work/keys" "$work/keys.1"
	(
		[ $version = 1 ] || cd rtl || exit 9
		timeout 600 "$posedge" --script "$work/keys.$version"
	) >"$work/out" 2>"$work/err" </dev/null || fail "version $version: looking while it works"
	tree . >"$work/after"
	cmp "$work/before" "$work/after" || fail "version $version: looking wrote something"
	says '+// one'
	says '+++ b/rtl/fresh.sv'
	says 'rtl/link is not a regular file'
	status 0 log
	[ "$(grep -c suggest "$work/out")" = 2 ] || fail "version $version: $(cat "$work/out")"
done

# Files that are added and removed; leftovers of tools and hidden files are not changes.
project
plays files
status 0 ask "move things"
says "+module fresh; endmodule"
says "tb/q_tb.sv"
silent_on left.vcd
silent_on .hidden
status 0 review --take all --apply --suggestion "$("$posedge" log | sed -n 's/.*#\([0-9]*\) *suggestion for sub.*/\1/p')"
[ -f sub/fresh.sv ] || fail "a new file that was taken is not there"
[ -f tb/q_tb.sv ] || fail "a file is gone that nobody let go"

# What loses most of a file is said, is the reason for the status, and is not applied.
project
plays thin
status 2 ask --apply "make it shorter"
notes "tb/q_tb.sv: of "
notes "lines 1 would be left"
notes "lines 0 would be left"
! grep -q "has cost" "$work/err" || fail "an absurd cost is told"
[ -s rtl/q.sv ] || fail "an emptied file was written"

# A hostile agent. Everything outside stays as it is and is not even visible.
project
victim=$work/victim
mkdir -p "$victim/rtl" && echo secret >"$victim/secret" && echo mine >"$victim/rtl/q.sv"
tree "$victim" >"$work/victim.before"
tree . >"$work/before"
ls /etc >"$work/etc"
export A_SECRET_TOKEN=do-not-tell-12345
plays hostile 1 env.VICTIM="$victim"
status 0 ask "do your worst"
unset A_SECRET_TOKEN
tree "$victim" | cmp -s - "$work/victim.before" || fail "a hostile agent wrote outside"
tree . | cmp -s - "$work/before" || fail "a hostile agent wrote into the project"
ls /etc | cmp -s - "$work/etc" || fail "a hostile agent wrote to /etc"
[ ! -e /planted ] && [ ! -e "$work/planted" ] || fail "it planted something"
grep -q secret "$home/seen" && fail "it saw what is outside"
grep -q do-not-tell "$home/environment" && fail "it saw our environment"
[ "$(cat "$home/big")" -le 268435456 ] || fail "it wrote a file of $(cat "$home/big") bytes"
[ "$(grep -c -- '-32601' "$home/answers")" = 3 ] || fail "files or terminals were not refused: $(cat "$home/answers")"
grep -qF '"action":"decline"' "$home/answers" || fail "a form that nobody sees was not declined"
grep -qF '"outcome":"cancelled"' "$home/answers" || fail "a permission without options was not cancelled"
notes "not taken from the agent's copy"
notes "pipe.sv is not a regular file"
notes "link is not a regular file"
notes "binary.sv is no text"
notes "large.sv is too large"
notes "lies too deep"
silent_on planted
[ "$("$posedge" log | grep -c 'suggestion for')" -le 1 ] || fail "$("$posedge" log)"
no_copies

# Links that reappear while the copy is recreated.
project
plays links 1 env.VICTIM="$victim"
printf 'one\ntwo\n' | timeout 600 "$posedge" --plain >"$work/out" 2>"$work/err"
tree "$victim" | cmp -s - "$work/victim.before" || fail "the copy was written through a link"
tree . | cmp -s - "$work/before" || fail "the project was written to"
no_copies

# Each failure is a sentence, on the first line of the output.
failure() {
	project
	status 2 ask "anything"
	notes "$1"
	[ "$(grep -c '^posedge: ' "$work/err")" -le "${2:-1}" ] || fail "more than a sentence"
	no_copies
}
plays dies
failure "backend a: sh failed (status 7): Error: out of memory, sort of" 2
status 0 review
says "// half"
plays half
failure "backend a: sh ended (it had printed '{\"jsonrpc\":\"2.0\",\"method\":\"session/upd', which is not a message)"
plays rubbish
failure "backend a: sh prints lines that are not messages: 'this is no message'"
plays silent 1 stall_ms=300
failure "backend a: sh said nothing for 0 s"
plays dumb 1 stall_ms=300
failure "backend a: sh said nothing for 0 s"
plays future
failure "backend a: sh speaks version 9 of the agent protocol; 1 and 2 are known"
plays fails
failure "backend a: sh: the model is overloaded"
plays error 2
failure "backend a: sh failed: quota"
plays login
failure "run \`HOME=$home sh $agent login 1\` once in a terminal and log in there (with a browser)"
plays login 2
failure "sh $agent login 2 login --now\` once in a terminal"
plays floods
failure "the answer is longer than 4 MB"
plays good 1 see=/no/such/place
failure "backend a: /no/such/place: there is no such file or folder"
plays good 1 see="$work"
failure "the project lies there"
plays good
sed -i "s|sh $agent|no-such-agent|" "$rc"
failure "backend a: start no-such-agent: not installed, or not in PATH"
plays refuses
project
status 1 ask "anything"
notes "refused to go on"

# It may die at each step of the protocol.
plays unborn
failure "backend a: sh failed (status 5)"
plays stillborn
failure "backend a: sh failed (status 5)"
plays vanishes
failure "backend a: sh failed (status 6)"

# Messages that are repeated, misdirected, or ask without offering answers.
for version in 1 2; do
	project
	plays twice $version
	status 0 ask "anything"
	says once
	project
	plays behind $version
	printf 'one\ntwo\n' | timeout 600 "$posedge" --plain >"$work/out" 2>"$work/err" || fail "version $version: plain"
	says 'within 1'
	says 'within 2'
	silent_on BEHIND
	grep -q BEHIND .posedge/sessions/*/journal.jsonl && fail "version $version: it heard what stands behind the end"
	project
	plays strays $version
	status 0 ask "anything"
	says mine
	grep -q STRAY "$work/out" .posedge/sessions/*/journal.jsonl && fail "it heard what was for another session"
	[ "$(grep -c '"outcome":"cancelled"' "$home/answers")" = 3 ] || fail "strays were answered: $(cat "$home/answers")"
	project
	plays options $version
	status 0 ask "anything"
	says asked
	[ "$(grep -c '"outcome":"cancelled"' "$home/answers")" = 5 ] && grep -qF '"optionId":"last"' "$home/answers" ||
		fail "permissions: $(cut -c1-200 "$home/answers")"
done
# A flood that is not shown takes no memory. A sanitizer reserves more than any limit
# allows.
project
plays babbles
memory=4000000
nm "$builddir/posedge" 2>/dev/null | grep -q __asan_init && memory=unlimited
(ulimit -v $memory && exec "$posedge" ask "anything") >"$work/out" 2>"$work/err" </dev/null || fail "a flood of updates"
says 'at last'

if [ "${POSEDGE_SLOW:-yes}" != no ]; then
	plays forks
	failure "backend a: sh starts more than 1024 processes"
	plays fills
	failure "backend a: sh makes more than 50000 files" 2
fi

# posedge's tools, on its copy.
if command -v iverilog >/dev/null && command -v verilator_bin >/dev/null; then
	project
	plays tools
	status 0 ask "use the tools"
	grep -q 'broken.sv:1' "$home/tools" || fail "lint did not see the copy: $(cat "$home/tools")"
	grep -q 'PASS 25 checks' "$home/tools" || fail "nothing was simulated: $(cat "$home/tools")"
	says "+module broken"
	[ -d .posedge/sessions ] || fail "no session"
fi

# All permissions may be refused.
project
plays good 1 permissions=refuse
status 0 ask "put two comments above the module"
grep -qF '"never"' "$home/answers" || fail "permission was not refused: $(cat "$home/answers")"
silent_on "+// one"
