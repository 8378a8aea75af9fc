#!/usr/bin/env bash
# The smallest part of a suggestion with which the testbench passes.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator
mkdir -p "$work/p/rtl" "$work/p/tb" && cd "$work/p"
cat >rtl/add.sv <<'EOF'
module add (
    input  logic [7:0] a,
    input  logic [7:0] b,
    output logic [8:0] sum,
    output logic       zero
);
  // the sum
  assign sum = a - b;

  // nothing is left

  assign zero = sum != 0;

  // that is all

endmodule
EOF
sed -e 's|// the sum|// the sum, with its carry|' -e 's|a - b|{1'"'b0}, a} + {1'b0, b"'}|' -e "s|{1'b0}, a}|{1'b0, a}|" \
	-e 's|// nothing is left|// whether nothing is left|' -e 's|sum != 0|sum == 0|' -e 's|// that is all|// that is it|' \
	rtl/add.sv >"$work/new.sv"
cat >tb/add_tb.sv <<'EOF'
module add_tb;
  logic [7:0] a, b;
  logic [8:0] sum;
  logic zero;
  add dut (.*);
  initial begin
    a = 0; b = 0; #1;
    if (!zero) $error("zero is not zero");
    a = 200; b = 100; #1;
    if (sum != 300) $error("sum %0d", sum);
    $finish;
  end
endmodule
EOF
diff -u --label a/rtl/add.sv --label b/rtl/add.sv rtl/add.sv "$work/new.sv" >"$work/change.diff"
status 1 sim
status 0 apply "$work/change.diff"
cp rtl/add.sv "$work/before.sv"
status 0 review --smallest
says "2 of 4 hunks are enough"
command=$(sed -n 's/^posedge //p' "$work/out")
cmp rtl/add.sv "$work/before.sv" || fail "looking for the smallest set changed the file"
# The reported part is sufficient, and neither half of it is.
# shellcheck disable=SC2086
status 0 $command --apply
status 0 sim
says "PASS"
grep -q "// nothing is left" rtl/add.sv || fail "a place that is not needed was taken"
grep -q "sum == 0" rtl/add.sv && grep -q "+ {1'b0, b}" rtl/add.sv || fail "a place that is needed was not taken"
[ -z "$(find .posedge/sessions -name smallest)" ] || fail "the trials left files"

# The remaining changes make no difference to the testbench.
status 0 review --smallest
says "passes without any of it"
# If nothing passes, that is reported with the verdict.
sed 's|sum == 0|sum == 1|' rtl/add.sv >"$work/bad.sv"
diff -u --label a/rtl/add.sv --label b/rtl/add.sv rtl/add.sv "$work/bad.sv" >"$work/bad.diff"
status 0 apply "$work/bad.diff"
n=$(timeout 600 "$posedge" review | sed -n 's/^. suggestion \([0-9]*\) .*/\1/p' | tail -n 1)
status 2 review --suggestion "$n" --smallest
notes "does not pass either: FAIL"
