#!/usr/bin/env bash
# Each protocol against aimock, an independent server that speaks all of them and
# corrupts answers on purpose. Needs node and, below POSEDGE_LIVE or live/ of the build
# folder,
#     npm i @copilotkit/aimock
# POSEDGE_ASKS sets the number of questions per protocol, POSEDGE_SEED selects them.
. "${srcdir:?}/tests/lib/lib.sh"
modules=${POSEDGE_LIVE:-$builddir/live}/node_modules
node=$(PATH=/usr/local/bin:/usr/bin:/bin command -v node) || {
	echo "there is no node"
	exit 77
}
[ -d "$modules/@copilotkit/aimock" ] || {
	echo "aimock is not installed in $modules"
	exit 77
}
export TEST_API_KEY=sk-test-0123456789abcdefghij
for protocol in openai openai-responses anthropic gemini ollama; do
	rm -rf "$work/q"
	cd "$work" && "$posedge" new q >"$work/out" 2>&1 || fail "new"
	cd q || exit 9
	timeout 500 "$node" "$srcdir/tests/e2e/live/aimock.mjs" "$modules" "$posedge" "$XDG_CONFIG_HOME/posedge/posedgerc" \
		$protocol "${POSEDGE_ASKS:-20}" "${POSEDGE_SEED:-$RANDOM}" >"$work/out" 2>"$work/err" || fail "$protocol"
	cat "$work/out"
	grep -rq "$TEST_API_KEY" .posedge && fail "the key was recorded"
done
exit 0
