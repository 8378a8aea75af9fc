#!/usr/bin/env bash
# tests: testbenches, existing ones and ones that a scripted model writes in parts, are
# themselves tested before they are trusted. The cookbook's are trusted, twenty weak
# ones are not; the model's parts are right, wrong, cut or stubborn. A wrong design and
# a wrong reference are distinguished. Nothing is written.
MEMORY=1
. "${srcdir:?}/tests/lib/lib.sh"
. "$srcdir/tests/lib/model.sh"
need iverilog verilator_bin

rc=$XDG_CONFIG_HOME/posedge/posedgerc
printf 'set sim.run_seconds 3\n' >"$rc"

# The cookbook ----------------------------------------------------------------
good=0
weak=0
trusted() { # NAME FOLDER: its testbench as it is
	mkdir -p "$work/$1" && cd "$work/$1" || exit 9
	module=$(sed -n 's/^module: *//p' "$srcdir/backends/cookbook/$2/card.md" | head -n 1)
	cp "$srcdir/backends/cookbook/$2/rtl.sv" "$module.sv"
	cp "$srcdir/backends/cookbook/$2/tb.sv" "${module}_tb.sv"
}
is_good() { # FOLDER
	trusted "good_$1" "$1"
	status 0 tests "${module}_tb"
	says "${module}_tb is trusted: it passes the design with"
	good=$((good + 1))
}
# is_weak FOLDER WHY SED-SCRIPT: the changed testbench, and a word of why it is not trusted.
is_weak() {
	weak=$((weak + 1))
	trusted "weak_$weak" "$1"
	cp "${module}_tb.sv" "$work/before"
	sed -i -E "$3" "${module}_tb.sv"
	cmp -s "${module}_tb.sv" "$work/before" && fail "$1: '$3' changes nothing"
	status 1 tests "${module}_tb"
	says "${module}_tb is not trusted"
	says "$2"
}
most="counter mux"
[ "${POSEDGE_SLOW:-}" = no ] || most="$most gray_code edge_detector shift_register priority_encoder"
# What makes no difference counts against a testbench where nothing proves that it does not.
command -v yosys >/dev/null || {
	trusted unknown mux
	status 1 tests "${module}_tb"
	says "not looked at: which of these make no difference: yosys is not installed"
	most=counter
}
for folder in $most; do is_good "$folder"; done
# A yosys that crashes proves nothing of them, either, and that is said.
command -v yosys >/dev/null && (
	trusted crashed mux
	mkdir -p "$work/bin"
	printf '#!/bin/sh\nkill -SEGV $$\n' >"$work/bin/yosys"
	chmod +x "$work/bin/yosys"
	cp "$rc" "$work/rc" && printf 'set sandbox none\n' >>"$rc"
	export POSEDGE_BWRAP=/nonexistent
	TEST_PATH=$work/bin:$PATH status 1 tests "${module}_tb"
	cp "$work/rc" "$rc"
	says 'mux_tb is not trusted'
	grep -qE 'not looked at: whether [0-9]+ of these make a difference: .*yosys crashed' "$work/out" ||
		fail "it is not said that yosys crashed"
) || { command -v yosys >/dev/null && exit 1; }
# What races is proved of one order alone.
trusted racing mux
sed -i 's/^endmodule/  logic held, seen;\n  always @(posedge sel[0]) held = in[0];\n  always @(posedge sel[0]) seen = held;\nendmodule/' mux.sv
status 1 tests mux_tb
says 'mux_tb is not trusted'
silent_on 'make no difference, as yosys proves'

one="s/^( *)(if \(.*!==.*\)) begin/\1if (0) begin/"
for folder in counter mux edge_detector shift_register priority_encoder; do
	is_weak $folder "" "$one"
done
is_weak counter "it does not end by itself" '/#1000000/,/limit/d; s/\$finish;//; s/^  initial begin$/  initial begin/'
is_weak counter "compile" 's/^  int errors = 0;/  int errors = 0/'
is_weak counter "compile" 's/int errors = 0;/int errors = 0; class c; endclass c k; initial k = null; covergroup g; endgroup/'
is_weak counter "it does not pass the design" "s/expected \+ 1'b1/expected + 2'd2/"
is_weak counter "it notices" 's/count !== expected/^count === 1'"'"'bx/'
is_weak counter "" 's/count !== expected/count !== count/'
is_weak counter "it makes 5 checks" 's/repeat \(WIDTH.*/repeat (1) step(1, 1);/; s/repeat \(400\).*/step(1, 0);/; s/repeat \(3\).*//; s/step\(0, 0\);//'
is_weak counter "" 's/if \(count !== expected\)/if (0 \&\& count !== expected)/'
is_weak counter "no check of it was counted" '/if \(count !== expected\)/,/^    end/d'
is_weak gray_code "" 's/errors\+\+;/;/; s/\$error\(.*\);/;/'
is_weak mux "it does not pass the design" 's/!==/===/'
is_weak edge_detector "" 's/if \(rise !== .*\) begin/if (rise === 1'"'"'bz) begin/'
is_weak shift_register "" 's/q !== expected \|\| sout !== expected\[WIDTH-1\]/^q === 1'"'"'bx/'
is_weak priority_encoder "it does not pass the design" 's/!==/==/'
is_weak mux "" 's/^( *)if \(.*!==.*\) begin/\1if (1 == 0) begin/'
echo "$good good ones are trusted, $weak weak ones are not"
[ $weak = 20 ] || fail "$weak weak ones were tried, not 20"

# An input that never changes, whatever is noticed; an expression without an operator to swap.
mkdir -p "$work/still" "$work/parity" && cd "$work/still" || exit 9
cat >cmp.v <<'END'
module cmp(input clk, rst, input [3:0] a, b, output lt, eq);
  assign lt = a < b;
  assign eq = a == b;
endmodule
END
compares() { # STATEMENT: in each of 200 cycles
	cat >cmp_tb.v <<END
module cmp_tb;
  reg [3:0] a = 0, b = 0;
  integer i, errors = 0;
  wire lt, eq;
  cmp dut(.clk(1'b0), .rst(1'b0), .a(a), .b(b), .lt(lt), .eq(eq));
  initial begin
    for (i = 0; i < 200; i = i + 1) begin
      $1
      #1;
      if (lt !== (a < b)) begin errors = errors + 1; \$display("FAIL lt"); end
      if (eq !== (a == b)) begin errors = errors + 1; \$display("FAIL eq"); end
    end
    if (errors == 0) \$display("PASS");
    \$finish;
  end
endmodule
END
}
compares ''
status 1 tests cmp_tb
says 'cmp_tb is not trusted'
says '  it never changes the inputs a, b'
compares "b = 4'bxxx0; #1 b = 4'b0000; a = i;"
status 1 tests cmp_tb
says '  it never changes the input b'
compares 'a = i; b = i;'
status 1 tests cmp_tb
says '  it notices 2 of 4 values that are 0 or all ones throughout, and 66 % are wanted'
says "  not noticed: cmp.v:2: assign lt = a < b; as assign lt = 1'sb0;"
compares 'a = i; b = i >> 4;'
status 0 tests cmp_tb
says 'cmp_tb is trusted: it passes the design with 400 checks and notices 6 of 6 changes of it'
cd "$work/parity" || exit 9
printf 'module par(input [3:0] d, output p);\n  assign p = ^d;\nendmodule\n' >par.v
cat >par_tb.v <<'END'
module par_tb;
  reg [3:0] d;
  wire p;
  integer i, errors = 0;
  par dut(.d(d), .p(p));
  initial begin
    for (i = 0; i < 16; i = i + 1) begin
      d = i;
      #1 if (p !== (d[0] ^ d[1] ^ d[2] ^ d[3])) begin errors = errors + 1; $display("FAIL p"); end
    end
    if (errors == 0) $display("PASS");
    $finish;
  end
endmodule
END
status 0 tests par_tb
says 'par_tb is trusted: it passes the design with 16 checks and notices 2 of 2 changes of it'

# A model's -------------------------------------------------------------------
mkdir -p "$work/q/tb" && cd "$work/q" || exit 9
cat >spec.md <<'END'
R1  count goes up by one each clk while en is 1, and wraps after 11.
R2  rst is synchronous, high: it clears count.
END
echo 'module helper_tb; initial $finish; endmodule' >tb/helper_tb.v
design() {
	cat >counter.v <<END
module counter (input wire clk, input wire rst, input wire en, output reg [3:0] count);
  always @(posedge clk) if (rst) count <= 0; else if (en) count <= count == $1 ? 4'd0 : count + 1'b1;
endmodule
END
}
design 11
status 1 tests counter
notes 'tests: stimuli, reference, checks, stronger, evidence: left out: they need a model'
[ "$(grep -cE 'needs? a model' "$work/err")" = 1 ] || fail 'what is left out is said more than once'
notes '2 requirements: tb/counter_tb.sv, a new file'
echo 'module other_tb; initial $finish; endmodule' >tb/counter_tb.sv
status 1 tests counter
notes '2 requirements: tb/counter_tb2.sv, a new file'
rm tb/counter_tb.sv

scripted_model text
echo "set engine icarus" >>"$rc"
files >"$work/files"
reference() {
	cat <<END
\`\`\`verilog
module counter_ref (input wire clk, input wire rst, input wire en, output reg [3:0] count);
  always @(posedge clk)
    if (rst) count <= 0;
    else if (en) begin if (count == $1) count <= 0; else count <= count + 1; end
endmodule
\`\`\`
END
}
stimuli() {
	cat <<'END'
Here they are.
```verilog
// R1
en = 1;
repeat (14) tick;
en = 0;
tick;
// R2
rst = 1; en = 1; tick;
rst = 0;
for (tb_i = 0; tb_i < 200; tb_i = tb_i + 1) begin
  en = $urandom; rst = ($urandom % 16) == 0; tick;
end
```
END
}
few() { printf '```verilog\nen = 1; tick; tick;\n```\n'; }
checks() { printf 'R1: count === ref_count\nR2: !rst || count <= 15\nR9: 1\n'; }

# Right: trusted; three questions, of which none has the design.
begin
stimuli >"$work/model.0"
reference 11 >"$work/model.1"
checks >"$work/model.2"
status 0 tests counter
asked 3
says 'counter_tb is trusted: it passes the design with'
says '+++ b/tb/counter_tb.sv'
says '+// Checks counter against R1, R2 of spec.md, with a reference model, counter_ref.'
says '+        // R2'
silent_on 'no check names'
grep -q "count + 1'b1" "$work/model.requests" && fail "the model was sent the design"
same

# Too weak, and better when it is told what is not noticed.
begin
few >"$work/model.0"
reference 11 >"$work/model.1"
echo 'R1: count === ref_count' >"$work/model.2"
stimuli >"$work/model.3"
status 0 tests counter
asked 4
notes 'tests: stronger: more stimuli: '
says 'counter_tb is trusted'
says '  no check names R2'
tail -1 "$work/model.requests" | grep -q 'They are too weak' || fail "it is not told that they are weak"
begin
few >"$work/model.all"
reference 11 >"$work/model.1"
checks >"$work/model.2"
status 1 tests counter
notes 'more stimuli brought nothing'
says 'counter_tb is not trusted'
says '  it makes 4 checks, and 16 are wanted'

# A wrong reference: a second one says what the design says.
begin
stimuli >"$work/model.0"
reference 15 >"$work/model.1"
checks >"$work/model.2"
reference 11 >"$work/model.all"
status 1 tests counter
says '  R1  count goes up by one'
says '  a sign of a wrong testbench: a second reference, made without the first, agrees with the design'

# A wrong design: the second reference fails it too.
design 12
begin
stimuli >"$work/model.0"
reference 11 >"$work/model.1"
checks >"$work/model.2"
reference 11 >"$work/model.all"
status 1 tests counter
says 'it does not pass the design: FAIL'
says '  a sign of a wrong design: a second reference, made without the first, does not agree with the design either'
# One that does not compile speaks for neither side.
begin
stimuli >"$work/model.0"
reference 11 >"$work/model.1"
checks >"$work/model.2"
reference 11 | sed 's/count + 1/nosuch + 1/' >"$work/model.all"
status 1 tests counter
says '  a second reference was made, and its run gave no verdict'
silent_on 'a sign of a wrong'
design 11

# Checks against their own reference; no checks; cut, another language, no end.
begin
stimuli >"$work/model.0"
reference 11 >"$work/model.1"
printf 'R1: count === ref_count + 4'"'"'d1\n' >"$work/model.2"
status 1 tests counter
says 'no testbench came of it: its checks contradict its own reference model'
begin
printf '```verilog\ninitial begin\n  #10 en = 1;\n' >"$work/model.0"
touch "$work/model.0.cut"
stimuli >"$work/model.1"
printf '```vhdl\nentity counter_ref is end;\n```\n' >"$work/model.2"
reference 11 >"$work/model.3"
echo 'It should count.' >"$work/model.all"
status 2 tests counter
notes 'no checks came of 2 answers: there is no line such as "R1: q === ref_q" in it'
asked 6
grep -q 'Your last answer could not be used: it is cut off' "$work/model.requests" || fail "it is not told of the cut"
grep -q 'Your last answer could not be used: its code is marked as vhdl' "$work/model.requests" || fail "it is not told of the module"
begin
echo x >"$work/model.all"
touch "$work/model.all.endless"
status 2 tests counter
notes 'the model repeats itself'
begin
printf '```verilog\nforever begin en = 1; if (tb_on > 1) tick; end\n```\n' >"$work/model.0"
reference 11 >"$work/model.1"
checks >"$work/model.2"
echo 'set sim.run_seconds 2' >>"$rc"
status 1 tests counter
says 'it does not end by itself'
silent_on '+++'
sed -i '/run_seconds 2/d' "$rc"
same

# Another language with the signs of Verilog in it.
begin
printf '```python\n@cocotb.test()\nasync def t(dut): dut.en.value = 1 # go\n```\n' >"$work/model.all"
status 2 tests counter
notes 'no stimuli came of 2 answers: its code is marked as python'
same

# Ctrl-C: at a question there is no testbench; at the first run of what is whole there is one,
# which is said not to be judged.
interrupted() { # NOTE: said when it is time
	"$posedge" tests counter >"$work/out" 2>"$work/err" </dev/null &
	pid=$!
	for _ in {1..600}; do grep -qF "$1" "$work/err" && break; sleep 0.1; done # a condition with a limit
	kill -INT $pid
	got=0
	wait $pid || got=$?
	[ $got = 2 ] || fail "it ended with $got after Ctrl-C"
}
begin
stimuli >"$work/model.0"
mkfifo "$work/model.1"
interrupted 'tests: stimuli: '
says 'no testbench came of it'
says 'ended in the step reference; not done: checks, itself, judge, stronger, evidence, side'
silent_on '+++'
begin
stimuli | sed 's/tb_i < 200/tb_i < 2000000000/' >"$work/model.0"
reference 11 >"$work/model.1"
checks >"$work/model.2"
interrupted 'tests: checks: '
says 'counter_tb is not judged, so do not trust it'
says 'ended in the step itself; not done: judge, stronger, evidence, side'
says '+++ b/tb/counter_tb.sv'
same

# Again without the model.
mkdir "$work/r" && cp -r counter.v spec.md tb "$work/r" && cd "$work/r" || exit 9
begin
stimuli >"$work/model.0"
reference 11 >"$work/model.1"
checks >"$work/model.2"
status 0 tests counter
cp "$work/out" "$work/first"
cp "$(ls -d "$PWD"/.posedge/sessions/*/journal.jsonl | tail -1)" "$work/journal.jsonl"
rm "$work/model"
printf 'backend add again replay path="%s"\nset backend again\n' "$work/journal.jsonl" >>"$rc"
status 0 tests counter
cmp -s "$work/out" "$work/first" || fail "the recorded session does not answer the same"

# A spec without numbers; a course that forbids it.
echo 'It counts.' >spec.md
status 2 tests counter
notes 'tests needs a spec.md with numbered requirements'
echo 'set flows -tests' >>"$rc"
status 2 tests
notes 'tests: not allowed here'
exit 0
