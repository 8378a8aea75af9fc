#!/usr/bin/env bash
# Verilog that Verilator accepts and Icarus refuses is never "lint ok". Icarus itself, read
# here without posedge, says what it refuses.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin iverilog

# refused NAME LINE: NAME.v, from stdin, has a risk at LINE, where Icarus has an error.
refused() {
	mkdir "$work/$1" && cd "$work/$1" || exit 1
	cat >"$1.v"
	verilator_bin --lint-only -Wno-fatal --language 1364-2005 "$1.v" >verilator.txt 2>&1 ||
		fail "$1: Verilator refuses it, too"
	iverilog -g2005 -gno-xtypes -t null "$1.v" >icarus.txt 2>&1 && fail "$1: Icarus accepts it"
	grep -q "^$1.v:$2: " icarus.txt || fail "$1: Icarus names another line"
	status 1 lint
	says "$1.v:$2 risk ICARUS"
	says "Icarus Verilog refuses this, and so may others"
	silent_on "lint ok"
}

refused twice 3 <<'END'
module twice (input x, output y);
  generate if (1) begin : g
    wire t; wire t;
    assign t = x;
    assign y = t;
  end endgenerate
endmodule
END
refused comma 1 <<'END'
module comma (input x, output y,);
  assign y = x;
endmodule
END
refused driven 3 <<'END'
module sub (input x, output y); assign y = ~x; endmodule
module driven (input clk, output reg q);
  sub u (.x(clk), .y(q));
endmodule
END
refused range 2 <<'END'
module range (clk, q);
  input clk; output [10:0] q;
  reg [9:0] q;
  always @(posedge clk) q <= q + 1;
endmodule
END

# One .sv file beside it does not make it SystemVerilog for others.
printf 'module other (input logic a, output logic b);\n  assign b = a;\nendmodule\n' >other.sv
status 1 lint
says "range.v:2 risk ICARUS"
cp other.sv "$work/comma" && cd "$work/comma" || exit 1
status 1 lint
says "comma.v:1 risk ICARUS"

# What both read as SystemVerilog is no fault, and an .sv file is no Verilog.
mkdir "$work/as_sv" && cd "$work/as_sv" || exit 1
cat >ports.v <<'END'
module ports #(parameter W = 4, localparam N = W + 1) (input [N-1:0] x, output [N-1:0] y);
  assign y = x;
endmodule
END
iverilog -g2005 -t null ports.v >/dev/null 2>&1 && fail "Icarus takes it as Verilog"
status 0 lint
says "lint ok (1 file)"

# posedge's own finding on the line says it better.
mkdir "$work/own" && cd "$work/own" || exit 1
printf 'module own (input d, output reg q);\n  assign q = d;\nendmodule\n' >own.v
status 1 lint
says "POSEDGE_ASSIGNREG"
silent_on "ICARUS"

# posedge finds a net that is there twice by itself, in SystemVerilog as well. Icarus agrees.
mkdir "$work/nets" && cd "$work/nets" || exit 1
printf 'module nets (input logic d, output logic q);\n  wire [1:0] a, t;\n  wire u;\n  wire t = d;\n  assign q = t[0];\nendmodule\n' >nets.sv
iverilog -g2012 -t null nets.sv >icarus.txt 2>&1 && fail "Icarus accepts it"
grep -q "^nets.sv:4: .*already been declared" icarus.txt || fail "Icarus names another line"
status 1 lint
says "nets.sv:4:8 risk POSEDGE_TWICE 't' is declared twice, first in line 2"

# What Verilator reads as SystemVerilog alone, and Icarus not at all, is a limit of Icarus.
mkdir "$work/only_sv" && cd "$work/only_sv" || exit 1
printf 'module only_sv #(parameter W, parameter D = 2) (input [W-1:0] a, output y);\n  assign y = ^a & (D > 1);\nendmodule\nmodule top (input [3:0] a, output y);\n  only_sv #(.W(4)) u (.a(a), .y(y));\nendmodule\n' >only_sv.v
iverilog -g2012 -t null only_sv.v >/dev/null 2>&1 && fail "Icarus has learned it"
status 0 lint
says "lint ok (1 file)"

# What Icarus found in order it is not asked again, until a file changes. The cache is a new one,
# since the last run of this test asked about the same files.
export XDG_CACHE_HOME=$work/cache
asked() {
	rm -f asked
	"$posedge" -v asked lint >/dev/null 2>&1
	grep -c ' iverilog -g' asked
}
mkdir "$work/again" && cd "$work/again" || exit 1
printf 'module again (input d, output q);\n  assign q = d;\nendmodule\n' >again.v
status 0 lint
[ "$(asked)" = 0 ] || fail "Icarus was asked again"
sed -i 's/= d/= ~d/' again.v
[ "$(asked)" = 0 ] && fail "Icarus was not asked about a changed file"
sed -i 's/q);/q,);/' again.v
status 1 lint
says "again.v:1 risk ICARUS"
status 1 lint
says "again.v:1 risk ICARUS"
sed -i 's/q,);/q);/' again.v
status 0 lint
cp ../as_sv/ports.v . && status 0 lint
[ "$(asked)" = 0 ] || fail "Icarus was asked again about what it reads as SystemVerilog"
find . -name 'lint-clean*' | grep -q . && fail "the answers lie in the project"

# A design on which Verilator gives up is read by Icarus, unless that refuses it, too.
mkdir "$work/zero" && cd "$work/zero" || exit 1
printf 'module zero (input clk, output reg q);\n  wire t;\n  always @(posedge clk) begin\n    #0 q = 1;\n  end\nendmodule\n' >zero.v
status 1 lint
says "0 errors, 1 risk (1 file)"
notes "zero is read by Icarus alone, which checks less: verilator_bin does not support what zero.v:4 uses"
silent_on "not read"
sed -i 's/wire t;/wire t; wire t;/' zero.v
status 2 lint
notes "does not support what zero.v:4 uses"
silent_on "Icarus alone"

# Without Icarus the first tool's word stands. The links keep every tool but that.
cd "$work/twice" || exit 1
mkdir "$work/bin"
for folder in /usr/local/bin /usr/bin /bin; do
	for tool in "$folder"/*; do
		[ "${tool##*/}" = iverilog ] || ln -sf "$tool" "$work/bin/"
	done
done
TEST_PATH=$work/bin status 0 lint
says "lint ok (1 file)"
