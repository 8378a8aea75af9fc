#!/usr/bin/env bash
# What the user needs to know of a run that came to nothing, or of an error whose cause is
# elsewhere: in the text, and with --json.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin g++ iverilog

mkdir -p "$work/p" && cd "$work/p" || exit 1
printf 'set sim.run_seconds 2\n' >"$XDG_CONFIG_HOME/posedge/posedgerc"

# A wait in vain, in each form, and what ends it.
lamp() { # the body of the testbench; lit comes three edges after go
	cat >lamp_tb.v <<-V
	module lamp (input clk, go, output reg lit = 0, dark = 1, output never);
	  reg [1:0] n = 0; assign never = 0;
	  always @(posedge clk) begin if (go) n <= n + 1; lit <= n == 3; dark <= n != 3; end
	endmodule
	module lamp_tb;
	  reg clk = 0, go = 0; wire lit, dark, never;
	  lamp dut (clk, go, lit, dark, never);
	  always #5 clk = ~clk;
	  initial begin $1 if (dut.n !== 3) \$display("FAIL"); \$finish; end
	  initial begin #300 \$display("the end"); \$finish; end
	endmodule
	V
}
vain() { # STATEMENT NAME WHAT
	lamp "#1 $1" # after the initial values
	for engine in icarus verilator; do
		status 3 sim --engine $engine --one
		notes "lamp_tb.v:9 waits for \`$2\`, which never $3 in this run"
	done
}
vain 'wait (lit);' lit 'becomes 1'
vain 'wait (never === 1);' never 'becomes 1'
vain 'wait (!dark);' dark 'becomes 0'
vain '@(posedge lit);' lit 'becomes 1'
vain '@(never);' never 'changes'
vain 'wait (dut.lit);' dut.lit 'becomes 1'
# A value that is x at first, then 0, changes, and is never 1.
lamp 'wait (lit);'
sed -i 's/lit = 0,/lit,/' lamp_tb.v
status 3 sim --engine icarus --one
notes 'waits for `lit`, which never becomes 1'
# Waits that end are not named, nor one that is over at once; then the $finish is.
for wait in 'wait (dark);' '@(posedge clk);' 'wait (clk == 1);' 'wait (never == 0);' '@(negedge clk);'; do
	lamp "$wait #400"
	status 3 sim --one
	notes '$finish in lamp_tb.v:9 or $finish in lamp_tb.v:10 may come too early'
	silent_on 'waits for'
done
# With x on the clock that is the reason.
lamp '@(posedge clk);'
sed -i 's/reg clk = 0,/reg clk,/' lamp_tb.v
status 3 sim --engine icarus --one
notes 'the clock lamp_tb.clk is x for the whole run'
# A run that checked something needs no such notes.
lamp '#1 go = 1; repeat (3) @(posedge clk); #1'
status 0 sim --one
silent_on 'too early'

# A design that ends the run; $stop.
cat >lamp_tb.v <<'V'
module lamp (input clk, output reg q = 0);
  always @(posedge clk) begin q <= 1; if (q) $finish; end
endmodule
module lamp_tb; reg clk = 0; wire q; lamp dut (clk, q); always #5 clk = ~clk;
  initial begin #90 if (q !== 1) $display("FAIL"); $stop; end
endmodule
V
status 3 sim --one
notes '$finish in lamp_tb.v:2 or $stop in lamp_tb.v:5 may come too early'
"$posedge" sim --one --json 2>/dev/null | grep -q '{"type":"note","text":"$finish in lamp_tb.v:2 or' || fail "no note with --json"

# Random numbers differ between simulators, also after $urandom(7).
cat >lamp_tb.v <<'V'
module lamp (input [31:0] a, output [31:0] y); assign y = a; endmodule
module lamp_tb; reg [31:0] a; wire [31:0] y; lamp dut (a, y);
  initial begin a = $random; #1 if (y !== 32'h12153524) $display("FAIL %h", y); $finish; end
endmodule
V
status 0 sim
says 'Usually the random numbers: each simulator draws its own'

# Delays of paths; a $fatal without its number.
cat >lamp_tb.v <<'V'
module lamp (input a, output y);
  assign y = ~a;
  specify (a => y) = 3; endspecify
endmodule
module lamp_tb; reg a = 0; wire y; lamp dut (a, y);
  initial begin #9 a = 1; #1 if (y !== 1) $display("FAIL"); $finish; end
endmodule
V
status 1 sim --one
notes 'the path delays in lamp_tb.v:3 (specify) are left out'
sed -i 's/1) \$display/0) $display/' lamp_tb.v
status 0 sim --one
silent_on 'specify'
printf 'module lamp_tb; reg a = 1; wire y; assign y = ~a; initial begin #1 if (y !== 1) $fatal("y is %%b", y); $finish; end endmodule\n' >lamp_tb.sv
rm lamp_tb.v
status 2 sim --engine icarus --one
notes 'lamp_tb.sv:1: the first argument of $fatal is a number: write $fatal(1, "...")'

# Expected values that are x in their file: no simulator of two states can leave them out.
printf '1 // of a = 0\nx\n0\n1\n' >want.mem
cat >lamp_tb.sv <<'V'
module lamp (input [1:0] a, output y); assign y = ~a[1] | a[0]; endmodule
module lamp_tb; reg [1:0] a; wire y; lamp dut (a, y); reg e [0:3]; integer i, err;
  initial begin $readmemb("want.mem", e); err = 0;
    for (i = 0; i < 4; i = i + 1) begin a = ~i; #1; if (e[i] !== 1'bx && y !== e[i]) err = err + 1; end
    $display("errors %0d", err); $finish; end
endmodule
V
status 1 sim --engine verilator --one
notes 'want.mem has x or z, which Verilator does not have'
printf '1\n1\n0\n0\n' >want.mem
status 1 sim --engine verilator --one
silent_on 'x or z'

# A loop in which no time passes.
cat >lamp_tb.sv <<'V'
module lamp (input a, output y); assign y = a; endmodule
module lamp_tb; reg a = 0; wire y; lamp dut (a, y); integer n = 0;
  initial begin #5 if (y !== 0) $display("FAIL"); $finish; end
  initial begin #2
    while (n < 4) a = ~a;
  end
endmodule
V
status 2 sim --engine icarus --one
says 'but: lamp_tb.sv:5 this loop never ends once it is entered: no time passes in it'

# Hints of a failed build.
rm lamp_tb.sv
cat >lamp_tb.v <<'V'
module lamp (input a, output y); assign y = a;
module lamp_tb; reg a; wire y; lamp dut (a, y);
  initial begin a = 1; #1 if (y !== 1) $display("FAIL"); $finish; end
endmodule
V
for engine in icarus verilator auto; do
	case $engine in icarus) status 1 sim --engine icarus ;; *) status 2 sim --engine $engine ;; esac # no error of Verilator's
	says 'the module lamp that begins in line 1 is still open here: an endmodule is missing'
	"$posedge" sim --engine $engine --json 2>/dev/null |
		grep -q '"type":"finding","path":"lamp_tb.v","line":[24],.*"hint":"the module lamp that begins' || fail "no hint with --json ($engine)"
done

# The only module without ports that instantiates something is the testbench.
mkdir "$work/two" && cd "$work/two" || exit 1
printf 'module inv (input a, output y); assign y = ~a; endmodule\n' >inv.v
printf 'module scratch; initial begin #1 $display("FAIL"); $finish; end endmodule\n' >scratch.v
printf 'module try; reg a = 0; wire y; inv i(a, y); initial begin #1 if (y !== 1) $display("FAIL"); $finish; end endmodule\n' >try.v
status 0 sim --one
says 'PASS 1 check'
printf 'module try2; reg a = 1; wire y; inv i(a, y); initial begin #1 if (y !== 0) $display("FAIL"); $finish; end endmodule\n' >try2.v
rm -rf .posedge
status 2 sim --one
notes 'has several testbenches: scratch, try, try2'
