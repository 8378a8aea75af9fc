#!/usr/bin/env bash
# plugins/README.md builds a plugin from nothing, and this follows it literally: each
# ```c block becomes the file that its first line names, each line of a ```console block
# that begins with "$ " is run, and the lines after it must be its output.
. "${srcdir:?}/tests/lib/lib.sh"
need cc

readme=$(realpath "$srcdir/plugins/README.md")
mkdir -p "$work/bin" "$work/nothing" && cd "$work/nothing"
ln -s "$posedge" "$work/bin/posedge"
export PATH=$work/bin:$PATH
# As if it were installed: where compilers look.
C_INCLUDE_PATH=$(realpath "$srcdir/plugins")
export C_INCLUDE_PATH
unset XDG_CONFIG_HOME XDG_DATA_HOME
umask 022

awk -v dir=. '
	/^```c$/ { name = ""; on = "c"; next }
	/^```console$/ { file = dir "/console." ++n; printf "" > file; on = "console"; next }
	/^```/ { if (on == "c") close(name); on = ""; next }
	on == "c" {
		if (name == "") {
			name = $0
			sub(/^\/\* /, "", name)
			sub(/ - .*/, "", name)
			name = dir "/" name
		}
		print > name
	}
	on == "console" { print > file }
' "$readme"
[ -s todo.c ] || fail "the README has no todo.c"
[ -e console.3 ] || fail "the README has fewer steps than it had"

step() { # COMMAND WANTED
	timeout 120 bash -c "$1" >"$work/out" 2>"$work/err" </dev/null || fail "$1"
	[ "$(cat "$work/out")" = "$2" ] || fail "$1: the README shows: $2"
}
steps=0
for file in console.*; do
	command='' wanted=''
	while IFS= read -r line || [ -n "$line" ]; do
		if [[ $line == '$ '* ]]; then
			[ -z "$command" ] || step "$command" "$wanted"
			command=${line#'$ '} wanted='' steps=$((steps + 1))
		else
			wanted+=${wanted:+$'\n'}$line
		fi
	done <"$file"
	step "$command" "$wanted"
done
[ $steps -ge 8 ] || fail "only $steps steps were found"
[ ! -s "$work/err" ] || ! grep -v 'ASan' "$work/err" | grep -i warning || fail "the compiler warns"
exit 0
