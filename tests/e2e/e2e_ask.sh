#!/usr/bin/env bash
# The requests that a question sends, as stored by a local server.
. "${srcdir:?}/tests/lib/lib.sh"
. "$srcdir/tests/lib/server.sh"

mkdir -p "$work/p/rtl" && cd "$work/p"
{ printf "$sse"; delta 'Because it wraps.'; printf "$finish"; } >"$work/plain"

# request ARGUMENTS...: asks, and stores the request in $work/sent.
request() {
	rm -f "$work/requests"
	serve "$work/plain"
	status "$@"
	cp "$work/requests" "$work/sent"
}
sends() { grep -qF -- "$1" "$work/sent" || fail "the request lacks: $1"; }
lacks() { grep -qF -- "$1" "$work/sent" && fail "the request has: $1"; return 0; }
once() { [ "$(grep -oF -- "$1" "$work/sent" | wc -l)" = 1 ] || fail "sent $(grep -oF -- "$1" "$work/sent" | wc -l) times: $1"; }

# A module of 300 lines, which fills a small budget by itself.
large() {
	echo "// verilator lint_off UNUSED"
	echo "module $1(input logic clk, output logic [7:0] out_of_$1);"
	for i in $(seq 300); do echo "	logic [7:0] stage_$i; always_ff @(posedge clk) stage_$i <= stage_$i + 8'd$((i % 200));"; done
	echo "	assign out_of_$1 = stage_1;"
	echo endmodule
}
large alpha >rtl/alpha.sv
large omega >rtl/omega.sv
cat >rtl/middle.sv <<'V'
module middle(input logic [7:0] wide, output logic narrow_sum);
	assign narrow_sum = wide + 1; // heron
endmodule
V

# The named file is complete; the others are listed with their ports.
options=budget=2500
request 0 ask "what is wrong in rtl/middle.sv?"
sends heron
sends 'omega(input logic clk, output logic [7:0] out_of_omega)'
notes "rtl/omega.sv is"
lacks 'PASS <n> checks'

# `fix` sends its findings, once, and their file.
request 1 fix
sends heron
once 'rtl/middle.sv:2:'
sends 'Say first what the cause is'
once 'Fix what the linter found'

# Earlier exchanges are included unless --fresh is given; files precede both.
options=
drop .posedge
request 0 ask "does it overflow?"
request 0 ask "and then, in a testbench?"
sends 'does it overflow?'
sends 'Because it wraps.'
sends 'PASS <n> checks'
[ "$(grep -ob heron "$work/sent" | head -1 | cut -d: -f1)" -lt "$(grep -ob 'does it overflow' "$work/sent" | head -1 | cut -d: -f1)" ] ||
	fail "the files do not stand before the turns"
request 0 ask "once more" --fresh
lacks 'does it overflow?'
lacks 'Because it wraps.'

# Answer formats by backend; rules for Icarus only if it runs.
options='answer=edit model_size=small'
request 0 ask "why?"
sends 'files that are there already by SEARCH/REPLACE'
sends 'An example of a whole answer'
sends 'Icarus Verilog 11'
printf 'set engine verilator\n' >.posedgerc
options="answer=whole budget=60000"
request 0 ask "why is that?"
lacks 'SEARCH'
lacks 'Icarus'

# A budget that is too small: a file that is incomplete in the request cannot be
# returned complete.
options='answer=whole budget=2500'
request 0 ask "why not?"
sends 'a file that is here only in part by SEARCH/REPLACE'

# The context keeps room for the answer; a server that truncated the request is
# reported.
options='context=6000'
request 0 ask "what is wrong in rtl/middle.sv?" --fresh
sends heron
[ "$(wc -c <"$work/sent")" -lt 18000 ] || fail "4,500 tokens are more than $(wc -c <"$work/sent") bytes"
options=
{ printf "$sse"; delta 'It adds.'; printf 'data: {"choices":[],"usage":{"prompt_tokens":512,"completion_tokens":3}}\n\n'; printf "$finish"; } >"$work/plain"
request 0 ask "what does it do?" --fresh
notes "the server read 512 tokens of about"
{ printf "$sse"; delta 'It adds.'; printf "$finish"; } >"$work/plain"
request 0 ask "and that?" --fresh
silent_on "the server read"

# An invalid value is refused before anything is sent.
options=answer=perhaps
serve "$work/plain"
status 2 ask "x"
notes "whole or edit was expected"
stop
exit 0
