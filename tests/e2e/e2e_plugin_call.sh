#!/usr/bin/env bash
# shellcheck disable=SC2016 # modules and shells are texts with $ in them
# Each kind of extension a plugin can add and each function it can call, exercised by
# tests/lib/probe.c. What it passes is checked, one that hangs is abandoned, older
# plugins load, and those for another version do not.
. "${srcdir:?}/tests/lib/lib.sh"

probe=$builddir/tests/lib/probe.so
mkdir -p "$work/p" && cd "$work/p"
cat >rtl.sv <<'END'
module rtl (input logic clk, output logic q);
  always_ff @(posedge clk) q <= 1;
endmodule
END
cat >rtl_tb.sv <<'END'
module rtl_tb;
  logic clk, q;
  rtl dut (.clk, .q);
  initial $finish;
endmodule
END
rc=$XDG_CONFIG_HOME/posedge/posedgerc
printf 'set engine fake\nbackend add f fake text=nothing\\nto\\nsay\nset backend f\n' >"$rc"
p() { status 0 --plugin "$probe" probe "$@"; }

# Versions of the interface, and structure sizes within one.
status 0 --plugin "$builddir/tests/lib/probe_other.so" version
notes "made for version 2 of the interface, this is 1"
status 1 --plugin "$builddir/tests/lib/probe_v1.so" old
says "version 1 was told of 0 and 42"

# Functions that only read.
p files
says "file rtl.sv"
p read rtl.sv
says "always_ff @(posedge clk) q <= 1;"
for path in ../p/rtl.sv /etc/passwd .posedge/x a/.git/config nothing.sv; do
	status 2 --plugin "$probe" probe read "$path"
	silent_on "root:"
done
notes "probe: nothing.sv: there is no such file"
mkdir .hid && echo x >.hid/x
status 2 --plugin "$probe" probe read .hid/x
notes ".hid/x: a hidden file or folder is not the project's"
p design
says "top rtl sv"
says "rtl.sv $(wc -c <rtl.sv)"
status 2 --plugin "$probe" probe design nobody
notes "module nobody: no file defines it"

# Without its prerequisite, each says so.
p nothing
[ "$(grep -c '^no .*: plugin probe: [a-z_]*() needs ' "$work/out")" = 15 ] || fail "not all say what they lack: $(cat "$work/out")"

# Functions that act: recorded as if the user had done it.
export POSEDGE_FAKE_LINT='%Warning-WIDTH: rtl.sv:1:1: wide'
p lint
says "findings 1"
says "risk rtl.sv"
p findings
says "risk rtl.sv"
POSEDGE_FAKE_RUN='PASS 3 checks' p sim
says "rtl_tb pass"
status 0 log
says "rtl_tb"
p ask "what is it?"
says "answer: nothing"
status 0 log
says "what is it?"
p propose rtl.sv "module rtl; endmodule
"
notes "a suggestion for rtl.sv waits"
grep -q always_ff rtl.sv || fail "a plugin wrote a file"
status 0 review
says "plugin probe"
for path in ../x.sv .git/hooks/x /tmp/x; do
	status 2 --plugin "$probe" probe propose "$path" text
done
status 2 --plugin "$probe" probe propose rtl.sv "$(cat rtl.sv)
"
notes "that changes nothing"

# Notifications that arrive while it waits are delivered after the call.
printf '/probe lint\n/probe sim\n/probe counts\n/quit\n' | POSEDGE_FAKE_RUN='PASS 1 checks' TERM=dumb \
	timeout 600 "$posedge" --plugin "$probe" --plain >"$work/out" 2>"$work/err" ||
	fail "plain ended with $?"
says "told of findings 1"
says "told of runs 1"

# A tool for the model, called by another program that may call tools.
printf '%s\n' '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}' \
	'{"jsonrpc":"2.0","id":2,"method":"tools/list"}' |
	timeout 600 "$posedge" --plugin "$probe" mcp >"$work/out" 2>"$work/err"
silent_on probe_greet # only our own are for other programs
cat >"$work/model" <<'END'
#!/usr/bin/env bash
in=$(cat)
printf '%s\n' "$in" >>"$0.requests"
case $in in
*'hello, {'*) echo '{"text":"it greets","finish":"stop"}' ;;
*'nobody is greeted'*) echo '{"text":"it does not","finish":"stop"}' ;;
*WHO*) echo '{"call":{"id":"c","name":"probe_greet","arguments":{"name":"nobody"}},"finish":"tools"}' ;;
*) echo '{"call":{"id":"c","name":"probe_greet","arguments":{"name":"you"}},"finish":"tools"}' ;;
esac
END
chmod +x "$work/model"
printf 'backend add m exec cmd="%s"\nset backend m\nset tools.policy probe_greet=allow\nset mode assist\n' "$work/model" >>"$rc"
status 0 --plugin "$probe" ask --fresh "greet me"
says "it greets"
grep -qF 'Greets somebody.' "$work/model.requests" || fail "the model was not told of the tool"
status 0 --plugin "$probe" ask --fresh "WHO is there?"
says "it does not"

printf 'set engine fake\n' >"$rc"

# An exporter, and where it goes.
status 0 --plugin "$probe" export --as probe -o out.txt
events=$(sed -n 's/^events //p' out.txt)
grep -q '"type":"ask"' out.txt || fail "the exporter got no events"
[ "$(grep -c '^{' out.txt)" = "$events" ] || fail "not an event a line"
status 2 --plugin "$probe" export --as other
notes "no plugin exports that; there are probe (the events, counted)"
status 2 export --as probe
notes "no plugin that exports is loaded"
status 2 --plugin "$probe" export --as probe --html
notes "one at a time"

# A backend: the plugin's own, which nests calls of the plugin, fails, is listed.
backend() { printf 'set engine fake\nplugin probe\nbackend add b probe model=small %s\nset backend b\n' "$1" >"$rc"; }
mkdir -p "$XDG_DATA_HOME/posedge/plugins" && cp "$probe" "$XDG_DATA_HOME/posedge/plugins/probe.so"
backend ""
status 0 ask --fresh "and you?"
says "small was asked: and you?"
status 0 probe ask "in a call"
says "small was asked: in a call"
backend mode=nested
status 0 ask "x"
says "file rtl.sv"
backend mode=fail
status 2 ask "x"
notes "this model is asleep"
backend mode=tokens
status 0 --json ask --fresh "how much?"
says '"kind":"reasoning","text":"what is asked?"'
says '"finish":"stop","model":"small","error":"","cut":false,"in":1234,"out":56,"cached":1000'
backend mode=cut
status 1 --json ask --fresh "how much?"
says '"finish":"length"'
notes "cut off by the limit of its length"
backend colour=red
status 0 probe files
notes "option colour=red is not known to probe"
# With tools in a turn: each call is run, answered, and told to the plugin in the next round.
backend ""
printf 'set mode assist\n' >>"$rc"
POSEDGE_PROBE=tools status 0 ask --fresh "use them"
says "turn 2: call c1 read_file done: {\"path\":\"rtl.sv\"}"
says "turn 3: result c1 read_file done: "
says "turn 2: call made1 no_such done: {}"
says "turn 3: result made1 no_such failed: there is no tool no_such"
status 0 log
says "read_file"
printf 'set mode ask\n' >>"$rc"
POSEDGE_PROBE=tools status 1 ask --fresh "without them"
says "tools 0"
notes "the model called a tool, and none was offered to it"
printf 'set engine fake\nplugin probe\n' >"$rc"
status 0 help backend
says "says what it was asked"

# An engine: its lint, and its run, whose verdict is posedge's.
last_run() { printf '%s\n' .posedge/sessions/*/runs/* | sort -V | tail -n 1; }
printf 'plugin probe\nset engine probe\n' >"$rc"
status 1 lint
says "looked at"
POSEDGE_PROBE_PRINTS='ERROR: q is 3, not 4' status 1 sim rtl_tb
says "FAIL"
POSEDGE_PROBE_PRINTS='all is well, trust me' status 3 sim rtl_tb
POSEDGE_PROBE=broken status 2 sim rtl_tb
notes "the engine is broken"
POSEDGE_PROBE=waves POSEDGE_PROBE_PRINTS='ERROR: q is 3, not 4' status 1 sim rtl_tb
status 0 wave --plain
says "t=7 ns: q 0->1"
POSEDGE_PROBE=waves_link POSEDGE_PROBE_PRINTS='ERROR: q is 3, not 4' status 1 sim rtl_tb
notes "the engine's waves are not kept: they are not a regular file"
[ ! -L "$(last_run)/wave.vcd" ] || fail "a link is left in the run's folder"
POSEDGE_PROBE=waves POSEDGE_PROBE_PRINTS='ERROR: no waves' status 1 sim rtl_tb --no-trace
silent_on "waves:"
POSEDGE_PROBE=waves_fail status 2 sim rtl_tb
notes "after the waves"
[ ! -e "$(last_run)/wave.vcd" ] || fail "waves of a run that failed are left in its folder"
# Files that exist before the run are not its output.
last=$(last_run)
for n in $(seq 20); do
	next=${last%/*}/$((${last##*/} + n))
	mkdir -p "$next" && echo '$enddefinitions $end #0' >"$next/wave.vcd"
done
POSEDGE_PROBE_PRINTS='ERROR: q is 3, not 4' status 1 sim rtl_tb
silent_on "waves:"
ran=$(ls -d .posedge/sessions/*/runs/*/output.txt | sort -V | tail -n 1)
[ -e "${ran%/*}" ] && [ "${ran%/*}" != "$last" ] || fail "the run has none of these folders: $ran"
[ ! -e "${ran%/*}/wave.vcd" ] || fail "the waves of another run are in the folder"
POSEDGE_PROBE=program status 2 sim rtl_tb
notes "no-such-program-here is not installed"
POSEDGE_PROBE=program status 2 lint
notes "no-such-program-here is not installed"
status 0 doctor
says "of the plugin probe"
printf 'set engine fake\n' >"$rc"

# Its arguments are checked, in start() and in calls.
refused() {
	status 0 --plugin "$probe" version
	notes "plugin probe: it did not start: $1"
}
POSEDGE_PROBE=name refused "command ../x y: a name has"
POSEDGE_PROBE=help refused "command probe: a text of one line"
POSEDGE_PROBE=taken refused "command lint"
POSEDGE_PROBE=small refused "commands: its description is too small"
POSEDGE_PROBE=schema refused "tool probe_greet: its schema must be a JSON object"
POSEDGE_PROBE=early refused "this can be asked for in a call only"
POSEDGE_PROBE=no_start status 2 --plugin "$probe" probe files
notes "its plugin did not start"
POSEDGE_PROBE=no_start status 2 --plugin "$probe" export --as probe
POSEDGE_PROBE=status status 2 --plugin "$probe" probe files
notes "the plugin probe gave the status 7"
for what in bytes flood late report; do
	status 2 --plugin "$probe" probe $what
done
status 2 --plugin "$probe" probe bytes
notes "it printed what is no UTF-8"
status 2 --plugin "$probe" probe flood
notes "it printed more than 64 MB"
status 2 --plugin "$probe" probe lines 1 other
notes "the plugin added none of that name"
status 2 --plugin "$probe" probe lines 10001
notes "10001 lines, more than 10000"
p lines 10000

# A program: in a folder of its own, without home and network, stopped in time.
status 2 --plugin "$probe" probe program no_such_program
notes "no_such_program is not installed"
look_for_isolation
if [ $isolated = yes ]; then
	touch "$HOME/here" rtl_here
	mkdir "$work/tmp" && export TMPDIR=$work/tmp
	p program sh -c 'cat in.txt; cp in.txt out.txt; ln -s /etc/passwd none.txt; ls -a "$HOME" / >&2; exit 3'
	says "status 3"
	says "out given"
	says "result given"
	grep -q "result given" "$work/out" && silent_on "root:x"
	silent_on rtl_here
	grep -qx here "$work/out" && fail "it sees the home folder"
	status 2 --plugin "$probe" probe program sh -c 'sleep 60'
	notes "not done after 2 s"
	POSEDGE_PROBE=patient status 2 --plugin "$probe" probe program sh -c 'yes too much'
	notes "printed more than 16 MB"
	[ -z "$(ls "$work/tmp")" ] || fail "a folder was left"
fi

# Waves of a run, as they are.
status 2 --plugin "$probe" probe waves rtl_tb.q
notes "the last run kept no waves: it wrote none"
if command -v iverilog >/dev/null && [ $isolated = yes ]; then
	cat >w_tb.sv <<-'END'
	module w_tb;
	  logic q = 0, want = 0;
	  initial begin
	    #5 q = 1;
	    #7 q = 0;
	    #3;
	    if (q !== want) $error("q is %b", q);
	    $finish;
	  end
	endmodule
	END
	status 0 sim w_tb --engine icarus
	p waves w_tb.q
	says "end 15"
	printf '0 0\n1 5\n0 12\n' | diff - <(sed -n '/^[01] /p' "$work/out") || fail "the changes are others"
fi

# It is unloaded when everything is done.
POSEDGE_PROBE=stops p files
notes "the probe stops"

# One that waits is told that it is cancelled; one that computes forever is abandoned.
interrupt() {
	local pid got=0 now=no
	POSEDGE_PROBE=stops "$posedge" --plugin "$probe" probe "$1" >"$work/out" 2>"$work/err" </dev/null &
	pid=$!
	for _ in $(seq 600); do
		grep -q "s now" "$work/err" && now=yes && break
		kill -0 $pid || break
		sleep 0.1
	done
	kill -TERM $pid
	[ $now = yes ] || fail "probe $1 did not begin"
	wait $pid || got=$?
	[ $got = 2 ] || fail "probe $1 ended with $got when it was interrupted"
}
interrupt wait
notes "the probe stops"
interrupt hang
notes "cancelled, but it did not return"
silent_on "the probe stops"
exit 0
