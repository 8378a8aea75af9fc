#!/usr/bin/env bash
# Hostile designs and failing tools: always a sentence, never a hang.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin g++ iverilog bwrap

mkdir -p "$work/p" && cd "$work/p"
printf 'set sim.run_seconds 2\nset sim.output_mb 1\nset sim.wave_mb 4\n' >"$XDG_CONFIG_HOME/posedge/posedgerc"
echo secret-of-mine >"$HOME/secret"

# tb NAME BODY: a testbench that can fail.
tb() { printf '`timescale 1ns/1ps\nmodule %s;\n  reg clk = 0;\n  %s\n  always @(posedge clk) if (clk === 1%sbx) $error("x");\nendmodule\n' "$1" "$2" "'" >"$1.sv"; }

look_for_isolation

for engine in icarus verilator; do
	tb forever_tb 'always #5 clk = ~clk;'
	status 2 sim forever_tb --engine $engine --no-trace
	says "stopped by the time limit of 2 s (set sim.run_seconds)"
	tb flood_tb 'initial begin while (1) $display("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"); end'
	status 2 sim flood_tb --engine $engine --no-trace
	says "stopped by the output limit of"
	tb disk_tb 'integer f; initial begin f = $fopen("x"); while (1) $fdisplay(f, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"); end'
	status 2 sim disk_tb --engine $engine --no-trace
	says "stopped by the file limit of"
	[ $isolated = yes ] || continue
	tb passwd_tb "integer f, c; initial begin f = \$fopen(\"$HOME/secret\", \"r\"); if (f) begin c = \$fgetc(f); \$display(\"read %0d\", c); end else \$display(\"no file\"); \$finish; end"
	status 3 sim passwd_tb --engine $engine --no-trace
	says "no file"
done
# Time stands still: Icarus runs into its limit, Verilator notices.
tb delta_tb 'initial begin while (1) clk = ~clk; end'
status 2 sim delta_tb --engine icarus --no-trace
says "stopped by the time limit of 2 s (set sim.run_seconds)"
if [ $isolated = yes ]; then
	tb system_tb "initial begin \$system(\"cat $HOME/secret; touch $work/p/made; id -u\"); \$finish; end"
	status 3 sim system_tb --no-trace
	silent_on secret-of-mine
	[ ! -e made ] || fail "\$system wrote into the project"

	# Lint may not read the home folder either.
	printf '`include "%s/secret"\nmodule i;\nendmodule\n' "$HOME" >i.sv
	status 1 lint i.sv
	silent_on secret-of-mine
fi

# A simulation that forks: all its processes end with it.
tb fork_tb 'initial begin $system("sleep 98765 & sleep 98765 & sleep 98765"); $finish; end'
status 2 sim fork_tb --no-trace
says "stopped by the time limit of 2 s (set sim.run_seconds)"
for _ in $(seq 500); do pgrep -f "sleep 98765" >/dev/null || break; sleep 0.01; done # a condition with a limit
if pgrep -f "sleep 98765" >/dev/null; then fail "what it forked lives on"; fi

# Tools that never end, and tools that crash.
mkdir "$work/bad" && printf '#!/bin/sh\nexec sleep 98766\n' >"$work/bad/verilator_bin" && chmod +x "$work/bad/verilator_bin"
printf 'set sandbox none\nset sim.build_seconds 1\n' >>"$XDG_CONFIG_HOME/posedge/posedgerc"
export POSEDGE_BWRAP=/nonexistent
TEST_PATH=$work/bad:$PATH status 2 sim forever_tb --engine verilator
says "stopped by the time limit of 1 s for verilator (set sim.build_seconds)"
if pgrep -f "sleep 98766" >/dev/null; then fail "the tool lives on"; fi
# Nor does Icarus, which is asked where Verilator fails, read them.
printf '#!/bin/sh\nexit 1\n' >"$work/bad/iverilog" && chmod +x "$work/bad/iverilog"
printf '#!/bin/sh\nkill -SEGV $$\n' >"$work/bad/verilator_bin"
TEST_PATH=$work/bad:$PATH status 2 lint fork_tb.sv
notes "crashed"
# Verilator's message when it runs out of memory ("include" of /dev/zero).
printf '#!/bin/sh\necho "terminate called after throwing an instance of std::bad_alloc" >&2\nkill -ABRT $$\n' >"$work/bad/verilator_bin"
TEST_PATH=$work/bad:$PATH status 2 lint fork_tb.sv
notes "verilator_bin needs more than the 4096 MB of memory it may have"
silent_on "crashed"
TEST_PATH=$work/bad:$PATH status 2 sim forever_tb --engine verilator
printf '#!/bin/sh\nprintf "\\0 std::bad_alloc\\n" >&2\nkill -ABRT $$\n' >"$work/bad/verilator_bin"
TEST_PATH=$work/bad:$PATH status 2 lint fork_tb.sv
notes "verilator_bin needs more than the 4096 MB of memory it may have"
# A design may have that name.
printf '#!/bin/sh\necho "%%Error: a.v:1:8: Internal Error: module bad_alloc" >&2\nkill -ABRT $$\n' >"$work/bad/verilator_bin"
TEST_PATH=$work/bad:$PATH status 2 lint fork_tb.sv
notes "crashed"
silent_on "of memory"
unset POSEDGE_BWRAP
sed -i '$d' "$XDG_CONFIG_HOME/posedge/posedgerc"

# Odd files of every kind.
: >empty.sv
status 0 lint empty.sv
head -c 3000 /dev/urandom >binary.sv
status 3 lint binary.sv
says "1 file not read: binary.sv binary data"
printf 'module padded; // a\0b\nendmodule\n\0\0\0' >padded.sv
status 0 lint padded.sv
rm padded.sv
printf 'module crlf;\r\n  wire a;\r\nendmodule\r\n' >crlf.sv
status 0 lint crlf.sv
printf 'module latin; // \xe4\xf6\nendmodule\n' >latin.sv
status 0 lint latin.sv
mkdir 'with blank' && printf 'module blank_tb;\n  reg q = 0; initial begin if (q === 1) $error("x"); $display("PASS 1 checks"); $finish; end\nendmodule\n' >'with blank/blank_tb.sv'
status 0 sim blank_tb
says "PASS 1 check"
# Files with 20 GB of nothing: named at once, in little memory. Not all file systems have them.
# A sanitizer reserves more than any limit allows.
memory=4000000
nm "$builddir/posedge" 2>/dev/null | grep -q __asan_init && memory=unlimited
if truncate -s 20G huge.sv 2>/dev/null; then
	(
		ulimit -v $memory
		status 3 lint huge.sv
		says "1 file not read: huge.sv too large (20480.0 MB)"
		if command -v yosys >/dev/null; then
			status 2 prove huge.sv
			notes "huge.sv was not read: too large (20480.0 MB)"
			status 2 equiv huge.sv crlf.sv
			notes "huge.sv was not read: too large (20480.0 MB)"
		fi
		mkdir -p "$work/clone/.posedge/sessions/20260101-000000-1" && cd "$work/clone"
		truncate -s 20G .posedge/sessions/20260101-000000-1/journal.jsonl
		status 1 log
		notes "damaged at line 1, byte 0: it is longer than any we write"
		status 1 verify
	) || exit 1
	rm huge.sv "$work/clone/.posedge/sessions/20260101-000000-1/journal.jsonl"
fi
status 2 lint gone.sv
notes "no such Verilog file"
status 2 lint /etc/passwd
ln -s /etc/passwd link.sv
status 2 lint link.sv

# Without tools: one sentence with the package, the rest works.
mkdir "$work/bin"
ln -s "$(command -v sh)" "$work/bin/sh"
TEST_PATH=$work/bin status 2 lint crlf.sv
notes "apt-get install verilator"
TEST_PATH=$work/bin status 2 doctor
says "missing  yosys"
TEST_PATH=$work/bin status 0 instance crlf

# Without bubblewrap nothing runs until the user agrees, by a setting or when asked.
rc=$XDG_CONFIG_HOME/posedge/posedgerc
posedge=$builddir/posedge
sed -i '/set sandbox/d' "$rc"
export POSEDGE_BWRAP=/nonexistent
touch_tb='integer f; initial begin f = $fopen("ran"); $display("it ran"); $finish; end'
tb touch_tb "$touch_tb"
runs() { find .posedge/sessions -path '*/runs/*' -type d 2>/dev/null | wc -l; }
before=$(runs)
status 2 sim touch_tb
notes 'set sandbox none'
silent_on "it ran"
printf 'testbench add c cmd:"echo it ran"\n' >>"$rc"
status 2 sim c
silent_on "it ran"
[ "$(runs)" = "$before" ] || fail "a run was recorded"
# A project cannot agree for the user.
echo 'set sandbox none' >.posedgerc
status 2 sim touch_tb
silent_on "it ran"
rm .posedgerc
# A lint runs nothing of the design.
status 0 lint crlf.sv
echo 'set sandbox none' >>"$rc"
status 0 sim blank_tb
notes "without isolation"
sed -i '/set sandbox/d' "$rc"

# asked ANSWER: the same with a terminal.
asked() { echo "$1" | script -qec "'$posedge' sim touch_tb --one" /dev/null >"$work/out" 2>&1 || true; }
if command -v script >/dev/null; then
	asked n
	says "Run it all the same?"
	silent_on "it ran"
	asked y
	says "it ran"
fi

# On the screen.
printf 'run sim touch_tb\nwait your files\nkey n\ngone your files\nrun sim touch_tb\nwait your files\nkey R\nwait was not reached\nrun focus log\nwait without isolation\n' >"$work/keys"
printf 'run bind any F9 sim-unguarded\nwait no key can stand for it\n' >>"$work/keys"
status 0 --script "$work/keys"
exit 0
