#!/usr/bin/env bash
# bench assert: designs in both published layouts with assertions of known outcome. An
# assertion that cannot be parsed does not affect the others; without yosys nothing
# passes.
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog vvp

cd "$work" || exit 9
q=data/arith/counter
mkdir -p $q data/arith/and2 answers
cat >$q/FPV_counter.tcl <<'T'
analyze -v2k \
  ${RTL_PATH}/counter.v
analyze -sva \
  ${RTL_PATH}/bindings.sva
elaborate -top counter
clock clk
reset rst
T
cat >$q/counter.v <<'V'
// synopsys translate_off
`include "timescale.v"
// synopsys translate_on
`include "limit.v"
module counter(input clk, rst, en, output reg [3:0] n, output reg was);
  always @(posedge clk)
    if (rst) begin n <= 0; was <= 0; end
    else begin was <= en; if (en) n <= n == `LIMIT ? 0 : n + 1; end
endmodule
V
echo '`define LIMIT 9' >$q/limit.v
cat >$q/property_goldmine.sva <<'V'
module i_counter(input clk, rst, en, input [3:0] n);
property a0;
@(posedge clk) (rst == 1) |=> (n == 0);
endproperty
assert_a0: assert property(a0);
assert property(@(posedge clk) en && !rst |=> was);
endmodule
V
cat >data/arith/and2/FPV_and2.tcl <<'T'
elaborate -top and2
clock -infer
T
echo 'module and2(input a, b, output y); assign y = a & b; endmodule' >data/arith/and2/and2.v
# One of each, in this order: proved, fails, vacuous, an unknown name, not Verilog, an
# unsupported range, proved, and one that assumes in order to prove.
cat >answers/arith.counter_sample01.v <<'V'
assert property (@(posedge clk) disable iff (rst) n <= 9);
assert property (@(posedge clk) n < 9);
assert property (@(posedge clk) disable iff (rst) n == 15 |-> en);
assert property (@(posedge clk) enable |-> n == 0);
assert property (@(posedge clk) n == == 3);
assert property (@(posedge clk) rst |-> ##[1:2] n == 0);
assert property (@(posedge clk) rst |=> !was);
assert property (@(posedge clk) 1); assume property (@(posedge clk) 0);
V
echo 'assert property (@(posedge clk) rst |=> n == 0);' >answers/arith.counter_sample02.v
echo 'assert property (@(posedge clk) disable iff (rst) n == 12 |=> n == 13);' >answers/arith.counter_sample03.v
printf 'Here:\n```\nrst |=> n == 0; rst |-> ##[*] n;\n```\n' >answers/arith.counter_sample04_response.txt
echo 'I know of none.' >answers/arith.counter_sample05_response.txt
echo 'property p; n = 3; endproperty' >answers/arith.counter_sample06.v
printf 'assert property (@(posedge DEFAULT_CLOCK) a & b |-> y);assert property (@(posedge DEFAULT_CLOCK) !a |-> !y);' \
	>answers/arith.and2_sample01.v
echo 'a |-> y;' >answers/arith.and2_sample02.v
# A macro of the design's, and one that nothing defines.
printf 'assert property (@(posedge clk) disable iff (rst) n <= `LIMIT);\nassert property (@(posedge clk) n <= `NOSUCH);\n' \
	>answers/arith.counter_sample07.v
# yosys breaks both, and Icarus has to be able to show it: it has no $past, and no timescale.v is there.
printf 'assert property (@(posedge clk) disable iff (rst) $past(n) != 4);\nassert property (@(posedge clk) n != 5);\n' \
	>answers/arith.counter_sample08.v

mkdir -p bare
for tool in bwrap sh env; do ln -sf "$(command -v $tool || echo /bin/true)" bare/$tool; done
TEST_PATH=$work/bare status 3 bench assert data --references --out grey.jsonl
says "assert: 0 of 2 pass"
grep -q '"class":"?".*"error":"[^"]*yosys' grey.jsonl || fail "without yosys the row does not say so"
status 2 bench assert answers --references
notes "has no designs of assert"
command -v yosys >/dev/null || exit 0

status 0 bench assert data --answers answers --out rows.jsonl
row() { grep "\"problem\":\"arith.$1\".*\"sample\":$2," rows.jsonl || fail "no row of $1 $2"; }
has() { row "$1" "$2" | grep -qF "$3" || fail "$1, sample $2, lacks $3: $(row "$1" "$2")"; }
has counter 1 '"class":"f"'
has counter 1 '8 assertions: 3 proved, 1 failed, 1 vacuous, 1 not decided, 2 not read; failed: 2; not read: '
row counter 1 | grep -q '; vacuous: 3 (its condition never holds); not decided: 6 (' || fail "$(row counter 1)"
has counter 1 '"figures":{"parsed":0.75,"proved":0.375,"failed":0.125,"vacuous":0.125}'
has counter 1 '"first":{"text":"assertion 2 fails'
has counter 2 '"class":"."'
has counter 3 '"class":"v"'
has counter 4 '"class":"u"'
has counter 5 '"class":"C"'
has counter 5 'there is no assertion in it'
has counter 6 '"class":"C"'
has counter 7 '2 assertions: 1 proved, 0 failed, 0 vacuous, 0 not decided, 1 not read'
has counter 8 '2 assertions: 0 proved, 2 failed, 0 vacuous, 0 not decided, 0 not read'
has and2 1 '"class":"."'
has and2 2 '"class":"f"'
status 3 bench assert data --references --resume grey.jsonl
says "assert: 1 of 2 pass"
notes "arith.and2, sample 1: "
status 0 bench report rows.jsonl
says "share that is proved, arithmetic mean of"

# A proof about a design with a race holds for one order only. Two clocks are supported;
# a clock used as data is not, which does not count against the answer.
mkdir -p race/one two/one data2/one
printf 'elaborate -top one\nclock clk\n' | tee race/one/FPV_one.tcl data2/one/FPV_one.tcl >two/one/FPV_one.tcl
cat >race/one/one.v <<'V'
module one(input clk, d, output reg q);
  reg t = 0;
  initial q = 0;
  always @(posedge clk) t = d;
  always @(posedge clk) q <= t;
endmodule
V
cat >two/one/one.v <<'V'
module one(input clk, ck2, d, output reg q, p);
  always @(posedge clk) q <= d;
  always @(posedge ck2) p <= q;
endmodule
V
mkdir one
echo 'q == 0 || q == 1 |-> 1;' >one/one.sv
status 0 bench assert race --answers one --out race.jsonl
grep -q '"class":"u".*a race, of which yosys looks at one order' race.jsonl || fail "$(cat race.jsonl)"
sed 's/q <= d/q <= ck2/' two/one/one.v >data2/one/one.v
status 0 bench assert two --answers one
says "assert: 1 of 1 pass"
status 3 bench assert data2 --answers one
notes "one, sample 1: the design: q takes a clock as data"

# The other layout, with a model that is asked.
mkdir -p eval/rtl/counter eval/rtl/old eval/spec
cp $q/counter.v $q/limit.v eval/rtl/counter
echo 'entity old is end;' >eval/rtl/old/old.vhd
cat >ask.sh <<'S'
#!/bin/sh
cat >request
printf '{"text":"```\\nassert property (@(posedge clk) rst |=> n == 0);\\n```\\n"}\n{"finish":"stop"}\n'
S
chmod +x ask.sh
printf 'backend add one exec cmd="%s/ask.sh"\nset backend one\n' "$work" >"$XDG_CONFIG_HOME/posedge/posedgerc"
status 3 bench assert eval --jobs 1
notes "spec/counter.txt is not there; \`pdftotext -layout counter.pdf\` makes it"
notes "old has no Verilog module, and VHDL is not read"
echo 'counts to nine, then from zero' >eval/spec/counter.txt
status 0 bench assert eval --jobs 1 --only counter
says "assert: 1 of 1 pass"
grep -q 'counts to nine' request || fail "the specification was not sent"
grep -q 'output' request || fail "the ports were not sent"
grep -q 'LIMIT' request && fail "the design was sent"
status 0 bench assert data --jobs 1 --only '*.counter'
grep -q 'LIMIT' request || fail "the design was not sent"
exit 0
