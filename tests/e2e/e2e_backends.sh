#!/usr/bin/env bash
# Configuring, testing and finding backends; each mistake is reported at once and names
# the backend.
. "${srcdir:?}/tests/lib/lib.sh"

mkdir -p "$work/p" && cd "$work/p"
. "$srcdir/tests/lib/server.sh"

refused() { printf '%s\n' "$1" >"$rc"; status 0 backends; notes "$2"; }
refused 'backend add x openai reasonning=high' "did you mean reasoning=?"
refused 'backend add x openai heder.X-A=1' "did you mean header"
refused 'backend add x anthropic modell=M' "did you mean model=?"
refused 'backend add x exec comand=ls' "did you mean cmd=?"
refused 'backend add x cookbook colour=blue' "not known to cookbook"
refused 'backend add x openai temperature=9' "a number from 0 to 2"
refused 'backend add x openai body.seed={' "body.seed"
refused 'backend add x openai body.a.b.c.d.e.f.g.h.i.j=1' "more than 8 objects in each other"
refused 'backend add x openai body.a={} body.a.b=1' "body.a.b: body.a has a value already"
refused 'backend add x openai body.a.b=1 body.a=null' "body.a: body.a.b has a value already"
refused 'backend add x openai body.a=1 body.a=2' "body.a: body.a has a value already"
printf 'backend add x openai body.a.c=1 body.ab=1 body.a.b=2 body.a.cd=3\n' >"$rc"; status 0 backends; silent_on "has a value"
refused 'backend add x openai header.=1' "a name of letters"
refused 'backend add x anthropic role=developer' "only openai has a use for it"
refused 'backend add x openai version=2026-10-21' "only anthropic has a use for it"
refused 'backend add x openai max_output=many' "a number of tokens"
refused 'backend add x gemini budget=5' "100 or more"
refused 'backend add x exec' "which program"
refused 'backend add x openia' "protocol openia: not known; did you mean openai?"
refused 'backend add x telepathy' "protocol telepathy: not known; there are cookbook"
refused 'backend add x openai key=sk-1234567890' "a key itself has no place in a file"

# A key in an address is a secret, too, where its name tells that it is one.
printf 'backend add q openai url=http://127.0.0.1:1/v1?api-version=7&api_key=wordsonlyhere model=M retries=0\nset backend q\n' >"$rc"
status 2 ask x
notes 'api-version=7&api_key=[redacted]'
grep -rq wordsonlyhere .posedge && fail "a key in an address was recorded"

# Every option is in the help, and all of the help is in the manual page.
status 0 help backend
for option in url model key header.NAME ca max_output temperature reasoning context role body.FIELD budget answer; do
	says "$option="
done
for protocol in openai openai-responses anthropic gemini ollama exec cookbook replay fake; do says "    $protocol "; done
status 0 manual
says "header.NAME=VALUE"

# The user alone chooses the backend, since a project's file goes to others.
printf 'backend add one fake text=One.\nbackend add two fake text=Two.\n' >"$rc"
status 0 set backend one
says "it is in your own posedgerc"
[ ! -e .posedgerc ] || fail "the project's rc names a backend"
status 0 ask x; says "One."
status 2 set backend tow; notes "not configured"
status 0 set backend.fix two
printf 'module m(output logic y)\nendmodule\n' >m.sv
status 1 fix; says "Two."
status 1 fix --backend one; says "One."
status 0 ask x; says "One."
status 0 backends; says "(for fix)"
status 0 set backend.fix ''
status 1 fix; says "One."
rm m.sv

# --test asks each and says what failed.
http() { printf 'HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' "$1" "${#2}" "$2"; }
http '404 Not Found' '{"error":{"message":"The model qwen3-8b does not exist"}}' >"$work/e404"
http '200 OK' '{"object":"list","data":[{"id":"llama-70b"},{"id":"qwen3:8b"},{"id":"qwen2:1b"},{"id":"phi"}]}' >"$work/list"
http '401 Unauthorized' '{"error":{"message":"bad key"}}' >"$work/e401"
{ printf '%b' "$sse"; delta ok; printf '%b' "$finish"; } >"$work/fine"
t() { printf 'backend add t openai url=http://127.0.0.1:%s/v1 retry_base_ms=1 %s\n' "$(cat "$work/port")" "$1" >"$rc"; }
serve "$work/e404" "$work/list"; t model=qwen3-8b
status 2 backends --test t
says "fails    t"
says "/v1/chat/completions"
says "the nearest: qwen3:8b, qwen2:1b, "
serve "$work/e401"; t "model=M key=env:TEST_API_KEY"
status 2 backends --test t
says "bad key"
silent_on "$TEST_API_KEY"
serve "$work/fine"; t model=M
status 0 backends --test t
says "ok       t            M answers"
grep -q '"max_tokens":256' "$work/requests" || fail "the question of a test has no limit"
echo 'backend add nobody openai url=http://127.0.0.1:1/v1 retries=0' >>"$rc"
echo 'backend add nowhere openai url=http://no.such.host.invalid/v1 retries=0' >>"$rc"
status 2 backends --test
says "ok       cookbook"
says "ok       t"
says "is the server running?"
says "there is no such host"
status 2 backends --test unheard
notes "not configured"
[ ! -e .posedge ] || ! grep -rq "Say ok" .posedge || fail "a test was recorded"

# What a server reports about its model is shown.
http '200 OK' '{"data":[{"id":"M","max_model_len":32768}]}' >"$work/caps"
serve "$work/fine" "$work/caps"; t model=M
status 0 backends --test t
says "M answers; 32768 tokens of context"

# The key command runs once for all questions of a process.
printf '#!/bin/sh\necho called >>"%s/calls"\necho sk-test-0123456789abcdefghij\n' "$work" >"$work/key"
chmod +x "$work/key"
serve "$work/fine"
t "model=M key=cmd:$work/key"
echo 'set backend t' >>"$rc"
printf 'one\ntwo\n/quit\n' | timeout 600 "$posedge" --plain >"$work/out" 2>"$work/err" || fail "--plain ended badly"
[ "$(grep -c '^POST' "$work/requests")" -ge 2 ] || fail "two questions were not asked"
[ "$(wc -l <"$work/calls")" = 1 ] || fail "the key was got $(wc -l <"$work/calls") times"

# A proxy that refuses is named, its credentials are not.
echo 'backend add far openai url=http://example.invalid/v1 model=M retries=0' >"$rc"
http_proxy=http://me:secret@127.0.0.1:1 status 2 backends --test far
says "refused by the proxy 127.0.0.1:1"
silent_on secret

# A proxy that requires a login answers before the server is reached; retrying does not
# help.
http '407 Proxy Authentication Required' '<html>no' >"$work/login"
serve "$work/login"
echo 'backend add far openai url=https://example.invalid/v1 model=M retry_base_ms=1' >"$rc"
https_proxy=http://me:secret@127.0.0.1:$(cat "$work/port") status 2 backends --test far
says "the proxy 127.0.0.1:$(cat "$work/port") wants a name and a password (407)"
silent_on secret
grep -q retry "$work/err" && fail "a login was asked for twice"

# A server that is loading its model is waited for, with a message.
http '503 Service Unavailable' '{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}' >"$work/loading"
serve "$work/loading" "$work/loading" "$work/loading" "$work/loading" "$work/fine"
printf 'backend add t openai url=http://127.0.0.1:%s/v1 model=M retry_base_ms=1 retries=1\nset backend t\n' "$(cat "$work/port")" >"$rc"
status 0 ask x
notes "loads its model"
says ok

# A model without tool support costs one refusal a week, not one per process; a test of
# the backend, another model and the end of the week query it again.
export XDG_CACHE_HOME=$work/cache
http '400 Bad Request' '{"error":{"message":"M does not support tools","param":"tools"}}' >"$work/no_tools"
refuses() { serve "$work/no_tools" "$work/fine"; t "$1"; printf 'set backend t\nset mode assist\n' >>"$rc"; : >"$work/requests"; }
offered() { [ "$(grep -c '"tools":' "$work/requests")" = "$1" ] || fail "tools were offered $(grep -c '"tools":' "$work/requests") times, not $1"; }
refuses model=M
status 0 ask x
notes 'for a week, or until `backends --test t`'
offered 1
status 0 ask y
notes 'asked without tools, which its server refused less than a week ago'
offered 1
status 0 backends --test t
says "it refused tools before, and is offered them again"
status 0 ask z
offered 2
silent_on 'asked without'
refuses model=M # another port: another server
status 0 ask x
offered 1
touch -d '8 days ago' "$work"/cache/posedge/no-tools/*
status 0 ask y
offered 2
touch -d 'tomorrow' "$work"/cache/posedge/no-tools/* 2>/dev/null
status 0 ask y
offered 3
rm -rf "$work/cache" && printf x >"$work/cache" # no place to keep it
refuses model=M
status 0 ask x
notes 'from now on until posedge ends'
says ok
stop

# Commands are quoted like all other lines: a backend's, an agent's and a key's.
mkdir "$work/a b"
cat >"$work/a b/ask" <<'S'
#!/bin/sh
printf '{"text":"%s is one of %s"}\n{"finish":"stop"}\n' "$1" $#
S
chmod +x "$work/a b/ask"
printf '%s\n' "backend add q exec cmd=\"'$work/a b/ask' 'one word' two\"" 'set backend q' >"$XDG_CONFIG_HOME/posedge/posedgerc"
status 0 ask x
says 'one word is one of 2'
printf '%s\n' "backend add q exec cmd=\"'open\"" 'set backend q' >"$XDG_CONFIG_HOME/posedge/posedgerc"
status 2 ask x
notes 'a quote is not closed'
exit 0
