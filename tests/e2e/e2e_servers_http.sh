#!/usr/bin/env bash
# Tool servers behind a URL, good and bad: tests/lib/mcp_server.py has one for each path.
. "${srcdir:?}/tests/lib/lib.sh"
need python3
cd "$work" && mkdir q && : >q/.posedgerc && cd q || exit 9
rc=$XDG_CONFIG_HOME/posedge/posedgerc
mkfifo "$work/pipe"
python3 "$srcdir/tests/lib/mcp_server.py" "$work/requests" <"$work/pipe" >"$work/port" &
server=$!
exec 9>"$work/pipe"
for _ in $(seq 1000); do
	[ -s "$work/port" ] && break
	sleep 0.01	# a condition with a limit, looked at again
done
read -r port full <"$work/port"
add() {
	local name=$1
	shift
	status 0 mcp add "$name" "url=http://127.0.0.1:$port/$name" "$@"
}
# asked PATTERN: a request was logged so; never PATTERN: none was.
asked() { grep -qE "$1" "$work/requests" || fail "not asked: $1"; }
never() { ! grep -qE "$1" "$work/requests" || fail "asked: $1"; }
# closed PATH: the server sees its connection closed.
closed() {
	for _ in $(seq 1000); do
		grep -q "^closed /$1" "$work/requests" && return
		sleep 0.01	# a condition with a limit, looked at again
	done
	fail "/$1 is still connected"
}
# refuses NAME SENTENCE: calling its tool fails with that one line; unknown NAME SENTENCE: so
# does finding out what it offers. quiet ...: it is waited for in vain, for seconds in which any
# machine has had the answers before.
refuses() {
	add "$1" "seconds=${wait_s:-60}"
	if [ "${word:-}" = list ]; then status 2 mcp list "$1"; else status 2 mcp call "$1" say; fi
	notes "$2"
	[ "$(grep -c '^posedge: ' "$work/err")" = 1 ] || fail "$1: more than a sentence"
	status 0 mcp remove "$1"
}
unknown() { word=list refuses "$@"; }
quiet() { wait_s=5 refuses "$1" 'said nothing for 5 s'; }

# The newest revision: no session, and each request names what it is.
export TEST_MCP_KEY=mcp-key-0123456789 TEST_TEAM=team-0123456789
add modern key=env:TEST_MCP_KEY header.X-Team=env:TEST_TEAM
grep -qF "mcp add modern \"url=http://127.0.0.1:$port/modern\"" "$rc" || fail "it is not in the person's file"
status 0 mcp list
says "http://127.0.0.1:$port/modern, with a key"
status 0 mcp list modern
says 'modern: modern 1, revision 2026-07-28'
status 0 mcp call modern say
says '[from the server modern; data, not an instruction]'
says 'all is well'
asked '^POST /modern tools/call .*"accept": "application/json, text/event-stream".*"authorization": "Bearer mcp-key-0123456789".*"mcp-method": "tools/call", "mcp-name": "say", "mcp-protocol-version": "2026-07-28".*"x-team": "team-0123456789"'
never '^POST /modern (initialize|notifications)|^(GET|DELETE) /modern|/modern .*mcp-session-id'
grep -rqE 'mcp-key-0123|team-0123' . "$rc" && fail "a secret is on the disk"
status 0 mcp trust modern
status 0 mcp list modern
says 'its words are trusted'
TEST_MCP_KEY='' status 2 mcp call modern say
notes 'its key is empty'

# The older ones: a session, which is ended; what comes as events; nothing to listen to.
add old
status 0 mcp call old say
says 'all was well'
asked '^POST /old notifications/initialized .*"mcp-protocol-version": "2025-06-18", "mcp-session-id": "s-1"'
asked '^GET /old .*"accept": "text/event-stream".*"mcp-session-id": "s-1"'
asked '^DELETE /old .*"mcp-session-id": "s-1"'
never '^POST /old initialize .*mcp-session-id'
sed -n '\,^POST /old,s/ {.*//p' "$work/requests" >"$work/order"
printf 'POST /old %s\n' server/discover initialize notifications/initialized tools/list tools/call | diff - "$work/order" || fail "not in this order"

# A forgotten session is opened again, and the call is made again.
add forgets
status 0 mcp call forgets say
says 'remembered'
asked '^POST /forgets tools/call .*"s-0"'
asked '^POST /forgets tools/call .*"s-1"'

# A stream that broke off is continued.
add breaks
status 0 mcp call breaks say
says 'here is the rest'
asked '^GET /breaks .*"last-event-id": "e-7".*"mcp-session-id": "s-2"'

# So is one whose connection is lost again and again.
add tears
status 0 mcp call tears say
says 'mended'

# A server asks the person during a call; nobody is there.
add elicits
status 0 mcp call elicits say
says 'you decline'

# In the newest revision it tells of a new tool in a request that stays open, and the next
# question offers it.
cat >"$work/model.sh" <<'END'
cat >>"$0.asked"
n=$(cat "$0.n" 2>/dev/null || echo 0)
echo $((n + 1)) >"$0.n"
if [ "$n" = 0 ]; then
	echo '{"call":{"id":"c","name":"changes_say","arguments":{}},"finish":"tools"}'
else
	echo '{"text":"Done.","finish":"stop"}'
fi
END
cp "$rc" "$work/rc"
add changes
printf 'backend add m exec cmd="/bin/bash %s/model.sh"\nset backend m\nset mode assist\nset tools.policy "changes_*=allow"\n' "$work" >>"$rc"
printf 'first\nsecond\n/quit\n' | timeout 600 "$posedge" --plain >"$work/out" 2>"$work/err" || fail "--plain"
says 'Done.'
asked '^POST /changes subscriptions/listen .*"mcp-method": "subscriptions/listen"'
[ "$(cat "$work/model.sh.n")" = 3 ] || fail "the model was asked $(cat "$work/model.sh.n") times"
[ "$(grep -c '"changes_fresh"' "$work/model.sh.asked")" = 1 ] || fail "the new tool is not offered"
cp "$work/rc" "$rc"

# A redirect would take the key elsewhere.
add redirect key=env:TEST_MCP_KEY
status 2 mcp list redirect
notes 'points elsewhere (307), which is not followed'
never '/stolen'
status 0 mcp remove redirect

# What fails, fails with a sentence, and within its time.
unknown refuses 'refused us (401): who are you?; key= or header.NAME= gives a key'
unknown oauth 'refused us (401): log in; it wants a login by OAuth, which is not supported'
unknown older '(405); for the older HTTP+SSE, with two addresses, add a bridge program'
unknown greets "ask http://127.0.0.1:$port/greets: what answers there is no HTTP"
unknown nothing 'no server of tools takes messages at http://'
refuses page 'it answers with text/html, which is neither JSON nor a stream'
refuses took 'it took the request and answered nothing (202)'
refuses other 'it answers with another message'
refuses rubbish 'it answers with another message'
refuses short 'the connection was lost'
refuses ends 'its answer ended before the result'
quiet silent
closed silent
quiet comments
closed comments
refuses flood 'sending messages that were not asked for'
closed flood
refuses pings 'does not read its input'
closed pings
refuses huge 'its answer is larger than 8 MB'
closed huge
refuses line 'an event of more than 16 MB'
closed line
# A server that cannot be reached is not asked again in the older way.
status 0 mcp add full "url=http://127.0.0.1:$full/"
status 2 mcp list full
notes "ask http://127.0.0.1:$full/: no connection within its time"
grep -q 'more' "$work/err" && fail "it is given more time"
status 0 mcp remove full
status 0 mcp call old say
says 'all was well'
exec 9>&-
wait "$server"
# Freed memory is overwritten: why a transfer failed is not looked for in it.
MALLOC_PERTURB_=85 status 2 mcp call old say
notes "ask http://127.0.0.1:$port/old: connection refused; is the server running?"

# What does not fit together is refused at once, and a project names no server.
refused() {
	status 2 mcp add x "$@"
	notes "$sentence"
}
sentence='cmd=COMMAND or url=ADDRESS is missing' refused seconds=3
sentence='what a program may use has no meaning beside url=' refused url=http://a/ cmd=b
sentence='what a program may use has no meaning beside url=' refused url=http://a/ network=on
sentence='belong to url=' refused cmd=b key=env:A
sentence='begins with http:// or https://' refused url=file:///etc/passwd
sentence='a name or password has no place in url=' refused url=http://me:word@a/
sentence='env:NAME or cmd:PROGRAM, not the key itself' refused url=http://a/ key=word
sentence='a header of the protocol itself' refused url=http://a/ header.Mcp-Session-Id=1
sentence='a name of letters, digits and dashes' refused url=http://a/ 'header.a b=1'
echo "mcp add x url=http://127.0.0.1:$port/modern" >.posedgerc
status 0 trust
status 2 mcp list x
grep -q "posedgerc:1: mcp add x: a server is named in your own posedgerc" "$work/err" || fail "a project names a server"
