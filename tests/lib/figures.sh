#!/usr/bin/env bash
# Prints the size of the source, for the table in README.md: make figures. The lines of a
# function are those between its braces; a prologue is a comment at the start of a .c file.
#
#   bash tests/lib/figures.sh TESTS [COVERAGE]   # number of tests; output of `make coverage`
set -eu
cd "${srcdir:?}"
product=(session backends sim ui plugins)

files() { git ls-files -- "$@"; }
row() { printf '| %s | %s |\n' "$1" "$2"; }
lines() { files "$@" | xargs -d '\n' cat | wc -l; }

functions() {
	files "${product[@]/%//*.[ch]}" | xargs -d '\n' awk '
		FNR == 1 { begin = 0 }
		/^{/ { begin = FNR }
		/^}/ && begin { print FNR - begin - 1; begin = 0 }' | sort -n |
		awk '{ v[NR] = $1; long += $1 > 60 }
		END { printf "%d; %d; %d; %d\n", NR, v[int((NR + 1) / 2)], v[int(NR * 0.99)], long }'
}

longest() {
	files "${product[@]/%//*.[ch]}" | xargs -d '\n' wc -l | grep -v ' total$' | sort -n | tail -n 1 |
		awk '{ print $1 ", " $2 }'
}

prologues() {
	local file line n=0 of=0
	while read -r file; do
		read -r line <"$file" || true
		of=$((of + 1))
		[[ $line != '/*'* ]] || n=$((n + 1))
	done < <(files "${product[@]/%//*.c}")
	echo "$n of $of"
}

row figure value
row --- ---
row 'lines of product code (`.c`, `.h`)' "$(lines "${product[@]/%//*.[ch]}")"
row 'lines of tests (`.c`, `.h`, `.sh`)' "$(lines 'tests/*.[ch]' 'tests/*.sh')"
row 'tests of `make check`' "$1"
row 'functions; median, 99th percentile of their lines; above 60' "$(functions)"
row 'longest file' "$(longest)"
row '`.c` files with a prologue' "$(prologues)"
[ ! -s "${2:-}" ] || row 'lines and branches that the tests run (`make coverage`)' "$(awk '
	$1 == "lines:" { lines = $2 }
	$1 == "branches:" { branches = $2 }
	END { printf "%.0f %%, %.0f %%", lines, branches }' "$2")"
