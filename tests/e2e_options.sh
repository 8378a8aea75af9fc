#!/usr/bin/env bash
# Options of a design: said once for the project, or for one command; they reach
# both tools.
. "${srcdir:?}/tests/lib.sh"
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

status 0 set defines W=8 "X=some words"
status 0 set include inc/x
status 0 set plusargs count=12
status 0 set defines
says "some words"
for engine in icarus verilator; do
	status 0 sim --engine $engine
	says PASS
done
# One argument with blanks in it is words.
status 0 set defines "W=9 Y"
status 1 sim
says "W 9"
status 1 sim -D W=7
says "W 7"

# Files that are no part of the design; a name with a blank alone stands in quotes.
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

# A list is read; one that cannot be is refused at once.
status 0 set exclude ""
printf '+define+W=8\n+incdir+inc/x\ntb.v\n' >rtl.f
status 0 set files @rtl.f
status 0 set defines ""
status 0 set include ""
status 0 lint
status 0 sim
says PASS
status 0 set files @none.f
status 2 lint
notes "none.f"
status 0 set files ""
status 2 set dfines A
notes "did you mean defines"
