#!/usr/bin/env bash
# assert: a scripted model writes assertions for a module. Each is proved, bounded,
# vacuous, failed with a trace, or not parsed; those that hold are suggested. Without
# yosys they are parsed but not run. Also wrong requirements and signals, cut answers,
# and a model that repeats its mistake.
. "${srcdir:?}/tests/lib/lib.sh"
. "$srcdir/tests/lib/model.sh"
need verilator_bin iverilog

mkdir -p "$work/q" && cd "$work/q" || exit 9
cat >spec.md <<'END'
R1 While rst is high the count becomes 0.
R2 With en the count grows by one.
R3 full is high when the count is 15.
R4 The lamp is pretty.
END
cat >tally.sv <<'END'
module tally (input logic clk, input logic rst, input logic en, output logic [3:0] count, output logic full);
  always_ff @(posedge clk)
    if (rst) count <= '0;
    else if (en) count <= count + 4'd1;
  assign full = count == 4'd15;
endmodule
END
cksum tally.sv >"$work/sum"
status 2 assert tally
notes 'assert needs a model'
scripted_model
# answer LINE...: as one fenced block.
answer() { printf '{"text":"```verilog'; printf '\\n%s' "$@"; printf '\\n```\\n"}\n'; }
right='// R1: rst, count'
right2='assert property (@(posedge clk) rst |=> count == 0);'

# What is behind the fortieth is left out, and that is said.
begin
{
	printf '{"text":"```verilog'
	for i in {1..40}; do printf '\\n%s' '// R9: rst' 'assert property (rst);'; done
	printf '\\n%s\\n%s\\n```"}\n' "$right" "$right2"
} >"$work/model.all"
status 1 assert tally
says '[cut: the answer has more than 40 assertions]'
says 'R1 has no assertion'

# What is typed while the model answers stays.
cp tally.sv "$work/tally.sv"
begin
answer "$right" "$right2" >"$work/model.all"
echo "sed -i '1i // typed' '$PWD/tally.sv'" >"$work/model.do"
command -v yosys >/dev/null && status 0 assert tally || status 1 assert tally
grep -q '^// typed' tally.sv || fail "nothing was typed"
status 0 log
status 2 review --suggestion "$(sed -n 's/.*#\([0-9]*\) *suggestion for tally.sv.*/\1/p' "$work/out" | tail -1)" --take all --apply
notes '0 places overlap'
status 0 review --suggestion "$(sed -n 's/.*merged into \([0-9]*\),.*/\1/p' "$work/err")" --take all --apply
grep -q '^// typed' tally.sv || fail "what was typed is gone"
grep -q '^  // R1: rst, count' tally.sv || fail "the assertion is not written"
cp "$work/tally.sv" tally.sv

# What no prover decides is simulated with random inputs. A register that is never set stays x, of
# which nothing fails; a module that assumes something is not simulated.
mkdir -p "$work/bare" "$work/t" && cd "$work/t" || exit 9
for tool in bwrap sh env bash cat iverilog vvp; do ln -sf "$(command -v $tool || echo /bin/true)" "$work/bare/$tool"; done
cp ../q/spec.md .
cat >long.sv <<'END'
`timescale 1us/1ns
module long (input logic ck, input logic rst, output logic [9:0] n, output logic never);
  always_ff @(posedge ck) if (rst) n <= 10'd1; else n <= n + 10'd1;
  always_ff @(posedge ck) never <= never;
endmodule
END
begin
answer '// R1: n' 'assert property (@(posedge ck) disable iff (rst) n < 200);' '// R2: n' \
	'assert property (@(posedge ck) n == 150 && !rst |=> n == 151);' '// R3: never' \
	'assert property (@(posedge ck) n > 9 |-> never == $past(never));' '// R4: n' \
	'assert property (@(posedge ck) disable iff (rst) n == 180 |=> n == 182);' >"$work/model.all"
TEST_PATH=$work/bare status 1 assert long
grep -A1 'n < 200' "$work/out" | grep -Eq '^    failed with trace: in cycle [0-9]+ of a simulation' || fail "n < 200 does not fail"
grep -A2 'n == 182' "$work/out" | grep -q '^    waves: posedge wave /' || fail "n == 182 has no waves"
[ "$(grep -c '^    parsed, not run: .*; 2000 cycles with random inputs do not break it' "$work/out")" = 2 ] || fail "not two hold"
says '+  // R3: never'
silent_on '+  // R1: n'
sed -i 's/^endmodule/assume property (@(posedge ck) n < 100);\n&/' long.sv
rm "$work/model.n"
TEST_PATH=$work/bare status 1 assert long
[ "$(grep -c 'not simulated: the module assumes something' "$work/out")" = 4 ] || fail "it is simulated without its assumption"
cd "$work/q" || exit 9

# Without a prover they are parsed.
command -v yosys >/dev/null || {
	begin
	answer "$right" "$right2" >"$work/model.all"
	status 1 assert tally
	says 'R1 -> rst, count -> assert property (@(posedge clk) rst |=> count == 0);'
	says 'parsed, not run'
	says 'R2 has no assertion'
	says '+  // R1: rst, count'
	echo "yosys is not here: verdicts are not tested"
	exit 0
}
begin
answer "$right" "$right2" >"$work/model.all"
status 0 assert tally
says 'R2 has no assertion'
# The fence may be missing; words around are none of it.
begin
printf '{"text":"Here they are:\\n%s\\n%s\\nThat is all.\\n"}\n' "$right" "$right2" >"$work/model.all"
status 0 assert tally
asked 1
says '+  // R1: rst, count'
grep -q 'That is all' "$work/out" && fail "words became an assertion"

begin
answer "$right" "$right2" '// R2: en, count' 'assert property (@(posedge clk) disable iff (rst)' '  en |=> count == 4'"'"'d9);' \
	'// R3: full, count' 'assert property (@(posedge clk) full |-> count == 4'"'"'d15);' \
	'// R3: full' 'assert property (@(posedge clk) full && !full |-> count == 0);' >"$work/model.all"
status 1 assert tally
asked 1
grep -A1 'R1 -> rst, count' "$work/out" | grep -q '^    proved' || fail "R1 is not proved"
grep -A2 'R2 -> en, count' "$work/out" | grep -q '^    failed with trace: fails in step' || fail "R2 does not fail"
grep -A2 'R2 -> en, count' "$work/out" | grep -q '^    waves: posedge wave /' || fail "R2 has no waves"
grep -A1 'R3 -> full, count' "$work/out" | grep -q '^    proved' || fail "R3 is not proved"
grep -A1 'R3 -> full -> ' "$work/out" | grep -q '^    vacuous' || fail "the empty one is not vacuous"
says 'R4 has no assertion'
says '+  // R1: rst, count'
says '+  assert property (@(posedge clk) full |-> count == 4'"'"'d15);'
silent_on "+  assert property (@(posedge clk) disable iff (rst) en |=> count == 4'd9);"
silent_on '+  assert property (@(posedge clk) full && !full'
cksum tally.sv | cmp -s - "$work/sum" || fail "tally.sv was written"

# What is wrong with them is told once, and stays where the model is stubborn.
begin
answer '// R9: rst' 'assert property (@(posedge clk) rst |=> count == 0);' '// R2: enable' \
	'assert property (@(posedge clk) en |=> full);' '// R3: full' 'assert property (@(posedge clk) full [*2:3] |-> en);' >"$work/model.all"
status 1 assert tally
asked 2
grep -q 'spec.md has no R9' "$work/model.requests" || fail "R9 is not told"
grep -q 'tally has no signal enable' "$work/model.requests" || fail "enable is not told"
[ "$(grep -c '^    not parsed: ' "$work/out")" = 3 ] || fail "not three are not parsed"

# Bound from a file of its own: the module stays as it is, the prover and Verilator read it,
# Icarus does not, which is said. What a module of its own does not see is refused.
rm -rf "$work/b" && mkdir "$work/b" && cp spec.md "$work/b" && cd "$work/b" || exit 9
cat >tally.sv <<'END'
module tally #(parameter W = 4, localparam TOP = (1 << W) - 1)
  (input logic clk, input logic rst, input logic en, output logic [W-1:0] count, output logic full);
  typedef enum {IDLE, BUSY} kind;
  typedef struct packed { logic k; logic [1:0] n; } pair_t;
  kind state;
  pair_t pair;
  logic [3:0] memory [0:1];
  always_ff @(posedge clk) begin
    if (rst) count <= '0;
    else if (en) count <= count + 1'b1;
    state <= en ? BUSY : IDLE;
    pair <= 3'd1;
    memory[0] <= 4'd1;
  end
  assign full = count == TOP;
endmodule
END
cat >tally_tb.sv <<'END'
module tally_tb;
  logic clk = 0, rst = 1, en = 1, full;
  logic [3:0] count;
  tally dut(.*);
  always #5 clk = ~clk;
  initial begin
    #12 rst = 0;
    #200 if (full !== 0) $error("full");
    $finish;
  end
endmodule
END
cksum tally.sv >"$work/sum"
begin
answer "$right" "$right2" '// R3: full, count' 'assert property (@(posedge clk) full |-> TOP > 0 && &count);' \
	'// R2: state' 'assert property (@(posedge clk) en |=> state == BUSY);' '// R2: pair' 'assert property (@(posedge clk) pair != 3);' '// R2: memory' 'assert property (@(posedge clk) memory != 4);' \
	'// R2: count' 'assert property (@(posedge clk) count != 5);' >"$work/model.all"
status 1 assert tally --bind
asked 2
grep -q 'pair is a struct, of which a member is bound: .k' "$work/model.requests" || fail "the struct is not told"
grep -q 'memory is an array' "$work/model.requests" || fail "the array is not told"
[ "$(grep -c '^    proved' "$work/out")" = 3 ] || fail "three are proved"
grep -A1 'count != 5' "$work/out" | grep -q 'failed with trace' || fail "that which fails does not"
says '+bind tally tally_sva #('
says '+  input logic [W-1:0] count,'
says '+  parameter BUSY = 1'
says '+  input logic signed [31:0] state'
silent_on '+  assert property (@(posedge clk) count != 5);'
cksum tally.sv | cmp -s - "$work/sum" || fail "tally.sv was written"
status 0 review --take all --apply
[ -e tally_sva.sv ] || fail "there is no file of its own"
cksum tally.sv | cmp -s - "$work/sum" || fail "tally.sv is another one"
status 0 prove tally.sv
[ "$(grep -c '^tally_sva.sv:[0-9]*: proved' "$work/out")" = 3 ] || fail "what is bound is not proved where it stands"
status 0 files
says 'tally_sva.sv                 bound to tally of tally.sv'
[ "$(grep -c '^top ' "$work/out")" = 1 ] || fail "the checker is no top"
status 0 lint
status 0 sim tally_tb
notes 'Icarus cannot build this (tally_sva.sv'
# A design that breaks it fails in its testbench, too; and nothing hides from equiv.
sed -i 's/count <= .0;/count <= 4'"'"'d3;/' tally.sv
status 1 sim tally_tb
says 'FAIL tally_sva.sv:'
status 1 prove tally.sv
grep -q '^tally_sva.sv:[0-9]*: fails in step' "$work/out" || fail "what is bound does not fail"
cp tally.sv old.sv && sed -i "s/count + 1'b1/1'b1 + count/" tally.sv
status 0 equiv tally.sv old.sv
# The next one has a file of its own again.
sed -i "s/count <= 4'd3;/count <= '0;/" tally.sv
begin
answer "$right" "$right2" >"$work/model.all"
status 0 assert tally --bind
says '+bind tally tally_sva2 '
cd "$work/q" || exit 9

# Members of structs and elements of arrays are handed in one by one.
mkdir "$work/parts" && cd "$work/parts" || exit 9
cp "$work/q/spec.md" .
cat >tally.sv <<'END'
module tally #(parameter W = 4)
  (input logic clk, input logic rst, input logic [1:0] at, input logic [W-1:0] d, output logic [W-1:0] y);
  typedef struct packed { logic k; logic [W-1:0] n, m; } pair_t;
  struct packed { logic [1:0] from; pair_t pair; } top;
  logic [W-1:0] memory [0:3];
  logic pair_n;
  assign pair_n = top.pair.k;
  always_ff @(posedge clk) begin
    if (rst) begin
      memory[0] <= 0; memory[1] <= 0; memory[2] <= 0; memory[3] <= 0;
      top.pair.n <= 0;
    end else begin
      memory[at] <= d;
      top.pair.n <= memory[at];
    end
    top.pair.k <= rst;
  end
  assign y = memory[at];
endmodule
END
begin
answer '// R1: memory' 'assert property (@(posedge clk) rst |=> memory[at] == 0);' \
	'// R1: memory' 'assert property (@(posedge clk) rst |=> memory[ 1 ][W-1:0] == 0 && top.pair.n == 0);' \
	'// R2: top' 'assert property (@(posedge clk) !rst |=> top . pair.n == $past(memory[at]));' \
	'// R2: top' 'assert property (@(posedge clk) rst |=> !top.pair.k);' \
	'// R2: top' 'assert property (@(posedge clk) top.pair.z == 0);' \
	'// R2: memory' 'assert property (@(posedge clk) memory[$past(at)] == 0);' >"$work/model.all"
status 1 assert tally --bind
grep -q 'top has no such member' "$work/model.requests" || fail "a member that is not there is not told"
grep -q 'memory has a call in its index' "$work/model.requests" || fail "a call in an index is not told"
says '+  .memory_at(memory[at]),'
says '+  .top_pair_n(top.pair.n)'
says '+  input logic [W-1:0] memory_1,'
says '+  assert property (@(posedge clk) !rst |=> top_pair_n == $past(memory_at));'
[ "$(grep -c '^    proved' "$work/out")" = 3 ] || fail "elements and members are not proved"
grep -A1 'rst |=> !top.pair.k' "$work/out" | grep -q 'failed with trace' || fail "a member that is wrong does not fail"
status 0 review --take all --apply
status 0 lint
status 0 prove tally.sv
[ "$(grep -c '^tally_sva.sv:[0-9]*: proved' "$work/out")" = 3 ] || fail "members and elements are not proved where they stand"
cd "$work/q" || exit 9

# Types of packages, by their name or an import; typedefs and enums of the module by what they
# are.
mkdir "$work/typed" && cd "$work/typed" || exit 9
cp "$work/q/spec.md" .
cat >bus_pkg.sv <<'END'
package bus_pkg;
  typedef enum logic [1:0] {OFF, ON} power_t;
  typedef struct packed { logic valid; logic [3:0] data; } beat_t;
endpackage
END
cat >tally.sv <<'END'
module tally #(parameter W = 4) (
  input logic clk, input logic rst, input logic en,
  input bus_pkg::beat_t beat, output bus_pkg::power_t power, output logic [W-1:0] count
);
  typedef logic [W-1:0] word_t;
  typedef enum logic [1:0] {IDLE = 2'd1, BUSY = 2'd2} state_t;
  state_t state;
  word_t last;
  assign count = last;
  always_ff @(posedge clk) begin
    last <= rst ? '0 : last + {{(W-1){1'b0}}, en & beat.valid};
    state <= rst ? IDLE : BUSY;
    power <= rst ? bus_pkg::OFF : bus_pkg::ON;
  end
endmodule
END
begin
answer "$right" "$right2" '// R2: state' 'assert property (@(posedge clk) rst |=> state == IDLE);' \
	'// R2: beat' 'assert property (@(posedge clk) disable iff (rst) !beat.valid |=> $stable(last));' \
	'// R2: power' 'assert property (@(posedge clk) !rst |=> power == bus_pkg::ON);' >"$work/model.all"
status 0 assert tally --bind
[ "$(grep -c '^    proved' "$work/out")" = 4 ] || fail "what has a type is not proved"
says '+  input bus_pkg::beat_t beat'
says '+  input bus_pkg::power_t power'
says '+  input logic [1:0] state'
says '+  input logic [W-1:0] last'
says '+  parameter IDLE = 1'
status 0 review --take all --apply
status 0 prove tally.sv
[ "$(grep -c '^tally_sva.sv:[0-9]*: proved' "$work/out")" = 4 ] || fail "what has a type is not proved where it stands"
status 0 lint
sed -i -e '1,2s/tally #(/tally import bus_pkg::*; #(/' -e 's/input bus_pkg::/input /;s/output bus_pkg::/output /' tally.sv
rm tally_sva.sv
sed -i 's/^endpackage/  localparam int TOP = 3, LOW = 0;\nendpackage/' bus_pkg.sv
begin
answer '// R1: power' 'assert property (@(posedge clk) rst |=> power == OFF && LOW < TOP);' \
	'// R2: power' 'assert property (@(posedge clk) !rst |=> power == ON);' \
	'// R2: power' 'assert property (@(posedge clk) power != MIDDLE);' >"$work/model.all"
status 1 assert tally --bind
# yosys of Debian 12 reads no import: then that stands there, and Verilator checks the file.
[ "$(grep -cE '^    (proved|parsed, not run: .)' "$work/out")" = 2 ] || fail "values of a package are not seen without its name"
says '+  parameter LOW = 1'
grep -q 'MIDDLE is not a signal or parameter of tally, and no package that it imports has it' \
	"$work/model.requests" || fail "what nobody declares is not told"
grep -q 'ON is no signal' "$work/model.requests" && fail "a value of a package is refused"
status 0 review --take all --apply
status 0 lint
sed -i 's/import bus_pkg::\*/import bus_pkg::beat_t, bus_pkg::power_t, bus_pkg::OFF/; s/: ON/: bus_pkg::ON/; s/bus_pkg::OFF :/OFF :/' tally.sv
rm tally_sva.sv
begin
answer '// R2: power' 'assert property (@(posedge clk) !rst |=> power == ON);' >"$work/model.all"
status 1 assert tally --bind
grep -q 'a value of another one is written as PACKAGE::ON' "$work/model.requests" || fail "how to name a value is not told"
cd "$work/q" || exit 9

# Several clocks, and a design in which what they do is not certain: each assertion says so.
mkdir "$work/clocks" && cd "$work/clocks" || exit 9
cp "$work/q/spec.md" .
cat >two.sv <<'END'
module two (input logic clk, input logic rclk, input logic rst, input logic d, output logic a, output logic b);
  always_ff @(posedge clk) a <= rst ? 1'b0 : d;
  always_ff @(posedge rclk) b <= rst ? 1'b0 : a;
endmodule
END
begin
answer '// R1: a' 'assert property (@(posedge clk) rst |=> a == 0);' '// R2: b' 'assert property (@(posedge rclk) rst |=> b == 0);' >"$work/model.all"
status 0 assert two
[ "$(grep -c '^    proved$' "$work/out")" = 2 ] || fail "with several clocks nothing is proved"
sed -i 's/? 1.b0 : d/? 1'"'b0"' : rclk/' two.sv
begin
answer '// R1: a' 'assert property (@(posedge clk) rst |=> a == 0);' '// R2: b' 'assert property (@(posedge rclk) rst |=> b == 0);' >"$work/model.all"
status 1 assert two
[ "$(grep -c '^    not decided: a takes a clock as data' "$work/out")" = 2 ] || fail "a clock as data is no reason"
cd "$work/q" || exit 9

# Cut, and nothing.
begin
printf '{"text":"```verilog\\n%s\\n%s\\n// R2: en\\nassert property (@(posed"}\n{"finish":"length"}\n' "$right" "$right2" >"$work/model.all"
status 0 assert tally
says 'R2 has no assertion'
begin
echo '{"text":"It is fine as it is."}' >"$work/model.all"
status 2 assert tally
notes 'no assertion came of 2 answers: there is no assertion in the form that is asked for in it'
status 2 assert nosuch
notes 'there is no module nosuch here'
mkdir "$work/empty" && cd "$work/empty" && cp "$work/q/spec.md" . || exit 9
status 2 assert
notes 'assert: there is no module here'
status 2 explain
notes 'explain: there is no module here'
exit 0
