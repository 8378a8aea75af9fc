#!/usr/bin/env bash
# The model of card.keys: asks a question that is taller than its pane, then repeats the answer.
in=$(cat)
if ! grep -q '"results":\[' <<<"$in"; then
	text=$(printf 'line %d of the question\\n' {1..60})
	echo '{"call":{"id":"a","name":"ask_person","arguments":{"question":"'"$text"'","options":["the first answer","the second answer"]}}}'
elif grep -q 'the second answer' <<<"$in"; then
	echo '{"text":"The second it is."}'
else
	echo '{"text":"No answer."}'
fi
