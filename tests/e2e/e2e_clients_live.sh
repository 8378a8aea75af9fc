#!/usr/bin/env bash
# The official clients read the recordings of tests/unit/wires as posedge does;
# exceptions are listed with the reason. Needs node and, below POSEDGE_LIVE or live/ of
# the build folder,
#     npm i openai @anthropic-ai/sdk @google/genai ollama
. "${srcdir:?}/tests/lib/lib.sh"
modules=${POSEDGE_LIVE:-$builddir/live}/node_modules
node=$(PATH=/usr/local/bin:/usr/bin:/bin command -v node) || {
	echo "there is no node"
	exit 77
}
for client in openai @anthropic-ai/sdk @google/genai ollama; do
	[ -d "$modules/$client" ] || {
		echo "$client is not installed in $modules"
		exit 77
	}
done
timeout 120 "$node" "$srcdir/tests/e2e/live/clients.mjs" "$modules" "$srcdir/tests/unit/wires" >"$work/out" 2>"$work/err" || fail "they read otherwise"
tail -n 1 "$work/out"
exit 0
