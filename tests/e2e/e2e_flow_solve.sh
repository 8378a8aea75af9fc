#!/usr/bin/env bash
# solve: a scripted model writes candidates that are right, wrong, cut, endless, in
# another language, or fifty at once. Real tools judge them, the best one becomes a
# suggestion, and nothing is written. Also with a yosys that crashes and one that hangs.
. "${srcdir:?}/tests/lib/lib.sh"
. "$srcdir/tests/lib/model.sh"
need iverilog verilator_bin

mkdir -p "$work/q/rtl" && cd "$work/q" || exit 9
cat >spec.md <<'END'
R1  count goes up by one each clk while en is 1, and wraps after 11.
R2  rst is synchronous, high: it clears count.
END
cat >counter_tb.v <<'END'
`timescale 1ns/1ns
module counter_tb;
  reg clk = 0, rst = 1, en = 0;
  wire [3:0] count;
  reg [3:0] want = 0;
  integer i;
  counter dut (.clk(clk), .rst(rst), .en(en), .count(count));
  always #5 clk = !clk;
  initial begin
    @(negedge clk); @(negedge clk); rst = 0;
    for (i = 0; i < 40; i = i + 1) begin
      en = i % 5 != 4;
      @(posedge clk); if (en) want = want == 11 ? 0 : want + 1;
      @(negedge clk);
      if (count !== want) $display("FAIL count %0d, not %0d", count, want);
    end
    $finish;
  end
endmodule
END
rc=$XDG_CONFIG_HOME/posedge/posedgerc
: >"$rc"
files >"$work/files"

# A refusal is reported once, not again as a step.
status 2 solve counter --best 99
[ "$(grep -c '^posedge: ' "$work/err")" = 1 ] && notes 99 || fail 'a refusal is not said once'

# The library writes no candidates, and says so.
status 1 solve
notes 'solve: candidates: left out: it needs a model'

scripted_model text
cp "$work/model" "$work/strong"
echo "backend add s exec cmd=\"$work/strong\"" >>"$rc"
begin() { rm -f "$work"/model.* "$work"/strong.*; }
head='module counter (input wire clk, input wire rst, input wire en, output reg [3:0] count);'
code() { printf '```verilog\n%s\n  always @(posedge clk)\n    %s\nendmodule\n```\n' "$head" "$1"; }
right='if (rst) count <= 4'"'"'d0; else if (en) count <= count == 4'"'"'d11 ? 4'"'"'d0 : count + 4'"'"'d1;'
wraps_at_15='if (rst) count <= 4'"'"'d0; else if (en) count <= count + 4'"'"'d1;'
never='if (rst) count <= 4'"'"'d0;'
broken='if (rst) count <= nothing; else count <= 1'

# An invalid module name is not a file name either, and no model is asked.
for name in ../q/counter 'a b' 4bit module '$x' ''; do
	begin
	code 'count <= 0;' >"$work/model.all"
	status 2 solve "$name"
	notes "solve $name: this is not a module name"
	[ ! -e "$work/model.n" ] || fail "a model was asked for $name"
done

# Right at once, two equal answers: two questions, one simulation, and two answers
# saved.
begin
code "$right" >"$work/model.all"
status 0 solve
asked 2
says '> 1         plain     ok           PASS 40'
says 'it is candidate 1 again'
says 'asked for 2 of 4 candidates'
says 'saved: nothing is left that a tool finds'
says '+    if (rst)'
same
if command -v yosys >/dev/null; then
	says ' cells, path '
fi
says ' 4 ff '
status 0 log
[ "$(grep -c 'the next run is of candidate' "$work/out")" = 1 ] || fail "the same text was simulated twice"
echo 'set engine icarus' >>"$rc"

# Wrong, then broken, then right when asked to reason; the testbench was sent because
# there is no module yet, and the failure was sent.
begin
code "$wraps_at_15" >"$work/model.0"
code "$broken" >"$work/model.1"
code "$right" >"$work/model.all"
status 0 solve
asked 3
says 'FAIL 27 of 40'
says '1 err'
says '> 3         reasoning ok           PASS 40'
tail -1 "$work/model.requests" | grep -q 'go through the first failing cycle' || fail "it was not asked to reason"
tail -1 "$work/model.requests" | grep -q 'FAIL counter_tb.v:15 count 12, not 0' || fail "it was not told what fails"
same

# If the backend has levels of reasoning, that attempt gets the next one, and no other
# does.
begin
sed -i '/^backend add m /s/$/ reasoning=low/' "$rc"
code "$wraps_at_15" >"$work/model.0"
code "$broken" >"$work/model.1"
code "$right" >"$work/model.all"
status 0 solve
asked 3
says '    asked with reasoning=medium'
[ "$(grep -c '"reasoning":"low"' "$work/model.requests")" = 2 ] || fail "the first two have the level that is set"
[ "$(grep -c '"reasoning":"medium"' "$work/model.requests")" = 1 ] || fail "the third has not the next level"
sed -i 's/ reasoning=low$//' "$rc"

# Stubborn: the best becomes a suggestion, a worse one never replaces it, and it stops
# before --best.
begin
code "$never" >"$work/model.0"
code "$wraps_at_15" >"$work/model.1"
code "$never" >"$work/model.all"
status 1 solve --best 12
asked 3
says '> 2         plain'
says 'more effort brought nothing better'
says '+    if (rst) count <= 4'"'"'d0; else if (en) count <= count + 4'"'"'d1;'
silent_on 'cells, path'
same

# A second backend for hard problems is asked.
begin
printf 'set backend.escalate s\n' >>"$rc"
code "$wraps_at_15" >"$work/model.all"
code "$right" >"$work/strong.all"
status 0 solve
says '> 4         escalate  ok           PASS 40'
[ "$(cat "$work/strong.n")" = 1 ] || fail "the other one was asked $(cat "$work/strong.n") times"
sed -i '/escalate/d' "$rc"

# A table for programs.
begin
code "$right" >"$work/model.all"
status 0 --json solve
grep -q '"type":"candidate","n":1,"best":true,"effort":"plain","backend":"m","module":true,"errors":0,"risks":0,"verdict":"pass","checks":40' "$work/out" ||
	fail "no row for candidate 1"

# Cut, in another language, fifty at once, twice with a different meaning, endless.
begin
printf '```verilog\n%s\n  always @(posedge clk)\n' "$head" >"$work/model.0"
touch "$work/model.0.cut"
printf '```vhdl\nentity counter is end;\n```\n' >"$work/model.1"
for i in {1..50}; do printf '```verilog\nmodule m%s; endmodule\n```\n' "$i"; done >"$work/model.2"
status 1 solve --best 3
says 'module counter is cut off'
says 'there is no Verilog module counter in it'
says 'it holds 50 blocks of code, and one module was asked for'
silent_on '+++'
begin
{
	code "$never"
	code "$right"
} >"$work/model.all"
status 0 solve
says 'it defines counter 2 times; the last one counts'
begin
echo x >"$work/model.all"
touch "$work/model.all.endless"
status 1 solve --best 1
notes 'the model repeats itself: its answer was ended there'
says 'and the model repeats itself'
begin
code "$wraps_at_15" >"$work/model.all"
echo 'set flow.rounds 1' >>"$rc"
status 2 solve
notes 'stopped: the flow took its 1 questions to a model (flow.rounds)'
says '> 1         plain     ok           FAIL 27 of 40'
says '+    if (rst)'
sed -i '/flow.rounds/d' "$rc"
same

# Ctrl-C during the third question: the better of two becomes a suggestion.
begin
code "$never" >"$work/model.0"
code "$wraps_at_15" >"$work/model.1"
mkfifo "$work/model.2"
"$posedge" solve >"$work/out" 2>"$work/err" </dev/null &
pid=$!
for _ in {1..600}; do [ "$(cat "$work/model.n" 2>/dev/null)" = 3 ] && break; sleep 0.1; done # a condition with a limit
kill -INT $pid
got=0
wait $pid || got=$?
[ $got = 2 ] || fail "it ended with $got after Ctrl-C"
says '> 2         plain     ok           FAIL 27 of 40'
says 'ended in the step candidates; not done: strength, size, table, pick'
silent_on 'saved'
says '+    if (rst) count <= 4'"'"'d0; else if (en) count <= count + 4'"'"'d1;'
rm "$work/model.2"
same

# Ctrl-C during the second question: the first answer came, and nothing has judged it.
begin
code "$right" >"$work/model.0"
mkfifo "$work/model.1"
"$posedge" solve >"$work/out" 2>"$work/err" </dev/null &
pid=$!
for _ in {1..600}; do [ "$(cat "$work/model.n" 2>/dev/null)" = 2 ] && break; sleep 0.1; done # a condition with a limit
kill -INT $pid
wait $pid
says '    not judged to the end'
silent_on 'PASS'
silent_on '> 1 '
rm "$work/model.1"
same

# A backend that fails at the second question: the first answer is judged all the same.
begin
code "$right" >"$work/model.0"
status 2 solve
notes 'backend m, '
says '> 1         plain     ok           PASS 40'
says 'ended in the step candidates'
says '+    if (rst)'
same

# Without a testbench only the linter judges, which is reported.
begin
mv counter_tb.v "$work/counter_tb.v"
code "$right" >"$work/model.all"
status 0 solve counter
says 'no testbench instantiates counter: whether it does what it should is not known'
asked 2
silent_on 'PASS'
mv "$work/counter_tb.v" counter_tb.v
same

# The file has the module and another one: that one stays. The existing module is judged
# first, and if it is right nothing is asked.
begin
printf 'module other (input wire a); endmodule\n%s\n  always @(posedge clk) %s\nendmodule\n' "$head" "$never" >rtl/counter.v
files >"$work/files"
code "$right" >"$work/model.all"
status 0 solve counter
says '  as it is'
says ' module other'
grep -q '^-module other' "$work/out" && fail "the other module goes"
same
sed -i 's/always.*/always @(posedge clk) if (rst) count <= 0; else if (en) count <= count == 11 ? 4'"'"'d0 : count + 1'"'"'b1;/' rtl/counter.v
files >"$work/files"
begin
status 0 solve counter
[ ! -e "$work/model.n" ] || fail "it was asked, though the module passes"
says '> as it is'

# A yosys that crashes, and one that never ends: one sentence, everything else is
# unaffected.
if command -v yosys >/dev/null; then
	mkdir -p "$work/bin"
	begin
	code "$right" >"$work/model.all"
	export POSEDGE_BWRAP=/nonexistent
	printf 'set sandbox none\n' >>"$rc"
	printf '#!/bin/sh\nkill -SEGV $$\n' >"$work/bin/yosys"
	chmod +x "$work/bin/yosys"
	TEST_PATH=$work/bin:$PATH status 0 solve --all --best 1 counter
	says 'PASS 40'
	status 0 log
	says 'size not known: yosys crashed on this design (signal 11)'
	printf '#!/bin/sh\nsleep 1000\n' >"$work/bin/yosys"
	echo 'set sim.build_seconds 4' >>"$rc"
	TEST_PATH=$work/bin:$PATH status 0 solve --all --best 1 counter
	says 'PASS 40'
	status 0 log
	says 'size not known: yosys did not end within 4 s'
	unset POSEDGE_BWRAP
	sed -i '/build_seconds/d; /sandbox none/d' "$rc"
fi

# The existing module passes: no model is asked, which is reported.
begin
code "$right" >"$work/model.all"
printf '%s\n  always @(posedge clk)\n    %s\nendmodule\n' "$head" "$right" >rtl/counter.v
status 0 solve
says 'no candidate was asked for, what is there passes; --all asks for all of them'
[ ! -e "$work/model.n" ] || fail 'a model was asked'

# Again without the model, from what was recorded.
rm rtl/counter.v
mkdir "$work/r" && cp -r rtl spec.md counter_tb.v "$work/r" && cd "$work/r" || exit 9
begin
code "$wraps_at_15" >"$work/model.0"
code "$broken" >"$work/model.1"
code "$right" >"$work/model.all"
status 0 solve
sed 's/[0-9]* tokens.*saved/N tokens/' "$work/out" >"$work/first"
cp "$(ls -d "$PWD"/.posedge/sessions/*/journal.jsonl | tail -1)" "$work/journal.jsonl"
rm "$work/model"
printf 'backend add again replay path="%s"\nset backend again\n' "$work/journal.jsonl" >>"$rc"
status 0 solve
sed 's/[0-9]* tokens.*saved/N tokens/' "$work/out" | cmp -s - "$work/first" || fail "the recorded session does not answer the same"

# A course forbids it.
echo 'set flows -solve' >>"$rc"
status 2 solve
notes 'solve: not allowed here'
status 2 solve --best 13
exit 0
