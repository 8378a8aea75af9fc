#!/usr/bin/env bash
# complete: a scripted model fills in a place of a file. Its answer is right, repeats
# existing lines, is a whole module, is cut, or has no code; with fill-in-the-middle
# where the backend supports it. Ports of modules in other files are sent, and a file
# that changes meanwhile is handled.
. "${srcdir:?}/tests/lib/lib.sh"
. "$srcdir/tests/lib/model.sh"
need verilator_bin
export XDG_CACHE_HOME=$work/cache

mkdir -p "$work/q/rtl" && cd "$work/q" || exit 9
cat >rtl/sub.sv <<'END'
module sub (input logic clk, input logic [3:0] amount, output logic [3:0] level);
  always_ff @(posedge clk) level <= level + amount;
endmodule
END
cat >rtl/tank.sv <<'END'
module tank (input logic clk, input logic rst, input logic [3:0] amount, output logic [3:0] y);
  logic [3:0] level;
  sub u_sub (.clk, .amount, .level);
  always_ff @(posedge clk)
    if (rst) y <= '0;
    else y <= 
endmodule
END
cksum rtl/*.sv >"$work/sum"
status 2 complete rtl/tank.sv:6
notes 'complete needs a model'

scripted_model
fenced() { printf '{"text":"```verilog\\n%s\\n```\\n"}\n' "$1"; }

# Right: one line more in a suggestion; what the model was shown.
begin
fenced 'level;' >"$work/model.all"
status 0 complete rtl/tank.sv:6
says '+    else y <= level;'
asked 1
grep -q 'CURSOR' "$work/model.requests" || fail "no cursor in the question"
grep -q 'module sub, rtl/sub.sv:1' "$work/model.requests" || fail "the ports of sub did not go along"
grep -q 'input logic \[3:0\] amount' "$work/model.requests" || fail "no ports"
cksum rtl/*.sv | cmp -s - "$work/sum" || fail "a file was written"

# It repeats the line before the cursor and the one after it: both are removed.
begin
fenced '    else y <= level;\nendmodule' >"$work/model.all"
status 0 complete rtl/tank.sv:6
says '+    else y <= level;'
[ "$(grep -c '^[+-]' "$work/out")" = 4 ] || fail "more than a line changes"
asked 1

# Nothing but the code in backquotes.
begin
echo '{"text":"`level;`\n"}' >"$work/model.all"
status 0 complete rtl/tank.sv:6
says '+    else y <= level;'
asked 1

# A place in a spec is text: a design is no answer there, except in a block of code.
printf '# Tank\n\nR1  The level never\n\n```verilog\nassign y = \n```\n' >spec.md
begin
fenced 'module tank;\nendmodule' >"$work/model.0"
printf '{"text":"```text\\n falls below zero.\\n```\\n"}\n' >"$work/model.1"
status 0 complete spec.md:3
says '+R1  The level never falls below zero.'
silent_on 'endmodule'
asked 2
grep -q 'Complete the text at <CURSOR> in spec.md' "$work/model.requests" || fail "what was asked"
begin
fenced 'level;' >"$work/model.all"
status 0 complete spec.md:6
says '+assign y = level;'
asked 1
rm spec.md

# The whole module: told once; then accepted. Stubborn: one sentence.
begin
fenced 'module tank (input logic clk);\nendmodule' >"$work/model.0"
fenced 'level;' >"$work/model.all"
status 0 complete rtl/tank.sv:6
asked 2
grep -q 'Your last answer was not taken: it writes tank again' "$work/model.requests" || fail "it is not told"
begin
echo '{"text":"I would write level there."}' >"$work/model.all"
status 2 complete rtl/tank.sv:6
notes "the model's answer does not fit there: there is no code in it"
asked 2
begin
awk 'BEGIN { printf "{\"text\":\"```verilog"; for (i = 0; i < 90; i++) printf "\\n  wire w%d;", i; print "\\n```\"}" }' >"$work/model.all"
status 2 complete rtl/tank.sv:2
notes 'it is more than 60 lines or 4000 bytes'

# A block of another language is no code for this file.
begin
echo '{"text":"```python\ndef level(clk):\n    return 1\n```"}' >"$work/model.all"
status 2 complete rtl/tank.sv:6
notes "the model's answer does not fit there: its code is marked as python"
asked 2

# Cut: the last line is left out.
begin
printf '{"text":"```verilog\\nlevel;\\n  wire half_of_a_na"}\n{"finish":"length"}\n' >"$work/model.all"
status 0 complete rtl/tank.sv:6
says '+    else y <= level;'
silent_on half_of_a_na

# Fill in the middle, if the backend supports it.
begin
printf 'backend add f exec cmd="%s" fill=on\n' "$work/model" >>"$XDG_CONFIG_HOME/posedge/posedgerc"
status 0 set backend.complete f
echo '{"text":"level + 4'"'"'d1;"}' >"$work/model.all"
status 0 complete rtl/tank.sv:6:15
says "+    else y <= level + 4'd1;"
grep -q '"fill":{"before":"' "$work/model.requests" || fail "the sides did not go along"
grep -q '"behind":"\\nendmodule' "$work/model.requests" || fail "what is behind did not go along"

# A file that changes while the model answers.
begin
echo '{"text":"level;"}' >"$work/model.all"
printf 'echo "// new" >>"%s"\n' "$PWD/rtl/tank.sv" >"$work/model.do"
status 2 complete rtl/tank.sv:6
notes 'rtl/tank.sv changed meanwhile'

status 2 complete rtl/tank.sv
notes 'FILE:LINE or FILE:LINE:COLUMN was expected'
status 2 complete rtl/tank.sv:999
notes 'has no line 999'
status 2 complete ../x.sv:1
status 0 set flows -complete
status 2 complete rtl/tank.sv:6
notes 'not allowed here'

# Automatic completion only if it is enabled, after a pause following an edit: a key
# ends the question at once, the next text is asked about, each text once, and the cost
# is counted.
mkdir "$work/idle" && cd "$work/idle" || exit 9
cat >tank.sv <<'END'
module tank (input logic clk, input logic rst, input logic [3:0] amount, output logic [3:0] y);
  always_ff @(posedge clk)
    if (rst) y <= '0;
    else y <= 
endmodule
END
cat >"$work/model" <<'END'
#!/usr/bin/env bash
in=$(cat)
if grep -q CURSOR <<<"$in"; then
	n=$(cat "$0.n" 2>/dev/null || echo 0)
	echo $((n + 1)) >"$0.n"
	[ "$n" = 0 ] && { echo $$ >"$0.pid"; echo '{"text":"one moment please, I think about it"}'; exec sleep 300; }
	printf '{"text":"```verilog\\namount;\\n```\\n"}\n{"usage":{"in":1000,"out":500}}\n{"finish":"stop"}\n'
else # as long as two pauses
	sleep 2.5
	echo '{"text":"it was slow"}'
fi
END
begin
printf 'backend add m exec cmd="%s"\nset backend m\nset backend.complete m\n' "$work/model" >>"$XDG_CONFIG_HOME/posedge/posedgerc"
printf 'currency EUR\nm 1000 - 100 2000\n' >"$XDG_CONFIG_HOME/posedge/prices"
cat >keys <<'END'
size 24 100
run set lint.live off
run open tank.sv:4
key End
type 0
run btw off
wait it was slow
key Ctrl-O 3
run set complete.idle 1
key Backspace
wait one moment
key Left
gone ...
wait cancelled
key End
type z
wait Ctrl-B shows it
screen
key Left
run btw why
wait it was slow
key Ctrl-O 3
key Ctrl-B
wait REVIEW
screen
END
[ ! -e "$work/model.n" ] || fail "it was asked before"
timeout -s KILL 600 "$posedge" --script keys >"$work/out" 2>"$work/err" </dev/null || fail "the script ended with $?"
asked 2
kill -0 "$(cat "$work/model.pid")" 2>/dev/null && fail "the first question goes on"
says 'zamount;'
says "2.0000 EUR"
# The budget stops it like any other question.
begin
touch "$work/model.pid"
cat >keys <<'END'
size 24 100
run set lint.live off
run set budget 0.01
run set complete.idle 1
run open tank.sv:4
key End
type y
wait budget
END
timeout -s KILL 600 "$posedge" --script keys >"$work/out" 2>"$work/err" </dev/null || fail "the script ended with $?"
[ ! -e "$work/model.n" ] || fail "it was asked beyond the budget"
status 2 set complete.idle 0
notes 'a whole number from 1 on or off was expected'
status 0 set complete.idle off
exit 0
