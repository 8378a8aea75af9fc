#!/usr/bin/env bash
# find: by name, by path and in words; who drives, reads and resets a signal, through
# ports; after a file changes; with a cache that is damaged, locked or unavailable.
. "${srcdir:?}/tests/lib/lib.sh"
export XDG_CACHE_HOME=$work/cache

mkdir -p "$work/p/rtl" && cd "$work/p" || exit 9
cat >rtl/queue.sv <<'END'
// A queue in one clock domain.
module queue #(parameter W = 8) (
  input  logic clk, rst_n,
  input  logic push,
  input  logic [W-1:0] din,
  output logic [W-1:0] dout
);
  logic [3:0] wr_ptr;  // where the next word goes
  logic [W-1:0] mem [0:15];

  always_ff @(posedge clk or negedge rst_n)
    if (!rst_n) wr_ptr <= '0;
    else if (push) begin
      wr_ptr <= wr_ptr + 1'b1;
      mem[wr_ptr] <= din;
    end
  assign dout = mem[0];
endmodule
END
cat >rtl/top.sv <<'END'
`include "defs.svh"
module top (input logic clk, rst_n, output logic [`WIDTH-1:0] y);
  logic [`WIDTH-1:0] a, b;
  assign a = 8'd7;
  queue u_first (.clk, .rst_n, .push(1'b1), .din(a), .dout(b));
  queue #(8) u_second (clk, rst_n, 1'b1, b, y);
endmodule
END
echo '`define WIDTH 8' >rtl/defs.svh
find . -type f | sort | xargs cksum >"$work/sum"

status 0 find queue
says 'rtl/queue.sv:2: module queue  // A queue in one clock domain.'
status 0 find wr_ptr
says 'rtl/queue.sv:8: signal wr_ptr of queue, logic [3:0]'
status 0 find driven top.b
says 'rtl/top.sv:5: top.b driven: u_first.dout, output of queue'
says 'rtl/queue.sv:17: queue.dout driven: assign'
status 0 find loads u_second.din
says 'rtl/queue.sv:15: queue.din read: always_ff at clk'
status 0 find driven u_second.din
says 'rtl/top.sv:6: top.b driven: connected to u_second.din'
status 0 find reset wr_ptr
says 'rtl/queue.sv:12: queue.wr_ptr reset: always_ff at clk, by reset rst_n'
status 0 find where is the write pointer reset
says 'rtl/queue.sv:12: queue.wr_ptr reset'
notes 'taken for wr_ptr of queue'
status 0 find module with one clock domain
says 'rtl/queue.sv:2: module queue'
status 0 find wr_prt
says 'signal wr_ptr of queue'
status 0 find driven top.rst_n
says 'nothing in the project is connected to the input rst_n of top'
status 0 find --digest queue
says '  line 11: always_ff at clk, reset rst_n; writes wr_ptr,mem; decides on push; reads din,wr_ptr'
says '  line 17: assign; writes dout; reads mem'
status 0 --json find driven top.b
says '{"type":"driven","name":"b","module":"top","path":"rtl/top.sv","line":5,"what":"u_first.dout, output of queue","signal":"b","in":"top","ports":0}'
status 1 find xyzzy
notes 'find xyzzy: nothing in the design is called or described so'
status 2 find
notes 'a name, a path or words were expected'
status 1 find "'; DROP TABLE modules; --"
status 1 find --digest queue.wr_ptr
status 0 find queue

# The block that writes it, by its line and its label.
status 0 find which always block writes wr_ptr
says 'rtl/queue.sv:14: queue.wr_ptr driven: always_ff at clk (block at line 11)'
silent_on 'taken for'
status 0 --json find which process drives mem
says '"what":"always_ff at clk","signal":"mem","in":"queue","block":11,"ports":0}'
sed -i 's/assign dout = mem\[0\];/always_comb begin : read_side dout = mem[0]; end/' rtl/queue.sv
status 0 find which block assigns dout
says 'rtl/queue.sv:17: queue.dout driven: always_comb read_side'
status 0 find read_side
says 'rtl/queue.sv:17: always_comb read_side of queue'
sed -i 's/always_comb begin : read_side dout = mem\[0\]; end/assign dout = mem[0];/' rtl/queue.sv
status 0 find where does top.b come from
says 'rtl/top.sv:5: top.b driven: u_first.dout, output of queue'

# Who instantiates a module.
status 0 find where is the queue instantiated
says 'rtl/top.sv:5: instance u_first of queue, in top'
says 'rtl/top.sv:6: instance u_second of queue, in top'
silent_on 'signal'
# So nobody reads a module: that asks for its instances, or for the top itself.
status 0 find who reads queue
says 'rtl/top.sv:5: instance u_first of queue, in top'
says 'rtl/top.sv:6: instance u_second of queue, in top'
silent_on ' read: '
status 0 find who reads top
says 'module top'
status 0 find instances of top
says 'module top'
status 0 find instance u_first
says 'rtl/top.sv:5: instance u_first of queue, in top'

# A unit of an included file is found there, once, and called what it is.
printf 'interface link; logic ready; endinterface\npackage units;\n  typedef enum { SLOW, FAST } rate_t;\nendpackage\n' >rtl/units.svh
printf '`include "units.svh"\nmodule one (input logic a); endmodule\n' >rtl/one.sv
printf '`include "units.svh"\nmodule two (input logic a); endmodule\n' >rtl/two.sv
status 0 find link
says 'rtl/units.svh:1: interface link'
silent_on 'one.sv'
status 0 --json find units
says '"kind":"package","name":"units","module":"units","path":"rtl/units.svh","line":2'
[ "$(wc -l <"$work/out")" = 1 ] || fail "units is found more than once"
status 0 find FAST
says 'rtl/units.svh:3: enum value FAST of units'
status 0 find one
says 'rtl/one.sv:2: module one'
rm rtl/units.svh rtl/one.sv rtl/two.sv

# A variable has an initial value once, a net is driven continuously; a reset at the end
# of a block counts as one.
cat >rtl/late.v <<'END'
module late (input clk, rst, d, output reg q);
  reg first = 1'b1;
  wire both = first & d;
  always @(posedge clk) begin
    q <= both;
    first <= 1'b0;
    if (rst) begin
      q <= 1'b0;
      first <= 1'b1;
    end
  end
endmodule
END
status 0 find driven late.first
says 'rtl/late.v:2: late.first driven: initial value'
status 0 find driven late.both
says 'rtl/late.v:3: late.both driven: assign'
status 0 find who resets late.q
says 'rtl/late.v:8: late.q reset: always at clk, by reset rst (block at line 4)'
rm rtl/late.v

# Omissions are reported.
status 0 find where is the write pointer of the queue in queue rtl pointer write queue queue queue queue word
silent_on 'more words'
status 0 find where is the write pointer of the queue in queue rtl pointer write queue queue queue queue word one two
notes 'find: the question has more words than are looked for'

# Nothing is written to the project; one cache file, private to this user.
find . -path ./.posedge -prune -o -type f -print | sort | xargs cksum | cmp -s - "$work/sum" || fail "the project was written to"
[ "$(find "$work/cache" -name '*.db' | wc -l)" = 1 ] || fail "not one database"
db=$(echo "$work"/cache/posedge/graph/*.db)
[ "$(stat -c %a "$(dirname "$db")")" = 700 ] || fail "others can read the cache"

# A changed file, a changed header, a removed file.
sed -i 's/assign dout = mem\[0\]/assign dout = mem[wr_ptr]/' rtl/queue.sv
status 0 find loads wr_ptr
says 'rtl/queue.sv:17: queue.wr_ptr read: assign'
printf '`define WIDTH 4\n`define EXTRA wire extra_wire;\n' >rtl/defs.svh
sed -i 's/^  assign a/  `EXTRA\n  assign a/' rtl/top.sv
status 0 find extra_wire
says 'rtl/top.sv:4: signal extra_wire of top'
rm rtl/queue.sv
status 1 find wr_ptr
status 0 find loads top.a
says 'u_first.din of queue, which has no source here'

# A cache that is damaged, of another kind, or a link is rebuilt. Without a folder for
# it: in memory.
for damage in 'head -c 3000 /dev/zero' 'echo no database' 'head -c 100 "$db.old"'; do
	cp "$db" "$db.old"
	eval "$damage" >"$work/new" && cat "$work/new" >"$db"
	status 0 find driven top.a
	says 'rtl/top.sv:5: top.a driven: assign'
done
rm -f "$db" "$db.old" && ln -s "$work/p/rtl/top.sv" "$db"
cksum rtl/top.sv >"$work/sum"
status 0 find top
says 'rtl/top.sv:2: module top'
cksum rtl/top.sv | cmp -s - "$work/sum" || fail "a link was followed"
rm -rf "$work/cache" && echo file >"$work/cache"
status 0 find top
says 'rtl/top.sv:2: module top'

# Two at a time: the second has a cache of its own.
rm -f "$work/cache"
for i in 1 2 3 4 5 6; do "$posedge" find driven top.a >"$work/out$i" 2>&1 & done
wait
for i in 1 2 3 4 5 6; do grep -q 'top.a driven: assign' "$work/out$i" || fail "no answer beside another: $(cat "$work/out$i")"; done

# For a model.
cat >"$work/q" <<'END'
{"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"b","version":"1"}},"jsonrpc":"2.0","id":0}
{"method":"tools/call","params":{"name":"design","arguments":{"what":"driven","name":"top.a"}},"jsonrpc":"2.0","id":1}
{"method":"tools/call","params":{"name":"design","arguments":{"what":"flow","module":"top"}},"jsonrpc":"2.0","id":2}
{"method":"tools/call","params":{"name":"design","arguments":{"what":"find","name":"nosuch"}},"jsonrpc":"2.0","id":3}
{"method":"tools/call","params":{"name":"design","arguments":{"what":"find"}},"jsonrpc":"2.0","id":4}
END
"$posedge" mcp <"$work/q" >"$work/out" 2>"$work/err"
says 'rtl/top.sv:5: top.a driven: assign'
says 'line 5: assign; writes a'
says 'nothing in the design is called or described so: nosuch'
says '\"name\" is missing'

# Members of an interface are assigned through ports: they are not reported as undriven.
mkdir -p "$work/bus" && cd "$work/bus" || exit 9
printf 'interface bus_if(input logic clk);\n  logic valid, held;\n  assign held = valid;\nendinterface\n' >bus_if.sv
printf 'module source(bus_if to);\n  assign to.valid = 1;\nendmodule\n' >source.sv
status 0 find driven bus_if.valid
says 'bus_if.sv:2: valid of bus_if is driven nowhere in it'
says 'bus_if.sv:2: whoever has bus_if as a port or an instance may drive valid: ask for that port or instance'
status 0 find driven bus_if.held
says 'bus_if.sv:3: bus_if.held driven: assign'
says 'may drive held'
status 0 find driven source.to
says 'source.sv:2: source.to driven: assign'
silent_on 'may drive'

# The rate of first answers is counted from what find says.
mkdir "$work/rate" && cd "$work/rate" || exit 9
printf '// A queue in one clock domain.\nmodule queue(input clk, output reg [3:0] wr_ptr);\n  always @(posedge clk) wr_ptr <= wr_ptr + 1;\nendmodule\n' >queue.v
printf 'module top(input clk, output [3:0] y);\n  queue u(.clk(clk), .wr_ptr(y));\nendmodule\n' >top.v
printf '%s\t%s\t%s\t%s\n' p module queue 'queue in a clock domain' p module top 'queue in a clock domain' \
	p signal queue.wr_ptr 'where is the write pointer' other signal queue.mem memory >"$work/asked"
POSEDGE=$posedge "$srcdir/tests/lib/find_rate.sh" "$work/asked" p >"$work/out" || fail 'find_rate'
says 'module top: queue in a clock domain -> module queue.queue'
says 'module 1 of 2'
says 'signal 1 of 1'

# Listed with the flows, and forbidden as they are.
status 0 flows
says 'find      where something of the design is'
status 0 set flows -find
status 2 find top
notes 'find: not allowed here'
exit 0
