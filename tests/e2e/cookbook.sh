#!/usr/bin/env bash
# Every design of the cookbook lints clean under -Wall, passes with both engines at
# several parameter values, and fails for each of its planted faults.
MEMORY=1
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin g++ iverilog vvp
[ "${POSEDGE_SLOW:-}" != no ] || {
	echo "the designs are the same, however posedge was built: once is enough"
	exit 77
}

bad=0
say() {
	echo "$*"
	bad=$((bad + 1))
}

# put FOLDER EXT "NAME=VALUE ...": the design with those numbers in place.
put() {
	local script='' pair
	for pair in $3; do
		script="$script;s/((parameter|localparam)( int)? +${pair%%=*} *= *)[0-9_]+/\1${pair#*=}/"
	done
	sed -E "$script" "$1/rtl.$2" >"$work/d/$module.$2"
	sed -E "$script" "$1/tb.$2" >"$work/d/${module}_tb.$2"
}

# icarus EXT: PASS, FAIL or the reason why it did not run.
icarus() {
	local gen=-g2012
	[ "$1" = v ] && gen=-g2001
	(cd "$work/d" && iverilog $gen -s "${module}_tb" -o sim "$module.$1" "${module}_tb.$1" >build.log 2>&1 &&
		timeout 600 vvp -n sim >run.log 2>&1)
	if grep -q '^PASS [1-9][0-9]* checks' "$work/d/run.log" 2>/dev/null && ! grep -qE '^(FAIL|ERROR|FATAL)' "$work/d/run.log"; then
		echo PASS
	else
		echo FAIL
	fi
}

# sets CARD: one line per set of values to try: defaults, minimum, and a middle.
sets() {
	awk '/^param:/ { n++; name[n] = $2; d[n] = $3; split($4, r, "\\.\\."); lo[n] = r[1]; hi[n] = r[2] }
	     /^rule:.*pow2/ { pow[$2] = 1 }
	     END {
		for (i = 1; i <= n; i++) { a = a name[i] "=" d[i] " "; b = b name[i] "=" lo[i] " "
			m = pow[name[i]] ? 4 * lo[i] : lo[i] + 3; if (m > hi[i]) m = hi[i]; c = c name[i] "=" m " " }
		print a; if (n) { print b; print c } }' "$1"
}

designs=0
for folder in "$srcdir"/backends/cookbook/*/; do
	name=$(basename "$folder")
	[ -f "$folder/card.md" ] || continue
	designs=$((designs + 1))
	module=$(sed -n 's/^module: *//p' "$folder/card.md" | head -n 1)
	for section in "In a sentence" "Ports" "By block" "By line"; do
		grep -q "^## $section" "$folder/card.md" || say "$name: the card lacks '$section'"
	done
	for ext in sv v; do
		[ -f "$folder/rtl.$ext" ] || continue
		rm -rf "$work/d" && mkdir "$work/d"
		while read -r values; do
			put "$folder" $ext "$values"
			[ "$(icarus $ext)" = PASS ] || say "$name.$ext with '$values' does not pass under Icarus"
		done < <(sets "$folder/card.md")
		put "$folder" $ext ""
		lang=
		[ $ext = v ] && lang='--language 1364-2001'
		(cd "$work/d" && verilator_bin --lint-only -Wall --timing $lang --top-module "$module" "$module.$ext") >"$work/lint" 2>&1
		[ -s "$work/lint" ] && say "$name.$ext: $(head -n 1 "$work/lint")"
		status=0
		"$posedge" -C "$work/d" sim "${module}_tb" --no-trace >"$work/out" 2>&1 </dev/null || status=$?
		[ $status = 0 ] && grep -q '^PASS [1-9]' "$work/out" || say "$name.$ext under Verilator: $(tail -n 1 "$work/out")"
	done
	# Planted faults, each of which must be noticed.
	mutants=0
	rm -rf "$work/d" && mkdir "$work/d"
	while IFS=$'\t' read -r script what; do
		[ -n "$script" ] || continue
		mutants=$((mutants + 1))
		put "$folder" sv ""
		cp "$work/d/$module.sv" "$work/before"
		sed -i -E -e "$script" "$work/d/$module.sv" 2>/dev/null || sed -i -e "$script" "$work/d/$module.sv"
		if cmp -s "$work/before" "$work/d/$module.sv"; then
			cp "$work/before" "$work/d/$module.sv"
			sed -i -e "$script" "$work/d/$module.sv"
		fi
		cmp -s "$work/before" "$work/d/$module.sv" && say "$name: '$script' changes nothing"
		[ "$(icarus sv)" = FAIL ] || say "$name: the testbench does not notice: $what"
	done <"$srcdir/tests/e2e/cookbook/$name.mutants"
	[ $mutants -ge 3 ] || say "$name: only $mutants ways to break it"
done
echo "$designs designs, $bad complaints"
[ $bad = 0 ]
