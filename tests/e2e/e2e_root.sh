#!/usr/bin/env bash
# Finding the project's root: by marks above a file, from any folder, by any name of the
# folder; and a root that cannot be written to.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin

design() { mkdir -p "$1" && printf 'module %s (input a, output y); assign y = a; endmodule\n' "$2" >"$1/$2.v"; }
# root_is FOLDER FILE: posedge FILE makes its session in FOLDER.
root_is() {
	: >"$work/script"
	status 0 --script "$work/script" "$2"
	[ -d "$1/.posedge/sessions" ] || fail "posedge $2 took another folder than $1"
	drop "$1/.posedge" "$POSEDGE_TEST_DIGESTS"
}

cd "$work"
design listed/rtl one && echo rtl/one.v >listed/rtl.f
design under/hw/src two && mkdir under/.git
design mine/sub/src three && touch mine/.posedgerc && echo src/three.v >mine/sub/x.f
design plain four
design parts/rtl five && design parts/tb six
for f in my.core top.qsf top.xpr info.yaml; do design "by_$f/a/b" seven && touch "by_$f/$f"; done
# A list in a subfolder of a project refers to the project, if there is one.
design repo/rtl nine && touch repo/rtl/nine.f && mkdir repo/.git
design course/lab1/hw/rtl ten && touch course/lab1/hw/rtl/ten.f && mkdir course/.git
design beside/sim eleven && touch beside/sim/all.f && design beside/rtl twelve
design alone/rtl thirteen && touch alone/rtl/thirteen.f
# In a world-writable folder a mark does not make a project; a disk that shows
# everything as writable is an exception.
design shared/below fourteen && touch shared/all.f shared/.posedgerc && chmod 1777 shared && design shared fifteen
design disk/below sixteen && touch disk/all.f && chmod 777 disk
mkdir elsewhere && cd elsewhere
root_is "$work/shared/below" ../shared/below/fourteen.v
root_is "$work/shared" ../shared/fifteen.v
root_is "$work/disk" ../disk/below/sixteen.v
root_is "$work/repo" ../repo/rtl/nine.v
root_is "$work/course/lab1" ../course/lab1/hw/rtl/ten.v
root_is "$work/beside" ../beside/sim/eleven.v
root_is "$work/alone/rtl" ../alone/rtl/thirteen.v
root_is "$work/listed" ../listed/rtl/one.v
root_is "$work/under" "$work/under/hw/src/two.v"
root_is "$work/mine" ../mine/sub/src/three.v
root_is "$work/plain" ../plain/four.v
root_is "$work/parts/rtl" ../parts/rtl/five.v
for f in my.core top.qsf top.xpr info.yaml; do root_is "$work/by_$f" "../by_$f/a/b/seven.v"; done
# In the project's folder, all of it is meant.
cd ../parts
root_is "$work/parts" rtl/five.v
cd ..
root_is "$work/plain" plain/four.v
root_is "$work/parts" parts/rtl/five.v

# In an exercise of a course the screen begins with the files of that exercise. Names as
# posedge prints them are understood there, too; a file in the folder comes first.
mkdir -p labs/.git && design labs/lab1 part && design "labs/lab 2" part && design "labs/lab 2" rest
design "labs/lab 2/lab1" part && cd "labs/lab 2"
printf 'run focus code\nwait [lab 2/lab1/part.v]\nrun open "lab 2/rest.v"\nwait [lab 2/rest.v]\nrun open lab1/part.v\nwait [lab 2/lab1/part.v]\n' >"$work/script"
status 0 --script "$work/script"
status 0 lint "lab 2/rest.v"
says "lint ok (1 file)"
status 2 lint "lab 3/rest.v"
notes "lab 2/lab 3/rest.v: no such Verilog file"
cd ../..

# Commands too, if the file is in another project than the current folder.
cd elsewhere
status 0 lint ../under/hw/src/two.v
says "lint ok"
[ -d ../under/.posedge ] || fail "lint took another project"
status 0 lint "$work/parts/rtl/five.v"

# A folder for everybody is no project of the files below it.
cd ../shared
status 0 lint below/fourteen.v
[ -d below/.posedge ] || fail "lint took the shared folder"
cd ../elsewhere

# Through a link, under either name.
ln -s "$work/listed" "$work/link"
cd "$work/link"
status 0 lint "$work/link/rtl/one.v"
status 0 blame "$work/link/rtl/one.v"
status 0 lint "$work/listed/rtl/one.v"
status 0 lint rtl/one.v
ln -s /etc out
status 2 lint out/passwd.v
notes "leaves the project through a link"

# What `new` makes is a project of its own, also within another one.
cd "$work/mine"
status 0 new inner
cd inner
status 0 files
says "project $work/mine/inner, "
status 0 lint
says "lint ok (2 files)"
[ -d .posedge/sessions ] && [ ! -d ../.posedge ] || fail "it was recorded elsewhere"
cd "$work"

# The home folder and / are not projects.
cd "$HOME"
status 2 lint
notes "home folder"
notes "posedge -C $HOME"
[ ! -e "$HOME/.posedge" ] || fail "a session was made in the home folder"
status 0 version
status 0 new blinky
design lab eight
root_is "$HOME/lab" lab/eight.v
status 0 lint lab/eight.v
status 0 -C "$HOME" lint
cd /
status 2 lint
notes "the whole disk"

# A file where the record's folder would be.
mkdir "$work/taken" && cd "$work/taken"
design . one
touch .posedge
status 0 lint
says "lint ok (1 file)"
notes "$work/taken/.posedge is a file, where the folder of the record would be: nothing of this is recorded"
[ -f .posedge ] && [ ! -s .posedge ] || fail "the file was changed"

# A file can be there and only the terminal be missing.
cd "$work/plain"
status 2 ./four.v
notes "./four.v: opening it needs a terminal"
status 2 ./none.v
notes "./none.v: no such file or command"

# A folder that cannot be written to is linted, and nothing is recorded; the screen, which
# keeps its record there, says so.
cd "$work/plain"
export TMPDIR=$work/tmp
mkdir "$TMPDIR"
: >"$work/script"
# locked ARGUMENTS...: posedge in this folder while it cannot be written to; $got is its
# status.
locked() {
	chmod 500 .
	got=0
	if touch x 2>/dev/null; then
		rm -f x
		unshare -m bash -c 'mount --bind "$PWD" "$PWD" && mount -o remount,ro,bind "$PWD" && cd "$PWD" && exec "$@"' \
			- "$posedge" "$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
		chmod 700 .
		! grep -qE '^(unshare|mount):' "$work/err" || exit 0	# no such folder can be made here
	else
		"$posedge" "$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
		chmod 700 .
	fi
}
locked lint
[ $got = 0 ] || fail "a read-only project: status $got"
says "lint ok"
notes "nothing of this is recorded"
ls -d "$TMPDIR"/posedge-unrecorded.* >/dev/null 2>&1 && fail "the unrecorded session is still there"
locked --script "$work/script"
[ $got = 2 ] || fail "the screen of a read-only project: status $got"
notes "cannot be written to, and the screen keeps its record there: work in a copy"
for asked in 'wave --text' why evidence; do
	# shellcheck disable=SC2086
	locked $asked
	[ $got = 2 ] || fail "$asked in a read-only project: status $got"
	notes "no run leaves any where the project cannot be written to"
done
[ ! -e .posedge ] || fail "it was written to"
exit 0
