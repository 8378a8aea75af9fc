#!/usr/bin/env bash
# `ask --show` matches the bytes that a backend receives, also after entries were
# switched off, compacted or trusted.
. "${srcdir:?}/tests/lib/lib.sh"
export LC_ALL=C.UTF-8
cp -r "$srcdir/docs/example" "$work/p" && cd "$work/p"
cat >"$work/answer" <<E
#!/bin/sh
cat >"$work/request"
printf '{"model":"m-1"}\n{"text":"Fine."}\n{"usage":{"in":1234,"out":5,"cached":1000}}\n{"finish":"stop"}\n'
E
chmod +x "$work/answer"
cat >"$XDG_CONFIG_HOME/posedge/posedgerc" <<E
backend add m exec cmd="$work/answer" context=8000
set backend m
E

# The request as the program got it, in the form of --whole.
sent() {
	python3 - "$work/request" <<'P'
import json, sys
asked = json.load(open(sys.argv[1]))
for i, m in enumerate(asked["messages"]):
    text = m["content"]
    sys.stdout.write(("\n" if i else "") + "[" + m["role"] + "]\n" + text + ("" if text.endswith("\n") else "\n"))
P
}
# What a question names by @ is sent, or the question is not.
printf 'The plover\nrests.\n' >NOTES.md
status 0 ask --show --whole "what do @NOTES.md, say?"
says 'The plover'
status 0 ask --show --whole "what does (@NOTES.md:2) say to me@x.org @(posedge clk) @*?"
says 'rests.'
grep -q 'The plover' "$work/out" && fail "more lines than were named"
status 0 ask --show "is it right? @lint"
grep -q '^beside .* lint$' "$work/out" || fail "the findings are not sent"
printf 'all:\n\tplover\n' >Makefile
printf 'a\0b\n' >bin.dat
: >empty.md
status 0 ask --show --whole "what does @Makefile do @clk, @param with @rtl?"
says '	plover'
notes '@rtl is not a file'
notes '@clk is not a file'
notes '@param is not a file'
while IFS='|' read -r word why; do
	status 2 ask "look at $word"
	notes "$why"
done <<'E'
@bin.dat|@bin.dat: no text: it has NUL bytes
@bin.dat:1|@bin.dat: no text: it has NUL bytes
@NOTES.md:3|@NOTES.md:3: NOTES.md has the lines 1 to 2
@NOTES.md:0|@NOTES.md:0: NOTES.md has the lines 1 to 2
@NOTES.md:2-1|@NOTES.md:2-1: the first line comes before the last: @NOTES.md:1-2
@Makefile:3|@Makefile:3: Makefile has the lines 1 to 2
@empty.md:1|@empty.md:1: empty.md is empty
E
rm Makefile bin.dat empty.md
for missing in @NOTES.txt @NOTES.md:3 @NOTES.md:2-1 @/etc/passwd @../x.md @sim @mcp:a:b; do
	status 2 ask "look at $missing"
	notes "${missing#@}"
	[ ! -e "$work/request" ] || fail "$missing was asked without what it names"
done
rm NOTES.md
if command -v python3 >/dev/null; then
	for question in "why is it 8 bits wide?" "and the reset?" "rtl/counter.sv: is \`en\` used?"; do
		status 0 ask --show --whole "$question"
		cp "$work/out" "$work/shown"
		status 0 ask "$question"
		sent >"$work/sent"
		cmp "$work/shown" "$work/sent" || fail "another request was shown than was sent"
		status 0 context --whole
		cmp "$work/out" "$work/sent" || fail "another request is shown than was sent"
	done
else
	for question in one two three; do status 0 ask "$question"; done
fi

# The list: estimates are marked, the server's counts are not.
status 0 context
says 'm m-1: 1234 tokens of 8000 (15.4 %), 2000 kept for the answer, 1000 from the server'
grep -qE '^file +[0-9]+ B +~[0-9]+ +[0-9.]+ %  rtl/counter.sv$' "$work/out" || fail "no line for the file"
status 0 ask --show four
says 'm: ~'
says '% of the bytes as before'
[ "$(grep -c '^answered ' "$work/out")" = 3 ] || fail "three exchanges go along"

# An entry that is off is not sent, and is listed as off.
status 0 context off rtl/counter.sv
status 0 context off spec.md
status 0 ask --show four
says 'rtl/counter.sv (off)'
says 'spec.md (off)'
status 0 ask two
status 0 ask --show four
[ "$(grep -c 'spec.md (off)' "$work/out")" = 1 ] || fail "it is off twice"
status 0 ask --show --whole four
silent_on 'module counter'
status 0 context on rtl/counter.sv
status 0 ask --show --whole four
says 'module counter'
status 2 context sideways

# Compacted: one line each, and everything is still in the session.
status 0 compact
status 0 ask --show four
[ "$(grep -c '^answered ' "$work/out")" = 2 ] || fail "two exchanges stay"
grep -q '^digest ' "$work/out" || fail "the third is told in short"
status 2 compact
status 0 log
[ "$(grep -c "asked m" "$work/out")" = 4 ] || fail "the log has all questions"

# As JSON, one object.
status 0 --json ask --show four
grep -q '^{"context":{"sent":false,"backend":"m".*"kind":"question".*"text":"four"}' "$work/out" ||
	fail "no JSON"

# Money: an unknown price is not zero; a question that might exceed the budget is not
# asked.
prices=$XDG_CONFIG_HOME/posedge/prices
status 0 set budget 0.10
status 2 ask five
notes 'the price of m is not known'
printf 'currency EUR\nother 1 1 1 1\nm 2.5 3 .25 10 # of us\n' >"$prices"
status 0 ask five
status 0 context
says '0.0009 EUR'
grep -q '"type":"answer".*"cost":886,"currency":"EUR"' .posedge/sessions/*/journal.jsonl || fail "no cost"
status 0 set budget 0.01
status 2 ask six
notes 'not asked: the answer may cost '
notes 'of its budget of 0.01'
status 0 log
silent_on 'six'
status 2 set budget much
notes 'a sum such as 2.50'
# An answer of unknown cost counts with its maximum, which is reported.
mv "$prices" "$prices.not"
status 0 set budget ""
status 0 ask --fresh "a question without a price"
mv "$prices.not" "$prices"
status 0 set budget 0.001
status 2 ask six
notes 'and this session may have spent '
status 0 set budget ""
echo 'm 1 2' >"$prices"
status 0 ask six
notes 'prices: line 1: a name and four prices were expected'
rm "$prices"

# An image is sent if the backend accepts it, with the type that its bytes show.
printf '\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\0\003\0\0\0\002\010\002\0\0\0' >fsm.png
status 0 ask "what does @fsm.png show?"
grep -q '"images":\[{.*iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAA' "$work/request" || fail "no image was sent"
status 0 context
grep -qE '^image +29 B +~[0-9]+ .*fsm.png$' "$work/out" || fail "no line for the image"
status 0 ask "and without?"
grep -q '"images"' "$work/request" && fail "the image was sent again"
echo 'module m; endmodule' >not.png
status 2 ask "what is @not.png?"
notes 'no PNG, JPEG or WebP image'
status 2 ask "what is @none.png?"
notes '@none.png'
status 2 ask "what is @../fsm.png?"
status 2 ask --backend cookbook "what does @fsm.png show?"
notes 'backend cookbook takes no images'
head -c 4000000 /dev/zero | cat fsm.png - >large.png
status 2 ask "what is @large.png?"
notes '@large.png: larger than 3840 KB'

# Roles.
cat >>"$XDG_CONFIG_HOME/posedge/posedgerc" <<E
backend add one fake text=First.
backend add two fake text=Second.
E
status 0 set backend.judge two
status 0 set backend.plan one
status 2 set backend.judge three
status 0 ask --role judge "is it good?"
says Second.
status 0 ask --role plan "how?"
says First.
status 2 ask --role king "how?"
status 0 backends
says '(judges)'

# Only trusted files instruct the model.
echo 'Ports one by one.' >AGENTS.md
rm -f .posedgerc
status 0 ask --show four
silent_on AGENTS.md
status 0 trust
says 'there is no .posedgerc'
says 'AGENTS.md is sent'
status 0 ask --show four
grep -qE '^agents .*AGENTS.md$' "$work/out" || fail "AGENTS.md does not go along without an rc file"
# The absence of such a file can be trusted, too.
echo 'set testbench counter_tb' >.posedgerc
status 0 ask --show four
silent_on AGENTS.md
status 0 trust
status 0 ask --show four
grep -qE '^agents .*AGENTS.md$' "$work/out" || fail "AGENTS.md does not go along"
yes 'Ports one by one, each on a line of its own.' | head -n 1000 >AGENTS.md
status 0 ask --show four
notes 'AGENTS.md is not sent'

# A spec larger than the whole budget, and larger than the limit for reading.
status 0 context on spec.md
status 0 ask --show five
grep -q spec.md "$work/err" && fail "it names the spec"
requirements() { seq -f 'R%g: the count shall follow the requirement before this one.' "$1" >spec.md; }
requirements 5000
status 0 ask --show five
notes 'spec.md is sent in part: the request would be larger than its budget'
grep -qE '^spec .*spec.md \(cut\)$' "$work/out" || fail "the list does not say that the spec is cut"
requirements 20000
status 0 ask --show five
notes 'spec.md is not sent: read '
