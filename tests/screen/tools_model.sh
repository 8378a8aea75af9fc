#!/usr/bin/env bash
# The model of tools.keys: looks and asks the person; waits until there is a file go;
# repeats what was said to it meanwhile; answers.
in=$(cat)
case $(grep -o '"results":\[' <<<"$in" | wc -l) in
0)
	echo '{"text":"I look at it first."}'
	echo '{"call":{"id":"a","name":"read_file","arguments":{"path":"rtl/counter.sv"}}}'
	echo '{"call":{"id":"b","name":"no_such","arguments":{}}}'
	echo '{"call":{"id":"c","name":"ask_person","arguments":{"question":"Which reset?","options":["synchronous","asynchronous"]}}}'
	;;
1)
	echo '{"text":"Asynchronous it is."}'
	for _ in {1..600}; do
		[ -e go ] && break
		sleep 0.1
	done
	echo '{"call":{"id":"a","name":"search","arguments":{"regex":"posedge"}}}'
	;;
2)
	grep -q 'eight bits' <<<"$in" && echo '{"text":"Eight bits, then."}'
	echo '{"call":{"id":"a","name":"done","arguments":{"claims":[{"claim":"a clock is there","check":"search"},{"claim":"it is fast"}]}}}'
	;;
esac
