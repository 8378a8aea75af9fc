#!/usr/bin/env bash
# The main job with the built-in backend and the real tools: output and exit status of
# each command.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin g++ iverilog

cd "$work"
status 0 new fifo
[ -f fifo/rtl/fifo.sv ] && [ -f fifo/tb/fifo_tb.sv ] && [ -f fifo/spec.md ] || fail "new made no project"
status 2 new fifo
notes "it already exists"
cd fifo
status 0 lint
says "lint ok"
status 0 sim
says "PASS"
says "checks"
status 0 sim --engine icarus
says "PASS"
status 0 sim fifo
status 0 sim tb/fifo_tb.sv
status 0 instance fifo
says "fifo #("
status 0 testbench fifo
says "module fifo_tb"
status 2 instance nothing
notes "no such module here"
status 2 sim nothing
notes "no such module"
status 0 version
status 2 lnit
notes "did you mean lint"

# A template's testbench fails until its check is filled in.
"$posedge" testbench fifo >tb/fifo_tb.sv
status 1 sim
says "FAIL"

# Asking: a diff, nothing written; then written, and the journal says so.
cd "$work" && cp -R "$srcdir/docs/example" ex && cd ex && rm -f tour.sh
before=$(cat rtl/counter.sv)
status 1 lint
says "risk WIDTH"
status 0 ask "8-bit up counter with enable and synchronous reset, and a testbench"
says "--- a/rtl/counter.sv"
says "+++ b/counter_tb.sv"
[ "$(cat rtl/counter.sv)" = "$before" ] || fail "asking wrote a file"
[ ! -e counter_tb.sv ] || fail "asking made a file"
git init -q . && sed -n '/^diff --git/,$p' "$work/out" | git apply || fail "git does not take the diff"
git checkout -q . 2>/dev/null
printf '%s\n' "$before" >rtl/counter.sv
rm -f counter_tb.sv
status 0 ask "16 bit up counter with enable and synchronous reset" --apply
grep -q "WIDTH = 16" rtl/counter.sv || fail "the width is not in the file"
status 0 lint
status 0 sim
says "PASS"
status 0 log
says "asked cookbook"
says "applied suggestion"
says "(--apply)"
says "pass"
[ "$(stat -c %a .posedge)" = 700 ] || fail ".posedge is not private"
status 0 --json lint
grep -q '"type":"lint"' "$work/out" || fail "no event in --json"
status 0 lint --json
grep -q '"type":"lint"' "$work/out" || fail "no event in lint --json"
# A command without events prints its text in one line; each line is JSON.
status 0 --json instance counter
says '{"type":"output","command":"instance","text":"counter '
for c in version help log backends set lint; do
	status 0 --json $c
	[ -s "$work/out" ] || fail "--json $c says nothing"
	grep -v '^{.*"type":".*}$' "$work/out" && fail "--json $c: not an object a line"
done

# So does a command that fails, is refused, or finds nothing: the output is never empty.
while read -r expected line; do
	read -ra words <<<"$line"
	status "$expected" --json "${words[@]}"
	[ -s "$work/out" ] || fail "--json $line says nothing"
	grep -v '^{"type":".*}$' "$work/out" && fail "--json $line: not an object a line"
	[ "$expected" != 2 ] || says '{"type":"error"'
done <<'END'
1 find zzqq
1 find --digest zzqq
0 find reset clk
2 find
2 lint nosuch.v
2 sim nosuch_tb
2 why nosuch @3ns
2 equiv nosuch.v
2 prove nosuch
2 explain
2 bench nosuch dir
2 nosuch
2 lint --nosuch
2 --nosuch lint
2 -C nosuch lint
END

# Without a display the waves are shown as a table, with the commands to fetch them.
status 0 wave
says "gtkwave"
says "The last cycles"
says "count"

# fix sends the findings of lint; the cookbook explains.
printf 'module w(input logic [7:0] a, output logic [3:0] q);\n  assign q = a;\nendmodule\n' >rtl/w.sv
status 1 lint rtl/w.sv
says "rtl/w.sv:2"
status 1 fix
notes "sending"
notes "nothing was proposed, and what fails is as it was"
says "module good"
silent_on "good.sv"	# an example is no suggestion
status 0 waive rtl/w.sv:2 WIDTH
says "+  /* verilator lint_off WIDTH */"
status 0 waive rtl/w.sv:2 WIDTH --apply
status 0 lint rtl/w.sv

# Deciding line by line without a screen.
cp "$srcdir/docs/example/rtl/counter.sv" rtl/counter.sv && drop .posedge counter_tb.sv
status 0 review
says "nothing waits"
status 0 ask "8-bit up counter with enable and synchronous reset"
status 0 review
says "    1 ?     1 - // A first try"
says "0 taken, 0 refused, 21 open"
status 2 review --take 1,99
notes "numbers from 1 to 21"
status 2 review --take 3-1
status 2 review --suggestion 4711
notes "there is no suggestion 4711"
status 0 review --take 1-3 --refuse 4,10-12
says "3 taken, 4 refused, 14 open"
says "    4 n"
status 0 review --undecide 4
says "3 taken, 3 refused, 15 open"
status 0 log
grep -q "suggestion #[0-9]*, unit 4: " "$work/out" || fail "one unit is not one"
grep -q "suggestion #[0-9]*, units 1 to 3: " "$work/out" || fail "three units are not three"
status 0 review --apply
says "rtl/counter.sv: took 3, refused 3, 15 still open; saved"
[ "$(sed -n 3p rtl/counter.sv)" = "module counter (" ] || fail "not only what was taken reached the file"
[ "$(head -c 13 rtl/counter.sv)" = "// Up counter" ] || fail "what was taken is not in the file"
status 0 review --refuse all --apply
says "counter_tb.sv: took 0, refused 63, 0 still open"
status 0 review --refuse all --apply
says "rtl/counter.sv: took 0, refused 15, 0 still open"
echo "// from elsewhere" >>rtl/counter.sv
status 0 blame rtl/counter.sv
says "model cookbook #"
says "before"
grep -q "^outside .*// from elsewhere" "$work/out" || fail "what another program wrote is not from outside"
status 2 blame no.sv

# Changes in hardware: of the whole suggestion, or of what was taken; or the reason why
# they are unknown.
cat >hw.sv <<'END'
module hw (input logic clk, rst_n, d, output logic q, output logic y);
  always_ff @(posedge clk) q <= d;
  assign y = d;
endmodule
END
cat >"$work/new.sv" <<'END'
module hw (input logic clk, rst_n, d, en, output logic q, output logic y);
  always_ff @(posedge clk or negedge rst_n) if (!rst_n) q <= 0; else q <= d;
  always @* if (en) y = d;
endmodule
END
diff -u --label a/hw.sv --label b/hw.sv hw.sv "$work/new.sv" >"$work/hw.diff"
drop .posedge
status 0 apply "$work/hw.diff"
status 0 review --hardware
diff - "$work/out" <<'END' || fail "the comparison as hardware is another one"
hw: latch y inferred
hw: port en added (input, 1 bit)
hw: register q reset none -> asynchronous (rst_n low)
END
status 2 review --hardware --take 4
notes "it would not elaborate: hw.sv:"
status 0 review --hardware --undecide 4 --take 2 --refuse 3-4
says "hw: register q reset none -> asynchronous (rst_n low)"
silent_on "latch"
echo "set engine icarus" >.posedgerc
status 2 review --hardware
notes "icarus does not report the hardware of a design"
drop .posedgerc .posedge

# The file changed meanwhile: merged, and the numbers must be looked up again.
cp "$srcdir/docs/example/rtl/counter.sv" rtl/counter.sv && drop .posedge counter_tb.sv
status 0 ask "8-bit up counter with enable and synchronous reset"
echo "// mine" >>rtl/counter.sv
status 2 review --take 1-3 --apply
notes "the file changed since"
n=$(sed -n 's/.*"n":\([0-9]*\).*"type":"suggest".*"path":"rtl.counter.sv".*/\1/p' .posedge/sessions/*/journal.jsonl | tail -n 1)
status 0 review --suggestion "$n"
says "    1 ?     1 - // A first try"
status 0 review --suggestion "$n" --take all --apply
[ "$(tail -n 1 rtl/counter.sv)" = "// mine" ] || fail "what was typed meanwhile is gone"
[ "$(head -c 13 rtl/counter.sv)" = "// Up counter" ] || fail "what was taken is not in the file"

# A diff from anywhere can be reviewed; nothing is written before that.
printf 'module d;\n  wire a;\n  wire b;\nendmodule\n' >d.sv
printf -- '--- a/d.sv\n+++ b/d.sv\n@@ -1,4 +1,4 @@\n module d;\n-  wire a;\n+  wire c;\n   wire b;\n endmodule\n' >"$work/d.diff"
status 0 apply "$work/d.diff"
grep -q "wire a" d.sv || fail "apply wrote before the review"
status 0 review --suggestion "$(sed -n 's/.*"n":\([0-9]*\).*"type":"suggest".*"path":"d.sv".*/\1/p' .posedge/sessions/*/journal.jsonl | tail -n 1)" --take all --apply
grep -q "wire c" d.sv || fail "what was taken from the diff is not in the file"
status 2 apply "$work/d.diff"
printf 'nothing to see\n' >"$work/no.diff"
status 2 apply "$work/no.diff"
notes "no change was found"
status 2 apply "$work/gone.diff"

# No verdict, with the reason.
printf 'module n_tb;\n  initial begin $display("hello"); $finish; end\nendmodule\n' >n_tb.sv
status 3 sim n_tb
says "prints but checks nothing"

# Where each line is to be looked at, only a review applies.
mkdir "$work/read" && cd "$work/read"
echo "set review.must_read on" >.posedgerc
status 0 trust	# the rules of a review are no business of a file that nobody trusted
status 2 ask "8-bit up counter with enable and synchronous reset" --apply
notes "each line is to be looked at"
[ -z "$(ls)" ] || fail "a file was written: $(ls)"
status 0 review
status 2 review --take all --apply
notes "each line is to be looked at"
exit 0
