# pairs.sh - two commands measured side by side. Sourced by bench.sh.
#
# A measure is a word list that prints one number. Of two, A and B run in turns,
# so that what else the machine does meets both; what is printed is the median
# of A over B of the pairs, and its quartiles. Each measure has a limit, behind
# which it and all that it started are killed. Nothing is printed of one that
# failed: the bench ends there.

LIMIT_S=300

# limited WORDS...: a command, and what it started, within the limit.
limited() {
	local got=0
	timeout -k 2 "$LIMIT_S" "$@" || got=$?
	[ $got != 124 ] || echo "bench: stopped after $LIMIT_S s: $*" >&2
	return $got
}

job() { limited "$builddir/tests/bench/$1_job" "${@:2}"; }
time_job() { job time "$@"; }
# An editor that was killed leaves a lock, and the next start would be a question.
pty_job() {
	rm -f .*.swp
	job pty "$@"
}

# measure WORDS...: its number into $number.
measure() {
	number=$("$@") || stop "could not measure: $*"
	is_number "$number" && awk -v n="$number" 'BEGIN { exit !(n > 0) }' || stop "no time came of: $*"
}

# least RUNS WORDS...: the smallest of the numbers of so many runs into $number.
least() {
	local best='' runs=$1
	shift
	for ((; runs > 0; runs--)); do
		measure "$@"
		best=$(printf '%s\n' $best "$number" | sort -g | head -n 1)
	done
	number=$best
}

# prepare, where it is redefined, runs before each measure.
prepare() { :; }

# pairs RUNS A B: word lists in variables of those names, as arrays. For row.
pairs() {
	local -n words_a=$2 words_b=$3
	local turn number_a
	: >"$work/pairs"
	for ((turn = 0; turn < $1; turn++)); do
		prepare $((2 * turn))
		measure "${words_a[@]}" && number_a=$number
		prepare $((2 * turn + 1))
		measure "${words_b[@]}"
		echo "$number_a $number" >>"$work/pairs"
	done
}

# The value at a quarter (1, 2, 3) of a column of numbers.
quarter() { sort -g | awk -v q="$1" '{ v[NR] = $1 } END { print v[int((NR - 1) * q / 4 + 1.5)] }'; }

# row NAME GOAL [FILE]: the figure of pairs "A B", in ms, that FILE has. Sets $ratio.
row() {
	local a b low high file=${3:-$work/pairs}
	a=$(cut -d' ' -f1 "$file" | quarter 2)
	b=$(cut -d' ' -f2 "$file" | quarter 2)
	awk '{ print $1 / $2 }' "$file" >"$work/ratios"
	low=$(quarter 1 <"$work/ratios") ratio=$(quarter 2 <"$work/ratios") high=$(quarter 3 <"$work/ratios")
	figure "$1" "$ratio" "$2" "$(shortly "$low") to $(shortly "$high"): $(shortly "$a") over $(shortly "$b") ms"
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

# mean_and_worst NAME GOAL GOAL_OF_WORST FILE: of ratios, one a line.
mean_and_worst() {
	[ -s "$4" ] || return 0
	figure "$1, geometric mean" "$(awk '{ p += log($1) } END { printf "%.4f", exp(p / NR) }' "$4")" "$2"
	figure "$1, the worst" "$(sort -g "$4" | tail -n 1)" "$3"
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
