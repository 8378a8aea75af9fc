#!/usr/bin/env bash
# assert: a model in shell writes assertions for a module; each gets a verdict: proved,
# bounded, vacuous, failed with a trace, not parsed; what holds is suggested. Without yosys
# they are parsed and not run. Wrong requirements and signals, cut, stubborn.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin iverilog

mkdir -p "$work/q" && cd "$work/q" || exit 9
cat >spec.md <<'END'
R1 While rst is high the count becomes 0.
R2 With en the count grows by one.
R3 full is high when the count is 15.
R4 The lamp is pretty.
END
cat >tally.sv <<'END'
module tally (input logic clk, input logic rst, input logic en, output logic [3:0] count, output logic full);
  always_ff @(posedge clk)
    if (rst) count <= '0;
    else if (en) count <= count + 4'd1;
  assign full = count == 4'd15;
endmodule
END
cksum tally.sv >"$work/sum"
cat >"$work/model" <<'END'
#!/usr/bin/env bash
cat >>"$0.requests"
n=$(cat "$0.n" 2>/dev/null || echo 0)
echo $((n + 1)) >"$0.n"
[ -e "$0.$n" ] && cat "$0.$n" || cat "$0.all"
END
chmod +x "$work/model"
status 2 assert tally
notes 'assert needs a model'
printf 'backend add m exec cmd="%s"\nset backend m\n' "$work/model" >>"$XDG_CONFIG_HOME/posedge/posedgerc"
begin() { rm -f "$work"/model.*; }
asked() { [ "$(cat "$work/model.n")" = "$1" ] || fail "asked $(cat "$work/model.n") times, not $1"; }
# answer LINE...: as one fenced block.
answer() { printf '{"text":"```verilog'; printf '\\n%s' "$@"; printf '\\n```\\n"}\n'; }
right='// R1: rst, count'
right2='assert property (@(posedge clk) rst |=> count == 0);'

# What is behind the fortieth is left out, and that is said.
begin
{
	printf '{"text":"```verilog'
	for i in {1..40}; do printf '\\n%s' '// R9: rst' 'assert property (rst);'; done
	printf '\\n%s\\n%s\\n```"}\n' "$right" "$right2"
} >"$work/model.all"
status 1 assert tally
says '[cut: the answer has more than 40 assertions]'
says 'R1 has no assertion'

# Without a prover they are parsed.
command -v yosys >/dev/null || {
	begin
	answer "$right" "$right2" >"$work/model.all"
	status 1 assert tally
	says 'R1 -> rst, count -> assert property (@(posedge clk) rst |=> count == 0);'
	says 'parsed, not run'
	says 'R2 has no assertion'
	says '+  // R1: rst, count'
	echo "yosys is not here: verdicts are not tested"
	exit 0
}
begin
answer "$right" "$right2" >"$work/model.all"
status 0 assert tally
says 'R2 has no assertion'

begin
answer "$right" "$right2" '// R2: en, count' 'assert property (@(posedge clk) disable iff (rst)' '  en |=> count == 4'"'"'d9);' \
	'// R3: full, count' 'assert property (@(posedge clk) full |-> count == 4'"'"'d15);' \
	'// R3: full' 'assert property (@(posedge clk) full && !full |-> count == 0);' >"$work/model.all"
status 1 assert tally
asked 1
grep -A1 'R1 -> rst, count' "$work/out" | grep -q '^    proved' || fail "R1 is not proved"
grep -A2 'R2 -> en, count' "$work/out" | grep -q '^    failed with trace: fails in step' || fail "R2 does not fail"
grep -A2 'R2 -> en, count' "$work/out" | grep -q '^    waves: posedge wave /' || fail "R2 has no waves"
grep -A1 'R3 -> full, count' "$work/out" | grep -q '^    proved' || fail "R3 is not proved"
grep -A1 'R3 -> full -> ' "$work/out" | grep -q '^    vacuous' || fail "the empty one is not vacuous"
says 'R4 has no assertion'
says '+  // R1: rst, count'
says '+  assert property (@(posedge clk) full |-> count == 4'"'"'d15);'
silent_on "+  assert property (@(posedge clk) disable iff (rst) en |=> count == 4'd9);"
silent_on '+  assert property (@(posedge clk) full && !full'
cksum tally.sv | cmp -s - "$work/sum" || fail "tally.sv was written"

# What is wrong with them is told once, and stays where the model is stubborn.
begin
answer '// R9: rst' 'assert property (@(posedge clk) rst |=> count == 0);' '// R2: enable' \
	'assert property (@(posedge clk) en |=> full);' '// R3: full' 'assert property (@(posedge clk) full [*2:3] |-> en);' >"$work/model.all"
status 1 assert tally
asked 2
grep -q 'spec.md has no R9' "$work/model.requests" || fail "R9 is not told"
grep -q 'tally has no signal enable' "$work/model.requests" || fail "enable is not told"
[ "$(grep -c '^    not parsed: ' "$work/out")" = 3 ] || fail "not three are not parsed"

# Cut, and nothing.
begin
printf '{"text":"```verilog\\n%s\\n%s\\n// R2: en\\nassert property (@(posed"}\n{"finish":"length"}\n' "$right" "$right2" >"$work/model.all"
status 0 assert tally
says 'R2 has no assertion'
begin
echo '{"text":"It is fine as it is."}' >"$work/model.all"
status 2 assert tally
notes "the model's answer has no assertion in it"
status 2 assert nosuch
notes 'there is no module nosuch here'
mkdir "$work/empty" && cd "$work/empty" && cp "$work/q/spec.md" . || exit 9
status 2 assert
notes 'assert: there is no module here'
status 2 explain
notes 'explain: there is no module here'
exit 0
