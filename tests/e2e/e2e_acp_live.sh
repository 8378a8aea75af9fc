#!/usr/bin/env bash
# An agent served by the official SDK, in both versions of the protocol. Needs node and,
# below POSEDGE_LIVE or live/ of the build folder,
#     npm i @agentclientprotocol/sdk
. "${srcdir:?}/tests/lib/lib.sh"
export XDG_CACHE_HOME=$work/cache # where its copies are made
mkdir -p "$XDG_CACHE_HOME"
live=${POSEDGE_LIVE:-$builddir/live}
sdk=$live/node_modules/@agentclientprotocol/sdk
node=$(PATH=/usr/local/bin:/usr/bin:/bin command -v node) || {
	echo "there is no node"
	exit 77
}
[ -d "$sdk" ] || {
	echo "the SDK is not installed in $live"
	exit 77
}
look_for_isolation
[ $isolated = yes ] || exit 77
mkdir "$work/agent"
cat >"$work/agent/agent.mjs" <<END
import { Readable, Writable } from "node:stream";
import { readFile, writeFile } from "node:fs/promises";

const version = Number(process.argv[2]);
const acp = await import("$sdk/dist/v" + version + "/stable/acp.js");
const { agent, client } = acp.methods;
const state = (name, more) => ({ sessionUpdate: "state_update", state: name, ...more });
const text = (kind, id, words) => ({ sessionUpdate: kind, messageId: id, content: { type: "text", text: words } });
let stop;

// One turn: a permission, a file, a few words; or nothing until it is cancelled.
async function work(to, sessionId, prompt) {
  const tell = (update) => to.notify(client.session.update, { sessionId, update });
  if (version === 2) await tell(state("running"));
  await tell(text("agent_thought_chunk", "t", "what is asked?"));
  if (prompt.includes("wait for ever")) {
    await tell(text("agent_message_chunk", "m", "I wait\\n"));
    await new Promise((resolve) => { stop = resolve; });
    return "cancelled";
  }
  await tell({ sessionUpdate: version === 2 ? "tool_call_update" : "tool_call", toolCallId: "c", title: "edit", kind: "edit", status: "pending" });
  const options = [{ optionId: "y", name: "yes", kind: "allow_once" }, { optionId: "n", name: "no", kind: "reject_once" }];
  const asked = version === 2 ? { title: "edit" } : { toolCall: { toolCallId: "c", title: "edit" } };
  const { outcome } = await to.request(client.session.requestPermission, { sessionId, options, ...asked });
  if (outcome.optionId === "y") {
    const was = await readFile("rtl/q.sv", "utf8");
    await writeFile("rtl/q.sv", was.replace("module", "// by the SDK\\nmodule"));
  }
  await tell({ sessionUpdate: "usage_update", used: 1234, size: 100000 });
  await tell(text("agent_message_chunk", "m", "A comment was added."));
  return "end_turn";
}

const connection = acp
  .agent({ name: "live" })
  .onRequest(agent.initialize, () => version === 2
    ? { protocolVersion: 2, info: { name: "live", version: "2" }, capabilities: { session: {} } }
    : { protocolVersion: 1, agentInfo: { name: "live", version: "1" }, agentCapabilities: {} })
  .onRequest(agent.session.new, ({ params }) => {
    process.chdir(params.cwd);
    return { sessionId: params.mcpServers.map((s) => s.name).join() };
  })
  .onNotification(agent.session.cancel, () => stop?.())
  .onRequest(agent.session.prompt, ({ params, client: to }) => {
    const turn = () => work(to, params.sessionId, params.prompt[0].text);
    if (version === 1) return turn().then((stopReason) => ({ stopReason }));
    setImmediate(async () => to.notify(client.session.update, { sessionId: params.sessionId, update: state("idle", { stopReason: await turn() }) }));
    return { messageId: "u" };
  })
  .connect(acp.ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin)));
await connection.closed;
END

for version in 1 2; do
	rm -rf "$work/q"
	cd "$work" && "$posedge" new q >"$work/out" 2>&1 || fail "new"
	cd "$work/q" || exit 9
	{
		echo "backend add a acp cmd=\"$node $work/agent/agent.mjs $version\" see=$live"
		echo "set backend a"
	} >"$XDG_CONFIG_HOME/posedge/posedgerc"
	status 0 ask "add a comment"
	says "A comment was added."
	says "+// by the SDK"
	status 0 log
	says "by live $version, 1234 tokens in"
	grep -q "by the SDK" rtl/q.sv && fail "the project was written to"
	status 0 review --take all --apply
	grep -q "by the SDK" rtl/q.sv || fail "a line that was taken is not there"
	status 0 backends --test
	says "live $version answers"

	# Cancelled: it is told so, and ends.
	"$posedge" ask "wait for ever" >"$work/out" 2>"$work/err" &
	pid=$!
	limit=$((SECONDS + 300))
	until grep -q "I wait" .posedge/sessions/*/journal.jsonl; do
		[ $SECONDS -lt $limit ] || fail "nothing came of it"
	done
	kill -INT $pid
	wait $pid && fail "it was not cancelled"
	notes "cancelled"
	for copy in "$XDG_CACHE_HOME"/posedge/agent-*; do
		[ ! -e "$copy" ] || fail "a copy was left behind"
	done
done
exit 0
