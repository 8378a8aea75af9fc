#!/usr/bin/env bash
# The model of solve.keys: three ways to count ones, of which the second leaves one out.
in=$(cat)
case $in in
*'This is attempt 2'*) y="a[0] + a[1]" ;;
*'This is attempt 3'*) y="{a[0] \& a[1] | a[2] \& (a[0] | a[1]), a[0] ^ a[1] ^ a[2]}" ;;
*) y="a[0] + a[1] + a[2]" ;;
esac
printf '{"text":"```verilog\\nmodule ones3 (input logic [2:0] a, output logic [1:0] y);\\n  assign y = %s;\\nendmodule\\n```\\n"}\n' "${y//\\/}"
