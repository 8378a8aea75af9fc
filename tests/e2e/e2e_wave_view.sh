#!/usr/bin/env bash
# posedge wave FILE as a picture, a table and text, for various dumps.
. "${srcdir:?}/tests/lib/lib.sh"
export LC_ALL=C
mkdir "$work/p" && cd "$work/p" || exit 1

same() { diff -u - "$work/out" >&2 || fail "other text"; }

# A source is refused, by the viewer, too.
printf 'module fsm; endmodule\n' >fsm.sv
for how in --at=5 --plain ''; do
	status 2 wave fsm.sv $how
	notes 'fsm.sv is a source and no recorded run: `posedge sim` records one'
	! grep -q gtkwave "$work/out" "$work/err" || fail "a viewer for a source"
done

# Without a tool: a dump by hand, with x, z, an event and a real.
{
	printf '$timescale 1ns $end\n$scope module tb $end\n$var reg 1 ! clk $end\n$var wire 4 " q [3:0] $end\n'
	printf '$var real 64 # level $end\n$var event 1 %% done $end\n$upscope $end\n$enddefinitions $end\n'
	printf '#0\n0!\nbx "\nr0 #\n#5\n1!\nb11 "\n#10\n0!\nr1.5 #\n#15\n1!\nbz "\n1%%\n#20\n0!\n#25\n1!\nb1x0 "\n#30\n0!\n'
} >a.vcd
status 0 wave a.vcd --plain
same <<'END'
t=0: clk=0; q=x; level=0
t=5 ns: clk 0->1; q x->3
t=10 ns: clk 1->0; level 0->1.5
t=15 ns: clk 0->1; q 3->z; done fires
t=20 ns: clk 1->0
t=25 ns: clk 0->1; q z->X
t=30 ns: clk 1->0
END
status 0 wave a.vcd --text --from 10ns --signals q,tb.level,done
same <<'END'
          time  q     level      done
         10 ns  3       1.5
         15 ns  z       1.5         1
         25 ns  X       1.5
END
status 0 wave a.vcd --draw --signals clk,q
same <<'END'
             |0            |5 ns         |10 ns        |15 ns        |20 ns        |25 ns        v
 clk       0 ______________/~~~~~~~~~~~~~\_____________/~~~~~~~~~~~~~\_____________/~~~~~~~~~~~~~\
 q[3:0]    X xxxxxxxxxxxxxx|3                          |z--------------------------|X
 30 ns  of 30 ns
END
LC_ALL=C.UTF-8 status 0 wave a.vcd --draw --signals clk --to 20ns
says '▁╱▔'

# An integer is signed, a vector of equal width is not.
printf '$var integer 32 ! n $end\n$var reg 32 " v [31:0] $end\n$enddefinitions $end\n#0\nb11111111111111111111111111111101 !\nb11111111111111111111111111111101 "\n#9\n' >n.vcd
status 0 wave n.vcd --draw
says " n                    -3 -3"
says " v[31:0]        fffffffd fffffffd"

# For others: WaveDrom's JSON, and a picture.
status 0 wave a.vcd --wavejson --to 15ns
same <<'END'
{"signal":[
{"name":"clk","wave":"0101"},
{"name":"q[3:0]","wave":"x=.z","data":["3"]},
{"name":"level","wave":"=.=.","data":["0","1.5"]},
{"name":"done","wave":"0..1"}
],"posedge":{"times":["0","5 ns","10 ns","15 ns"]}}
END
status 0 wave a.vcd --svg
says '<svg xmlns="http://www.w3.org/2000/svg"'
says '>q[3:0]</text>'
if command -v python3 >/dev/null; then
	python3 - "$work/out" <<'END' || fail "the picture is no XML, or lacks its changes"
import sys, xml.dom.minidom
d = xml.dom.minidom.parse(sys.argv[1])
edges = [p for p in d.getElementsByTagName("path") if p.getAttribute("class") == "l" and "V" in p.getAttribute("d")]
sys.exit(len(edges) != 6 + 3 + 1 + 1)
END
fi

for bad in "--text" "--eval q" "--at 3ns" "--add q" "--from 3ns" "--source" "--rows 2"; do
	status 2 wave diff a.vcd a.vcd $bad
	[ "$(grep -c '^posedge: ' "$work/err")" = 1 ] && [ ! -s "$work/out" ] || fail "wave diff $bad: not one sentence"
done

# Each mistake gives one sentence, and nothing is printed.
for bad in "--text --from soon" "--text --signals nothing" "--from 3ns" "--text --from 20ns --to 10ns" "--plain --to 5parsec" \
	"--at soon" "--at 5parsec" "--source" "--source --at 3ns" "--source --text" "--signals q" "--add q --at 3ns" "--add q --text" "--text --svg" "--on clk" "--rows 3" \
	"--eval q --signals q" "--eval q --at 3ns" "--eval q --text" "--eval q --rows many" "--eval q --source" "--tui" "b.vcd" "--text b.vcd"; do
	status 2 wave a.vcd $bad
	[ "$(grep -c '^posedge: ' "$work/err")" = 1 ] && [ ! -s "$work/out" ] || fail "wave $bad: not one sentence"
done
# An invalid time is refused before the dump is opened.
printf 'this is no dump\n' >no.vcd
for bad in "--at end" "--text --at end" "--plain --from 5parsec" "--eval q --to 1.2.3ns" "--draw --at #x"; do
	status 2 wave no.vcd $bad
	grep -Eq "^posedge: --(at|from|to): (end|5parsec|1.2.3ns|#x): " "$work/err" || fail "wave no.vcd $bad: opened"
done
status 2 wave no.vcd --text
status 2 wave gone.vcd --text
notes 'gone.vcd is not there'
# Empty, truncated, and without a signal.
printf '$timescale 1ns $end\n$enddefinitions $end\n#0\n' >none.vcd
status 0 wave none.vcd --draw
head -c 230 a.vcd >cut.vcd
status 0 wave cut.vcd --plain
says 't=0: clk=0'

# The text of a real run matches the simulator's own reader.
if command -v iverilog >/dev/null && command -v vcd2fst >/dev/null && command -v fst2vcd >/dev/null; then
	printf '`timescale 1ns/1ps\nmodule r;\n reg clk = 0; reg [15:0] n = 0;\n always #5 clk = ~clk;\n always @(posedge clk) n <= n * 3 + 1;\n initial begin $dumpfile("r.vcd"); $dumpvars; #2000 $finish; end\nendmodule\n' >r.v
	iverilog -o r r.v && vvp -n r >/dev/null || fail "the run itself"
	vcd2fst r.vcd r.fst && fst2vcd r.fst >again.vcd || fail "the other reader"
	status 0 wave r.vcd --plain --signals n
	cut -d: -f2 "$work/out" | sed -n 's/.*->\(.*\)/\1/p' >ours
	awk '/^b/ { print substr($1, 2) }' again.vcd | tail -n +2 | while read -r bits; do
		printf '%04x\n' $((2#$bits))
	done >theirs
	[ "$(wc -l <theirs)" -gt 100 ] || fail "there is nothing to compare"
	diff theirs ours >&2 || fail "other values than vcd2fst's"
fi

# The index of a large dump is kept: the answers are the same, also when what was kept
# is damaged, or the dump is another one.
awk 'BEGIN { print "$timescale 1ns $end\n$scope module tb $end\n$var reg 1 ! clk $end\n$var reg 32 # n $end\n$upscope $end\n$enddefinitions $end"
	for (t = 0; t < 400000; t++) printf "#%d\n%d!\nb1%d%d0%d1%d%d #\n", t * 5, t % 2, int(t / 2) % 2, int(t / 4) % 2, int(t / 8) % 2, int(t / 16) % 2, int(t / 64) % 2
}' >large.vcd
old_cache=$XDG_CACHE_HOME
export XDG_CACHE_HOME=$work/own_cache
status 0 wave large.vcd --text --from 700us --to 700050ns
mv "$work/out" first
status 0 wave large.vcd --text --to '#1' # of an edge nobody knows where it is: all is read
kept=$(echo "$XDG_CACHE_HOME"/posedge/waves/*.index)
[ -s "$kept" ] || fail "no index was kept"
for how in again damaged cut; do
	[ $how = damaged ] && printf 'zzzz' | dd of="$kept" bs=1 seek=300 conv=notrunc status=none
	[ $how = cut ] && truncate -s 200 "$kept"
	status 0 wave large.vcd --text --to '#1'
	status 0 wave large.vcd --text --from 700us --to 700050ns
	diff first "$work/out" >&2 || fail "other values, index $how"
	[ "$(wc -c <"$kept")" -gt 200 ] || fail "no index was made anew"
done
printf '#2000000\n0!\nb0 #\n' >>large.vcd
status 0 wave large.vcd --text --from 1999995ns --to 2001us
says '2 ms'
# An expression is searched for in the background.
printf 'run wave --tui large.vcd\nwait of 2 ms\nkey Home\nrun wave-find "n == 239"\nwait n == 239: here\nscreen\nrun wave-find "n == 999"\nwait not true after\n' >keys
timeout 600 "$posedge" --script keys >"$work/out" 2>"$work/err" </dev/null || fail "the search: $(tail -3 "$work/err")"
says ' 475 ns '
rm large.vcd
export XDG_CACHE_HOME=$old_cache

# --at puts the cursor there on the screen, too; after a dump that does not open, the next one's
# cursor is at its end.
: >bad.vcd
printf '$timescale 1ns $end\n$scope module tb $end\n$var reg 1 ! clk $end\n$upscope $end\n$enddefinitions $end\n#0\n0!\n#20\n1!\n#50\n0!\n' >next.vcd
printf 'run wave bad.vcd --at 20ns\nwait bad.vcd\nrun wave next.vcd\nwait of 50 ns\nscreen\nrun wave next.vcd --at 20ns\nwait 20 ns  of 50 ns\n' >keys
timeout 600 "$posedge" --script keys >"$work/out" 2>"$work/err" </dev/null || fail "the next dump: $(tail -3 "$work/err")"
says '50 ns  of 50 ns'

# Rows are kept by testbench, and go to GTKWave and back.
play() { timeout 600 "$posedge" --script keys >"$work/out" 2>"$work/err" </dev/null || fail "the script ended with $?"; }
printf 'run wave --tui a.vcd\nwait of 30 ns\nkey Down\nrun wave-radix bin\nrun wave-rename count\nrun wave-save a.gtkw\n' >keys
play
grep -q '^label = "count"$' .posedge/waves.toml || fail "the rows were not kept"
printf 'run wave --tui a.vcd\nwait of 30 ns\nscreen\n' >keys
play
says ' count '
says 'zzzz---|01x0'
# The visible part is copied in each format.
printf 'run wave --tui a.vcd\nwait of 30 ns\nrun wave-copy svg\nwait copied\nrun wave-copy nope\nwait table, wavejson or svg\nrun wave-copy wavejson\nwait copied\n' >keys
play
cp .posedge/waves.toml kept
# An unreadable file is reported and left alone.
printf '[[tb.row]]\nsignal = 3\n' >.posedge/waves.toml
printf 'run wave --tui a.vcd\nwait line 2\nscreen\nkey Down d\n' >keys
play
says 'waves.toml: line 2: a name' # it may be broken in two
[ "$(wc -l <.posedge/waves.toml)" = 2 ] || fail "a layout that was not understood was written over"
# A link is not followed, in either direction.
cp kept elsewhere && rm .posedge/waves.toml && ln -s "$PWD/elsewhere" .posedge/waves.toml
printf 'run wave --tui a.vcd\nwait of 30 ns\nscreen\nkey Down d\n' >keys
play
silent_on ' count '
cmp -s kept elsewhere || fail "a link in .posedge was followed"
rm .posedge/waves.toml
printf 'run wave --tui a.vcd\nwait of 30 ns\nrun wave-load a.gtkw\nscreen\nrun wave-load keys\nscreen\nrun wave-save keys\nscreen\n' >keys
play
says ' count '
says 'keys: this is not a GTKWave save file'
says 'a name that ends in .gtkw'
if command -v gtkwave >/dev/null; then
	grep -q '^+{count} tb.q\[3:0\]$' a.gtkw || fail "another save file than GTKWave's"
fi

# What a question includes of the waves.
printf '{"wave":"%s/a.vcd","testbench":"tb","marker":""}' "$PWD" >.posedge/remembered.json
printf 'Fine.\n' >answer.md
printf 'backend add m fake file=%s\nset backend m\n' "$PWD/answer.md" >"$XDG_CONFIG_HOME/posedge/posedgerc"
printf 'run ask "why is @wave:5..15ns so?"\nwait Fine.\nrun ask "and @wave:15..5ns?"\nwait ends before\n' >keys
play
grep -rqF 'the waves from 5 ns to 15 ns' .posedge/sessions || fail "@wave attached nothing"

# A time in a line of the log that is after the end of the dump is said, and the waves stand at
# the end; from a dump of another run the line leads back to its own.
if command -v iverilog >/dev/null; then
	mkdir "$work/late" && cd "$work/late" || exit 1
	cat >late_tb.v <<'END'
`timescale 1ns / 1ns
module late_tb;
  reg clk = 0;
  reg [3:0] q = 0;
  always #5 clk = ~clk;
  always @(posedge clk) q <= q + 1;
  initial begin
    $dumpfile("late.vcd"); $dumpvars;
    #32 if (q !== 9) $display("ERROR at %0t ns: q is %0d, expected 9", $time, q);
    #50 $dumpflush; $dumplimit(1);
    #900 $display("NOTE at %0t ns: it goes on", $time);
    $finish;
  end
endmodule
END
	cp "$work/p/next.vcd" .
	cat >keys <<'END'
size 30 100
run set engine icarus
run sim
wait sim FAIL
run log sim
wait it goes on
key Ctrl-O 4
key Up Up
key F6
wait 982 ns is after the end of these waves, 80 ns
wait 80 ns  of 80 ns
run wave-goto 20ns
wait 20 ns  of 80 ns
run log sim
key Enter
wait 80 ns  of 80 ns
run wave --tui next.vcd
wait 50 ns  of 50 ns
run log sim
key F6
wait 80 ns  of 80 ns
wait 982 ns is after the end of these waves, 80 ns
screen
END
	play
	says '80 ns  of 80 ns'
fi
