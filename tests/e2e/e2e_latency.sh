#!/usr/bin/env bash
# Requirements in spec.md that name cycles are checked against each run's waves.
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog verilator_bin
mkdir -p "$work/p" && cd "$work/p" || exit 1
cat >pipe.v <<'END'
module pipe(input clk, input rst, input in_valid, output reg out_valid, output reg busy);
  reg mid;
  always @(posedge clk)
    if (rst) begin mid <= 0; out_valid <= 0; busy <= 0; end
    else begin mid <= in_valid; out_valid <= mid; busy <= in_valid | mid; end
endmodule
END
cat >pipe_tb.v <<'END'
`timescale 1ns/1ps
module pipe_tb;
  reg clk = 0, rst = 1, in_valid = 0, never = 0;
  wire out_valid, busy;
  pipe dut(clk, rst, in_valid, out_valid, busy);
  always #5 clk = ~clk;
  initial begin
    #22 rst = 0;
    repeat (5) begin
      @(negedge clk) in_valid = 1;
      @(negedge clk) in_valid = 0;
      repeat (3) @(negedge clk);
      if (out_valid !== 0) $error("still valid");
    end
    $display("PASS");
    $finish;
  end
endmodule
END
cat >spec.md <<'END'
# A pipeline

- R1: out_valid 2 cycles after in_valid
- R2: out_valid 1 cycle after in_valid
- R3: busy is high within 3 cycles of in_valid
- R4: out_valid 2 cycles after never
- R5: out_valid 2 cycles after nothing
- R6: the pipeline has 2 cycles of latency
END
export XDG_CONFIG_HOME=$work/config
for engine in icarus verilator; do
	status 0 sim --engine $engine --one
	notes "R1 holds: out_valid 2 cycles after in_valid, 5 times (spec.md:3)"
	notes "R2 is broken at 35 ns: out_valid 1 cycle after in_valid; not after 5 of 5 (spec.md:4)"
	notes "R3 holds: busy within 3 cycles of in_valid, 5 times, each after 1 (spec.md:5)"
	notes "R4 was not seen: out_valid 2 cycles after never, which never came (spec.md:6)"
	notes "R5 cannot be checked: "
	[ "$(grep -c 'spec.md:' "$work/err")" = 5 ] || fail "R6 says no latency"
done
# The design is repaired by one stage: now another row fails.
sed -i 's/out_valid <= mid/out_valid <= in_valid/' pipe.v
status 0 sim --engine icarus --one
notes "R1 is broken at 35 ns"
notes "R2 holds: out_valid 1 cycle after in_valid, 5 times"
# On the screen a row's line leads to the spec.
mkdir -p "$XDG_CONFIG_HOME/posedge"
printf 'set engine icarus\n' >"$XDG_CONFIG_HOME/posedge/posedgerc"
printf 'wait lint\nrun sim\nwait sim PASS\nrun log sim\nrun filter "R1 is"\nkey Ctrl-O 4 Home Enter\nscreen\n' >keys
timeout 600 "$posedge" --script keys >"$work/out" 2>"$work/err" </dev/null || fail "the script: $(tail -3 "$work/err")"
says ' spec*  spec.md'
says "R1 is broken at 35 ns"
echo "latency: all as it should be"
