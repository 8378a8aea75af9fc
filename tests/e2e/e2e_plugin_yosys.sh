#!/usr/bin/env bash
# The yosys plugin reports what Yosys itself reports; hostile sources and names give one
# sentence, and so does a missing Yosys.
. "${srcdir:?}/tests/lib/lib.sh"
plugin=$builddir/yosys.so

mkdir -p "$work/p/rtl" && cd "$work/p"
cat >rtl/c.sv <<'END'
`include "w.svh"
module c #(parameter int W = `WIDTH) (
  input logic clk, rst, en,
  output logic [W-1:0] q,
  output logic held
);
  always_ff @(posedge clk) if (rst) q <= 0; else if (en) q <= q + 1;
  always_latch if (en) held = rst;
endmodule
END
echo '`define WIDTH 6' >rtl/w.svh

# Without it the pane is grey, and the rest of posedge works.
mkdir "$work/none"
TEST_PATH=$work/none
status 2 --plugin "$plugin" yosys
notes "yosys is not installed: apt-get install yosys"
unset TEST_PATH
need yosys
look_for_isolation
[ $isolated = yes ] || exit 77

# The oracle: the same steps by hand, and Yosys' own table.
by_hand() {
	(cd rtl && yosys -p "read_verilog -sv -I. c.sv; hierarchy -top c $1; synth -flatten -top c; ltp -noff; stat") >"$work/table" 2>&1 ||
		fail "yosys itself"
	tac "$work/table" | sed '/=== c ===/q' >"$work/stat"
	cells=$(awk '/Number of cells/ { print $NF }' "$work/stat")
	flops=$(awk '$1 ~ /^\$.*FF/ { n += $2 } END { print n + 0 }' "$work/stat")
	latches=$(awk '$1 ~ /LATCH/ { n += $2 } END { print n + 0 }' "$work/stat")
	path=$(sed -n 's/.*(length=\([0-9]*\)).*/\1/p' "$work/table" | tail -n 1)
	[ -n "$cells" ] && [ "$flops" -gt 0 ] || fail "the table of this Yosys is another one"
}
by_hand ""
status 0 --plugin "$plugin" yosys
says "c: $cells cells, $flops flip-flops, $latches latches, longest path $path cells"
while read -r kind n; do
	says "$(printf '%8d  %s' "$n" "$kind")"
done < <(awk '$1 ~ /^\$_/ { print $1, $2 }' "$work/stat")
by_hand "-chparam W 3"
printf 'set parameters W=3\n' >"$XDG_CONFIG_HOME/posedge/posedgerc"
status 0 --plugin "$plugin" yosys c
says "c: $cells cells, $flops flip-flops"
rm "$XDG_CONFIG_HOME/posedge/posedgerc"

# Designs that cannot be synthesised, and attempts to escape.
status 2 --plugin "$plugin" yosys nobody
notes "module nobody: no file defines it"
printf 'module broken(input a, output b);\n  assign b = a +;\nendmodule\n' >rtl/broken.sv
status 2 --plugin "$plugin" yosys broken
notes "syntax error"
rm rtl/broken.sv
touch "$HOME/secret"
printf 'module out(output o);\n  initial $readmemh("%s/secret", m);\n  reg [7:0] m[0:1];\n  assign o = m[0][0];\nendmodule\n' "$HOME" >rtl/out.sv
"$posedge" --plugin "$plugin" yosys out >"$work/out" 2>"$work/err" && fail "it read a file of the home folder"
rm rtl/out.sv
printf 'module semi(output o);\n  assign o = 1;\nendmodule\n' >'rtl/a;shell touch x;.sv'
status 2 --plugin "$plugin" yosys semi
notes "cannot hold"
rm rtl/a*
# Within the user's limits.
printf 'module big(input [1023:0] a, b, output [2047:0] o);\n  assign o = a * b;\nendmodule\n' >rtl/big.sv
printf 'set sim.run_seconds 1\n' >"$XDG_CONFIG_HOME/posedge/posedgerc"
status 2 --plugin "$plugin" yosys big
notes "not done after 1 s"
exit 0
