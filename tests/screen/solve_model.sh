#!/usr/bin/env bash
# The model of solve.keys: three ways to count ones, of which the second leaves one out.
# With an argument that of cancelled.keys, which begins its third answer and never ends it.
in=$(cat)
case ${1:-}$in in
endless*'This is attempt 3'*)
	echo '{"text":"To begin with, "}'
	exec tail -f /dev/null
	;;
esac
case $in in
*'This is attempt 2'*) y="a[0] + a[1]" ;;
*'This is attempt 3'*) y="{a[0] \& a[1] | a[2] \& (a[0] | a[1]), a[0] ^ a[1] ^ a[2]}" ;;
*) y="a[0] + a[1] + a[2]" ;;
esac
printf '{"text":"```verilog\\nmodule ones3 (input logic [2:0] a, output logic [1:0] y);\\n  assign y = %s;\\nendmodule\\n```\\n"}\n' "${y//\\/}"
