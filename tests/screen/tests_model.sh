#!/usr/bin/env bash
# The model of tests.keys: its first reference wraps too late, its second one is right.
in=$(cat)
ref() { printf '{"text":"```verilog\\nmodule ten_ref (input wire clk, input wire rst, output reg [3:0] n);\\n  always @(posedge clk) if (rst || n == %s) n <= 0; else n <= n + 1;\\nendmodule\\n```\\n"}\n' "$1"; }
case $in in
*'step: the stimuli'*) printf '{"text":"```verilog\\n// R1\\nrepeat (12) tick;\\n// R2\\nrst = 1; tick; rst = 0; repeat (6) tick;\\n```\\n"}\n' ;;
*'you are the second'*) ref 9 ;;
*'step: the reference'*) ref 10 ;;
*) echo '{"text":"R1: n === ref_n"}' ;;
esac
