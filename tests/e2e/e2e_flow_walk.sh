#!/usr/bin/env bash
# walk: expected values are stated before the run, by a student or a scripted model, and
# compared with real waves. The model is right, wrong, cut or stubborn; nothing is
# written.
. "${srcdir:?}/tests/lib/lib.sh"
. "$srcdir/tests/lib/model.sh"
need iverilog
need verilator_bin

mkdir -p "$work/q" && cd "$work/q" || exit 9
echo 'R1  count goes up by one each clk; rst sets it to 0.' >spec.md
cat >counter.v <<'END'
module counter (input wire clk, input wire rst, output reg [7:0] count);
  always @(posedge clk) if (rst) count <= 0; else count <= count + 1;
endmodule
END
cat >counter_tb.v <<'END'
`timescale 1ns/1ns
module counter_tb;
  reg clk = 0, rst = 1;
  wire [7:0] count;
  counter dut (.clk(clk), .rst(rst), .count(count));
  always #5 clk = !clk;
  initial begin
    #12 rst = 0;
    #60 if (count !== 6) $display("FAIL %0d", count); else $display("PASS 1 checks");
    $finish;
  end
endmodule
END
status 2 walk
notes 'walk needs walk.md, a table of what you expect, or a model'

# A student's table: two rows are wrong, one is after the end.
cat >walk.md <<'END'
Testbench: counter_tb

| cycle | rst | dut.count |
| --- | --- | --- |
| 0 | 1 | x |
| 1 | 1 | 0 |
| 2 | 0 | 0 |
| 3 | 0 | 2 |
| 4 | - | 8'h03 |
| 5 |   | 0x3 |
| 90 | 0 | 1 |
END
cp walk.md "$work/walk.md"
status 0 set engine icarus
status 1 walk
notes 'walk: compare: 7 right, 3 wrong, 2 not reached'
says '  | 0 | 1 | x |'
says '! | 1 | 1 (is 0) | 0 |'
says "! | 2 | 0 | 0 (is 8'h01) |"
says '  | 3 | 0 | 2 |'
says "  | 4 | - | 8'h03 |"
says "! | 5 |  | 0x3 (is 8'h04) |"
says '! | 90 | 0 (not reached) | 1 (not reached) |'
notes 'walk: sides: left out: it needs somebody to ask'
cmp -s walk.md "$work/walk.md" || fail "walk.md was written"

# All right: nothing to find.
printf 'Testbench: counter_tb\n| cycle | count |\n| 1 | 0 |\n| 6 | 5 |\n' >walk.md
status 0 walk
notes '2 right, 0 wrong'

# Unreadable, or without any signal: one sentence.
printf '| cycle | count |\n| 1 | lots |\n' >walk.md
status 2 walk
notes 'walk.md:2: count: "lots" is not a number, x or -'
printf '| cycle | counter |\n| 1 | 1 |\n' >walk.md
status 2 walk
notes 'no signal'
rm walk.md

scripted_model

# Right, with text around it; the stimuli were sent, the design was not.
begin
echo '{"text":"I think:\n\nClock: clk\n\n| cycle | dut.count |\n| --- | --- |\n| 1 | 0 |\n| 2 | 1 |\n\nThat is | all.\n"}' >"$work/model.all"
status 0 walk
says '+| 2 | 1 |'
says '+Testbench: counter_tb'
asked 1
grep -q 'dut.count (output' "$work/model.requests" || fail "it is not told the signals"
grep -q 'always #5 clk' "$work/model.requests" || fail "it was not sent the stimuli"
grep -q 'count <= count + 1' "$work/model.requests" && fail "it was sent the design"
status 0 log
stated=$(grep -n 'result of model: 2 rows stated before the run' "$work/out" | tail -1 | cut -d: -f1)
ran=$(grep -n 'simulat.* counter_tb' "$work/out" | tail -1 | cut -d: -f1)
[ "${stated:-999}" -lt "${ran:-0}" ] || fail "stated in line ${stated:-none} of the log, run in ${ran:-none}"

# Wrong: marked.
begin
echo '{"text":"| cycle | dut.count |\n| 1 | 0 |\n| 2 | 2 |\n"}' >"$work/model.all"
status 1 walk
says "! | 2 | 2 (is 8'h01) |"
[ ! -e walk.md ] || fail "walk.md was written"

# A missing signal is reported, and the others are checked and suggested.
begin
echo '{"text":"| cycle | dut.count | carry |\n| 1 | 0 | 1 |\n| 2 | 2 | - |\n"}' >"$work/model.all"
status 1 walk
says '! | 1 | 0 | 1 (no such signal) |'
says "! | 2 | 2 (is 8'h01) | - |"
says '1 right, 1 wrong, 0 not reached, 1 of no signal'
says 'no signal of the run is called carry'
status 0 review
says '| 1 | 0 | 1 |'
begin
echo '{"text":"| cycle | carry |\n| 1 | 0 |\n"}' >"$work/model.all"
status 2 walk
notes 'no signal of the run is called carry'

# A design that does not build: a sentence without a newline in it.
begin
echo '{"text":"| cycle | dut.count |\n| 1 | 0 |\n"}' >"$work/model.all"
cp counter.v "$work/counter.v"
echo 'module counter (input wire clk); nosuch u (); endmodule' >counter.v
status 2 walk
notes 'did not run'
grep -q '?$' "$work/err" && fail 'a sentence ends with a mark that is none of its'
mv "$work/counter.v" counter.v

# In the wrong format, told so, then right.
begin
echo '{"text":"The count goes up."}' >"$work/model.0"
echo '{"text":"| cycle | count |\n| 1 | 0 |\n"}' >"$work/model.all"
status 0 walk
asked 2
grep -q 'Your last table could not be read' "$work/model.requests" || fail "it is not told"

# Stubborn, or cut each time: one sentence, nothing is run.
begin
echo '{"text":"The count goes up."}' >"$work/model.all"
status 2 walk
notes 'the model states no table that can be read'
asked 2
begin
printf '{"text":"| cycle | count |\\n| 1 | 0 |\\n| 2 "}\n{"finish":"length"}\n' >"$work/model.all"
status 2 walk
notes 'it was cut off'
exit 0
