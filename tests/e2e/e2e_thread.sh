#!/usr/bin/env bash
# A question about one line of a review: the review keeps its position, the answer stays
# with the line, and a new proposal replaces the waiting one, keeping the decisions on
# lines that did not change.
. "${srcdir:?}/tests/lib/lib.sh"
export LC_ALL=C.UTF-8 TERM=xterm-256color
unset NO_COLOR
mkdir "$work/p" && cd "$work/p"
printf 'module m;\n  wire a;\n  wire b;\n  wire c;\nendmodule\n' >m.sv
answer() { printf 'So be it.\n\n```verilog m.sv\nmodule m;\n  wire a2;\n  wire b;\n  wire %s;\nendmodule\n```\n' "$1"; }
answer c2 >"$work/one"
answer c3 >"$work/two"
cat >"$XDG_CONFIG_HOME/posedge/posedgerc" <<E
set lint.live off
backend add one fake file=$work/one
backend add why fake text=Because.
backend add two fake file=$work/two
set backend one
E
cat >"$work/keys" <<'E'
size 30 100
key Ctrl-O 2
type write m
key Enter
wait F8 or Ctrl-O
key F8
wait open 2
key y
wait taken 1
run set backend why
key c
wait about this line
type Why is it c2?
key Enter
wait answered: t
screen
key t
wait you: Why is it c2?
wait why: Because.
key Esc
gone why: Because.
wait REVIEW
run set backend two
key ?
wait a later answer
wait wire c3;
wait taken 1 refused 0 open 1
screen
key t
wait nothing was asked about this line
key k
gone one moment
key A
key Enter
wait took 2
E
timeout 600 "$posedge" --script "$work/keys" >"$work/out" 2>"$work/err" </dev/null || fail "the script failed"
says '">? +   wire c2;'
printf 'module m;\n  wire a2;\n  wire b;\n  wire c3;\nendmodule\n' | cmp - m.sv || fail "the file is not what was taken"
status 0 log
says "a later answer came"
