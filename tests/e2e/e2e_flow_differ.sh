#!/usr/bin/env bash
# differ: pairs of modules that differ in a rare state are told apart, and equivalent
# pairs are not. POSEDGE_PAIRS=60 runs all of them.
MEMORY=1
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog verilator_bin

mkdir -p "$work/q" && cd "$work/q" || exit 9
bash "$srcdir/tests/e2e/differ_pairs.sh" "$work/pairs" >/dev/null || fail "no pairs"
cp "$work"/pairs/*.v .
files >"$work/files"
step=17
[ "${POSEDGE_PAIRS:-}" = 60 ] && step=1
status 0 set engine icarus
files >"$work/files"
found=0 tried=0
for ((i = 2; i <= 60 + (step == 1); i += step)); do
	n=$(((i - 1) % 60 + 1)) got=0
	timeout 600 "$posedge" differ $n.a.v $n.b.v >"$work/out" 2>"$work/err" </dev/null || got=$?
	tried=$((tried + 1))
	if [ $got = 1 ] && grep -q 'they differ in cycle' "$work/out"; then
		found=$((found + 1))
		grep -q '^  cycle [0-9]*:' "$work/out" || fail "pair $n: no cycles are shown"
	else
		echo "pair $n is not told apart"
	fi
done
[ $((found * 10)) -ge $((tried * 9)) ] || fail "$found of $tried pairs are told apart"
for ((i = 6; i <= 60; i += step == 1 ? 1 : 54)); do
	status 0 differ $i.a.v $i.e.v
	grep -Eq 'no difference in 6[0-9]{4} cycles \(that proves nothing\)' "$work/out" || fail "pair $i differs"
done
files | cmp -s - "$work/files" || fail "a file was written"

# The waves end at the difference.
status 1 differ 1.a.v 1.b.v
wave=$(sed -n 's/^posedge: waves: posedge wave //p' "$work/err")
"$posedge" wave "$wave" --eval 'version_a.q; version_b.q' --rows 100000 >"$work/out" 2>&1 || fail "no waves"
awk '$2 ~ /^[munpf]?s$/ { a = $3; b = $4; if (last_a != last_b) early = 1; last_a = a; last_b = b }
	END { exit !(a != b && !early) }' "$work/out" || fail "the waves do not end at the difference"

# A timeout expires only while all inputs are quiet.
printf '%s\n' 'module m (input wire clk, input wire rst, input wire go, input wire ack, output reg late);' \
	'reg [7:0] n; always @(posedge clk) if (rst || go || ack) begin n <= 0; late <= 0; end' \
	'else begin n <= n + 1; if (n == 240) late <= 1; end endmodule' >x.v
sed 's/240/241/' x.v >y.v
status 1 differ x.v y.v
says 'they differ in cycle'

# The quiet cycles follow the others, and no valid waits in them for its ready.
sed -i 's/n == 241/n == 2 * 120/' y.v
status 0 differ x.v y.v
says 'no difference in 63072 cycles'
printf '%s\n' 'module m (input wire clk, input wire rst, input wire a_valid, b_valid, c_valid, d_valid,' \
	'output wire a_ready, b_ready, c_ready, d_ready, output reg late); reg [8:0] n;' \
	'assign {a_ready, b_ready, c_ready, d_ready} = 0; always @(posedge clk)' \
	'if (rst || a_valid || b_valid || c_valid || d_valid) begin n <= 0; late <= 0; end' \
	'else begin n <= n + 1; if (n == 480) late <= 1; end endmodule' >x.v
sed 's/480/481/' x.v >y.v
status 1 differ x.v y.v
says 'they differ in cycle 60481'

# Begins anew with each value of a word: 254 cycles of the same one.
cat >x.v <<'END'
module m (input wire clk, input wire rst, input wire [7:0] d, output reg q);
  reg [7:0] last, n;
  always @(posedge clk)
    if (rst) begin last <= 0; n <= 0; q <= 0; end
    else begin
      last <= d;
      if (d != last) n <= 0; else if (n != 255) n <= n + 1;
      q <= n == 254;
    end
endmodule
END
sed 's/== 254/== 255/' x.v >y.v
status 1 differ x.v y.v
says 'q is 1 in x.v, and 0 in y.v'

# Ports that are called as the testbench calls its own things.
printf '%s\n' 'module m (input wire clk, input wire rst, input wire hold, input wire [7:0] count, input wire [3:0] r,' \
	'input wire seed, output reg cycle, output reg [7:0] found); always @(posedge clk) begin' \
	'cycle <= hold ^ seed; found <= rst ? 0 : count + r; end endmodule' >x.v
sed 's/count + r/count + r + (count == 201)/' x.v >y.v
status 1 differ x.v y.v
says 'they differ in cycle'
says ' count=c9 '
grep -Eq "found is 8'h[0-9a-f]{2} in x.v, and 8'h[0-9a-f]{2} in y.v\$" "$work/out" || fail "the values are no numbers of Verilog"
grep -Eq '^  after its edge: .* found=[0-9a-f]{2}/[0-9a-f]{2}$' "$work/out" || fail "the differing values are not shown"
sed "s/count + r/count == 201 ? 8'b000010x1 : count + r/" x.v >y.v
status 1 differ x.v y.v
grep -Eq "found is 8'h[0-9a-f]{2} in x.v, and 8'b000010x1 in y.v\$" "$work/out" || fail "a digit that is known in part"
# Numbers of any width are tried, and one after the other; names may be escaped.
cat >x.v <<'END'
module m (input wire clk, input wire \a=b , input wire [127:0] \key/%d , input wire [7:0] d, output reg \q" );
  reg [1:0] s = 0;
  always @(posedge clk) begin
    \q" <= \key/%d == 128'h0123456789abcdef0123456789abcdef;
    case (s)
      0: s <= d == 8'h3a && \a=b ;
      1: s <= d == 8'hc4 ? 2 : 0;
      default: begin s <= 0; if (d == 8'h77) \q" <= 1; end
    endcase
  end
endmodule
END
sed 's/89abcdef;/89abcdee;/' x.v >y.v
status 1 differ x.v y.v
says 'they differ in cycle'
says '\q" is '
says ' \a=b=1 '
sed "s/'h77/'h78/" x.v >y.v
status 1 differ x.v y.v
says 'they differ in cycle'
sed 's/== 8/=== 8/g; s/s <= 0;/s <= 2 - 2;/' x.v >y.v
status 0 differ x.v y.v
! command -v yosys >/dev/null || says 'm: equal (proved)'
rm x.v y.v
status 2 differ x.v
notes 'takes two files'

# What is suggested against what is there. A suggestion for another kind of file is passed over.
echo 'R1 q is 0 after rst.' >spec.md
printf '%s\n' '--- spec.md' '+++ spec.md' '@@ -1 +1,2 @@' ' R1 q is 0 after rst.' '+R2 q counts.' >"$work/spec.diff"
status 0 apply "$work/spec.diff"
status 2 differ
notes 'a suggestion that waits for a source that is there'
cp 1.a.v top.v
sed 's/0 : q + 1/0 : q + 2/' top.v >"$work/new.v"
diff -u top.v "$work/new.v" | sed "s|$work/new.v|top.v|" >"$work/d.diff"
rm -f ./*.a.v ./*.b.v ./*.e.v
status 0 apply "$work/d.diff"
status 1 differ
notes 'm: top.v as it is against suggestion'
says 'they differ in cycle'

# Where the old output has an unknown bit the others count; z counts once it was driven.
old() { printf 'module m (input clk, input e, input [3:0] d, output [7:0] y); %s endmodule\n' "$1" >x.v; }
new() { printf 'module m (input clk, input e, input [3:0] d, output [7:0] y); %s endmodule\n' "$1" >y.v; }
old 'assign y = {4'"'"'bx, d};'
new 'assign y = {d, d};'
status 0 differ x.v y.v
new 'assign y = {d, ~d};'
status 1 differ x.v y.v
says 'they differ in cycle'
old 'assign y[3:0] = d;'
new 'assign y = {4'"'"'b0, d};'
status 0 differ x.v y.v
new 'assign y = {4'"'"'b0, d ^ e};'
status 1 differ x.v y.v
old 'assign y = e ? d : 8'"'"'bz;'
status 0 differ x.v x.v
new 'assign y = e ? d : 0;'
status 1 differ x.v y.v
says "y is 8'hzz in x.v, and 8'h00 in y.v"
grep -q 'after its edge' "$work/out" && fail "a difference before the clock edge is shown after it"
rm x.v y.v

# Two clocks, of which one has to tick 25 times more often than the other.
printf '%s\n' 'module m (input clk_a, input clk_b, input rst, output late); reg [7:0] a, b; wire [7:0] d = a - b;' \
	'always @(posedge clk_a) a <= rst ? 0 : a + 1; always @(posedge clk_b) b <= rst ? 0 : b + 1;' \
	'assign late = d == 25; endmodule' >x.v
sed 's/== 25/== 26/' x.v >y.v
status 1 differ x.v y.v
says "late is 1 in x.v, and 0 in y.v"
grep -Eq '^  cycle [0-9]+: clk_a=1 clk_b=0 rst=0 late=0$' "$work/out" || fail "the clocks are not shown"

# The module that has the others in it is compared; one beside it is said to be left out.
printf '%s\n' 'module inv (input a, output y); assign y = ~a; endmodule' \
	'module m (input a, output y); inv u (a, y); endmodule' >x.v
sed 's/inv u (a, y)/inv u (~a, y)/' x.v >y.v
status 1 differ x.v y.v
says 'y is 0 in x.v, and 1 in y.v'
echo 'module apart (input a, output y); assign y = a; endmodule' | tee -a x.v >>y.v
status 1 differ x.v y.v
says 'only m was compared, of 2 modules that both have'
sed -i 's/module m/module n/' y.v
status 0 differ x.v y.v
says 'only inv was compared, of 2 modules that both have'

# A clock of another name, or of none; and an enable that is called as a clock.
for ck in pclk ck; do
	printf 'module m (input %s, input [3:0] d, output reg [3:0] y); always @(posedge %s) y <= d; endmodule\n' $ck $ck >x.v
	printf 'module m (input %s, input [3:0] d, output reg [3:0] y); wire [3:0] n; assign n = d;\n' $ck >y.v
	printf 'reg [3:0] z; always @(posedge %s) z <= n; always @* y = z; endmodule\n' $ck >>y.v
	status 0 differ x.v y.v
done
printf 'module m (input clk, input clk_en, input d, output reg y); always @(posedge clk) if (clk_en) y <= d; endmodule\n' >x.v
sed 's/if (clk_en)//' x.v >y.v
status 1 differ x.v y.v
rm x.v y.v

# What Icarus cannot read, as assertions, is for Verilator, unless an engine was chosen.
printf 'module m (input clk, input [3:0] d, output reg [3:0] y); always @(posedge clk) y <= d;\n' >x.sv
sed 's/y <= d/y <= d == 9 ? 4 : d/' x.sv >y.sv
for f in x y; do printf 'assert property (@(posedge clk) d < 16);\nendmodule\n' >>$f.sv; done
status 2 differ x.sv y.sv
notes 'the two do not build together'
status 0 set engine auto
status 1 differ x.sv y.sv
says "y is 4'h9 in x.sv, and 4'h4 in y.sv"
status 0 differ x.sv x.sv
status 0 set engine icarus
rm x.sv y.sv

# A port that is called as its module.
printf 'module count (input clk, input rst, output reg [3:0] count); always @(posedge clk) count <= rst ? 0 : count + 1; endmodule\n' >x.v
status 0 differ x.v x.v
rm x.v

# Two that cannot be compared, one that does not build, one that never ends, one that ends
# by itself: one sentence each.
pair() { printf 'module m (input wire a, output wire y); %s endmodule\n' "$1" >a.v && printf '%s\n' "$2" >b.v; }
pair 'assign y = a;' 'module m (input wire [1:0] a, output wire y); assign y = a[0]; endmodule'
status 2 differ a.v b.v
notes 'port a: 1 bit in one, 2 in the other'
pair 'assign y = a;' 'module n (input wire a, output wire y); assign y = a; endmodule module o; endmodule'
status 2 differ a.v b.v
notes 'no module in common'
pair 'assign y = a;' 'module m (input wire a, output wire y); assign y = ; endmodule'
status 2 differ a.v b.v
notes 'the two do not build together'
pair 'assign y = a;' 'module m (input wire a, output wire y); assign y = a; initial $finish; endmodule'
status 2 differ a.v b.v
notes 'ended before it came to anything'
pair 'assign y = a;' 'module m (input wire a, output wire y); assign y = !a; initial begin $display("SAME 60000"); $finish; end endmodule'
status 2 differ a.v b.v
notes 'ended before it came to anything'
pair 'assign y = a; initial $display("DIFFER 1 y 0 1");' 'module m (input wire a, output wire y); assign y = a; endmodule'
status 0 differ a.v b.v
status 0 set sim.run_seconds 1
pair 'assign y = a;' 'module m (input wire a, output wire y); assign y = a; initial forever begin end endmodule'
status 2 differ a.v b.v
notes 'ended before it came to anything'
# What cannot be read is told with its reason, here as in all commands that need a file.
status 2 differ a.v nosuch.v
notes 'nosuch.v: No such file'
printf 'module m;\0endmodule\n' >nul.v
status 2 differ a.v nul.v
notes 'read nul.v: it is not text'
mkdir dir.v
status 2 differ a.v dir.v
notes 'read dir.v: it is a folder'
rm -r dir.v nul.v

# Where nothing differs the prover is asked.
status 0 set sim.run_seconds 30
printf 'module m (input clk, input [3:0] a, output [3:0] y); assign y = a + a; endmodule\n' >a.v
printf 'module m (input clk, input [3:0] a, output [3:0] y); assign y = {a[2:0], 1'"'"'b0}; endmodule\n' >b.v
status 0 differ a.v b.v
says 'no difference in 61024 cycles'
if command -v yosys >/dev/null; then
	says 'm: equal (proved)'
	# One input of 2^20: the testbench does not meet it, the prover does.
	printf 'module m (input [19:0] a, output y); assign y = 0; endmodule\n' >a.v
	printf 'module m (input [19:0] a, output y); assign y = (a ^ 20'"'"'h%s) * 20'"'"'h3 == 20'"'"'h5a71d; endmodule\n' 3c5e9 >b.v
	status 1 differ a.v b.v
else
	says 'm: not decided: '
fi
rm a.v b.v
exit 0
