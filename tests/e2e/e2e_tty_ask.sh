#!/usr/bin/env bash
# `posedge ask` in a terminal: text is readable while the answer arrives, even within a
# paragraph, after a count of seconds. The server holds the connection open, so none of
# this is the final output.
. "${srcdir:?}/tests/lib/lib.sh"
need_tty
mkdir -p "$work/p" && cd "$work/p" || exit 99
. "$srcdir/tests/lib/server.sh"
play() { timeout 600 "$tty" "$posedge" ask "why?" >"$work/out" 2>"$work/err" || fail "the terminal's script failed: $(head -n 3 "$work/err")"; }

{ printf "$sse"; delta 'It wraps, since the '; delta 'carry is drop'; } >held
serve --slice 1 --hold held
play <<'S'
wait It wraps, since the carry is drop
signal INT
ends 2
S

# Reasoning is counted, not shown; then its line disappears.
think() { printf 'data: {"model":"M","choices":[{"index":0,"delta":{"reasoning_content":"%s"},"finish_reason":null}]}\n\n' "$1"; }
{ printf "$sse"; think 'one two three '; } >thinking
serve --hold thinking
play <<'S'
wait s, 3 words so far)
signal INT
ends 2
S

# Text already shown is not printed again, and the diff follows.
{ printf "$sse"; delta 'Here:\n\n```verilog rtl/m.sv\nmodule m;\nendmodule\n```\nDone so.'; printf "$finish"; } >whole
serve whole
play <<'S'
wait +module m;
ends 0
screen
S
[ "$(grep -c 'Done so' "$work/out")" = 1 ] || fail "the answer is printed twice, or not"
stop
exit 0
