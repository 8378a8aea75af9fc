#!/usr/bin/env bash
# The figures, as ratios of two commands measured side by side in this run.
# make bench [ROWS="lint screen"]; a row beside a program that is not here (nano,
# vim, a simulator) is left out with a sentence. It ends at the first step that
# fails. The groups: lint design sim why tiny text stream sync moments record review
# screen waves start.
set -u
. "${srcdir:?}/tests/lib/lib.sh"
. "$srcdir/tests/bench/pairs.sh"
. "$srcdir/tests/bench/rows_tools.sh"
. "$srcdir/tests/bench/rows_screen.sh"
# What is measured is the program as it is used: no digest of each state.
unset POSEDGE_TEST_DIGESTS
BROKEN=1

# What was measured before, in seconds.
cpu_row() {
	awk -v a="$2" -v b="$3" 'BEGIN { exit !(a + 0 > 0 && b + 0 > 0) }' || stop "could not measure: $1"
	awk -v a="$2" -v b="$3" -v name="$1" -v goal="$4" 'BEGIN { printf "%-58s %8.4f s over %8.4f s = %6.3f   (to reach: %s)\n", name, a, b, a / b, goal }'
}

# 76 MB in a million lines, made when first asked for.
million() {
	[ -e "$work/million.sv" ] || awk 'BEGIN { for (i = 0; i < 1000000; i++) printf "assign wire_number_%07d = other_wire_number_%07d & mask[%d]; // %d\n", i, i, i % 32, i }' >"$work/million.sv"
}

text_rows() {
	cd "$work"
	million
	echo "a file of $(($(stat -c %s million.sv) / 1000000)) MB"
	have vim "open, line 900,000, insert, undo" || return 0
	compare "open, line 900,000, insert, undo over vim" "below 0.25" 5 "$builddir/tests/bench/text_job" million.sv -- \
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

stream_rows() {
	cd "$work"
	have curl "CPU of http, sse and answer" || return 0
	# The least of three runs each.
	least() { for _ in 1 2 3; do "$@"; done | sort -n | head -n 1; }
	curl_alone() { { TIMEFORMAT='%U %S'; time curl -s -N -d '{}' "$url" >/dev/null; } 2>&1 | awk '{ print $1 + $2 }'; }
	for protocol in openai openai-responses anthropic gemini ollama; do
		piece_of $protocol >piece
		awk '{ for (i = 0; i < 400000; i++) printf $0 (/^data/ ? "\n\n" : "\n"), i }' piece >stream
		echo "$protocol: a stream of $(($(stat -c %s stream) / 1000000)) MB"
		{ printf 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n'; cat stream; } >response
		coproc server { "$builddir/tests/lib/replay_server" --slice 65536 response; }
		read -r port <&"${server[0]}"
		url=http://127.0.0.1:$port/v1
		mine=$(least "$builddir/tests/bench/sse_job" ours "$url" $protocol 2>/dev/null)
		alone=$(least curl_alone)
		parse=$(least "$builddir/tests/bench/sse_job" bare stream)
		cpu_row "CPU of http, $protocol, answer over curl and cJSON of each chunk" "$mine" "$(awk -v a="$alone" -v b="$parse" 'BEGIN { print a + b }')" "below 1.3"
		eval "exec ${server[1]}>&-"
		wait "$server_PID" 2>/dev/null || true
	done
}

# A disk whose sync takes half a second: how late is the loop?
sync_rows() {
	cd "$work"
	cc -shared -fPIC -o slow_sync.so "$srcdir/tests/bench/slow_sync.c" || stop "slow_sync.so could not be made"
	late() { "$builddir/tests/bench/sync_job" "$1"; }
	cpu_row "longest turn of the loop, sync slowed to 500 ms" "$(LD_PRELOAD="$work/slow_sync.so" late "$work/slow")" "$(late "$work/quick")" "near 1, and below 0.5 s"
}

# Any moment of a session of 100,000 events: its state, and with a file's text.
moments_rows() {
	cd "$work"
	states=($("$builddir/tests/bench/moments_job" "$work/moments" 100000)) || stop "moments_job failed"
	texts=($("$builddir/tests/bench/moments_job" "$work/moments2" 100000 f0.sv)) || stop "moments_job failed"
	echo "a session of 100,000 events: opened in ${states[0]} ms (to reach: below 1000), a moment in ${states[1]} ms, 99% ${states[2]} ms (below 50)"
	echo "a moment with the text of a file: ${texts[1]} ms, 99% ${texts[2]} ms (below 50)"
	one=($("$builddir/tests/bench/moments_job" "$work/moments3" 100000 f0.sv 1)) || stop "moments_job failed"
	echo "the same when all edits are of that file: opened in ${one[0]} ms, ${one[1]} ms, 99% ${one[2]} ms, the longest ${one[3]} ms (below 50)"
}

# What recording costs: the program in a terminal while somebody types, asks and
# decides, and of that what its events cost to be recorded (record_job). The
# program's own time alone: the linter and the terminal are not in it.
record_rows() {
	export LC_ALL=C.UTF-8 TERM=xterm-256color
	mkdir "$work/record" && cd "$work/record"
	{ echo "module m;"; for i in $(seq 1 300); do echo "  wire w$i; // line number $i"; done; echo "endmodule"; } >m.sv
	for i in $(seq 1 600); do printf 'word%04d ' $i; [ $((i % 12)) = 0 ] && echo; done >answer.md
	printf 'backend add m fake file=%s pieces=9 every_ms=5\nset backend m\nbind review x take\n' "$PWD/answer.md" >"$XDG_CONFIG_HOME/posedge/posedgerc"
	{ echo "module n (input wire clk, output reg [299:0] q);"; for i in $(seq 1 298); do echo "  always @(posedge clk) q[$i] <= ~q[$i];"; done; echo "endmodule"; } >n.sv
	awk 'NR > 1 && NR < 300 { sub("~", "!") } { print }' n.sv >n2.sv
	diff -u --label a/n.sv --label b/n.sv n.sv n2.sv >n.diff
	rm n2.sv
	# A row: WHAT PREFIX KEYS FILE, in a session of its own.
	recorded() {
		rm -rf .posedge again
		"$posedge" "${@:4:1}" "${@:5}" >/dev/null 2>&1
		keys=($(PTY_PACE_MS=125 "$builddir/tests/bench/pty_job" "number 10" "$2" "$3" "$posedge" m.sv)) || stop "could not measure: $1"
		cost=($("$builddir/tests/bench/record_job" .posedge/sessions/* again)) || stop "record_job failed"
		awk -v name="$1" -v cpu="${keys[6]}" -v n="${cost[0]}" -v a="${cost[1]}" -v b="${cost[2]}" -v key="${keys[1]}" -v late="${keys[2]}" -v each="${cost[3]}" \
			'BEGIN { printf "%s: %d events, %.1f ms of CPU, recording %.1f ms = %.1f %%   (to reach: below 3)\n  a key to paint %.3f ms, 99%% %.3f ms, of which recording %.3f ms\n", name, n, cpu, b - a, (b - a) / cpu * 100, key, late, each / 1000 }'
	}
	recorded "typing 160 letters, 8 a second" "$(printf '\0173\033[F')" 160 note begin
	recorded "a question, then 160 letters while its answer comes" "$(printf '\0172go\r\0173\033[F')" 160 note begin
	recorded "160 decisions" "$(printf '\017v')" 160 apply n.diff
	rm "$XDG_CONFIG_HOME/posedge/posedgerc"
	for words in 20 40; do
		size=($("$builddir/tests/bench/hours_job" "$work/hours$words" 8 $words)) || stop "hours_job failed"
		awk -v words=$words -v all="${size[0]}" -v journal="${size[1]}" -v cache="${size[2]}" -v n="${size[4]}" \
			'BEGIN { printf "8 hours of %d words a minute: %.1f MB without waves, %d events, journal %.1f MB, snapshot %.1f MB%s\n", words, all / 1e6, n, journal / 1e6, cache / 1e6, words == 20 ? "   (to reach: below 20)" : "" }'
	done
}

# Two files of 50,000 lines with 1,000 changes; a module of 300 lines with 20
# places to decide on.
review_rows() {
	export LC_ALL=C.UTF-8 TERM=xterm-256color
	mkdir "$work/review" && cd "$work/review"
	awk 'BEGIN { srand(7); for (i = 0; i < 50000; i++) printf "  assign w%d = a[%d] & b%d;\n", i, i % 32, int(rand() * 40) }' >a.sv
	awk 'BEGIN { srand(9) } rand() < 0.02 { r = int(rand() * 3); if (r == 0) next; if (r == 1) { print "  assign changed" NR " = 1;"; next } print "  // new " NR } { print }' a.sv >b.sv
	"$builddir/tests/bench/diff_job" a.sv b.sv || stop "diff_job failed"
	have git "diff of two files of 50,000 lines" &&
		compare "diff of two files of 50,000 lines over git diff --no-index" "below 2" 11 "$builddir/tests/bench/diff_job" a.sv b.sv -- \
			git diff --no-index a.sv b.sv
	have bwrap "badges for 20 places" && have verilator_bin "badges for 20 places" || return 0
	mkdir p && cd p
	{ echo "module m (input wire clk, output reg [299:0] q);"; for i in $(seq 1 298); do echo "  always @(posedge clk) q[$i] <= ~q[$i];"; done; echo "endmodule"; } >m.sv
	awk 'NR % 15 == 8 { sub("~", "!") } { print }' m.sv >../twenty.sv
	awk 'NR > 1 && NR < 300 { sub("~", "!") } { print }' m.sv >../all.sv
	diff -u --label a/m.sv --label b/m.sv m.sv ../twenty.sv >../twenty.diff
	diff -u --label a/m.sv --label b/m.sv m.sv ../all.sv >../all.diff
	"$posedge" apply ../twenty.diff >/dev/null 2>&1
	alone=$(for _ in 1 2 3 4 5; do alone_ms "$PWD/m.sv"; done | quarter 2)
	badges=$(PTY_COLS=200 pty_job "Ctrl-O menu" "$(printf '\017v')" "until:this line:" "$posedge") || stop "the badges did not come"
	awk -v a="${badges% *}" -v b="$alone" 'BEGIN { printf "badges for 20 places over one lint: %.0f ms over %.1f ms = %.1f   (to reach: below 25)\n", a, b, a / b }'
	rm -rf .posedge && "$posedge" apply ../all.diff >/dev/null 2>&1
	printf 'bind review x take\n' >"$XDG_CONFIG_HOME/posedge/posedgerc"
	keys=($(pty_job "Ctrl-O menu" "$(printf '\017v')" 250 "$posedge")) || stop "could not measure a decision"
	rm "$XDG_CONFIG_HOME/posedge/posedgerc"
	echo "a decision in a review to paint: ${keys[1]} ms, 99% ${keys[2]} ms (to reach: below 2)"
}

for group in ${ROWS:-lint design sim mutant judge why tiny text stream sync moments record review screen waves start}; do
	[ "$(type -t "${group}_rows")" = function ] || stop "there is no group $group"
	"${group}_rows"
done
