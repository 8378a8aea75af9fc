#!/usr/bin/env bash
# Under tmux: drawn as in other terminals, Esc takes effect soon, and the shell's screen
# is restored at the end.
. "${srcdir:?}/tests/lib/lib.sh"
need tmux verilator_bin
export LC_ALL=C.UTF-8
socket=$work/tmux
t() { tmux -S "$socket" -f /dev/null "$@"; }
at_end() { t kill-server 2>/dev/null; }
# shows TEXT: a condition with a limit.
shows() {
	for _ in $(seq 3000); do
		t capture-pane -p >"$work/out"
		grep -qF -- "$1" "$work/out" && return
		sleep 0.01
	done
	fail "tmux does not show: $1"
}
mkdir "$work/p" && cp -r "$srcdir/docs/example/." "$work/p" && cd "$work/p"
t new-session -d -x 80 -y 24 "PS1='shell> ' sh"
shows "shell>"
t send-keys -l "$posedge; cat /proc/self/fdinfo/0 >'$work/flags'" && t send-keys Enter
shows "0 err 2 risk"
t send-keys C-o 2 && t send-keys -l "8-bit up counter with enable" && t send-keys Enter
shows "suggestions wait"
t send-keys C-o v
shows "open 21"
shows "if you take the rest: lint ok"
t send-keys Y
shows "taken 10"
t send-keys Escape
shows "the suggestion waits"
t resize-window -x 120 -y 40
shows "log  [lint]"
# The shell's own descriptor still blocks while posedge is stopped.
t send-keys C-o p && t send-keys -l suspend && t send-keys Enter
shows "Stopped"
grep -q "^flags:.*[4-7]...$" "$work/flags" && fail "the shell was left with a terminal that does not block"
grep -q "^flags:" "$work/flags" || fail "nothing is known of the shell's terminal"
t send-keys -l fg && t send-keys Enter
shows "log  [lint]"
t send-keys C-q
shows "shell>"
grep -q "suggestion" "$work/out" && fail "the screen was not given back"
# A terminal without a second screen: the last row is empty for the shell.
t send-keys -l "clear; TERM=vt100 $posedge" && t send-keys Enter
shows "0 err 2 risk"
t send-keys C-q
shows "shell>"
grep -q "rec [0-9]" "$work/out" && fail "the status line is left behind"
exit 0
