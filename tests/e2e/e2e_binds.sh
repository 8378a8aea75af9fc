#!/usr/bin/env bash
# What is not in a module: binds, and settings of a linter.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin

# A checker that is bound to a module of no file is never run, and Verilator says nothing.
in_new bound
printf 'module fifo(input wire clk, output logic full);\n  always_ff @(posedge clk) full <= ~full;\nendmodule\n' >fifo.sv
printf 'module chk(input wire clk, full);\n  always @(posedge clk) assert (full);\nendmodule\nbind fifoo chk c (.*);\n' >chk.sv
verilator_bin --lint-only --top-module fifo fifo.sv chk.sv || fail "Verilator says something"
status 1 lint
says "chk.sv:4 risk BIND no Verilog file of the project defines module fifoo"
sed -i 's/fifoo/fifo/' chk.sv
status 0 lint
says "lint ok (2 files)"

# A bind to an instance is right, and Verilator cannot read it: no error of the design.
printf 'module top(input wire clk, output wire full);\n  fifo u(.*);\nendmodule\n' >top.sv
sed -i 's/bind fifo/bind top.u/' chk.sv
status 1 lint
says "0 errors, 1 risk (2 files; 1 not read: chk.sv not supported by the tool)"

# What the linter of an editor is given counts here.
in_new editor
mkdir -p hdr/one hdr/two .vscode
printf '`define W 8\n' >hdr/one/p.vh
printf '`define W 4\n' >hdr/two/p.vh
printf '`include "p.vh"\nmodule top(input wire [7:0] a, output wire [`W-1:0] y);\n`ifdef WIDE\n  assign y = a;\n`endif\nendmodule\n' >top.sv
status 1 lint
printf '[verilog]\ninclude_paths = ["hdr/one"]\ndefines = ["WIDE"]\n' >.svls.toml
status 0 lint
says "lint ok"
rm .svls.toml
printf '{\n  // the linter\n  "verilog.linting.iverilog.arguments": "-I${workspaceFolder}/hdr/one -DWIDE",\n}\n' >.vscode/settings.json
status 0 lint
says "lint ok"

# Verilator's own settings in a list are named as not read.
in_new settings
printf 'waive.vlt\ntop.sv\n' >top.f
printf '`verilator_config\nlint_off -rule WIDTH -file "top.sv"\n' >waive.vlt
printf 'module top(input wire [7:0] a, output wire [3:0] y);\n  assign y = a;\nendmodule\n' >top.sv
status 1 lint
notes "top.f:1: waive.vlt: settings of Verilator, which are not read"
