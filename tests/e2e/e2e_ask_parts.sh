#!/usr/bin/env bash
# Each part of an answer is printed, or is in a suggestion, or both its text and the reason
# why it was not placed are there.
. "${srcdir:?}/tests/lib/lib.sh"
export LC_ALL=C.UTF-8
in_new p
mkdir rtl
cat >rtl/counter.sv <<'V'
module counter(input logic clk, rst, output logic [3:0] q);
  always_ff @(posedge clk)
    if (rst) q <= 0;
    else q <= q + 1;
endmodule
V
printf 'module other;\n  wire one;\nendmodule\n' >rtl/other.sv
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
printf 'set lint.live off\nbackend add m exec cmd="%s"\nset backend m\n' "$work/model" >"$XDG_CONFIG_HOME/posedge/posedgerc"
# answer STATUS: asks, and the answer is stdin, where ''' is a fence and (search), (replace)
# and (end) are the marks of an edit.
answer() {
	sed "s/'''/\`\`\`/; s/^(search)/<<<<<<< SEARCH/; s/^(replace)/=======/; s/^(end)/>>>>>>> REPLACE/" >"$work/model.answer"
	status "$1" ask --fresh go
}
# once TEXT, never TEXT: how many lines of stdout are that.
once() { [ "$(grep -cxF -- "$1" "$work/out")" = 1 ] || fail "stdout has not one line: $1"; }
never() { ! grep -qxF -- "$1" "$work/out" || fail "stdout has a line: $1"; }

# Nothing can be placed: the text is printed and the reason said, whatever its form.
answer 1 <<'A'
In rtl/counter.sv:

'''systemverilog
  not_there <= 4;
'''
A
once '  not_there <= 4;'
notes 'a block without a module'
answer 1 <<'A'
rtl/counter.sv
(search)
  not_there <= 4;
(replace)
  not_there <= 5;
(end)
A
once '  not_there <= 4;'
once '  not_there <= 5;'
notes 'the lines to replace are not in it'
answer 1 <<'A'
--- a/rtl/counter.sv
+++ b/rtl/counter.sv
@@ -1,2 +1,2 @@
 nor this
-  not_there <= 4;
+  not_there <= 5;
A
once '-  not_there <= 4;'
once '+  not_there <= 5;'
notes 'hunk 1 of the diff'

# Beside a file that was placed: what is not in its suggestion is printed, in its place.
answer 0 <<'A'
In rtl/counter.sv:

'''systemverilog
  not_there <= 4;
'''

or all of rtl/counter.sv:

'''systemverilog
module counter(input logic clk, rst, output logic [3:0] q);
  always_ff @(posedge clk)
    if (rst) q <= 0;
    else q <= q + 2;
endmodule
'''

Run it:

'''sh
make sim
'''

It prints

'''
q = 3
'''
A
once '  not_there <= 4;'
once 'make sim'
once 'q = 3'
once '+    else q <= q + 2;'
never '    else q <= q + 2;'
[ "$(grep -nxF 'make sim' "$work/out" | cut -d: -f1)" -lt "$(grep -nxF 'It prints' "$work/out" | cut -d: -f1)" ] || fail "not in its place"
answer 2 <<'A'
rtl/counter.sv
(search)
    else q <= q + 1;
(replace)
    else q <= q + 3;
(end)

rtl/other.sv
(search)
  wire two;
(replace)
  wire three;
(end)
A
once '+    else q <= q + 3;'
never '    else q <= q + 3;'
once '  wire two;'
once '  wire three;'
notes 'change rtl/other.sv: the lines to replace are not in it'

# What goes into one suggestion from two blocks is shown once: halves, before and after.
answer 0 <<'A'
The first half:
'''systemverilog
module counter(input logic clk, rst, output logic [3:0] q);
  always_ff @(posedge clk)
'''
and the rest:
'''systemverilog
    if (rst) q <= 0;
    else q <= q + 5;
endmodule
'''
A
once '+    else q <= q + 5;'
never '    else q <= q + 5;'
answer 0 <<'A'
Before, in rtl/counter.sv:
'''systemverilog
    else q <= q + 1;
'''
After:
'''systemverilog
    else q <= q + 6;
'''
A
once '+    else q <= q + 6;'
never '    else q <= q + 6;'
never '    else q <= q + 1;'

# A block for two files of which one is unclear: all of it is printed.
printf 'module twin;\nendmodule\n' >rtl/twin.sv
cp rtl/twin.sv rtl/twin2.sv
answer 1 <<'A'
'''systemverilog
module other;
  wire seven;
endmodule
module twin;
  wire eight;
endmodule
'''
A
once '  wire eight;'
exit 0

# In place of a block its file is named, also where the files come in another order, and
# once for edits that follow each other.
answer 0 <<'A'
Its self-checking testbench:
'''systemverilog
module twin_tb;
  twin dut();
  initial begin
    $display("PASS");
    $finish;
  end
endmodule
'''
and the design:
'''systemverilog
module counter(input logic clk, rst, output logic [3:0] q);
  always_ff @(posedge clk)
    if (rst) q <= 0;
    else q <= q + 7;
endmodule
'''
rtl/other.sv
(search)
  wire one;
(replace)
  wire nine;
(end)
(search)
module other;
(replace)
module other();
(end)
A
sed '/^diff /,$d' "$work/out" >"$work/words"
cat >"$work/want" <<'W'
Its self-checking testbench:

(twin_tb.sv)

and the design:

(rtl/counter.sv)

(rtl/other.sv)
W
diff "$work/want" "$work/words" || fail "another file is named in place of a block"

# A block that is open at the end, behind a whole module: the reason of the end tells whether
# that is all. Without one it may be cut off, and is not applied unasked.
sed -i 's/"finish":"stop"/"finish":"%s"/; s/^printf.*/& "$(cat "$0.finish")"/' "$work/model"
echo other >"$work/model.finish"
{
	printf '```systemverilog rtl/first.sv\nmodule first;\nendmodule\n```\n'
	printf '```systemverilog\nmodule other;\n  wire two;\nendmodule\n'
} >"$work/model.answer"
status 1 ask --fresh --apply go
[ -e rtl/first.sv ] && fail "a file is written that may need what is missing"
printf '```systemverilog\nmodule other;\n  wire two;\nendmodule\n' >"$work/model.answer"
status 1 ask --fresh --apply go
notes 'the last block of the answer is not closed, so it may be cut off'
grep -q two rtl/other.sv && fail "an answer without an end is applied"
echo length >"$work/model.finish"
status 1 ask --fresh --apply go
grep -q two rtl/other.sv && fail "an answer that was cut off is applied"
status 1 apply --apply "$work/model.answer"
notes 'the last block of the answer is not closed, so it may be cut off'
grep -q two rtl/other.sv && fail "a text without an end is applied"
echo stop >"$work/model.finish"
status 0 ask --fresh --apply go
grep -q two rtl/other.sv || fail "a whole answer is not applied"

# Exercises with modules of one name: the file is the one that the question names, on a screen
# else the one in front; nothing is guessed otherwise.
mkdir lab1 lab2
for i in 1 2; do printf 'module part(input a, output y);\n  assign y = a;\nendmodule\n' >lab$i/part.sv; done
answer 1 <<'A'
'''
module part(input a, output y);
  assign y = ~a;
endmodule
'''
A
notes "more than one file defines part; --file PATH says which"
status 0 ask --fresh "invert y in lab2/part.sv"
notes "lab2/part.sv: of the files that define part, the one that the question is about"
status 1 ask --fresh "make lab1/part.sv and lab2/part.sv the same"
cat >"$work/keys" <<'S'
run focus code
run open lab1/part.sv
wait [lab1/part.sv]
run ask --fresh invert y
wait wait: F8
run review
wait lab1/part.sv REVIEW
S
status 0 --script "$work/keys"
# The same for an answer that names the file without its folder. A screen names the option of
# its own command.
answer 1 <<'A'
Change `part.sv`:

'''
module part(input a, output y);
  assign y = !a;
endmodule
'''
A
notes "there is more than one part.sv; --file PATH says which"
status 0 ask --fresh "invert y in lab2/part.sv"
says "+++ b/lab2/part.sv"
status 1 ask --fresh "make lab1/part.sv and lab2/part.sv the same"
cat >"$work/keys" <<'S'
run focus code
run ask --fresh make lab1/part.sv and lab2/part.sv the same
wait there is more than one part.sv; /ask --file PATH says which
S
status 0 --script "$work/keys"
