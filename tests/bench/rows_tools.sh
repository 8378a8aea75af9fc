# rows_tools.sh - lint and simulation beside the tools alone. Sourced by bench.sh.

# One lint of FILE by the tool alone, in a sandbox as ours, in ms.
alone_ms() { time_job -s 1 bwrap --unshare-all --ro-bind / / --dev /dev verilator_bin --lint-only -Wall "$1"; }

lint_rows() {
	have verilator "lint" || return 0
	cd "$work" && mkdir lint && cp "$srcdir/backends/cookbook/counter/rtl.sv" lint/counter.sv && cd lint
	compare "lint over verilator --lint-only -Wall" 1.0 11 "$posedge" lint counter.sv -- verilator --lint-only -Wall counter.sv
	measure peak_kb "$posedge" lint counter.sv
	figure "peak memory of lint without its children, MB" "$((number / 1024))" 12
}

# The most memory of a command that finds something, in KB.
peak_kb() { { job peak "$@" >"$work/said"; } 2>&1; }

# 600 files: 20 tops of 24 blocks of their own, which share 100 leaves.
make_design() {
	awk 'BEGIN {
		for (l = 0; l < 100; l++) {
			f = "leaf" l ".sv"
			printf "module leaf%d (input wire clk, input wire [7:0] d, output reg [7:0] q);\n", l >f
			printf "  always @(posedge clk) q <= d ^ 8'"'"'d%d;\nendmodule\n", l >f
			close(f)
		}
		for (t = 0; t < 20; t++) {
			top = "top" t ".sv"
			printf "module top%d (input wire clk, input wire [7:0] d, output wire [7:0] q);\n  wire [7:0] w [0:24];\n  assign w[0] = d;\n", t >top
			for (b = 0; b < 24; b++) {
				f = "block" t "_" b ".sv"
				printf "module block%d_%d (input wire clk, input wire [7:0] d, output wire [7:0] q);\n", t, b >f
				for (i = 0; i < 20; i++) printf "  wire [7:0] n%d = d + 8'"'"'d%d;\n", i, i >f
				printf "  wire [7:0] s = n0", "" >f
				for (i = 1; i < 20; i++) printf " ^ n%d", i >f
				printf ";\n  wire [7:0] a, c;\n" >f
				printf "  leaf%d u0 (.clk(clk), .d(s), .q(a));\n", (t * 7 + b) % 100 >f
				printf "  leaf%d u1 (.clk(clk), .d(a), .q(c));\n", (t * 7 + b + 31) % 100 >f
				printf "  leaf%d u2 (.clk(clk), .d(c), .q(q));\nendmodule\n", (t * 7 + b + 62) % 100 >f
				close(f)
				printf "  block%d_%d u%d (.clk(clk), .d(w[%d]), .q(w[%d]));\n", t, b, b, b, b + 1 >top
			}
			printf "  assign q = w[24];\nendmodule\n" >top
			close(top)
		}
	}'
}

design_rows() {
	have verilator_bin "lint of a design of 600 files" || return 0
	mkdir "$work/design" && cd "$work/design" && make_design
	printf 'for t in %s; do verilator_bin --lint-only -Wall -y . $t.sv || exit 1; done\n' "$(seq -s ' ' -f top%g 0 19)" >../each.sh
	prepare() { rm -rf .posedge; }
	compare "lint of 600 files over the sum of one lint for each top" 0.6 3 "$posedge" lint -- sh ../each.sh
	prepare() { :; }
}

# The six designs: NAME and its files into the current folder; sets $module.
cookbook() {
	module=$(sed -n 's/^module: *//p' "$srcdir/backends/cookbook/$1/card.md")
	rm -rf "$work/sim/$1" && mkdir -p "$work/sim/$1" && cd "$work/sim/$1"
	cp "$srcdir/backends/cookbook/$1/rtl.sv" "$module.sv" && cp "$srcdir/backends/cookbook/$1/tb.sv" "${module}_tb.sv"
}

# Before each run somebody has saved the design anew.
edited() { echo "// edit $RANDOM $1" >>"$module.sv"; }

# icarus_pair MODULE RUNS NAME GOAL: posedge over the two tools.
icarus_pair() {
	printf 'iverilog -g2012 -s %s_tb -o a.vvp %s_tb.sv %s.sv && vvp -n a.vvp\n' "$1" "$1" "$1" >plain.sh
	compare "$3" "$4" "$2" "$posedge" sim "$1_tb" --engine icarus -- sh plain.sh
	echo "$ratio" >>"$work/icarus_ratios"
}

# One design: somebody saves it, and a verdict is waited for; the tools by hand beside
# both engines, in turns, since they take longest.
edited_rows() {
	local m=$1 turn plain
	printf 'rm -rf o && verilator --binary --timing --trace --assert -Wno-fatal --top-module %s_tb %s_tb.sv %s.sv --Mdir o && ./o/V%s_tb\n' "$m" "$m" "$m" "$m" >plain.sh
	measure time_job "$posedge" sim "${m}_tb" --engine verilator # its library is compiled once
	rm -f "$work"/pairs.*
	for turn in 1 2 3; do
		edited "$turn"
		measure time_job sh plain.sh && plain=$number
		edited "$turn"
		measure time_job "$posedge" sim "${m}_tb" --engine verilator && echo "$number $plain" >>"$work/pairs.verilator"
		edited "$turn"
		measure time_job -u PASS "$posedge" sim "${m}_tb" --engine auto && echo "$number $plain" >>"$work/pairs.auto"
	done
	row "saved edit to verdict, Verilator, over by hand, $m" 0.08 "$work/pairs.verilator" && echo "$ratio" >>"$work/verilator_ratios"
	row "saved edit to the first verdict, auto, over by hand, $m" 0.01 "$work/pairs.auto" && echo "$ratio" >>"$work/auto_ratios"
}

sim_rows() {
	local name
	: >"$work/icarus_ratios" && : >"$work/verilator_ratios" && : >"$work/auto_ratios"
	for name in counter alu sync_fifo uart_tx traffic_light multiplier; do
		cookbook "$name"
		have iverilog "sim with Icarus, $name" && icarus_pair "$module" 11 "sim with Icarus over iverilog and vvp, $name" 1.3
		have verilator "saved edit to verdict, $name" && edited_rows "$module"
	done
	mean_and_worst "Icarus, the six" 1.2 1.3 "$work/icarus_ratios"
	mean_and_worst "Verilator, the six" 0.0833 0.08 "$work/verilator_ratios"
	mean_and_worst "auto, the six" 0.01 0.01 "$work/auto_ratios"
}

# Ten small problems, as a student has them: a gate, a mux, a counter.
tiny_rows() {
	have iverilog "tiny problems" || return 0
	: >"$work/icarus_ratios"
	for i in 0 1 2 3 4 5 6 7 8 9; do
		mkdir -p "$work/tiny/$i" && cd "$work/tiny/$i"
		printf 'module t%d (input wire [3:0] a, input wire [3:0] b, output wire [3:0] y);\n  assign y = (a + 4'"'"'d%d) ^ b;\nendmodule\n' "$i" "$i" >"t$i.sv"
		printf 'module t%d_tb;\n  reg [3:0] a, b; wire [3:0] y; integer i, errors = 0;\n  t%d dut (.a(a), .b(b), .y(y));\n  initial begin\n    for (i = 0; i < 256; i = i + 1) begin\n      {a, b} = i[7:0]; #1;\n      if (y !== ((a + 4'"'"'d%d) ^ b)) begin errors = errors + 1; $display("Error at %%0t", $time); end\n    end\n    if (errors == 0) $display("All tests passed!");\n    $finish;\n  end\nendmodule\n' "$i" "$i" "$i" >"t${i}_tb.sv"
		if [ "$i" = 0 ] && ! limited "$posedge" sim t0_tb --engine icarus >/dev/null 2>&1; then
			stop "posedge gives no PASS for the first of the tiny problems"
		fi
		icarus_pair "t$i" 5 "sim of a tiny problem over iverilog and vvp, $i" 1.3
	done
	mean_and_worst "Icarus, tiny problems" 1.2 1.3 "$work/icarus_ratios"
}

# What `posedge mcp` takes for that many questions, in ms; the least of five.
why_ms() {
	local i start
	{
		echo '{"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"b","version":"1"}},"jsonrpc":"2.0","id":0}'
		for ((i = 1; i <= $1; i++)); do
			printf '{"method":"tools/call","params":{"name":"why","arguments":{"signal":"u_alu.y","time":"%dns"}},"jsonrpc":"2.0","id":%d}\n' $((500000 + i * 10)) "$i"
		done
	} >questions
	for i in 1 2 3 4 5; do
		start=$(date +%s%N)
		limited "$posedge" mcp <questions >answers || return 1
		echo $((($(date +%s%N) - start) / 1000))
		[ "$(grep -c 'core_tb.dut.u_alu.y = ' answers)" = "$1" ] || return 1
	done | sort -n | head -1
}

why_rows() {
	have verilator "why" && have iverilog "why" || return 0
	cd "$work" && mkdir why && cp "$srcdir/tests/e2e/why/core.sv" why && cd why
	cat >core_tb.sv <<-'END'
		`timescale 1ns / 1ps
		module core_tb;
		  reg clk = 0, rst = 1;
		  wire [5:0] pc;
		  wire [15:0] result;
		  wire wrote, halted;
		  reg [15:0] rom [0:63];
		  integer i;
		  core dut (.clk(clk), .rst(rst), .pc(pc), .instr(rom[pc]), .result(result), .wrote(wrote), .halted(halted));
		  always #5 clk = ~clk;
		  initial begin
		    for (i = 0; i < 64; i = i + 1)
		      rom[i] = {3'd0, 3'd1 + i[1:0], 3'd1 + i[2:1], 3'd7, 4'd1 + i[1:0]};
		    repeat (2) @(negedge clk);
		    rst = 0;
		    repeat (100000) @(negedge clk);
		    if (result !== 16'd1) $error("result is %h", result);
		    $finish;
		  end
		endmodule
	END
	limited "$posedge" sim --engine icarus --one >/dev/null 2>&1
	one=$(why_ms 1) && many=$(why_ms 41) || stop "could not measure why"
	figure "why in 100,000 cycles of a processor, the first, ms" "$((one / 1000))" -
	figure "each step of it after that, ms" "$(awk -v a="$one" -v b="$many" 'BEGIN { printf "%.2f", b > a ? (b - a) / 40000 : 0 }')" 50
}

# Calls of tools, as a model makes them: that many, of two kinds.
tool_calls() {
	echo '{"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"b","version":"1"}},"jsonrpc":"2.0","id":0}'
	awk -v n="$1" 'BEGIN {
		for (i = 1; i <= n; i++)
			printf "{\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s},\"jsonrpc\":\"2.0\",\"id\":%d}\n", i % 2 ? "read_file" : "design",
				i % 2 ? "{\"path\":\"counter.sv\"}" : "{\"what\":\"hierarchy\"}", i
	}'
}

calls_kb() {
	rm -rf .posedge
	peak_kb "$posedge" mcp <"$1"
}

calls_rows() {
	local few
	mkdir "$work/calls" && cd "$work/calls" && cp "$srcdir/backends/cookbook/counter/rtl.sv" counter.sv
	tool_calls 1000 >few && tool_calls 10000 >many
	measure calls_kb few && few=$number
	measure calls_kb many
	[ "$(grep -c '"result"' "$work/said")" = 10001 ] || stop "not all calls of tools were answered"
	figure "memory after 10,000 calls of tools over that after 1,000" "$(over "$number" "$few")" 1.05 "$number over $few KB"
}

# 100 mutants of a module of about 100 lines over 100 runs of the two tools.
mutant_rows() {
	have iverilog "mutants" || return 0
	mkdir "$work/mutants" && cd "$work/mutants"
	awk 'BEGIN {
		print "`timescale 1ns/1ns\nmodule alu(input clk, rst, input [2:0] op, input [7:0] a, b, output reg [7:0] y);"
		print "  reg [8:0] t0, t1, t2, t3;"
		for (k = 0; k < 4; k++) {
			printf "  always @(*) begin\n    t%d = 9\047d0;\n    case (op)\n", k
			for (i = 0; i < 14; i++) printf "      4\047d%d: t%d = (a + b) ^ 9\047d%d;\n", i, k, i + k
			print "      default: ;\n    endcase\n  end"
		}
		print "  always @(posedge clk)\n    if (rst) begin\n      y <= 0;\n    end else begin"
		print "      y <= t0[7:0] ^ t1[7:0] ^ t2[7:0] ^ t3[7:0];\n    end\nendmodule"
	}' >alu.v
	cat >alu_tb.v <<-'V'
		`timescale 1ns/1ns
		module alu_tb;
		  reg clk = 0, rst = 1; reg [2:0] op; reg [7:0] a, b, want; wire [7:0] y; integer i, errors = 0;
		  alu u(clk, rst, op, a, b, y);
		  always #5 clk = !clk;
		  initial begin
		    #12 rst = 0;
		    for (i = 0; i < 64; i = i + 1) begin
		      op = i; a = i * 7; b = i * 13; @(posedge clk); #2;
		      want = op ^ (op + 8'd1) ^ (op + 8'd2) ^ (op + 8'd3);
		      if (y !== want) begin errors = errors + 1; $display("FAIL op %0d: %h", op, y); end
		    end
		    if (errors == 0) $display("All tests passed");
		    $finish;
		  end
		endmodule
	V
	echo 'for i in $(seq 100); do iverilog -g2012 -s alu_tb -o a.vvp alu.v alu_tb.v && vvp -n a.vvp || exit 1; done' >plain.sh
	printf '"$1" mutants --max 100; [ $? -le 1 ]\n' >ours.sh
	compare "100 mutants over 100 times iverilog and vvp" 0.2 3 sh ours.sh "$posedge" -- sh plain.sh
}

# The processor time that a command's own process takes, without those that it starts, in ms.
own_ms() {
	local pid stat t=0
	local -a rest
	"$@" >/dev/null 2>&1 &
	pid=$!
	while read -r stat 2>/dev/null <"/proc/$pid/stat"; do
		read -r -a rest <<<"${stat##*) }"
		t=$((${rest[11]} + ${rest[12]}))
		sleep 0.02
	done
	wait $pid && echo $((t * 1000 / $(getconf CLK_TCK)))
}

# Nine of them with Verilator, over `verilator --binary` for each.
judge_by_verilator() {
	cat >by_hand.sh <<-'S'
		mkdir "$2" && cd "$2"
		sed 's/RefModule/TopModule/g' "$1/$2_ref.sv" >top.sv
		verilator --binary --timing --assert -Wno-fatal -Wno-lint --top-module tb top.sv "$1/$2_ref.sv" "$1/$2_test.sv" >log 2>&1 && ./obj_dir/Vtb >>log
		cd .. && rm -r "$2"
	S
	printf 'head -9 names | xargs -P2 -n1 sh by_hand.sh "%s"\n' "$1" >plain.sh
	measure time_job "$posedge" bench verilog-eval "$1" --references --engine verilator --only Prob001_zero # its library is compiled once
	compare "9 references judged with Verilator, over verilator --binary" 0.03 1 \
		"$posedge" bench verilog-eval "$1" --references --engine verilator --only 'Prob00*' -- sh plain.sh
}

# A run that goes on behind 100,000 rows, of which the last one is missing.
resume_rows() {
	seq 1000 | awk '{ printf "{\"repo_name\":\"r\",\"context\":[],\"file_path\":\"a.v\",\"cropped_code\":\"\",\"next_line\":\"wire q;\"}\n" }' >lines.jsonl
	awk 'BEGIN { for (p = 1; p <= 1000; p++) for (s = 1; s <= 100; s++)
		printf "{\"problem\":\"lines-%06d\",\"sample\":%d,\"completion\":\"wire q;\"}\n", p, s }' >said.jsonl
	limited "$posedge" bench rtl-repo lines.jsonl --answers said.jsonl --out all.jsonl >/dev/null 2>&1 || stop "no rows came of rtl-repo"
	head -n -1 all.jsonl >most.jsonl
	measure time_job "$posedge" bench rtl-repo lines.jsonl --answers said.jsonl --resume most.jsonl
	figure "a run goes on behind 100,000 rows, ms" "$number" 2000
	measure peak_kb "$posedge" bench rtl-repo lines.jsonl --answers said.jsonl --resume all.jsonl
	figure "its memory, MB" "$((number / 1024))" 100
}

# The references of VerilogEval, judged twice, over the tools alone, two at a time; the
# set is nobody's but the user's. Wanted is 0.6 of the official makefile (`make -j2`), of which
# the tools alone take 0.4. Then a report of 100,000 rows.
judge_rows() {
	local data=${POSEDGE_VERILOG_EVAL:-$srcdir/../shared/verilog-eval}/spec-to-rtl
	have iverilog "bench" || return 0
	mkdir "$work/judge" && cd "$work/judge"
	if [ -d "$data" ]; then
		cat >one.sh <<-'S'
			mkdir "$2" && cd "$2"
			sed 's/RefModule/TopModule/g' "$1/$2_ref.sv" >top.sv
			iverilog -Wall -Winfloop -Wno-timescale -g2012 -s tb -o sim top.sv "$1/$2_test.sv" "$1/$2_ref.sv" >log 2>&1
			timeout 30 ./sim >>log 2>&1
			cd .. && rm -r "$2"
		S
		(cd "$data" && ls ./*_ref.sv | sed 's|^\./||; s/_ref.sv$//') >names
		printf 'xargs -P2 -n1 sh one.sh "%s" <names\n' "$data" >plain.sh
		compare "156 references judged twice, over iverilog and vvp, two jobs" 1.5 1 \
			"$posedge" bench verilog-eval "$data" --references -- sh plain.sh
		number=$(own_ms "$posedge" bench verilog-eval "$data" --references) || stop "bench judged nothing"
		figure "own processor time of a judged sample, ms" "$(awk -v ms="$number" 'BEGIN { print ms / 156 }')" 5
		have verilator "bench with Verilator" && judge_by_verilator "$data"
	fi
	awk 'BEGIN { for (p = 0; p < 1000; p++) for (s = 1; s <= 100; s++)
		printf "{\"suite\":\"verilog-eval\",\"problem\":\"P%04d\",\"sample\":%d,\"class\":\"%s\",\"verdict\":\"pass\",\"seconds\":{},\"tokens\":{},\"rounds\":1,\"code\":true,\"first\":{\"text\":\"\"},\"answer_hash\":\"%064d\"}\n", p, s, (p * s) % 3 ? "." : "R", p * s }' >rows.jsonl
	measure time_job -s 1 "$posedge" bench report rows.jsonl
	figure "a report of 100,000 rows, ms" "$number" 2000
	measure peak_kb "$posedge" bench report rows.jsonl
	figure "its memory, MB" "$((number / 1024))" 100
	resume_rows
}
