#!/usr/bin/env bash
# The model of unplaced.keys: a file, and a piece of another one that fits no place.
cat >/dev/null
text='Here it is.\n\nrtl/half.sv\n```systemverilog\nmodule half (input logic a, output logic y);\n  assign y = a;\nendmodule\n```\n\nrtl/counter.sv\n```systemverilog\nnot_there <= 4;\n```\n'
echo '{"text":"'"$text"'"}'
