#!/usr/bin/env bash
# GTKWave from a project whose path contains a blank, on a display without a window
# manager: the marker at the failure, another time, an added signal, the source, and F6
# on a line of the log. What is shown is queried over GTKWave's own Tcl.
# shellcheck disable=SC2317,SC2016,SC2013 # called by a trap and by name; Tcl has its own $
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog vvp gtkwave Xvfb

project="$work/a project"
xvfb=
at_end() {
	for pid in $(cat "$work"/windows 2>/dev/null); do kill "$pid" 2>/dev/null; done
	[ -z "$xvfb" ] || kill "$xvfb"
}
trap leave EXIT

mkdir -p "$project" && cd "$project" || exit 9
cat >cnt.v <<'V'
module cnt(input clk, input rst, output reg [3:0] q);
  wire [3:0] next = q + 2;
  always @(posedge clk) if (rst) q <= 0; else q <= next;
endmodule
V
cat >cnt_tb.v <<'V'
`timescale 1ns/1ps
module cnt_tb;
  reg clk = 0, rst = 1; wire [3:0] q; reg [3:0] expected = 0;
  cnt dut(clk, rst, q);
  always #5 clk = !clk;
  initial begin
    $dumpfile("w.vcd"); $dumpvars(0, cnt_tb);
    #12 rst = 0;
    repeat (60) begin
      @(negedge clk) expected = expected + 1;
      if (q !== expected) $display("FAIL: q is %0d, not %0d, at %0t", q, expected, $time);
    end
    $finish;
  end
endmodule
V
mkfifo "$work/number"
Xvfb -displayfd 3 -screen 0 1000x700x24 -nolisten tcp 3<>"$work/number" >/dev/null 2>&1 &
xvfb=$!
read -r -t 60 number <"$work/number" || fail "Xvfb did not start"
export DISPLAY=:$number

state=$project/.posedge
opened() { cut -d' ' -f1 "$state/window" >>"$work/windows"; }
ask() { # Tcl
	local tag=test$BASHPID-$RANDOM reply=
	echo "reply $tag {$1}" >"$state/commands"
	until_true grep -qs "^@$tag " "$state/replies" || fail "no reply to $1"
	reply=$(grep "^@$tag " "$state/replies")
	reply=${reply#"@$tag OK "}
	echo "${reply% }"
}
until_true() {
	local end=$((SECONDS + 300))
	until "$@"; do [ $SECONDS -lt $end ] || return 1; done
}
# The time is in sight, and as far from one edge of the window as from the other: in
# pixels and whole units, so to a tenth of it.
centred='set a [gtkwave::getWindowStartTime]; set b [gtkwave::getWindowEndTime];
	expr {abs(([gtkwave::getMarker] - $a) - ($b - [gtkwave::getMarker])) * 10 <= $b - $a}'

status 1 sim
status 2 wave --add dut.next
grep -q 'no window of GTKWave is open' "$work/err" || fail "what there is to add to"
status 0 wave
opened
grep -q 'marker at the first failure' "$work/out" || fail "where it opened"
[ "$(ask 'gtkwave::getMarker')" = 20000 ] || fail "the marker is not at the failure"
status 0 wave --at '300ns'
[ "$(ask 'gtkwave::getMarker')" = 300000 ] || fail "the marker is not at 300 ns"
[ "$(ask "$(echo "$centred" | tr '\n' ' ')")" = 1 ] || fail "300 ns is not in the middle"
before=$(ask 'llength [gtkwave::getDisplayedSignals]')
zoom=$(ask 'gtkwave::getZoomFactor')
status 0 wave --add dut.next
[ "$(ask 'llength [gtkwave::getDisplayedSignals]')" = $((before + 1)) ] || fail "nothing was added"
status 2 wave --add nothing
status 1 sim
status 0 wave
[ "$(ask 'gtkwave::getZoomFactor')" = "$zoom" ] || fail "the zoom is another one after a reload"
[ "$(ask 'llength [gtkwave::getDisplayedSignals]')" = $((before + 1)) ] || fail "the reload lost a signal"

# The line of the log that tells 50000: no unit, but the first failure has the same.
cat >"$work/keys" <<'K'
run sim
gone sim FAIL
wait sim FAIL
key Ctrl-O 4
run filter "at 50000"
key Home
key F6
wait GTKWave shows
K
status 0 --script "$work/keys"
[ "$(ask 'gtkwave::getMarker')" = 50000 ] || fail "F6 on a line did not go to its time: $(ask 'gtkwave::getMarker')"

command -v rtlbrowse >/dev/null && command -v vcd2fst >/dev/null || exit 0
status 0 wave --source
opened
window=$(cut -d' ' -f1 "$state/window")
# Its window runs in the state folder, as a child of GTKWave.
browser() { pgrep -x rtlbrowse -P "$window" >"$work/browser"; }
if command -v pgrep >/dev/null; then
	until_true browser || fail "no window of the source"
	cat "$work/browser" >>"$work/windows"
fi
grep -q '^++ module cnt file src/[01] lines 1 - 4$' "$state/stems" || fail "where cnt stands"
cmp -s "$state/src/0" cnt_tb.v || fail "src/0 is another file"
[ "$(ask 'gtkwave::getDumpFileName')" = "$state/source.fst" ] || fail "what it shows"
status 1 sim
status 0 wave
grep -q 'shows the new waves' "$work/out" || fail "the window with the source was not reloaded"
exit 0
