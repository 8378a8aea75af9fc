#!/usr/bin/env bash
# Designs, testbenches and files that mean harm: each one of tests/e2e/jail/, as the
# user of the tests and, when that is root, once more as an ordinary one. For
# each: what it tries, how it is stopped, and what posedge said of it.
#
# A case is a file: a head of "key: value" lines, then the files of a project,
# each below "@@ NAME". Keys:
#
#   tries, stopped   for the reader
#   do               the command; else `sim c`, where c runs "run" by sh
#   results          the report of tests that c is said to write
#   set              a line for the person's rc file
#   status           which ones are right; else every one but 0: nothing passes
#   says, never      what must be in the output, and what must not
#   terminal         posedge is given one: elsewhere it prints bytes as they are
#
# In the files @HOME@, @PROJECT@, @PORT@ (of a server of this machine) and @MARK@
# (a word of this run) are put in. "setup" and "check" are run by the test, as
# themselves, outside: they attack nothing. Nothing that attacks is ever run
# outside of the sandbox, not even to compare. Each bomb is bounded by itself,
# and by the limits set here.
# Thousands of folders are made and removed: in memory, where that is fast.
[ -n "${JAIL_USER:-}" ] || MEMORY=1
. "${srcdir:?}/tests/lib/lib.sh"
# Its limits of memory leave no room for what the sanitizer reserves.
nm "$builddir/posedge" 2>/dev/null | grep -q __asan_init && exit 77
need bwrap iverilog verilator_bin g++ perl prlimit script
look_for_isolation
[ "$isolated" = yes ] || exit 77
cases=$srcdir/tests/e2e/jail

bash "$srcdir/tests/lib/jail_table.sh" | cmp -s - "$srcdir/docs/sandbox.md" ||
	fail "docs/sandbox.md is not what the cases say: bash tests/lib/jail_table.sh >docs/sandbox.md"

# Above what the program and its tools need, far below what would hurt.
ulimit -f 500000
ulimit -v 16000000
[ "$(id -u)" = 0 ] || ulimit -u 2000

export TEST_SECRET=env-of-mine API_SECRET_KEY=env-of-mine
MARK=$(basename "$work" | tr -dc 'A-Za-z0-9')
export MARK
echo "secret-of-mine" >"$HOME/secret"
rc=$XDG_CONFIG_HOME/posedge/posedgerc

# A server of this machine, by number and by an abstract name; it ends with us.
perl -MSocket -e '
	socket S, PF_INET, SOCK_STREAM, 0; bind S, sockaddr_in(0, INADDR_LOOPBACK); listen S, 9;
	socket U, PF_UNIX, SOCK_STREAM, 0; bind U, pack("S a*", AF_UNIX, "\0posedge-$ARGV[1]"); listen U, 9;
	open F, ">", $ARGV[0]; print F +(sockaddr_in getsockname S)[0]; close F; alarm 900; sleep 900' "$work/port" "$MARK" &
server=$!
at_end() { kill "$server" 2>/dev/null; }
for _ in $(seq 500); do [ -s "$work/port" ] && break; sleep 0.01; done # a condition with a limit
port=$(cat "$work/port")

head_of() { sed -n "/^@@/q; s/^$1: //p" "$cases/$2"; }
put_in() { sed "s|@HOME@|$HOME|g; s|@PROJECT@|$PWD|g; s|@PORT@|$port|g; s|@MARK@|$MARK|g"; }
# The files of a case into this folder; run, setup and check beside it.
lay() {
	sed -n 's/^@@ //p' "$cases/$1" | while IFS= read -r name; do
		to=$name
		case $name in run) to=run.sh ;; setup | check) to=../$name.$1 ;; esac
		awk -v want="@@ $name" '/^@@ / { on = $0 == want; next } on' "$cases/$1" | put_in >"$to"
	done
}
# What must not change: the home folder and the project.
seen() { find "$HOME" . -path ./.posedge -prune -o -type d -printf '%p %y %m\n' -o -printf '%p %y %s %m %T@\n' | sort; }

rc_for() {
	local results
	printf 'set sim.run_seconds 10\nset sim.output_mb 1\nset sim.wave_mb 64\n' >"$rc"
	grep -q 'time limit of [23] s' "$cases/$1" && echo 'set sim.run_seconds 2' >>"$rc"
	head_of set "$1" | sed 's/^/set /' >>"$rc"
	results=$(head_of results "$1")
	printf 'testbench add c cmd:"sh run.sh"%s\n' "${results:+ results=$results}" >>"$rc"
}

wrong() {
	echo "WRONG $1 ($who): $2"
	sed 's/^/    /' "$work/out" "$work/err" | cat -v | head -n 20
	bad=$((bad + 1))
}

# What is true of every case.
nothing_got_out() {
	local text
	for text in "GOT IN" secret-of-mine env-of-mine; do
		grep -qaF -- "$text" "$work/out" "$work/err" && wrong "$1" "it says: $text"
	done
	LC_ALL=C grep -qa $'[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]' "$work/out" "$work/err" && wrong "$1" "control bytes came through"
	seen | cmp -s - "$work/before" || wrong "$1" "something changed outside: $(seen | diff "$work/before" - | head -n 4)"
	[ -z "$(find .posedge ! -type f ! -type d 2>/dev/null)" ] || wrong "$1" "more than files was kept"
	[ -z "$(LC_ALL=C find .posedge -name '*[[:cntrl:]]*' 2>/dev/null)" ] || wrong "$1" "a name with control bytes was kept"
	[ -z "$(find .posedge -path '*/runs/*/src' 2>/dev/null)" ] || wrong "$1" "its folder is still there"
}

try() {
	local got=0 want line
	mkdir "$work/p/$1" && cd "$work/p/$1" || exit 1
	lay "$1"
	rc_for "$1"
	[ ! -f "../setup.$1" ] || sh "../setup.$1" || fail "the setup of $1"
	seen >"$work/before"
	line=$(head_of "do" "$1")
	# shellcheck disable=SC2086	# words of a command line
	set -- "$1" ${line:-sim c --one}
	: >"$work/err"
	if [ -n "$(head_of terminal "$1")" ]; then
		timeout -k 5 240 script -qec "'$posedge' ${*:2}" /dev/null >"$work/out" </dev/null || got=$?
	else
		timeout -k 5 240 "$posedge" "${@:2}" >"$work/out" 2>"$work/err" </dev/null || got=$?
	fi
	nothing_got_out "$1"
	want=$(head_of status "$1")
	case " ${want:-1 2 3} " in *" $got "*) ;; *) wrong "$1" "status $got" ;; esac
	while IFS= read -r line; do
		grep -qaF -- "$line" "$work/out" "$work/err" || wrong "$1" "it does not say: $line"
	done < <(head_of says "$1")
	while IFS= read -r line; do
		grep -qaF -- "$line" "$work/out" "$work/err" && wrong "$1" "it says: $line"
	done < <(head_of never "$1")
	[ ! -f "../check.$1" ] || sh "../check.$1" || wrong "$1" "its check"
	told=$(grep -aE '^(PASS|FAIL|did not run|stopped|no verdict|lint|[0-9]+ (error|finding))' "$work/out" | tail -n 1)
	echo "$1 ($who): tried: $(head_of tries "$1"); stopped: $(head_of stopped "$1"); said: ${told:-$(cat "$work/err" "$work/out" | head -n 1)}" |
		cut -c1-300
	n=$((n + 1))
}

# The same as an ordinary user at the same time, with the compiled run-time
# library of the tests. In root's own folder another user can read nothing, and in a
# chroot he has no namespaces.
other=
nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups --bounding-set=-all -- "$@"; }
if [ "$(id -u)" != 0 ]; then
	:
elif ! nobody test -r "$srcdir/tests/lib/lib.sh" -a -x "$posedge"; then
	echo "another user cannot read the source here: only as root"
else
	mkdir "$work/user" "$work/user/tmp"
	cp -r "$XDG_CACHE_HOME" "$work/user/cache"
	rm -f "$work/user/cache/posedge/sandbox"
	chown -R 65534:65534 "$work/user"
	chmod 711 "$work"
	JAIL_USER=1 POSEDGE_TEST_DISK=$work/user/tmp POSEDGE_TEST_CACHE=$work/user/cache \
		nobody bash "$0" >"$work/user.out" 2>&1 &
	other=$!
fi

who=$(id -un 2>/dev/null || id -u)
bad=0 n=0
mkdir -p "$work/p"
for case in "$cases"/*; do
	case ${JAIL_ONLY:-} in '') ;; *) [[ $(basename "$case") =~ $JAIL_ONLY ]] || continue ;; esac
	try "$(basename "$case")"
done
cd "$work" || exit 1
echo "$n cases as $who, $bad wrong"
[ "$n" -ge 45 ] || [ -n "${JAIL_ONLY:-}" ] || fail "there should be at least 45"

if [ -n "$other" ]; then
	wait "$other" || [ $? = 77 ] || bad=$((bad + 1))
	cat "$work/user.out"
fi
[ "$bad" = 0 ]
