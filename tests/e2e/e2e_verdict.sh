#!/usr/bin/env bash
# Verdicts on real testbenches with both real simulators: each class, equal counts of
# checks, what they disagree on, and what must never pass.
MEMORY=1
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin g++ iverilog

mkdir -p "$work/p" && cd "$work/p"
printf 'set sim.run_seconds 3\n' >"$XDG_CONFIG_HOME/posedge/posedgerc"

# tb BODY: a testbench for add.v, which is correct.
cat >add.v <<'END'
module add (input [3:0] a, b, output [4:0] y);
  assign y = a + b;
endmodule
END
tb() {
	cat >add_tb.v <<END
\`timescale 1ns/1ps
module add_tb;
  reg [3:0] a = 0, b = 0; wire [4:0] y; integer i, n = 0; reg ok = 1;
  add dut (.a(a), .b(b), .y(y));
  $1
endmodule
END
}
right() { sed -i 's/a - b/a + b/' add.v; }
wrong() { sed -i 's/a + b/a - b/' add.v; }
# both STATUS TEXT: so it ends with either simulator. Under the sanitizers, which see what
# reads their words, each call is one of them: Verilator's every third, since it builds.
calls=0
both() {
	local engine engines="icarus verilator"
	calls=$((calls + 1))
	[ "${POSEDGE_SLOW:-}" != no ] || [ $((calls % 3)) = 0 ] || engines=icarus
	[ "${POSEDGE_SLOW:-}" != no ] || [ $((calls % 3)) != 0 ] || engines=verilator
	for engine in $engines; do
		status "$1" sim --engine $engine --no-trace
		says "$2"
	done
}
loop='for (i = 0; i < 16; i = i + 1) begin a = i; b = 3; #5;'

# 1. Common styles without $error: a correct design passes with a count, a wrong one
# fails at its line.
while IFS='@' read -r check report; do
	tb "initial begin $loop $check end $report #1 \$finish; end"
	right
	both 0 "PASS 16 checks"
	wrong
	both 1 "FAIL add_tb.v:5 "
	right
done <<'END'
if (y !== a + b) n = n + 1;@if (n == 0) $display("All tests passed!"); else $display("%0d tests failed", n);
if (y !== a + b) n = n + 1;@$display("%0d errors", n);
if (y !== a + b) ok = 0;@if (ok) $display("SUCCESS"); else $display("FAILURE");
if (y !== a + b) $display("Error at %0t: y is %0d", $time, y);@
if (y !== a + b) n = n + 1;@$display("Mismatches: %0d in %0d samples", n, i);
n = (y == a + b) ? n : n + 1;@if (n == 0) $display("=====Your Design Passed====="); else $display("=====Error=====");
if (y === a + b) n = n + 1;@$display("%0d of %0d tests passed", n, i);
if (y !== a + b) n = n + 1;@if (n == 0) $display("测试通过"); else $display("错误 %0d", n);
if (y !== a + b) $stop;@
if (y === a + b) $display("\033[32mPASS\033[0m"); else $display("\033[31mFAIL\033[0m");@
if (y !== a + b) $display("Hoppla: %0d", y);@
if (y !== a + b) begin $display("Summe falsch"); $finish; end@$display("alles gut");
if (y === a + b) n = n + 1;@if (n == i) $display("All 16 tests passed"); else $display("Only %0d passed", n);
if (y === a + b) n = n + 1;@$display("You got %0d of 16 points", n);
if (y === a + b) $display("%0d + %0d = %0d ok", a, b, y); else $display("%0d + %0d = %0d NOT ok", a, b, y);@
$display("%0d %s", i, y === a + b ? "OK" : "NG");@
if (y !== a + b) n = n + 1;@$display("| FAIL | %0d |", n);
if (y !== a + b) n = n + 1;@if (n) begin $display("rc=1"); $finish; end $display("rc=0");
if (y !== a + b) n = n + 1;@$display("Errors found: %0d", n);
if (y !== a + b) n = n + 1;@if (n == 0) $display("fine"); else $display("%0d bad", n); $display("- mismatches of the carry are not told apart");
if (y !== a + b) n = n + 1;@$display("%0d of %0d random vectors failed", n, i);
if (y === a + b) n = n + 1;@$display("%0d tests passed", n);
if (y !== a + b) n = -1;@$display("rc = %0d", n);
$display("%0d %s", i, (y === a + b) ? "." : "F");@
if (y !== a + b) n = n + 1;@$display("wrong sum test: %s", n ? "NOT OK" : "ok");
if (y !== a + b) n = n | (1 << i);@if (n == 0) begin $display("PASS"); $display("(or else FAIL)"); end else $display("Test did not pass");
END

# The counts are there even if a second $finish ends the program at once.
tb "initial begin $loop if (y !== a + b) n = n + 1; end if (n) begin \$display(\"rc=1\"); \$finish(1); end \$finish(0); end"
both 0 "PASS 16 checks"
wrong
both 1 "FAIL add_tb.v:5 "
right

# The text in another language is decisive, except for a count of zero.
wrong
tb 'initial begin #5 b = 1; #5 if (y !== a + b) $display("ОШИБКА: y = %0d", y); #5 $finish; end'
both 1 "FAIL add_tb.v:5 ОШИБКА: y = 31"
tb 'initial begin #5 b = 1; $display("Fehler: 0"); $display("ohne Fehler"); #5 if (y !== a + b) $display("Hoppla: %0d", y); $finish; end'
both 1 "FAIL add_tb.v:5 Hoppla: "
right

# What it waits for came, and no watchdog.
tb 'initial begin #5 a = 9; @(posedge y[3]); $display("all good"); $finish; end
  initial begin #99 $display("timeout"); $finish; end'
both 0 "PASS 1 check"
sed -i 's/a + b/a >> 1/' add.v
both 1 "FAIL add_tb.v:6 timeout"
sed -i 's/a >> 1/a + b/' add.v

# 2. Nothing was compared: no verdict, whatever is printed.
tb 'initial begin #5 $display("All tests passed!"); $finish; end'
both 3 "no verdict: add_tb.v prints but checks nothing"
tb 'initial begin #5 a = 1; end'
both 3 "no verdict: the testbench prints nothing and checks nothing"
# Nor is something compared where x is: `!=` takes it for no difference.
tb "initial begin $loop if (y != a + b) n = n + 1; end if (n == 0) \$display(\"PASS\"); \$finish; end"
sed -i "s/a + b/a + b + 1'bx/" add.v
status 3 sim --engine icarus --no-trace
says "no verdict: what its checks compare was x each time"
# Nor are two values of nothing but x the same, though `!==` says so.
tb "wire [4:0] z; add v (.a(a), .b(b), .y(z)); initial begin $loop if (y !== z) n = n + 1; end
if (n == 0) \$display(\"PASS\"); \$finish; end"
status 3 sim --engine icarus --no-trace
says "no verdict: what its checks compare was x each time"
sed -i "s/ + 1'bx//" add.v
both 0 "PASS 16 checks"
# Icarus has a $finish with a status, of which 1 is a failure.
tb 'initial begin #5 if (y !== 0) $finish_and_return(1); $finish_and_return(0); end'
status 0 sim --engine icarus --no-trace
says "PASS 1 check"
sed -i "s/a + b/a + b + 1/" add.v
status 1 sim --engine icarus --no-trace
says "FAIL add_tb.v:5 "
sed -i "s/a + b + 1/a + b/" add.v
# A header that nobody includes has no part in it.
tb 'initial begin #5 a = 1; end'
echo 'task check; if (y !== a + b) $error("y"); endtask' >unused.vh
both 3 "no verdict: the testbench prints nothing and checks nothing"
rm unused.vh
# A comparison settled before the run begins does not count, in the design either.
sed -i "s/^endmodule/  parameter W = 4; initial assert (W > 0) else \$fatal(1, \"W\");\n&/" add.v
tb "localparam DEBUG = 0; initial begin $loop \$display(y); end if (DEBUG) \$display(\"FAIL\"); \$display(\"PASS\"); end"
both 3 "no verdict: add_tb.v prints but checks nothing"
sed -i /parameter/d add.v
tb 'initial begin #5 $finish; end always @(posedge y[4]) if (y !== a + b) $error("y is %0d", y);'
both 3 "no verdict: the only check in add_tb.v was not reached"
tb 'initial begin #5 $finish; #5 if (y !== 3) $error("y"); if (y === 9) $display("Error"); end'
both 3 "no verdict: none of the 2 checks in add_tb.v was reached"
tb 'initial begin #5 $display("PASS"); $finish; end
`ifdef FORMAL
  always @* assert (y == a + b);
`endif'
both 3 "no verdict: the only check in add_tb.v was not reached"

tb 'initial begin #5 for (i = 0; i < 9; i = i + 1) #1; $display("%0d tests passed, 0 failed", i); $finish; end'
both 3 "no verdict: add_tb.v prints but checks nothing"
tb 'integer errors = 0; initial begin #5 if (errors == 0) $display("PASS"); $finish; end'
both 3 "no verdict: add_tb.v prints but checks nothing"
tb 'reg [4:0] seen; always @(y) begin if (y !== seen) $display("y is now %0d", y); seen = y; end initial begin #5 a = 3; #5 $finish; end'
both 3 "no verdict: add_tb.v prints but checks nothing"

# 3. The last word counts, hints do not, and a good word does not cancel a failure.
tb 'initial begin #5 if (y !== 0) n = n + 1; $display("Hint: Output y has %0d mismatches", 7);
  $display("Mismatches: %0d in %0d samples", n, 1); $finish; end'
both 0 "PASS 1 check"
tb 'initial begin #5 if (y !== 3) $display("ERROR: y is %0d", y); $display("Test finished, PASS"); $finish; end'
both 1 "FAIL add_tb.v:5 ERROR: y is 0"
tb 'reg never = 0; initial begin #5 if (y !== 0) n = n + 1; wait (never); if (n == 0) $display("TEST PASSED"); else $display("TEST FAILED"); $finish; end'
both 3 "no verdict: 1 check passed, but it ended before its own report"
tb 'initial #5 $finish; final assert (y == 3) else $error("y is %0d", y);'
sed -i 's/timescale.*/&/' add_tb.v && mv add_tb.v add_tb.sv
both 1 "FAIL add_tb.sv:5 y is 0"
rm add_tb.sv

# 4. Failures that are not the design's: each has its own class.
tb 'reg [7:0] m [0:3]; initial begin $readmemh("nowhere.hex", m); #5 if (y !== m[0]) $error("y"); $finish; end'
both 2 "did not run: "
says "cannot open nowhere.hex"
tb 'integer f; initial begin f = $fopen("nowhere.txt", "r"); if (f == 0) begin $display("ERROR: no nowhere.txt"); $finish; end
  #5 if (y !== 3) $error("y"); $finish; end'
both 2 "did not run: add_tb.v:5 finds a file missing"
tb 'integer f, r; initial begin f = $fopen("nowhere.txt", "r"); while (!$feof(f)) begin r = $fscanf(f, "%d", i); if (y !== i) n = n + 1; end
  #5 $display("%0d errors", n); $finish; end'
both 2 "did not run: add_tb.v:5 finds a file missing"
tb 'initial begin if (!$value$plusargs("want=%d", n)) begin $display("ERROR: no +want"); $finish; end #5 if (y !== n) $error("y"); $finish; end'
both 2 "did not run: add_tb.v:5 finds a plusarg missing"
status 0 sim --engine icarus --no-trace +want=0
# as in textbooks: memory in descending order, x after the last vector; waves for Verdi
printf '0001_0011_00100\n1111_1111_11110\n' >vectors.tv
tb 'reg clk = 0, rst = 1; reg [12:0] v [99:0]; reg [4:0] want; integer bad = 0;
  initial begin $readmemb("vectors.tv", v); $fsdbDumpfile("a.fsdb"); #17 rst = 0; end always #5 clk = ~clk;
  always @(posedge clk) #1 {a, b, want} = v[n];
  always @(negedge clk) if (~rst) begin if (y !== want) begin $display("Error: %b", {a, b}); bad = bad + 1; end
  n = n + 1; if (v[n] === 13'"'"'bx) begin $display("%d tests completed with %d errors", n, bad); $finish; end end'
status 0 sim --engine icarus --no-trace
says "PASS 2 checks"
wrong
status 1 sim --engine icarus --no-trace
says "FAIL add_tb.v:8 Error: 00010011"
right
# vectors from a file: the design sees them, and their end is the end
printf '1 3 4\n2 5 7\n15 15 30' >vectors.txt
tb 'integer f; reg [4:0] want; initial begin f = $fopen("vectors.txt", "r"); n = $fscanf(f, "%d %d %d", a, b, want);
  while (n != -1) begin #5 if (y !== want) $display("Error: %0d", y); n = $fscanf(f, "%d %d %d", a, b, want); end $finish; end'
both 0 "PASS 3 checks"
wrong
both 1 "FAIL add_tb.v:6 Error: 30"
right
# Icarus ends with the number of its errors: 139 as if with a SIGSEGV, 256 as if with none
for n in 139 256; do
	tb "initial #1 \$finish; $(for i in $(seq $n); do echo "assign none$i.x = 1;"; done)"
	status 1 sim --engine icarus --no-trace
	says "did not run: add_tb.v:5 error"
done
tb 'initial begin #5 if (y !== 3) $display("Error: y is %0d (plover)", y); forever #0 n = ~n; end'
status 1 sim --engine icarus --no-trace
says "FAIL add_tb.v:5 Error: y is 0 (plover)"
tb 'initial begin #5 if (y !== 0) $display("Error: y"); forever #5 n = ~n; end'
both 2 "stopped by the time limit of 3 s (set sim.run_seconds); nothing in the sources calls \$finish or \$stop"
# time that does not advance, and a clock that never ticks
tb 'initial begin #5 if (y !== 0) $display("Error: y"); while (n < 1) ok = ~ok; $finish; end'
both 2 "stopped by the time limit of 3 s (set sim.run_seconds) at simulated time 5000: a loop without a delay?"
tb 'reg clk; always #5 clk = ~clk; initial begin repeat (3) @(posedge clk); if (y !== 0) $display("Error: y"); $finish; end'
status 2 sim --engine icarus
says "stopped by the time limit of 3 s (set sim.run_seconds)"
silent_on "simulated time"
notes "the clock add_tb.clk is x for the whole run: give it an initial value"
# a message of a final block after a limit ended the run is about the limit
tb 'initial begin wait (n < 0) ok = 0; $finish; end always #5 n = n + 1; final if (ok) $display("FAIL: not done"); else $display("PASS");'
both 2 "stopped by the time limit of 3 s (set sim.run_seconds)"
tb 'initial begin #5 nowhere = 3; if (y !== 0) $error("y"); end'
both 1 "did not run: add_tb.v:5"
tb 'reg [7:0] m [0:3]; initial begin $readmemh("few.hex", m); #5 if (y !== 0) $error("y"); $finish; end'
echo 01 >few.hex
status 0 sim --engine icarus --no-trace
says "PASS 1 check"
says "but: add_tb.v:5 \$readmemh(few.hex): Not enough words"	# Verilator 5.006 is silent

# 5. Equal counts from both, wherever a check may be.
cat >all_tb.sv <<'END'
`timescale 1ns/1ps
`define CHECK(a, b) if ((a) !== (b)) begin errors = errors + 1; $display("ERROR %0d", a); end
`define EXPECT(a, b) do begin if ((a) !== (b)) begin errors++; end end while (0)
package p;
  int errors = 0;
  function automatic void check(input int a, input int b);
    if (a !== b) begin errors++; $display("ERROR in package"); end
  endfunction
endpackage
interface bus_if(input logic clk);
  logic v = 0;
  always @(posedge clk) assert (v === 0 || v === 1) else $error("v");
endinterface
class scores;
  int errors;
  function new(); errors = 0; endfunction
  task check(input int a, input int b);
    if (a != b) begin errors++; $display("FAIL class"); end
  endtask
endclass
module all_tb;
  import p::check;
  int errors = 0, i;
  logic clk = 0;
  logic [3:0] q = 0;
  bus_if b(clk);
  scores s;
  always #5 clk = ~clk;
  always @(posedge clk) q <= q + 1;
  function integer same(input integer a, input integer b);
    same = a === b;
    if (a !== b) errors = errors + 1;
  endfunction
  function automatic bit same2(int a, int b);
    if (a !== b) begin errors++; return 0; end
    return 1;
  endfunction
  genvar g;
  generate for (g = 0; g < 3; g = g + 1) begin : each
    always @(negedge clk) if (q[g] === 1'bx) $error("x at %0d", g);
  end endgenerate
  always_comb assert (q !== 13) else $error("big");
  initial begin
    s = new();
    repeat (5) begin
      @(negedge clk);
      if (q === 4'd15) $error("early"); else if (q === 4'd14) $error("early 2"); else begin `CHECK(q, q) `EXPECT(q, q); end
      if (i < 100) if (q === 4'hx) begin errors++; end else i++;
      i = same(q, q); i = same2(q, q);
      check(q, q); s.check(q, q);
      case (q === (q | 4'd0)) 1: ; default: $error("case"); endcase
      assert (q != 13);
      errors = (q === q) ? errors : errors + 1;
      errors += (q !== q);
    end
    if (errors == 0) $display("All tests passed"); else $display("%0d errors", errors);
    $finish;
  end
  final begin if (errors != 0) $error("final"); assert (i >= 0); end
endmodule
END
for engine in icarus verilator; do
	status 0 sim all_tb --engine $engine --no-trace
	says "PASS 92 checks"
done
cat >conc_tb.sv <<'END'
module conc_tb;
  reg clk = 0, rst = 1, a = 0, b = 0;
  always #5 clk = ~clk;
  assert property (@(posedge clk) disable iff (rst) a |-> b) else $error("b is %b", b);
  initial begin #22 rst = 0; a = 1; b = 1; #30 a = 0; b = 0; #30 if ($test$plusargs("bad")) begin a = 1; b = 0; #20; end $finish; end
endmodule
END
status 0 sim conc_tb --engine verilator --no-trace
says "PASS 3 checks"
status 1 sim conc_tb --engine verilator --no-trace +bad
says "FAIL conc_tb.sv:4 b is 0"
cat >prog_tb.sv <<'END'
program checks(input logic clk, input logic [3:0] q);
  int err = 0;
  initial begin
    repeat (4) begin @(posedge clk); if (q === 4'd9) err++; end
    if (err == 0) $display("PASS"); else $display("FAIL");
    $finish;
  end
endprogram
module prog_tb;
  logic clk = 0; logic [3:0] q = 0;
  always #5 clk = ~clk;
  always @(negedge clk) q <= q + 1;
  checks c(clk, q);
endmodule
END
for engine in icarus verilator; do
	status 0 sim prog_tb --engine $engine --no-trace
	says "PASS 4 checks"
done
# A macro in always_comb, in two instances: neither waits for the other's counter.
cat >macro_tb.sv <<'END'
`define SURE(c) if (!(c)) $error("no")
module part(input [3:0] a, output logic [3:0] y); always_comb begin y = ~a; `SURE(y === ~a); end endmodule
module macro_tb;
  logic [3:0] a = 0; wire [3:0] x, y;
  part p0(.a(a), .y(x)); part p1(.a(x), .y(y));
  initial begin repeat (3) #1 a++; #1 if (y !== a) $error("y"); $finish; end
endmodule
END
for engine in icarus verilator; do
	status 0 sim macro_tb --engine $engine --no-trace
	says "PASS"
done
# Who waited first wakes first, also where seven wake at once: a testbench whose
# processes set one signal has one verdict.
cat >wake_tb.v <<'END'
`timescale 1ns/1ns
module wake_tb;
  integer n = 0, k; reg c = 0;
  always #5 c = ~c;
  initial begin for (k = 0; k < 9; k = k + 1) begin #10 n = n * 2 + 1; end end
  initial begin #3 #7 n = n * 2; #20 n = n * 2; #20 n = n * 2; end
  initial begin #30 n = n * 2 + 1; #20 n = n * 2; end
  initial begin #10 n = n * 2; #20 n = n * 2 + 1; #20 n = n * 2 + 1; end
  initial begin #50 n = n * 2 + 1; end
  initial begin #50 n = n * 2; end
  initial begin #51 if (n !== WANT) $display("ERROR: n is %0d", n); $finish; end
endmodule
END
iverilog -g2012 -Pwake_tb.WANT=0 -o wake.vvp <(sed 's/integer n/parameter WANT = 0; &/' wake_tb.v)
want=$(vvp -n wake.vvp | sed -n 's/ERROR: n is //p')
[ -n "$want" ] || fail "vvp says nothing"
sed -i "s/WANT/$want/" wake_tb.v
for engine in icarus verilator; do
	status 0 sim wake_tb --engine $engine --no-trace
	says "PASS 1 check"
done
# What Verilator 5.006 has its own way with has one verdict too: a wait for what
# logic does in the same step, or for an edge of it, delays below another timescale, a sum that is put
# into a queue, the first round of a loop.
cat >slow.v <<'END'
`timescale 10ns/1ns
module slow (input a, output y); assign #1 y = ~a; endmodule
END
cat >way_tb.sv <<'END'
`timescale 1ns/1ps
module way_tb;
  logic [3:0] a = 0, b = 0;
  wire [4:0] s = a + b;
  wire n = ~a[0];
  wire late;
  int q[$];
  integer i;
  event go;
  always @(go) if (i == 0) $error("not begun");
  slow u(a[0], late);
  initial begin
    wait (n); if ($time != 0) $error("at 0");
    #1 a = 1; wait (n === 0) if ($time != 1) $error("at 1");
    a = 0;
    wait (n == 1);
    if ($time != 1) $error("again at 1");
    a = 1; @(negedge n); if ($time != 1) $error("fell at 1");
    a = 0; $display("rising"); @(posedge n) if ($time != 1) $error("rose at 1");
    #19 a = 1; #9 if (late !== 1) $error("early");
    #2 if (late !== 0) $error("late");
    a = 15; b = 3; #1 q.push_back(a + b); if (q.pop_front() != s) $error("sum");
    q.push_front(a * b); if (q.pop_front() != 45) $error("product");
    for (i = 1; i < 4; i = i + 1) begin #1; -> go; #1; end
    $finish;
  end
  initial begin #100 $display("FAIL: timeout"); $finish; end
endmodule
END
for engine in icarus verilator; do
	status 0 sim way_tb --engine $engine --no-trace
	says "PASS 12 checks"
done
# A wait for an edge of logic may stand anywhere in a process.
cat >pos_tb.v <<'END'
module pos_tb;
  reg go = 0; wire done = ~go; wire [1:0] two = {~go, go} + 1;
  integer i, n = 0;
  task flip; go = ~go; endtask
  task until_done; @(done) n = n + 1; endtask
  task same; if ($time !== 5) $display("FAIL: at %0t, %0d", $time, n); endtask
  initial begin
    #5 flip; if (n == 0) n = 1; @(done); same;
    go = ~go; if (n == 1) @(done); same;
    go = ~go; case (n) 1: @(done) n = 2; default: n = 9; endcase same;
    go = ~go; repeat (1) @(done); same;
    flip; for (i = 0; i < 3; i = i + 1) begin @(done); same; go = ~go; end @(done);
    go = ~go; until_done; same;
    go = ~go; fork @(done) n = n + 1; begin : b @(two or done); end join same;
    go = 1; #1 go = 0; begin : c @(posedge done) n = n + 1; end if ($time !== 6) $display("FAIL: at 6");
    #4 go = 1; #5 go = 0; while (n < 20) begin @(done) n = n + 1; if ($time !== 15) $display("FAIL: at 15"); go = ~go; end
    $display("PASS"); $finish;
  end
  initial begin #100 $display("FAIL: timeout, %0d", n); $finish; end
endmodule
END
for engine in icarus verilator; do
	status 0 sim pos_tb --engine $engine --no-trace
	says "PASS 25 checks"
done
rm pos_tb.v
# If they still differ, the reason is reported: which of them missed the event.
cat >missed_tb.v <<'END'
module missed_tb;
  reg go = 0, tick = 0;
  wire done = go & 1'b1;
  always #50 tick = ~tick;
  initial begin
    #1 go = 1; @(posedge done or posedge tick);
    if ($time !== 1) $display("FAIL: done");
    $display("PASS"); $finish;
  end
  initial begin #100 $display("FAIL: timeout"); $finish; end
endmodule
END
status 1 sim missed_tb --engine verilator # the other one confirms where its library is there
status 0 sim missed_tb
says "Icarus: PASS 1 check; Verilator: FAIL"
says "or a change that logic makes in the very step in which a process begins to wait"
rm missed_tb.v
# $error does not end the run, $stop does: both count the same.
cat >on_tb.sv <<'END'
module on_tb;
  int q = 0;
  initial begin
    for (int i = 0; i < 5; i++) begin #1 if (q !== i) $error("q is not %0d", i); assert (i < 4); end
    #1 $stop;
    if (q !== 9) $error("never");
  end
endmodule
END
for engine in icarus verilator; do
	status 1 --json sim on_tb --engine $engine --no-trace
	says '"checks":10,"failures":5'
	status 1 sim on_tb --engine $engine --no-trace
	says "FAIL on_tb.sv:4 q is not 1"
done
rm all_tb.sv conc_tb.sv prog_tb.sv macro_tb.sv wake_tb.v way_tb.sv slow.v on_tb.sv

# 6. engine auto: one answers, and the other agrees, differs, or is missing.
tb "initial begin $loop if (y !== a + b) n = n + 1; end \$display(\"%0d errors\", n); \$finish; end"
status 0 sim --engine verilator
status 0 sim
says "PASS 16 checks"
notes "icarus: compiling"
notes "Verilator agrees"
! grep -q "not in detail" "$work/err" || fail "agrees with another count"
status 0 sim --one
! grep -q "agrees" "$work/err" || fail "--one confirms"
cat >luck_tb.v <<'END'
module luck_tb;
  integer i, v, seed = 42;
  initial for (i = 0; i < 100; i = i + 1) begin
    v = $random(seed); #1 if (v[1:0] === 2'd2) $display("FAIL at %0t", $time);
  end
endmodule
END
status 1 sim luck_tb
notes "Verilator agrees, but not in detail: FAIL luck_tb.v:4 "
rm luck_tb.v
mkdir "$work/q" && cd "$work/q" && cat >flip_tb.v <<'END'
`timescale 1ns/1ps
module flip (input clk, output reg q); always @(posedge clk) q <= ~q; endmodule
module flip_tb;
  reg clk = 0, e = 1; wire q; integer n = 0;
  flip dut (.clk(clk), .q(q));
  always #5 clk = ~clk;
  always @(negedge clk) begin if (q !== e) $display("Error: q=%b", q); e = ~e; n = n + 1; if (n == 6) $finish; end
endmodule
END
status 1 sim
says "Icarus: FAIL at 10 ns, q is x; Verilator: PASS 6 checks. Usually a register without reset"
cat >flip_tb.sv <<'END'
module brk_tb;
  initial begin
    for (int i = 0; i < 9; i++) begin if (i == 3) break; #1 if (i > 3) $error("i is %0d", i); end
    $finish;
  end
endmodule
END
rm flip_tb.v
status 0 sim
says "PASS 3 checks"
notes "Icarus cannot build this"
status 2 sim --engine icarus
says "did not run: flip_tb.sv:3"
cat >flip_tb.sv <<'END'
module fork_tb;
  int n = 0;
  initial begin
    fork #3 n++; #5 n++; join_none
    wait fork;
    if (n != 2) $error("n is %0d", n);
    $finish;
  end
endmodule
END
status 0 sim
says "PASS 1 check"
status 2 sim --engine verilator
says "icarus"
# Where Verilator's library is not there yet, a .v in SystemVerilog builds as well.
cat >jump_tb.v <<'END'
module jump_tb; integer i; initial begin for (i = 0; i < 9; i = i + 1) if (i == 3) break; if (i !== 3) $display("ERROR"); $finish; end endmodule
END
before=$XDG_CACHE_HOME XDG_CACHE_HOME=$work/fresh
status 0 sim jump_tb.v --engine verilator --no-trace
says "PASS 1 check"
XDG_CACHE_HOME=$before
rm -r jump_tb.v "$work/fresh"

# The first failure is that of the first check that failed, not that of the report at the
# end; the table shows what it compares, at that time.
cat >flip_tb.sv <<'END'
`timescale 1ns / 1ns
module flip_tb;
  logic clk = 0;
  int n = 0, errors = 0, noise = 0;
  logic [3:0] got = 0, still = 7;
  always #5 clk = !clk;
  always @(posedge clk) got <= got + 1;
  initial begin
    for (int i = 0; i < 9; i++) begin
      @(negedge clk) noise = noise + 3;
      if (got + still !== 8 + i + (i > 2)) begin
        errors++;
        $display("[%0t] got %0d", $time, got);
      end
    end
    assert (errors == 0) else $fatal(1, "not good");
    $finish;
  end
endmodule
END
status 1 sim --engine icarus --one
says "FAIL flip_tb.sv:11 [40] got 4"
says "time  clk   got  still"
says "  40    0  4'h4   4'h7"
# With a single check there are only the words of the report.
sed -i '/got %0d/d' flip_tb.sv
status 1 sim --engine icarus --one
says "FAIL flip_tb.sv:11 not good (the first of them: \`got + still !== 8 + i + (i > 2)\`)"
says "  40    0  4'h4   4'h7"

# 7. The event contains everything.
cat >flip_tb.sv <<'END'
module sum_tb;
  int n = 0;
  initial begin
    for (int i = 0; i < 9; i++) begin #1 if (i > 7) n++; end
    $display("Mismatches: %0d in %0d samples", n, 9);
    $finish;
  end
endmodule
END
status 1 --json sim --engine icarus
for member in '"verdict":"fail"' '"checks":9' '"failures":1' '"sites":1' '"mismatches":1' '"samples":9' '"first_path":"flip_tb.sv"' \
	'"first_line":4' '"steps":"compiling '; do
	says "$member"
done
sed -i 's/n = 0;/n = ;/' flip_tb.sv
status 1 --json sim --engine icarus
says '"verdict":"build"'
says '"log":"runs/'
log=$(grep -o '"log":"runs/[^"]*' "$work/out" | tail -n 1 | cut -d'"' -f4)
ls .posedge/sessions/*/"$log" >/dev/null || fail "there is no $log"
echo "verdicts: ok"
