#!/usr/bin/env bash
# The model of assert.keys: one that holds, one that says nothing.
cat >/dev/null
printf '{"text":"```verilog\\n// R1: rst, count\\nassert property (@(posedge clk) rst |=> count == 0);\\n'
printf '// R2: en, count\\nassert property (@(posedge clk) en && !en |=> count == 3);\\n```\\n"}\n'
