#!/usr/bin/env bash
# Every protocol with the real program: a local server that replays recordings, and
# programs as backends.
. "${srcdir:?}/tests/lib/lib.sh"

mkdir -p "$work/p" && cd "$work/p"
. "$srcdir/tests/lib/server.sh"

head='HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n'
# recorded PROTOCOL.NAME: the server's side, without the expectation after it.
recorded() { { printf "%b" "$head"; sed '/^%% want$/,$d' "$srcdir/tests/unit/wires/$1"; } >"$work/answer"; }
# with PROTOCOL OPTIONS...: sets the backend to that protocol.
with() {
	local protocol=$1
	shift
	rm -f "$work/requests"
	serve "$work/answer"
	printf 'backend add t %s url=http://127.0.0.1:%s retry_base_ms=1 %s\nset backend t\n' "$protocol" "$(cat "$work/port")" "$*" >"$rc"
}
sent() { grep -qF -- "$1" "$work/requests" || fail "the request lacks: $1 in $(head -c 600 "$work/requests")"; }

recorded openai.text
with openai model=M key=env:TEST_API_KEY header.X-Title=posedge
status 0 ask "a register"
says "q <= d;"
sent "POST /v1/chat/completions "
sent "Authorization: Bearer $TEST_API_KEY"
sent "X-Title: posedge"

# A server that compresses without being asked, as a whole or with a flush per event,
# and one that fails at it.
sent "Accept-Encoding: identity"
printf '%s' '{"error":{"message":"the quota is used up"}}' | gzip -c >"$work/body"
{ printf 'HTTP/1.1 400 Bad Request\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n'; cat "$work/body"; } >"$work/answer"
with openai model=M key=env:TEST_API_KEY
status 2 ask "a register"
notes "the quota is used up"
sed '/^%% want$/,$d' "$srcdir/tests/unit/wires/openai.text" | gzip -c >"$work/body"
{ printf 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n'; cat "$work/body"; } >"$work/answer"
with openai model=M key=env:TEST_API_KEY
status 0 ask "a register"
says "q <= d;"
{ printf 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n'; head -c 40 "$work/body"; } >"$work/answer"
with openai model=M key=env:TEST_API_KEY
status 2 ask "a register"

# What little comes may unpack to very much.
head -c 100000000 /dev/zero | gzip | gzip >"$work/body"
{ printf 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\nConnection: close\r\n\r\n'; cat "$work/body"; } >"$work/answer"
with openai model=M key=env:TEST_API_KEY
status 2 ask "a register"
notes "too large when it is unpacked"

recorded openai-responses.text
with openai-responses model=M key=env:TEST_API_KEY
status 0 ask "a register"
says "logic q;"
sent "POST /v1/responses "
sent '"store":false'

recorded anthropic.text
with anthropic model=M key=env:TEST_API_KEY reasoning=high
status 0 ask "a wire"
says "assign y = a;"
sent "POST /v1/messages "
sent "x-api-key: $TEST_API_KEY"
sent "anthropic-version: 2023-06-01"
sent '"thinking":{"type":"adaptive"}'
grep -q '"cached":3000' .posedge/sessions/*/journal.jsonl || fail "tokens from a cache were not recorded"

recorded gemini.text
with gemini model=M key=env:TEST_API_KEY
status 0 ask "a wire"
says "wire a;"
sent "POST /v1beta/models/M:streamGenerateContent?alt=sse "
sent "x-goog-api-key: $TEST_API_KEY"

recorded ollama.text
with ollama model=M
status 0 ask "a register"
says "reg q;"
sent "POST /api/chat "
sent '"num_ctx":'

# A model that is not loaded is reported; a name without a tag means the latest.
memory() { printf 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"models":[{"name":"%s","model":"%s"}]}' "$1" "$1" >"$work/memory"; }
loads() {
	memory "$1"
	rm -f "$work/requests"
	serve "$work/memory" "$work/answer"
	printf 'backend add t ollama url=http://127.0.0.1:%s model=M\nset backend t\n' "$(cat "$work/port")" >"$rc"
	status 0 ask "a register"
	says "reg q;"
	sent "GET /api/ps "
}
loads other:7b
notes "M is not loaded yet: the server loads it first"
loads M:latest
silent_on "not loaded"

# Answers that end abnormally are reported as such, for every protocol.
recorded anthropic.refusal; with anthropic model=M; status 1 ask x; notes "refused to go on"
status 0 log; says "(ended by a refusal)"
status 0 export --markdown; says "The answer was ended by a refusal."
recorded gemini.blocked; with gemini model=M; status 1 ask x; notes "withheld the answer"
recorded ollama.error; with ollama model=M; status 2 ask x; notes "llama runner has stopped"
recorded anthropic.cut; with anthropic model=M; status 2 ask x; notes "lost"
recorded openai-responses.failed; with openai-responses model=M; status 2 ask x; notes "it fell over"

# A key in a header is a secret like any other, and a user's field in the body replaces
# ours.
recorded openai.text
with openai model=M header.api-key=env:TEST_API_KEY body.seed=7 body.stream_options=null
status 0 ask "a register"
sent "api-key: $TEST_API_KEY"
sent '"seed":7'
grep -q stream_options "$work/requests" && fail "a field set to null was sent"
grep -rq "$TEST_API_KEY" .posedge && fail "the key of a header was recorded"

# Without a configured model the server's list decides.
list() { printf 'HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' ${#1} "$1" >"$work/list"; }
list '{"object":"list","data":[{"id":""},{"id":"only-one"}]}'
recorded openai.text
rm -f "$work/requests"
serve "$work/list" "$work/answer"
printf 'backend add t openai url=http://127.0.0.1:%s/v1\nset backend t\n' "$(cat "$work/port")" >"$rc"
status 0 ask "a register"
sent "GET /v1/models "
sent '"model":"only-one"'
list '{"object":"list","data":[{"id":"small"},{"id":"large"}]}'
serve "$work/list" "$work/answer"
printf 'backend add t openai url=http://127.0.0.1:%s/v1\nset backend t\n' "$(cat "$work/port")" >"$rc"
status 2 ask "a register"
notes "small, large"

# A server that asks to wait is reported; one that asks for too long is not waited for.
printf 'HTTP/1.1 429 Slow\r\nRetry-After: 0\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}' >"$work/slow"
printf 'HTTP/1.1 429 Slow\r\nRetry-After: 3600\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}' >"$work/slower"
serve "$work/slow" "$work/answer"; status 0 ask x; notes "as the server asks"
serve "$work/slower" "$work/answer"; status 2 ask x; notes "asks to wait 3600 s"
serve "$work/slow" "$work/answer"
echo "set mode read" >>"$rc"
status 0 ask x; notes "as the server asks"; says "q <= d;"
stop

# The certificate of a private authority is trusted if it is configured.
if command -v openssl >/dev/null; then
	openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/tls.key" -out "$work/tls.crt" -days 2 -subj /CN=localhost \
		-addext subjectAltName=DNS:localhost >/dev/null 2>&1 || fail "openssl makes no certificate"
	mkfifo "$work/tls.in"
	openssl s_server -accept 0 -key "$work/tls.key" -cert "$work/tls.crt" <"$work/tls.in" >"$work/tls.out" 2>&1 &
	tls=$!
	exec 8>"$work/tls.in"
	for _ in $(seq 1000); do
		grep -qs '^ACCEPT .*:' "$work/tls.out" && break
		sleep 0.01	# a condition with a limit, looked at again
	done
	port=$(sed -n 's/^ACCEPT .*:\([0-9]*\).*/\1/p' "$work/tls.out" | head -1)
	printf 'backend add t openai url=https://localhost:%s/v1 model=M retries=2\nset backend t\n' "$port" >"$rc"
	status 2 ask x; notes "certificate is not trusted: "; notes "self"; silent_on "retry in"
	printf 'backend add t openai url=https://127.0.0.1:%s/v1 model=M retries=2 ca=%s\nset backend t\n' "$port" "$work/tls.crt" >"$rc"
	status 2 ask x; notes "name '127.0.0.1'"; silent_on "retry in"
	printf 'backend add t openai url=https://localhost:%s/v1 model=M retries=0 ca=%s\nset backend t\n' "$port" "$work/tls.crt" >"$rc"
	cat "$work/answer" >&8	# what the server says to the next that it accepts
	status 0 ask x; says "q <= d;"
	printf 'backend add t openai url=https://localhost:%s/v1 model=M ca=/nonexistent\nset backend t\n' "$port" >"$rc"
	status 2 ask x; notes "cannot be read"
	kill $tls
	exec 8>&-
	wait $tls 2>/dev/null
fi

# Programs as backends, as docs/backends.md describes them.
program() { sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" "$srcdir/docs/backends.md" | sed '1d;$d'; }
mine() { printf 'backend add mine exec cmd="%s" %s\nset backend mine\n' "$1" "${2:-}" >"$rc"; }
for language in python sh; do
	[ "$(program $language | grep -vc '^\(#.*\)*$')" -le 10 ] || fail "the program in $language is no ten lines"
done
if command -v python3 >/dev/null; then
	program python >ask.py
	mine "python3 ask.py"
	status 0 ask "does it  wrap?"
	says "does it wrap?"
	grep -q '"finish":"stop","model":"echo-1"' .posedge/sessions/*/journal.jsonl || fail "how it ended was not recorded"
fi
program sh >ask.sh && chmod +x ask.sh
echo "It counts to nine." >answer.txt
mine ./ask.sh
status 0 ask "how far?"
says "It counts to nine."
rm answer.txt
status 2 ask "how far?"
notes "answer.txt"
mine "./no such"; status 2 ask x; notes "./no"
mine true; status 2 ask x; notes "printed no answer"
mine "echo oops"; status 2 ask x; notes "mine, echo: the program sent something that is no JSON"
notes 'each line has to be an object such as {"text":"..."}'
mine "echo <b>oops</b>"; status 2 ask x; notes 'each line has to be an object such as {"text":"..."}'
mine "sleep 100" stall_ms=100; status 2 ask x; notes "said nothing"
exit 0
