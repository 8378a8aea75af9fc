# lib.sh - shared by the shell tests: a temporary home, the program, checks.
# Sourced, not run.
set -u
posedge=$builddir/posedge
# A test's files are on disk, like a user's. A test about texts or designs sets MEMORY=1
# before: each of its hundreds of steps would wait for the disk, which other tests cover.
if [ "${MEMORY:-}" != 1 ]; then
	export TMPDIR=${POSEDGE_TEST_DISK:-${TMPDIR:-/tmp}}
elif [ -w /dev/shm ] && ! grep -q ' /dev/shm .*noexec' /proc/mounts; then
	export TMPDIR=/dev/shm
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/posedge-test.XXXXXX")
# At the end of a passed test its sessions are read again and must give exactly the
# states they had while they were recorded. A test that leaves broken sessions on purpose
# sets BROKEN=1, one that removes sessions uses drop, and one that has to stop something
# redefines at_end.
BROKEN=
export POSEDGE_TEST_DIGESTS=$work/digests
fold() { [ -n "$BROKEN" ] || "$builddir/tests/lib/fold_check" "$POSEDGE_TEST_DIGESTS" "$work"; }
drop() { fold >/dev/null && rm -rf "$@" || fail "a session is not what its journal says"; }
at_end() { :; }
leave() {
	local got=$?
	at_end
	[ $got != 0 ] || fold || got=1
	rm -rf "$work"
	exit $got
}
trap leave EXIT
trap 'exit 130' INT TERM HUP # a signal alone would not get there
# Verilator's run-time library is compiled once for all tests of a build.
export XDG_CACHE_HOME=${POSEDGE_TEST_CACHE:-$builddir/tests/cache}
export HOME=$work/home XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data
mkdir -p "$HOME" "$XDG_CONFIG_HOME/posedge" "$XDG_DATA_HOME" "$XDG_CACHE_HOME"
unset DISPLAY WAYLAND_DISPLAY
# Without namespaces the user would have to confirm each run, so turn the sandbox off.
agreeing() {
	printf '#!/bin/sh\nrc=$XDG_CONFIG_HOME/posedge/posedgerc\ngrep -qs "^set sandbox" "$rc" || echo "set sandbox none" >>"$rc"\nexec "%s" "$@"\n' "$posedge" >"$work/posedge"
	chmod +x "$work/posedge"
	posedge=$work/posedge
}
bwrap --unshare-all --ro-bind / / true 2>/dev/null || agreeing
# The program is not dumpable, so the leak checker cannot attach with ptrace.
export ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0

fail() {
	echo "FAIL: $*" >&2
	[ -f "$work/out" ] && tail -n 20 "$work/out" | cut -c1-200 | sed "s/^/out: /" >&2
	[ -f "$work/err" ] && tail -n 20 "$work/err" | cut -c1-300 | sed "s/^/err: /" >&2
	exit 1
}

# status N ARGUMENTS...: runs posedge, keeps its output, fails unless it exits with N.
status() {
	local want=$1 got=0
	shift
	timeout 600 env PATH="${TEST_PATH:-$PATH}" "$posedge" "$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
	[ "$got" = "$want" ] || fail "posedge $* ended with $got, not $want"
}

# says TEXT, notes TEXT: fails unless stdout or stderr contains TEXT.
says() { grep -qF -- "$1" "$work/out" || fail "stdout lacks: $1"; }
notes() { grep -qF -- "$1" "$work/err" || fail "stderr lacks: $1"; }
silent_on() { grep -qF -- "$1" "$work/out" "$work/err" && fail "it says: $1"; return 0; }

need() {
	local tool
	for tool in "$@"; do
		command -v "$tool" >/dev/null || {
			echo "$tool is not here"
			exit 77
		}
	done
}

# need_tty: sets $tty to the driver of a pty that libvterm reads, and a terminal to match.
need_tty() {
	tty=$builddir/tests/screen/tty
	[ -x "$tty" ] || {
		echo "libvterm is not here"
		exit 77
	}
	export LC_ALL=C.UTF-8 TERM=xterm-256color
	unset NO_COLOR
}

# in_new NAME: goes to a folder of that name below $work, which is created.
in_new() { mkdir -p "$work/$1" && cd "$work/$1" || fail "no folder $1"; }
# files, same: checksums of the files here; fails unless they are those in $work/files.
files() { find . -path ./.posedge -prune -o -type f -exec cksum {} + | sort; }
same() { files | cmp -s - "$work/files" || fail "a file was written"; }

# look_for_isolation: sets $isolated to yes or no. Without namespaces (a chroot, some
# containers) posedge reports that and runs tools under limits only; tests then skip what
# only isolation prevents.
look_for_isolation() {
	isolated=yes
	"$posedge" doctor >"$work/out" 2>/dev/null || true
	grep -q '^ok  *sandbox' "$work/out" || {
		isolated=no
		grep -q '^partly  *sandbox' "$work/out" || fail "doctor says nothing of the sandbox"
		echo "no namespaces here: isolation is not tested"
	}
}
