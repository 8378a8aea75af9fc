#!/usr/bin/env bash
# Plugin panes on the screen: filled, scrolled, refilled after a run, in the theme's
# styles. One that fails shows the reason, one that hangs delays nothing.
. "${srcdir:?}/tests/lib/lib.sh"
export LC_ALL=C.UTF-8 TERM=xterm-256color
unset NO_COLOR
probe=$builddir/tests/lib/probe.so
mkdir "$work/p" && cp -r "$srcdir/docs/example/." "$work/p" && cd "$work/p"
printf 'set engine fake\n' >"$XDG_CONFIG_HOME/posedge/posedgerc"
printf "module counter_tb;\n  logic clk, rst;\n  logic [7:0] count;\n  counter dut (.*);\n  initial \$finish;\nendmodule\n" >counter_tb.sv
export POSEDGE_FAKE_RUN="PASS 1 checks"

play() { # the script is stdin
	cat >"$work/keys"
	timeout 600 "$posedge" --plugin "${1:-$probe}" --script "$work/keys" >"$work/out" 2>"$work/err" </dev/null ||
		fail "the script ended with $?"
}
play <<'END'
size 24 80
wait lint ok
run pane probe
wait told of 0 runs
screen
run sim
wait told of 1 runs
screen
key Esc
gone told of
run pane nothing
wait there is no such pane; there are: context, probe
run pane probe
wait told of 1
run open rtl/counter.sv
gone told of
screen
END
says " probe*  the probe "
says "all is well"
says 'but \x1b]0;x\x07 is not'
# A run that ends while the pane is being filled: the plugin hears of it before it is asked
# again.
drop .posedge
export POSEDGE_PROBE=pane_waits
play <<'END'
size 24 80
wait lint ok
run pane probe
run sim
wait told of 1 runs
END
unset POSEDGE_PROBE
# More lines than rows: the pane scrolls, to its end and no further.
play <<'END'
size 24 80
wait lint ok
run pane probe
wait all is well
run probe lines 300
wait a line with \x1b
key Ctrl-O 3
key End
key Down
key PageUp
key Home
screen
size 4 20
screen
size 50 160
screen
END
export POSEDGE_PROBE=pane
play <<'END'
size 24 80
wait lint ok
run pane probe
wait nothing to see
screen
END
export POSEDGE_PROBE=pane_hangs
play <<'END'
size 24 80
wait lint ok
run pane probe
wait one moment
key Ctrl-O 2
type still here
wait still here
screen
END
unset POSEDGE_PROBE
# Those that come with posedge, where there is nothing to show yet, and of a dump in a
# finer unit than its times need: columns stand below each other.
play "$builddir/wavedrom.so" <<'END'
size 24 80
wait lint ok
run pane wavedrom
wait the last run kept no waves
screen
END
cat >"$work/d.vcd" <<'END'
$timescale 1 ps $end
$scope module t $end
$var wire 1 ! clk $end
$var wire 8 " q $end
$var wire 1 # en $end
$upscope $end
$enddefinitions $end
#0
0!
b0 "
0#
#5000
1!
b10100 "
#10000
0!
1#
#15000
1!
b0 "
#20000
0!
END
printf '{"wave":"%s"}\n' "$work/d.vcd" >.posedge/remembered.json
play "$builddir/wavedrom.so" <<'END'
size 24 80
wait lint ok
run pane wavedrom
wait 2 cycles
screen
END
says 't.clk, 2 cycles, 5 ns to 20 ns'
grep -qE '^ t\.q +14 0 *$' "$work/out" || fail "the lane of q is another one"
grep -qE '^ t\.en +~~~~~~ *$' "$work/out" || fail "the lane of en is another one"
exit 0
