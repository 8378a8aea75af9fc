#!/usr/bin/env bash
# prove: assertions with known outcomes, given beside each one in prove_known.sv.
# shellcheck disable=SC2015 # fail exits
. "${srcdir:?}/tests/lib/lib.sh"
need yosys iverilog vvp
data=$srcdir
case $data in /*) ;; *) data=$PWD/$data ;; esac

mkdir "$work/known" && cd "$work/known" || exit 9
cp "$data/tests/e2e/prove_known.sv" k.sv
# The other modules take longer.
[ "${POSEDGE_SLOW:-}" = yes ] || awk '/^module/ { on = $2 ~ /^(late|assumed|unread)/ } !on { $0 = "" } { print }' \
	"$data/tests/e2e/prove_known.sv" >k.sv
# An assertion of several lines is named by its first.
awk '/assert/ { at = NR } match($0, /\/\/ (proved|fails|vacuous|bounded)$/) { print "k.sv:" at, substr($0, RSTART + 3) }' \
	k.sv >want
got=0
timeout 1800 "$posedge" --json prove k.sv --seconds 600 >"$work/out" 2>"$work/err" || got=$?
[ $got = 1 ] || fail "prove ended with $got"
sed -n 's/.*"assertion":"\([^"]*\)","verdict":"\([^"]*\)".*/\1 \2/p' "$work/out" | sort -t: -k2n >said
cmp -s said want || fail "wrong: $(diff said want)"
[ "$(wc -l <want)" -ge 8 ] || fail "these are not all"
says '"not_read":["k.sv:'

# A failed assertion comes with a testbench that shows it.
cp "$data/tests/e2e/prove_known.sv" k.sv
status 1 prove logic_only
says 'fails in step 0'
bench=$(sed -n '0,/testbench: /s/.*testbench: //p' "$work/out")
awk '/^module/ { on = $2 ~ /^logic_only/ } on' k.sv >l.sv
iverilog -g2012 -s posedge_prove_tb -o x.vvp "$bench" l.sv 2>/dev/null && vvp -n x.vvp >x.out || fail "no testbench"
grep -q ERROR x.out || fail "its testbench shows nothing"
status 2 prove nosuch.sv
notes "nosuch.sv: no such module or Verilog file in"

# Where `sat` does not finish, z3 decides, and is never wrong. It runs after sat, so
# this takes its share of the time.
if [ "${POSEDGE_SLOW:-}" = yes ] && command -v z3 >/dev/null && command -v yosys-smtbmc >/dev/null; then
	mkdir "$work/z3" && cd "$work/z3" || exit 9
	cat >right.sv <<'V'
module right(input clk, input rst, input [15:0] a, b, output reg [31:0] p, q);
  always @(posedge clk) if (rst) begin p <= 0; q <= 0; end else begin p <= a * b; q <= b * a; end
  always @* assert (p == q);
endmodule
V
	sed 's/module right/module wrong/; s/b \* a/b * a + (a == 16'"'"'d40503 \&\& b == 16'"'"'d60493)/' right.sv >wrong.sv
	grep -q 60493 wrong.sv || fail "wrong.sv is right"
	status 0 prove right.sv --seconds 60
	says 'right.sv:3: proved'
	got=0
	timeout 600 "$posedge" prove wrong.sv --seconds 40 >"$work/out" 2>"$work/err" || got=$?
	[ $got = 1 ] || [ $got = 3 ] || fail "a wrong one: $got"
fi

# The line is that of the assertion, not that of the statement before it, as yosys has
# it.
mkdir "$work/lines" && cd "$work/lines" || exit 9
cat >n.sv <<'V'
module n(input clk, rst, up, output reg [3:0] q);
  always @(posedge clk) if (rst) q <= 0; else if (up && q != 9) q <= q + 1;
  always @(posedge clk) begin
    // it does not assert more
    assert (q <= 9);
    assert (q != 7);
  end
endmodule
V
status 1 prove n.sv
says 'n.sv:5: proved'
says 'n.sv:6: fails in step'

# If processes race, yosys's proof holds for one order only.
mkdir "$work/race" && cd "$work/race" || exit 9
cat >r.sv <<'V'
module r(input clk, d, output reg q);
  reg t = 0;
  initial q = 0;
  always @(posedge clk) t = d;
  always @(posedge clk) q <= t;
  always @(posedge clk) assert (q == 0 || q == 1);
endmodule
V
status 3 prove r.sv
says "not decided: a race, of which yosys looks at one order: t, which r.sv:4 assigns by = at a clock edge, is read at an edge in r.sv:5"
sed -i 's/t = d/t <= d/' r.sv
status 0 prove r.sv
says "proved"
# In a source of more than 4 MB nobody looks for races, or for assertions.
yes '// this line has 32 characters...' | head -c 4200000 >large.svh
sed -i '1i `include "large.svh"' r.sv
status 3 prove r.sv
says "large.svh: larger than 4 MB, so no assertion in it is known"
says "r.sv:7: not decided: there may be a race, since a source was not read: "

# An undeclared name may have any value: nothing is claimed about an assertion that uses
# it.
mkdir "$work/undeclared" && cd "$work/undeclared" || exit 9
cat >u.sv <<'V'
module u(input clk, d, output reg q);
  always @(posedge clk) q <= d;
  always @(posedge clk) assert (q == q);
  always @(posedge clk) if (reday) assert (q == 1);
endmodule
V
status 3 prove u.sv
says "u.sv:4: not decided: reday is declared nowhere"
says "u.sv:3: proved"
# yosys names its first use alone; each is none, also on a further line. A net that a port's
# connection declares is one.
cat >u.sv <<'V'
module sub(input a, output y); assign y = a; endmodule
module u(input clk, d, output reg q);
  always @(posedge clk) q <= d;
  sub s (.a(d), .y(net));
  always @(posedge clk) assert (net == d);
  assert property (@(posedge clk)
    reday |-> 1);
  assert property (@(posedge clk) reday |-> q == q);
  assert property (@(posedge clk) q ||
    reday == reday);
  assert property (@(posedge clk) q == q); // reday
endmodule
V
status 3 prove u.sv
for line in 6 8 9; do says "u.sv:$line: not decided: reday is declared nowhere"; done
says "u.sv:5: proved"
says "u.sv:11: proved"

# Earlier values, which Icarus does not know: what breaks is shown all the same. As a register
# has no sign, one of a signed value may not be.
mkdir "$work/past" && cd "$work/past" || exit 9
cat >s.sv <<'V'
module s (input logic clk, input logic rst, input logic signed [3:0] d, input logic e, output logic signed [3:0] q, output logic f);
  logic signed [3:0] q2;
  always_ff @(posedge clk) begin
    q <= rst ? 0 : d;
    q2 <= rst ? 0 : q;
    f <= rst ? 0 : e;
  end
  good1: assert property (@(posedge clk) disable iff (rst) 1 |=> $past(rst) || q == $past(d));
  good2: assert property (@(posedge clk) disable iff (rst) 1 ##1 1 |=> $past(rst) || $past(rst, 2) || q2 == $past(d, 2));
  good3: assert property (@(posedge clk) disable iff (rst) 1 |=> $past(rst) || !$rose(f) || $past(e));
  bad1: assert property (@(posedge clk) disable iff (rst) 1 |=> q != $past(q) || q == 0);
  bad2: assert property (@(posedge clk) disable iff (rst) 1 ##1 1 |=> q2 != $past(d, 2) || q2 == 0);
  bad3: assert property (@(posedge clk) disable iff (rst) 1 |=> !$rose(f));
  bad4: assert property (@(posedge clk) disable iff (rst) 1 |=> !$fell(f));
  bad5: assert property (@(posedge clk) disable iff (rst) e |=> $stable(f));
  bad6: assert property (@(posedge clk) disable iff (rst) e |=> $changed(q));
  bad7: assert property (@(posedge clk) disable iff (rst) 1 |=> $past(d) >= 0);
  always @(posedge clk) if (!rst) bad8: assert (!(f && $past(f) && $past(d + 1'b1, 1) == 3));
endmodule
V
status 1 prove s.sv
for line in 8 9 10; do
	says "s.sv:$line: proved"
done
for line in 11 12 13 14 15 16 18; do
	says "s.sv:$line: fails in step"
done
says 's.sv:17: not decided'
