#!/usr/bin/env bash
# The model of complete.keys: fills the gap, or explains.
if grep -q 'CURSOR'; then
	printf '{"text":"```verilog\\nsum + d;\\n```\\n"}\n'
else
	echo '{"text":"It names what is added up."}'
fi
