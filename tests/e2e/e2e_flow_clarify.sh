#!/usr/bin/env bash
# shellcheck disable=SC2012,SC2015,SC2016,SC2028 # what the models print is a text with $ and \n in it
# clarify: rules and a scripted model find what a spec leaves open, and answers become
# requirements. The model is right, wrong, cut, stubborn, silent or endless. Nothing is
# written or lost, and the recorded session can be replayed without a model.
. "${srcdir:?}/tests/lib/lib.sh"
. "$srcdir/tests/lib/model.sh"

cd "$work" && "$posedge" new q >"$work/out" 2>&1 || fail "new"
cd "$work/q" || exit 9
cat >spec.md <<'END'
# FIFO

R1  A FIFO of 8 entries of 8 bits; a read while it is empty gives 0.
R2  rst_n is a synchronous reset. clk is the clock.
END
cp spec.md "$work/spec"
same() { cmp -s spec.md "$work/spec" || fail "spec.md was written"; }

# Without a model the rules work, and the remaining steps say what they need.
status 0 flows
says 'clarify   ask what the spec leaves open'
says 'skips model: needs a model'
status 1 clarify
says 'spec.md:3: full: something can be full'
says '1. What does a write do while it is full?'
notes 'clarify: model: left out: it needs a model'
notes 'nobody to ask: 1 question'
same
status 0 clarify 1
says '+R3  A write while it is full: nothing: it is ignored.'
same

# An empty spec leaves everything open, and one answer does not close other points.
: >spec.md
status 1 clarify
says 'it has no numbered requirements'
printf 'R1  y is a and b.\nR1  There is no clock and no reset; z is a, quickly.\n' >spec.md
status 1 clarify "y is z"
says 'R1 is there twice'
cp "$work/spec" spec.md

rc=$XDG_CONFIG_HOME/posedge/posedgerc
scripted_model

# Right: its question follows those of the rules; only the spec was sent.
begin
echo '{"text":"Q1: Is the output registered?\n- yes\n- no\n\nQ: Is it registered\n"}' >"$work/model.all"
status 0 clarify 2 yes "no."
says '+R3  A write while it is full: it overwrites the oldest entry.'
says '+R4  Is the output registered? yes.'
says '+R5  Is it registered: no.'
asked 1
grep -q 'What does a write do while it is full' "$work/model.requests" || fail "it is not told what is asked"
grep -q 'module q' "$work/model.requests" && fail "a file of the project was sent"
same

# Text typed while the model answers stays, and keeps its number.
begin
echo '{"text":"Q: Is the output registered?\n"}' >"$work/model.all"
echo "echo 'R3  The lamp is typed.' >>'$PWD/spec.md'" >"$work/model.do"
status 0 clarify 2 yes
says ' R3  The lamp is typed.'
says '+R5  Is the output registered? yes.'
silent_on '-R3'
cp "$work/spec" spec.md

# An answer becomes one whole requirement, or none.
begin
echo '{"text":"Q: Is the output registered?\n"}' >"$work/model.all"
status 1 clarify 2 "$(printf 'no %.0s' {1..1000})"
says '+R3  A write while it is full'
notes '2. makes no requirement: an answer of 2999 bytes is too long for one requirement'
silent_on '+R4'

# The model says that nothing is open.
begin
echo '{"text":"NONE"}' >"$work/model.all"
status 1 clarify
notes 'clarify: model: 0 questions'
asked 1

# Wrong format: told once, then right.
begin
echo '{"text":"What a nice spec! Here is the code:\n```verilog\nmodule q; endmodule\n```\n"}' >"$work/model.0"
echo '{"text":"Q: Which edge?\n- rising\n"}' >"$work/model.1"
status 1 clarify
says '2. Which edge? (asked by the model)'
asked 2
grep -q 'keep to the form' "$work/model.requests" || fail "it is not told"

# Stubborn, with fifty files: given up after two attempts.
begin
{
	printf '{"text":"'
	for i in {1..50}; do printf '```verilog\\nmodule m%d; endmodule\\n```\\n' "$i"; done
	printf '"}\n'
} >"$work/model.all"
status 1 clarify
notes 'the model does not keep to the form'
says '1. What does a write do'
asked 2
status 0 review || true
grep -q 'm50' "$work/out" && fail "its code became a suggestion"

# Cut in the middle of a question: half a question does not count.
begin
echo '{"text":"Q: Which edge?\n- rising\nQ: And if the FIF"}{"finish":"length"}' | sed 's/}{/}\n{/' >"$work/model.all"
status 1 clarify
notes 'the answer was cut off; 1 question'
grep -q 'And if the FIF' "$work/out" && fail "half a question is asked"

# It repeats itself forever, and asks far too much.
begin
{
	printf '{"text":"'
	for i in {1..3000}; do printf 'Q: Which edge?\\n- rising\\n'; done
	for i in {1..40}; do printf 'Q: Question %d?\\n' "$i"; done
	printf '"}\n'
} >"$work/model.all"
status 1 clarify
[ "$(grep -c '^[0-9]*\. ' "$work/out")" = 5 ] || fail "not five questions"
[ "$(grep -c 'Which edge' "$work/out")" = 1 ] || fail "asked twice"

# It fails: the rules' questions stay.
begin
echo '{"error":"no such model"}' >"$work/model.all"
status 1 clarify
notes 'the model did not answer'
says '1. What does a write do'
same

# The rules find nothing, and the model was not understood: that is no spec without open points.
cat >spec.md <<'END'
R1 count is 0 after rst, which is synchronous and active high.
R2 count goes up by one each clk while en is 1, and wraps after 11.
R3 count has 4 bits.
END
begin
echo '{"text":"NONE\n"}' >"$work/model.all"
status 0 clarify
silent_on 'checked by rules only'
echo '{"text":"Es tut mir leid.\n"}' >"$work/model.all"
status 1 clarify
says 'checked by rules only: the model does not keep to the form'
cp "$work/spec" spec.md

# A limit is reported and ends the flow; the findings of the rules are shown.
begin
echo '{"text":"no form"}' >"$work/model.all"
status 0 set flow.rounds 1
status 2 clarify
notes 'stopped: the flow took its 1 questions to a model (flow.rounds)'
says 'spec.md:3: full'
asked 1
status 0 set flow.rounds 16

# Time.
begin
printf '#!/bin/sh\ncat >/dev/null\nexec sleep 60\n' >"$work/slow"
chmod +x "$work/slow"
printf 'backend add slow exec cmd="%s"\n' "$work/slow" >>"$rc"
status 0 set flow.seconds 1
status 0 set backend slow
status 2 clarify
notes 'stopped: the flow took its 1 s (flow.seconds)'
status 0 set flow.seconds 600
status 0 set backend m

# A course forbids it; a project's own file neither allows nor forbids.
status 0 set flows -clarify
status 2 clarify
notes 'clarify: not allowed here'
status 0 flows
says 'not allowed here (set flows)'
rm .posedgerc
cp "$rc" "$work/rc"
echo 'set flows walk plan' >>"$rc"
status 2 clarify
printf 'set flows clarify\n' >.posedgerc
status 2 clarify
rm .posedgerc
cp "$work/rc" "$rc"

# Again without the model, from what another session recorded.
mkdir "$work/r" && cp -r rtl spec.md "$work/r" && cd "$work/r" || exit 9
begin
echo '{"text":"Q: Is the output registered?\n- yes\n- no\n"}' >"$work/model.all"
status 0 clarify 1 2
cp "$work/out" "$work/first"
journal=$(ls -d "$PWD"/.posedge/sessions/*/journal.jsonl | tail -1)
cp "$journal" "$work/journal.jsonl"
rm "$work/model"
printf 'backend add again replay path="%s"\nset backend again\n' "$work/journal.jsonl" >>"$rc"
status 0 clarify 1 2
cmp -s "$work/out" "$work/first" || fail "the recorded session does not answer the same"
same

# The steps are in the session, and later questions do not include the flow's own.
status 0 log
says 'calls rules {}'
status 0 review --suggestion "$(sed -n 's/.*#\([0-9]*\) *suggestion for spec.md.*/\1/p' "$work/out" | tail -1)" --take all --apply
says 'spec.md: took'
grep -q '^R4  Is the output registered? no\.$' spec.md || fail "the requirement is not written"

# No spec; a very large one.
rm spec.md
status 2 clarify
notes 'clarify needs a spec'
{
	echo '# Large'
	for i in {1..9000}; do echo "R$i  Requirement $i of a module with clk, 8 bits, no reset, which may be slow in cycle $i."; done
} >spec.md
status 1 clarify
notes '2000 requirements'
exit 0
