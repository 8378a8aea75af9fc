#!/usr/bin/env bash
# A FAIL quotes the message of the check that failed, also when it is printed by a
# called task, followed by a summary, or preceded by other output of the same task.
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog vvp

mkdir -p "$work/p" && cd "$work/p" || fail "no folder"
cat >cnt.v <<'V'
module cnt(input clk, input rst, output reg [3:0] q);
  always @(posedge clk) if (rst) q <= 0; else q <= (q == 2) ? 5 : q + 1;
endmodule
V
# bench NAME BAD END ITEMS: what the bad side is, what stands at the end, tasks.
bench() {
	cat >"$1_tb.v" <<-V
	\`timescale 1ns/1ps
	module $1_tb;
	  reg clk = 0, rst = 1; wire [3:0] q; reg [3:0] e; integer n = 0, i;
	  cnt d(clk, rst, q);
	  always #5 clk = ~clk;
	  $4
	  initial begin
	    e = 0; #12 rst = 0;
	    for (i = 0; i < 6; i = i + 1) begin
	      @(negedge clk); e = e + 1;
	      if (q !== e) begin $2; end
	    end
	    $3
	    \$finish;
	  end
	endmodule
	V
}
# said NAME LINE WORDS
said() {
	status 1 sim "$1_tb.v" --engine icarus --one
	says "FAIL $1_tb.v:$2 $3"
}
line='task line(input [3:0] a, b); begin $display("  seen: at %0t %0d for %0d", $time, a, b); end endtask'
show='task show; line(q, e); endtask task tell; begin show; n = n + 1; end endtask'

# Three tasks deep, without a word for failure; below it a summary that has one.
bench deep 'tell' '' "$show
$line"
said deep 12 'seen: at 40000 5 for 3'
bench sum 'tell' 'if (n == 0) $display("all good"); else $display("FAILED: %0d errors", n);' "$line $show"
said sum 11 'seen: at 40000 5 for 3'
bench last 'n = n + 1; $display("%0d is odd", q)' 'if (n) $display("TEST FAILED");' ''
said last 11 '5 is odd'

# A task that others call as well: identified by the word it is given, or by its time.
say='task say(input [8*30:1] m); $display("[%0t] %0s", $time, m); endtask'
bench word 'n = n + 1; say("this is odd")' '' "$say
  initial say(\"it begins\"); always @(posedge clk) say(\"an edge\");"
said word 12 '[40000] this is odd'
bench shared 'n = n + 1; line(q, e)' '' "$line
  always @(posedge clk) line(q, 0);"
said shared 12 'seen: at 40000 5 for 3'

# A correct design passes, whatever is printed on the way.
sed -i 's/(q == 2) ? 5 : q/q/' cnt.v
for t in deep sum last word shared; do
	status 0 sim "${t}_tb.v" --engine icarus --one
	says "PASS 6 checks"
done
# A task that drives the design is not a complaint, although it prints.
cat >drive_tb.v <<'V'
module drive_tb;
  reg clk = 0, rst = 1; wire [3:0] q; reg [3:0] last = 0;
  cnt d(clk, rst, q);
  always #5 clk = ~clk;
  task again; begin $display("expected and got"); rst = 1; @(negedge clk); rst = 0; end endtask
  initial begin @(negedge clk); if (q !== last) again; #40 if (q !== 4) again; $finish; end
endmodule
V
status 3 sim drive_tb.v --engine icarus --one
says "no verdict"

# A number in the message of a check is what was compared, not how many were wrong; also
# when it is 0, and when a later line says that all is done.
i=0
while IFS= read -r message; do
	i=$((i + 1))
	cat >values_tb.v <<V
module values_tb;
  reg clk = 0, rst = 1; wire [3:0] q; reg [3:0] want = 0; integer i;
  cnt d(clk, rst, q);
  always #5 clk = ~clk;
  initial begin
    @(negedge clk) rst = 0;
    for (i = 0; i < 3; i = i + 1) begin
      @(negedge clk) want = want + 1;
      if (q != want) \$display($message);
    end
    \$display("simulation done");
    \$finish;
  end
endmodule
V
	printf 'module cnt(input clk, rst, output reg [3:0] q); always @(posedge clk) q <= rst ? 0 : q + 1; endmodule\n' >cnt.v
	engine=icarus && [ $((i % 4)) = 0 ] && engine=verilator
	status 0 sim values_tb.v --engine $engine --one
	says "PASS 3 checks"
	sed -i 's/q + 1/0/' cnt.v
	status 1 sim values_tb.v --engine $engine --one
	says "FAIL values_tb.v:9 "
done <<'M'
"ERROR (%0d): q is wrong", i
"q incorrect (%h)", q
"mismatch (%0d)", q
"Output error: %0d", q
"%0d failed", i
"%d incorrect, should be %d", q, want
"FAILED %b (%b)", q, want
"time %0d: error %d", $time, q
M
