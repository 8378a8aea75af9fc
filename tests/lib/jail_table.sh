#!/usr/bin/env bash
# jail_table.sh - prints docs/sandbox.md from the file headers in tests/e2e/jail;
# e2e_jail.sh compares both. After a change there: bash tests/lib/jail_table.sh >docs/sandbox.md
set -u
export LC_ALL=C
cd "${srcdir:-$(dirname "$0")/../..}/tests/e2e/jail" || exit 1
cat <<'T'
# What the sandbox was tried with

Each row is a design, a testbench, a file list or a program in `tests/e2e/jail/` that means harm. `tests/e2e/e2e_jail.sh` runs
all of them, as the user of the tests and, when that is root, once more as an ordinary one; it checks for each that nothing of
the person's was shown or changed, that it did not pass, and that posedge said what is quoted in the last column.
`docs/threat-model.md` tells which boundary is whose.

| case | what it tries | what stops it | what posedge says |
| --- | --- | --- | --- |
T
for f in *; do
	awk -v name="$f" '
		/^@@/ { exit }
		function text(s) { sub(/^[a-z]+: /, "", s); gsub(/\|/, "\\|", s); return s }
		/^tries: / { tries = text($0) }
		/^stopped: / { stopped = text($0) }
		/^status: .*0/ { passes = 1 }
		/^says: / { s = text($0); if (s ~ /^[a-z]+$/) next; says = says (says == "" ? "" : "; ") "`" s "`" }
		END { if (says == "") says = passes ? "nothing, it came to nothing" : "no verdict, or a failure" }
		END { printf "| %s | %s | %s | %s |\n", name, tries, stopped, says }' "$f"
done
printf '\n%s cases.\n' "$(find . -type f | wc -l)"
