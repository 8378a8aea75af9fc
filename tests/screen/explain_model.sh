#!/usr/bin/env bash
# The model of explain.keys: leaves something out of its words, and builds what they say.
in=$(cat)
if grep -q 'Explain the module' <<<"$in"; then
	echo '{"text":"y is 1 when a equals b, else 0."}'
else
	printf '{"text":"```verilog\\nmodule gate (input wire [3:0] a, input wire [3:0] b, output wire y);\\n  assign y = a == b;\\nendmodule\\n```\\n"}\n'
fi
