#!/usr/bin/env bash
# Options of a design, set for the project or for one command; both tools get them.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin g++ iverilog

mkdir -p "$work/p/inc/x" "$work/p/q" && cd "$work/p"
cat >tb.v <<'END'
`include "t.vh"
module tb;
  integer n;
  initial begin
    if (!$value$plusargs("count=%d", n)) n = 0;
    #1 if (n != 12 || `W != 8 || `T != 3) $error("n %0d W %0d T %0d", n, `W, `T);
    $finish;
  end
endmodule
END
echo '`define T 3' >inc/x/t.vh
echo '`define T 4' >q/t.vh
for engine in icarus verilator; do
	status 0 sim --engine $engine -DW=8 -I inc/x +count=12
	says PASS
	status 1 sim --engine $engine -D W=8 -I q +count=12
	says "T 4"
	status 1 sim --engine $engine -D W=8 -I inc/x +count=13
	says "n 13"
done
status 2 sim -G D
notes "NAME=VALUE was expected"
status 2 sim -D =4
notes "a name was expected"
status 2 sim -I /etc
notes "outside the project"
status 2 sim -D
notes "needs a value"
status 1 lint
status 0 lint -D W=8 -I inc/x
# For one command means for one.
status 1 lint

status 2 set tools.policy simulate=maybe
notes "set tools.policy simulate=maybe: NAME= and one of allow ask deny was expected"
status 2 set tools.policy "lint=deny simulate"
notes "set tools.policy simulate:"
status 0 set defines W=8 "X=some words"
status 0 set include inc/x
status 0 set plusargs count=12
status 0 set defines
says "some words"
for engine in icarus verilator; do
	status 0 sim --engine $engine
	says PASS
done
# One argument with blanks in it is several words.
status 0 set defines "W=9 Y"
status 1 sim
says "W 9"
status 1 sim -D W=7
says "W 7"

# Excluded files; a name with a blank is quoted.
mkdir "old ones" && echo 'module broken (' | tee "old ones/b.v" >q/b.v
status 1 lint -D W=8
status 0 set exclude "old ones" q
status 0 set exclude
says "old ones"
status 0 lint -D W=8
says "lint ok"
status 0 set exclude "'old ones'"
status 1 lint
says "q/b.v"
status 0 set exclude "**/b.v"
status 0 lint

# A list is read; an unreadable one is refused at once.
status 0 set exclude ""
printf '+define+W=8\n+incdir+inc/x\ntb.v\n' >rtl.f
status 0 set files @rtl.f
status 0 set defines ""
status 0 set include ""
status 0 lint
status 0 sim
says PASS
cp .posedgerc before
for list in @none.f nothing.sv; do
	status 2 set files $list
	notes "${list#@}"
	cmp .posedgerc before || fail "set files $list is kept although it was refused"
done
status 0 lint
status 0 set files ""
status 2 set dfines A
notes "did you mean defines"

# What is missing is reported with the line to add.
mkdir "$work/hints" && cd "$work/hints"
cat >t.v <<'END'
module t;
  reg [`WIDTH-1:0] m [0:1];
  integer n;
  initial begin
    if (!$value$plusargs("count=%d", n)) n = 0;
    $readmemh("gone.hex", m);
    if (n != 3) $error("n is %0d", n);
    $finish;
  end
endmodule
END
status 1 lint
notes 't.v:2 uses `WIDTH, which nothing defines: `set defines WIDTH=VALUE` does'
status 0 set defines WIDTH=8
"$posedge" sim --engine icarus >"$work/out" 2>"$work/err"
[ $? != 0 ] || fail "it passes"
notes "t.v:5 asks for the plusarg count, which is not given: \`set plusargs count=VALUE\` does"
notes "t.v:6 reads gone.hex, which is nowhere in the project"
silent_on "nothing defines"
echo 00 >gone.hex
status 0 sim --engine icarus +count=3
silent_on "which is"
# A plusarg that is only asked for is no need, but may be why nothing was checked.
cat >t.v <<'END'
module inv (input a, output y); assign y = ~a; endmodule
module t;
  reg a = 0; wire y; inv u (a, y);
  initial begin
    if ($test$plusargs("check")) begin #1 if (y !== 1) $display("FAIL"); end
    #1 $finish;
  end
endmodule
END
status 3 sim --engine icarus
notes "t.v:5 asks for the plusarg check, which is not given: \`set plusargs check\` does"
status 0 sim --engine icarus +check
silent_on "asks for"
sed -i 's/y !== 1/y !== 0/; s/begin #1 if/begin end begin #1 if/' t.v
status 1 sim --engine icarus
silent_on "asks for"
printf 'module t; SB_IO u (); cel u2 (); initial $finish; endmodule\nmodule cell_1; endmodule\nmodule cells; endmodule\n' >t.v
"$posedge" sim t >"$work/out" 2>"$work/err"
[ $? != 0 ] || fail "a run without its modules passes"
notes "module SB_IO (Lattice iCE40) has no source: add one that can be simulated"

# A script that runs the file it is told to gives macros to it, too: the nearest one.
mkdir -p "$work/script/rtl" "$work/script/steps/far" && cd "$work/script"
printf 'module top(input a, output y); assign y = a; endmodule\n' >rtl/top.v
printf 'all:\n\tiverilog -o x rtl/top.v\n' >Makefile
printf 'module bench; step u(); endmodule\n' >steps/bench.v
for n in 1 2; do
	printf 'module step; initial begin #1 if (`FREQ != 10) $error; $finish; end endmodule\n' >steps/step$n.v
done
cp steps/bench.v steps/far
printf 'iverilog -DFREQ=20 bench.v $1\n' >steps/far/run.sh
printf 'iverilog -DFREQ=10 -DFAST bench.v $1\nvvp a.out\n' >steps/run.sh
status 0 lint steps/step1.v
notes "steps/step1.v:1 uses \`FREQ, which only steps/run.sh gives a value: 10 is taken"
status 0 sim --one --engine icarus steps/step2.v
says "PASS 1 check"
sed -i 's/-DFREQ=10 //' steps/run.sh # that of steps/far is for its own folder
status 1 lint steps/step1.v
notes "steps/step1.v:1 uses \`FREQ, which nothing defines"

# So is a parameter of the top module that nothing gives a value.
mkdir "$work/unset" && cd "$work/unset"
cat >t.sv <<'END'
module t #(parameter int N, parameter M = 1);
  initial begin #1 if (N != 3) $error("N is %0d", N); if ($time != M) $error("late"); $finish; end
endmodule
END
status 1 sim --engine verilator --no-trace
notes "the parameter N of t has no value: \`set parameters N=VALUE\` gives it one"
silent_on "parameter M"
status 0 sim --engine verilator --no-trace -G N=3
silent_on "has no value"

# Two testbenches of one name are told apart by their files, each with its own design.
mkdir -p "$work/twins/a" "$work/twins/b" && cd "$work/twins" && touch .posedgerc
for d in a b; do
	printf 'module dut (output [7:0] y); assign y = "%s"; endmodule\n' $d >$d/dut.v
	printf 'module tb; wire [7:0] y; dut u (y); initial begin #1 if (y !== "%s") $error("%%c", y); $display("in %s"); $finish; end endmodule\n' \
		$d $d >$d/tb.v
done
status 2 sim --engine icarus
notes "tb (a/tb.v), tb (b/tb.v)"
for d in b a; do
	status 0 sim --engine icarus $d/tb.v
	says "in $d"
	says PASS
	status 0 sim --engine icarus
	says "in $d"
	status 0 sim --engine icarus $d/dut.v
	says "in $d"
done
status 0 set exclude a
status 2 lint a/dut.v
notes "it is not part of the design: excluded by a"
status 2 sim a/tb.v

# A parameter's value reaches both tools as a literal of the language, whether it is a
# number, a string or the name of a file; a value that reaches nothing is told.
mkdir "$work/parameters" && cd "$work/parameters" || exit 1
cat >tb.sv <<'E'
module tb;
  parameter FILE = "";
  parameter WHO = "me";
  parameter W = 8;
  parameter int N = 8'h10;
  parameter real R = 0.5;
  reg [7:0] m[0:1];
  initial begin
    $readmemh(FILE, m);
    if (m[1] !== 8'h2a) $error("m[1] is %h", m[1]);
    $display("<%s %0d %0d %0.2f>", WHO, W, N, R);
    $finish;
  end
endmodule
E
mkdir data && echo "07 2a" >data/a.hex
for engine in icarus verilator; do
	status 0 sim --engine $engine -G FILE=data/a.hex -G WHO=you -G "W=4'hf" -G N=-3 -G R=2.25
	says "<you 15 -3 2.25>"
	status 0 sim --engine $engine -G 'FILE="data/a.hex"' -G 'WHO="07"'
	says "<07 8 16 0.50>"
	status 0 sim --engine $engine -G FILE=data/a.hex -G WHO=07
	says "<07 "
	status 0 sim --engine $engine -G FILE=data/a.hex -G W=WIDE -G NOPE=1
	says "<me 8 16 0.50>"
	notes "the parameter W of tb is a number: it keeps its own value 8, not 'WIDE'"
	notes "tb has no parameter NOPE: its value reaches nothing"
	# Without its file no check can judge the design.
	status 2 sim --engine $engine
	says "did not run: "
	says "\$readmem"
	says "is given no file's name"
	notes "the parameter FILE of tb is an empty string: if it names a file, \`set parameters FILE=NAME\` does"
done
