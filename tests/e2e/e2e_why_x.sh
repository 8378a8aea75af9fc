#!/usr/bin/env bash
# `posedge why x` goes back to the origin of an x, however long ago: a flag without a
# reset, read by a state machine, and a state machine without a reset.
# shellcheck disable=SC2016 # SystemVerilog has its own $
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog vvp verilator_bin
export posedge

mkdir -p "$work/door" && cd "$work/door" || exit 1
cat >door.v <<'END'
module door(input clk, input rst, input ring, input knock, output reg open);
  reg [1:0] state, next;
  reg [3:0] age;
  reg asked;
  always @(posedge clk)
    if (rst) begin
      state <= 0; age <= 0;
    end else begin
      state <= next; age <= age + 1;
    end
  always @(posedge clk)
    if (ring) asked <= 1;
    else if (state == 2) asked <= 0;
  always @(*)
    case (state)
      0: next = age > 3 && (knock || asked) ? 1 : 0;
      1: next = 2;
      2: next = age[0] ? 0 : 2;
    endcase
  always @(*) open = state == 1;
endmodule
END
cat >door_tb.v <<'END'
`timescale 1ns/1ns
module door_tb;
  reg clk = 0, rst = 1, ring = 0, knock = 0;
  wire open;
  door dut(clk, rst, ring, knock, open);
  always #5 clk = ~clk;
  initial begin
    $dumpfile("door.vcd"); $dumpvars(0, door_tb);
    #22 rst = 0;
    #1000 if (open !== 1'b0) $display("FAIL: open is %b at %0t", open, $time);
    $finish;
  end
endmodule
END

# steps TEXT: number of the row that starts with it; 0: none.
row() { awk -v want="$1" '/^ *[0-9]+  / && index($0, want) { print $1; found = 1; exit } END { if (!found) print 0 }' "$work/out"; }

# The x is 950 ns old at the end. It came when the state first read the flag.
status 1 sim --engine icarus --one
status 0 why x
[ "$(row 'door_tb.open = x at 65 ns')" = 1 ] || fail "not when it became x: $(cat "$work/out")"
at=$(row 'dut.asked = x before 65 ns, no reset, up to the edge at 55 ns')
[ "$at" -ge 1 ] && [ "$at" -le 3 ] || fail "the flag is row $at: $(cat "$work/out")"
says "door.v:12  asked <= 1"
silent_on ".999 ns"
# Nothing else is followed: the rows end at the flag.
[ "$(grep -cE '^ *[0-9]+  ' "$work/out")" = "$at" ] || fail "rows after the cause: $(cat "$work/out")"
says "it goes on"
# The same, starting from a named signal.
status 0 why dut.state @1000ns
[ "$(row 'dut.asked = x before 65 ns, no reset')" -eq 2 ] || fail "asked of the state: $(cat "$work/out")"
# A value without an x does not lead to an earlier one.
status 0 why dut.age @1000ns --steps 1
says "by the edge at 995 ns"

# x since the start, kept by its own value: nothing ever assigned it.
sed -i 's/state <= 0; age <= 0;/age <= 0;/' door.v
status 1 sim --engine icarus --one
status 0 why x
at=$(row 'dut.state = xx at 0 ns, no reset')
[ "$at" -ge 1 ] && [ "$at" -le 4 ] || fail "the state without a reset is row $at: $(cat "$work/out")"
echo "why_x: all as it should be"
