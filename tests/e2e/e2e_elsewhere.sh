#!/usr/bin/env bash
# A project from another machine, whose sources name files by their paths there: files
# that the project contains are found, and what a run writes stays with the run.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin g++ iverilog

mkdir -p "$work/p/data" "$work/p/sim" && cd "$work/p" || exit 1
echo "11 22 33 44" >data/mem.hex
# tb NAME: reads it, writes the data again, reads that back, and dumps waves.
# shellcheck disable=SC2016 # `define and `include are words
tb() {
	cat >sim/tb.v <<END
module rom #(parameter FILE = "$1") (input [1:0] a, output [7:0] d);
  reg [7:0] m [0:3];
  initial \$readmemh(FILE, m);
  assign d = m[a];
endmodule
module tb;
  reg [1:0] a = 2; wire [7:0] d; integer f, n, got;
  rom u (a, d);
  initial begin
    \$dumpfile("/media/ram disk/tb.vcd"); \$dumpvars(0, tb);
    #1 if (d !== 8'h33) \$error("d is %h", d);
    f = \$fopen("/var/tmp/ann/log.txt", "w"); \$fdisplay(f, "%0d", d); \$fclose(f);
    f = \$fopen("/var/tmp/ann/log.txt", "r"); n = \$fscanf(f, "%d", got); \$fclose(f);
    if (n != 1 || got != 51) \$error("read back %0d", got);
    #1 \$finish;
  end
endmodule
END
}
for engine in icarus verilator; do
	for name in /home/ann/p/data/mem.hex /mem.hex C:/Users/ann/p/data/mem.hex 'D:\\ann\\data\\mem.hex' 'data\\mem.hex'; do
		tb "$name"
		status 0 sim --engine $engine
		says "PASS 2 checks"
		says "waves: "
		notes "reads $name: data/mem.hex of the project is used for it"
		notes "log.txt"
		for outside in /var/tmp/ann "/media/ram disk"; do
			[ ! -e "$outside" ] || fail "it was written outside: $outside"
		done
	done
	# An error on a rewritten line is reported where it was typed.
	sed -i 's/8.h33/8'"'"'h34/' sim/tb.v
	status 1 sim --engine $engine
	says "FAIL sim/tb.v:11 d is 33"
	# A file that the project does not have is not guessed.
	tb /home/ann/other.hex
	status 2 sim --engine $engine
	says "cannot open /home/ann/other.hex"
	notes "sim/tb.v:3 reads /home/ann/other.hex, which is nowhere in the project"
done
status 0 files
says "missing /home/ann/other.hex"
# A name assembled from parts, as in templates of courses.
for engine in icarus verilator; do
	tb /home/ann/p/data/mem.hex
	sed -i 's|readmemh(FILE|readmemh({"/home/ann/p/", "data/mem.hex"}|; s|"/var/tmp/ann/log.txt"|{ "/var/tmp/" ,"ann/log.txt"}|' sim/tb.v
	status 0 sim --engine $engine
	says "PASS 2 checks"
done
# The same for included files, by name or nested; a file of that name also exists
# elsewhere.
mkdir -p "$work/i/inc/deep" "$work/i/old" && cd "$work/i" || exit 1
touch .posedgerc
echo "broken here" | tee old/defs.vh >old/more.vh
echo '`define W 4' >inc/deep/more.vh
tb='module tb;
  reg [`W-1:0] a = 15;
  initial begin #1 if (a !== 15) $error("a is %0d", a); $finish; end
endmodule'
for name in /home/ann/i/inc/defs.vh C:/i/inc/defs.vh 'D:\ann\i\inc\defs.vh' '..\x\inc\defs.vh'; do
	printf '`include "%s"\n%s\n' "$name" "$tb" >tb.v
	printf '`include "%s"\n' "${name%defs.vh}deep/more.vh" >inc/defs.vh
	for engine in icarus verilator; do
		status 0 sim --engine $engine --one
		says "PASS 1 check"
		notes "tb.v:1 includes $name: inc/defs.vh of the project is used for it"
		notes "inc/defs.vh:1 includes ${name%defs.vh}deep/more.vh: inc/deep/more.vh of the project"
	done
	status 0 lint
done
# Windows finds a file whatever the case of its name. If one has it as written, that is meant.
mkdir -p "$work/c/Inc" && cd "$work/c" || exit 1
touch .posedgerc
echo '`define W 4' >Inc/Defs.VH
printf '`include "inc/defs.vh"\n%s\n' "$tb" >tb.v
for engine in icarus verilator; do
	status 0 sim --engine $engine --one
	says "PASS 1 check"
	notes "tb.v:1 includes inc/defs.vh: Inc/Defs.VH of the project is used for it"
done
status 0 lint
mkdir inc && echo '`define W 3' >inc/defs.vh
status 1 sim --engine icarus --one
says "FAIL tb.v:4 a is 7"
cd "$work/i" || exit 1
# A macro gives the path, with or without arguments.
# shellcheck disable=SC2016 # macros of Verilog
for line in '`define P "/home/ann/i/inc/defs.vh"@`include `P // here' \
	'`define IN(x) `"/home/ann/i/inc/x`"@`include `IN(defs.vh) // here'; do
	printf '%s\n%s\n' "${line//@/$'\n'}" "$tb" >tb.v
	for engine in icarus verilator; do
		status 0 sim --engine $engine --one
		says "PASS 1 check"
		notes "tb.v:2 includes /home/ann/i/inc/defs.vh: inc/defs.vh of the project is used for it"
	done
	status 0 lint
done
# Icarus refuses a comment of this kind there, leaves the include out, and builds: no FAIL.
printf '`include "inc/deep/more.vh" /* here */\n%s\n' "$tb" >tb.v
status 1 sim --engine icarus --one
says "did not run: tb.v:1 error malformed"
silent_on "FAIL "
status 0 sim --engine verilator --one
status 0 sim
says "PASS 1 check"
printf 'x\n%s\n' "$tb" >tb.v
sed -i '1s/.*/`include "\/home\/ann\/nowhere.vh"/' tb.v
status 1 lint
says nowhere.vh
# Nothing outside is read this way.
echo '`define W 4' >"$work/outside.vh"
sed -i "1s|.*|\`include \"$work/outside.vh\"|" tb.v
status 1 lint
cd "$work/p" || exit 1
tb /home/ann/other.hex
# System files that every program can use are available to a testbench that asks for
# them.
mkdir ../seeds && cd ../seeds || exit 1
touch .posedgerc
cat >seed_tb.sv <<'END'
module seed_tb;
  integer f, n; reg [31:0] a = 0, z = 1;
  initial begin
    f = $fopen("/dev/urandom", "rb"); n = $fread(a, f); $fclose(f);
    if (n != 4) $error("read %0d of 4", n);
    f = $fopen("/dev/zero", "rb"); n = $fread(z, f); $fclose(f);
    if (z !== 0) $error("zero is %h", z);
    $finish;
  end
endmodule
END
for engine in icarus verilator; do
	status 0 sim --engine $engine --one
	says "PASS 1 check"
done
cd ../p || exit 1

# The waves contain the design and no signals of ours, however much is dumped.
sed -i 's/dumpvars(0, tb)/dumpvars/; s|/home/ann/other.hex|/mem.hex|; s/8.h34/8'"'"'h33/' sim/tb.v
status 0 sim --engine icarus
grep -q "scope module rom" .posedge/waves/sim.tb.vcd || grep -q "scope module u " .posedge/waves/sim.tb.vcd || fail "no waves of the design"
grep -q "scope module posedge" .posedge/waves/sim.tb.vcd && fail "the waves hold what counts the checks"
exit 0
