#!/usr/bin/env bash
# `posedge why`: from a check to what it compared, however the testbench reports and counts; and
# what only a check can tell about the design.
# shellcheck disable=SC2016 # SystemVerilog has its own $
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog vvp verilator_bin
source=$(cd "$srcdir/tests/e2e/why" && pwd)

# A check that reports through a task without a condition; and one of a count, which is followed
# to what was counted.
mkdir -p "$work/timers" && cd "$work/timers" || exit 1
cp "$source/timers_tb.sv" .
sed 's/r_asked <= i_lines | r_asked;/r_asked <= i_lines;/' "$source/timers.sv" >timers.sv
status 1 sim --engine icarus --one
says "FAIL timers_tb.sv:44"
status 0 why
says " 1  timers_tb.out = "
sed 's/{4.h0, e_int, b_int, a_int}/{4'"'"'h0, b_int, e_int, a_int}/' "$source/timers.sv" >timers.sv
status 1 sim --engine icarus --one
says "FAIL timers_tb.sv:58"
status 0 why
says " 1  timers_tb.irq = "
silent_on "timers_tb.seen"

# A check that prints when it passes, too, and one that only counts: what differed comes first, not
# what stands first, with and without a task; a flag that is 1 when all is well is asked why it is 0.
either() { # name, the check
	in_new "$1"
	cat >either.v <<-'END'
		module either(input [3:0] d, output [3:0] a, b);
		  assign a = d + 1;
		  assign b = d + 3;
		endmodule
	END
	cat >either_tb.v <<-END
		\`timescale 1ns / 1ns
		module either_tb;
		  reg [3:0] d = 4; wire [3:0] a, b; integer errors = 0;
		  either dut(d, a, b);
		  wire good = a === 5 && b === 6;
		  task both(input [3:0] x, y);
		    if (x === 5 && y === 6) \$display("PASS"); else \$display("FAIL %0d", y);
		  endtask
		  initial begin
		    #10
		    $2
		    if (errors) \$display("%0d errors", errors); else \$display("done");
		    \$finish;
		  end
		endmodule
	END
	status 1 sim --engine icarus --one
	status 0 why
	says " 1  either_tb.$3 = "
}
either equal 'if (a === 5 && b === 6) $display("PASS"); else $display("FAIL %0d", b);' b
either unequal 'if (a !== 5 || b !== 6) $display("FAIL %0d", b); else $display("PASS");' b
either count 'if (a !== 5 || b !== 6) errors = errors + 1;' b
either flag 'if (good) $display("PASS"); else $display("FAIL");' good
says "either.v:3  b = "
either task 'both(a, b);' b

# A check of a net that compares everything at once: of what it compared, the two come first that
# differed, one of a bit and one of a word, as they were before the edge changed the inputs.
match() { # of the reference, of the design
	in_new "match_$1"
	cat >parts.sv <<-END
		module good(input [7:0] d, output a, b, c, output [7:0] e, f);
		  assign a = d[0];
		  assign b = d[1] & d[2];
		  assign c = ^d;
		  assign e = d + 8'd3;
		  assign f = ~d;
		endmodule
	END
	sed -e 's/good/parts/' -e "$2" parts.sv >tested.sv
	cat >match_tb.sv <<-'END'
		module match_tb;
		  reg clk = 0; reg [7:0] d = 0;
		  wire a, b, c, a_want, b_want, c_want; wire [7:0] e, f, e_want, f_want;
		  integer errors = 0, n = 0;
		  good g(d, a_want, b_want, c_want, e_want, f_want);
		  parts p(d, a, b, c, e, f);
		  wire same = {a_want, b_want, c_want, e_want, f_want} === {a, b, c, e, f};
		  always #5 clk = !clk;
		  always @(posedge clk) begin
		    d <= d + 8'd7;
		    n <= n + 1;
		    if (!same) errors = errors + 1;
		    if (n == 100) begin
		      $display("Mismatches: %0d in %0d samples", errors, n);
		      $finish;
		    end
		  end
		  initial begin $dumpfile("w.vcd"); $dumpvars(0, match_tb); end
		endmodule
	END
	status 1 sim --engine icarus --one
	status 0 why
	says " 1  match_tb.same = 0"
	head -n 40 "$work/out" | grep -A 60 "^ 2 " | grep -qE "^ [23]  match_tb.$1 = " || fail "not $1: $(cat "$work/out")"
	grep -B 40 "^ 4 " "$work/out" | grep -q "tested.sv:$3 " || fail "not the line of $1"
}
match c 's/= ^d/= \&d/' 4
match f 's/= ~d/= ~d ^ {d[7], 7'"'"'d0}/' 6

# A constant that is not quite the testbench's is named, a right table is not.
mkdir -p "$work/mac" && cd "$work/mac" || exit 1
cp "$source/mac_tb.sv" .
sed 's/32.hb5c0fbcf/32'"'"'hb5c0fbce/' "$source/mac.sv" >mac.sv
status 1 sim --engine icarus --one
status 0 why
says " 2  a constant of mac_tb.dut.rounds.rom = 'hb5c0fbce"
says "mac.sv:13  rom[4'd2] = 32'hb5c0fbce"
says "only modules below the testbench have 32'hb5c0fbce, only the testbench itself has 32'hb5c0fbcf (mac_tb.sv:102)"
sed 's/length_reg + 8.d4/length_reg + 8'"'"'d1/' "$source/mac.sv" >mac.sv
status 1 sim --engine icarus --one
status 0 why
silent_on "only modules below"

# Nor is anything said of two tables with too many pairs to compare.
in_new tables
tables() { # N: entries of each that the other has not; two are shared, and one is a bit off
	awk -v n="$1" 'function number() {
		return sprintf("%08x%08x", int(rand() * 4294967295), int(rand() * 4294967295))
	}
	function table(name, as, odd,  i) {
		for (i = 0; i < n; i++)
			printf "    %d: %s %s 64'"'"'h%s;\n", i, name, as, number()
		printf "    %d: %s %s 64'"'"'h123456789abcdef1;\n", n, name, as
		printf "    %d: %s %s 64'"'"'hfedcba9876543211;\n", n + 1, name, as
		printf "    %d: %s %s 64'"'"'h%s;\n    default: %s %s 0;\n  endcase\n", n + 2, name, as, odd, name, as
	}
	BEGIN {
		srand(7)
		print "module rom(input clk, input [15:0] a, output reg [63:0] q);"
		print "  always @(posedge clk) case (a)"
		table("q", "<=", "5badcafe12345671")
		print "endmodule\nmodule rom_tb;\n  reg clk = 0;\n  reg [15:0] a = 3;\n  wire [63:0] q;"
		print "  reg [63:0] w;\n  rom dut(clk, a, q);\n  always #5 clk = ~clk;\n  always @* case (a)"
		table("w", "=", "5badcafe12345670")
		print "  initial begin\n    $dumpvars;\n    #22 if (q !== w) $display(\"FAIL: q %h want %h\", q, w);"
		print "    $finish;\n  end\nendmodule"
	}' >rom_tb.v
}
tables 20
status 1 sim --engine icarus --one
status 0 why
says "only modules below the testbench have 64'h5badcafe12345671, only the testbench itself has 64'h5badcafe12345670"
tables 1100
status 1 sim --engine icarus --one
status 0 why
says " 1  rom_tb.q"
silent_on "only modules below"

# Why something did not happen is told at the moment at which least was missing; of several calls
# of a checking task the one is followed whose constants the printed line has.
mkdir -p "$work/usbdev" && cd "$work/usbdev" || exit 1
cp "$source/usbdev_tb.sv" .
sed "s/16'hB001/16'hB002/" "$source/usbdev.sv" >usbdev.sv
status 1 sim --engine icarus --one
says "FAIL usbdev_tb.sv:100 2880 acks: got 0, expected 1"
status 0 why
says " 1  usbdev_tb.ack"
says "usbdev.sv:271  data_ok_w = (crc_q == 16'd45058) & ~line_error_w"
says "it was nearest to another"
# A run that hung has no failing time: the outputs that stopped last begin, and the state that it
# hangs in is among what keeps them.
mkdir -p "$work/tiny" && cd "$work/tiny" || exit 1
cp "$source/tiny_tb.sv" .
sed 's/reg_sh >= 4/reg_sh >= 3/' "$source/tiny.sv" >tiny.sv
status 1 sim --engine icarus --one
says "FAIL tiny_tb.sv:90 ERROR: timeout after 5 outputs"
status 0 why
says " 1  tiny_tb.uut.mem_valid = 0"
says "tiny.sv:187  case cpu_state is 7'd8"
notes "these outputs stopped last"
status 0 --json why --steps 1
says '"signal":"tiny_tb.uut.mem_valid"'
# Not of other waves, nor of a run that passed.
cp .posedge/waves/tiny_tb.vcd "$work/hung.vcd"
status 2 why --wave "$work/hung.vcd"
notes "no failure whose time is known"
cp "$source/tiny.sv" .
status 0 sim --engine icarus --one
status 2 why
notes "no failure whose time is known"
silent_on "stopped last"
# What selects the check, an address here, is not the line that failed.
sed '/instr_addi)/{n;s/reg_op2 <= decoded_imm;/reg_op1 <= decoded_imm;/}' "$source/tiny.sv" >tiny.sv
for engine in icarus verilator; do
	status 1 sim --engine $engine --one
	says "FAIL tiny_tb.sv:104 ERROR: output 8 is "
done

# Nets that meet again and again are no reason to give up.
in_new again
{
	echo 'module again(input clk, input rst, input p, input q, output reg done);'
	for i in $(seq 0 35); do echo "  wire x$i, y$i;"; done
	for i in $(seq 0 34); do
		echo "  assign x$i = x$((i + 1)) & y$((i + 1)), y$i = y$((i + 1)) & x$((i + 1));"
	done
	echo '  assign x35 = p, y35 = q;'
	echo '  always @(posedge clk) if (rst) done <= 0; else if (x0 & y0) done <= 1;'
	echo endmodule
} >again.v
cat >again_tb.v <<'END'
module again_tb;
  reg clk = 0, rst = 1, p = 0, q = 0;
  wire d;
  integer i;
  again dut(clk, rst, p, q, d);
  always #5 clk = ~clk;
  initial begin
    $dumpvars;
    repeat (3) @(negedge clk);
    rst = 0;
    for (i = 0; i < 200; i = i + 1) @(negedge clk) {p, q} = i % 3;
    if (d !== 1'b1) $display("FAIL: done %b want 1", d);
    $finish;
  end
endmodule
END
status 1 sim --engine icarus --one
status 0 why
says "if x0 & y0 is 0"
silent_on "too much would have to be evaluated"

# A count of clocks in a task is followed to what the task waited for, and nothing is said to be
# without a driver that a task assigns.
in_new waits
cat >late.v <<'END'
module late(input clk, input rst, input go, output done, output reg [3:0] q);
  reg [2:0] left;
  assign done = left == 3'd1;
  always @(posedge clk)
    if (rst) left <= 3'd0;
    else if (go) left <= 3'd4;
    else if (left != 3'd0) left <= left - 3'd1;
  always @(posedge clk) q <= {1'b0, left};
endmodule
END
cat >late_tb.v <<'END'
module late_tb;
  reg clk = 0, rst = 1, go = 0;
  wire done;
  wire [3:0] q;
  integer clocks, never = 7;
  reg [3:0] kept [0:7];
  late dut(clk, rst, go, done, q);
  always #5 clk = ~clk;
  task run;
    begin
      @(negedge clk) go = 1;
      @(negedge clk) go = 0;
      clocks = 0;
      while (!done && clocks < 20) begin
        @(negedge clk);
        clocks = clocks + 1;
      end
      if (clocks == 99) never = 8;
      if (clocks !== 4) $display("FAIL: %0d clocks, expected 4", clocks);
    end
  endtask
  initial begin
    $dumpvars;
    repeat (3) @(negedge clk);
    rst = 0;
    run;
    $finish;
  end
endmodule
END
status 1 sim --engine icarus --one
status 0 why
says " 1  late_tb.done = 1"
says "late.v:3  done = left == 3'd1"
status 0 why clocks
says "late_tb.v:16  clocks = clocks + 1"
says "a task assigns it, and the waves do not show which of its statements ran"
silent_on "nothing drives it"
status 0 why never
says "as it was at first, or a task gave it that value: only tasks assign it"
silent_on "nothing else assigns it"

# What a clocked process of the testbench keeps is followed there, though an initial block gave it
# a value first.
sed -i 's/^  task run;/  integer i;\n  initial for (i = 0; i < 8; i = i + 1) kept[i] = 0;\n  always @(posedge clk) if (done) kept[left] <= q;\n  wire [2:0] left = dut.left;\n&/
	s/if (clocks !== 4).*/@(negedge clk);\n      if (kept[1] !== 4) $display("FAIL: kept %0d, expected 4", kept[1]);/' late_tb.v
status 1 sim --engine icarus --one
status 0 why
says " 1  late_tb.kept[1] = 0010"
says "late_tb.v:11  kept[left] <= q"

# Not if the initial block assigns it later, too.
sed -i 's/^  wire .2:0. left = dut.left;/  initial begin @(posedge done); #1 kept[2] = q; end\n&/' late_tb.v
status 1 sim --engine icarus --one
status 0 why
says " 1  late_tb.q = "
silent_on " 1  late_tb.kept"

# A check that is an assertion is followed to what it compares, and of a number that may be of
# several bases the printed line's is taken: "r 2 not 65534".
mkdir -p "$work/nrdiv" && cd "$work/nrdiv" || exit 1
cp "$source/nrdiv_tb.sv" .
sed 's/neg_r <= is_signed && a/neg_r <= is_signed \&\& b/' "$source/nrdiv.sv" >nrdiv.sv
status 1 sim --engine icarus --one
says "r 2 not 65534"
status 0 why
says " 1  nrdiv_tb.r = 'h0002"
says " 2  nrdiv_tb.dut.neg_r = 0"

# What a task gave back is followed to what it read, through tasks that it calls.
mkdir -p "$work/i2cs" && cd "$work/i2cs" || exit 1
cp "$source/i2cs_tb.sv" .
sed 's/st <= DEV; n <= 7; sda_low <= 0;/st <= DEV; sda_low <= 0;/' "$source/i2cs.sv" >i2cs.sv
status 1 sim --engine icarus --one
status 0 why
says " 1  i2cs_tb.low = "

# Counters of loops without a name are in the waves, by another name.
mkdir -p "$work/spim" && cd "$work/spim" || exit 1
cp "$source/spim_tb.sv" .
sed 's/else if (!(cpha && edges == 0)) sh/else sh/' "$source/spim.sv" >spim.sv
status 1 sim --engine icarus --one
says "FAIL mode 1 byte 0"
status 0 why
says " 1  spim_tb.got[6] = "

# An array of counters: the one that failed, by the turn of the loop that counts it, though
# nothing was ever counted.
mkdir -p "$work/deb" && cd "$work/deb" || exit 1
cp "$source/deb_tb.sv" .
sed 's/cnt == STABLE - 1/cnt == STABLE + 9/' "$source/deb.sv" >deb.sv
status 1 sim --engine icarus --one
says "button 0 short=0 long=0 double=0, expected 1 0 0"
status 0 why
says " 1  deb_tb.ns[0] = 'h00000000"
says "conditions: deb_tb.is_short[0] = 0"
silent_on "deb_tb.ns[1]"
silent_on "deb_tb.nl[1]"

# Icarus sorts such blocks by name, loop10 before loop2, and its blocks apart from its loops. The
# second loop of the text fails at bit 1, and the eleventh would say 2.
in_new loops
cat >bits.v <<'END'
module bits(input clk, input d, output reg [3:0] q);
  always @(posedge clk) q[0] <= d;
  always @(posedge clk) q[1] <= 1'b0;
  always @(posedge clk) q[2] <= q[1];
  always @(posedge clk) q[3] <= d;
endmodule
END
{
	printf 'module bits_tb;\n  reg clk = 0;\n  wire [3:0] q;\n  bits dut(clk, 1%s, q);\n' "'b1"
	printf '  always #5 clk = ~clk;\n  initial begin\n    $dumpvars;\n'
	for n in 0 1 2 3 4 5 6 7 8 9; do
		echo "    for (int i = $n; i < $n + 2; i++) @(negedge clk);"
	done
	printf '    for (int i = 2; i < 3; i++) @(negedge clk);\n'
	printf '    for (int i = 0; i < 4; i++) begin\n      #1;\n'
	printf '      if (q[i] !== 1) begin\n        $display("FAIL: a bit is not set");\n'
	printf '        $finish;\n      end\n    end\n  end\nendmodule\n'
} >bits_tb.v
status 1 sim --engine icarus --one
status 0 why
says " 1  bits_tb.q[1] = 0"

# Which of a loop's and a block's counters comes first is not known: no bit is named.
sed -i 's/^    for (int i = 2; .*/    begin int i; i = 2; @(negedge clk); end/' bits_tb.v
status 1 sim --engine icarus --one
status 0 why
says " 1  bits_tb.q = 1001"

# What a memory was given at first is known from one initial block that has it in its text; not
# from two, nor from a file.
in_new memory
cat >memory.v <<'END'
module memory(input clk, input we, input [1:0] a, output reg [7:0] q);
  reg [7:0] mem [0:3];
  integer i;
  initial begin
    for (i = 0; i < 4; i = i + 1) mem[i] = 8'h11;
    // more
  end
  always @(posedge clk) if (we) mem[a] <= q;
  always @(posedge clk) q <= mem[a];
  always @(posedge clk) $display("%h", mem[2]);
endmodule
END
cat >memory_tb.v <<'END'
module memory_tb;
  reg clk = 0;
  wire [7:0] q;
  memory dut(clk, 1'b0, 2'd2, q);
  always #5 clk = ~clk;
  initial begin
    $dumpvars;
    #22 if (q !== 8'h55) $display("FAIL: q %h, expected 55", q);
    $finish;
  end
endmodule
END
printf '22 33 44 66\n' >m.hex
status 1 sim --engine icarus --one
status 0 why 'dut.mem[2]'
says " 1  memory_tb.dut.mem[2] = 'h11"
cp memory.v plain.txt
for also in '    $readmemh("m.hex", mem);' '  end initial begin $readmemh("m.hex", mem);' \
	'  end initial begin mem[2] = 7;'; do
	sed "s|^    // more|$also|" plain.txt >memory.v
	status 1 sim --engine icarus --one
	status 0 why 'dut.mem[2]'
	says " 1  memory_tb.dut.mem[2] = ?"
done

# With --try, changes of the design with which the testbench passes come first.
in_new mends
cat >tens.v <<'END'
module tens(input clk, input rst, input en, output reg [3:0] q);
  wire last = q == 4'd8;
  always @(posedge clk)
    if (rst) q <= 4'd0;
    else if (en) q <= last ? 4'd0 : q + 4'd1;
endmodule
END
cat >tens_tb.v <<'END'
module tens_tb;
  reg clk = 0, rst = 1, en = 1;
  wire [3:0] q;
  reg [3:0] want = 0;
  tens dut(clk, rst, en, q);
  always #5 clk = ~clk;
  initial begin
    $dumpvars;
    repeat (2) @(negedge clk);
    rst = 0;
    repeat (40) begin
      @(negedge clk);
      if (en) want = (want + 1) % 10;
      en = want != 3 || !en;
      if (q !== want) $display("FAIL: q %d, expected %d", q, want);
    end
    $finish;
  end
endmodule
END
status 1 sim --engine icarus --one
status 0 why --try
says "small changes, each on its own:"
says "tens.v:2: number"
says "  + wire last = q == 4'd9;"
says " 1  tens_tb.q = "
[ "$(grep -c ': number$' "$work/out")" = 1 ] || fail "a line is there twice"
status 0 --json why --try
says '"type":"mends","path":"tens.v","line":2,"kind":"number"'
# What passes has nothing to mend, and what no change mends is said.
sed -i "s/4'd8/4'd9/" tens.v
status 0 why --try q @35
notes "the testbench does not fail as it is"
sed -i "s/% 10/% 7 + 1/" tens_tb.v
status 1 sim --engine icarus --one
status 0 why --try
notes "tens_tb passes with none of"

# A condition that is missing. Each change runs once, also if the testbench's own line does not
# say that a check failed.
in_new guards
sed -e "s/4'd8/4'd9/" -e 's/else if (en)/else/' ../mends/tens.v >tens.v
sed -e 's/% 7 + 1/% 10/' -e 's/FAIL: q %d/%0t: gives %d/' -e 's/", q, want/", $time, q, want/' \
	../mends/tens_tb.v >tens_tb.v
status 1 sim --engine icarus --one
status 0 -v "$work/log" why --try
says "tens.v:5: guard"
says "  + else if (en) q <= last ? 4'd0 : q + 4'd1;"
runs=$(grep -oE 'sim variant [0-9]+:' "$work/log" | sort)
[ "$(wc -l <<<"$runs")" -gt 50 ] || fail "only $(wc -l <<<"$runs") runs"
[ -z "$(uniq -d <<<"$runs")" ] || fail "some changes ran twice: $(uniq -d <<<"$runs" | head -3)"

echo "why_checks: all as it should be"
