#!/usr/bin/env bash
# coverage: figures counted by hand, on the lines of the original files.
MEMORY=1
. "${srcdir:?}/tests/lib/lib.sh"

mkdir "$work/p" && cd "$work/p" || exit 9
cat >dut.v <<'V'
`include "step.vh"
module dut(input clk, rst, go, input [3:0] a, output reg [3:0] q, output busy);
  localparam IDLE = 0, RUN = 1, DONE = 2;
  reg [1:0] s;
  always @(posedge clk) begin
    if (rst) s <= IDLE;
    else case (s)
      IDLE: if (go) s <= RUN;
      RUN: begin
        if (a == 15)
          s <= IDLE;
        else
          s <= DONE;
      end
      DONE:
        s <= IDLE;
      default: begin
        s <= IDLE;
        q <= 0;
      end
    endcase
    `STEP
  end
  assign busy = s != IDLE;
endmodule
V
printf '`define STEP if (s == RUN) q <= a + 1;\n' >step.vh
# bench NAME STIMULUS
bench() {
	printf 'module %s;\n  reg clk = 0, rst = 1, go = 0; reg [3:0] a = 1; wire [3:0] q; wire busy;\n' "$1"
	printf '  dut u(clk, rst, go, a, q, busy);\n  always #5 clk = !clk;\n  initial begin\n    #12 rst = 0; %s\n' "$2"
	printf '    $finish;\n  end\nendmodule\n'
}
bench idle_tb '#40; if (busy !== 0) $display("FAIL busy"); else $display("PASS");' >idle_tb.v
bench run_tb 'go = 1; #60; if (q !== 2) $display("FAIL q"); else $display("PASS");' >run_tb.v
bench top_tb 'go = 1; a = 15; #60; if (q !== 7) $display("FAIL q"); else $display("PASS");' >top_tb.v

# Without Verilator: one sentence.
mkdir "$work/bin"
for tool in sh bash env ls cat git gcc iverilog vvp bwrap setpriv prlimit timeout; do
	found=$(command -v $tool) && ln -s "$found" "$work/bin/$tool"
done
TEST_PATH=$work/bin status 2 coverage idle_tb
notes verilator
[ "$(grep -c '^posedge: ' "$work/err")" = 1 ] || fail "more than one sentence"
need verilator_bin g++

# Only reset and waiting: lines 5 to 8 and 22, both sides of rst, the else of go and of
# STEP.
status 1 coverage idle_tb
says "idle_tb: PASS 1 check"
says "dut.v · lines 5 of 14 · branches 4 of 8 · states 1 of 3"
for n in 9 10 11 13 15 16 17 18 19; do says "dut.v:$n: not reached: "; done
says "dut.v:11: not reached: s <= IDLE;"
says "dut.v:8: this \`if\` is never true"
says "dut.v:22: this \`if\` is never true"
says "dut.v:9: state RUN is never reached"
[ "$(grep -c . "$work/out")" = 15 ] || fail "another line"

# Requirements: those that plan.md ties to code have figures, the others are listed.
printf '# S\n\nR1: it counts.\nR2: it is busy.\nR3: it flies.\n' >spec.md
status 1 coverage idle_tb
says 'requirements: nothing ties the 3 of spec.md to code; plan.md would ("Serves: R1")'
printf '## dut\nServes: R1, R2\n## other\nServes: R2\n' >plan.md
status 1 coverage idle_tb
says "R1 · dut · lines 5 of 14 · branches 4 of 8"
says "R2 · dut, other · lines 5 of 14 · branches 4 of 8"
says "R3: no module of plan.md serves it"
status 1 --json coverage idle_tb
says '{"requirement":"R1","modules":["dut"],"lines":{"reached":5,"of":14},"branches":{"reached":4,"of":8}}'
says '{"requirement":"R3","modules":[]}'
rm spec.md plan.md

# Three runs are combined: a line reached by one is reached. The third does not pass,
# and still counts.
sed -i '17,20d' dut.v
status 0 --json coverage idle_tb run_tb top_tb
says '{"testbench":"top_tb","verdict":"fail"}'
says '"path":"dut.v","lines":{"reached":11,"of":11},"branches":{"reached":8,"of":8},"states":{"reached":3,"of":3}'
says '"never":[]'

# A name that Verilator cuts is named; if nothing is left, that is not reported as full
# coverage.
mkdir "$work/a b" && cd "$work/a b" && mkdir "r t" || exit 9
printf 'module inv(input a, output y);\n  assign y = !a;\nendmodule\n' >"r t/inv.v"
printf 'module inv_tb;\n  reg a = 0; wire y;\n  inv u(a, y);\n  initial begin\n    #1 if (y !== 1) $display("FAIL"); else $display("PASS");\n    $finish;\n  end\nendmodule\n' >inv_tb.v
status 2 coverage
notes "r t/inv.v is not counted"
notes "nothing of the design of inv_tb was counted"
cd "$work/p" || exit 9

# A design that Verilator cannot build is reported. A run stopped by a limit reports its
# counts, unless they can no longer be read.
sed -i 's/busy !== 0/u.none !== 0/' idle_tb.v
status 2 coverage idle_tb
notes "Verilator cannot build idle_tb"
sed -i 's/u.none !== 0/busy !== 0/; s/#40;/forever #1;/' idle_tb.v
echo 'set sim.run_seconds 1' >>"$XDG_CONFIG_HOME/posedge/posedgerc"
status 1 coverage idle_tb
says "idle_tb: stopped by the time limit of 1 s"
says "dut.v · lines 5 of 11"
sed -i 's/forever #1;/while (1) go = 0;/' idle_tb.v
status 2 coverage idle_tb
notes "the run of idle_tb ended before it could count"
[ -z "$(find . -name 'coverage.dat')" ] || fail "a file stays"

# In one file with its testbench, which is left out of the figures.
mkdir "$work/one" && cd "$work/one" || exit 9
cat >all.v <<'V'
module cnt(input clk, rst, output reg [3:0] q);
  always @(posedge clk)
    if (rst) q <= 0;
    else begin
      if (q == 9)
        q <= 0;
      else q <= q + 1;
    end
endmodule
module cnt_tb;
  reg clk = 0, rst = 1;
  wire [3:0] q;
  cnt c(clk, rst, q);
  always #5 clk = ~clk;
  initial begin
    #12 rst = 0;
    #40 if (q === 4) $display("PASS");
    else begin
      $display("FAIL");
    end
    $finish;
  end
endmodule
V
status 1 coverage
says "all.v · lines 5 of 6 · branches 3 of 4 · bits that change 5 of 6"
says "all.v:6: not reached: q <= 0;"
silent_on "all.v:18"
sed -i -e '4s/else begin/else if (q == 9)/' -e '5d;7,8d' -e '6a\    else q <= q + 1;' all.v
status 1 coverage
says "all.v · lines 4 of 5 · branches 2 of 3 · bits that change 5 of 6"
says 'all.v:4: this `if` is never true'
silent_on "all.v:4: not reached"

# The first `if` of a chain ran when its false side did.
sed -i -e '3s/rst/q == 12/' all.v
status 1 coverage
says "all.v · lines 4 of 5 · branches 1 of 3"
says 'all.v:3: this `if` is never true'
silent_on "all.v:3: not reached"

# Of several on one line, the one that is meant is named.
sed -i -e '3{N;s/\n */ /}' all.v
status 1 coverage
says 'all.v:3: this `if (q == 12)` is never true'
