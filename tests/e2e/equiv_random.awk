# Random combinational modules and rewrites of them: awk -v n=20 -v seed=1 -v dir=DIR.
# Writes old.sv, new.sv (modules t0, t1, ...) and tb.sv, which prints what each
# module gives for every input. Odd ones are wrong for one input, or meant to be: only
# the simulation says whether they are.
function pick(k) { return int(rand() * k) }
function arg(i) { return i == 0 || pick(3) == 0 ? "p" pick(4) : "n" pick(i) }
# An operation of four bits, as it is and as it could be written.
function node(i,    x, y, z, k) {
	x = arg(i); y = arg(i); z = arg(i); k = pick(9)
	if (k == 0) { was = x " + " y; is = y " - ~" x " - 4'd1" }
	else if (k == 1) { was = x " - " y; is = "~(~" x " + " y ")" }
	else if (k == 2) { was = x " & " y; is = "~(~" x " | ~" y ")" }
	else if (k == 3) { was = x " | " y; is = "(" x " & ~" y ") ^ " y }
	else if (k == 4) { was = x " ^ " y; is = "(" x " | " y ") & ~(" x " & " y ")" }
	else if (k == 5) { was = x " < " y " ? " z " : " x; is = x " >= " y " ? " x " : " z }
	else if (k == 6) { was = x " == " y " ? " z " : " y; is = "|(" x " ^ " y ") ? " y " : " z }
	else if (k == 7) { was = "{" x "[1:0], " y "[3:2]}"; is = "(" x " << 2) | (" y " >> 2)" }
	else { was = "s[0] ? " x " : s[1] ? " y " : " z
		is = "(" x " & {4{s[0]}}) | (" y " & {4{~s[0] & s[1]}}) | (" z " & {4{~|s}})" }
}
BEGIN {
	srand(seed)
	for (m = 0; m < n; m++) {
		head = "module t" m "(input [2:0] a, b, input [1:0] s, output [3:0] y);\n" \
			"  wire [3:0] p0 = {1'b0, a}, p1 = {b, 1'b1}, p2 = {s, s}, p3 = 4'd" pick(16) ";\n"
		a = b = head
		count = 3 + pick(6)
		for (i = 0; i < count; i++) {
			node(i)
			a = a "  wire [3:0] n" i " = " was ";\n"
			b = b "  wire [3:0] n" i " = " (pick(3) ? is : was) ";\n"
		}
		a = a "  assign y = n" count - 1 ";\nendmodule\n"
		if (m % 2)
			b = b "  assign y = {s, b, a} == 8'd" pick(256) " ? n" count - 2 " : n" count - 1 ";\nendmodule\n"
		else
			b = b "  assign y = n" count - 1 ";\nendmodule\n"
		printf "%s", a >dir "/old.sv"
		printf "%s", b >dir "/new.sv"
	}
	print "module tb;\n  reg [7:0] i;\n  integer k;" >dir "/tb.sv"
	for (m = 0; m < n; m++)
		print "  wire [3:0] y" m ";\n  t" m " u" m "(i[2:0], i[5:3], i[7:6], y" m ");" >dir "/tb.sv"
	print "  initial for (k = 0; k < 256; k = k + 1) begin\n    i = k; #1;" >dir "/tb.sv"
	for (m = 0; m < n; m++)
		print "    $display(\"t" m " %0d %b\", k, y" m ");" >dir "/tb.sv"
	print "  end\nendmodule" >dir "/tb.sv"
}
