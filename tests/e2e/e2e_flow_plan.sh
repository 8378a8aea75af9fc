#!/usr/bin/env bash
# plan: a scripted model plans a design, is told the faults of its plan, and writes one
# leaf module after another. What rules can check is checked before there is any code,
# and Verilator has no finding on the generated code. Nothing is written.
. "${srcdir:?}/tests/lib/lib.sh"
. "$srcdir/tests/lib/model.sh"
need verilator_bin

mkdir -p "$work/q/rtl" && cd "$work/q" || exit 9
cat >spec.md <<'END'
# Sum of a count

R1  A count of 8 bits goes up by one each clk while en is 1, and wraps.
R2  rst_n is a synchronous reset, low: it clears the count.
R3  y is the count plus d, with its carry: 9 bits, combinational.
END
echo 'module other (input wire a, output wire b); assign b = a; endmodule' >rtl/other.v
files >"$work/files"

# The library makes no plan, and says so.
status 0 plan
notes 'plan: draft, leaves: left out: they need a model'

rc=$XDG_CONFIG_HOME/posedge/posedgerc
scripted_model text

good() {
	cat <<'END'
# Plan

## sum_count
Serves: R1, R2, R3

| parameter | value |
| --- | --- |
| WIDTH | 8 |

| port | direction | width | role |
| --- | --- | --- | --- |
| clk | input | 1 | clock |
| rst_n | input | 1 | reset low |
| en | input | 1 | |
| d | input | WIDTH | |
| y | output | WIDTH + 1 | |

| instance | module | parameters |
| --- | --- | --- |
| u_count | count | W=WIDTH |
| u_add | add | W=WIDTH |

| from | to |
| --- | --- |
| clk | u_count.clk |
| rst_n | u_count.rst_n |
| en | u_count.en |
| u_count.q | u_add.a |
| d | u_add.b |
| u_add.s | y |

## count
Serves: R1, R2

| parameter | value |
| --- | --- |
| W | 4 |

| port | direction | width | role |
| --- | --- | --- | --- |
| clk | input | 1 | clock |
| rst_n | input | 1 | reset low |
| en | input | 1 | |
| q | output | W | |

## add
Serves: R3

| parameter | value |
| --- | --- |
| W | 4 |

| port | direction | width | role |
| --- | --- | --- | --- |
| a | input | W | |
| b | input | W | |
| s | output | W + 1 | |
END
}

# Stubborn: no plan at all, three times.
begin
printf 'Sure! I would use a counter and an adder.\n' >"$work/model.all"
status 2 plan
notes 'no plan came of 3 answers: none has a section'
asked 3

# Wrong, told so, then right; in a fence, with text around it.
begin
good | sed 's/| d | input | WIDTH | |/| d | input | 4 | |/; s/Serves: R3/Serves: R4/' >"$work/model.0"
{ echo 'Here it is:'; echo '```markdown'; good; echo '```'; echo 'Have fun.'; } >"$work/model.all"
status 0 plan
notes 'plan: draft: plan.md: 3 modules, 0 faults, asked 2 times'
grep -q 'sum_count: d has 4 bits, u_add.b has 8' "$work/model.requests" || fail "it is not told of the width"
grep -q 'R4, which is not a requirement' "$work/model.requests" || fail "it is not told of the requirement"
grep -q 'module other' "$work/model.requests" && fail "a file was sent"
grep -q 'Have fun' "$work/out" && fail "prose stands in the plan"
same

# Cut each time: half a plan does not count.
begin
good | head -12 >"$work/model.all"
touch "$work/model.all.cut"
status 1 plan
says 'plan.md:12: cut: the answer was cut off here, and what follows is missing'
[ "$(grep -c '^+[^+]\|^+$' "$work/out")" = 12 ] || fail "what came is not suggested"
asked 3
# Half a line is no plan; a whole plan is better than one that was cut, whatever its faults.
begin
{ good | head -12; printf '| rst_n | inp'; } >"$work/model.0"
touch "$work/model.0.cut"
good | sed 's/| d | input | WIDTH | |/| d | input | 4 | |/; /u_add.s . y/d; /Serves: R3/d' >"$work/model.1"
good | head -12 >"$work/model.all"
touch "$work/model.all.cut"
status 1 plan
says 'width: sum_count: d has 4 bits, u_add.b has 8'
grep -q 'cut off' "$work/out" && fail "the one that was cut is suggested"
begin
printf 'No.\n' >"$work/model.all"
touch "$work/model.all.cut"
status 2 plan
notes 'no plan came of 3 answers: the last one was cut off'
begin
printf 'No.\n' >"$work/model.all"
touch "$work/model.all.endless"
status 2 plan
notes 'no plan came of 3 answers: the last one repeats itself'

# Never right: the best attempt becomes a suggestion, with its faults.
begin
good | sed 's/| d | input | WIDTH | |/| d | input | 4 | |/; /u_add.s . y/d' >"$work/model.0"
good | sed 's/| d | input | WIDTH | |/| d | input | 4 | |/' >"$work/model.all"
status 1 plan
says 'width: sum_count: d has 4 bits, u_add.b has 8'
grep -q undriven "$work/out" && fail "not the best one"
notes 'plan.md: 3 modules, 1 fault, asked 3 times'

status 0 review --refuse all --apply

# A faulty plan: nothing is generated from it, with or without a model.
begin
good | sed 's/| d | input | WIDTH | |/| d | input | 4 | |/' >plan.md
status 1 plan
says 'plan.md:29: width: sum_count: d has 4 bits, u_add.b has 8'
[ ! -e "$work/model.n" ] || fail "the model was asked"

# Without a model: the wiring, and what is still missing.
good >plan.md
files >"$work/files"
printf 'set backend cookbook\n' >>"$rc"
status 0 plan
says '+module sum_count #('
says '+    count #(.W(WIDTH)) u_count ('
notes 'plan: draft, leaves: left out'
notes '0 differences between plan and code, 3 modules without code'
same

# The leaves, one by one, each with its own requirements; one is wrong at first, one is
# hidden among fifty modules.
printf 'set backend m\n' >>"$rc"
begin
# shellcheck disable=SC2016
{ for i in {1..50}; do printf '```verilog\nmodule m%d (input wire a); endmodule\n```\n' "$i"; done; } >"$work/model.0"
cat >"$work/model.1" <<'END'
```verilog
module count #(parameter W = 4) (input wire clk, input wire rst_n, input wire en, output reg [W-1:0] q);
  always @(posedge clk) if (!rst_n) q <= 0; else if (en) q <= q + 1'b1;
endmodule
```
END
cat >"$work/model.2" <<'END'
```verilog
module add #(parameter W = 4) (input wire [W-1:0] a, input wire [W-1:0] b, output wire [W-1:0] s);
  assign s = a + b;
endmodule
```
END
cat >"$work/model.all" <<'END'
```verilog
module add #(parameter W = 4) (input wire [W-1:0] a, input wire [W-1:0] b, output wire [W:0] s);
  assign s = {1'b0, a} + {1'b0, b};
endmodule
```
END
status 0 plan
asked 4
notes 'plan: lint: with all of it: 0 errors, 0 risks'
says '+++ b/rtl/sum_count.v'
says '+++ b/rtl/count.v'
says '+++ b/rtl/add.v'
grep -q 'add.s: planned with 5 bits, in the code 4' "$work/model.requests" || fail "it is not told what differs"
tail -1 "$work/model.requests" | grep -q 'R3: y is the count plus d' || fail "its requirement is not sent"
tail -1 "$work/model.requests" | grep -q 'rst_n' && fail "more than its part is sent"
same
for _ in {1..9}; do "$posedge" review --take all --apply >"$work/out" 2>&1; done
# shellcheck disable=SC2015
[ -e rtl/count.v ] && [ -e rtl/add.v ] && [ -e rtl/sum_count.v ] || fail "what was taken is not written"
files >"$work/files"
status 0 lint
says 'lint ok'

# As planned; then the code diverges, and is not overwritten.
status 0 plan
notes 'compare: 0 differences between plan and code, 0 modules without code'
sed -i 's/input wire en, //' rtl/count.v
status 1 plan
says 'differs: count.en: planned, and not in the code'


sed -i 's/| W | 4 |/| W | 5 |/' plan.md
sed -i '1d' rtl/sum_count.v
cp rtl/sum_count.v "$work/own.v"
status 1 plan
notes '0 modules of wires made by rule'
cmp -s rtl/sum_count.v "$work/own.v" || fail "a file of somebody's own was changed"

# A linter that crashes: the result stays a suggestion, and an unjudged one is not a
# success.
mkdir -p "$work/bin" "$work/crash"
# shellcheck disable=SC2016 # for that shell
printf '#!/bin/sh\nkill -SEGV $$\n' >"$work/bin/verilator_bin"
chmod +x "$work/bin/verilator_bin"
cp spec.md "$work/crash" && good >"$work/crash/plan.md"
(
	cd "$work/crash" || exit 9
	export XDG_CONFIG_HOME=$work/none # no model
	# The sandbox hides the stub.
	POSEDGE_BWRAP=/nonexistent TEST_PATH=$work/bin:$PATH status 1 plan
	notes 'lint did not run: '
	says 'module sum_count '
) || exit 1

# A plan with a cycle.
good | sed 's/^| u_add | add .*/&\n| u_self | sum_count | |/' >plan.md
status 1 plan
says 'cycle: sum_count is an instance of itself'
exit 0
