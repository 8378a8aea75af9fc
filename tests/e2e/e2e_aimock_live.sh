#!/usr/bin/env bash
# Each protocol against aimock, a server of another hand that knows them all and spoils
# answers on purpose, where it is installed: node, and below POSEDGE_LIVE or live/ of the
# build folder
#     npm i @copilotkit/aimock
# POSEDGE_ASKS says how many questions for each protocol, POSEDGE_SEED which.
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
