#!/usr/bin/env bash
# `posedge why`: the bugs of tests/e2e/why are found again, nearly all of them in
# the first steps; and what is asked wrongly is answered with one sentence.
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog verilator_bin
source=$(cd "$srcdir/tests/e2e/why" && pwd)
export posedge

# The suite. Its order does not matter; a quick look takes one of the designs.
mkdir -p "$work/bugs" && cd "$work/bugs" || exit 1
pattern=.
least=60
[ "${POSEDGE_SLOW:-}" = no ] && pattern='^core' least=15
"$source/run.sh" -v icarus "$pattern" >"$work/out" 2>"$work/err" || fail "the suite did not run"
says "within five steps"
silent_on "no bug"
silent_on "not noticed"
read -r total found <<<"$(sed -n 's/^of \([0-9]*\): \([0-9]*\) within five steps.*/\1 \2/p' "$work/out")"
tail -1 "$work/out"
[ "$total" -ge $least ] || fail "only $total bugs"
[ $((found * 100)) -ge $((total * 85)) ] || fail "$found of $total bugs within five steps"

# A question with and without everything.
mkdir -p "$work/core" && cd "$work/core" || exit 1
status 2 why y
notes "there are no waves yet"
sed 's/diff = a - b/diff = b - a/' "$source/core.sv" >core.sv
cp "$source/core_tb.sv" .
status 1 sim --engine icarus --one
status 0 why
says "core.sv:12  diff = b - a"
status 0 why u_alu.y @60ns --steps 1
says " 1  core_tb.dut.u_alu.y = "
[ "$(grep -cE '^ *[0-9]+  ' "$work/out")" = 1 ] || fail "--steps 1 shows more"
status 0 why pc @#4 --steps 1
says "at 35 ns"
status 0 why pc @35000 --steps 1
says "at 35 ns"
status 0 --json why pc @35ns --steps 2
says '"step":1'
says '"path":"core.sv"'
status 2 why nosuch
notes "the design has no signal nosuch"
status 2 why pc @3fortnights
notes "a time such as 30ns"
status 2 why pc @#9999
notes "the clock has only"
status 2 why pc ir
notes "one signal and one @TIME were expected"
status 2 why x @180ns
notes "has an x at that time"
status 2 why pc --steps 0
notes "a number from 1 to"

# Waves of another design, none, and half of one.
mkdir -p "$work/other" && cd "$work/other" || exit 1
printf 'module t; reg a = 0; initial begin #1 a = 1; if (!a) $error("no"); #1 $finish; end endmodule\n' >t.sv
status 3 sim --engine icarus --one
cd "$work/core" || exit 1
status 2 why pc --wave "$work/other/.posedge/waves/t.vcd"
notes "these waves are not of this design"
head -c 3000 .posedge/waves/core_tb.vcd >half.vcd
status 0 why pc --wave half.vcd --steps 1
says "core_tb.pc = "
status 2 why pc --wave nosuch.vcd
notes "nosuch.vcd is not there"

# The source as it is now is another.
touch -d '+1 minute' core.sv
status 0 why --steps 1
notes "changed since the run: core.sv"

# Where Verilator is not.
mkdir -p "$work/bin"
for tool in bash sh env cat vvp iverilog bwrap timeout; do
	found=$(command -v $tool) && ln -sf "$found" "$work/bin/$tool"
done
TEST_PATH=$work/bin status 2 why pc
notes "told by Verilator, which is not installed"

# x everywhere, and a loop.
mkdir -p "$work/loop" && cd "$work/loop" || exit 1
cat >loop.sv <<'END'
`timescale 1ns / 1ns
module ring(input wire en, output wire q);
  wire a, b;
  assign a = b ^ en;
  assign b = ~a;
  assign q = a;
endmodule
module t;
  reg en = 0;
  wire q;
  ring dut(.en(en), .q(q));
  initial begin
    #10 en = 1;
    #10 if (q !== 1'b1) $error("q is %b", q);
    $finish;
  end
endmodule
END
status 1 sim --engine icarus --one
status 0 why
says "a loop without a clock"
status 0 why x
says "loop.sv:4  a = b ^ en"
echo "why: all as it should be"
