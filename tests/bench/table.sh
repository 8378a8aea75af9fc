# table.sh - the bench's one table. Sourced by bench.sh.
#
# Each figure is one line, printed when it is known:
#
#   what                              measured    to reach   load
#   key over nano                        1.412 <=  1.500      0.8   0.35 over 0.25 ms (...)
#
# The load is the machine's of the last minute, since a ratio measured beside other
# work says less. What misses its goal is marked, and named once more at the end; a
# miss is no failure. A figure that could not be measured ends the bench.

stop() {
	echo "bench: $*" >&2
	exit 1
}

is_number() { [[ $1 =~ ^-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$ ]]; }

table_begin() {
	: >"$work/missed" && : >"$work/rows"
	printf 'bench: %s, %s processors, %s\n' "$("$posedge" --version | head -n 1)" "$(nproc)" "$(date '+%Y-%m-%d %H:%M')"
	printf '%-62s %10s %12s %6s\n' what measured 'to reach' load
}

# figure NAME NUMBER GOAL [DETAIL]: GOAL is the most it may be; -: there is none.
figure() {
	local goal=$3 mark='' load
	is_number "$2" || stop "no figure came of: $1"
	load=$(cut -d' ' -f1 /proc/loadavg)
	echo "$1" >>"$work/rows"
	if [ "$goal" != - ]; then
		awk -v n="$2" -v goal="$goal" 'BEGIN { exit n > goal }' || mark=' MISSED'
		goal="<= $goal"
	fi
	[ -z "$mark" ] || echo "$1: $(shortly "$2"), to reach $goal" >>"$work/missed"
	printf '%-62s %10s %12s %6s  %s%s\n' "$1" "$(shortly "$2")" "$goal" "$load" "${4:-}" "$mark"
}

# As many digits as say something.
shortly() {
	awk -v n="$1" 'BEGIN {
		size = n < 0 ? -n : n
		form = size == int(size) ? "%d" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.4f"
		printf form, n
	}'
}

# over A B: their ratio; B is something that took time.
over() { awk -v a="$1" -v b="$2" 'BEGIN { if (a + 0 <= 0 || b + 0 <= 0) exit 1; printf "%.5f", a / b }'; }

# skipped WHAT WHY: a row that this machine cannot measure.
skipped() { printf '%-62s %10s  %s\n' "$1" - "$2"; }

# have TOOL WHAT: whether it is here; says what is left out.
have() {
	command -v "$1" >/dev/null && return
	skipped "$2" "left out: $1 is not here (apt-get install $1)"
	return 1
}

table_end() {
	echo "bench: $(wc -l <"$work/rows") figures in $SECONDS s, $(wc -l <"$work/missed") of them above what is to be reached"
	sed 's/^/  /' "$work/missed"
}
