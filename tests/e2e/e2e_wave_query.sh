#!/usr/bin/env bash
# wave --eval and wave diff on runs of a counter: counts must match those that the
# testbench prints.
# shellcheck disable=SC2015,SC2016 # fail exits; SystemVerilog has its own $
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog vvp

cd "$work" || exit 9
cat >design.v <<'V'
module counter(input clk, input rst, input en, output reg [3:0] q, output wrap);
  always @(posedge clk) if (rst) q <= 0; else if (en) q <= q + STEP;
  assign wrap = en && q == 15;
endmodule
V
cat >tb.v <<'V'
`timescale 1ns/1ns
module tb;
  reg clk = 0, rst = 1, en = 0; wire [3:0] q; wire wrap;
  integer edges = 0, enabled = 0, wraps = 0;
  counter dut(clk, rst, en, q, wrap);
  always #5 clk = !clk;
  always @(posedge clk) begin
    edges = edges + 1;
    if (en === 1 && !rst) enabled = enabled + 1;
    if (wrap === 1) begin wraps = wraps + 1; $display("wrap %0d", $time); end
  end
  initial begin
    $dumpfile("run.vcd"); $dumpvars(0, tb);
    #22 rst = 0;
    repeat (60) begin #10 en = $random; end
    $display("edges %0d enabled %0d wraps %0d", edges, enabled, wraps);
    $finish;
  end
endmodule
V
# run STEP NAME: the dump is NAME.vcd, the output NAME.txt.
run() {
	sed "s/STEP/$1/" design.v >"d$1.v"
	iverilog -g2012 -o "$2.vvp" tb.v "d$1.v" && vvp -n "$2.vvp" >"$2.txt" || fail "iverilog"
	mv run.vcd "$2.vcd"
}
run 1 good
run 3 bad
mkdir empty && cd empty || exit 9

ask() {
	local got=0
	"$posedge" "$@" >"$work/out" 2>"$work/err" || got=$?
	[ $got = "${want:-0}" ] || fail "status $got of $*"
}
has() { grep -qF -- "$1" "$work/out" || fail "no \"$1\""; }

read -r _ edges _ enabled _ wraps < <(grep edges "$work/good.txt")
ask wave ../good.vcd --on 'posedge clk' --eval 'en && !rst; dut.wrap' --rows 0
has "$edges edges, $edges of them shown: 5 ns"
has "en && !rst: true $enabled,"
has "dut.wrap: true $wraps,"

# The rows are where the testbench printed.
ask wave ../good.vcd --on '@(posedge clk)' --when dut.wrap --eval 'dut.q;$past(dut.q)'
[ "$(grep -c "^[0-9]* ns  4'hf  4'h" "$work/out")" = "$wraps" ] || fail "rows"
while read -r _ at; do has "$at ns  4'hf"; done < <(grep wrap\  "$work/good.txt")
has "time  dut.q  \$past(dut.q)"

# A property that the counter has, and one that step 3 violates.
step='rst || $past(rst) || dut.q == $past(dut.q) + $past(en)'
ask wave ../good.vcd --on 'posedge clk' --from 30ns --eval "$step" --rows 0
has 'false 0, x 0'
ask wave ../bad.vcd --on 'posedge clk' --from 30ns --eval "$step" --rows 0
grep -q 'false [1-9]' "$work/out" || fail "a broken counter"

# From and to, in any unit, and in cycles; JSON a line each.
ask --json wave ../good.vcd --on 'posedge clk' --eval dut.q --from 20ns --to 0.04us
[ "$(cat "$work/out")" = '{"values":["4'"'"'h0"],"time":25}
{"values":["4'"'"'h0"],"time":35}
{"evals":[{"eval":"dut.q","true":0,"false":2,"x":0}],"samples":2,"rows":2,"when_unknown":0,"first":25,"last":35}' ] || fail "json"
ask wave ../good.vcd --on 'posedge clk' --eval dut.q --from '#2' --to '#3' --after
has '2 edges, 2 of them shown: 25 ns to 35 ns'

# The earliest difference is named first; a run equals itself.
ask wave diff ../good.vcd ../good.vcd
has 'no difference in'
want=1 ask wave diff ../good.vcd ../bad.vcd
first=$(sed -n 2p "$work/out")
[[ $first == tb.q:\ 4\'h1\ and\ 4\'h3\ at\ edge\ * ]] || fail "first: $first"
want=1 ask --json wave diff ../good.vcd ../bad.vcd
has '"signal":"tb.q"'
want=1 ask wave diff ../good.vcd ../bad.vcd --on tb.clk
has ', at '

# Against a slow reading of the same dumps.
python3 "$srcdir/tests/lib/check_diff.py" "$posedge" "$work" 300 >"$work/out" 2>"$work/err" || fail "wave diff"

# Nothing compared is no result; a signal of another width is a difference, and a run that ends
# early is named.
vcd() { printf '$timescale 1ns $end\n$scope module %s $end\n$var wire %s ! a $end\n$upscope $end\n$enddefinitions $end\n#0\n%s\n#%s\n' "$@"; }
vcd tb 1 '0!' 90 >a.vcd
vcd tc 1 '0!' 90 >b.vcd
vcd tb 2 'b0 !' 90 >c.vcd
vcd tb 1 '0!' 50 >d.vcd
want=3 ask wave diff a.vcd b.vcd
has 'nothing was compared: no signal of the same width is in both'
want=1 ask wave diff a.vcd c.vcd
has '1 of another width: tb.a'
ask wave diff a.vcd d.vcd
has 'no difference in 1 signal, compared by time until 50 ns, where the second run ends'
ask wave diff d.vcd a.vcd
has 'compared by time until 50 ns, where the first run ends'
rm ./*.vcd

# Invalid queries are reported.
want=2 ask wave ../good.vcd --eval 'edges +'
grep -q 'column 8: the expression ends' "$work/err" || fail "column"
want=2 ask wave ../good.vcd --on 'posedge clk' --eval 'nobody'
grep -q 'no signal of the run is called nobody' "$work/err" || fail "name"
want=2 ask wave ../good.vcd --on 'posedge clk'
want=2 ask wave ../good.vcd --eval q --rows many
want=2 ask wave diff ../good.vcd
want=2 ask wave diff ../good.vcd ../none.vcd
want=2 ask wave ../tb.v --eval q

# A compressed dump says what the plain one says, whatever its format is.
if command -v vcd2fst >/dev/null; then
	vcd2fst ../good.vcd plain.fst && vcd2fst -c ../good.vcd packed.fst || fail "vcd2fst"
	status 0 wave ../good.vcd --eval q
	cp "$work/out" "$work/want"
	cp ../good.vcd plain.vcd
	gzip -k plain.vcd plain.fst packed.fst
	for dump in packed.fst plain.vcd.gz plain.fst.gz packed.fst.gz; do
		status 0 wave "$dump" --eval q
		cmp -s "$work/want" "$work/out" || fail "$dump"
	done
	gzip -c plain.vcd.gz >twice.gz
	status 2 wave twice.gz --eval q
	notes "unpack it first"
	# FST's own compression: 254, the length of what follows, and of what is in it.
	python3 - packed.fst <<'P' >nested.fst || fail "nested.fst"
import gzip, struct, sys
inner = open(sys.argv[1], "rb").read()
packed = gzip.compress(inner)
sys.stdout.buffer.write(struct.pack(">BQQ", 254, len(packed) + 16, len(inner)) + packed)
P
	status 2 wave nested.fst --eval q
	notes "unpack it first"
	size=$(wc -c <packed.fst)
	for ((n = 17; n < size - 20; n += 13)); do
		head -c "$n" packed.fst >cut.fst
		timeout 60 "$posedge" wave cut.fst --eval q >"$work/out" 2>"$work/err"
		code=$?
		[ "$code" = 2 ] || { [ "$code" = 0 ] && grep -q '^posedge: ' "$work/err"; } || fail "cut at $n: status $code"
	done
fi

# A query stops on request: with its output not read, it cannot have ended before that.
python3 - >long.vcd <<'P'
print("$timescale 1 ns $end $scope module tb $end $var wire 1 ! clk $end $upscope $end $enddefinitions $end")
for t in range(200000):
    print(f"#{t} {t & 1}!")
P
mkfifo rows
"$posedge" wave long.vcd --on 'posedge clk' --eval clk --rows 1000000 >rows 2>"$work/err" &
asking=$!
exec 7<rows
read -r _ <&7
kill "$asking"
cat <&7 >"$work/out"
exec 7<&-
wait "$asking"
[ $? = 2 ] || fail "a query was not cancelled"
grep -q cancelled "$work/err" || fail "what it said"
! grep -q edges "$work/out" || fail "the totals of a part of the run"
[ "$(wc -l <"$work/out")" -lt 50000 ] || fail "it went on to the end"

# Of a file that would take hours only what --to needs is read, which is said; the answer is
# that of a whole file with the same beginning.
printf '$timescale 1ns $end\n$var wire 8 ! q $end\n$enddefinitions $end\n#0\nb0 !\n#10\nb101 !\n#20\nb111 !\n' >short.vcd
status 0 wave short.vcd --text --from 5ns --to 15ns
says 05
silent_on 07
cp "$work/out" "$work/wanted"
! grep -q 'no more of the file' "$work/err" || fail "all of the short file was read"
if truncate -s 1T short.vcd 2>/dev/null; then
	status 0 wave short.vcd --text --from 5ns --to 15ns
	cmp "$work/out" "$work/wanted" || fail "the beginning is another one"
	notes "no more of the file was read than was asked for"
fi
rm short.vcd

# Reading a file that would take hours stops on request. Only its processor time can be seen
# from outside by everybody; after half a second of that it is reading.
if truncate -s 1T huge.vcd 2>/dev/null; then
	"$posedge" wave huge.vcd --eval 1 >"$work/out" 2>"$work/err" &
	reader=$!
	end=$((SECONDS + 300))
	until ticks=$(awk '{ print $14 + $15 }' "/proc/$reader/stat" 2>/dev/null) && [ "$ticks" -ge 50 ]; do
		kill -0 "$reader" && [ $SECONDS -lt $end ] || {
			kill -9 "$reader"
			fail "the file is not read"
		}
	done
	kill "$reader"
	(
		end=$((SECONDS + 300))
		while kill -0 "$reader" 2>/dev/null && [ $SECONDS -lt $end ]; do :; done
		kill -9 "$reader" 2>/dev/null
	) &
	wait "$reader"
	[ $? != 137 ] || fail "it read on for minutes"
	grep -q cancelled "$work/err" || fail "what it said"
	rm huge.vcd
fi
exit 0
