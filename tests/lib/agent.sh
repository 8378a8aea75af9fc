#!/bin/sh
# A scripted agent: agent.sh MODE [VERSION]. Speaks the Agent Client Protocol with
# printf and patterns only, and stores the prompts it receives in its home: sent.1,
# sent.2, ...
mode=$1
version=${2:-1}
turns=0

# Sets id from a line of posedge, where it comes first or after the method.
id_of() {
	id=${1#*\"id\":}
	id=${id%%[,\}]*}
}
reply() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\n' "$id" "$1"; }
refuse() { printf '{"jsonrpc":"2.0","id":%s,"error":%s}\n' "$id" "$1"; }
update() { printf '{"jsonrpc":"2.0","method":"session/update","params":{"sessionId":"s","update":%s}}\n' "$1"; }
chunk() { update "{\"sessionUpdate\":\"agent_$1_chunk\",\"messageId\":\"$2\",\"content\":{\"type\":\"text\",\"text\":\"$3\"}}"; }
over() {
	if [ "$version" = 1 ]; then
		reply "{\"stopReason\":\"$1\"}"
	else
		update "{\"sessionUpdate\":\"state_update\",\"state\":\"idle\",\"stopReason\":\"$1\"}"
	fi
}
# Asks for permission and stores the reply in answer.
permission() {
	if [ "$version" = 1 ]; then
		what='"toolCall":{"toolCallId":"c1","title":"edit rtl/q.sv","content":[{"type":"diff","path":"rtl/q.sv","oldText":"module q","newText":"// one\n// two\u001b\nmodule q"}]}'
	else
		what='"title":"edit rtl/q.sv"'
	fi
	printf '{"jsonrpc":"2.0","id":"p%s","method":"session/request_permission","params":{"sessionId":"s",%s,"options":[{"optionId":"always","name":"A","kind":"allow_always"},{"optionId":"once","name":"O","kind":"allow_once"},{"optionId":"never","name":"N","kind":"reject_once"}]}}\n' "$turns" "$what"
	read -r answer
	printf '%s\n' "$answer" >>"$HOME/answers"
}

# Modes: one turn each -----------------------------------------------------------

# Adds two lines above the module in the first turn, only explains in later ones.
turn_good() {
	chunk thought t 'I read the file.'
	update '{"sessionUpdate":"tool_call","toolCallId":"c1","title":"edit rtl/q.sv","kind":"edit","status":"pending"}'
	permission
	case $answer in
	*'"once"'*) [ "$turns" = 1 ] && sed -i 's|^module|// one\n// two\nmodule|' rtl/q.sv ;;
	esac
	update '{"sessionUpdate":"tool_call_update","toolCallId":"c1","status":"completed"}'
	update '{"sessionUpdate":"usage_update","used":4000,"size":200000,"cost":{"amount":0.25,"currency":"USD"}}'
	update '{"sessionUpdate":"something_new","x":[1]}'
	chunk message m "Turn $turns is "
	chunk message m 'done.'
	over end_turn
}

# Changes two files, then waits until it is cancelled.
turn_long() {
	sed -i 's|^module|// one\nmodule|' rtl/q.sv
	printf 'module fresh;\nendmodule\n' >rtl/fresh.sv
	ln -s /etc/passwd rtl/link
	chunk message m 'both are changed.'
	while read -r line; do
		case $line in *'"session/cancel"'*) break ;; esac
	done
	over cancelled
}

# Creates a file, deletes one, and leaves a tool's output and a hidden file.
turn_files() {
	mkdir -p sub && echo 'module fresh; endmodule' >sub/fresh.sv
	rm -f tb/q_tb.sv
	echo x >left.vcd
	echo x >.hidden
	over end_turn
}

# Leaves next to nothing of two files, and tells an absurd cost.
turn_thin() {
	echo 'module q_tb; endmodule' >tb/q_tb.sv
	: >rtl/q.sv
	update '{"sessionUpdate":"usage_update","used":4000,"size":200000,"cost":{"amount":1e308,"currency":"USD"}}'
	over end_turn
}

# Tries every way out of its copy. Asks for permission without waiting for the answer.
turn_hostile() {
	printf '{"jsonrpc":"2.0","id":"p","method":"session/request_permission","params":{"sessionId":"s","toolCall":{"title":"harm"},"options":[]}}\n'
	for f in "$VICTIM/planted" "$VICTIM/rtl/q.sv" /etc/planted /usr/planted /planted ../planted; do
		echo planted 2>/dev/null >"$f"
	done
	ls "$VICTIM" /root /home 2>/dev/null >"$HOME/seen"
	env >"$HOME/environment"
	ln -s "$VICTIM" link
	ln -s /etc/passwd tb/passwd.sv
	mkfifo pipe.sv
	printf 'a\000b' >binary.sv
	printf 'x' >"$(printf 'new\nline.sv')"
	mkdir -p "$(printf 'd/%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34)"
	mkdir shut && touch shut/in && chmod 000 shut
	(ulimit -f 4194304 2>/dev/null; dd if=/dev/zero of=big.sv bs=1048576 count=1024 2>/dev/null)
	wc -c <big.sv >"$HOME/big"
	rm -f big.sv
	head -c 2000000 /dev/zero | tr '\0' x >large.sv
	rm -rf rtl && ln -s "$VICTIM" rtl
	for m in fs/read_text_file fs/write_text_file terminal/create elicitation/create; do
		printf '{"jsonrpc":"2.0","id":"%s","method":"%s","params":{"sessionId":"s","path":"%s/secret"}}\n' "$m" "$m" "$VICTIM"
	done
	read -r a && read -r b && read -r c && read -r d && read -r e
	printf '%s\n' "$a" "$b" "$c" "$d" "$e" >"$HOME/answers"
	over end_turn
}

# Plants links for the second turn, which must not be followed when it is prepared.
turn_links() {
	if [ "$turns" = 1 ]; then
		rm -rf rtl tb spec.md
		ln -s "$VICTIM" rtl
		ln -s "$VICTIM/secret" spec.md
		# Puts the links back as fast as it can.
		(while [ -d . ]; do rm -rf rtl; ln -s "$VICTIM" rtl; done) >/dev/null 2>&1 &
	fi
	chunk message m "links $turns"
	over end_turn
}

turn_forks() {
	i=0
	while [ $i -lt 1200 ]; do
		sleep 600 >/dev/null 2>&1 &
		i=$((i + 1))
	done
	read -r never
}

turn_fills() {
	i=0
	mkdir full
	while [ $i -lt 70 ]; do
		: >"full/$i" && i=$((i + 1))
		mkdir "full/d$i" && (cd "full/d$i" && j=0 && while [ $j -lt 1000 ]; do : >"$j"; j=$((j + 1)); done)
	done
	read -r never
}

turn_rubbish() { exec yes 'this is no message'; }
turn_floods() { while :; do chunk message m 'and so on and so forth for ever and ever'; done; }
turn_half() {
	printf '%s' '{"jsonrpc":"2.0","method":"session/upd'
	exit 0
}
turn_dies() {
	sed -i 's|^module|// half\nmodule|' rtl/q.sv
	chunk message m 'I begin'
	echo 'Error: out of memory, sort of' >&2
	exit 7
}
turn_silent() { read -r never && read -r never; }
# Sends 100 MB of updates that are not shown, then an answer.
turn_babbles() {
	line=$(update '{"sessionUpdate":"usage_update","used":4000,"size":200000}')
	yes "$line" | head -c 100000000 | sed '$d'
	chunk message m 'at last'
	over end_turn
}
# Sends a message after the end of its turn, in the same write. From the second turn on
# it repeats the end of the previous turn before it answers the prompt.
turn_behind() {
	chunk message m "within $turns"
	printf '%s\n%s\n' "$(over end_turn)" "$(chunk message m2 "BEHIND $turns")"
}
# Answers twice, and answers a request that was never sent.
turn_twice() {
	chunk message m 'once'
	over end_turn
	over end_turn
	printf '{"jsonrpc":"2.0","id":4711,"result":{"stopReason":"refusal"}}\n'
}
# Sends updates and requests for other sessions.
turn_strays() {
	for s in other '' S; do
		printf '{"jsonrpc":"2.0","method":"session/update","params":{"sessionId":"%s","update":{"sessionUpdate":"agent_message_chunk","content":{"type":"text","text":"STRAY"}}}}\n' "$s"
		printf '{"jsonrpc":"2.0","id":"p%s","method":"session/request_permission","params":{"sessionId":"%s","toolCall":{"title":"STRAY"},"options":[{"optionId":"once","kind":"allow_once"}]}}\n' "$s" "$s"
		read -r answer
		printf '%s\n' "$answer" >>"$HOME/answers"
	done
	printf '{"jsonrpc":"2.0","method":"session/update","params":{"update":{"sessionUpdate":"agent_message_chunk","content":{"type":"text","text":"STRAY"}}}}\n'
	chunk message m 'mine'
	over end_turn
}
# Asks for permission with no options, invalid ones, and ten thousand.
turn_options() {
	many=$(yes '{"optionId":"always","kind":"allow_always"}' | head -n 10000 | paste -sd,)
	for options in '[]' '{}' 'null' '[7,{"kind":"allow_once"},{"optionId":"x"}]' "[$many]" "[$many,{\"optionId\":\"last\",\"kind\":\"allow_once\"}]"; do
		printf '{"jsonrpc":"2.0","id":"p","method":"session/request_permission","params":{"sessionId":"s","toolCall":{"title":"t"},"options":%s}}\n' "$options"
		read -r answer
		printf '%s\n' "$answer" >>"$HOME/answers"
	done
	chunk message m 'asked'
	over end_turn
}
# Asks for permission and exits before the answer.
turn_vanishes() {
	printf '{"jsonrpc":"2.0","id":"p","method":"session/request_permission","params":{"sessionId":"s","toolCall":{"title":"t"},"options":[]}}\n'
	exit 6
}
turn_refuses() {
	chunk message m 'No.'
	over refusal
}
turn_fails() { refuse '{"code":-32603,"message":"the model is overloaded"}'; }
turn_error() { update '{"sessionUpdate":"state_update","state":"idle","stopReason":"error","error":{"code":-32603,"message":"quota"}}'; }
# Starts our MCP server as configured and lints its copy with it.
turn_tools() {
	echo 'module broken(input a, output b); assign b = c; endmodule' >rtl/broken.sv
	printf '%s\n' '{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}' \
		'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"lint","arguments":{"path":"rtl/broken.sv"}}}' \
		'{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"simulate","arguments":{}}}' |
		XDG_CONFIG_HOME=/rt/config XDG_DATA_HOME=/tmp/d XDG_CACHE_HOME=/tmp/c /rt/posedge -C "$PWD" mcp >"$HOME/tools" 2>&1
	over end_turn
}

# Asks the person a question.
turn_asks() {
	printf '{"jsonrpc":"2.0","id":"e","method":"elicitation/create","params":{"sessionId":"s","mode":"form","message":"How wide is it?","requestedSchema":{"type":"object","properties":{"width":{"type":"integer","minimum":1,"maximum":64}},"required":["width"]}}}\n'
	read -r answer
	printf '%s\n' "$answer" >"$HOME/answers"
	case $answer in
	*'"accept"'*'"width":8'*) chunk message m 'so eight' ;;
	*'"decline"'*) chunk message m 'declined' ;;
	*) chunk message m 'no answer' ;;
	esac
	over end_turn
}

while read -r line; do
	case $line in
	*'"method":"initialize"'*)
		id_of "$line"
		[ "$mode" = dumb ] && continue
		[ "$mode" = unborn ] && exit 5
		[ "$mode" = future ] && version=9
		printf '%s\n' "$line" >"$HOME/hello"
		if [ "$version" = 1 ]; then
			reply '{"protocolVersion":1,"agentInfo":{"name":"agent.sh","version":"1"},"authMethods":[{"id":"a","name":"Log in","description":"with a browser"}]}'
		else
			reply "{\"protocolVersion\":$version,\"info\":{\"name\":\"agent.sh\",\"version\":\"2\"},\"capabilities\":{\"session\":{}},\"authMethods\":[{\"type\":\"terminal\",\"methodId\":\"t\",\"name\":\"Log in\",\"args\":[\"login\",\"--now\"]}]}"
		fi
		;;
	*'"method":"session/new"'*)
		id_of "$line"
		printf '%s\n' "$line" >"$HOME/new"
		[ "$mode" = stillborn ] && exit 5
		if [ "$mode" = login ]; then
			refuse '{"code":-32000,"message":"Authentication required"}'
		else
			reply '{"sessionId":"s"}'
			update '{"sessionUpdate":"available_commands_update","availableCommands":[]}'
		fi
		;;
	*'"method":"session/prompt"'*)
		id_of "$line"
		turns=$((turns + 1))
		printf '%s\n' "$line" >"$HOME/sent.$turns"
		if [ "$version" = 2 ]; then
			[ "$mode" != behind ] || [ $turns = 1 ] || over refusal
			reply '{"messageId":"u"}'
			update '{"sessionUpdate":"state_update","state":"running"}'
		fi
		"turn_$mode"
		;;
	esac
done
