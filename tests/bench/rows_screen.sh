# rows_screen.sh - the screen beside the editors that are here, measured from
# outside, in a pty. Sourced by bench.sh.

code=$(printf '\0173\033[F')	# to the code pane, behind the first line

screen_place() {
	export LC_ALL=C.UTF-8 TERM=xterm-256color
	mkdir -p "$work/screen" && cd "$work/screen"
	[ -e big.sv ] || for i in $(seq 1 500); do echo "  assign w$i = a & b; // line number $i"; done >big.sv
}

# pty_job prints: start in ms, a key's median and 99th percentile in ms, bytes
# for a key, KB, wake-ups, CPU in ms.
screen_rows() {
	local -a a b ours theirs words
	local editor insert
	screen_place
	measure first_paint "number 10" "$posedge" big.sv # makes the session's folder
	ours=($(PTY_IDLE_MS=10000 pty_job "number 10" "$code" 300 "$posedge" big.sv)) || stop "could not measure a key"
	figure "a key to its drawing, 500 lines, ms" "${ours[1]}" -
	figure "its 99th percentile, ms" "${ours[2]}" 2
	figure "bytes to the terminal for a key" "${ours[3]}" 64
	figure "memory, MB" "$((ours[4] / 1024))" 16
	figure "wake-ups in 10 idle seconds" "${ours[5]}" 0
	for editor in "nano" "vim -u NONE -n" "micro"; do
		have "${editor%% *}" "a key of ${editor%% *}, ms" || continue
		insert=$(printf '\005')
		[ "${editor%% *}" = vim ] && insert=A
		read -ra words <<<"$editor"
		theirs=($(pty_job "number 10" "$insert" 300 "${words[@]}" big.sv)) || stop "could not measure a key of $editor"
		figure "a key of ${editor%% *}, ms" "${theirs[1]}" - "99% ${theirs[2]} ms, ${theirs[3]} bytes a key, $((theirs[4] / 1024)) MB"
	done
	if have nano "key over nano"; then
		a=(fresh_key "number 10" "$code" "$posedge" big.sv) b=(key "number 10" "$(printf '\005')" nano big.sv)
		pairs 5 a b
		row "key over nano, 500 lines, first line of a fresh project" 1.0
	fi
}

# From the last key to the sign in the gutter, in one of 600 files, while all of them are
# linted; with the pause before that lint, over the tool alone on what that file needs.
live_ms() {
	local -a all
	rm -rf .posedge
	all=($(pty_job "module top0" "$(printf '\0173\033[B=')" "until: err " "$posedge" top0.sv)) && echo "${all[0]}"
}

live_rows() {
	have verilator_bin "last key to the sign, of 600 files" || return 0
	export LC_ALL=C.UTF-8 TERM=xterm-256color
	mkdir "$work/live" && cd "$work/live" && make_design
	local -a a=(live_ms) b=(time_job -s 1 verilator_bin --lint-only -Wall -y . top0.sv)
	pairs 5 a b
	row "last key to the sign in a file of 600, over verilator on what it needs" 1.5
	figure "last key to the sign in a file of 600, ms" "$(cut -d' ' -f1 "$work/pairs" | quarter 2)" 500
	cd ..
}

# While an answer streams, 1,000 tokens a second, and a simulation prints.
busy_rows() {
	local -a busy
	have bwrap "a key while work is done" && have verilator_bin "a key while work is done" && have iverilog "a key while work is done" || return 0
	screen_place
	mkdir "$work/busy" && cd "$work/busy" # a project of its own, as all of these
	{ echo "module m;"; for i in $(seq 1 500); do echo "  wire w$i; // line number $i"; done; echo "endmodule"; } >m.sv
	# shellcheck disable=SC2016 # $display is Verilog's
	printf 'module m_tb;\n  reg c = 0;\n  m dut();\n  always #5 c = ~c;\n  always @(posedge c) begin $display("at %%0d the counter is %%h", $time, c); if (c === 1%sbx) $error("x"); end\nendmodule\n' "'" >m_tb.sv
	for i in $(seq 1 12000); do printf 'word%04d ' "$i"; [ $((i % 12)) = 0 ] && echo; done >answer.md
	printf 'backend add m fake file=%s pieces=9 every_ms=1\nset backend m\nset engine icarus\nset sim.run_seconds 30\nset lint.live on\n' "$PWD/answer.md" >"$XDG_CONFIG_HOME/posedge/posedgerc"
	measure first_paint "number 10" "$posedge" m.sv
	busy=($(PTY_ECHO=1 PTY_PACE_MS=60 PTY_WAIT_MS=20000 pty_job "number 10" "$(printf '\0172go\r\0173\017r\033[F')" 40 "$posedge" m.sv)) || stop "could not measure a key while work is done"
	figure "a key while an answer streams and a simulation prints, ms" "${busy[1]}" 4 "99% ${busy[2]} ms"
	rm "$XDG_CONFIG_HOME/posedge/posedgerc"
	token_rows
	findings_row
}

# A model's answer as it comes by the network: 2,000 pieces of 9 bytes, one a millisecond,
# from a server in a process of its own.
stream_of_words() {
	printf 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n'
	piece_of openai | awk '{
		split($0, around, " assign q%d;[\\\\]n")
		for (i = 1; i <= 2000; i++) printf "%sword%04d%s%s\n\n", around[1], i, i % 12 ? " " : "\\n", around[2]
	}'
	printf 'data: {"id":"c1","model":"M","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":2000}}\n\ndata: [DONE]\n\n'
}

token_rows() {
	local -a token server
	local size port server_PID
	stream_of_words >response
	coproc server { "$builddir/tests/lib/replay_server" --every 1 response; }
	read -r -t 30 port <&"${server[0]}" || stop "the server of a streamed answer did not start"
	printf 'backend add m openai url=http://127.0.0.1:%s/v1 model=M\nset backend m\nset lint.live on\n' "$port" >"$XDG_CONFIG_HOME/posedge/posedgerc"
	for size in 24x80 60x200; do
		rm -rf .posedge
		token=($(PTY_ROWS=${size%x*} PTY_COLS=${size#*x} pty_job "number 10" "$(printf '\0172go\r')" "until:tokens in" "$posedge" m.sv)) || stop "could not measure a streamed answer"
		figure "bytes to the terminal for a streamed token, $size" "$((token[1] / 2000))" 200
		figure "CPU of 1,000 tokens a second on the screen, $size, % of a core" "$(awk -v ms="${token[2]}" 'BEGIN { print ms / 2000 * 100 }')" 5 \
			"2,000 tokens took ${token[2]} ms of CPU in ${token[0]} ms"
	done
	eval "exec ${server[1]}>&-"
	wait "$server_PID" 2>/dev/null || true
	rm "$XDG_CONFIG_HOME/posedge/posedgerc"
}

# From the last key to the findings, over the tool alone; the pause before the lint counts.
found_ms() {
	local -a all
	rm -rf .posedge
	all=($(pty_job "number_10" "$(printf '\0173\033[B=')" "until: err " "$posedge" n.sv)) && echo "${all[0]}"
}

findings_row() {
	local -a a=(found_ms) b
	mkdir -p "$work/found" && cd "$work/found"
	{ echo "module n ("; echo "  input wire line_number_10,"; echo "  output wire y"; echo ");"; echo "  assign y = line_number_10;"; echo "endmodule"; } >n.sv
	b=(alone_ms "$PWD/n.sv")
	pairs 5 a b
	row "last key to findings over verilator in bwrap" 1.3
	cd ..
}

# From the start of the program until the file's text is on the screen.
start_rows() {
	local -a a b ours
	screen_place
	measure first_paint "number 10" "$posedge" big.sv
	if have nano "start over nano"; then
		b=(first_paint "number 10" nano big.sv)
		a=(first_paint "number 10" "$posedge" big.sv)
		pairs 21 a b
		row "start over nano, 500 lines, second start" 1.3
		a=(fresh_paint "number 10" "$posedge" big.sv)
		pairs 21 a b
		row "start over nano, 500 lines, fresh project" 1.3
	fi
	million
	mkdir -p "$work/large" && cd "$work/large" && ln -f "$work/million.sv" .
	if have vim "76 MB to the first paint over vim"; then
		b=(first_paint number_0000010 vim -u NONE -n million.sv)
		a=(fresh_paint number_0000010 "$posedge" million.sv)
		pairs 7 a b
		row "76 MB to the first paint over vim, fresh project" 0.25
		a=(first_paint number_0000010 "$posedge" million.sv)
		pairs 7 a b
		row "76 MB to the first paint over vim, second start" 0.2
	fi
	ours=($(pty_job "number_0000010" "$code" 50 "$posedge" million.sv)) || stop "could not measure the memory of a large file"
	figure "peak memory over a file of 76 MB" "$(over $((ours[4] * 1024)) "$(stat -c %s million.sv)")" 1.3
}

# 40 signals over 10,000 cycles, in 200 columns: the cursor goes left, so that each key
# draws, and near the edge all of the window anew.
waves_rows() {
	local -a took
	screen_place
	[ -e wide.vcd ] || awk 'BEGIN {
		print "$timescale 1ns $end\n$scope module tb $end\n$var reg 1 ! clk $end"
		for (i = 0; i < 40; i++) printf "$var reg %d s%d q%d $end\n", i % 3 ? 16 : 1, i, i
		print "$upscope $end\n$enddefinitions $end"
		for (t = 0; t < 10000; t++) {
			printf "#%d\n1!\n", t * 10
			for (i = 0; i < 40; i++)
				if ((t + i) % (i % 5 + 1) == 0) printf i % 3 ? "b%d%d%d%d s%d\n" : "%ds%d\n", int(t / (i + 1)) % 2, i % 3 ? int(t / 2) % 2 : i, t % 2, (t + i) % 2, i
			printf "#%d\n0!\n", t * 10 + 5
		}
	}' >wide.vcd
	took=($(PTY_COLS=200 PTY_KEY=$(printf '\033[D') pty_job "of 99.995 us" "-" 300 "$posedge" wave --tui wide.vcd)) || stop "could not measure a key in the waves"
	figure "a key in the waves, ms" "${took[1]}" 2 "99% ${took[2]} ms"
}

# How many different functions of ours run from a letter to its drawing. Callgrind writes
# a dump whenever the loop is about to sleep, so that the time it takes is not part of a
# turn, which would be logged as a long one. The dumps with a letter recorded and drawn
# count; the least is taken, since on some a timer's or the disk's work comes in between.
letter_rows() {
	local dump n typed least=''
	have valgrind "functions that run for a letter" || return 0
	screen_place
	mkdir "$work/letter" && cp big.sv "$work/letter" && cd "$work/letter"
	PTY_PACE_MS=900 PTY_KEY_MS=10000 pty_job "number 10" "$code" 12 valgrind -q --tool=callgrind --separate-threads=yes \
		--dump-before=uv_run --callgrind-out-file=calls "$posedge" big.sv >/dev/null || stop "could not follow a letter"
	for dump in calls.*-01; do
		read -r n typed < <(awk -v list="$dump.list" -f "$srcdir/tests/bench/functions.awk" "$dump")
		[ "$typed" = 0 ] || [ "${least:-9999}" -le "$n" ] || least=$n
	done
	figure "functions that run from a letter to its drawing" "${least:-none}" 59
	cd ..
}
