#!/usr/bin/env bash
# btw asks outside the conversation: the model sees the conversation, later questions do
# not see this one, and the answer stays text. The model is a script that stores each
# request.
. "${srcdir:?}/tests/lib/lib.sh"
export LC_ALL=C.UTF-8 TERM=xterm-256color
unset NO_COLOR
mkdir "$work/p" && cd "$work/p" || exit 9
printf 'module m;\n  wire a;\nendmodule\n' >m.sv

# The question selects the answer; SLOWLY waits for a file "go".
cat >"$work/model" <<'END'
#!/usr/bin/env bash
in=$(cat)
n=0
while ! mkdir "$0.took.$n" 2>/dev/null; do n=$((n + 1)); done
printf '%s' "$in" >"$0.request.$n"
case $in in
*SLOWLY*again*) echo '{"text":"Answer '"$n"'."}' ;;
*SLOWLY*) echo '{"text":"I think ... "}'; for _ in {1..600}; do [ -e go ] && break; sleep 0.1; done; echo '{"text":"slow, but here"}' ;;
*CODE*) echo '{"text":"Like so:\n\n```systemverilog m.sv\nmodule m;\n  wire b;\nendmodule\n```\n"}' ;;
*) echo '{"text":"Answer '"$n"'."}' ;;
esac
END
chmod +x "$work/model"
cat >"$XDG_CONFIG_HOME/posedge/posedgerc" <<END
set lint.live off
backend add m exec cmd="$work/model"
backend add agent acp cmd="$work/model"
set backend m
END
holds() { grep -qF -- "$2" "$work/model.request.$1" || fail "request $1 lacks: $2"; }
lacks() { grep -qF -- "$2" "$work/model.request.$1" && fail "request $1 has: $2"; return 0; }

status 0 ask first question
says "Answer 0."
# It continues the conversation and knows the files.
status 0 btw what is a Gray code
says "Answer 1."
holds 1 "first question"
holds 1 "Answer 0."
holds 1 "wire a"
status 0 log
says "asked m outside the conversation: what is a Gray code"

# An empty question is refused; no model is asked.
for empty in '' '  '; do
	status 2 btw "$empty"
	notes 'the question is empty'
	status 2 ask "$empty"
done
[ ! -e "$work/model.request.2" ] || fail "a model was asked nothing"

# The next question does not include it, and begins with the previous request.
status 0 ask second question
lacks 2 "Gray code"
lacks 2 "Answer 1."
grep -o '"messages":.*first question' "$work/model.request.0" >"$work/first"
grep -qFf "$work/first" "$work/model.request.2" || fail "the second request does not begin as the first one"
# Nor does another btw.
status 0 btw another one
lacks 3 "Gray code"
holds 3 "second question"

# Code in it proposes nothing.
status 0 btw show me CODE
says "wire b;"
status 0 review
says "nothing waits"
printf 'module m;\n  wire a;\nendmodule\n' | cmp - m.sv || fail "the file is another one"

# The request can be shown; an agent, which remembers, is not asked.
status 0 btw --show "and this?"
says "first question"
status 2 btw --backend agent "and this?"
notes "outside the conversation"
status 2 btw
[ ! -e "$work/model.request.5" ] || fail "asked too often"

# Exports mark it.
status 0 export --markdown
[ "$(grep -c ', outside the conversation' "$work/out")" = 3 ] || fail "the report does not mark three"
status 0 export --html
says 'outside the conversation'
status 0 export --cast
says 'asked beside'

# In line mode too, as typed.
printf "/btw what's up\n/quit\n" | timeout 600 "$posedge" --plain >"$work/out" 2>"$work/err" || fail "--plain"
says "Answer 5."
holds 5 "what's up"

# On the screen it is asked and answered while another answer is pending, and after
# another one of its kind; quotation marks are literal. It folds when something follows it.
cat >"$work/keys" <<'END'
size 40 100
key Ctrl-O 2
type go on SLOWLY
key Enter
wait I think
type /btw what's a "latch"?
key Enter
wait btw    what's a "latch"?
type /btw and wherefore
key Enter
wait Answer 7.
wait Answer 8.
wait answering
run new-file go
type x
key Ctrl-S
wait slow, but here
gone answering
key Ctrl-O 2
type not again
key Enter
wait Answer 9.
wait latch"?: Answer 7.
screen
run fold
gone latch"?: Answer 7.
END
timeout 600 "$posedge" --script "$work/keys" >"$work/out" 2>"$work/err" </dev/null || fail "the script failed"
holds 9 "slow, but here"
lacks 9 "what's a"
lacks 9 "and wherefore"
