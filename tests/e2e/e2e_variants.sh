#!/usr/bin/env bash
# mutants: a run that hangs, fills its disk, crashes or corrupts its own data affects no
# other run; a check that the testbench forgives is no verdict; both engines agree.
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog vvp

# fates: "LINE AFTER FATE" of each mutant of the project here.
fates() {
	timeout 600 "$posedge" --json mutants --max 1000 >"$work/out" 2>"$work/err" || [ $? = 1 ] || fail "mutants"
	sed -n 's/.*"line":\([0-9]*\),.*"after":"\(.*\)","fate":"\(.*\)".*/\1 \2 \3/p' "$work/out"
}

mkdir "$work/bad" && cd "$work/bad" || exit 9
cat >bad.v <<'V'
`timescale 1ns/1ns
module bad(input clk, input [3:0] n, output reg [7:0] sum, output reg [7:0] depth);
  integer i, f;
  function automatic [7:0] down(input [7:0] k);
    down = k == 0 ? 0 : down(k - 8'd1) + 8'd1;
  endfunction
  always @(posedge clk) begin
    sum = 0;
    i = 0;
    while (i != 4) begin
      i = i + 1;
      sum = sum + n;
    end
    i = 0;
    while (i != 2) begin
      $display("a line of some length, so that a disk is full soon");
      i = i + 1;
    end
    depth = n == 15 ? 3 : n + 1;
  end
endmodule
V
cat >bad_tb.v <<'V'
`timescale 1ns/1ns
module bad_tb;
  reg clk = 0; reg [3:0] n = 3; wire [7:0] sum, depth; reg [7:0] data [0:1]; integer f, errors = 0;
  bad u(clk, n, sum, depth);
  always #5 clk = !clk;
  initial begin
    $readmemh("data.hex", data);
    @(posedge clk); @(posedge clk); #1;
    f = $fopen("said.txt", "r");
    if (f != 0) begin errors = errors + 1; $display("FAIL a run before this one was here"); end
    f = $fopen("said.txt", "w"); $fdisplay(f, "here"); $fclose(f);
    if (sum !== data[0]) begin
      errors = errors + 1; $display("FAIL sum %0d", sum);
      f = $fopen("data.hex", "w"); $fdisplay(f, "%h %h", sum, sum); $fclose(f);
    end
    if (errors == 0) $display("All tests passed");
    $finish;
  end
endmodule
V
echo "0c 00" >data.hex
fates >"$work/got"
# Removing it from a loop makes the loop endless; nothing checks the value of `depth`.
grep -q '^17 ; noticed$' "$work/got" || fail "an endless loop that prints"
grep -q '^11 ; noticed$' "$work/got" || fail "an endless loop"
grep -q '^12 sum = sum - n; noticed$' "$work/got" || fail "a wrong sum that writes over the data"
[ "$(grep -c '^19 .* survived$' "$work/got")" -ge 4 ] || fail "what nobody looks at: $(grep '^19' "$work/got")"
! grep -q 'not run' "$work/got" || fail "some were not run"
[ "$(cat data.hex)" = "0c 00" ] || fail "the project's file was written"

# A failed check that the testbench forgives: results before 8 do not count.
mkdir "$work/mild" && cd "$work/mild" || exit 9
printf 'module mild(input [3:0] a, output [3:0] y);\n  assign y = a + 4'\''d1;\nendmodule\n' >mild.v
cat >mild_tb.v <<'V'
module mild_tb;
  reg [3:0] a = 0; wire [3:0] y; integer errors = 0, i;
  mild u(a, y);
  initial begin
    for (i = 0; i < 16; i = i + 1) begin
      a = i; #1;
      if (y !== a + 4'd1) errors = errors + 1;
      if (i == 8) errors = 0;
    end
    if (errors == 0) $display("All tests passed"); else $display("FAIL");
    $finish;
  end
endmodule
V
sed -i 's/a + 4.d1;/(a == 3) ? 4'\''d4 : a + 4'\''d1;/' mild.v
fates >"$work/got"
grep -q "^2 .*(a == 3) ? 4'd5.* survived$" "$work/got" || fail "forgiven once: $(cat "$work/got")"
grep -q '^2 .*a - 4.d1; noticed$' "$work/got" || fail "what came later"

# What is woven in changes no width and no sign of what stands beside it.
mkdir "$work/sign" && cd "$work/sign" || exit 9
cat >sign.v <<'V'
module sign(input clk, input signed [3:0] a, b, input [3:0] u, output signed [7:0] p, output [7:0] q,
            output reg signed [9:0] r, output [4:0] c, output w, output reg [7:0] e, output signed [15:0] g);
  assign p = a + b;
  assign q = (u + u) >> 1;
  assign c = a >>> 1;
  assign w = a / b;
  assign g = u ? a : b;
  always @(posedge clk) begin r <= a * b; e <= {a, b} + u; end
endmodule
V
{
	sed 's/module sign(/module expected_sign(/' sign.v
	cat <<'V'
module sign_tb;
  reg clk = 0; reg signed [3:0] a, b; reg [3:0] u;
  wire [55:0] y, e;
  sign dut(clk, a, b, u, y[7:0], y[15:8], y[25:16], y[30:26], y[31], y[39:32], y[55:40]);
  expected_sign x(clk, a, b, u, e[7:0], e[15:8], e[25:16], e[30:26], e[31], e[39:32], e[55:40]);
  integer i;
  initial begin
    for (i = 0; i < 4096; i = i + 7) begin
      {a, b, u} = i; if (b == 0) b = 3;
      #1 clk = 1; #1 clk = 0;
      #1 if (y !== e) $display("FAIL %h is not %h", y, e);
    end
    $display("PASS");
    $finish;
  end
endmodule
V
} >sign_tb.v
fates >"$work/sign.got"
[ "$(grep -c "1'sb0;.* noticed$" "$work/sign.got")" = 14 ] || fail "values that never change: $(cat "$work/sign.got")"
grep -q 'survived$' "$work/sign.got" && fail "not noticed: $(cat "$work/sign.got")"
cd "$work/mild" || exit 9

# The other engine agrees unless something is undefined.
if command -v verilator_bin >/dev/null && command -v g++ >/dev/null; then
	cp "$work/got" "$work/icarus"
	echo 'set engine verilator' >>"$XDG_CONFIG_HOME/posedge/posedgerc"
	fates >"$work/got"
	cmp -s "$work/got" "$work/icarus" || fail "Verilator says otherwise: $(diff "$work/icarus" "$work/got")"
	cd "$work/sign" || exit 9
	fates >"$work/got"
	cmp -s "$work/got" "$work/sign.got" || fail "Verilator says otherwise: $(diff "$work/sign.got" "$work/got")"
fi
