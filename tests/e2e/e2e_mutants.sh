#!/usr/bin/env bash
# mutants: each verdict equals that of the changed file built and run separately.
MEMORY=1
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog vvp

cd "$work" || exit 9
cat >alu.v <<'V'
`timescale 1ns/1ns
module alu(input clk, input rst, input [2:0] op, input [7:0] a, b,
           output reg [7:0] y, output reg z, output reg over);
  reg [8:0] t;
  wire less = a < b && op != 3'd7;
  always @(*) begin
    t = 9'd0;
    case (op)
      3'd0: t = a + b;
      3'd1: t = a - b;
      3'd2: t = a & b;
      3'd3: t = a ^ b;
      3'd4: t = {a, 1'b0};
      3'd5: t = less ? b : a;
      default: t = ~a;
    endcase
  end
  assign same = a == b;
  always @(posedge clk or posedge rst)
    if (rst) begin
      y <= 0;
      z <= 0;
      over <= 0;
    end else begin
      y <= #1 t[7:0];
      z <= (t[7:0] == 0);
      over <= t[8] && (op < 2);
    end
  wire same;
endmodule
V
cat >alu_tb.v <<'V'
`timescale 1ns/1ns
module alu_tb;
  reg clk = 0, rst = 1; reg [2:0] op = 0; reg [7:0] a = 0, b = 0;
  wire [7:0] y; wire z, over; integer errors = 0;
  alu u(clk, rst, op, a, b, y, z, over);
  always #5 clk = !clk;
  task check(input [2:0] o, input [7:0] x, w, e);
    begin
      op = o; a = x; b = w; @(posedge clk); #2;
      if (y !== e) begin errors = errors + 1; $display("FAIL op %0d: %h", o, y); end
    end
  endtask
  initial begin
    #12 rst = 0;
    check(0, 1, 2, 3); check(1, 9, 2, 7); check(2, 8'hf0, 8'h3c, 8'h30);
    check(3, 8'hff, 8'h0f, 8'hf0); check(5, 3, 9, 9); check(5, 9, 3, 9);
    if (over !== 0) begin errors = errors + 1; $display("FAIL over"); end
    if (errors == 0) $display("All tests passed");
    $finish;
  end
endmodule
V

got=0
"$posedge" --json mutants --no-proof --max 1000 >"$work/out" 2>"$work/err" || got=$?
[ $got = 1 ] || fail "status $got"
grep -q '"testbench":"alu_tb","checks":7' "$work/out" || fail "the testbench as it is"
n=0 survived=0
mkdir alone
while IFS=$'\x1f' read -r line before after fate; do
	awk -v n="$line" -v from="$before" -v to="$after" '
		NR == n { i = index($0, from); $0 = substr($0, 1, i - 1) to substr($0, i + length(from)) }
		{ print }' alu.v >alone/alu.v
	cmp -s alu.v alone/alu.v && fail "mutant $line $after changes nothing"
	(cd alone && iverilog -g2012 -s alu_tb -o sim alu.v ../alu_tb.v && timeout 600 vvp -n sim) >alone/said 2>&1 ||
		fail "the mutant $line $after does not build or end"
	want=noticed
	grep -q 'All tests passed' alone/said && want=survived
	[ "$fate" = "$want" ] || fail "line $line: $after: $fate, alone it is $want"
	n=$((n + 1))
	[ "$fate" != survived ] || survived=$((survived + 1))
done < <(sed -n 's/.*"line":\([0-9]*\),.*"before":"\(.*\)","after":"\(.*\)","fate":"\(.*\)".*/\1\x1f\2\x1f\3\x1f\4/p' "$work/out")
[ $n -ge 30 ] || fail "only $n mutants"
[ $survived -ge 5 ] && [ $survived -lt $n ] || fail "$survived of $n survived"
grep -q "\"noticed\":$((n - survived)),\"survived\":$survived,\"not_run\":0,\"not_compiled\":0,\"possible\":$n" "$work/out" || fail "the counts"

# As text, with the requested number, the same each time.
"$posedge" mutants --no-proof --max 10 >"$work/out" 2>"$work/err"
grep -q '^PASS 7 checks · notices [0-9]* of 10 mutants, chosen of '"$n"'$' "$work/out" || fail "in words"
"$posedge" mutants --no-proof --max 10 >"$work/again" 2>/dev/null
cmp -s "$work/out" "$work/again" || fail "other mutants"

# Surviving mutants are sent with a question as long as their lines are unchanged.
printf '%s\n' 'size 60 100' 'wait 0 err' 'key Ctrl-O 2' 'type what is missing? @mutants' 'key Ctrl-O c' \
	'wait what the tests do not notice' 'key Down Down Down Down Down Down Down Up' 'key Enter' 'wait The testbench' screen >"$work/keys"
"$posedge" --script "$work/keys" >"$work/sent" 2>"$work/err" || fail "@mutants"
grep -q 'The testbench alu_tb notices [0-9]* of 10 mutants, chosen of '"$n"'\.' "$work/sent" || fail "what is sent"
sed -n '/^survived/,$p' "$work/out" | grep '^alu.v' >"$work/places"
while read -r place; do grep -qF "$place" "$work/sent" || fail "$place is not sent"; done <"$work/places"
cp alu.v "$work/kept.v"
sed -i 's/^  /  \/* *\/ /' alu.v
sed -i '/^type/d' "$work/keys" # the question is still there
"$posedge" --script "$work/keys" >"$work/sent" 2>"$work/err" || fail "@mutants of another text"
grep -q "($(wc -l <"$work/places") more were on lines that have changed since)" "$work/sent" || fail "stale ones"
cp "$work/kept.v" alu.v

# The score is shown beside the verdict and in the journal as long as the texts are the
# same.
"$posedge" sim --one >"$work/out" 2>"$work/err"
grep -q '^PASS 7 checks · notices [0-9]* of 10 mutants, chosen of '"$n"'$' "$work/out" || fail "no score beside PASS"
sed -i 's/same = a == b/same = b == a/' alu.v
"$posedge" sim --one >"$work/out" 2>"$work/err"
grep -q '^PASS 7 checks$' "$work/out" || fail "a score of another text"
sed -i 's/same = b == a/same = a == b/' alu.v
"$posedge" sim --one -D OTHER >"$work/out" 2>"$work/err"
grep -q '^PASS 7 checks$' "$work/out" || fail "a score with another macro"
"$posedge" sim --one >"$work/out" 2>"$work/err"
grep -q '^PASS 7 checks · notices' "$work/out" || fail "the text as it was"
grep -q '"type":"note".*alu_tb notices [0-9]* of 10 mutants' .posedge/sessions/*/journal.jsonl || fail "no note"

# Nothing is left behind, and a mutant that cannot be judged is not.
[ -z "$(find . -name 'posedge_variant*')" ] || fail "a file stays"
sed -i 's/t = a + b/t = a - b/' alu.v
got=0
"$posedge" mutants >"$work/out" 2>"$work/err" || got=$?
[ $got = 2 ] && grep -q 'does not pass as it is' "$work/err" || fail "a failing testbench"
printf 'module w(input a, output b); sub u(a, b); endmodule\nmodule sub(input a, output b); buf g(b, a); endmodule\n' >alu.v
sed -i 's/alu u(.*/w u(clk, z);/; s/check(.*;//; s/over !== 0/0/' alu_tb.v
got=0
"$posedge" mutants >"$work/out" 2>"$work/err" || got=$?
[ $got = 2 ] && grep -q 'nothing in the design of alu_tb can be changed' "$work/err" || fail "nothing to change"
got=0
"$posedge" mutants --max 0 >"$work/out" 2>"$work/err" || got=$?
[ $got = 2 ] || fail "--max 0"

# A design in two files, the same with the testbench in one file, and by `include: the same
# mutants with the same fates; what the testbench compares with is none of the design.
mkdir "$work/two" "$work/one" "$work/inc" && cd "$work/two" || exit 9
cat >add.v <<'V'
module add(input [3:0] a, b, output [4:0] s);
  assign s = a + b;
endmodule
V
cat >cnt.v <<'V'
module cnt(input clk, rst, output reg [3:0] q);
  always @(posedge clk)
    if (rst) q <= 0;
    else if (q == 9) q <= 0;
    else q <= q + 1;
endmodule
V
cat >two_tb.v <<'V'
module expected_sum(input [3:0] a, b, output [4:0] s);
  assign s = b + a;
endmodule
module two_tb;
  reg clk = 0, rst = 1;
  wire [4:0] s, e;
  wire [3:0] q;
  add u(q, 4'd3, s);
  expected_sum x(q, 4'd3, e);
  cnt c(clk, rst, q);
  always #5 clk = ~clk;
  initial begin
    #12 rst = 0;
    repeat (4) begin
      @(negedge clk);
      if (s !== e) $display("FAIL: %d is not %d", s, e);
    end
    if (q !== 4) $display("FAIL: q is %d", q);
    $display("PASS");
    $finish;
  end
endmodule
V
cat add.v cnt.v two_tb.v >../one/all.v
cp add.v cnt.v ../inc
{ printf '`include "add.v"\n`include "cnt.v"\n'; cat two_tb.v; } >../inc/two_tb.v
for d in two one inc; do
	cd "$work/$d" || exit 9
	mkdir .posedge
	got=0
	"$posedge" --json mutants --no-proof >"$work/out" 2>"$work/err" || got=$?
	[ $got = 1 ] || fail "$d ended with $got"
	sed -e '/"type":"note"/d' -e 's/"path":"[^"]*","line":[0-9]*/"path":""/' "$work/out" >"$work/$d.fates"
	cmp -s "$work/two.fates" "$work/$d.fates" || fail "other mutants in $d"
done
grep -q '"fate":"survived"' "$work/two.fates" && ! grep -q 'b + a' "$work/two.fates" ||
	fail "what is compared with is changed"

# A score applies to the data that the testbench read.
mkdir -p "$work/data/.posedge" && cd "$work/data" || exit 9
printf 'module d(input [3:0] a, output [3:0] y);\n  assign y = a + 1;\nendmodule\n' >d.v
cat >d_tb.v <<'V'
module d_tb;
  reg [3:0] m [0:1], a;
  wire [3:0] y;
  d u(a, y);
  initial begin
    $readmemh("v.hex", m);
    a = m[0];
    #1 if (y !== m[1]) $display("FAIL"); else $display("PASS");
    $finish;
  end
endmodule
V
printf '3\n4\n' >v.hex
status 0 mutants
status 0 sim --one
says "PASS 1 check · notices 4 of 4 mutants"
printf '0\n1\n' >v.hex
status 0 sim --one
silent_on "mutants"

# Those that mean the same are told apart where that can be proved, and by nothing else.
mkdir -p "$work/same/.posedge" && cd "$work/same" || exit 9
printf 'module t(input a, b, output y);\n  assign y = (a & b) & (a | b);\nendmodule\n' >t.v
cat >t_tb.v <<'V'
module t_tb;
  reg a, b;
  wire y;
  t u(a, b, y);
  initial begin
    a = 1; b = 1; #1 if (y !== 1) $display("FAIL");
    a = 0; b = 0; #1 if (y !== 0) $display("FAIL");
    $display("PASS");
    $finish;
  end
endmodule
V
status 1 mutants --no-proof
says "PASS 2 checks · notices 2 of 5 mutants"
if command -v yosys >/dev/null; then
	status 1 mutants
	says "PASS 2 checks · notices 2 of 4 mutants, 1 more means the same"
	silent_on "(a & b) & (a & b)"
	status 0 sim --one
	says "PASS 2 checks · notices 2 of 4 mutants, 1 more means the same"
	status 1 --json mutants
	says '"after":"assign y = (a & b) & (a & b);","fate":"same"'
	says '"noticed":2,"survived":2,"same":1,"not_run":0'
	# A proof stands for the parameters that the project gives: at W = 8 the changed one is
	# behind a condition that is never true, at 16 it is not.
	cat >t.v <<'V'
module t #(parameter W = 8)(input a, b, output y);
  assign y = (W > 8) ? a & b : a;
endmodule
V
	sed -i 's/t u(a, b, y)/t #(.W(16)) u(a, b, y)/' t_tb.v
	status 1 mutants
	silent_on "more mean"
	sed -i 's/#(.W(16))/#(.W(8))/' t_tb.v
	status 1 mutants
	says "the same"
fi
