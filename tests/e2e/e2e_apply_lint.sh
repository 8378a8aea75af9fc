#!/usr/bin/env bash
# `--apply` leaves an answer to a review that the linter's parser does not take, and only
# then.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator
shopt -s lastpipe # a check behind a pipe ends the test
in_new p
mkdir rtl
cat >"$work/model" <<'S'
#!/usr/bin/env bash
cat >/dev/null
text=$(cat "$0.answer"; echo .)
text=${text%.}
text=${text//\\/\\\\}
text=${text//\"/\\\"}
printf '{"text":"%s"}\n{"finish":"stop"}\n' "${text//$'\n'/\\n}"
S
chmod +x "$work/model"
printf 'backend add m exec cmd="%s"\nset backend m\n' "$work/model" >"$XDG_CONFIG_HOME/posedge/posedgerc"
cat >"$work/good.sv" <<'V'
module counter(input logic clk, rst, output logic [7:0] q);
  always_ff @(posedge clk)
    if (rst) q <= 0;
    else q <= q + 1;
endmodule
V
# file PATH: a file of the answer, whose text is stdin.
file() {
	printf '%s:\n\n```%s\n' "$1" "${2-systemverilog}"
	cat
	printf '```\n\n'
}
# step LINE: the counter with another line 4.
step() { awk -v line="$1" 'NR == 4 { $0 = line } { print }' "$work/good.sv"; }
# ask STATUS: the project is the counter and what is in $base, and the answer is stdin.
base=$work/good.sv
ask() {
	cat >"$work/model.answer"
	cp "$base" rtl/counter.sv
	files >"$work/files"
	status "$1" ask --fresh --apply go
}
refused() { # PLACE: of the answer on stdin
	ask 2
	same
	notes "$1: syntax error"
	notes 'nothing of the answer is written by itself; `posedge review` decides'
	silent_on 'wrote '
}
written() {
	ask 0
	notes "wrote rtl/counter.sv"
	cmp -s rtl/counter.sv "${1:-$work/want}" || fail "another text was written"
}

# Text that is no Verilog.
step '    else q <= **q + 2**;' | file rtl/counter.sv | refused rtl/counter.sv:4
step '    else q <= <your step>;' | file rtl/counter.sv | refused rtl/counter.sv:4
step '    else q <= q + 2' | file rtl/counter.sv | refused rtl/counter.sv:5
step '    else q <= q + $2$;' | file rtl/counter.sv | refused rtl/counter.sv:4
{ echo '$ cat rtl/counter.sv'; step '    else q <= q + 2;'; } | file rtl/counter.sv | refused rtl/counter.sv:1
file rtl/counter.sv <<'V' | refused rtl/counter.sv:3
module counter(input logic clk, rst, output logic [7:0] q, output logic z);
  always_ff @(posedge clk)
(same as before)
  assign z = q == 0;
endmodule
V
# The tool finds it on a line that was there before.
sed 3d "$work/good.sv" | file rtl/counter.sv | refused rtl/counter.sv:3
# None of its files is written, whichever is wrong. A header is read where it is included.
{
	step '    else q <= q + 2;' | file rtl/counter.sv
	printf 'module other;\n  wire <name>;\nendmodule\n' | file rtl/other.sv
} | refused rtl/other.sv:2
{
	printf '`include "step.svh"\n%s\n' "$(step '    else q <= q + STEP;')" | file rtl/counter.sv
	printf 'localparam STEP = <your step>;\n' | file rtl/step.svh
} | refused rtl/step.svh:1
# From outside, too; a person may decide for it.
in_new q
mkdir rtl
cp "$base" rtl/counter.sv
step '    else q <= q + $2$;' >"$work/new"
diff -u --label a/rtl/counter.sv --label b/rtl/counter.sv "$base" "$work/new" >"$work/diff"
files >"$work/files"
status 2 apply "$work/diff" --apply
same
notes 'rtl/counter.sv:4: syntax error'
status 0 review --take all --apply
cmp -s rtl/counter.sv "$work/new" || fail "a decision was not applied"
cd "$work/p" || exit 99

# What the parser takes is written, whatever else is wrong with it.
good() { # LINE
	step "$1" >"$work/want"
	file rtl/counter.sv <"$work/want" | written
}
good '    else q <= q + 2;'
good '    else q <= q + 20'"'"'d2;'
good '    else q <= q + not_there;'
good '    else q <= q + far_pkg::STEP;'
good '    else q <= far_pkg::step_t'"'"'(q + 1);'
good '    else q <= q + `STEP;'
{ step '    else q <= q + 2;' | sed '$d'; printf '  missing u (.clk);\nendmodule\n'; } >"$work/want"
file rtl/counter.sv <"$work/want" | written
step '    else q <= q + 2;' | sed '2i\  far_pkg::step_t by;' >"$work/want"
file rtl/counter.sv <"$work/want" | written
{ echo 'import far_pkg::*;'; step '    else q <= q + 2;'; } >"$work/want"
file rtl/counter.sv <"$work/want" | written
step '    else q <= q + 2;' >"$work/want"
{ file rtl/counter.sv <"$work/want"; echo 'It is **not** $ cat.' | file notes.txt text; } | written
rm notes.txt

# A file that had errors: mended, one of two mended, or left.
base=$work/broken.sv
step '    else q <= <your step>;' | sed '2i\  wire wire;' >"$base"
file rtl/counter.sv <"$work/good.sv" | written "$work/good.sv"
sed 2d "$base" >"$work/want"
file rtl/counter.sv <"$work/want" | written
sed 's/q <= 0/q <= 3/' "$base" >"$work/want"
file rtl/counter.sv <"$work/want" | written
sed 's/q <= 0/q <= **3**/' "$base" | file rtl/counter.sv | refused rtl/counter.sv:4
# Another file's errors are not the answer's.
base=$work/good.sv
echo 'module $;' >rtl/bad.sv
good '    else q <= q + 2;'
rm rtl/bad.sv

# A file of which a change could not be placed waits for a review; the others are written.
step '    else q <= q + 2;' >"$work/want"
{
	file rtl/counter.sv <"$work/want"
	printf '<<<<<<< SEARCH\nwire a;\n=======\nwire b;\n>>>>>>> REPLACE\n' | file rtl/two.sv
	printf '<<<<<<< SEARCH\nwire not_there;\n=======\nwire c;\n>>>>>>> REPLACE\n' | file rtl/two.sv
} >"$work/model.answer"
cp "$base" rtl/counter.sv
printf 'module two;\nwire a;\nendmodule\n' | tee "$work/two.sv" >rtl/two.sv
status 2 ask --fresh --apply go
notes 'wrote rtl/counter.sv'
notes 'rtl/two.sv: the notes say why someone has to look at it: not written'
cmp -s rtl/counter.sv "$work/want" || fail "the sure file was not written"
cmp -s rtl/two.sv "$work/two.sv" || fail "half of a change was written"
rm rtl/two.sv

# Without the tool nobody knows.
mkdir "$work/bin"
for tool in bash cat env timeout; do ln -s "$(command -v $tool)" "$work/bin/"; done
step '    else q <= q + $2$;' >"$work/want"
file rtl/counter.sv <"$work/want" | TEST_PATH=$work/bin written
