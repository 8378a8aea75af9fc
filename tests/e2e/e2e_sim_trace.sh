#!/usr/bin/env bash
# sim.trace: every reader of a run's waves gives the same answer for VCD and FST, with
# Icarus and Verilator. Verilator's FST has the names of enums, and all nine VHDL states
# of GHDL's files are distinguished.
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog vvp
grep -q 'define HAVE_ZLIB' "$builddir/config.h" || { echo "SKIP: posedge was built without zlib"; exit 77; }

cd "$work" || exit 9
cat >counter.sv <<'V'
module counter(input logic clk, rst, en, output logic [3:0] q, output logic [1:0] s);
  typedef enum logic [1:0] {IDLE, RUN, FULL} state_t;
  state_t state;
  assign s = state;
  always_ff @(posedge clk)
    if (rst) begin q <= 0; state <= IDLE; end
    else if (en) begin q <= q + 2; state <= q == 8 ? FULL : RUN; end
endmodule
V
cat >counter_tb.sv <<'V'
`timescale 1ns/1ps
module counter_tb;
  logic clk = 0, rst = 1, en = 0; wire [3:0] q; wire [1:0] s;
  counter dut(.clk(clk), .rst(rst), .en(en), .q(q), .s(s));
  always #5 clk = !clk;
  initial begin
    $dumpfile("wave.vcd"); $dumpvars(0, counter_tb);
    #12 rst = 0; en = 1;
    repeat (5) @(posedge clk);
    #1 if (q !== 5) $display("FAIL: q is %0d, not 5 at %0t", q, $time);
    else $display("PASS");
    $finish;
  end
endmodule
V
cat >spec.md <<'M'
R1: q 1 cycle after en of clk
M

# chain FORMAT ENGINE: what everything says, but the name of the file.
chain() {
	echo "set sim.trace $1" >.posedgerc
	rm -rf .posedge/waves
	"$posedge" sim --one --engine "$2" >out 2>err && fail "sim passed"
	[ -s ".posedge/waves/counter_tb.$1" ] || fail "$2 wrote no $1"
	[ "$(find .posedge/waves -name 'counter_tb.*' ! -name '*.gtkw' | wc -l)" = 1 ] || fail "other waves"
	cp ".posedge/waves/counter_tb.$1" "$2.$1"
	{
		cat out
		"$posedge" why
		"$posedge" why dut.q @26ns
		"$posedge" wave --text
		"$posedge" wave --plain --signals clk,q
		"$posedge" wave --wavejson
		"$posedge" wave --on 'posedge clk' --eval 'q; en'
		DISPLAY='' WAYLAND_DISPLAY='' "$posedge" wave
	} 2>&1 | sed -E '/^==[0-9]+==WARNING: ASan/d; s/^(VCD|FST) info/INFO/; s/counter_tb\.(vcd|fst)/counter_tb.W/g; s/[0-9.]+ m?s\b/T/g' >"$2.$1.said"
	grep -q 'FAIL' "$2.$1.said" || fail "no verdict"
	grep -q 'counter.sv:7' "$2.$1.said" || fail "why"
}
both() {
	chain vcd "$1"
	chain fst "$1"
	[ "$(head -c 1 "$1.fst" | od -An -tx1 | tr -d ' ')" = 00 ] || fail "$1.fst is no FST"
	"$posedge" wave diff "$1.vcd" "$1.fst" >out || fail "$1: the dumps differ"
	grep -q '^no difference' out || fail "$1: diff"
}
both icarus
diff icarus.vcd.said icarus.fst.said || fail "icarus: other words of FST"

if command -v verilator g++ >/dev/null && [ -e /usr/include/zlib.h ] && [ "${POSEDGE_SLOW:-}" != no ]; then
	both verilator
	"$posedge" wave verilator.fst --text --signals dut.state >out || fail "wave"
	grep -qw RUN out && grep -qw IDLE out || fail "no names of states"
else
	echo "without Verilator and zlib's header"
fi

if command -v ghdl >/dev/null; then
	cat >nine.vhd <<'V'
library ieee; use ieee.std_logic_1164.all;
entity nine is end;
architecture a of nine is
  signal b : std_logic := 'U';
  signal v : std_logic_vector(8 downto 0) := "UX01ZWLH-";
begin
  process begin
    for i in 0 to 8 loop
      b <= std_logic'val(i); v <= v(7 downto 0) & v(8); wait for 10 ns;
    end loop;
    wait;
  end process;
end;
V
	ghdl -a nine.vhd && ghdl -e nine && ghdl -r nine --fst=n.fst --vcd=n.vcd --stop-time=100ns || fail "ghdl"
	for f in vcd fst; do
		"$posedge" wave n.$f --on b --eval 'b' >/dev/null || fail "wave n.$f"
		"$posedge" wave n.$f --text --signals b >n.$f.out || fail "wave n.$f"
	done
	diff n.vcd.out n.fst.out || fail "VHDL: FST is not VCD"
	[ "$(awk 'NR > 1 { printf "%s", $NF }' n.fst.out)" = ux01zwlh- ] || fail "not all nine: $(cat n.fst.out)"
else
	echo "without GHDL"
fi

# Testbenches of one name in two folders: the waves of one stay while the other runs.
rm -f .posedgerc
mkdir a b
for folder in a b; do
	cat >$folder/tb.v <<-V
		module tb;
		  reg only_$folder = 0;
		  initial begin
		    \$dumpfile("wave.vcd"); \$dumpvars(0, tb);
		    #5 only_$folder = 1;
		    \$finish;
		  end
		endmodule
	V
done
for folder in a b; do "$posedge" sim $folder/tb.v --one >out 2>err; done
for folder in a b; do grep -q "only_$folder" .posedge/waves/$folder.tb.vcd || fail "the waves of $folder/tb.v"; done
