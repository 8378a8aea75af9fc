#!/usr/bin/env bash
# solve and tests with recorded answers of real models: GPT-4's shift register from
# qtcore-C1, which first assigned a reg wrongly and was corrected when told so. Skipped
# without the recordings.
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog verilator_bin python3
real=$srcdir/../shared/real-answers/qtcore-c1/02.json
[ -f "$real" ] || {
	echo "the recorded conversations are not here"
	exit 77
}

mkdir -p "$work/q" && cd "$work/q" || exit 9
cat >"$work/model" <<'END'
#!/usr/bin/env python3
# The n-th answer of the conversation; "$0.turns" has their numbers.
import json, os, sys
sys.stdin.read()
base = sys.argv[0]
n = int(open(base + ".n").read()) if os.path.exists(base + ".n") else 0
open(base + ".n", "w").write(str(n + 1))
turns = open(base + ".turns").read().split()
text = json.load(open(open(base + ".real").read()))["turns"][int(turns[min(n, len(turns) - 1)])]["text"]
print(json.dumps({"text": text}))
END
chmod +x "$work/model"
printf '%s' "$(cd "$(dirname "$real")" && pwd)/02.json" >"$work/model.real"
printf 'backend add m exec cmd="%s"\nset backend m\nset engine icarus\n' "$work/model" >"$XDG_CONFIG_HOME/posedge/posedgerc"
cat >shift_register_tb.v <<'END'
`timescale 1ns/1ns
module shift_register_tb;
  reg clk = 0, rst = 1, enable = 0, scan_enable = 0, scan_in = 0;
  reg [7:0] data_in = 0, want = 0;
  wire [7:0] data_out;
  wire scan_out;
  integer i;
  shift_register #(.WIDTH(8)) dut (.clk(clk), .rst(rst), .enable(enable), .data_in(data_in), .data_out(data_out),
    .scan_enable(scan_enable), .scan_in(scan_in), .scan_out(scan_out));
  always #5 clk = !clk;
  initial begin
    @(negedge clk);
    for (i = 0; i < 200; i = i + 1) begin
      rst = i < 2 || i % 50 == 49;
      {enable, scan_enable, scan_in, data_in} = $random;
      @(posedge clk);
      if (rst) want = 0; else if (enable) want = data_in; else if (scan_enable) want = {want[6:0], scan_in};
      @(negedge clk);
      if (data_out !== want) $display("FAIL data_out %h, not %h", data_out, want);
      if (scan_out !== want[7]) $display("FAIL scan_out");
    end
    $finish;
  end
endmodule
END

# The answers in order: the first one twice, as the pair, then the repair.
echo 1 1 3 >"$work/model.turns"
status 0 solve shift_register
says '  1         plain     0 err 1 risk PASS 400'
says 'it is candidate 1 again'
says '> 3         plain     ok           PASS 400'
says '+    output wire [WIDTH-1:0] data_out,'
[ "$(cat "$work/model.n")" = 3 ] || fail "asked $(cat "$work/model.n") times"

# A module that was not asked for is not used.
rm "$work/model.n"
echo 5 5 >"$work/model.turns"
status 1 solve shift_register --best 2
says 'there is no Verilog module shift_register in it'
silent_on ' PASS '

# With the repaired module as the design, the testbench is credible; the text of real
# answers does not contain one.
rm "$work/model.n"
echo 3 >"$work/model.turns"
status 0 solve shift_register --best 1
status 0 review --take all --apply
status 0 tests shift_register_tb
says 'shift_register_tb is trusted'
printf 'R1  data_out is data_in after an edge with enable.\n' >spec.md
status 2 tests shift_register
notes 'no stimuli came of 2 answers'
exit 0
