#!/bin/bash
# The viewer port with the real GTKWave on a private display; what it shows is queried
# over GTKWave's own Tcl. Also without a display, and with a GTKWave without Tcl.
set -u
show=$builddir/tests/lib/show_waves
dir=$(mktemp -d "${TMPDIR:-/tmp}/posedge gtkwave.XXXXXX") || exit 1
state="$dir/state dir"
xvfb=
windows=()

# shellcheck disable=SC2317 # the trap calls it
cleanup() {
	for pid in "${windows[@]}"; do kill "$pid" 2>/dev/null; done
	[ -n "$xvfb" ] && kill "$xvfb" 2>/dev/null && wait "$xvfb" 2>/dev/null
	rm -rf "$dir"
}
trap cleanup EXIT

fail() {
	echo "FAIL: $*" >&2
	cat "$state/log" "$state/replies" >&2 2>/dev/null
	exit 1
}

is() { # what, got, wanted
	[ "$2" = "$3" ] || fail "$1: got '$2', wanted '$3'"
}

has() {
	case $2 in *"$3"*) ;; *) fail "$1: '$3' is not in '$2'" ;; esac
}

dump() { # file, name of the top module, last time
	cat > "$1.tmp" <<-EOF
	\$timescale 1ps \$end
	\$scope module $2 \$end
	\$var reg 4 " q [3:0] \$end
	\$var reg 1 ! clk \$end
	\$var reg 1 # rst \$end
	\$scope module dut \$end
	\$var reg 3 % state [2:0] \$end
	\$var integer 32 & n [31:0] \$end
	\$var reg 1 ' one [0:0] \$end
	\$var reg 8 ( byte \$end
	\$upscope \$end
	\$upscope \$end
	\$enddefinitions \$end
	#0
	0!
	1#
	b0 "
	b1 %
	#5000
	1!
	0#
	b1 "
	#10000
	0!
	#15000
	1!
	b10 "
	b100 %
	#$3
	EOF
	mv "$1.tmp" "$1"
}

now_window() {
	window=$(cut -d' ' -f1 "$state/window")
	windows+=("$window")
}

ask() { # Tcl
	local tag=test$BASHPID-$RANDOM reply=
	echo "reply $tag {$1}" > "$state/commands"
	for _ in $(seq 200); do
		reply=$(grep -s "^@$tag " "$state/replies") && break
		kill -0 "$window" 2>/dev/null || fail "GTKWave ended"
		perl -e 'select undef, undef, undef, 0.05' 2>/dev/null
	done
	reply=${reply#"@$tag OK "}
	echo "${reply% }"
}

dump "$dir/a b.vcd" tb 20000
save="$dir/a b.gtkw"

# Without a display the files are named, and over ssh the commands to fetch them.
unset DISPLAY WAYLAND_DISPLAY SSH_CONNECTION
got=$("$show" "$dir/a b.vcd" "$save" "$state" 15000)
has "no display" "$got" "files: there is no display here"
has "no display" "$got" "gtkwave '$dir/a b.vcd' '$save'"
grep -q '^tb.clk$' "$save" || fail "no layout was written"
got=$(SSH_CONNECTION="1.2.3.4 5 6.7.8.9 22" USER=me "$show" "$dir/a b.vcd" "$save" "$state" 15000)
has "over ssh" "$got" "scp me@6.7.8.9:'$dir/a b.vcd'"
got=$("$show" "$dir/none.vcd" "$save" "$state")
has "no dump" "$got" "error: open"

command -v gtkwave >/dev/null && command -v Xvfb >/dev/null && command -v perl >/dev/null || exit 77

mkfifo "$dir/number"
Xvfb -displayfd 3 -screen 0 1000x700x24 -nolisten tcp 3<>"$dir/number" >/dev/null 2>&1 &
xvfb=$!
read -r -t 60 number < "$dir/number" || fail "Xvfb did not start"
export DISPLAY=:$number

# The first call opens a window with the layout and the marker.
got=$("$show" "$dir/a b.vcd" "$save" "$state" 15000)
is "first call" "$got" "opened: opened GTKWave, marker at the first failure"
now_window
first=$window
is "signals" "$(ask 'gtkwave::getDisplayedSignals')" 'tb.clk tb.rst tb.q[3:0] tb.dut.state[2:0] tb.dut.n tb.dut.one[0] tb.dut.byte[7:0]'
is "marker" "$(ask 'gtkwave::getMarker')" 15000
is "end" "$(ask 'gtkwave::getMaxTime')" 20000
is "value" "$(ask 'gtkwave::getTraceValueAtMarkerFromName {tb.q[3:0]}')" 2

is "failure" "$(ask 'gtkwave::getNamedMarker A')" 15000
is "window" "$(ask 'expr {[gtkwave::getWindowStartTime] <= 15000 && [gtkwave::getWindowEndTime] >= 20000}')" 1

# A later process makes the same window show the next run.
dump "$dir/second.vcd" tb 90000
got=$("$show" "$dir/second.vcd" "$dir/second.gtkw" "$state" 5000)
is "second call" "$got" "reloaded: GTKWave shows the new waves"
now_window
is "window" "$window" "$first"
is "end" "$(ask 'gtkwave::getMaxTime')" 90000
is "marker" "$(ask 'gtkwave::getMarker')" 5000
is "signals" "$(ask 'gtkwave::getDisplayedSignals')" 'tb.clk tb.rst tb.q[3:0] tb.dut.state[2:0] tb.dut.n tb.dut.one[0] tb.dut.byte[7:0]'

# Another design: nothing of the old layout matches, so the new one is loaded.
dump "$dir/other.vcd" other 50000
got=$("$show" "$dir/other.vcd" "$dir/other.gtkw" "$state")
is "another design" "${got%%:*}" reloaded
is "signals" "$(ask 'gtkwave::getDisplayedSignals')" 'other.clk other.rst other.q[3:0] other.dut.state[2:0] other.dut.n other.dut.one[0] other.dut.byte[7:0]'

# A layout saved from inside GTKWave is not overwritten.
ask 'gtkwave::/File/Write_Save_File' >/dev/null
grep -q 'GTKWave Analyzer' "$dir/other.gtkw" || fail "GTKWave did not save"
# What GTKWave read from our layout: colours, radix, groups, comments.
got=$(grep -A1 '^\[color\] 3' "$dir/other.gtkw" | grep -c '^other')
is "colours as GTKWave has them" "$got" 2
has "groups as GTKWave has them" "$(cat "$dir/other.gtkw")" $'@800200\n-dut\n@24\nother.dut.state[2:0]'
"$show" "$dir/other.vcd" "$dir/other.gtkw" "$state" >/dev/null
grep -q 'GTKWave Analyzer' "$dir/other.gtkw" || fail "the person's layout is gone"

# The window was closed: the leftovers are recognised, and a new one opens.
kill "$window"
for _ in $(seq 200); do kill -0 "$window" 2>/dev/null || break; perl -e 'select undef, undef, undef, 0.05'; done
got=$("$show" "$dir/second.vcd" "$dir/second.gtkw" "$state" 5000)
is "after closing" "${got%%:*}" opened
now_window
[ "$window" != "$first" ] || fail "no new window"

# Its process number belongs to another program: also recognised.
kill "$window"
echo "$$ 1 1 wave.vcd" > "$state/window"
got=$("$show" "$dir/second.vcd" "$dir/second.gtkw" "$state" 5000)
is "with a stale number" "${got%%:*}" opened
now_window

# A failure near the end is in sight in a new window, and a reload keeps the zoom.
kill "$window"
state="$dir/far"
dump "$dir/far.vcd" tb 90000000
printf '[timestart] 84000000\n*-14.0 89000000 -1\n[size] 1200 700\n[sst_width] 220\n[signals_width] 280\n@28\ntb.clk\n' > "$dir/far.gtkw"
in_sight() {
	ask "expr {[gtkwave::getWindowStartTime] <= $1 && [gtkwave::getWindowEndTime] >= $1}"
}
got=$("$show" "$dir/far.vcd" "$dir/far.gtkw" "$state" 89000000)
is "a late failure" "$got" "opened: opened GTKWave, marker at the first failure"
now_window
is "marker" "$(ask 'gtkwave::getMarker')" 89000000
is "close" "$(ask 'expr {[gtkwave::getWindowEndTime] - [gtkwave::getWindowStartTime] < 20000000}')" 1
is "in sight" "$(in_sight 89000000)" 1
zoom=$(ask 'gtkwave::getZoomFactor')
"$show" "$dir/far.vcd" "$dir/far.gtkw" "$state" 40000000 >/dev/null
is "in sight" "$(in_sight 40000000)" 1
is "zoom after a reload" "$(ask 'gtkwave::getZoomFactor')" "$zoom"

# A GTKWave without Tcl is opened with only the files.
mkdir "$dir/bin"
cat > "$dir/bin/gtkwave" <<-EOF
	#!/bin/sh
	echo "\$*" >> "$dir/calls"
	[ "\$1" = -W ] && { echo "wish support not compiled into this executable, exiting." >&2; exit 255; }
	exec sleep 1000
EOF
chmod +x "$dir/bin/gtkwave"
state="$dir/plain"
got=$(PATH="$dir/bin:$PATH" "$show" "$dir/second.vcd" "$dir/second.gtkw" "$state" 5000)
is "without Tcl" "$got" "opened: opened GTKWave; this version cannot be made to reload"
now_window
is "its files" "$(tail -n 1 "$dir/calls")" "$state/wave.vcd $state/layout.gtkw"
got=$(PATH="$dir/bin:$PATH" "$show" "$dir/second.vcd" "$dir/second.gtkw" "$state" 5000)
is "without Tcl again" "${got%%:*}" opened
now_window

# One that cannot go to a time still opens a window.
cat > "$dir/bin/gtkwave" <<-'EOF'
	#!/bin/bash
	while read -r _ tag script; do
		how=ERR
		[ "$script" != '{gtkwave::getMaxTime}' ] || how=OK
		echo "@$tag $how 20000" >> "$POSEDGE_REPLIES"
	done
EOF
state="$dir/nowhere"
got=$(PATH="$dir/bin:$PATH" "$show" "$dir/second.vcd" "$dir/second.gtkw" "$state" 5000 15000)
is "without a place" "$got" "opened: opened GTKWave"
now_window
is "it listens" "$(cut -d' ' -f3 "$state/window")" 1

# An invalid display.
state="$dir/nodisplay"
got=$(DISPLAY=:64999 "$show" "$dir/second.vcd" "$dir/second.gtkw" "$state" 5000)
has "bad display" "$got" "files: GTKWave cannot use the display"
exit 0
