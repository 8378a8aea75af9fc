#!/usr/bin/env bash
# The log (`-v FILE`, `set log`) records decisions and actions, and no secret.
. "${srcdir:?}/tests/lib/lib.sh"

mkdir -p "$work/p" && cd "$work/p"
. "$srcdir/tests/lib/server.sh"

logged() { grep -qE -- "^[0-9]+\.[0-9]{3} $1" "$work/log" || fail "the log lacks: $1 in $(cat "$work/log")"; }
not_logged() { grep -q -- "$1" "$work/log" && fail "the log has: $1 in $(cat "$work/log")"; return 0; }

printf "%b%s\n\n%b" "$sse" "$(delta 'assign q = d;')" "$finish" >"$work/answer"
serve "$work/answer"
port=$(cat "$work/port")
echo "$TEST_API_KEY" >"$work/key"
printf 'backend add t openai url=http://me:hidden-word@127.0.0.1:%s/v1 model=M key="cmd:cat %s"\nset backend t\n' "$port" "$work/key" >"$rc"
status 0 -v "$work/log" ask "a remarkable question"
says "assign q = d;"
logged 'task ask begins, 1 in all$'
logged 'task ask ends after [0-9]+ ms$'
logged "child [0-9]+ starts: .*cat $work/key\$"
logged "child [0-9]+ ends: status 0, after [0-9]+ ms, $((${#TEST_API_KEY} + 1)) bytes of output\$"
logged "http POST http://127\.0\.0\.1:$port/v1/chat/completions: [1-9][0-9]* bytes sent, status 200, [1-9][0-9]* bytes received, first after [0-9]+ ms, all after [0-9]+ ms"
not_logged "$TEST_API_KEY"
not_logged hidden-word
not_logged remarkable
not_logged 'assign q'
[ "$(stat -c %a "$work/log")" = 600 ] || fail "others can read the log"

# As an option; a path is relative to the project, and a file that cannot be opened is
# refused.
rm "$work/log"
printf 'set log %s\n' "$work/log" >"$rc"
status 0 files
logged 'task files ends'
status 2 set log no/such/folder/log
notes "open log $work/p/no/such/folder/log: No such file or directory"
status 0 set log
says "$work/log"
: >"$work/log"
status 0 set log ""
status 0 files
not_logged 'task files'

# An untrusted project cannot have a log written.
: >"$rc"
echo "set log $work/stolen" >.posedgerc
status 0 files
[ ! -e "$work/stolen" ] || fail "a project's rc had a log written"
rm .posedgerc

# Known results are reused: a file as it was before.
command -v verilator >/dev/null || exit 0
rm "$work/log"
printf 'module m(input a, output y);\n  assign y = a;\nendmodule\n' >m.sv
printf 'wait lint ok\nrun open m.sv\nkey Ctrl-O 3\ntype (\nwait err\nkey Ctrl-Z\nwait lint ok\n' >"$work/keys"
timeout 600 "$posedge" -v "$work/log" --script "$work/keys" >"$work/out" 2>"$work/err" </dev/null || fail "the script failed"
logged 'task lint batch begins'
logged 'lane .*verilator.* --lint-only .*: status 0 after [0-9]+ ms'
logged 'cache lint of [0-9a-f]{12} is known: 0 findings'
