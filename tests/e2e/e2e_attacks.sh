#!/usr/bin/env bash
# shellcheck disable=SC2016 # what others would run is a text with $ in it
# Cloned projects that try to do harm: each is a few files and a command. It must end
# soon, within its memory limit, with a documented status and a sentence; run nothing,
# read and write nothing outside the project, and print no escape sequence.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin iverilog git bwrap
look_for_isolation
[ $isolated = yes ] || {
	echo "nothing isolates here"
	exit 77
}
git() { command git -c user.name=a -c user.email=a@example.org -c init.defaultBranch=main "$@"; }
canary=$work/canary secret=$work/secret
echo 'the secret of another folder' >"$secret"
n=0 esc=$(printf '\033')

# A sanitizer reserves more than any limit allows.
memory=6000000
nm "$builddir/posedge" 2>/dev/null | grep -q __asan_init && memory=unlimited

# project: a new one with an open suggestion.
project() {
	n=$((n + 1))
	mkdir "$work/p$n" && cd "$work/p$n" || exit 9
	: >.posedgerc
	printf 'module m (input wire a, output wire b);\n  assign b = a;\nendmodule\n' >m.v
}
# attack NAME STATUS COMMAND...: ends with STATUS, in time, in 6 GB, and does no harm.
attack() {
	local name=$1 want=$2 got=0
	shift 2
	(
		ulimit -v $memory -f 200000
		exec timeout -k 5 60 "$posedge" "$@"
	) >"$work/out" 2>"$work/err" </dev/null || got=$?
	[ "$got" = "$want" ] || fail "$name: posedge $* ended with $got, not $want"
	[ ! -e "$canary" ] || fail "$name: it ran what it found"
	silent_on 'the secret of another folder'
	! grep -q "$esc" "$work/out" "$work/err" || fail "$name: an escape reaches the terminal"
	[ "$(grep -c '^posedge: ' "$work/err")" -le 12 ] || fail "$name: more than a few sentences"
	[ "$(cat "$secret")" = 'the secret of another folder' ] || fail "$name: it wrote outside"
}
include() { printf 'module m (input wire a, output wire b);\n`include "%s"\n  assign b = a;\nendmodule\n' "$1" >m.v; }

# rc files.
project
printf 'backend add x exec cmd="touch %s"\nset backend x\nbind F5 trust\n' "$canary" >.posedgerc
attack "a backend that is a program" 2 ask --backend x hello
project
printf 'backend add x openai url=http://127.0.0.1:1/v1 key=cmd:"touch %s"\nset backend x\n' "$canary" >.posedgerc
attack "a key that is a command" 2 ask --backend x hello
project
printf 'plugin %s/evil.so\nmcp add x cmd="touch %s"\nset sandbox none\n' "$PWD" "$canary" >.posedgerc
attack "a plugin, a server, no sandbox" 0 lint
project
printf 'set sim.build_seconds 99999999999999999999\nset prompt.budget -1\nset sim.memory_mb 0x7fffffffffffffff\n' >.posedgerc
attack "numbers without end" 0 lint
project
head -c 3000000 /dev/zero | tr '\0' 'x' >.posedgerc
attack "a line of 3 MB" 0 lint
project
rm .posedgerc && mkfifo .posedgerc
attack "a pipe as rc file" 0 lint
project
rm .posedgerc && ln -s /dev/zero .posedgerc
attack "a device as rc file" 0 lint

# git.
repository() {
	git init -q . && git add -A && git commit -qm x
	echo '// more' >>m.v
}
project
repository
mkfifo .gitattributes
attack "a pipe as attributes" 2 review --git
notes '.gitattributes is not a regular file'
project
repository
mkdir sub && mkfifo sub/.gitignore
attack "a pipe as list of ignored files" 2 review --git
notes 'sub/.gitignore is not a regular file'
project
repository
rm -f .git/info/exclude && mkdir -p .git/info && ln -s /dev/zero .git/info/exclude
attack "a device within .git" 2 review --git
notes '.git/info/exclude is not a regular file'
project
repository
mkdir -p .posedge/x && : >.posedge/.gitignore && mkfifo .posedge/x/.gitignore
attack "a pipe among posedge's own files" 2 review --git
notes '.posedge/x/.gitignore is not a regular file'
project
repository
rm -rf .git/info && mkdir evil && mkfifo evil/exclude && ln -s ../evil .git/info && ln -s .. .git/circle
attack "a link within .git to a folder with a pipe" 2 review --git
notes '.git/info/exclude is not a regular file'
# inner FOLDER: a repository, and a pipe in place of its HEAD.
inner() { git init -q "$1" && rm "$1/.git/HEAD" && mkfifo "$1/.git/HEAD"; }
project
repository
inner .posedge/sub
attack "a repository within, with a pipe" 2 review --git
notes '.posedge/sub/.git/HEAD is not a regular file'
project
repository
inner sub && mv sub/.git evil && ln -s ../evil sub/.git
attack "a repository within, by a link" 2 review --git
notes 'sub/.git/HEAD is not a regular file'
project
repository
inner sub && mv sub/.git evil && echo 'gitdir: ../evil' >sub/.git
attack "a repository within, by its name" 2 review --git
notes 'sub/../evil/HEAD is not a regular file'
project
repository
inner sub && mv sub/.git evil && mkdir evil/own && echo .. >evil/own/commondir && echo 'gitdir: ../evil/own' >sub/.git
attack "a repository within, and what it shares" 2 review --git
notes 'evil/own/../HEAD is not a regular file'
for key in include.path 'includeIf.gitdir:/**.path' core.excludesFile core.attributesFile diff.orderFile; do
	project
	repository
	mkfifo pipe
	# The settings are written by hand, because git itself would read the files they
	# name.
	printf '[%s]\n\t%s = %s/pipe\n' "${key%%.*}" "${key##*.}" "$PWD" >"$work/more"
	[ "$key" = "${key#*:}" ] || printf '[includeIf "gitdir:/**"]\n\tpath = ../pipe\n' >"$work/more"
	cat "$work/more" >>.git/config
	attack "a pipe as $key" 2 review --git
	notes 'pipe is not a regular file'
done
project
repository
mkfifo pipe && printf '[include]\n\tpath = ../a\n' >>.git/config && printf '[include]\n\tpath = pipe\n' >a
attack "a pipe that is included twice over" 2 review --git
notes 'pipe is not a regular file'
project
repository
ln -s /dev/null .git/info/attributes
attack "nothing as attributes is fine" 0 review --git
project
echo '*.v filter=x diff=x' >.gitattributes
repository
for key in filter.x.clean filter.x.process diff.x.textconv diff.x.command core.fsmonitor core.pager core.sshCommand core.editor; do
	command git config "$key" "touch $canary"
done
mkdir -p .git/hooks
printf '#!/bin/sh\ntouch %s\n' "$canary" | tee .git/hooks/post-index-change >.git/hooks/post-checkout
chmod +x .git/hooks/*
attack "filters, hooks, a monitor" 0 review --git

# Paths that are not regular files.
project
rm m.v && mkfifo m.v
attack "a pipe as source" 3 lint
says 'm.v no regular file'
project
ln -s "$secret" other.v
attack "a link that leads out" 0 lint
project
ln -s /dev/zero other.v
attack "a link to a device" 0 lint
project
mkfifo spec.md && ln -s "$secret" AGENTS.md
attack "a pipe as spec, a link as instructions" 0 ask --show hello
project
ln -s . loop && ln -s loop/loop/loop/m.v again.v
attack "links in a circle" 0 lint

# Includes.
for name in /dev/zero /dev/urandom ../../../../dev/zero "$secret" ../secret; do
	project
	include "$name"
	attack "an include of $name" 1 lint
	says "m.v:2:10 error Cannot find include file: $name"
done
project
include m.v
attack "an include of itself" 1 lint
project
{
	echo '`define a0 xxxxxxxxxx'
	for i in 1 2 3 4 5 6 7 8 9; do
		j=$((i - 1))
		printf '`define a%s `a%s `a%s `a%s `a%s `a%s `a%s `a%s `a%s `a%s `a%s\n' $i $j $j $j $j $j $j $j $j $j $j
	done
	echo 'module m; `a9 endmodule'
} >m.v
attack "macros that grow" 1 lint
project
{
	printf 'module m (output wire [31:0] y); assign y = '
	head -c 200000 /dev/zero | tr '\0' '('
	printf '1'
	head -c 200000 /dev/zero | tr '\0' ')'
	printf ';\nendmodule\n'
} >m.v
attack "parentheses without end" 1 lint
project
printf 'module m #(parameter W = 99999999999999999999) (input wire [W:0] a, output wire [2147483647:0] b);\n  assign b[64%sd18446744073709551615] = a;\nendmodule\n' "'" >m.v
attack "numbers beyond all" 1 lint

# Manifests.
project
printf -- '-f list.f\n-f /dev/zero\n+incdir+/\n%s\n' "$secret" >list.f
attack "a file list of itself and a device" 0 lint
project
printf 'SRC := $(shell touch %s)\nall:\n\tverilator --lint-only $(SRC) m.v\n' "$canary" >Makefile
attack "a Makefile that runs something" 0 lint
project
{
	echo 'a: &a [x,x,x,x,x,x,x,x,x]'
	for i in b c d e f g h i j; do echo "$i: &$i [*a,*a,*a,*a,*a,*a,*a,*a,*a]"; done
} >x.core
attack "anchors that grow" 0 lint

# Words.
project
name=$(printf 'e\033]0;owned\007.v')
printf 'module \\x%s[2J (input wire a);\n  wire b = c;\nendmodule\n' "$esc" >"$name"
attack "escapes in names" 0 lint
says '1 file; 1 not read: e\x1b]0;owned\x07.v a name with control characters'
mkdir "$(printf 'lab\177')" && printf 'module n(input a);\nendmodule\n' >"$(printf 'lab\177/n.v')"
attack "a folder with such a name" 0 lint
says 'lab\x7f/ nothing in it is read'
project
printf 'module m (input wire \\a%s[2J , output wire b);\n  assign b = \\a%s[2J + \\c%s]0;x\007 ;\nendmodule\n' "$esc" "$esc" "$esc" >m.v
attack "escapes in an identifier" 1 lint

# Stored files.
project
mkdir -p .posedge/sessions/evil
printf '{"n":1,"t":1,"type":"start","version":"%s[2J"}\n{"n":99999999999999999999,"type":"edit","path":"../../x","changes":[[18446744073709551615,1,"x"]]}\n' "$esc" >.posedge/sessions/evil/journal.jsonl
attack "a journal made by hand" 0 lint
attack "the same, verified" 1 verify evil
project
mkdir -p .posedge/sessions/deep
head -c 1000000 /dev/zero | tr '\0' '[' >.posedge/sessions/deep/journal.jsonl
attack "a journal of brackets" 1 verify deep
project
ln -s "$work" .posedge
attack "a folder of sessions that is a link" 2 ask hello
project
printf 'x' >x && ln -s "$secret" journal.jsonl
tar cPf x.posedge journal.jsonl ../secret 2>/dev/null
attack "an archive that leads out" 1 verify x.posedge
head -c 100000 /dev/urandom >y.posedge
attack "an archive of noise" 1 verify y.posedge
# This is not a session of ours, which the end of the test would verify.
rm -r "$work"/p*/.posedge
echo "$n projects"
