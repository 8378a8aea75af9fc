#!/usr/bin/env bash
# `posedge why`: what each row shows and how it leads to the next one; each wrong
# question gets one sentence. The bug suite is in e2e_why_bugs.sh.
# shellcheck disable=SC2016 # SystemVerilog has its own $
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog vvp verilator_bin
source=$(cd "$srcdir/tests/e2e/why" && pwd)

# A question, complete and with parts missing.
mkdir -p "$work/core" && cd "$work/core" || exit 1
status 2 why y
notes "there are no waves yet"
sed 's/diff = a - b/diff = b - a/' "$source/core.sv" >core.sv
printf 'module core_tb;\n  initial $display("x";\nendmodule\n' >core_tb.sv
status 1 sim --engine icarus --one
status 2 why
notes "the last run kept no waves: it did not build"
status 2 wave --text
notes "the last run kept no waves: it did not build"
cp "$source/core_tb.sv" .
status 1 sim --engine icarus --one --no-trace
status 2 why
notes "the last run kept no waves: it was run without"
status 1 sim --engine icarus --one
status 0 why
says "core.sv:12  diff = b - a"
status 0 why u_alu.y @60ns --steps 1
says " 1  core_tb.dut.u_alu.y = "
[ "$(grep -cE '^ *[0-9]+  ' "$work/out")" = 1 ] || fail "--steps 1 shows more"
status 0 why pc @#3 --steps 1
says "at 35 ns"
status 0 why pc @35000 --steps 1
says "at 35 ns"
status 0 --json why pc @35ns --steps 2
says '"step":1'
says '"path":"core.sv"'
status 2 why nosuch
notes "the design has no signal nosuch"
status 2 why pc @3fortnights
notes "a time such as 30ns"
status 2 why pc @9999999999
notes 'after the end of these waves'
status 2 why pc @#9999
notes "the clock has only"
status 2 why pc ir
notes "one signal and one @TIME were expected"
status 2 why x @100ns
notes "has an x at that time"
status 0 why x @180ns --steps 1
says "core_tb.result = 'h000x"
status 2 why pc --steps 0
notes "a number from 1 to"

# The steps sent with `fix` are selected one by one, and stay selected.
status 0 evidence
[ "$(grep -c '^\[x\] ' "$work/out")" -ge 2 ] || fail "there are too few steps: $(cat "$work/out")"
all=$(sed -n 's/.* send ~\([0-9]*\) tokens of this$/\1/p' "$work/out")
first=$(sed -n 's/^\[x\]  1  ~[0-9]* *//p' "$work/out")
status 0 evidence 1
says "[ ]  1  ~"
some=$(sed -n 's/.* send ~\([0-9]*\) tokens of this$/\1/p' "$work/out")
[ "$some" -lt "$all" ] || fail "with a step less it is $some tokens, not below $all"
printf 'backend add f fake text=nothing\nset backend f\n' >>"$XDG_CONFIG_HOME/posedge/posedgerc"
status 1 fix
status 0 export --markdown
says "1 step is left out"
silent_on "$first"
status 0 evidence 1
says "[x]  1  ~"
status 1 fix
status 0 export --markdown
says "$first"
status 2 evidence 99
notes "evidence 99: the number of a step, from 1 to "
# On the screen: Enter toggles the selected one, and the list stays.
printf 'size 24 100\nwait risk\nrun evidence\nwait evidence: \nkey Down Enter\nwait [ ]  2\nscreen\n' >keys
status 0 --script keys
says "[x]  1"
says "[ ]  2"
status 0 evidence
says "[ ]  2"
sed -i '/backend/d' "$XDG_CONFIG_HOME/posedge/posedgerc"

# What a function did is told with the conditions on its way, also those a tool made ?: of.
mkdir "$work/cordic" && cd "$work/cordic" || exit 1
sed "s/if (v > 18'sd32767) clip/if (v > 18'sd65535) clip/" "$source/cordic.sv" >cordic.sv
cp "$source/cordic_tb.sv" .
status 1 sim --engine icarus --one
status 0 why --steps 1
says "cordic.sv:52  if v > 18'sd65535 is 0"

# Memories are not in these waves: their values are computed. What was
# compared is before the `valid` that the check also read, and a line is told once.
mkdir "$work/queues" && cd "$work/queues" || exit 1
sed 's/if (ask\[last + k/if (ask[last - k/' "$source/queues.sv" >queues.sv
cp "$source/queues_tb.sv" .
status 1 sim --engine icarus --one
status 0 why
says " 1  queues_tb.get_queue = "
[ "$(grep -c 'queues.sv:40  if q < 4 is 1' "$work/out")" -le 1 ] || fail "a line is told again"
status 0 why 'dut.count[0]' @50ns --steps 1
says " 1  queues_tb.dut.count[0] = 0"

# The states of a one-hot machine are the items of a case, and what they read is told.
mkdir "$work/hot" && cd "$work/hot" || exit 1
cat >hot.sv <<'END'
module hot(input logic clk, input logic rst, output logic [1:0] q);
  logic [2:0] s;
  always_ff @(posedge clk)
    if (rst) begin s <= 3'b001; q <= 0; end
    else begin
      s <= {s[1:0], s[2]};
      case (1'b1)
        s[0]: q <= 2'd1;
        s[1]: q <= 2'd2;
        default: q <= 2'd3;
      endcase
    end
endmodule
END
cat >hot_tb.sv <<'END'
`timescale 1ns/1ns
module hot_tb;
  logic clk = 0, rst = 1;
  wire [1:0] q;
  hot dut(.*);
  always #5 clk = ~clk;
  initial begin
    #12 rst = 0;
    #18 if (q !== 1) $display("ERROR: q is %d, expected 1", q);
    $finish;
  end
endmodule
END
status 1 sim --engine icarus --one
status 0 why --steps 1
says "hot_tb.dut.s[1] = 1 before 25 ns"

# A driver for each of 100 bits, of which only the 91st assigned this one; and an array of
# instances, which Verilator's XML has once: each has its own bits, the right one the lowest.
mkdir "$work/many" && cd "$work/many" || exit 1
cat >many.sv <<'END'
module many(input logic clk, input logic [99:0] d, output logic [99:0] q, output wire [3:0] n, output wire [3:0] m);
  genvar i;
  generate for (i = 0; i < 100; i++) begin : g
    always_ff @(posedge clk) q[i] <= d[i];
  end endgenerate
  inv v[3:0](.a(q[3:0]), .y(n));
  inv u[0:3](.a({2'b10, q[91:90]}), .y(m));
endmodule
module inv(input wire a, output wire y);
  assign y = ~a;
endmodule
END
cat >many_tb.sv <<'END'
`timescale 1ns/1ns
module many_tb;
  logic clk = 0;
  logic [99:0] d = 0;
  wire [99:0] q;
  wire [3:0] n, m;
  many dut(.*);
  always #5 clk = ~clk;
  initial begin
    #12 d[90] = 1;
    #10 if (q[90] !== 0) $display("ERROR: q is %h, expected 0", q);
    $finish;
  end
endmodule
END
status 1 sim --engine icarus --one
status 0 why 'q[90]' @20ns --steps 1
says "many.sv:4  q[90] <= d[90]"
says "by the edge at 15 ns"
status 0 why q @2ns --steps 1
says "others assign it, too"
status 0 why 'n[2]' @20ns
says "many_tb.n[2] = 1"
says "many.sv:10  y = ~a"
says "many.sv:6  .a(q[3:0][2])"
status 0 why n @20ns --steps 1
says "many_tb.dut.v[3].y = "
says "many_tb.dut.v[0].y = "
status 0 why 'dut.u[3].a' @20ns --steps 1
says "from: many_tb.dut.q[90] = 1"
status 0 why 'dut.u[2].a' @20ns --steps 1
says "from: many_tb.dut.q[91] = 0"
status 0 why 'dut.u[0].a' @20ns --steps 1
says "dut.u[0].a = 1 at 20 ns, constant"
silent_on "the elaborated design does not"

# Functions and tasks: the statement in them that gave the value, and what it read of the
# caller's; a check in a loop, whose counter has gone on; parts of one variable.
mkdir "$work/calls" && cd "$work/calls" || exit 1
cat >calls.sv <<'END'
typedef struct packed { logic on; logic [2:0] tag; } line_t;
module calls(input logic clk, input logic [3:0] a, input logic [3:0] b, output logic [3:0] q,
             output line_t l, output logic [1:0][3:0] two);
  function automatic [3:0] biggest(input [3:0] x, input [3:0] y);
    logic [3:0] t;
    t = x;
    if (y > t)
      t = y;
    biggest = t;
  endfunction
  task automatic halve(input [3:0] x, output [3:0] y);
    y = x >> 1;
  endtask
  logic [3:0] m, h;
  assign m = biggest(a, b);
  always_ff @(posedge clk) begin
    halve(m, h);
    q <= h;
  end
  always_comb begin
    l.on = a[0];
    l.tag = b[2:0];
  end
  genvar i;
  generate for (i = 0; i < 2; i = i + 1) begin : lane
    logic [3:0] own;
    assign own = i ? a : b;
  end endgenerate
  assign two = {lane[1].own, lane[0].own};
endmodule
END
cat >calls_tb.sv <<'END'
`timescale 1ns/1ns
module calls_tb;
  logic clk = 0;
  logic [3:0] a = 3, b = 9, q;
  logic [3:0] l;
  logic [1:0][3:0] two;
  integer i;
  calls dut(.*);
  always #5 clk = ~clk;
  initial begin
    #22;
    for (i = 0; i < 2; i = i + 1)
      if (two[i] != (i ? 4'd3 : 4'd8)) $display("ERROR: two[%0d] is %h, expected %h", i, two[i], i ? 3 : 8);
    $finish;
  end
endmodule
END
status 1 sim --engine verilator --one
status 0 why --steps 3
says "calls_tb.two[0] = "
says "calls.sv:29  two = lane[0].own"
says "calls.sv:27  own = b"
status 0 why q @20ns
says "calls.sv:12  y = x >> 1"
says "calls.sv:6  t = x"
says "calls.sv:7  if y > t is 1"
says "calls.sv:8  t = y"
says "calls.sv:17  halve(...)"
says "calls_tb.dut.b = 1001"
status 0 why l @20ns --steps 1
says "from: calls_tb.dut.a[0] = 1, calls_tb.dut.b[2:0] = 001"
cd "$work/core" || exit 1

# What a count began with is told, also where the reset gave it in the first moment.
mkdir -p "$work/early" && cd "$work/early" || exit 1
cat >early.sv <<'END'
module early(input clk, rst, output reg [7:0] q);
  always @(posedge clk or posedge rst)
    if (rst) q <= 8'd2;
    else q <= q + 8'd3;
endmodule
END
cat >early_tb.sv <<'END'
module early_tb;
  reg clk = 0, rst;
  wire [7:0] q;
  early dut(clk, rst, q);
  always #5 clk = ~clk;
  initial begin
    rst = 1;
    #12 rst = 0;
    #40 if (q > 8'd13) $error("q is %0d", q);
    $finish;
  end
endmodule
END
status 1 sim --engine icarus --one
status 0 why --steps 1
says "early.sv:4  q <= q + 8'd3"
says "early.sv:3  q <= 8'd2"
cd "$work/core" || exit 1

# On the screen: letters search in it, Enter goes to the first place shown.
cat >keys <<'END'
size 24 80
run why
wait core.sv:12  diff
type diff = b
gone core_tb.sv
key Enter
gone letters search
wait diff = b
screen
END
timeout 600 "$posedge" --script keys >"$work/out" 2>"$work/err" </dev/null || fail "the script did not end well"
says "[core.sv]"
grep -qE "^ *12 .*diff = b - a" "$work/out" || fail "the line is not on the screen"

# The tool of the same name: the next call asks for what one answer names.
call() { printf '{"method":"tools/call","params":{"name":"why","arguments":%s},"jsonrpc":"2.0","id":%s}\n' "$2" "$1"; }
{
	echo '{"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}},"jsonrpc":"2.0","id":0}'
	call 1 '{"steps":2}'
	call 2 '{"signal":"u_alu.a","time":"60ns"}'
	call 3 '{"signal":"nosuch"}'
	call 4 '{"signal":"pc","steps":99}'
	call 5 '{"signal":"u_alu.b","time":"60ns","steps":3}'
} >calls
timeout 600 "$posedge" mcp <calls >"$work/out" 2>"$work/err" || fail "mcp ended with $?"
says 'core.sv:12  diff = b - a'
says 'core_tb.dut.u_alu.a = '
says 'the design has no signal nosuch'
says 'must be a whole number from 1 to 12'
says ' 3  core_tb.dut.'

# What `fix` sends has it, too.
printf 'backend add m exec cmd="%s/model"\nset backend m\n' "$work" >>"$XDG_CONFIG_HOME/posedge/posedgerc"
printf '#!/bin/sh\ncat >"%s/request"\necho nothing\n' "$work" >"$work/model"
chmod +x "$work/model"
mkdir -p "$work/fix" && cd "$work/fix" || exit 1
status 0 new blink
cd blink || exit 1
sed -i "s/count + 1'b1/count - 1'b1/" rtl/blink.sv
timeout 600 "$posedge" fix >"$work/out" 2>"$work/err" </dev/null || true
notes "and what drove the signals"
grep -qF "rtl/blink.sv:17  count <= count - 4'd1" "$work/request" || fail "the request does not say what drove the signals"
cd "$work/core" || exit 1

# Waves of another design, no waves, and truncated ones.
mkdir -p "$work/other" && cd "$work/other" || exit 1
printf 'module t; reg a = 0; initial begin #1 a = 1; if (!a) $error("no"); #1 $finish; end endmodule\n' >t.sv
status 3 sim --engine icarus --one
cd "$work/core" || exit 1
status 2 why pc --wave "$work/other/.posedge/waves/t.vcd"
notes "these waves are not of this design"
head -c 3000 .posedge/waves/core_tb.vcd >half.vcd
status 0 why pc --wave half.vcd --steps 1
says "core_tb.pc = "
status 2 why pc --wave nosuch.vcd
notes "nosuch.vcd is not there"

# The source has changed since.
touch -d '+1 minute' core.sv
status 0 why --steps 1
notes "changed since the run: core.sv"

# Without Verilator.
mkdir -p "$work/bin"
for tool in bash sh env cat vvp iverilog bwrap timeout; do
	found=$(command -v $tool) && ln -sf "$found" "$work/bin/$tool"
done
TEST_PATH=$work/bin status 2 why pc
notes "needs Verilator to find what drives a signal, and it is not installed"

# Ports connected by position, as most homework has them, tell what named ones tell; and
# without a `timescale the unit is a second.
mkdir -p "$work/pins" && cd "$work/pins" || exit 1
cat >pins.v <<'END'
module half(s, c, a, b);
  input a, b;
  output c, s;
  assign s = a ^ b;
  assign c = a & b;
endmodule
module full(a, b, ci, s, co);
  input a, b, ci;
  output s, co;
  wire s1, c1, c2;
  half h1(s1, c1, a, b), h2(s, c2, s1, ci);
  assign co = c1 & c2;
endmodule
END
cat >pins_tb.v <<'END'
module pins_tb;
  reg a, b, ci;
  wire s, co;
  integer i;
  full dut(a, b, ci, s, co);
  initial begin
    for (i = 0; i < 8; i = i + 1) begin
      {a, b, ci} = i; #1;
      if ({co, s} !== a + b + ci) begin $display("wrong"); $finish; end
    end
  end
endmodule
END
status 1 sim --engine icarus --one
status 0 why
says " 1  pins_tb.co = 0 before 4 s"
says "pins.v:12  co = c1 & c2"
says "pins_tb.v:5  .co(co)"
says "pins.v:4  s = a ^ b"
says "pins.v:11  .s(s1)"
silent_on "not connected"
cp "$work/out" "$work/by_position"
sed -i 's/half h1(s1, c1, a, b), h2(s, c2, s1, ci)/half h1(.s(s1), .c(c1), .a(a), .b(b)), h2(.a(s1), .b(ci), .c(c2), .s(s))/' pins.v
sed -i 's/dut(a, b, ci, s, co)/dut(.co(co), .s(s), .ci(ci), .b(b), .a(a))/' pins_tb.v
status 1 sim --engine icarus --one
status 0 why
diff "$work/by_position" "$work/out" || fail "positions tell something else than names"
# Verilator cuts a path at its first blank.
mkdir 'lab 3' && mv pins.v 'lab 3'
status 1 sim --engine icarus --one
status 0 why
says "lab 3/pins.v:12  co = c1 & c2"

# Branches that are alike are told apart, with if as with if (!...); and so are such of one bit.
mkdir -p "$work/alike" && cd "$work/alike" || exit 1
cat >alike.v <<'END'
`timescale 1ns / 1ns
module alike(input clk, a, b, output reg [3:0] q, r, output reg s);
  always @(posedge clk)
    if (a) q <= q + 2;
    else if (!b)
      q <= 5;
    else
      q <= 5;
  always @*
    if (!b)
      r = q;
    else
      r = q;
  always @(posedge clk)
    if (!b) s <= 0;
    else
      s <= a;
endmodule
module alike_tb;
  reg clk = 0, a = 0, b = 0;
  wire [3:0] q, r;
  wire s;
  alike dut(clk, a, b, q, r, s);
  always #5 clk = !clk;
  initial begin
    $dumpvars;
    #12 b = 1;
    #20 if (q !== 6) $display("ERROR: q is wrong");
    $finish;
  end
endmodule
END
status 1 sim --engine icarus --one
status 0 why dut.q @10ns
says "alike.v:6  q <= 4'd5"
says "alike.v:5  if b is 0"
silent_on "alike.v:8"
status 0 why dut.q @30ns
says "alike.v:8  q <= 4'd5"
says "alike.v:4  if a is 0"
says "alike.v:5  if b is 1"
silent_on "alike.v:6"
status 0 why dut.r @10ns
says "alike.v:11  r = q"
status 0 why dut.r @30ns
says "alike.v:13  r = q"
says "alike.v:10  if b is 1"
status 0 why dut.s @10ns
says "alike.v:15  s <= 0"
status 0 why dut.s @30ns
says "alike.v:17  s <= a"
says "alike.v:15  if b is 1"

# The parameters that a statement names are told where they are declared, with their values, and
# those that these name; not the neighbours in a declaration, nor names in comments and texts.
mkdir -p "$work/constants" && cd "$work/constants" || exit 1
cat >wrap.v <<'END'
`timescale 1ns / 1ns
module wrap #(parameter SPAN = 6, OTHER = 9)(input clk, output reg [7:0] q);
  localparam LAST = SPAN + 2,
             SKIP = 1;
  localparam NEAR = 3, FAR = 4;
  initial q = 0;
  // NEAR
  always @(posedge clk)
    q <= q == LAST ? SKIP : q + 1; // OTHER
endmodule
module wrap_tb;
  localparam LAST = 77;
  reg clk = 0;
  wire [7:0] q, r;
  wrap dut(clk, q);
  wrap #(.SPAN(3)) two(clk, r);
  always #5 clk = !clk;
  initial begin
    #100 if (q !== 0) $display("ERROR: q is %d", q);
    $finish;
  end
endmodule
END
status 1 sim --engine icarus --one
status 0 why dut.q @92ns
says "wrap.v:3  LAST = 8"
says "wrap.v:4  SKIP = 1"
says "wrap.v:2  SPAN = 6"
silent_on "wrap.v:16"
silent_on NEAR
silent_on FAR
silent_on OTHER
[ "$(grep -c 'wrap.v:3 ' "$work/out")" = 1 ] || fail "a declaration is told twice"
status 0 why two.q @92ns
says "wrap.v:3  LAST = 5"
says "wrap.v:2  SPAN = 3"
says "wrap.v:16  SPAN = 3"
# Where an instance gives another value, its line, and what is named there.
sed -i -e 's/wrap dut(clk, q)/wrap #(\n   .OTHER(2), \/\/ SPAN\n   .SPAN(SHORT + 1)) dut(clk, q)/' \
	-e 's/LAST = 77/SHORT = 2/' -e 's/#100 if/#70 if/' wrap.v
status 1 sim --engine icarus --one
status 0 why
says "wrap.v:17  SPAN = 3"
says "wrap.v:12  SHORT = 2"
silent_on "wrap.v:16"

# So are constants of packages and labels of enums, those of the right package or module; and
# escaped names, which may have dots, are those of the waves, and as the source spells them.
mkdir -p "$work/labels" && cd "$work/labels" || exit 1
cat >pkgs.sv <<'END'
`timescale 1ns / 1ns
package cfg;
  localparam int LIMIT = 9;
  localparam int BOTH = 1;
  typedef enum logic [1:0] {
    IDLE = 2'd0,
    RUN = 2'd2
  } state_t;
endpackage
package other;
  localparam int LIMIT = 5;
  localparam int BOTH = 2;
endpackage
END
cat >machine.sv <<'END'
`timescale 1ns / 1ns
module machine import cfg::*; (input clk, rst, output logic [3:0] \q.1 );
  state_t \st.1 ;
  always_ff @(posedge clk)
    if (rst) \st.1 <= IDLE;
    else if (\q.1 < cfg::LIMIT + BOTH) \st.1 <= RUN;
  always_ff @(posedge clk)
    if (rst) \q.1 <= 0;
    else if (\st.1 == RUN) \q.1 <= \q.1 + 3;
endmodule
module neighbour(input clk, output reg [3:0] n);
  typedef enum logic [1:0] {
    IDLE = 2'd3,
    RUN = 2'd1
  } own_t;
  own_t s = RUN;
  always @(posedge clk) begin
    s <= IDLE;
    n <= s == IDLE ? 4'd7 : 4'(other::BOTH);
  end
endmodule
module machine_tb;
  reg clk = 0, rst = 1;
  wire [3:0] q, n;
  machine dut(clk, rst, q);
  neighbour near(clk, n);
  always #5 clk = !clk;
  initial begin
    #12 rst = 0;
    #40 if (q !== 4'd12) $display("ERROR: q is %0d", q);
    $finish;
  end
endmodule
END
status 1 sim --engine icarus --one
status 0 why
says "\\q.1  <= \\q.1  + 4'd3"
says "pkgs.sv:7  RUN = 2'd2"
says "pkgs.sv:3  LIMIT = 9"
silent_on "LIMIT = 5"
silent_on "BOTH ="
silent_on "machine.sv:14"
for name in 'dut.st.1' 'machine_tb.dut.\st.1 '; do
	status 0 why "$name" @40ns
	says "machine_tb.dut.st.1 = 10 at 40"
	says "pkgs.sv:7  RUN = 2'd2"
	says "pkgs.sv:6  IDLE = 2'd0"
done
status 0 why near.s @40ns
says "machine.sv:13  IDLE = 2'd3"
silent_on pkgs.sv

# What another instance assigns: a testbench that reaches into its design, and an interface,
# whose signals are driven, and whose clock is waited for, by way of ports.
mkdir -p "$work/reach" && cd "$work/reach" || exit 1
cat >reach.v <<'END'
`timescale 1ns / 1ns
module inner(input clk, output reg q);
  reg mode;
  always @(posedge clk) if (mode) q <= 1; else q <= 0;
endmodule
module reach_tb;
  reg clk = 0;
  wire q;
  inner dut(clk, q);
  always #5 clk = !clk;
  initial begin
    dut.mode = 0;
    #20 dut.mode = 1;
    #10 if (q !== 1'b0) $display("wrong");
    $finish;
  end
endmodule
END
status 1 sim --engine icarus --one
status 0 why
says "reach.v:4  q <= 1"
says "reach.v:4  if mode is 1"
says "reach.v:13  dut.mode = 1"
silent_on "dut.mode = 0"
silent_on undriven
if [ "${POSEDGE_SLOW:-}" != no ]; then
	mkdir -p "$work/bus" && cd "$work/bus" || exit 1
	cat >bus.sv <<'END'
interface bus_if(input logic clk);
  logic valid, ready;
  logic [7:0] data;
  modport source(output valid, data, input ready, clk);
  modport sink(input valid, data, clk, output ready);
endinterface
module source(input logic rst, bus_if.source to);
  always_ff @(posedge to.clk)
    if (rst) to.data <= 0;
    else if (to.ready) to.data <= to.data + 2;
  assign to.valid = !rst;
endmodule
module sink(input logic slow, bus_if.sink from);
  assign from.ready = from.valid && !slow;
endmodule
module pair(input logic rst, slow, bus_if.source to, bus_if.sink from);
  source a(.rst, .to);
  sink b(.slow, .from);
endmodule
END
	cat >bus_tb.sv <<'END'
`timescale 1ns / 1ns
module bus_tb;
  logic clk = 0, rst = 1, slow = 0;
  bus_if bus(clk);
  pair dut(.rst, .slow, .to(bus), .from(bus));
  always #5 clk = !clk;
  initial begin
    #12 rst = 0;
    #20 if (bus.data !== 2) $error("data is %0d", bus.data);
    $finish;
  end
endmodule
END
	status 1 sim --engine verilator --one
	status 0 why
	says "bus_tb.bus.data = 'h04"
	says "bus.sv:10  to.data <= to.data + 8'd2"
	says "if to.ready is 1"
	says "bus.sv:14  from.ready = from.valid & ~slow"
	says "bus.sv:11  to.valid = ~rst"
	says "as it was at first: nothing else assigns it"
	silent_on undriven
	silent_on "does not have its clock"
fi

# x everywhere, and a loop.
mkdir -p "$work/loop" && cd "$work/loop" || exit 1
cat >loop.sv <<'END'
`timescale 1ns / 1ns
module ring(input wire en, output wire q);
  wire a, b;
  assign a = b ^ en;
  assign b = ~a;
  assign q = a;
endmodule
module t;
  reg en = 0;
  wire q;
  ring dut(.en(en), .q(q));
  initial begin
    #10 en = 1;
    #10 if (q !== 1'b1) $error("q is %b", q);
    $finish;
  end
endmodule
END
status 1 sim --engine icarus --one
status 0 why
says "a loop without a clock"
status 0 why x
says "loop.sv:4  a = b ^ en"

# A register that holds behind a clock enable: what counts is the condition within it. A default
# that is assigned at each edge: the other statement, which ran once and gave the same. A value
# that is only passed on is one row.
mkdir -p "$work/near" && cd "$work/near" || exit 1
cat >near.sv <<'END'
module near(input clk, input rst, input [1:0] go, output reg [3:0] q, output reg done, output [3:0] y);
  reg [1:0] c;
  wire tick = c == 2'd3;
  always @(posedge clk)
    if (rst) c <= 0; else c <= c + 1;
  always @(posedge clk)
    if (rst) q <= 0;
    else if (tick)
      if (go == 2'd2) q <= q + 1;
  always @(posedge clk) begin
    done <= 0;
    if (tick)
      if (go == 2'd1) done <= rst;
  end
  wire [3:0] twice = q << 1;
  reg [3:0] late;
  always @(posedge clk) late <= twice;
  assign y = ~late;
endmodule
module near_tb;
  reg clk = 0, rst = 1;
  reg [1:0] go = 1;
  wire [3:0] q, y;
  wire done;
  near dut(clk, rst, go, q, done, y);
  always #5 clk = ~clk;
  initial begin
    #12 rst = 0;
    #200 if (q !== 1) $display("ERROR at %0t: q is %d, expected 1", $time, q);
    $finish;
  end
endmodule
END
status 1 sim --engine icarus --one
status 0 why --steps 1
says "if go == 2'd2 is 0"
silent_on "if tick is 0"
status 0 why 'done' @196 --steps 1
says "near.sv:11  done <= 0"
says "near.sv:13  done <= rst"
silent_on "if tick is 0"
status 0 why y @206 --steps 1
says "near.sv:18  y = ~late"
says "near.sv:17  late <= twice"
says "near.sv:15  twice = q << 1"
says "near.sv:7  q <= 4'd0"
status 2 why y @999s
notes "@999s is after the end of these waves, 212 s"
status 0 --json why y @206 --steps 1
says '"here":true'

# A write that should not have happened: what was expected is what the register had before, so
# its condition comes before what the value was computed from.
mkdir -p "$work/gate" && cd "$work/gate" || exit 1
cat >gate.sv <<'END'
module gate(input clk, input rst, input we, input lock, output reg [7:0] q);
  reg [7:0] a, b, a1, a2, b1, b2;
  wire go = we | lock;
  always @(posedge clk) begin
    a <= a1 + a2;
    b <= b1 ^ b2;
    if (rst) begin
      a1 <= 1; a2 <= 2; b1 <= 3; b2 <= 9;
    end else begin
      a1 <= a1 + 5; a2 <= a2 ^ a1; b1 <= b1 + a1; b2 <= b2 - 1;
    end
  end
  always @(posedge clk)
    if (rst) q <= 0;
    else if (go) q <= a ^ b;
endmodule
module gate_tb;
  reg clk = 0, rst = 1, we = 0, lock = 0;
  reg [7:0] last = 0;
  wire [7:0] q;
  gate dut(clk, rst, we, lock, q);
  always #5 clk = ~clk;
  initial begin
    #42 rst = 0;
    #50 we = 1;
    #10 we = 0; last = q;
    #30 we = 1; lock = 1;
    #10 we = 0;
    if (q !== last) $display("ERROR at %0t: q is %h, expected %h", $time, q, last);
    $finish;
  end
endmodule
END
status 1 sim --engine icarus --one
status 0 why --steps 4
says "gate.sv:3  go = we | lock"

# What was expected is in no waves, but in the line that was printed: the address was right.
mkdir -p "$work/said" && cd "$work/said" || exit 1
cat >said.sv <<'END'
module said(input clk, input rst, output reg [3:0] addr, output reg [7:0] data);
  always @(posedge clk)
    if (rst) begin
      addr <= 0;
      data <= 1;
    end else begin
      addr <= addr + 1;
      data <= data + 3;
    end
endmodule
module said_tb;
  reg clk = 0, rst = 1;
  wire [3:0] addr;
  wire [7:0] data;
  reg [11:0] due [0:7];
  integer n;
  said dut(clk, rst, addr, data);
  always #5 clk = ~clk;
  initial begin
    for (n = 0; n < 8; n = n + 1) due[n] = {n[3:0], 8'd1 + 8'd2 * n[7:0]};
    #12 rst = 0;
    #30;
    if ({addr, data} !== due[3])
      $display("ERROR: stored %h at %0d, expected %h at %0d", data, addr, due[3][7:0], due[3][11:8]);
    $finish;
  end
endmodule
END
status 1 sim --engine icarus --one
status 0 why --steps 1
says " 1  said_tb.data = "

# A state tells those before it, in one row.
mkdir -p "$work/states" && cd "$work/states" || exit 1
cat >states.sv <<'END'
module states(input clk, input rst, input go, output [1:0] at);
  reg [1:0] s;
  assign at = s;
  always @(posedge clk)
    if (rst)
      s <= 1;
    else case (s)
      0: if (go) s <= 1;
      1: s <= 2;
      2: s <= 3;
      default: s <= 0;
    endcase
endmodule
module states_tb;
  reg clk = 0, rst = 1;
  wire [1:0] at;
  states dut(clk, rst, 1'b0, at);
  always #5 clk = ~clk;
  initial begin
    #12 rst = 0;
    #20 if (at !== 0) $display("ERROR at %0t: at is %0d, expected 0", $time, at);
    $finish;
  end
endmodule
END
status 1 sim --engine icarus --one
status 0 why --steps 1
says "states.sv:10  s <= 2'd3"
says "states.sv:9  s <= 2'd2"
says "states.sv:6  s <= 2'd1"

# A width that does not fit is named where the tool cuts, and not where the text does.
mkdir -p "$work/cut" && cd "$work/cut" || exit 1
cat >cut.v <<'END'
module leaf(input [3:0] a, output [3:0] y);
  assign y = a + 1;
endmodule
module cut_tb;
  reg [7:0] p = 8'h31, q = 8'h42;
  wire [3:0] y, z;
  leaf u (.a(p), .y(y));
  leaf v (.a(q[3:0]), .y(z));
  initial begin
    $dumpfile("w.vcd"); $dumpvars(0, cut_tb);
    #10 if (y !== 4'd3 || z !== 4'd3) $display("FAIL: y is %0d at %0t", y, $time);
    $finish;
  end
endmodule
END
status 1 sim --engine icarus --one
status 0 why cut_tb.y @10
says "p has 8 bits, the port has 4"
status 0 why cut_tb.z @10
silent_on "q has 8 bits"
says "cut.v:8  .a(q[3:0])"
says "cut.v:5  q = 8'd66"
cd "$work/loop" || exit 1

# It is sent with a question, and with `fix` on the screen.
printf 'Fine.\n' >answer.md
printf 'backend add m fake file=%s\nset backend m\nset backend.fix m\nset mode ask\nset engine icarus\n' "$PWD/answer.md" >"$XDG_CONFIG_HOME/posedge/posedgerc"
play() {
	timeout 600 "$posedge" --script keys >"$work/out" 2>"$work/err" </dev/null || fail "the script ended with $?: $(tail -3 "$work/err")"
	grep -rF "$1" .posedge/sessions >"$work/sent" || fail "the question did not have: $1"
}
printf 'run sim\nwait sim FAIL\nrun ask "explain @why"\nwait Fine.\n' >keys
play "what drove the signals that the failing check compared"
grep -qF 'loop.sv:4' "$work/sent" || fail "@why sent no chain"
printf 'Mended.\n' >answer.md
printf 'run sim\nwait sim FAIL\nrun fix\nwait Mended.\n' >keys
play "What drove the signals that the check compared"
# If nothing is known, it says so.
mkdir -p "$work/nothing" && cd "$work/nothing" || exit 1
cp "$source/core.sv" "$work/loop/answer.md" .
printf 'run ask "explain @why"\nwait @why: what drove\n' >keys
timeout 600 "$posedge" --script keys >"$work/out" 2>"$work/err" </dev/null || fail "a question without a failure: $(tail -3 "$work/err")"
echo "why: all as it should be"
