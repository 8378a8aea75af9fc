#!/usr/bin/env bash
# bench tasks: an answer is applied to a copy and judged with the original test files. A
# correct backend passes, one that changes the testbench does not; a hostile task is
# refused with a sentence, and the others continue.
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog vvp

cd "$work" || exit 9
mkdir -p suite/gate/.posedge suite/gate.solved none
cat >suite/gate/gate.v <<'V'
module gate(input a, input b, output y);
  assign y = a | b;
endmodule
V
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
sed 's/a | b/a \& b/' suite/gate/gate.v >suite/gate.solved/gate.v
cat >suite/gate.task <<'T'
# y is the AND.
project gate
question "Let y be a AND b, in gate.v."
check gate_tb.v
keep gate_tb.v
solution gate.solved
seconds 20
T
cp -a suite before
bench() { status "$1" bench tasks suite "${@:2}"; }
field() { sed -n "s/.*\"$2\":\"\([^\"]*\)\".*/\1/p" "$1"; }
bench 0 --references --out ref.jsonl
says "tasks: 1 of 1 pass by the official judge, 1 by the strict one"
grep -q '"checks":4,' ref.jsonl || fail "the checks are not counted: $(cat ref.jsonl)"

# Answers: $work/say selects one.
cat >ask.sh <<'S'
#!/bin/sh
cat >"$0.request"
n=$(cat "$0.n" 2>/dev/null || echo 0)
echo $((n + 1)) >"$0.n"
file=gate.v code='module gate(input a, input b, output y);\n  assign y = a & b;\nendmodule\n'
case $(cat "$0.say")$n in
wrong*|second0) code='module gate(input a, input b, output y);\n  assign y = a ^ b;\nendmodule\n' ;;
broken*) code='module gate(input a, input b, output y);\n  assign y = a &;\nendmodule\n' ;;
cheat*) file=gate_tb.v code='module gate_tb;\n  reg a = 0, b = 0;\n  wire y;\n  gate dut(.a(a), .b(b), .y(y));\n  initial begin\n    #1 if (y !== 0) $display("FAIL");\n    $finish;\n  end\nendmodule\n' ;;
words*) file= ;;
esac
[ "$file" ] && code=$(printf '%s' "$code" | sed 's/\\/\\\\/g; s/"/\\"/g; s/\\\\n/\\n/g') &&
	printf '{"text":"`%s`:\\n\\n```verilog\\n%s```\\n"}\n' "$file" "$code" ||
	printf '{"text":"I do not know."}\n'
printf '{"finish":"stop"}\n'
S
chmod +x ask.sh
printf 'backend add one exec cmd="%s/ask.sh"\nset backend one\n' "$work" >"$XDG_CONFIG_HOME/posedge/posedgerc"
# told SAY CLASS VERDICT WORDS...: the class and verdict of that answer.
told() {
	echo "$1" >ask.sh.say
	rm -f ask.sh.n row.jsonl
	bench 0 --out row.jsonl "${@:4}"
	[ "$(field row.jsonl class) $(field row.jsonl verdict)" = "$2 $3" ] || fail "$1: $(cat row.jsonl)"
}
told right . pass
grep -q 'a AND b' ask.sh.request || fail "the question is not asked"
grep -q '"flow=ask"\|flow=ask' row.jsonl || fail "the row lacks the flow"
[ -s row.answers/gate_sample01_response.txt ] || fail "the answer is not kept"
told wrong R fail
told broken C build
told cheat R fail
told words R fail
grep -q '"text":"nothing was proposed"\|"code":false' row.jsonl || fail "no word of an answer without code"
told second R fail
told second . pass --rounds 2
grep -q '"rounds":2' row.jsonl || fail "the rounds are not counted"
told right . pass --flow fix
grep -q 'FAIL' ask.sh.request || fail "fix does not tell what fails"
# solve: candidates in order of quality; the second is right. All its questions are
# counted.
told right . pass --flow solve
grep -q '"setup":"extract=official flow=solve"' row.jsonl || fail "the row lacks the flow"
told wrong R fail --flow solve --rounds 1
told second . pass --flow solve --rounds 3
grep -q '"rounds":[23]' row.jsonl || fail "the candidates are not counted: $(cat row.jsonl)"
grep -q 'a AND b' ask.sh.request || fail "solve does not know the question"
# The row names the set-up, and another set-up does not continue its file.
status 0 set mode assist
status 0 set prompt.budget 9000
told right . pass
grep -q '"setup":"extract=official flow=ask mode=assist prompt.budget=9000","seed":null' row.jsonl || fail "the set-up: $(cat row.jsonl)"
status 0 set mode ask
bench 2 --resume row.jsonl
notes "rows of two set-ups go into two files"
status 0 set mode assist
bench 0 --resume row.jsonl
says "nothing is left to judge"
status 0 set mode ask
status 0 set prompt.budget 24000
bench 2 --seed 1
notes "body.seed=N behind the backend"
# What would have no effect is refused.
bench 2 --rate 5
notes "bench: tasks sends its requests as a session does, without --rate"
bench 2 --extract posedge
notes "bench: tasks extracts no code"
diff -r suite before >&2 || fail "the data were written to"

# Hostile tasks: each gives a sentence, no model is asked, and the good one is judged.
hostile() {
	local name=$1
	printf '%s\n' "${@:3}" >"suite/$name.task"
	echo "$2" >"want.$name"
}
ok=('project gate' 'question x' 'check gate_tb.v' 'keep gate_tb.v')
ln -s "$work" suite/link
hostile h_out "line 1: a path has to be relative and to stay in its folder" 'project ../before/gate' "${ok[@]:1}"
hostile h_root "line 1: a path has to be relative" 'project /etc' "${ok[@]:1}"
hostile h_link "link" 'project link' "${ok[@]:1}"
hostile h_keep "line 4: a path has to be relative" "${ok[@]:0:3}" 'keep ../gate.task'
hostile h_long "line 5: seconds are 1 to 600" "${ok[@]}" 'seconds 99999999999999999999'
hostile h_neg "line 5: seconds are 1 to 600" "${ok[@]}" 'seconds -1'
hostile h_none "the line keep is missing" "${ok[@]:0:3}"
hostile h_word "nothing else" "${ok[@]}" 'run id'
hostile h_check "no_such" "${ok[@]:0:2}" 'check no_such_tb' "${ok[3]}"
echo right >ask.sh.say
rm -f ask.sh.n
bench 3 --out hostile.jsonl
says "9 could not be judged"
for name in h_out h_root h_link h_keep h_long h_neg h_none h_word h_check; do
	grep "\"problem\":\"$name\"" hostile.jsonl | grep -qF -- "$(cat want.$name)" ||
		fail "$name: $(grep "\"problem\":\"$name\"" hostile.jsonl)"
done
grep '"problem":"gate"' hostile.jsonl | grep -q '"class":"."' || fail "the good one was not judged"
[ "$(cat ask.sh.n)" = 1 ] || fail "somebody was asked for a task that is refused"
bench 2 --flow clarify
notes "tasks has no flow clarify"
bench 2 --answers none
notes "tasks judges no stored answers"
status 2 bench tasks none
notes "has no tasks"
