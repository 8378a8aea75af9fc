#!/usr/bin/env bash
# Numbers of checks made and failed: both engines agree with what the testbench is known
# to do.
MEMORY=1
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin g++ iverilog

mkdir -p "$work/p" && cd "$work/p" || exit 1
# both STATUS WORDS: a run with each engine.
both() {
	for engine in icarus verilator; do
		status "$1" sim --engine $engine --no-trace
		says "$2"
	done
}

# The sum of a and b is right but for the four cases with a = 3; a and b go through 0 to 3.
cat >add.v <<'END'
module add (input [1:0] a, input [1:0] b, output [2:0] s);
  assign s = a == 3 ? a + b + 3'd1 : a + b;
endmodule
END
# counts CHECKS FAILURES DECLARATIONS CHECK REPORT: the check of s against a + b, 16 times.
counts() {
	cat >add_tb.sv <<END
\`timescale 1ns/1ns
module add_tb;
  reg [1:0] a, b; wire [2:0] s; integer i; reg [2:0] want;
  add dut (.a(a), .b(b), .s(s));
  $3
  initial begin
    for (i = 0; i < 16; i = i + 1) begin
      {a, b} = i; want = a + b; #10;
      $4
    end
    $5
    \$finish;
  end
endmodule
END
	for engine in icarus verilator; do
		status 1 --json sim --engine $engine --no-trace
		says "\"verdict\":\"fail\",\"error\":\"\",\"checks\":$1,\"failures\":$2,"
		says '"first_time":130'
	done
}
# the last good word is that of a check
counts 16 4 'reg ok = 1;' 'if (s !== want) ok = 0; else $display("Test %0d passed", i);' 'if (ok) $display("ALL TESTS PASSED");'
# or a remark before all of them
counts 16 4 'reg ok = 1; initial begin $display("expecting no mismatch"); #1; end' 'if (s !== want) ok = 0;' 'if (ok) $display("ALL TESTS PASSED");'
# successes counted by ?:
counts 16 4 'integer good = 0;' 'good = (s === want) ? good + 1 : good;' 'if (good == 16) $display("all good"); else $display("FAILED");'
# flags: a flag set by one failure stays set for later comparisons
counts 16 4 'reg ok = 1;' 'ok = ok & s === want;' 'if (ok) $display("PASS"); else $display("FAIL");'
counts 16 4 'reg bad = 0;' 'bad <= bad | (s !== want);' '#1 if (bad) $display("FAIL"); else $display("PASS");'
counts 16 4 'reg [2:0] diff = 0;' 'diff = diff | (s ^ want);' 'if (diff == 0) $display("PASS"); else $display("FAIL");'
counts 16 4 'int n = 0;' 'n = s === want ? n : n + 1;' '$display("%0d errors", n);'
counts 16 4 'reg res [0:15]; int k;' 'res[i] = s === want;' \
	'for (k = 0; k < 16; k++) if (!res[k]) $display("test %0d failed", k);'
# lines are not comparisons: two for each failure, one for the first only, one more at the end
counts 16 4 'int n = 0;' 'if (s !== want) begin n++; $display("ERROR at %0t", $time); $display("FAIL: s is %0d", s); end' \
	'if (n) $display("TEST FAILED"); else $display("TEST PASSED");'
counts 16 4 'int n = 0;' 'if (s !== want) begin if (n == 0) $display("ERROR"); n++; end' '$display("%0d errors", n);'
counts 16 4 '' 'if (s !== want) $display("%0d is wrong", i);' ''
# assertions, with and without words
counts 16 4 '' 'assert (s === want);' ''
counts 16 4 'int good = 0;' 'assert (s === want) good++; else $error("s is %0d", s);' '$display("%0d good", good);'
# a macro: the line where it is used; a result that a function returns: one check
printf '%s\n' '`define SAME(x, y) if ((x) !== (y)) begin $display("%0t: %h is not %h", $time, x, y); n = n + 1; end' >same.vh
counts 16 4 'int n = 0;
`include "same.vh"' '`SAME(s, want)' '$display("%0d errors", n);'
says '"first_path":"add_tb.sv","first_line":10,'
counts 16 4 'int n = 0; function same(input [2:0] x, input [2:0] y); same = x === y; endfunction' 'if (!same(s, want)) n++;' \
	'$display("%0d errors", n);'
# the testbench's own report, which the simulator prints with its own time, is not a
# check
counts 16 4 'int n = 0;' 'if (s !== want) n++;' '$display("errors=%0d", n); if (n) $error("ended with errors");'
counts 16 4 'int n = 0;' 'if (s !== want) n++;' 'assert (n == 0) else $fatal(0, "there were errors");'
counts 16 4 'int n = 0; real rate;' 'if (s !== want) n++;' 'rate = 100.0 * (16 - n) / 16; if (rate < 100.0) $display("some failed"); else $display("all passed");'
# an expression that Icarus evaluates wrongly
counts 16 4 'int n = 0;' 'if ($countones(s ^ want) > 0) n++;' '$display("%0d errors", n);'
# no comparison: the printed text gives the number of failures; without one it is
# unknown
counts 16 4 'int n = 0;' 'if (s !== want) n++;' '$display("Mismatches: %0d in 16 samples", n);'
sed -i 's/if (s !== want)/if (i > 11)/; s/$display("Mismatches: %0d in 16 samples", n)/if (n) $display("FAIL")/' add_tb.sv
for engine in icarus verilator; do
	status 1 --json sim --engine $engine --no-trace
	says '"failures":null,'
done
# A queue that stays empty: Icarus's foreach would not end.
cat >add_tb.sv <<'END'
module add_tb;
  reg [1:0] a = 1, b = 2; wire [2:0] s; string failed[$];
  add dut (.a(a), .b(b), .s(s));
  initial begin
    #1 if (s !== 3) failed.push_back($sformatf("s is %0d", s));
    foreach (failed[k]) $display("failed: %s", failed[k]);
    if (failed.size() == 0) $display("PASS");
    $finish;
  end
endmodule
END
both 0 "PASS 1 check"
echo "counts: ok"

# Vectors by $fgets and $sscanf: Verilator's $sscanf does not skip the zero bytes before a
# text, and what a loop counted that reads so is printed as it was before the loop.
printf '0 0 0\n1 2 3\n2 2 4\n0 3 3\n' >good.txt
printf '0 0 0\n1 2 3\n3 2 5\n0 3 3\n' >bad.txt
cat >add_tb.v <<'END'
`timescale 1ns/1ns
module add_tb;
  reg [1:0] a, b; reg [2:0] want; wire [2:0] s; reg [8*80:1] line, name; integer f, n, errors, lines;
  add dut (.a(a), .b(b), .s(s));
  initial begin
    if (!$value$plusargs("vectors=%s", name)) $finish;
    errors = 0; lines = 0;
    f = $fopen(name, "r");
    while ($fgets(line, f) != 0) begin
      n = $sscanf(line, "%d %d %d", a, b, want);
      #10 lines = lines + 1;
      if (s !== want) errors = errors + 1;
    end
    $display("%0d lines, %0d errors", lines, errors);
    if (errors == 0) $display("PASS"); else $display("FAIL");
    $finish;
  end
endmodule
END
rm add_tb.sv
for engine in icarus verilator; do
	status 0 sim --engine $engine --no-trace +vectors=good.txt
	says "4 lines, 0 errors"
	says "PASS 4 checks"
	status 1 --json sim --engine $engine --no-trace +vectors=bad.txt
	says '"checks":4,"failures":1,'
	says '"first_time":30,'
done
echo "lines of a file: ok"

# The design counts in steps of two, the testbench expects one.
mkdir -p "$work/two" && cd "$work/two" || exit 1
cat >two.v <<'END'
module two (input clk, input rst, output reg [3:0] q);
  always @(posedge clk) if (rst) q <= 0; else q <= q + 2;
endmodule
END
# fails DECLARATIONS AFTER: a FAIL with both engines, on the line of AFTER.
fails() {
	cat >two_tb.v <<END
module two_tb;
  reg clk = 0, rst = 1, bad = 0; wire [3:0] val; wire [3:0] Q; integer errors = 0, n;
  two dut (.clk(clk), .rst(rst), .q(val));
  two other (.clk(clk), .rst(rst), .q(Q));
  always #5 clk = ~clk;
  $1
  initial begin
    #12 rst = 0; #10;
    $2
    #10 \$finish;
  end
endmodule
END
	both 1 "FAIL two_tb.v:$3"
}
# A task with one result output does not make each of its assignments a result.
fails 'task check(input [3:0] want, output integer steps); begin bad = bad | (val !== want); steps = 0; end endtask' \
	'check(4'"'"'d1, n); if (n) $display("ERROR: too slow"); $display("done %0d", bad);' 6
# A name in capitals that is driven by an instance is not a constant.
fails '' 'if (Q !== 4'"'"'d1 && errors < 10) begin errors = errors + 1; $display("bad value %0d", Q); end' 9
# A check for x that fails is not the end of the vectors.
fails '' 'if (^val === 1'"'"'bx) begin $display("FAIL: x"); $finish; end if (val !== 1) begin errors = errors + 1; $display("FAIL: val is %0d", val); end wait (val == 4); $display("errors %0d", errors);' 9
echo "what is counted all the same: ok"

# A signal that is x until an initial block sets it to 0 falls at time zero.
mkdir -p "$work/ring" && cd "$work/ring" || exit 1
cat >ring.v <<'END'
module ring (input clk, input rst_n, input set, output reg [3:0] q, output reg s);
  always @(posedge clk or negedge rst_n) if (!rst_n) q <= 1; else q <= {q[2:0], q[3]};
  always @(posedge clk or posedge set) if (set) s <= 1; else s <= 0;
endmodule
END
cat >ring_tb.v <<'END'
module ring_tb;
  reg clk, rst_n, set; wire [3:0] q; wire s; integer errors = 0;
  ring dut (.clk(clk), .rst_n(rst_n), .set(set), .q(q), .s(s));
  always #5 clk = ~clk;
  initial begin
    clk = 0; rst_n = 0; set = 1;
    #1 if (q !== 4'd1 || s !== 1'd1) errors = errors + 1;
    #1 rst_n = 1; set = 0;
    #9 if (q !== 4'd2) errors = errors + 1;
    if (errors == 0) $display("PASS"); else $display("%0d errors", errors);
    $finish;
  end
endmodule
END
both 0 "PASS 2 checks"
# A testbench's own process that waits for that edge, before or behind the initial block, may
# look at what is still x: Verilator leaves that edge out.
looks='  always @(negedge clk) if (q == 4'"'"'d0) errors = errors + 1;'
for line in 4 13; do
	sed -i "/negedge clk/d; ${line}a\\$looks" ring_tb.v
	both 0 "PASS "
done
sed -i 's/q <= 1; else/q <= 2; else/' ring.v
both 1 "FAIL ring_tb.v:"
# A comparison made only at time zero, and only about the time, compared nothing.
cat >ring.v <<'END'
module ring (input a, output y); assign y = 0; endmodule
END
cat >ring_tb.v <<'END'
module ring_tb; reg a; wire y; wire ok = y === 1'b1; ring dut (.a(a), .y(y));
  always @(ok) if (!ok && $time > 0) $display("FAIL");
  initial begin a = 0; #10 a = 1; #10 $display("done"); $finish; end
endmodule
END
both 3 "no verdict: the only check in ring_tb.v was not reached while \`\$time > 0\` held"
echo "what happens at time zero: ok"

# An `if` around a check selects: its other branch, its count and a report inside are no failure.
rm -f ./*.v ./*.sv
cat >steps.v <<'END'
module steps (input clk, output reg [7:0] q, output [7:0] at,
    output over); initial q = 0;
  always @(posedge clk) q <= q + 1;
  assign at = q, over = q == 120;
endmodule
END
# selects STATUS WORDS STEP END: the testbench that does STEP at each edge, and at last END.
selects() {
	cat >steps_tb.v <<END
module steps_tb; reg clk = 0; wire [7:0] q, at; wire over; reg [7:0] e = 0, m = 0;
  integer n = 0, errors = 0, good = 0;
  steps dut (.clk(clk), .q(q), .at(at), .over(over));
  always #5 clk = ~clk;
  always @(posedge clk) begin e <= e + 1;
    $3
    if (over) begin $4 \$finish; end
  end
endmodule
END
	both "$1" "$2"
}
count='if (at < 100) m <= q; else begin
      if (q !== e) begin $display("ERROR: q %0d", q); errors = errors + 1; end
      n = n + 1; end'
total='if (n !== 21) begin $display("ERROR: %0d outputs, not 21", n); errors = errors + 1; end
      if (errors == 0) $display("PASS");'
words='if (at < 100) $display("write ok");
    else if (q !== e) begin $display("ERROR: q %0d", q); errors = errors + 1; end'
fails='if (errors != 0) $display("FAIL");'
selects 0 "PASS 21 checks" "$count" "$total"
selects 0 "PASS 21 checks" "$words" ""
selects 0 "PASS 121 checks" 'if (q !== e) errors = errors + 1;' "$fails"
# A report that asks whether it is not so means the opposite.
not_so='if (!(errors == 0)) $display("no way"); else $display("fine");'
not_full='if (!(n == good)) $display("FAIL"); else $display("PASS");'
zero='if (errors == 0) $display("0 errors"); else $display("another day");'
selects 0 "PASS 121 checks" 'if (q !== e) errors = errors + 1;' "$not_so"
selects 0 "PASS 121 checks" 'if (q !== e) errors = errors + 1;' "$zero"
chosen='$display("Result: %0s", errors == 0 ? "SUCCESS" : "FAIL");'
selects 0 "PASS 121 checks" 'if (q !== e) errors = errors + 1;' "$chosen"
selects 0 "PASS 121 checks" 'n = n + 1; if (q === e) good = good + 1;' "$not_full"
late='$display("TEST FAILED: timeout, %0d errors", errors);'
selects 1 "FAIL steps_tb.v:7 TEST FAILED: timeout, 0 errors" 'if (q !== e) errors = errors + 1;' "$late"
sed -i 's/q + 1/q == 109 ? 111 : q + 1/' steps.v
selects 1 "FAIL steps_tb.v:7 ERROR: q 111" "$count" "$total"
selects 1 "FAIL steps_tb.v:7 ERROR: q 111" "$words" ""
selects 1 "FAIL steps_tb.v:6" 'if (q !== e) errors = errors + 1;' "$fails"
selects 1 "FAIL steps_tb.v:6" 'if (q !== e) errors = errors + 1;' "$not_so"
selects 1 "FAIL steps_tb.v:6" 'if (q !== e) errors = errors + 1;' "$zero"
selects 1 "FAIL steps_tb.v:6" 'if (q !== e) errors = errors + 1;' "$chosen"
# What a report wants, or what it fails of, is no count of 0 errors.
want='if (errors != 0) $display("want 0 errors, got %0d", errors); else $display("0 errors");'
with='if (errors != 0) $display("TEST FAILED, expected 0 errors"); else $display("PASS, 0 errors");'
selects 1 "FAIL steps_tb.v:6" 'if (q !== e) errors = errors + 1;' "$want"
selects 1 "FAIL steps_tb.v:6" 'if (q !== e) errors = errors + 1;' "$with"
selects 1 "FAIL steps_tb.v:6" 'n = n + 1; if (q === e) good = good + 1;' "$not_full"
echo "what selects a check: ok"

# A report on a count of another module is no check: nothing was compared, or 16 sums were.
# elsewhere STATUS WORDS CHECKER INSTANCE LOOP REPORT
elsewhere() {
	cat >add_tb.sv <<END
$3
module add_tb;
  reg [1:0] a, b; wire [2:0] s; integer i; reg go = 0; wire [7:0] k;
  add dut (.a(a), .b(b), .s(s));
  $4
  initial begin
    $5 begin {a, b} = i; #10 go = 1; #1 go = 0; end
    $6
    \$finish;
  end
endmodule
END
	both "$1" "$2"
}
rm -f steps*.v
cat >add.v <<'END'
module add (input [1:0] a, input [1:0] b, output [2:0] s);
  assign s = a == 3 ? a + b + 3'd1 : a + b;
endmodule
END
calls='module sums; int n = 0; task same(input [2:0] s, want); if (s !== want) n = n + 1; endtask
endmodule'
port='module sums(input go, input [2:0] s, want, output int n);
  initial n = 0;
  always @(posedge go) if (s !== want) n = n + 1;
endmodule'
good='if (k == 0) $display("PASS"); else $display("FAIL");'
named='if (c.n == 0) $display("PASS"); else $display("FAIL");'
all='for (i = 0; i < 12; i = i + 1)' none='for (i = 0; i < 0; i = i + 1)' wrong='for (i = 8; i < 16; i = i + 1)'
by_port="sums c (.go(go), .s(s), .want(3'd0 + a + b), .n(k));"
by_name="sums c (); always @(posedge go) c.same(s, 3'd0 + a + b);"
elsewhere 0 "PASS 12 checks" "$port" "$by_port" "$all" "$good"
elsewhere 1 "FAIL add_tb.sv:3" "$port" "$by_port" "$wrong" "$good"
elsewhere 3 "no verdict: the only check in add_tb.sv was not reached" "$port" "$by_port" "$none" "$good"
elsewhere 0 "PASS 12 checks" "$calls" "$by_name" "$all" "$named"
elsewhere 1 "FAIL add_tb.sv:1" "$calls" "$by_name" "$wrong" "$named"
elsewhere 3 "no verdict" "$calls" "$by_name" "$none" "$named"
# the count goes to the port by a copy
copy='module sums(input go, input [2:0] s, want, output reg [31:0] k);
  integer m = 0; initial k = 0;
  always @(posedge go) begin m = (s !== want) ? m + 1 : m; k = m; end
endmodule'
wire='module sums(input go, input [2:0] s, want, output [31:0] n);
  integer m = 0; assign n = m;
  always @(posedge go) m = m + (s !== want);
endmodule'
passes='if (k == 0) $display("PASS");'
by_order="sums c (go, s, 3'd0 + a + b, k);"
for sums in "$copy" "$wire"; do
	elsewhere 0 "PASS 12 checks" "$sums" "$by_order" "$all" "$passes"
	elsewhere 1 "FAIL add_tb.sv:3" "$sums" "$by_order" "$wrong" "$passes"
	elsewhere 3 "no verdict" "$sums" "$by_order" "$none" "$passes"
done
echo "reports on another module's count: ok"
