#!/usr/bin/env bash
# explain: a scripted model explains a module and rebuilds it from the explanation, and
# the two are compared. The explanation is sufficient, insufficient or empty, or the
# rebuilt module does not fit.
# shellcheck disable=SC2016 # fences are words
. "${srcdir:?}/tests/lib/lib.sh"
. "$srcdir/tests/lib/model.sh"
need iverilog verilator_bin

mkdir -p "$work/q" && cd "$work/q" || exit 9
cat >gate.v <<'END'
module gate (input wire [3:0] a, input wire [3:0] b, output wire y);
  assign y = a == b || a == 4'd11;
endmodule
END
cksum gate.v >"$work/sum"
status 2 explain
notes 'explain needs a model'

scripted_model
status 0 set engine icarus
code() { printf '{"text":"```verilog\\nmodule gate (input wire [3:0] a, input wire [3:0] b, output wire y);\\n  assign y = %s;\\nendmodule\\n```\\n"}\n' "$1"; }

# Enough: the same.
begin
echo '{"text":"y is 1 when a equals b, or when a is eleven."}' >"$work/model.0"
code '(a == 11) | ~|(a ^ b)' >"$work/model.all"
status 0 explain gate
says 'y is 1 when a equals b, or when a is eleven.'
says 'rebuilt from the explanation it is the same for 60000 cycles'
asked 2
tail -1 "$work/model.requests" | grep -q "4'd11" && fail "the second question has the code"
tail -1 "$work/model.requests" | grep -q 'a equals b, or when a is eleven' || fail "the second question lacks the words"

# Not enough: where it differs is said.
begin
echo '{"text":"y is 1 when a equals b."}' >"$work/model.0"
code 'a == b' >"$work/model.all"
status 1 explain
says 'not the same: in cycle'
says 'y is 1, and 0 as rebuilt from the explanation'

# Words around code: the code is no explanation. Only code, twice: one sentence.
begin
printf '{"text":"It compares a with b.\\n```verilog\\nassign y = a == b || a == 11;\\n```\\n"}\n' >"$work/model.0"
code 'a == b' >"$work/model.all"
status 1 explain gate
grep -q 'a == 11' <(tail -1 "$work/model.requests") && fail "code went along as an explanation"
begin
code 'a == b' >"$work/model.all"
status 2 explain gate
notes 'no explanation came of 2 answers: the last one has no words'
asked 2

# Fifty files, or the same sentence for ever: neither is kept as an explanation.
kept=$("$posedge" explained gate.v:2)
begin
for i in $(seq 50); do printf '`f%d.v`:\n```verilog\nmodule m%d; endmodule\n```\n' "$i" "$i"; done >"$work/fifty"
python3 -c 'import json, sys; print(json.dumps({"text": sys.stdin.read()}))' <"$work/fifty" >"$work/model.all"
status 2 explain gate
notes 'no explanation came of 2 answers: the last one is mostly code'
begin
yes '{"text":"It compares a with b. "}' | head -4000 >"$work/model.all"
status 2 explain gate
notes 'no explanation came of 2 answers: the last one repeats itself'
asked 2
grep -q 'could not be used: it repeats itself' "$work/model.requests" || fail "it is not told"
[ "$("$posedge" explained gate.v:2)" = "$kept" ] || fail "it was kept"

# A refusal is not about the module: it names no port of it.
begin
echo '{"text":"I cannot help with that."}' >"$work/model.all"
status 2 explain gate
notes 'no explanation came of 2 answers: the last one names none of its ports'
[ "$("$posedge" explained gate.v:2)" = "$kept" ] || fail "a refusal was kept"

# Nor do longer words have its names; an escaped name is found as the words have it.
printf 'module esc (input wire \\a+b , output wire \\y.z ); assign \\y.z = !\\a+b ; endmodule\n' >esc.v
begin
echo '{"text":"It inverts aa+b, or a+bc."}' >"$work/model.all"
status 2 explain esc
notes 'names none of its ports'
begin
echo '{"text":"y.z is 1 when `a+b` is 0."}' >"$work/model.0"
printf '{"text":"```verilog\\nmodule esc (input wire \\\\a+b , output wire \\\\y.z ); assign \\\\y.z = ~\\\\a+b ; endmodule\\n```\\n"}\n' >"$work/model.all"
status 0 explain esc
says 'y.z is 1 when'
says 'rebuilt from the explanation it is the same'
rm esc.v

# What is rebuilt does not fit: told once, then left.
begin
echo '{"text":"It compares a with b."}' >"$work/model.0"
printf '{"text":"```verilog\\nmodule gate (input wire a, input wire b, output wire y); assign y = a == b; endmodule\\n```\\n"}\n' >"$work/model.all"
status 1 explain gate
notes 'not compared: port a: 4 bits in one, 1 in the other'
says 'not compared: port a: 4 bits in one, 1 in the other'
asked 3
grep -q 'In your last answer this was wrong: port a' "$work/model.requests" || fail "it is not told"

# By line and by block: words with the lines they are about; lines that are not there make none.
begin
printf '{"text":"1: the ports\\n- 2: y compares a with b, and a with eleven\\n77: nothing\\nThat is all."}\n' >"$work/model.all"
status 0 explain gate --grain line
says 'gate.v:2: y compares a with b, and a with eleven'
silent_on ':77'
asked 1
status 0 explained gate.v:2
says 'gate.v:2-2 line'
says 'y compares a with b, and a with eleven'
begin
printf '{"text":"gate.v:1-3: one comparison\\n`other.v:1`: of another file"}\n' >"$work/model.all"
status 0 explain --grain=block
says 'gate.v:1-3: one comparison'
silent_on 'of another file'
begin
echo '{"text":"It compares a with b."}' >"$work/model.all"
status 2 explain --grain block
notes 'the last one has no line with line numbers in front'
status 2 explain --grain word
notes 'line, block or module was expected'
# A misspelt name forbids nothing, which is said.
own=$XDG_CONFIG_HOME/posedge/posedgerc
cp "$own" "$work/own"
echo 'set flows -explian' >>"$own"
status 2 explain --grain word
notes 'set flows: there is no flow -explian'
cp "$work/own" "$own"

# As rows for training, each with where it is from.
status 2 export --explanations
notes 'was not given for training'
status 0 consent yes
status 0 export --explanations
grep -q '"grain":"line","backend":"m".*"lines":\[2,2\],"code":"  assign y = a == b || a == 4.d11;\\n".*"licence":null,"tools":{"posedge":".*"},"seeds":null,"explanation":"y compares a with b, and a with eleven"' "$work/out" || fail "no row for line 2"
grep -q '"grain":"block".*"lines":\[1,3\]' "$work/out" || fail "no row for the block"
grep -q '"grain":"module".*"explanation":"y is 1 when a equals b, or when a is eleven."' "$work/out" || fail "no row for the module"
[ "$(grep -c '"lines":\[77' "$work/out")" = 0 ] || fail "a row for a line that is not there"
cp "$work/out" "$work/rows"
if command -v python3 >/dev/null; then
	python3 "$srcdir/tests/lib/check_rows.py" "$srcdir/docs/flows.md" .posedge/sessions/*/journal.jsonl "explanations=$work/rows" ||
		fail "the rows have other members than the manual says"
fi

# Code is no explanation: not in a row, and not a row by itself.
rows=$(wc -l <"$work/rows")
begin
echo '{"text":"It compares a with b.\n\n```verilog\nmodule gate; endmodule\n```\n"}' >"$work/model.all"
status 1 explain gate
begin
echo '{"text":"```verilog\nmodule gate; endmodule\n```\n"}' >"$work/model.all"
status 2 explain gate
status 0 export --explanations
[ "$(wc -l <"$work/out")" = $((rows + 1)) ] || fail "code alone is a row"
grep -q '"explanation":"It compares a with b."' "$work/out" || fail "the words beside code are no row"

# What the flow refused and asked for again is no row; nor is a line that was cut off.
begin
yes 'It compares a with b, says the refused one.' | head -400 |
	python3 -c 'import json, sys; print(json.dumps({"text": sys.stdin.read()}))' >"$work/model.0"
echo '{"text":"It tells whether a and b are equal."}' >"$work/model.1"
code 'a == b' >"$work/model.all"
status 1 explain gate
begin
echo '{"text":"The refused one: ```verilog\nassign y = 1;\n```\n"}' >"$work/model.0"
echo '{"text":"y is 1 for eleven, too."}' >"$work/model.1"
code 'a == b' >"$work/model.all"
status 1 explain gate
begin
printf '{"text":"2: one whole line\\n3: half a li"}\n{"finish":"length"}\n' >"$work/model.all"
status 0 explain gate --grain line
says 'gate.v:2: one whole line'
silent_on 'half a li'
status 0 export --explanations
[ "$(wc -l <"$work/out")" = $((rows + 4)) ] || fail "$(wc -l <"$work/out") rows, not $((rows + 4))"
grep -q 'refused one' "$work/out" && fail "a refused answer is a row"
grep -q 'half a li' "$work/out" && fail "half a line is a row"
grep -q '"explanation":"It tells whether a and b are equal."' "$work/out" || fail "the second answer is no row"

# Nor is an aside in the flow's words; and it takes no row away.
rows=$(wc -l <"$work/out")
begin
echo '{"text":"It compares a with b, for the flow."}' >"$work/model.0"
code 'a == b' >"$work/model.all"
status 1 explain gate
begin
echo '{"text":"It compares a with b, beside the flow."}' >"$work/model.all"
status 0 btw "Explain the module gate, please"
status 0 export --explanations
[ "$(wc -l <"$work/out")" = $((rows + 1)) ] || fail "$(wc -l <"$work/out") rows, not $((rows + 1))"
grep -q '"explanation":"It compares a with b, for the flow."' "$work/out" || fail "an aside took the row away"

# A line, and the block that it is a part of: words alone, nothing is built again.
begin
printf 'module two (input wire clk, input wire d, output reg q);\n  // delays\n  always @(posedge clk)\n    q <= d;\nendmodule\n// SPDX-License-Identifier: MIT\n' >two.v
echo '{"text":"It keeps d until the next edge."}' >"$work/model.all"
status 0 explain two.v:4 --grain block
says 'It keeps d until the next edge.'
notes 'two.v, lines 3 to 4'
asked 1
grep -q 'Explain this block of two.v' "$work/model.requests" || fail "the block is not asked for"
status 0 explain two.v:4
notes 'two.v, lines 4 to 4'
status 2 explain two.v:9
notes 'two.v has no line 9'
status 2 explain two.v:2 --grain block
notes 'no block of code is there'

# Beside the code: the newest of the fewest lines; it moves with them, and is stale once they
# are others.
status 0 explained two.v:3
says 'two.v:3-4 block'
says 'It keeps d until the next edge.'
status 0 explained two.v:4
says 'two.v:4-4 line'
sed -i '1s/^/\/\/ one line more\n/' two.v
status 0 explained two.v
says 'two.v:4-5 block'
says 'two.v:5-5 line'
silent_on stale
sed -i 's/q <= d/q <= !d/' two.v
status 1 explained two.v
says 'two.v:3-4 block, stale: the code has changed since'
# What was said of a module by line: each line moves, or is stale, by itself.
cp gate.v "$work/gate.v"
sed -i '1s/^/\n/' gate.v
status 0 explained gate.v:3
says 'gate.v:3-3 line'
sed -i 's/^module gate/module  gate/' gate.v
status 0 explained gate.v:3
says 'gate.v:3-3 line'
status 1 explained gate.v
says 'gate.v:1-1 line, stale'
cp "$work/gate.v" gate.v
status 0 export --explanations
grep -q '"grain":"block","backend":"m".*"code":"  always @(posedge clk)\\n    q <= d;\\n","licence":"MIT",.*"explanation":"It keeps d until the next edge."' "$work/out" || fail "no row for a place"
status 2 explained nosuch.v
rm two.v

status 2 explain nosuch
notes 'there is no module nosuch here'
cksum gate.v | cmp -s - "$work/sum" || fail "gate.v was written"
exit 0
