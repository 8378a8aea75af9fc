#!/usr/bin/env bash
# Each flow that asks a model, with every kind of bad answer and bad spec: it ends by
# itself within its limits, reports what was wrong, and leaves files and session as they
# were.
MEMORY=1
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog
export LC_ALL=C.UTF-8

mkdir "$work/q" && cd "$work/q" || exit 9
cat >spec.md <<'END'
R1 While rst is high the count becomes 0 at the next edge of clk.
R2 With en the count grows by one at each edge of clk, and wraps after 15.
END
cat >tally.v <<'END'
module tally (input wire clk, input wire rst, input wire en, output reg [3:0] count);
  always @(posedge clk)
    if (rst) count <= 4'd0;
    else if (en) count <= count + 4'd2;
endmodule
END
cat >tally_tb.v <<'END'
module tally_tb;
  reg clk = 0, rst = 1, en = 1;
  wire [3:0] count;
  tally dut (.clk(clk), .rst(rst), .en(en), .count(count));
  always #5 clk = !clk;
  initial begin
    #12 rst = 0;
    #10 if (count !== 4'd1) $display("FAIL count %0d, not 1", count);
    $finish;
  end
endmodule
END
cat >"$work/model" <<'END'
#!/usr/bin/env bash
cat >/dev/null
n=$(cat "$0.n" 2>/dev/null || echo 0)
echo $((n + 1)) >"$0.n"
say() { printf '{"text":"%s"}\n' "$1"; }
module='```verilog\nmodule tally (input wire clk, input wire rst, input wire en, output reg [3:0] count);\n  always @(posedge clk) count <= %s;\nendmodule\n```\n'
case $(cat "$0.kind") in
loops) yes '{"text":"I count, and then I count again. "}' ;;
contradicts) # another thing each time, and both within one answer
	[ $((n % 2)) = 0 ] && say "${module/\%s/count + 1}No, it must not count: ${module/\%s/4\'d0}" ||
		say "R1 is met. R1 is not met. 1: yes. 1: no. | 1 | 0 | 0 | and | 1 | 1 | 1 |" ;;
language) say '计数器在每个时钟沿加一。复位时清零。\n\n```vhdl\nentity tally is port (clk : in std_logic); end entity;\n```\n' ;;
files) # fifty of them
	for i in $(seq 50); do say "\`rtl/f$i.v\`:\n\n\`\`\`verilog\nmodule f$i;\nendmodule\n\`\`\`\n\n"; done ;;
nothing) ;;
fails) echo "out of memory, sort of" >&2; exit 7 ;;
escapes) say '\u001b[2J\u0007`../../x.v`:\n\n```verilog\nmodule tally; initial $system(\"touch ../ran ran\"); endmodule\n```\n' ;;
esac
[ "$(cat "$0.kind")" = loops ] || echo '{"finish":"stop"}'
END
chmod +x "$work/model"
printf 'backend add m exec cmd="%s"\nset backend m\nset engine icarus\nset sim.run_seconds 5\n' "$work/model" >>"$XDG_CONFIG_HOME/posedge/posedgerc"
sums() { cksum spec.md tally.v tally_tb.v; find . -path ./.posedge -prune -o -type f -print | sort; }
sums >"$work/before"

# bad FLOW KIND [ARGUMENTS]: ends with 0, 1 or 2; without a result, in one sentence.
bad() {
	local flow=$1 kind=$2 got=0
	shift 2
	echo "$kind" >"$work/model.kind"
	rm -f "$work/model.n"
	timeout 600 "$posedge" "$flow" "$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
	[ $got -le 2 ] || fail "$flow of a model that $kind: ended with $got"
	grep -q '^posedge: ' "$work/err" || fail "$flow of a model that $kind: not a word"
	[ $got != 2 ] || [ "$(tail -1 "$work/err" | grep -c '^posedge: [^ ].*[a-z0-9)]')" = 1 ] ||
		fail "$flow of a model that $kind: no sentence at the end"
	[ "$(cat "$work/model.n" 2>/dev/null || echo 0)" -le 16 ] || fail "$flow of a model that $kind: asked too often"
	grep -q "$(printf '\033')" "$work/out" "$work/err" && fail "$flow of a model that $kind: raw bytes on the terminal"
	[ -z "$(find "$work" -name ran)" ] || fail "$flow of a model that $kind: ran it"
	sums | cmp -s - "$work/before" || fail "$flow of a model that $kind: files are others"
}
# The whole table with POSEDGE_SLOW=all; otherwise each flow gets the loop and two more
# kinds in rotation, so that each kind meets four flows.
kinds=(contradicts language files nothing fails escapes)
i=0
while read -r -a words; do
	bad "${words[0]}" loops "${words[@]:1}"
	for k in "${!kinds[@]}"; do
		[ "${POSEDGE_SLOW:-}" = all ] || [ $(((k + 6 - i % 6) % 3)) = 0 ] || continue
		bad "${words[0]}" "${kinds[$k]}" "${words[@]:1}"
	done
	i=$((i + 1))
done <<'END'
clarify
plan
walk
solve tally --best 2
tests tally
assert tally
assert tally --bind
explain tally
explain tally --grain line
complete tally.v:4
END
status 0 log
[ "$(grep -c 'asked flow' "$work/out")" -ge 10 ] || fail "the session lacks what was asked"

# A spec of two hundred pages, one long line, and a requirement that occurs a thousand
# times.
echo nothing >"$work/model.kind"
for spec in pages line same; do
	case $spec in
	pages) for i in $(seq 9000); do echo "R$i  The count is, in case $i, one more than before; at the edge of clk."; done ;;
	line) printf 'R1 ' && head -c 600000 /dev/zero | tr '\0' 'x' ;;
	same) for i in $(seq 1000); do echo "R1 The count is $i."; done ;;
	esac >spec.md
	sums >"$work/before"
	for flow in clarify plan "tests tally"; do
		# shellcheck disable=SC2086 # words
		set -- $flow
		bad "$1" nothing "${@:2}"
	done
done

# A spec larger than the limit: nothing is made without it, and it is not reported as
# missing.
for i in $(seq 9000); do
	echo "R$i  The count is, in case $i, one more than before; at the edge of clk, and holds its value at any other time, as said."
done >spec.md
sums >"$work/before"
for flow in clarify plan "solve tally" "tests tally" "assert tally"; do
	# shellcheck disable=SC2086 # words
	set -- $flow
	bad "$1" nothing "${@:2}"
	grep -q 'read spec.md: .*the limit is' "$work/err" || fail "$flow: a large spec.md is no reason"
	[ ! -e "$work/model.n" ] || fail "$flow: asked without the spec"
done
