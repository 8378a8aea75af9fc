# rows_stream.sh - large texts, long answers, a slow disk. Sourced by bench.sh.

# 76 MB in a million lines, made when first asked for.
million() {
	[ -e "$work/million.sv" ] || awk 'BEGIN { for (i = 0; i < 1000000; i++) printf "assign wire_number_%07d = other_wire_number_%07d & mask[%d]; // %d\n", i, i, i % 32, i }' >"$work/million.sv"
}

text_rows() {
	have vim "open, line 900,000, insert, undo over vim" || return 0
	cd "$work" && million
	compare "76 MB: open, line 900,000, insert, undo over vim" 0.25 5 "$builddir/tests/bench/text_job" million.sv -- \
		vim -u NONE -n -es -c 900000 -c 'normal! Onew' -c undo -c qa! million.sv
}

# A long stream of each protocol: the line of one piece, with %d in it.
piece_of() {
	case $1 in
	openai) printf '%s\n' 'data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"M","choices":[{"index":0,"delta":{"content":" assign q%d;\n"},"finish_reason":null}]}' ;;
	openai-responses) printf '%s\n' 'data: {"type":"response.output_text.delta","sequence_number":4,"item_id":"msg_1","output_index":0,"content_index":0,"delta":" assign q%d;\n"}' ;;
	anthropic) printf '%s\n' 'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" assign q%d;\n"}}' ;;
	gemini) printf '%s\n' 'data: {"candidates":[{"content":{"role":"model","parts":[{"text":" assign q%d;\n"}]},"index":0}],"usageMetadata":{"promptTokenCount":12,"totalTokenCount":16},"modelVersion":"M"}' ;;
	ollama) printf '%s\n' '{"model":"M","created_at":"2026-11-01T10:00:00.1Z","message":{"role":"assistant","content":" assign q%d;\n"},"done":false}' ;;
	esac
}

# User and system time of curl for all of a stream, in seconds.
curl_alone() { { TIMEFORMAT='%U %S'; time limited curl -s -N -d '{}' "$1" >body; } 2>&1 | awk '{ print $1 + $2 }'; }

# The least of three runs each, in turns: CPU time, so that other work matters little.
stream_rows() {
	local protocol port url mine alone parse turn server_PID
	local -a server
	have curl "CPU of a stream over curl and cJSON" || return 0
	cd "$work"
	for protocol in openai openai-responses anthropic gemini ollama; do
		piece_of $protocol >piece
		awk '{ for (i = 0; i < 400000; i++) printf $0 (/^data/ ? "\n\n" : "\n"), i }' piece >stream
		{ printf 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n'; cat stream; } >response
		coproc server { "$builddir/tests/lib/replay_server" --slice 65536 response; }
		read -r -t 30 port <&"${server[0]}" || stop "the server of $protocol did not start"
		url=http://127.0.0.1:$port/v1
		mine='' alone='' parse=''
		for turn in 1 2 3; do
			measure job sse ours "$url" $protocol 2>>"$work/sse.log" && mine+=" $number"
			measure curl_alone "$url" && alone+=" $number"
			measure job sse bare stream && parse+=" $number"
		done
		mine=$(tr ' ' '\n' <<<"${mine# }" | sort -g | head -n 1)
		alone=$(tr ' ' '\n' <<<"${alone# }" | sort -g | head -n 1)
		parse=$(tr ' ' '\n' <<<"${parse# }" | sort -g | head -n 1)
		figure "CPU of a stream, $protocol, over curl and cJSON" "$(over "$mine" "$(awk -v a="$alone" -v b="$parse" 'BEGIN { print a + b }')")" 1.3 \
			"$(($(stat -c %s stream) / 1000000)) MB: $mine s over $alone + $parse s"
		eval "exec ${server[1]}>&-"
		wait "$server_PID" 2>/dev/null || true
	done
}

# A disk whose sync takes half a second: how late is the loop?
sync_rows() {
	cd "$work"
	cc -shared -fPIC -o slow_sync.so "$srcdir/tests/bench/slow_sync.c" || stop "slow_sync.so could not be made"
	measure env LD_PRELOAD="$work/slow_sync.so" timeout "$LIMIT_S" "$builddir/tests/bench/sync_job" "$work/slow"
	figure "longest turn of the loop while a sync takes 500 ms, s" "$number" 0.5
}
