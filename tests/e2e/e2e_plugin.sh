#!/usr/bin/env bash
# The example plugin: loaded by path and by name, notified of findings and runs. A
# plugin that cannot be loaded is named and skipped.
. "${srcdir:?}/tests/lib/lib.sh"

mkdir -p "$work/p" && cd "$work/p"
so=$builddir/hello.so
status 0 --plugin "$so" hello you
says "hello you: 0 findings and 0 runs so far"
status 0 --plugin "$so" help hello
says "greet"
mkdir -p "$XDG_DATA_HOME/posedge/plugins" && cp "$so" "$XDG_DATA_HOME/posedge/plugins/hello.so"
printf 'plugin hello\n' >"$XDG_CONFIG_HOME/posedge/posedgerc"
status 0 hello
says "hello you"
# Notified of findings and of runs, within one process.
printf 'set engine fake\n' >>"$XDG_CONFIG_HOME/posedge/posedgerc"
printf 'module a_tb;\n  initial $finish;\nendmodule\n' >a_tb.sv
printf '/lint\n/sim\n/sim\n/hello again\n/quit\n' |
	POSEDGE_FAKE_LINT='%Warning-WIDTH: a_tb.sv:1:1: wide' POSEDGE_FAKE_RUN='PASS 1 checks' TERM=dumb \
		timeout 600 "$posedge" --plain >"$work/out" 2>"$work/err" || fail "plain ended with $?"
says "hello again: 1 finding and 2 runs so far"
rm a_tb.sv
# A project may not load plugins.
rm "$XDG_CONFIG_HOME/posedge/posedgerc"
printf 'plugin hello\n' >.posedgerc
status 2 hello
notes "not trusted"
status 0 trust
status 0 hello
rm .posedgerc
# Plugins that cannot be loaded.
printf 'no library' >bad.so
status 2 --plugin bad.so hello
notes "plugin"
cp "$so" open.so && chmod 666 open.so
status 0 --plugin open.so version
notes "others could have written it"
status 0 --plugin /nonexistent.so version
notes "/nonexistent.so"
exit 0
