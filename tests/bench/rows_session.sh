# rows_session.sh - what recording costs, what has been recorded, reviews. Sourced by
# bench.sh.

# Any moment of a session of 100,000 events: its state, and with a file's text.
moments_rows() {
	local -a states texts one
	states=($(job moments "$work/moments" 100000)) || stop "moments_job failed"
	texts=($(job moments "$work/moments2" 100000 f0.sv)) || stop "moments_job failed"
	one=($(job moments "$work/moments3" 100000 f0.sv 1)) || stop "moments_job failed"
	figure "a session of 100,000 events opened, ms" "${states[0]}" 1000
	figure "a moment of it, 99th percentile, ms" "${states[2]}" 50 "median ${states[1]}"
	figure "a moment with a file's text, 99th percentile, ms" "${texts[2]}" 50 "median ${texts[1]}"
	figure "the same when all edits are of that file, ms" "${one[2]}" 50 "median ${one[1]}, the longest ${one[3]}, opened in ${one[0]}"
	rm -rf "$work"/moments*
}

# A key in a module of a design of fifty: its rows in the graph.
graph_rows() {
	local lines
	local -a put
	for lines in 100 300; do
		put=($(job graph $lines 200)) || stop "graph_job failed"
		figure "a key in a module of $lines lines, in the graph of 50 modules, ms" "${put[0]}" 5 "99% ${put[1]}"
	done
}

# recorded WHAT PREFIX KEYS ARGUMENTS: 160 keys, 8 a second, in a session of its own. The
# program's own time alone: the linter and the terminal are not in it.
recorded() {
	local -a keys cost
	rm -rf .posedge again
	limited "$posedge" "${@:4}" >/dev/null 2>&1
	keys=($(PTY_PACE_MS=125 pty_job "number 10" "$2" "$3" "$posedge" m.sv)) || stop "could not measure: $1"
	cost=($(job record .posedge/sessions/* again)) || stop "record_job failed"
	figure "CPU of recording, % of all: $1" "$(awk -v cpu="${keys[6]}" -v a="${cost[1]}" -v b="${cost[2]}" 'BEGIN { printf "%.2f", (b > a ? b - a : 0) / cpu * 100 }')" 3 \
		"${cost[0]} events, ${keys[6]} ms of CPU; a key ${keys[1]} ms, 99% ${keys[2]} ms, of which recording $(awk -v us="${cost[3]}" 'BEGIN { printf "%.3f", us / 1000 }') ms"
}

# The program in a terminal while somebody types, asks and decides, and of that what its
# events cost to be recorded (record_job).
record_rows() {
	local i words
	local -a size
	export LC_ALL=C.UTF-8 TERM=xterm-256color
	mkdir "$work/record" && cd "$work/record"
	{ echo "module m;"; for i in $(seq 1 300); do echo "  wire w$i; // line number $i"; done; echo "endmodule"; } >m.sv
	for i in $(seq 1 600); do printf 'word%04d ' $i; [ $((i % 12)) = 0 ] && echo; done >answer.md
	printf 'backend add m fake file=%s pieces=9 every_ms=5\nset backend m\nbind review x take\n' "$PWD/answer.md" >"$XDG_CONFIG_HOME/posedge/posedgerc"
	{ echo "module n (input wire clk, output reg [299:0] q);"; for i in $(seq 1 298); do echo "  always @(posedge clk) q[$i] <= ~q[$i];"; done; echo "endmodule"; } >n.sv
	awk 'NR > 1 && NR < 300 { sub("~", "!") } { print }' n.sv >n2.sv
	diff -u --label a/n.sv --label b/n.sv n.sv n2.sv >n.diff
	rm n2.sv
	recorded "typing" "$(printf '\0173\033[F')" 160 note begin
	recorded "typing while an answer comes" "$(printf '\0172go\r\0173\033[F')" 160 note begin
	recorded "decisions" "$(printf '\017v')" 160 apply n.diff
	rm "$XDG_CONFIG_HOME/posedge/posedgerc"
	for words in 20 40; do
		size=($(job hours "$work/hours$words" 8 $words)) || stop "hours_job failed"
		figure "8 hours of $words words a minute, MB without waves" "$(awk -v n="${size[0]}" 'BEGIN { printf "%.2f", n / 1e6 }')" "$([ $words = 20 ] && echo 20 || echo -)" \
			"${size[4]} events, journal $((size[1] / 1000)) KB, snapshot $((size[2] / 1000)) KB"
	done
}

# Two files of 50,000 lines with 1,000 changes; a module of 300 lines with 20
# places to decide on.
review_rows() {
	local -a badges keys
	export LC_ALL=C.UTF-8 TERM=xterm-256color
	mkdir "$work/review" && cd "$work/review"
	awk 'BEGIN { srand(7); for (i = 0; i < 50000; i++) printf "  assign w%d = a[%d] & b%d;\n", i, i % 32, int(rand() * 40) }' >a.sv
	awk 'BEGIN { srand(9) } rand() < 0.02 { r = int(rand() * 3); if (r == 0) next; if (r == 1) { print "  assign changed" NR " = 1;"; next } print "  // new " NR } { print }' a.sv >b.sv
	have git "diff of two files of 50,000 lines over git diff" &&
		compare "diff of two files of 50,000 lines over git diff --no-index" 2 11 "$builddir/tests/bench/diff_job" a.sv b.sv -- \
			git diff --no-index a.sv b.sv
	have bwrap "badges for 20 places" && have verilator_bin "badges for 20 places" || return 0
	mkdir p && cd p
	{ echo "module m (input wire clk, output reg [299:0] q);"; for i in $(seq 1 298); do echo "  always @(posedge clk) q[$i] <= ~q[$i];"; done; echo "endmodule"; } >m.sv
	awk 'NR % 15 == 8 { sub("~", "!") } { print }' m.sv >../twenty.sv
	awk 'NR > 1 && NR < 300 { sub("~", "!") } { print }' m.sv >../all.sv
	diff -u --label a/m.sv --label b/m.sv m.sv ../twenty.sv >../twenty.diff
	diff -u --label a/m.sv --label b/m.sv m.sv ../all.sv >../all.diff
	limited "$posedge" apply ../twenty.diff >/dev/null 2>&1
	least 3 alone_ms "$PWD/m.sv"
	badges=($(PTY_COLS=200 pty_job "Ctrl-O menu" "$(printf '\017v')" "until:this line:" "$posedge")) || stop "the badges did not come"
	figure "badges for 20 places over one lint" "$(over "${badges[0]}" "$number")" 25 "${badges[0]} over $number ms"
	rm -rf .posedge && limited "$posedge" apply ../all.diff >/dev/null 2>&1
	printf 'bind review x take\n' >"$XDG_CONFIG_HOME/posedge/posedgerc"
	keys=($(pty_job "Ctrl-O menu" "$(printf '\017v')" 250 "$posedge")) || stop "could not measure a decision"
	rm "$XDG_CONFIG_HOME/posedge/posedgerc"
	figure "a decision in a review to its drawing, ms" "${keys[1]}" 2 "99% ${keys[2]}"
}
