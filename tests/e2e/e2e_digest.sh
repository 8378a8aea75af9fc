#!/usr/bin/env bash
# set digest: the design's control and data flow and yosys's statistics are entries of
# the request that can be switched off. They are sent again when the design changes and
# stay within their limits. Without yosys, or with one that crashes, the reason is sent
# instead. bench tasks can compare two rc files.
MEMORY=1
. "${srcdir:?}/tests/lib/lib.sh"
export LC_ALL=C.UTF-8

mkdir -p "$work/p" && cd "$work/p" || exit 9
cat >queue.sv <<'V'
// Four words.
module queue(input logic clk, rst_n, put, input logic [3:0] d, output logic full);
  logic [2:0] level;
  assign full = level == 4;
  always_ff @(posedge clk or negedge rst_n)
    if (!rst_n) level <= 0;
    else if (put && !full) level <= level + 1;
endmodule
V
cat >top.sv <<'V'
module top(input logic clk, rst_n, go, output logic full);
  queue u_queue(.clk(clk), .rst_n(rst_n), .put(go), .d(4'd0), .full(full));
endmodule
V
cat >top_tb.sv <<'V'
module top_tb;
  logic clk = 0, rst_n = 0, go = 0, full;
  top dut(.*);
  initial begin #1 if (full !== 0) $error("full"); $finish; end
endmodule
V
cat >"$work/ask.sh" <<S
#!/bin/sh
cat >"$work/request"
printf '{"text":"Fine."}\n{"finish":"stop"}\n'
S
chmod +x "$work/ask.sh"
cat >"$XDG_CONFIG_HOME/posedge/posedgerc" <<E
backend add m exec cmd="$work/ask.sh"
set backend m
E
sent='~[0-9]+ +[0-9.]+ %'
entry() { grep -qE "^design +[0-9]+ B +$2  $1" "$work/out" || fail "no entry $1"; }
at() { grep -n "^$1" "$work/out" | head -1 | cut -d: -f1; }

# Off is the default.
status 0 ask --show "why?"
silent_on digest
status 2 set digest everything
status 0 set digest flow
status 0 ask --show "why?"
entry flow-digest "$sent"
silent_on netlist-digest
status 0 ask --show --whole "why?"
says 'line 5: always_ff at clk, reset rst_n; writes level; decides on '
says 'line 2: instance u_queue of queue: .clk(clk) .full(full) .put(go) .rst_n(rst_n)'
silent_on 'module top_tb, '
# The top comes first, or the module that the question names.
[ "$(at 'module queue, ')" -gt "$(at 'module top, ')" ] || fail "the top does not stand first"
status 0 ask --show --whole "why is the queue full?"
[ "$(at 'module queue, ')" -lt "$(at 'module top, ')" ] || fail "what is named does not stand first"

# An unchanged design is not sent again, a changed one is; off is off.
status 0 ask "why?"
grep -q 'flow-digest' "$work/request" || fail "it is not sent"
status 0 ask --show "and?"
says 'of the bytes as before'
[ "$(grep -c flow-digest "$work/out")" = 1 ] || fail "it is sent twice"
sed -i 's/level + 1/level + d/' queue.sv
status 0 ask --show "and?"
says 'flow-digest (stale)'
[ "$(grep -c flow-digest "$work/out")" = 2 ] || fail "the new one is not sent"
status 0 ask --show --whole "and?"
says 'reads d,level'
status 0 context off flow-digest
status 0 ask --show "and?"
says 'flow-digest (off)'
status 0 ask --show --whole "and?"
silent_on 'writes level'
status 0 context on flow-digest

# Forty modules stay within the limit, and those left out are counted.
mkdir ../many
for i in $(seq 40); do
	printf 'module m%d(input logic clk, a, output logic y);\n' "$i"
	for k in 1 2 3 4 5 6; do printf '  logic r%d;\n  always_ff @(posedge clk) if (a) r%d <= ~r%d;\n' $k $k $k; done
	printf '  assign y = r1;\nendmodule\n'
done >../many/many.sv
echo 'set digest flow' >../many/.posedgerc
cd ../many || exit 9
status 0 ask --show --whole "why?"
grep -qE '^and [0-9]+ more modules, for want of room$' "$work/out" || fail "what is left out is not counted"
status 0 ask --show "why?"
tokens=$(sed -nE 's/^design +[0-9]+ B +~([0-9]+) .*/\1/p' "$work/out")
[ "$tokens" -gt 1000 ] && [ "$tokens" -le 3200 ] || fail "$tokens tokens"
cd ../p || exit 9

# Without yosys, a short reason; the rest is there.
mkdir "$work/bin"
for t in git bash sh cat bwrap prlimit; do
	there=$(command -v $t) && ln -s "$there" "$work/bin/$t"
done
status 0 set digest both
TEST_PATH=$work/bin status 0 ask --show "why?"
says 'netlist-digest: no yosys here'
entry flow-digest "$sent"
TEST_PATH=$work/bin status 0 ask --show --whole "why?"
silent_on 'gates'

if command -v yosys >/dev/null; then
	# The counts are yosys's own.
	status 0 ask --show "why?"
	entry netlist-digest "$sent"
	status 0 ask --show --whole "why?"
	yosys -q -p "read_verilog -sv queue.sv; synth -flatten -top queue; tee -o $work/stat stat" >/dev/null 2>&1
	ff=$(awk '/DFF/ { n += $2 } END { print n }' "$work/stat")
	all=$(awk '/Number of cells:/ { print $4 }' "$work/stat")
	says "queue (queue.sv): $((all - ff)) gates, $ff flip-flops, at most "
	says 'top (top.sv): '
	printf 'module broken(input a; endmodule\n' >broken.sv
	status 0 ask --show --whole "what is broken?"
	says "queue (queue.sv): $((all - ff)) gates"
	grep -q '^broken (broken.sv): not known' "$work/out" || fail "what yosys does not read is told"
	rm broken.sv
	# If yosys crashes, the question is still asked.
	(
		export POSEDGE_BWRAP=/nonexistent
		printf 'set sandbox none\n' >>"$XDG_CONFIG_HOME/posedge/posedgerc"
		printf '#!/bin/sh\nkill -SEGV $$\n' >"$work/bin/yosys"
		chmod +x "$work/bin/yosys"
		TEST_PATH=$work/bin:$PATH status 0 ask "why?"
		status 0 context
		says 'netlist-digest: yosys crashed on this design (signal 11)'
	) || exit 1
fi

# Two rc files, one bench: this model knows only what the digest contains.
command -v iverilog >/dev/null || exit 0
cd "$work" || exit 9
mkdir -p suite/gate a/posedge b/posedge
printf 'module gate(input a, input b, output y);\n  assign y = a | b;\nendmodule\n' >suite/gate/gate.v
cat >suite/gate/gate_tb.v <<'V'
module gate_tb;
  reg a, b;
  wire y;
  integer i;
  gate dut(.a(a), .b(b), .y(y));
  initial begin
    for (i = 0; i < 4; i = i + 1) begin
      {a, b} = i;
      #1 if (y !== (a & b)) $display("FAIL y is %b", y);
    end
    $finish;
  end
endmodule
V
printf '%s\n' 'project gate' 'question "Let y be a AND b, in gate.v."' 'check gate_tb.v' 'keep gate_tb.v' >suite/gate.task
cat >ask.sh <<'S'
#!/bin/sh
op='^'
grep -q 'assign; writes y; reads a,b' && op='&'
printf '{"text":"`gate.v`:\\n\\n```verilog\\nmodule gate(input a, input b, output y);\\n  assign y = a %s b;\\nendmodule\\n```\\n"}\n{"finish":"stop"}\n' "$op"
S
for rc in a b; do
	printf 'backend add one exec cmd="%s/ask.sh"\nset backend one\n' "$work" >$rc/posedge/posedgerc
	grep -h '^set sandbox' "$XDG_CONFIG_HOME/posedge/posedgerc" >>$rc/posedge/posedgerc
done
echo 'set digest flow' >>b/posedge/posedgerc
for rc in a b; do XDG_CONFIG_HOME=$work/$rc status 0 bench tasks suite --out $rc.jsonl; done
status 0 bench report b.jsonl a.jsonl
grep -q '"class":"R"' a.jsonl || fail "without a digest: $(cat a.jsonl)"
grep -q '"class":"."' b.jsonl || fail "with a digest: $(cat b.jsonl)"
grep -q '"setup":"extract=official flow=ask digest=flow"' b.jsonl || fail "the row lacks its digest: $(cat b.jsonl)"
# Rows of both are not mixed.
cp b.jsonl before
XDG_CONFIG_HOME=$work/a status 2 bench tasks suite --resume b.jsonl
notes "rows of two set-ups go into two files"
cmp -s b.jsonl before || fail "the other set-up's rows were changed"
