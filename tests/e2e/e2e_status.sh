#!/usr/bin/env bash
# Exit statuses match docs/status.md: each row of its table has cases here, and each
# status but 0 comes with a message that says why.
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog verilator_bin
manual=$srcdir/docs/status.md

cd "$work" && "$posedge" new q >"$work/out" 2>&1 && cd q || fail "new"
rc=$XDG_CONFIG_HOME/posedge/posedgerc
cat >"$work/model" <<'END'
#!/bin/sh
cat >/dev/null
exec cat "$0.says"
END
chmod +x "$work/model"
cat >"$rc" <<END
backend add m exec cmd="$work/model"
backend add dead exec cmd="false"
set backend m
set mode assist
END
# model LINE...: its output for each request; is STATUS WORD ARGUMENT...: ends with
# STATUS and prints WORD.
model() { printf '%s\n' "$@" >"$work/model.says"; }
is() {
	local want=$1 word=$2
	shift 2
	status "$want" "$@"
	[ "$want" = 0 ] || [ -s "$work/err" ] || [ -s "$work/out" ] || fail "posedge $* says nothing"
	grep -qF -- "$word" "$work/out" "$work/err" || fail "posedge $* does not say: $word"
}

# A command's help, wherever it is asked for; behind -- it is a word.
is 0 "explain a command" help --help
is 0 "lint [FILE...]" lint nosuch.sv --help
is 0 "lint [FILE...]" lint -h
is 2 "no such command" nosuch --help
is 2 "--help: no such Verilog file" lint -- --help
call() { printf '{"call":{"id":"c","name":"search","arguments":{"regex":"%s"}},"finish":"tools"}' "$1"; }
fine='{"text":"It counts.","finish":"stop"}'
file() { printf '{"text":"```verilog rtl/q.sv\\n%s\\n```\\n","finish":"stop"}' "$1"; }

answers() { # of ask and btw, with tools and without
	model "$fine"
	is 0 'It counts.' "$1" "what is it?"
	model '{"finish":"stop"}'
	is 1 'the answer is empty' "$1" "what is it?"
	model '{"text":"It co","finish":"length"}'
	is 1 'cut off' "$1" "what is it?"
	model '{"finish":"filter"}'
	is 1 'withheld the answer' "$1" "what is it?"
	model '{"error":"no more credit"}'
	is 2 'no more credit' "$1" "what is it?"
	is 2 'dead' "$1" --backend dead "what is it?"
	is 2 'no option --nonsense' "$1" --nonsense
}
case_ask() {
	answers ask
	is 2 'ask, fix, plan or judge' ask --role nobody "what is it?"
	# The same call forever; other calls forever, limited by rounds and by tokens.
	model "$(call x)"
	is 2 'stopped: the turn took its 12 rounds (turn.rounds)' ask "look for it"
	status 0 set turn.rounds 2
	is 2 'stopped: the turn took its 2 rounds (turn.rounds)' ask "look for it"
	status 0 set turn.rounds 12
	status 0 set turn.tokens 1
	is 2 '(turn.tokens)' ask "look for it"
	status 0 set turn.tokens 200000
	status 0 set budget 0.01
	is 2 'budget' ask "look for it"
	status 0 set budget ""
	status 0 set mode ask
	answers ask
	model "$(call x)"
	is 1 'only called a tool' ask "look for it"
	model '{"text":"I look."}' "$(call x)"
	is 1 'none was offered to it: that was not run' ask "look for it"
	status 0 set mode assist
	model '{"finish":"tools"}'
	is 1 'stopped to call a tool, and named none' ask "look for it"
}
case_btw() { answers btw; }
case_fix() {
	model "$fine"
	is 0 'nothing to fix' fix
	cp rtl/q.sv "$work/kept"
	sed -i "s/+ 1'b1/+ 2'd2/" rtl/q.sv
	cmp -s rtl/q.sv "$work/kept" && fail "nothing was broken"
	is 1 'not solved: nothing was proposed' fix
	status 0 set mode ask
	is 1 'not solved: nothing was proposed' fix
	status 0 set mode assist
	is 2 'dead' fix --backend dead
	cp "$work/kept" rtl/q.sv
}
case_critique() {
	model '{"text":"NOTHING","finish":"stop"}'
	is 0 'found nothing' critique rtl/q.sv
	model '{"text":"It looks fine.","finish":"stop"}'
	is 1 'no findings in the form' critique rtl/q.sv
	is 2 'dead' critique --backend dead rtl/q.sv
}
case_lint() {
	is 0 '' lint
	echo 'module broken; wire w endmodule' >broken.sv
	is 1 'broken.sv' lint broken.sv
	rm broken.sv
	is 2 'none.sv' lint none.sv
	mkdir -p "$work/empty"
	is 3 '' -C "$work/empty" lint
}
case_sim() {
	is 0 'PASS' sim
	cp rtl/q.sv "$work/kept"
	sed -i "s/+ 1'b1/+ 2'd2/" rtl/q.sv
	is 1 'FAIL' sim
	echo 'module q; wire w endmodule' >rtl/q.sv
	is 1 'rtl/q.sv' sim
	cp "$work/kept" rtl/q.sv
	is 2 'nowhere' sim nowhere
	printf 'module t_tb; initial $finish; endmodule\n' >tb/t_tb.sv
	is 3 '' sim t_tb
	rm tb/t_tb.sv
}
case_find() {
	is 0 'rtl/q.sv' find q
	is 1 'nothing in the design' find zzzzzz
	is 2 'expected' find
}
case_explained() {
	is 1 '' explained rtl/q.sv
	is 2 'expected' explained
}
case_verify() {
	local s
	is 0 '' verify
	s=$(ls -d .posedge/sessions/*/ | head -n 1)
	cp -r "$s" "$work/session"
	sed -i '0,/what is it/s//what was it/' "${s}journal.jsonl"
	is 1 '' verify
	rm -rf "$s" && cp -r "$work/session" "${s%/}"
	is 2 'nowhere' verify nowhere
}
dump() { printf '$timescale 1ns $end\n$scope module t $end\n$var wire 1 a x $end\n$upscope $end\n$enddefinitions $end\n#0\n%sa\n#10\n' "$1"; }
case_wave() {
	dump 0 >"$work/a.vcd"
	dump 1 >"$work/b.vcd"
	is 0 '' wave diff "$work/a.vcd" "$work/a.vcd"
	is 1 '' wave diff "$work/a.vcd" "$work/b.vcd"
	is 2 'none.vcd' wave diff "$work/a.vcd" "$work/none.vcd"
}
readers() { # of a journal: log, replay and export
	local j
	j=$(ls "$work"/r/.posedge/sessions/*/journal.jsonl)
	is 0 '' -C "$work/r" "$@"
	cp "$j" "$work/whole"
	truncate -s -5 "$j"
	is 1 'damaged at line' -C "$work/r" "$@"
	cp "$work/whole" "$j"
	is 2 'nowhere' -C "$work/r" "$@" nowhere
}
case_log() {
	(cd "$work" && "$posedge" new r >"$work/out" 2>&1) || fail "new"
	status 0 -C "$work/r" sim
	readers log
}
case_export() { readers export --markdown; }
case_replay() { # today's files are not those that case_sim broke
	printf '`define NEVER 1\n' >more.vh
	printf '`include "more.vh"\nmodule more(output y); assign y = `NEVER; endmodule\n' >more.sv
	status 0 lint more.sv
	printf "\`define NEVER 8'd1\n" >more.vh
	is 1 'differ' replay --rerun
	rm more.sv more.vh
	readers replay
	is 0 '0 differ' -C "$work/r" replay --rerun
	rm "$work"/r/tb/*
	is 3 'could not be run again' -C "$work/r" replay --rerun
}
case_mutants() {
	is 2 'nowhere' mutants nowhere
}
case_coverage() { is 2 'nowhere' coverage nowhere; }
case_equiv() {
	is 2 'git' equiv rtl/q.sv none.sv
	command -v yosys >/dev/null || return 0
	sed "s/+ 1'b1/+ 2'd2/" rtl/q.sv >other.sv
	is 0 '' equiv rtl/q.sv rtl/q.sv
	is 1 '' equiv rtl/q.sv other.sv
	rm other.sv
}
case_prove() { is 2 'nowhere' prove nowhere; }
case_apply() {
	printf -- '--- a/rtl/q.sv\n+++ b/rtl/q.sv\n@@ -1 +1 @@\n-no such line\n+another\n' >"$work/bad.diff"
	is 2 '' apply "$work/bad.diff"
	echo prose >"$work/prose.diff"
	is 2 'no change was found' apply "$work/prose.diff"
	is 2 'none.diff' apply "$work/none.diff"
}
case_review() {
	git init -q . && git add -A . && git -c user.name=a -c user.email=a@b commit -qm a
	is 0 '' review --git
	truncate -s 6M rtl/q.sv
	is 2 'too large to review' review --git
	git checkout -q rtl/q.sv
}
case_backends() {
	model "$fine"
	is 0 'm' backends --test m
	is 2 'dead' backends --test dead
	is 2 'nobody' backends --test nobody
}
case_rewind() { is 2 'nowhere' rewind nowhere; }
case_doctor() {
	is 0 '' doctor
	mkdir -p "$work/bare"
	for t in sh bash cat env timeout; do ln -sf "$(command -v $t)" "$work/bare/$t"; done
	TEST_PATH=$work/bare is 2 '' doctor
}

n=0
while read -r name; do
	declare -F "case_$name" >/dev/null || fail "docs/status.md has $name, and no case is here"
	"case_$name"
	n=$((n + 1))
done < <(sed -n '/^| `/s/|/\n/2;T;P' "$manual" | grep -o '`[^`]*`' | tr -d '`' | sed 's/ .*//' | awk '!seen[$0]++')
[ $n = "$(declare -F | grep -c ' case_')" ] || fail "docs/status.md has $n rows of those that are here"
exit 0
