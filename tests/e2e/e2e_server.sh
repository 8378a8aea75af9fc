#!/usr/bin/env bash
# A local server replays answers, complete and broken: what arrives is shown and stored,
# and an answer that was cut is never applied by itself.
. "${srcdir:?}/tests/lib/lib.sh"

mkdir -p "$work/p" && cd "$work/p"
. "$srcdir/tests/lib/server.sh"

code='```verilog rtl/m.sv\nmodule m;\nendmodule\n```\n'
{ printf "$sse"; delta 'Here: '; delta "$code"; printf "$finish"; } >whole
for slice in 1 7 100000; do
	serve --slice $slice whole
	status 0 ask "a module"
	says "+module m;"
done
grep -q "Authorization: Bearer $TEST_API_KEY" "$work/requests" || fail "the key was not sent"
grep -rq "$TEST_API_KEY" .posedge && fail "the key was recorded"

# Cut in the middle: kept, marked, never applied.
{ printf "$sse"; delta 'Here: '; delta '```verilog rtl/m.sv\nmodule m;\n'; } >'cut'
serve cut
status 2 ask "a module" --apply
notes "lost"
[ ! -e rtl/m.sv ] || fail "a cut answer was applied"
status 0 log
says "(cut off)"

# An unreadable answer is reported: silence would look like success.
last() { printf 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"%s"}]}\n\ndata: [DONE]\n\n' "$1"; }
{ printf "$sse"; delta ''; last stop; } >empty
{ printf "$sse"; delta 'It wraps because'; last length; } >short
{ printf "$sse"; delta ''; last content_filter; } >filtered
{ printf "$sse"; delta "$code"'```verilog rtl/n.sv\nmodule n;\n'; last length; } >second
{ printf "$sse"; delta '```bash\nsed -i s/a/b/ rtl/m.sv\n```\n'; last stop; } >commands
serve commands; status 1 ask x --apply; notes "posedge runs none"
serve empty; status 1 ask x; notes "empty"
serve short; status 1 ask x; notes "cut off"; says "It wraps"
serve filtered; status 1 ask x; notes "filter"
serve second; status 2 ask x --apply; notes "rtl/n.sv"
[ ! -e rtl/m.sv ] && [ ! -e rtl/n.sv ] || fail "a part of a cut answer was applied"

# Errors, each with a sentence. Temporary ones are retried.
http() { printf 'HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%sConnection: close\r\n\r\n%s' "$1" "${#2}" "${3:-}" "$2"; }
http '401 Unauthorized' '{"error":{"message":"bad key"}}' >e401
http '404 Not Found' '{"error":{"message":"no model"}}' >e404
http '500 Oops' '<html>broken</html>' >e500
http '429 Slow' '{"error":{"message":"slow down"}}' 'Retry-After: 0
' >e429
{ printf "$sse"; printf 'data: {"error":{"message":"no room"}}\n\n'; } >e200
{ printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html></html>'; } >html
printf '' >nothing
serve e401; status 2 ask x; notes "bad key"
serve e404; status 2 ask x; notes "no model"
serve e200; status 2 ask x; notes "no room"
serve html; status 2 ask x; notes "web page"
serve e500; status 2 ask x; notes "500"; notes "retry in"
serve nothing; status 2 ask x; notes "without an answer"
serve e429 e500 whole; status 0 ask x; notes "slow down"; says "+module m;"
# Headers in one line, and in many: beyond the limit of curl for either.
{ printf 'HTTP/1.1 200 OK\r\nX-One: %0200000d\r\n\r\n' 1; } >long
{ printf 'HTTP/1.1 200 OK\r\n'; for i in $(seq 400); do printf 'X-%d: %01000d\r\n' "$i" 1; done; printf '\r\n'; } >many
for headers in long many; do
	serve $headers; status 2 ask x; notes "more than 64 KB of headers"
	grep -q "retry in" "$work/err" && fail "an answer with too many headers was asked for again"
done
stop
status 2 ask x
notes "is the server running?"

# The first bytes show what an answer is, whatever its header says or omits.
options=retries=0
for type in '' 'Content-Type: application/json\r\n' 'Content-Type: text/plain\r\n'; do
	{ printf 'HTTP/1.1 200 OK\r\n%bConnection: close\r\n\r\n\n' "$type"; delta 'all of it'; printf 'data: [DONE] \n\n'; } >untyped
	serve --slice 1 untyped
	status 0 ask x
	says "all of it"
done
{ printf "$sse"; printf '\n[{"error":{"message":"no room here"}}]'; } >typed
serve typed; status 2 ask x; notes "no room here"
{ printf "$sse"; delta 'part'; printf 'event: error\ndata: {"message":"no room there"}\n\n'; } >event
serve event; status 2 ask x; notes "no room there"
http '422 No' '{"detail":[{"loc":["body"],"msg":"not loaded"}]}' >e422
serve e422; status 2 ask x; notes "not loaded"

# SIGTERM and SIGHUP end a question at once, with the partial answer recorded.
options=
{ printf "$sse"; delta 'The beginning\n'; } >slow
for signal in TERM HUP; do
	serve --hold slow
	rm -f "$work/requests"
	"$posedge" ask "$signal me" >"$work/out" 2>"$work/err" &
	asking=$!
	# The beginning is on disk: a condition with a limit.
	for _ in $(seq 1000); do
		grep -qs "$signal me" .posedge/sessions/*/journal.jsonl && break
		sleep 0.01
	done
	kill -$signal $asking
	wait $asking && fail "a question that was ended has status 0"
	notes "cancelled"
done

# A server that stalls is abandoned after the time limit.
options='first_byte_ms=100 stall_ms=100 retries=0'
{ printf "$sse"; delta 'wait'; } >stall
serve --hold stall
status 2 ask x
notes "nothing came"

# A server that gives the reason for the end but keeps the connection open is not waited
# for.
{ printf "$sse"; delta 'all of it'; printf 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'; } >open
serve --hold open
status 0 ask x
says "all of it"

# 100 MB without a newline, bytes that are no UTF-8, half of a surrogate pair.
options=retries=0
{ printf "$sse"; printf 'data: '; head -c 100000000 /dev/zero | tr '\0' x; } >endless
serve --slice 65536 endless
status 2 ask x
notes "an event of more than 16 MB"
rm endless
{ printf "$sse"; delta 'a\ud83d b'; printf 'data: {"choices":[{"delta":{"content":"\xff\xfec"}}]}\n\n'; printf "$finish"; } >bytes
serve --slice 3 bytes
status 0 ask x
iconv -f utf-8 -t utf-8 "$work/out" >/dev/null || fail "what is no UTF-8 was printed"
status 0 log
iconv -f utf-8 -t utf-8 "$work/out" >/dev/null || fail "what is no UTF-8 was recorded"

# Terminal control sequences arrive as text; a path outside is refused.
options=
{ printf "$sse"; delta 'a\u001b[2Jb\n\n```verilog ../../.bashrc\nmodule e;\nendmodule\n```\n'; printf "$finish"; } >evil
serve evil
status 1 ask x --apply
notes ".bashrc"
[ ! -e "$HOME/.bashrc" ] && [ ! -e ../../.bashrc ] || fail "a file outside was written"

# No key, a key with a newline in it, a key in a file.
unset TEST_API_KEY
status 2 ask x
notes "TEST_API_KEY"
TEST_API_KEY=$'sk-a\nX-Evil: 1' status 2 ask x
notes "control character"
printf 'backend add u openai key=sk-0123456789\n' >"$rc"
status 0 backends
notes "a key itself has no place in a file"
stop
exit 0
