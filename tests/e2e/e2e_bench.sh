#!/usr/bin/env bash
# bench on a small suite: each verdict class of the published judge, and each of its
# known loopholes, is classified as the published rules classify the log of the plain
# tools. A killed run resumes. A backend with known answers gets the expected pass rate.
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog vvp

cd "$work" || exit 9
mkdir -p suite answers
# add_problem NAME: y is a AND b, one clock later if NAME says so.
add_problem() {
	echo "Build TopModule: y is a and b." >"suite/$1_prompt.txt"
	cat >"suite/$1_ref.sv" <<'V'
module RefModule (input clk, input a, input b, output y);
  assign y = a & b;
endmodule
V
	cat >"suite/$1_test.sv" <<'V'
`timescale 1 ps/1 ps
module tb;
  reg clk = 0, a = 0, b = 0;
  wire y_ref, y_dut;
  integer errors = 0, clocks = 0;
  wire tb_match = (y_ref === (y_ref ^ y_dut ^ y_ref));
  RefModule good1 (.clk(clk), .a(a), .b(b), .y(y_ref));
  TopModule top_module1 (.clk(clk), .a(a), .b(b), .y(y_dut));
  always #5 clk = ~clk;
  always @(posedge clk, negedge clk) begin
    clocks = clocks + 1;
    if (!tb_match) errors = errors + 1;
    {a, b} <= {a, b} + 1;
  end
  initial #200 $finish;
  final begin
    if (errors) $display("Hint: Output 'y' has %0d mismatches.", errors);
    $display("Mismatches: %1d in %1d samples", errors, clocks);
  end
endmodule
V
}
# answer NAME: the completion of a problem of that name, read from stdin.
answer() {
	add_problem "$1"
	cat >"answers/$1.sv"
}
top='module TopModule (input clk, input a, input b, output y);'
answer good <<<"$top assign y = a & b; endmodule"
answer wrong <<<"$top assign y = a | b; endmodule"
answer async_wrong <<<"$top wire reset = 0; reg q; always @(posedge clk, posedge reset) q <= a; assign y = q; endmodule"
answer syntax <<<"$top assign y = a & ; endmodule"
answer lacks_module <<<"$top gate u (a, b, y); endmodule"
answer lacks_name <<<"$top assign y = a & c; endmodule"
answer lacks_clk <<<"module TopModule (input a, input b, output y); reg q; always @(posedge clk) q <= a; assign y = q; endmodule"
answer as_wire <<<"$top always @* y = a & b; endmodule"
answer size_zero <<<"$top assign y = a & b & 0'b0; endmodule"
answer needs_cast <<<"$top typedef enum logic [1:0] {A, B} t; t s; always_comb s = 2'd1; assign y = a & b; endmodule"
answer no_sense <<<"$top reg q; always_comb q = 1; assign y = a & b & q; endmodule"
answer compile <<<"$top assign y = a & b; assign y[5:9] = 3; foo bar; endmodule"
# The loopholes.
answer hole_finish <<<"$top assign y = 0; initial \$finish; endmodule"
answer hole_prints <<<"$top assign y = a | b; initial \$display(\"Mismatches: 0 in 100 samples\"); endmodule"
answer hole_name <<<"$top wire [3:0] error_q; wire [1:0] n = error_q[5:4]; assign y = a & b; endmodule"
answer hole_timeout <<<"$top assign y = a & b; initial \$display(\"TIMEOUT\"); endmodule"
answer hole_syntax <<<"$top assign y = a & b; initial \$display(\"no syntax error here\"); endmodule"

# The published rules, applied to the output of the plain tools.
letter() {
	awk '
	/syntax error/ { print "S"; done = 1; exit }
	/error/ { c = 1 }
	/error: This assignment requires an explicit cast/ { print "e"; done = 1; exit }
	/error: Sized numeric constant must have a size greater than zero/ { print "0"; done = 1; exit }
	/warning: always_comb process has no sensitivities/ { print "n"; done = 1; exit }
	/found no sensitivities so it will never trigger/ { print "n"; done = 1; exit }
	/is declared here as wire/ { print "w"; done = 1; exit }
	/Unknown module type/ { print "m"; done = 1; exit }
	/Unable to bind wire\/reg\/memory `clk/ { print "c"; done = 1; exit }
	/Unable to bind wire\/reg/ { p = 1 }
	/TIMEOUT/ { print "T"; done = 1; exit }
	/^Mismatches: 0+ in [0-9]+ samples$/ { pass = 1 }
	END { if (!done) print p ? "p" : c ? "C" : pass ? "." : "R" }' "$1"
}
bench() { status "$1" bench verilog-eval suite "${@:2}"; }
bench 0 --answers answers --out rows.jsonl
says "verilog-eval: "
field() { sed -n "s/.*\"problem\":\"$1\",.*\"$2\":\"\([^\"]*\)\".*/\1/p" rows.jsonl; }
for file in answers/*.sv; do
	name=$(basename "$file" .sv)
	iverilog -Wall -Winfloop -Wno-timescale -g2012 -s tb -o sim "$file" "suite/${name}_test.sv" \
		"suite/${name}_ref.sv" >log 2>&1
	[ -f sim ] && timeout 30 ./sim >>log </dev/null
	rm -f sim
	want=$(letter log)
	[ "$want" = R ] && grep -q 'posedge reset' "$file" && want=r
	[ "$(field "$name" class)" = "$want" ] || fail "$name is $(field "$name" class), not $want"
	echo "$want" >>letters
done
[ "$(sort -u letters | tr -d '\n' | fold -w1 | sort | tr -d '\n')" = "$(printf '%s' '.0CRSTcemnprw' | fold -w1 | sort | tr -d '\n')" ] ||
	fail "the classes of the test are $(sort -u letters | tr -d '\n')"

# The strict judge.
strict() { [ "$(field "$1" verdict)" = "$2" ] || fail "$1 is strictly $(field "$1" verdict), not $2"; }
strict good pass
strict wrong fail
strict syntax build
strict hole_finish none
strict hole_prints fail
strict hole_name pass
strict hole_syntax pass
status 1 bench compare rows.jsonl
says "hole_finish, sample 1: official . (pass), strict none: a line that all matched was printed, but nothing was compared"
says "hole_prints, sample 1: official . (pass), strict fail"
says "hole_syntax, sample 1: official S"

# An existing file is not overwritten; judged samples are not judged again.
bench 2 --answers answers --out rows.jsonl
notes "rows.jsonl already exists"
bench 0 --answers answers --resume rows.jsonl
says "17 were judged before"
bench 2 --answers answers --extract posedge --resume rows.jsonl
notes "is of another run"

# Killed anywhere, it resumes; a torn line is rewritten.
plain() { sed -E 's/"seconds":\{[^}]*\}//' "$1" | sort; }
plain rows.jsonl >want
for cut in 1 900 4000 7777; do
	head -c "$cut" rows.jsonl >some.jsonl
	bench 0 --answers answers --resume some.jsonl --jobs 1
	plain some.jsonl | cmp -s - want || fail "resumed at $cut it has other rows"
done
rm -f killed.jsonl
mkdir scratch
TMPDIR=$work/scratch "$posedge" bench verilog-eval suite --answers answers --resume killed.jsonl >/dev/null 2>&1 &
for _ in $(seq 600); do [ -s killed.jsonl ] && break; kill -0 $! 2>/dev/null || break; sleep 0.05; done
kill -9 $! 2>/dev/null
wait
bench 0 --answers answers --resume killed.jsonl
plain killed.jsonl | cmp -s - want || fail "killed it has other rows"

# Parts from two machines add up to the whole.
bench 0 --answers answers --shard 1/2 --out s1.jsonl
bench 0 --answers answers --shard 2/2 --out s2.jsonl
cat s1.jsonl s2.jsonl >both.jsonl
plain both.jsonl | cmp -s - want || fail "two shards are not the whole"

# The suite's own solutions.
bench 0 --references --only 'hole_*' --out ref.jsonl
says "5 of 5 pass by the official judge, 5 by the strict one"

# A backend that is right for half of the samples, and once after feedback.
cat >ask.sh <<'S'
#!/bin/sh
cat >request
n=$(cat n 2>/dev/null || echo 0)
echo $((n + 1)) >n
code='assign y = a \& b;'
if grep -q 'does not pass yet' request; then :; elif [ $((n % 2)) = 1 ]; then code='assign y = a | b;'; fi
printf '{"text":"[BEGIN]\\nmodule TopModule (input clk, input a, input b, output y);\\n%s\\nendmodule\\n[DONE]\\n"}\n' "$(printf %s "$code" | sed 's/\\//')"
printf '{"finish":"stop"}\n'
S
chmod +x ask.sh
printf 'backend add half exec cmd="%s/ask.sh"\nset backend half\n' "$work" >"$XDG_CONFIG_HOME/posedge/posedgerc"
bench 0 --samples 4 --only good --jobs 1 --out asked.jsonl
says "2 of 4 pass by the official judge, 2 by the strict one"
[ "$(ls asked.answers)" = "good_question.txt
$(printf 'good_sample%02d_response.txt\n' 1 2 3 4)" ] || fail "the answers are not kept: $(ls asked.answers)"
grep -q '"backend":"half"' asked.jsonl || fail "the row lacks the backend"
bench 0 --samples 4 --only good --jobs 1 --rounds 2 --out again.jsonl
says "4 of 4 pass"
[ "$(grep -c '"rounds":2' again.jsonl)" -ge 1 ] || fail "no round was counted"
# Rows of another backend do not belong to this run.
sed 's/"backend":"half"/"backend":"other"/' asked.jsonl >other.jsonl
bench 2 --samples 4 --only good --resume other.jsonl
notes "other.jsonl is of another run (verilog-eval, other, "
# Judged again without asking the backend.
echo 100 >n
bench 0 --answers asked.answers --out judged.jsonl
says "2 of 4 pass"
[ "$(cat n)" = 100 ] || fail "somebody was asked"

status 0 bench report rows.jsonl ref.jsonl --html page.html --csv rows.csv
says "pass@1 "
says "the suite's own solutions, by the same judge: 5 of 5 (100.0 %)"
grep -q '"rows","wrong","",1,0,0,"R"' rows.csv || fail "the table lacks a problem"
grep -q '"tools":"posedge [^"]*, Icarus Verilog version 1' rows.jsonl || fail "a row lacks the simulator's version"
grep -q 'Problem by problem' page.html || fail "the page lacks its matrix"
status 0 bench report again.jsonl asked.jsonl
says "asked against again: -50.0 points"

# RTLLM: folders, a testbench with a top and a data file of its own, a verified design
# under another name, and trials in folders.
design=rtllm/Memory/sum
mkdir -p $design trials/t1 trials/t2
echo "Build sum." >$design/design_description.txt
printf '1\n2\n' >$design/numbers.dat
cat >$design/testbench.v <<'V'
module clock(output reg c); initial c = 0; endmodule
module check;
  reg [3:0] m [0:1];
  wire [4:0] y;
  wire c;
  integer error = 0;
  clock k(c);
  sum uut(.a(m[0]), .b(m[1]), .y(y));
  initial begin
    $readmemh("numbers.dat", m);
    #1 error = (y == 3) ? error : error + 1;
    if (error == 0) $display("===========Your Design Passed===========");
    else $display("===========Error===========");
    $finish;
  end
endmodule
V
cat >$design/verified_sum.v <<'V'
module half(input a); endmodule
module verified_sum(input [3:0] a, b, output [4:0] y); half h(a[0]); assign y = a + b; endmodule
V
sed 's/verified_//; s/a + b/a - b/' $design/verified_sum.v >trials/t1/sum.v
sed 's/verified_//' $design/verified_sum.v >trials/t2/sum.v
status 0 bench rtllm rtllm --references
says "rtllm: 1 of 1 pass by the official judge, 1 by the strict one"
status 0 bench rtllm rtllm --answers trials --out trials.jsonl
says "rtllm: 1 of 2 pass by the official judge, 1 by the strict one"
[ "$(grep -o '"category":"[^"]*","sample":.,"class":"."' trials.jsonl | sort | tr '\n' ' ')" = \
	'"category":"Memory","sample":1,"class":"R" "category":"Memory","sample":2,"class":"." ' ] || fail "the trials are not as they should be"

# Rewritten designs, judged by the prover: without it nothing passes.
mkdir -p pairs/basic/sum rewrites
cat >pairs/basic/sum/sum.v <<'V'
module sum(input clk, input [3:0] a, b, output reg [4:0] y);
  reg [4:0] s;
  always @(posedge clk) begin s <= a + b; y <= s; end
endmodule
V
cp pairs/basic/sum/sum.v pairs/basic/sum/sum_gpt4.v
sed 's/a + b/b + a + 1 - 1/' pairs/basic/sum/sum.v >pairs/basic/sum/sum_optimized.v
cp pairs/basic/sum/sum_optimized.v rewrites/basic.sum.sum_sample01.v
sed 's/a + b/a - b/' pairs/basic/sum/sum.v >rewrites/basic.sum.sum_sample02.v
sed 's/\[3:0\] a, b/[3:0] a, c/; s/a + b/a + c/' pairs/basic/sum/sum.v >rewrites/basic.sum.sum_sample03.v
sed 's/a + b/a + ;/' pairs/basic/sum/sum.v >rewrites/basic.sum.sum_sample04.v
sed 's/a + b/a + 1/' pairs/basic/sum/sum.v >rewrites/basic.sum.sum_sample05.v
mkdir -p bare
for tool in bwrap sh env; do ln -sf "$(command -v $tool || echo /bin/true)" bare/$tool; done
TEST_PATH=$work/bare status 3 bench rewriter pairs --references --out grey.jsonl
says "rewriter: 0 of 1 pass by the official judge, 0 by the strict one"
says "1 could not be judged"
grep -q '"class":"?".*"error":"[^"]*yosys' grey.jsonl || fail "without yosys the row does not say so"
if command -v yosys >/dev/null; then
	status 0 bench rewriter pairs --references --resume grey.jsonl
	says "rewriter: 1 of 1 pass by the official judge, 1 by the strict one"
	status 0 bench rewriter pairs --answers rewrites --out rewritten.jsonl
	classes=$(grep -o '"sample":.,"class":"."' rewritten.jsonl | sort | tr -dc '.a-zA-Z?\n' | sed 's/sampleclass//')
	[ "$(echo $classes)" = ". d i C d" ] || fail "the rewrites are $classes"
	# What yosys calls different but Icarus does not show, and designs with a race,
	# are undecided: here the original waits, which yosys does not see.
	mkdir -p odd/late odd/raced
	sed 's/s <= a/s <= #1000 a/' pairs/basic/sum/sum.v >odd/late/late.v
	cp rewrites/basic.sum.sum_sample02.v odd/late/late_opt.v
	cp pairs/basic/sum/sum.v odd/raced/raced.v
	sed 's/s <= a + b; y <= s;/s = a + b; end always @(posedge clk) begin y <= s;/' pairs/basic/sum/sum.v \
		>odd/raced/raced_opt.v
	status 0 bench rewriter odd --references --out odd.jsonl
	says "rewriter: 0 of 2 pass"
	grep '"late.late"' odd.jsonl | grep -q '"class":"u".*a counterexample that Icarus does not show' || fail "$(cat odd.jsonl)"
	grep '"raced.raced"' odd.jsonl | grep -q '"class":"u".*a race, of which yosys looks at one order' || fail "$(cat odd.jsonl)"
	status 0 bench report rewritten.jsonl grey.jsonl --html page.html
	says "over the original's, geometric mean of 1 of 5"
	grep -q 'geometric mean of 1 of 5' page.html || fail "the page lacks the figures"
fi

# Predicting the next line of a file: nothing is run, so no tool is needed.
cat >lines.jsonl <<'J'
{"repo_name":"r","context":[],"file_path":"a.v","cropped_code":"module a;","next_line":"  wire q;\r"}
{"repo_name":"r","context":[],"file_path":"b.v","cropped_code":"module b;","next_line":"abc12345"}
J
cat >said.jsonl <<'J'
{"problem":"lines-000001","completion":"wire   q;"}
{"problem":"lines-000002","response":"```\nabc67890\n```"}
J
TEST_PATH=$work/bare status 0 bench rtl-repo lines.jsonl --references --out next.jsonl
says "rtl-repo: 2 of 2 pass by the official judge, 2 by the strict one"
TEST_PATH=$work/bare status 0 bench rtl-repo lines.jsonl --answers said.jsonl --out line.jsonl
says "rtl-repo: 1 of 2 pass"
# Three of eight characters are common, 37.5: the even one of both is 38.
grep -q '"class":"l".*"edit_similarity":38}' line.jsonl || fail "the similarity is another: $(cat line.jsonl)"
status 0 bench report line.jsonl next.jsonl
says "arithmetic mean of 2 of 2"
says "edit_similarity"
status 2 bench rtl-repo lines.jsonl --extract posedge --references
notes "an answer of rtl-repo is one line"
cat >ask.sh <<'S'
#!/bin/sh
cat >request
printf '{"text":"// so\\n  wire q;\\n"}\n{"finish":"stop"}\n'
S
status 0 bench rtl-repo lines.jsonl --jobs 1 --backend half
says "rtl-repo: 1 of 2 pass"
status 2 bench rtl-repo answers --references
notes "has no problems of rtl-repo"

# hdlsearch: the ranks are those of `find`; of three descriptions one is found first,
# one finds another module, one finds nothing.
mkdir -p search/soc
cat >search/soc/fifo.v <<'V'
module fifo(input clk, input wr_en, output full);
  reg [3:0] write_pointer; // where the next word is written
  reg [3:0] read_pointer;  // where the next word is read
  assign full = write_pointer == read_pointer;
  always @(posedge clk) if (wr_en) write_pointer <= write_pointer + 1;
endmodule
V
cat >search/soc.json <<'J'
[{"description": "write pointer", "module": "fifo", "signal": "write_pointer"},
 {"description": "pointer", "module": "fifo", "signal": "read_pointer"},
 {"description": "pointer", "module": "fifo", "signal": "write_pointer"},
 {"description": "fifo", "module": "fifo"},
 {"description": "fifo", "module": "uart"},
 {"description": "fifo"}]
J
status 3 bench hdlsearch search --out found.jsonl
says "hdlsearch: 3 of 6 pass"
says "1 could not be judged"
notes "soc-0006, sample 1: it names no module, block or signal"
grep '"problem":"soc-0005"' found.jsonl | grep -q '"category":"module".*"class":"R".*"not found"' || fail "$(cat found.jsonl)"
grep -q '"figures":{"reciprocal_rank":0.5},"first":{"text":"found at rank 2"' found.jsonl || fail "no rank is told: $(cat found.jsonl)"
status 0 bench report found.jsonl
says "0.700   mean reciprocal rank, arithmetic mean of 5 of 6"
# As HDLSearch has it: a module, code of a block with other blanks, a signal with its module.
sed -i 's/^endmodule/  function [3:0] to_gray(input [3:0] b); to_gray = b ^ (b >> 1); endfunction\nendmodule/' search/soc/fifo.v
cat >search/soc.json <<'J'
[{"module_id": "fifo", "module_description": "fifo",
  "block_descriptions": [{"code": "function [3:0]\n  to_gray(input [3:0] b);", "description": "to_gray"},
                         {"code": "function [3:0] to_gray(input [7:0] b);", "description": "to_gray"}],
  "signal_descriptions": [{"signal": "fifo::read_pointer", "description": "read pointer"},
                          {"signal": "uart::read_pointer", "description": "read pointer"}]}]
J
status 0 bench hdlsearch search --out hdl.jsonl
ranks=$(sed 's/.*"problem":"soc-000\(.\)".*"category":"\([a-z]*\)".*"reciprocal_rank":\([0-9.]*\)}.*/\1 \2 \3/' hdl.jsonl | sort | tr '\n' ',')
[ "$ranks" = "1 module 1,2 block 1,3 block 0,4 signal 1,5 signal 0," ] || fail "the ranks are $ranks"
for option in --temperature=0.2 --seed=3 --samples=2 --backend=cookbook; do
	status 2 bench hdlsearch search "$option"
	notes "bench: ${option%=*} is for a run that asks a model"
done
status 2 bench hdlsearch search --references
notes "bench: hdlsearch has no solutions to judge"
echo '{"description": "x"}' >search/soc.json
status 2 bench hdlsearch search
notes "soc.json: it is not an array of descriptions"
rm -r search/soc
ln -s ../suite search/soc
echo '[{"description": "x", "module": "x"}]' >search/soc.json
status 3 bench hdlsearch search
status 2 bench hdlsearch suite
notes "has no descriptions of hdlsearch"

# Bad input.
for suite in rewriter rtllm tasks hdlsearch assert rtl-repo verilog-eval; do
	of=--references
	[ $suite != hdlsearch ] || of=
	status 2 bench $suite no-such-folder $of
	notes "no-such-folder: No such file or directory"
done
status 2 bench rewriter answers --references
notes "has no pairs of rewriter"
status 2 bench no-suite suite
notes "there is no suite no-suite; there are verilog-eval, rtllm, rewriter"
status 2 bench verilog-eval answers --references
notes "has no problems of verilog-eval"
status 2 bench report suite/good_ref.sv
notes "is not a row of a benchmark"
# An option that would change nothing.
status 2 bench report rows.jsonl --samples 3
notes "--samples is for a run of a suite"
bench 2 --references --html page.html
notes "--html is for \`bench report\`"
bench 2 --answers answers --temperature 1
notes "--temperature is for a run that asks a model"
bench 2 --answers "$work/none"
bench 2 --shard 3/2
notes "--shard takes I/N"
bench 2 --task x
notes "it has spec-to-rtl, code-complete-iccad2023"
