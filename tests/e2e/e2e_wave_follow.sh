#!/usr/bin/env bash
# The wave view follows a file that is still being written: VCD written by the test, and
# VCD and FST from a simulator that the test pauses.
. "${srcdir:?}/tests/lib/lib.sh"
export LC_ALL=C
mkdir "$work/p" && cd "$work/p" || exit 1

playing=
simulating=
at_end() { kill $playing $simulating 2>/dev/null; }
play() {
	timeout 600 "$posedge" --script keys >"$work/out" 2>"$work/err" </dev/null &
	playing=$!
}
ended() {
	wait "$playing" || fail "the script ended with $?: $(tail -3 "$work/err")"
	playing=
}
# The script has reached `run wave-save NAME.gtkw`.
reached() {
	local i
	for ((i = 0; i < 600; i++)); do
		[ -e "$1.gtkw" ] && return
		kill -0 "$playing" 2>/dev/null || fail "the script ended before $1: $(tail -3 "$work/err")"
		sleep 0.05
	done
	fail "the script does not get to $1"
}

head='$timescale 1ns $end\n$scope module tb $end\n$var reg 1 ! clk $end\n$var reg 8 " q [7:0] $end\n$upscope $end\n$enddefinitions $end\n'
printf "$head"'#0\n0!\nb0 "\n#10\n1!\n#20\n0!\nb1' >g.vcd
cat >keys <<'END'
size 24 80
run wave --tui g.vcd
wait 20 ns  of 20 ns
run wave-save cut.gtkw
wait 50 ns  of 50 ns
screen
key Home
run wave-save home.gtkw
wait of 90 ns
screen
run wave-save anew.gtkw
wait g.vcd was written anew
wait of 30 ns
screen
run wave-save half.gtkw
key End
wait 35 ns  of 35 ns
run wave-save moved.gtkw
wait 70 ns  of 70 ns
screen
END
play
# A truncated word is completed; a cursor at the end moves along.
reached cut
printf '1 "\n#30\n1!\n#40\n0!\n#50\n1!\n' >>g.vcd
# A cursor elsewhere stays.
reached home
printf '#60\n0!\nb111 "\n#90\n' >>g.vcd
# Rewritten, with the same length first: other values at the same times.
reached anew
printf "$head"'#0\n1!\nb101 "\n#30\n' >g.vcd
reached half
printf '#35\n' >>g.vcd
# Another file under its name, which begins with half a header.
reached moved
printf "$head" | head -c 60 >next.vcd
mv next.vcd g.vcd
printf "$head"'#0\n0!\nb110 "\n#70\n' | tail -c +61 >>g.vcd
ended
says ' q[7:0]    03 '
says '50 ns  of 50 ns'
says '0  of 90 ns'
says ' q[7:0]    05 '
says ' q[7:0]    06 '

# A long piece that arrives at once is read to its end.
printf "$head"'#0\n0!\n' >long.vcd
cat >keys <<'END'
run wave --tui long.vcd
wait 0  of 0
run wave-save long.gtkw
wait 2 ms  of 2 ms
screen
key Home
run wave-find "q == 200"
wait q == 200: here
screen
END
play
reached long
awk 'BEGIN { for (t = 1; t <= 400000; t++) { printf "#%d\n%d!\n", t * 5, t % 2; if (t == 399990) print "b11001000 \"" } }' >>long.vcd
ended
says '1.999955 ms  of 2 ms'

# A simulator that waits for the test after every thousand cycles.
if command -v iverilog >/dev/null; then
	cat >tb.v <<'END'
`timescale 1ns / 1ns
module tb;
  reg clk = 0;
  reg [15:0] n = 0;
  integer go, part;
  always #5 clk = ~clk;
  always @(posedge clk) n <= n + 1;
  initial begin
    $dumpfile("run.wave"); $dumpvars;
    #3 for (part = 1; part <= 3; part = part + 1) begin
      #9997 $dumpflush;
      #3 go = $fgetc('h80000000);
    end
    $finish;
  end
endmodule
END
	iverilog -o tb.vvp tb.v || fail "the design itself"
	for format in vcd fst; do
		rm -f ./*.gtkw run.wave
		mkfifo "go.$format"
		vvp -n tb.vvp "-$format" <"go.$format" >vvp.txt 2>&1 &
		simulating=$!
		exec 7>"go.$format"
		for ((i = 0; i < 600; i++)); do
			"$posedge" wave run.wave --draw >"$work/out" 2>/dev/null && grep -q 03e8 "$work/out" && break
			sleep 0.05
		done
		cat >keys <<'END'
run wave --tui run.wave
wait 03e8
run wave-save one.gtkw
wait 07d0
run wave-save two.gtkw
wait of 30.003 us
wait 0bb8
screen
END
		play
		reached one
		printf 'a' >&7
		reached two
		printf 'bc' >&7
		exec 7>&-
		ended
		simulating=
		says '30.003 us  of 30.003 us'
	done
fi
echo "wave follow: all as it should be"
