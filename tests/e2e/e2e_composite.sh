#!/usr/bin/env bash
# The screen shows what will be written: before Enter writes a file, its composite is
# read from the terminal's cells, page by page, and must equal the file byte for byte.
# Several kinds of files, screen sizes and decisions.
MEMORY=1
. "${srcdir:?}/tests/lib/lib.sh"
need_tty
printf 'set lint.live off\nset theme mono\nset review.unread 100000\n' >"$XDG_CONFIG_HOME/posedge/posedgerc"
p=$work/p

# The user's decisions, from the first change on; everything is taken before.
decisions=(
	"all::0"
	"none:R:"
	"every second:n jj n jj n jj n jj n jj n jj n:"
	"some open:u j n jj u j n jj u j n jj u [[[[[[ y:"
	"split and rewritten:s n j % jj s n j % y:"
)
home=$(printf '[%.0s' $(seq 12))

# play NAME SIZE DECISIONS: decides on the open suggestion in $p; $work/composite is the
# text in the cells, $work/out the rest.
play() {
	local name=$1 size=$2 decide=$3 keys
	{
		printf 'keys \\x0fv\nwait REVIEW\nkeys \\x0fz\n'
		if [ "$decide" = R ]; then
			printf 'insist R\nwait all is decided\n'
		else
			printf 'insist A\nwait all is decided\n'
			printf 'keys %s\n' "$home"
			for keys in $decide; do
				# A line of the user's own, where there is one to
				# rewrite.
				[ "$keys" = % ] && printf "keys \\\\x0fprewrite ' my  own_ '\\\\r\n" && continue
				printf 'keys %s\n' "$keys"
			done
		fi
		printf 'composite %s\nkeys \\r\nwait took\nkeys \\x11\nends 0\n' "$work/composite"
	} >"$work/script"
	(cd "$p" && timeout 600 "$tty" --size "$size" "$posedge") <"$work/script" >"$work/out" 2>"$work/err" ||
		fail "$name, $size, '$decide': $(head -n 3 "$work/err")"
}

# check NAME FILES...: the composite equals the one of these files that exists, or is
# empty if none does.
check() {
	local name=$1 file found=
	shift
	for file in "$@"; do
		[ -e "$p/$file" ] && found=$p/$file
	done
	cmp -s "$work/composite" "${found:-/dev/null}" || {
		cmp "$work/composite" "${found:-/dev/null}" >&2
		diff -a "$work/composite" "${found:-/dev/null}" | cat -A | head -n 20 >&2
		fail "$name: the screen shows another text than was written"
	}
	cases=$((cases + 1))
}
cases=0
# POSEDGE_CASES: only these, and those with git; a slow build runs a few.
[ "${POSEDGE_SLOW:-}" != no ] || POSEDGE_CASES="crlf control merged"

# each NAME FILES...: make_NAME sets up a project with one open suggestion.
each() {
	local name=$1 d decide size
	shift
	for d in "${decisions[@]}"; do
		decide=${d#*:}
		decide=${decide%:*}
		for size in 24x80 60x200; do
			[ $size = 24x80 ] || [ "${d%%:*}" = "every second" ] || continue
			drop "$p" && mkdir "$p" && cd "$p" && "make_$name" && cd "$work" || fail "$name could not be set up"
			play "$name" "$size" "$decide"
			check "$name, $size, ${d%%:*}" "$@"
		done
	done
}

# propose NEW: the proposed text of $p/f.sv.
propose() {
	diff -a -u --label a/f.sv --label b/f.sv "$p/f.sv" "$1" >"$work/d.diff"
	status 0 apply "$work/d.diff"
}

make_plain() {
	seq -f 'assign w%g = a;' 90 >f.sv
	sed -e '3s/a;/b;/' -e '40d' -e '70s/$/\nassign more = 1;/' -e '88s/a;/c;/' f.sv >"$work/new"
	propose "$work/new"
}
make_blanks() {
	printf 'module m;\n\twire a;\n\t\twire b;\t// c\n  wire d;  \n \t \n\n\t\nwire _e_;_\n-\t-\nendmodule\n' >f.sv
	printf 'module m;\n\twire a;\t\n\t\twire bb;\t// c \n  wire d;\n  \t\n\n \nwire _e_;__\n-\t--\nendmodule\n' >"$work/new"
	propose "$work/new"
}
make_crlf() {
	printf 'module m;\r\n  wire a;\r\n  wire b;\r\nendmodule\r\n' >f.sv
	printf 'module m;\r\n  wire aa;\r\n  wire b;\r\n  wire c;\r\nendmodule\r\n' >"$work/new"
	propose "$work/new"
}
make_mixed() {
	printf 'one\r\ntwo\nthree\r\n\rfour\n' >f.sv
	printf 'one\ntwo\r\nthree\r\n\r\rfour\n' >"$work/new"
	propose "$work/new"
}
make_control() {
	printf 'a \033[31mred\033[0m \001\002 b\n\177 \\x41 ^A <0041>\n\303\050 \377\376 é 漢字 \342\200\256 x\nlast\n' >f.sv
	printf 'a \033[32mgreen\033[0m \001\003 b\n\177\177 \\x41 ^A <0041>\n\303\050 \377 é 漢字 \342\200\256 xx\nlast\n' >"$work/new"
	propose "$work/new"
}
make_no_newline() {
	printf 'module m;\n  wire a;\nendmodule' >f.sv
	printf 'module m;\n  wire b;\nendmodule // m' >"$work/new"
	propose "$work/new"
}
make_newline_gained() {
	printf 'module m;\nendmodule' >f.sv
	printf 'module m;\n  wire b;\nendmodule\n' >"$work/new"
	propose "$work/new"
}
make_newline_lost() {
	printf 'module m;\n  wire b;\nendmodule\n' >f.sv
	printf 'module m;\nendmodule' >"$work/new"
	propose "$work/new"
}
make_long() {
	local long
	long=$(printf 'word%d ' $(seq 60))
	printf 'short\n%s\n%s  end\nlast %066d' "$long" "$long" 7 >f.sv
	printf 'short\n%sx\n%s   end\nlast %067d' "$long" "$long" 7 >"$work/new"
	propose "$work/new"
}
make_new() {
	printf 'module n;\n\twire a;\nendmodule\n' >"$work/new"
	diff -u --label /dev/null --label b/n.sv /dev/null "$work/new" >"$work/d.diff"
	status 0 apply "$work/d.diff"
}
make_empty() {
	: >f.sv
	printf 'wire a;\nwire b;\n' >"$work/new"
	propose "$work/new"
}
make_deleted() {
	printf 'module f;\n  wire a;\nendmodule\n' >f.sv
	{ echo 'diff --git a/f.sv b/f.sv'; echo 'deleted file mode 100644'; diff -u --label a/f.sv --label /dev/null f.sv /dev/null; } >"$work/d.diff"
	status 0 apply "$work/d.diff"
}
make_renamed() {
	seq -f 'wire w%g;' 40 >f.sv
	sed -e '3s/w/v/' -e '30d' f.sv >"$work/new"
	{
		printf 'diff --git a/f.sv b/g.sv\nsimilarity index 90%%\nrename from f.sv\nrename to g.sv\n'
		diff -u --label a/f.sv --label b/g.sv f.sv "$work/new"
	} >"$work/d.diff"
	status 0 apply "$work/d.diff"
}
make_merged() {
	make_plain
	sed -i -e '20s/a;/meanwhile;/' -e '60d' f.sv
}
make_conflict() {
	make_plain
	sed -i -e '3s/a;/mine;/' -e '40s/a;/mine, too;/' f.sv
}
make_queued() {
	make_plain
	sed -e '50s/a;/second;/' f.sv >"$work/new"
	propose "$work/new"
}
make_outside() {
	make_plain
	export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
	rm -rf .posedge
	git init -q . && git add -A && git -c user.name=a -c user.email=a@b.c commit -qm first
	sed -i -e '3s/a;/b;/' -e '40d' -e '88s/a;/c;/' f.sv
	status 0 review --git
}
make_outside_renamed() {
	make_outside
	rm -rf .posedge
	mv f.sv g.sv
	status 0 review --git
}

for name in ${POSEDGE_CASES:-plain blanks crlf mixed control no_newline newline_gained newline_lost long empty deleted merged conflict queued}; do
	each $name f.sv
done
[ -n "${POSEDGE_CASES:-}" ] || each new n.sv
each renamed f.sv g.sv
if command -v git >/dev/null; then
	each outside f.sv
	each outside_renamed f.sv g.sv
fi

# With the mouse: a click on a line's mark decides, the wheel scrolls.
drop "$p" && mkdir "$p" && cd "$p" && make_plain && cd "$work" || fail "the mouse's project"
cat >"$work/script" <<S
keys \\x0fv
wait REVIEW
keys \\x0fz
insist R
wait taken 0 refused 4 open 0
keys $home
keys \\e[<0;8;5M\\e[<0;8;5m
wait taken 0 refused 3 open 1
keys \\e[<0;8;5M\\e[<0;8;5m
wait taken 1 refused 3 open 0
keys \\e[<65;20;5M
wait rows 4 to
composite $work/composite
keys \\r
wait took 1
keys \\x11
ends 0
S
(cd "$p" && timeout 600 "$tty" "$posedge") <"$work/script" >"$work/out" 2>"$work/err" || fail "the mouse: $(head -n 3 "$work/err")"
check "the mouse" f.sv

# The cookbook's answer: two files, each as it is shown.
drop "$p" && cp -r "$srcdir/docs/example/." "$p.new" && mv "$p.new" "$p"
cat >"$work/script" <<S
keys \\x0f2
keys 8-bit up counter with enable, and a testbench\\r
wait wait: F8
keys \\x0fv
wait 1 of 2
keys \\x0fz
insist A
wait all is decided
keys $home
keys N
wait refused 10
keys j
keys u
wait open 1
composite $work/one
keys \\r
wait 2 of 2
insist A
wait all is decided
composite $work/two
keys \\r
wait 2 files: took
keys \\x11
ends 0
S
(cd "$p" && timeout 600 "$tty" "$posedge") <"$work/script" >"$work/out" 2>"$work/err" || fail "the cookbook's answer: $(head -n 3 "$work/err")"
cmp "$work/one" "$p/rtl/counter.sv" || fail "the first file is another than the screen showed"
cmp "$work/two" "$p/counter_tb.sv" || fail "the second file is another than the screen showed"
echo "$cases composites read from the screen are what was written"
