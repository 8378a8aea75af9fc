# pairs.sh - two commands measured side by side. Sourced by bench.sh.
#
# A measure is a word list that prints one number. Of two, A and B run in turns,
# so that what else the machine does meets both; what is printed is the median
# of A over B of the pairs, and its quartiles. Nothing is printed of a measure
# that failed: the bench ends there.

stop() {
	echo "bench: $*" >&2
	exit 1
}

# have TOOL ROW: whether it is here; says what is left out.
have() {
	command -v "$1" >/dev/null && return
	echo "$2: left out, since $1 is not here (apt-get install $1)"
	return 1
}

# measure WORDS...: its number into $number.
measure() {
	number=$("$@") || stop "could not measure: $*"
	awk -v n="$number" 'BEGIN { exit !(n + 0 > 0) }' </dev/null || stop "no time came of: $*"
}

# pairs RUNS A B: word lists in variables of those names, as arrays. Sets $ratio.
# prepare, if it is a function, runs before each measure.
pairs() {
	local -n words_a=$2 words_b=$3
	local turn number_a
	: >"$work/pairs"
	for ((turn = 0; turn < $1; turn++)); do
		prepare $((2 * turn)) && measure "${words_a[@]}" && number_a=$number
		prepare $((2 * turn + 1)) && measure "${words_b[@]}"
		echo "$number_a $number" >>"$work/pairs"
	done
}
prepare() { :; }

# The value at a quarter (1, 2, 3) of a column of numbers.
quarter() { sort -g | awk -v q="$1" '{ v[NR] = $1 } END { print v[int((NR - 1) * q / 4 + 1.5)] }'; }

# row NAME GOAL: prints what pairs measured, in ms. Sets $ratio.
row() {
	local a b low high
	a=$(cut -d' ' -f1 "$work/pairs" | quarter 2)
	b=$(cut -d' ' -f2 "$work/pairs" | quarter 2)
	awk '{ print $1 / $2 }' "$work/pairs" >"$work/ratios"
	low=$(quarter 1 <"$work/ratios") ratio=$(quarter 2 <"$work/ratios") high=$(quarter 3 <"$work/ratios")
	printf '%-58s %9.3f over %9.3f ms = %6.3f (%.3f to %.3f)   (to reach: %s)\n' "$1" "$a" "$b" "$ratio" "$low" "$high" "$2"
}

# compare NAME GOAL RUNS A... -- B...: all of that for two commands that may find
# something (status 1).
compare() {
	local name=$1 goal=$2 runs=$3
	local -a a=(time_job -s 1) b=(time_job -s 1)
	shift 3
	while [ "$1" != -- ]; do a+=("$1"); shift; done
	shift
	b+=("$@")
	pairs "$runs" a b
	row "$name" "$goal"
}

# Of ratios given one a line: geometric mean and the worst.
mean_and_worst() { awk '{ p += log($1); if ($1 > w) w = $1 } END { printf "%.4f, the worst %.4f", exp(p / NR), w }'; }

time_job() { "$builddir/tests/bench/time_job" "$@"; }
# An editor that was killed leaves a lock, and the next start would be a question.
pty_job() {
	rm -f .*.swp
	"$builddir/tests/bench/pty_job" "$@"
}

# first_paint TEXT COMMAND...: ms until TEXT was drawn. fresh_paint: of a project
# that has no session yet.
first_paint() { pty_job "$1" "" 0 "${@:2}"; }
fresh_paint() {
	rm -rf .posedge
	first_paint "$@"
}

# key TEXT PREFIX COMMAND...: median ms of a key, from outside.
key() {
	local -a all
	all=($(pty_job "$1" "$2" 100 "${@:3}")) && echo "${all[1]}"
}
fresh_key() {
	rm -rf .posedge
	key "$@"
}
