#!/usr/bin/env bash
# Verilator's run-time library: a model with every kind of template links with the
# precompiled header, and builds without it.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator
need g++

mkdir "$work/p" && cd "$work/p" || exit 1
cat >tb.sv <<'END'
`timescale 1ns / 1ns
module ram #(parameter W = 8, N = 16) (input logic clk, we, input logic [3:0] a, input logic [W-1:0] d, output logic [W-1:0] q);
  logic [W-1:0] mem [N];
  always_ff @(posedge clk) begin
    if (we) mem[a] <= d;
    q <= mem[a];
  end
endmodule
module tb;
  class item;
    int value;
    string name;
    function new(int v); value = v; name = $sformatf("n%0d", v); endfunction
  endclass
  logic clk = 0, we = 0;
  logic [3:0] a = 0;
  logic [99:0] d, q;
  logic [7:0] d8, q8;
  int queue [$], named [string];
  string by_number [int];
  logic [63:0] dyn [];
  item items [$], it;
  event go;
  real r = 1.5;
  ram #(.W(100)) wide (.clk, .we, .a, .d, .q);
  ram #(.W(8)) narrow (.clk, .we, .a, .d(d8), .q(q8));
  always #5 clk = !clk;
  initial begin
    for (int i = 0; i < 9; i++) begin
      queue.push_back(i * 3);
      named[$sformatf("k%0d", i)] = i;
      by_number[i] = $sformatf("%0d", i);
      it = new(i);
      items.push_back(it);
    end
    dyn = new[4];
    dyn[2] = 64'd77;
    r = r * 2.0;
    assert (queue.pop_front() == 0 && queue.size() == 8 && named["k4"] == 4);
    assert (by_number[3] == "3" && items[5].name == "n5" && dyn[2] == 77 && r == 3.0);
    @(negedge clk) we = 1; a = 3; d = {4{25'h1234567}}; d8 = 8'h5a;
    @(negedge clk) we = 0;
    @(negedge clk);
    assert (q === {4{25'h1234567}} && q8 === 8'h5a);
    fork
      begin #20 -> go; end
      begin @go; end
    join
    wait (clk);
    assert ($time >= 50);
    $finish;
  end
endmodule
END
passes() {
	status 0 sim --engine verilator "$@"
	says "PASS 4 checks"
}
passes
passes --no-trace

# A model that needs too much memory is told apart from one that crashes.
mkdir "$work/m" && cd "$work/m" || exit 1
cat >tb.sv <<'END'
module tb;
  bit [8191:0] all [$], one = 1;
  initial begin
    #1;
    for (int i = 0; i < 1000000; i++) begin
      all.push_back(one);
      if (i % 1000 == 0) #1;
    end
    if (all.size() == 1000000) $display("PASS");
    $finish;
  end
endmodule
END
printf 'set sim.memory_mb 512\n' >"$XDG_CONFIG_HOME/posedge/posedgerc"
status 2 sim --engine verilator --no-trace
says "stopped by the memory limit of 512 MB"
cd "$work/p" || exit 1

# A private cache that the test may damage.
mkdir -p "$work/cache/posedge"
for dir in "$XDG_CACHE_HOME"/posedge/verilated-*/; do
	[ ! -d "$dir/fast" ] || cp -r "${dir%/}" "$work/cache/posedge/"
done
export XDG_CACHE_HOME=$work/cache
each() { for dir in "$XDG_CACHE_HOME"/posedge/verilated-*/; do (cd "$dir" && "$@") || fail "$* in $dir"; done; }

# Without the text of the header there is no second attempt: the precompiled one was
# used.
each mv pch.h text
passes
passes --no-trace
# The text alone is enough: if a template has no code, or the header is damaged or
# missing.
each mv text pch.h
each sh -c 'ld -r $(ls ./*.o | grep -Ev "instances|others|library|_cov") -o library.o'
passes --no-trace
each truncate -s 100000 fast/pch.h.gch
passes --no-trace
each rm fast/pch.h.gch
passes --no-trace

# A process killed while compiling the library leaves nothing that is used, or that
# stays.
unfinished() { find "$XDG_CACHE_HOME/posedge" -name 'verilated-*.??????' | grep -q .; }
rm -rf "$XDG_CACHE_HOME"/posedge/verilated-*
mkdir "$work/suite"
echo w >"$work/suite/Prob001_w_prompt.txt"
echo 'module RefModule (output z); assign z = 0; endmodule' >"$work/suite/Prob001_w_ref.sv"
echo 'module tb; wire z; TopModule t (z); initial begin $display("Mismatches: 0 in 1 samples"); $finish; end endmodule' >"$work/suite/Prob001_w_test.sv"
"$posedge" bench verilog-eval "$work/suite" --references --engine verilator >/dev/null 2>"$work/bench" </dev/null &
posedge_pid=$!
for _ in $(seq 3000); do unfinished && break; sleep 0.01; done # a condition with a limit
unfinished || fail "nothing is being compiled"
kill -9 "$posedge_pid"
wait "$posedge_pid"
grep -q "verilator compiles its library first, once" "$work/bench" || fail "bench says nothing: $(cat "$work/bench")"
passes --no-trace
unfinished && fail "what was not finished is still there"
exit 0
