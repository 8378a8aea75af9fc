#!/usr/bin/env bash
# Projects of every common layout: found, linted and judged without any setting, with
# both engines.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator iverilog python3

# files_of_run: of the last one, sorted, one a line.
files_of_run() {
	cat .posedge/sessions/*/journal.jsonl | python3 -c 'import json, sys
runs = [e for e in map(json.loads, sys.stdin) if "files" in e and "testbench" in e]
print("\n".join(sorted(runs[-1]["files"].split("\n"))))'
}

cp -r "$srcdir/tests/e2e/projects" "$work/projects" && chmod -R u+w "$work/projects"
n=0
while read -r project top testbench checks files; do
	case $project in '#'*) continue ;; esac
	cd "$work/projects/$project"
	status 0 lint
	says "lint ok"
	status 0 files
	[ "$(sed -nE 's/^(top|testbench) ([^ ]+) .*/\2/p' "$work/out" | tr '\n' ' ')" = "$top $testbench " ] ||
		fail "$project: other tops were found"
	for engine in icarus verilator; do
		status 0 sim --engine $engine
		says "PASS ${checks%:} check"
		[ "$(files_of_run)" = "$(printf '%s\n' $files | sort)" ] ||
			fail "$project: the run reads $(files_of_run | tr '\n' ' ')"
		grep -q "\"testbench\":\"$testbench\"" .posedge/sessions/*/journal.jsonl || fail "$project: it runs another testbench"
	done
	n=$((n + 1))
done <"$srcdir/tests/e2e/projects/expected"
[ $n = 11 ] || fail "$n projects were tried"
