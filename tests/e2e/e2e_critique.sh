#!/usr/bin/env bash
# critique: findings of a model are placed at the lines they quote; one that quotes a
# line which does not exist is not placed. Nothing is written.
. "${srcdir:?}/tests/lib/lib.sh"
export LC_ALL=C.UTF-8 TERM=xterm-256color
unset NO_COLOR
mkdir -p "$work/p" && cd "$work/p" || exit 9
printf 'module m(input clk, d, output reg q);\n  always @(posedge clk)\n    q <= d;\nendmodule\n' >m.v
printf 'module n;\nendmodule\n' >n.v
cp m.v "$work/before"
printf 'I read it.\n\n[P1] No reset: q is x at first.\n> q <= d;\n\n[P0] A latch.\n> q = d;\n\n[P3] The name says nothing.\n> module m(input clk, d, output reg q);\n\n```verilog m.v\nmodule m;\nendmodule\n```\n' >"$work/answer"
cat >"$XDG_CONFIG_HOME/posedge/posedgerc" <<END
set lint.live off
backend add m fake file=$work/answer
backend add nothing fake text=NOTHING
backend add prose fake "text=It looks fine."
backend add agent acp cmd=true
set backend prose
set backend.judge m
END
status 2 critique
notes "name one of the 2 files"
status 2 critique none.v
notes "none.v"
status 1 critique m.v
says 'm.v:3 P1 No reset: q is x at first.'
says '    q <= d;'
says 'm.v:1 P3 The name says nothing.'
notes 'not placed: P0 A latch. (m.v has no line `q = d;`)'
status 0 review
says "nothing waits"
cmp -s m.v "$work/before" || fail "the file is another one"
status 0 log
says 'critique of m.v by the answer to'
says '2 findings'
status 0 critique --backend nothing m.v
says 'the model found nothing'
status 1 critique --backend prose m.v
notes 'no findings in the form'
status 2 critique --backend agent m.v
notes 'not with findings'
# The request asks for the format, and contains the file.
status 0 critique --backend nothing n.v
status 0 context --whole
says 'A critique is wanted'
says 'A critique of n.v'
says 'module n;'
# With trusted project instructions their format is used: the file is one of them.
status 1 --json critique m.v
says '"type":"critique"'

# On the screen: for the visible file, into the log; Enter jumps, and findings on
# changed lines become stale.
cat >"$work/keys" <<'END'
size 40 100
run open m.v
wait endmodule
run critique
wait 2 findings in the log, 1 not placed
key Ctrl-O 4
wait critique of m.v by
wait m.v:3 P1 No reset
screen
key Ctrl-O 3
run goto 1
type // new
key Enter
wait m.v:4 P1 No reset
run goto 4
key End
type x
wait m.v P1 No reset: q is x at first. (its line has changed)
run undo
wait m.v:4 P1 No reset
run goto 1
key Ctrl-O 4
key Home
key Down Down
key Enter
wait 4:1
key Ctrl-O 2
run ask --role plan is there a plan?
wait It looks fine.
run critique
wait 2 findings in the log
run carry-out
wait Carry out this plan:
screen
END
timeout 600 "$posedge" --script "$work/keys" >"$work/out" 2>"$work/err" </dev/null || fail "the script failed"
tail -n 8 "$work/out" | grep -q 'It looks fine' || fail "the plan is not the last answer that may be one"
cmp -s m.v "$work/before" || fail "the file is another one"

# Typed in the chat and refused before anything is sent, the line is there again.
mkdir "$work/q" && cp "$work/before" "$work/q/m.v" && cd "$work/q" || exit 9
echo 'backend add paid openai url=http://127.0.0.1:9/v1 model=nobody' >>"$XDG_CONFIG_HOME/posedge/posedgerc"
cat >"$work/keys" <<'END'
size 24 100
run open m.v
wait endmodule
run set budget 0.10
run set backend.judge paid
key Ctrl-O 2
type /critique m.v
key Enter
wait not asked: there is a budget
screen
END
timeout 600 "$posedge" --script "$work/keys" >"$work/out" 2>"$work/err" </dev/null || fail "the script failed"
grep -qF '▸ /critique m.v' "$work/out" || fail "the line is lost"
