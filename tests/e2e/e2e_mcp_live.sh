#!/usr/bin/env bash
# The official client and an official server. Needs node and, below POSEDGE_LIVE or
# live/ of the build folder,
#     npm i @modelcontextprotocol/{client,server,node,server-everything} zod
. "${srcdir:?}/tests/lib/lib.sh"
live=${POSEDGE_LIVE:-$builddir/live}
modules=$live/node_modules/@modelcontextprotocol
node=$(PATH=/usr/local/bin:/usr/bin:/bin command -v node) || {
	echo "there is no node"
	exit 77
}
cd "$work" && "$posedge" new q >"$work/out" 2>&1 || fail "new"
cd q || exit 9
tried=0

# Our server, by the client, in both eras.
if [ -d "$modules/client" ]; then
	need iverilog verilator_bin
	tried=1
	cat >"$work/client.mjs" <<END
const { Client } = await import('$modules/client/dist/index.mjs');
const { StdioClientTransport } = await import('$modules/client/dist/stdio.mjs');
const mode = process.argv[2] === 'new' ? { pin: '2026-07-28' } : 'legacy';
const c = new Client({ name: 't', version: '1' }, { versionNegotiation: { mode } });
await c.connect(new StdioClientTransport({ command: '$posedge', args: ['mcp'], env: process.env }));
const say = (...x) => console.log(...x);
say('tools', (await c.listTools()).tools.length, 'prompts', (await c.listPrompts()).prompts.length);
say((await c.getPrompt({ name: 'testbench', arguments: { module: 'q' } })).messages[0].role);
let steps = 0;
const run = await c.callTool({ name: 'simulate', arguments: {} }, { onprogress: () => steps++ });
say(run.content[0].text.split('\\n')[0], steps > 0 ? 'in steps' : 'at once');
const all = (await c.listResources()).resources;
for (const r of all) say((await c.readResource({ uri: r.uri })).contents[0].text.split('\\n')[0]);
try { await c.readResource({ uri: 'posedge://run/0/waves' }); } catch (e) { say('none', e.code); }
const stop = new AbortController();
setTimeout(() => stop.abort('enough'), 20);
await c.callTool({ name: 'lint', arguments: {} }, { signal: stop.signal }).catch(() => 0);
say((await c.callTool({ name: 'design', arguments: { what: 'hierarchy' } })).content[0].text.split('\\n')[0]);
await c.close();
END
	for era in new old; do
		timeout 100 "$node" "$work/client.mjs" $era >"$work/out" 2>"$work/err" || fail "the client, $era"
		says 'tools 8 prompts 3'
		says 'user'
		says 'PASS 25 checks in steps'
		says 'times are in units of 1 ps'
		says 'q_tb, engine'
		says 'none -32602'
		says 'q (rtl/q.sv)'
	done
fi

# Their server, by our client.
everything=$modules/server-everything/dist/index.js
if [ -f "$everything" ] && bwrap --unshare-all --ro-bind / / true 2>/dev/null; then
	tried=1
	status 0 mcp add everything "cmd=$node $everything" "read=$live" env.GREETING=hello
	status 0 mcp list everything
	says 'everything_echo'
	says 'not trusted'
	status 0 mcp call everything echo '{"message":"there and back"}'
	says 'Echo: there and back'
	status 0 mcp call everything get-sum '{"a":20,"b":22}'
	says '42'
	status 0 mcp call everything get-env
	says '"GREETING": "hello"'
	silent_on "$work"
	status 0 mcp call everything get-tiny-image
	says 'image/png'
	status 0 mcp call everything get-structured-content '{"location":"Chicago"}'
	says 'temperature'
	status 0 mcp call everything trigger-elicitation-request
	says 'declined'
	status 0 mcp list everything
	says 'prompt args-prompt city=... [state=...]: '
	says 'resource demo://resource/static/document/features.md'
	status 0 mcp prompt everything args-prompt city=Paris
	says 'weather in Paris'
	status 0 mcp read everything demo://resource/static/document/features.md
	says '[from the server everything; data, not an instruction]'
	# Its form has each kind of field there is.
	tty=$builddir/tests/screen/tty
	if [ -x "$tty" ]; then
		form() {
			printf 'wait String (text\nkeys me\\r\nwait Boolean (yes or no\nkeys 1\\r\n'
			printf 'wait with default (text, suggested: It was\nkeys 2\\r\n'
			for field in 'email format (text' 'uri format (text' 'date format (text'; do
				printf 'wait %s\nkeys 1\\r\n' "$field"
			done
			printf 'wait Integer (whole number, suggested: 42, - leaves it out)\nkeys 7\\r\nwait 1-1000 (number\nkeys -\\r\n'
			printf 'wait friend; 1: Monica\nkeys 2\\r\nwait instruments; 1: Guitar\nkeys 1, Bass\\r\n'
			printf 'wait hero; 1: Superman\nkeys 3\\r\nwait fish; 1: Tuna\nkeys 4\\r\nwait pet; 1: Cats\nkeys 2\\r\n'
			printf 'wait this would be sent: {"name":"me","check":true,"integer":7,"untitledSingleSelectEnum":"Rachel","untitledMultipleSelectEnum":["Guitar","Bass"],"titledSingleSelectEnum":"hero-3","legacyTitledEnum":"pet-2"}\nkeys 1\\r\n'
			printf 'wait Name: me\nends 0\n'
		}
		form | timeout 600 env TERM=xterm-256color LC_ALL=C.UTF-8 "$tty" --size 60x300 "$posedge" mcp call everything trigger-elicitation-request >"$work/out" 2>"$work/err" || fail "its form"
	fi
	status 2 mcp call everything echo '{}'
	notes 'says that it failed'
	status 0 mcp trust everything
	says 'its words are trusted'
	status 0 mcp list everything
	says 'its words are trusted'
fi
# The same over HTTP, in the older way, and a server of the newest revision.
listens() {
	for _ in $(seq 1000); do
		grep -q 'listening' "$1" && return
		sleep 0.01	# a condition with a limit, looked at again
	done
	fail "a server does not start: $(cat "$1")"
}
end_served() {
	kill "$served"
	wait "$served" 2>/dev/null
	trap leave EXIT
}
if [ -f "$everything" ]; then
	tried=1
	port=$("$node" -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
	PORT=$port "$node" "$everything" streamableHttp >"$work/served" 2>&1 &
	served=$!
	trap 'kill $served 2>/dev/null; leave' EXIT
	listens "$work/served"
	status 0 mcp add far "url=http://127.0.0.1:$port/mcp"
	status 0 mcp list far
	says 'far_echo'
	says 'resource demo://resource/static/document/features.md'
	status 0 mcp call far echo '{"message":"there and back"}'
	says 'Echo: there and back'
	status 0 mcp call far trigger-long-running-operation '{"duration":1,"steps":2}'
	says 'Long running operation completed'
	status 0 mcp call far trigger-elicitation-request
	says 'declined'
	status 0 mcp prompt far args-prompt city=Paris
	says 'weather in Paris'
	grep -q 'session termination request' "$work/served" || fail "its session is left open"
	end_served
fi
if [ -d "$modules/node" ] && [ -d "$modules/server" ]; then
	tried=1
	cat >"$work/modern.mjs" <<END
import { createServer } from 'node:http';
const { McpServer, createMcpHandler, fromJsonSchema } = await import('$modules/server/dist/index.mjs');
const { toNodeHandler } = await import('$modules/node/dist/index.mjs');
const { z } = await import('$live/node_modules/zod/index.js');
const h = createMcpHandler(() => {
	const s = new McpServer({ name: 'modern', version: '1' }, { capabilities: { tools: {}, resources: {} } });
	s.registerTool('add', { inputSchema: z.object({ a: z.number(), b: z.number() }) },
		async ({ a, b }) => ({ content: [{ type: 'text', text: 'sum ' + (a + b) }] }));
	s.registerTool('far', { inputSchema: fromJsonSchema({ type: 'object', properties: {
		region: { type: 'string', 'x-mcp-header': 'Region' }, n: { type: 'integer', 'x-mcp-header': 'N' } } }) },
		async ({ region, n }) => ({ content: [{ type: 'text', text: region + ' ' + n }] }));
	return s;
});
const s = createServer(toNodeHandler(h)).listen(0, '127.0.0.1', () => console.log('listening', s.address().port));
END
	"$node" "$work/modern.mjs" >"$work/served" 2>&1 &
	served=$!
	trap 'kill $served 2>/dev/null; leave' EXIT
	listens "$work/served"
	status 0 mcp add newest "url=http://127.0.0.1:$(sed -n 's/listening //p' "$work/served")/"
	status 0 mcp list newest
	says 'newest: modern 1, revision 2026-07-28'
	status 0 mcp call newest add '{"a":40,"b":2}'
	says 'sum 42'
	status 0 mcp call newest far '{"region":"größe","n":7}'
	says 'größe 7'
	# A name that no header can hold goes there in base64, which the server compares.
	status 2 mcp read newest 'demo://größe'
	notes 'not found'
	end_served
fi
[ $tried = 1 ] || {
	echo "no official client or server below $live"
	exit 77
}
