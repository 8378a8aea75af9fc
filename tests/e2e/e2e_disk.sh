#!/usr/bin/env bash
# A disk that fails at the n-th write, sync or rename, with n swept over commands that
# ask, apply, simulate, note and review. Each command ends with one sentence and status
# 2, or has done all that it reports; the session stays intact and usable.
. "${srcdir:?}/tests/lib/lib.sh"
[ "${POSEDGE_SLOW:-}" != no ] || {
	echo "hundreds of starts: left out where that is slow"
	exit 77
}
rc=$XDG_CONFIG_HOME/posedge/posedgerc
shim=$builddir/tests/lib/bad_disk.so
# An instrumented posedge requires its own library first; the order does not matter for
# this one.
export ASAN_OPTIONS=$ASAN_OPTIONS:verify_asan_link_order=0
export POSEDGE_FAKE_RUN=$'PASS 3 checks\n'
# The same events are repeated, and some are lost on purpose.
unset POSEDGE_TEST_DIGESTS
BROKEN=1

answer() { printf '%s' "$1" >"$work/answer.md"; }
printf 'backend add m fake file=%s/answer.md\nset backend m\nset engine fake\n' "$work" >"$rc"
p=$work/p
mkdir "$p" && cd "$p"
before=$'module r;\n  wire a;\nendmodule\n'
after=$'module r;\n  wire b;\n  wire c;\nendmodule\n'
printf '%s' "$before" >r.sv
printf 'module r_tb;\n  r dut();\n  initial $finish;\nendmodule\n' >r_tb.sv

has() { "$posedge" log 2>/dev/null | grep -qF -- "$1" || fail "$at: the session lacks: $1"; }

# whole: the session on disk verifies, has one meaning however it is read, and can be
# continued; no file is ahead of the journal.
whole() {
	local got=0
	"$posedge" note "and on" >"$work/out" 2>"$work/err" </dev/null || got=$?
	[ $got = 0 ] || fail "$at: it does not go on: $got"
	status 0 verify
	cat .posedge/sessions/*/journal.jsonl | grep -qF '"and on"' || fail "$at: the note is not there"
	"$builddir/tests/lib/fold_check" none "$p" >"$work/out" 2>"$work/err" || fail "$at: it is not what it says"
	case $(cat r.sv && echo .) in
	"$before.") ;;
	"$after.") grep -q '"type":"edit".*wire c' .posedge/sessions/*/journal.jsonl || fail "$at: r.sv holds what was not recorded" ;;
	*) fail "$at: r.sv is half written" ;;
	esac
}

# tries NAME EFFECT ARGUMENTS...: the command with a failing disk, at every place.
# EFFECT is called if it reports success, or was killed.
tries() {
	local name=$1 effect=$2 how n got
	shift 2
	rm -rf "$work/base" && cp -a "$p" "$work/base"
	for how in eio full short torn; do
		n=0
		while :; do
			n=$((n + 1 + n / 6))	# dense at first
			at="$name, $how at $n"
			cd "$work" && rm -rf "$p" "$work/hit" && cp -a "$work/base" "$p" && cd "$p" || fail "$at: a copy"
			got=0
			{ LD_PRELOAD=$shim BAD_DISK=$how BAD_DISK_AT=$n BAD_DISK_HIT=$work/hit \
				timeout 600 "$posedge" "$@" >"$work/out" 2>"$work/err" </dev/null; } 2>/dev/null || got=$?
			[ -e "$work/hit" ] || break
			tried=$((tried + 1))
			case $how$got in
			torn137) ;;
			short0) $effect ;;
			eio0 | full0) $effect ;;
			eio2 | full2)
				[ "$(grep -c "^posedge: .*\(Input/output error\|No space left\)" "$work/err")" = 1 ] &&
					[ "$(grep -vcE "^posedge: wrote |^==[0-9]+==WARNING" "$work/err")" = 1 ] || fail "$at: not one sentence"
				refused=$((refused + 1))
				if [ -e .posedge/sessions ] && [ -n "$(ls .posedge/sessions)" ]; then
					"$posedge" verify >"$work/out" 2>&1 || fail "$at: it does not verify"
				fi
				;;
			*) fail "$at: it ended with $got" ;;
			esac
			whole
		done
		[ $got = 0 ] || fail "$name: without a bad disk it ended with $got"
		[ $n -gt 1 ] || fail "$name: it wrote nothing"
	done
}
tried=0 refused=0

answer "$(printf '```verilog r.sv\n%s```\n' "$after")"
applied() { has '(--apply)'; grep -q "wire b" r.sv || fail "$at: r.sv is as it was"; }
tries ask applied ask "two wires" --file r.sv --apply
ran() { has pass; }
tries sim ran sim r_tb
noted() { has remembered; }
tries note noted note "remembered"
cd "$p" && printf '%s' "$before" >r.sv && status 0 ask "two wires" --file r.sv
reviewed() { has "took"; }
tries review reviewed review --take all --apply
echo "$tried bad moments, $refused refused"
[ $refused -gt 20 ] || fail "only $refused times was anything refused"
