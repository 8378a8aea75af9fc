# server.sh - a local server that replays answers; sourced after lib.sh.

rc=$XDG_CONFIG_HOME/posedge/posedgerc
sse='HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n'
delta() { printf 'data: {"model":"M","choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":null}]}\n\n' "$1"; }
finish='data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
server=

# serve OPTIONS... FILES...: starts the server and configures the backend to use it.
# Requests are logged in $work/requests.
serve() {
	[ -z "$server" ] || stop
	rm -f "$work/pipe" "$work/port"
	mkfifo "$work/pipe"
	"$builddir/tests/lib/replay_server" --log "$work/requests" "$@" <"$work/pipe" >"$work/port" &
	server=$!
	exec 9>"$work/pipe"
	for _ in $(seq 1000); do
		[ -s "$work/port" ] && break
		sleep 0.01	# a condition with a limit, looked at again
	done
	printf 'backend add t openai url=http://127.0.0.1:%s/v1 model=M key=env:TEST_API_KEY retry_base_ms=1 %s\nset backend t\n' \
		"$(cat "$work/port")" "${options:-}" >"$rc"
}
stop() {
	exec 9>&-
	wait "$server" 2>/dev/null
	server=
}
export TEST_API_KEY=sk-test-0123456789abcdefghij
