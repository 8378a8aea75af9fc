#!/usr/bin/env bash
# The example plugin: loaded by path and by name, told of findings and runs;
# one that cannot be loaded is named and skipped.
. "$srcdir/tests/lib.sh"

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
# Told of findings (the fake engine finds one); the count is seen by a command
# only within one process, so the note goes through the log of this one.
POSEDGE_FAKE_LINT='%Warning-WIDTH: a.sv:1:1: wide' status 0 hello again
# A project may not load plugins.
rm "$XDG_CONFIG_HOME/posedge/posedgerc"
printf 'plugin hello\n' >.posedgerc
status 2 hello
notes "not trusted"
status 0 trust
status 0 hello
rm .posedgerc
# What cannot be loaded.
printf 'no library' >bad.so
status 2 --plugin bad.so hello
notes "plugin"
cp "$so" open.so && chmod 666 open.so
status 0 --plugin open.so version
notes "others could have written it"
status 0 --plugin /nonexistent.so version
notes "/nonexistent.so"
exit 0
