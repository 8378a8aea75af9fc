#!/usr/bin/env bash
# The wavedrom plugin against the simulator: the testbench prints the values that the
# next clock edge reads, and each column must show them.
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog
plugin=$builddir/wavedrom.so
w() { status "$@"; }

mkdir -p "$work/p" && cd "$work/p"
cat >d_tb.sv <<'END'
`timescale 1ns / 1ns
module d_tb;
  logic clk = 0, en = 0;
  logic [11:0] q;
  logic [3:0] odd = 4'b1x0z;
  integer n = 0;
  always #5 clk = !clk;
  always @(posedge clk) begin
    $display("C %h %b", q, en);
    if (n == 3) q <= 12'h7ff;
    else q <= q + 1;
    if (n % 3 == 2) en <= !en;
    n <= n + 1;
  end
  initial begin
    #410;
    if (q !== 12'h824) $error("q is %h", q);
    $finish;
  end
  initial #12 en = 1;
  initial #13 en = 0;
endmodule
END
status 2 --plugin "$plugin" wavedrom
notes "there are no waves yet; simulate first"
status 0 sim d_tb --engine icarus
grep '^C ' "$work/out" >"$work/read" || fail "the testbench printed nothing"

# columns JSON NAME: what the lane holds, a column a line.
columns() {
	local lane wave data i c k=0 value=''
	lane=$(grep -F "\"name\":\"$2\"" "$1") || fail "no lane is called $2"
	wave=$(sed 's/.*"wave":"\([^"]*\)".*/\1/' <<<"$lane")
	data=()
	[[ $lane != *'"data":'* ]] || IFS=, read -ra data < <(sed 's/.*"data":\[\([^]]*\)\].*/\1/; s/"//g' <<<"$lane")
	for ((i = 0; i < ${#wave}; i++)); do
		c=${wave:i:1}
		case $c in
		.) ;;
		=) value=${data[k++]} ;;
		*) value=$c ;;
		esac
		echo "$value"
	done
}
# The n-th line was printed at the edge that ends the column before it.
against() { # JSON FIRST-LINE COUNT
	paste -d' ' <(columns "$1" d_tb.q) <(columns "$1" d_tb.en) <(columns "$1" d_tb.odd) | head -n "$3" >"$work/drawn"
	sed 's/^C //; s/^xxx /x /; s/$/ x/' "$work/read" | tail -n "+$2" | head -n "$3" >"$work/wanted"
	cmp -s "$work/drawn" "$work/wanted" || { diff "$work/wanted" "$work/drawn" >"$work/out"; fail "a column is another one"; }
}
# From the first rise at 5 on: the column that begins there is read by the second edge.
status 0 --plugin "$plugin" wavedrom 0..204 q en odd
cp "$work/out" all.json
against all.json 2 19
grep -q '"wave":"p\.\{19\}"' all.json || fail "not 20 cycles"
says '2 changes within cycles are not shown'
# A window that begins at an edge, and one in the middle.
status 0 --plugin "$plugin" wavedrom 105..304 clock=d_tb.clk q en odd
cp "$work/out" some.json
against some.json 12 19
says '105 ns to 304 ns'
for window in 105ns..304ns 105..304ns 105ns..304 105000..304000ps; do
	status 0 --plugin "$plugin" wavedrom $window clock=d_tb.clk q en odd
	cmp -s "$work/out" some.json || fail "wavedrom $window: another window"
done
# The last 24, as the exporter has them, and as the tool tells a model.
status 0 --plugin "$plugin" export --as wavejson -o last.json
grep -q '"wave":"p\.\{23\}"' last.json || fail "not the last 24 cycles"
against last.json 19 23

# What cannot be drawn gives one sentence.
for words in nobody clock=nobody 999999.. 'q ..1'; do
	# shellcheck disable=SC2086 # two words
	status 2 --plugin "$plugin" wavedrom $words
	[ "$(grep -c '^posedge: ' "$work/err")" = 1 ] || fail "wavedrom $words: more than a sentence"
done

# The picture is XML, with a box for each value, and nothing of a name is markup.
status 0 --plugin "$plugin" wavedrom svg q en >"$work/out"
says '<svg xmlns'
says '>823<'
status 0 --plugin "$plugin" export --as wavedrom-svg -o last.svg
cat >.posedge/waves/d_tb.vcd <<'END'
$timescale 1 ns $end
$scope module t $end
$var wire 1 ! clk $end
$var wire 4 " <script>"&x $end
$var string 1 s note $end
$upscope $end
$enddefinitions $end
#0
0!
b1010 "
s"<b>\x s
#5
1!
#10
0!
#15
1!
bz "
#20
END
status 0 --plugin "$plugin" wavedrom
cp "$work/out" odd.json
status 0 --plugin "$plugin" wavedrom svg
cp "$work/out" odd.svg
grep -qE '<script|<b>' odd.svg && fail "a name became markup"
if command -v python3 >/dev/null; then
	python3 - all.json some.json last.json odd.json -- last.svg odd.svg <<'END' || fail "no JSON, or no XML"
import json, sys, xml.dom.minidom
cut = sys.argv.index("--")
for name in sys.argv[1:cut]:
    for lane in json.load(open(name))["signal"]:
        assert lane["wave"].count("=") == len(lane.get("data", [])), lane
for name in sys.argv[cut + 1:]:
    xml.dom.minidom.parse(name)
END
fi
exit 0
