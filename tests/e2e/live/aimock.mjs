// aimock.mjs - one protocol asked by the program, answered by aimock, which spoils
// answers: late, cut, an error, rubbish, a lost connection. aimock keeps a journal of
// what it did to each request, and that is the oracle: an answer that claims to be whole
// is the one that was to be given, one that was not spoiled is given, and what came of a
// spoiled one is a beginning of it, with a sentence that says what went wrong.
//
//     node aimock.mjs MODULES POSEDGE CONFIG PROTOCOL COUNT SEED
//
// in a project of its own. Prints a line of figures; status 1 and the case when one is wrong.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";

const [modules, posedge, config, protocol, count, seed] = process.argv.slice(2);
const { LLMock } = await import(`${modules}/@copilotkit/aimock/dist/index.js`);
const chance = { drop: 0.1, malformed: 0.1, disconnect: 0.1, ratelimit: 0.05, latency: 3 };

let state = Number(seed);
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const words = [..."\u{1F600} äöü 中文 \\ \" \t \u2028 <think> </b> &amp; q <= d; 'b01x \u0301 [DONE] data: {}".split(" "), "\n", "\n\n", "event: x\n"];
const prose = (n) => `words: ${Array.from({ length: n }, () => words[random(words.length)]).join(" ")}.`;

// What is asked: text, reasoning and text, tools, or an end that is none.
const kinds = {
  text: () => ({ content: prose(1 + random(40)) }),
  think: () => ({ reasoning: prose(1 + random(20)), content: prose(1 + random(20)) }),
  tools: () => ({
    content: "I look.",
    toolCalls: [
      { name: "read_file", arguments: '{"path": "spec.md", "from": 1}' },
      { name: "search", arguments: JSON.stringify({ regex: `no such "word" \\\\ ${prose(3)}` }) },
    ],
  }),
  length: () => ({ content: prose(9), finishReason: "length" }),
  refused: () => ({ error: { message: "no such key here", type: "authentication_error" }, status: 401 }),
};
const weights = ["text", "text", "text", "think", "think", "tools", "tools", "tools", "length", "refused"];
const gives = { text: 0, think: 0, tools: 0, length: 1, refused: 2 };

// aimock's Ollama ends by "stop" whatever it is told, and thinks nothing.
const asked = protocol === "ollama" ? weights.filter((k) => k !== "length" && k !== "think") : weights;

function prepare(mock, i) {
  const kind = asked[random(asked.length)];
  const response = kinds[kind]();
  const how = { chunkSize: 1 + random(30), latency: random(3) };
  const spoil = random(5);
  if (spoil === 0) how.truncateAfterChunks = 1 + random(12);
  if (spoil === 1) how.disconnectAfterMs = random(25);
  mock.on({ userMessage: `case ${i} of`, hasToolResult: false }, response, how);
  if (kind === "tools") mock.on({ userMessage: `case ${i} of`, hasToolResult: true }, { content: "It says so." }, how);
  return { kind, response };
}

const run = (...args) => new Promise((resolve) => {
  const child = spawn(posedge, args, { stdio: ["ignore", "pipe", "pipe"], timeout: 60000 });
  const out = [], err = [];
  child.stdout.on("data", (b) => out.push(b));
  child.stderr.on("data", (b) => err.push(b));
  child.on("close", (status) => resolve({ status, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }));
});

const unspoiled = ({ response: r }) => r.status === 200 && !r.chaosAction && !r.interrupted;

// What was sent back: calls as they came, each with its result, in their order.
function resultsAreWrong(body, response) {
  const sent = body.messages.slice(body.messages.findLastIndex((m) => m.role === "user") + 1);
  const calls = sent.filter((m) => m.tool_calls).flatMap((m) => m.tool_calls);
  const results = sent.filter((m) => m.role === "tool");
  if (calls.length !== 2 || results.length !== 2) return "not two calls and two results were sent";
  for (let k = 0; k < 2; k++) {
    const want = response.toolCalls[k];
    if (calls[k].function.name !== want.name) return `call ${k} is of another name`;
    if (JSON.stringify(JSON.parse(calls[k].function.arguments)) !== JSON.stringify(JSON.parse(want.arguments)))
      return `call ${k} has other arguments`;
    // Gemini has no ids; aimock makes them anew on its side.
    if (protocol !== "gemini" && protocol !== "ollama" && results[k].tool_call_id !== calls[k].id) return `result ${k} is of another call`;
  }
  if (!String(results[0].content).includes("A counter of WIDTH bits")) return "the first result is not the file";
  return "";
}

// "" or what is wrong.
function judge({ kind, response }, ran, requests) {
  const events = ran.out.split("\n").filter((l) => l.startsWith("{")).map((l) => JSON.parse(l));
  const pieces = (k) => events.filter((e) => e.type === "piece" && e.kind === k).map((e) => e.text).join("");
  const text = pieces("text"), end = events.find((e) => e.type === "answer");
  const whole = kind === "tools" ? "I look.\n\nIt says so." : (response.content ?? "");
  const last = requests.at(-1);
  if (!end) return "no end was recorded";
  if (!last) return "nothing was asked";
  if (ran.status === null) return "it did not end";
  if (kind !== "refused" && ran.status === gives[kind]) {
    if (text !== whole) return `it is another text: ${JSON.stringify(text)} for ${JSON.stringify(whole)}`;
    if (pieces("reasoning") !== (response.reasoning ?? "")) return "it is another reasoning";
    if (end.finish !== (kind === "length" ? "length" : "stop")) return `it ended by ${end.finish}`;
    if (kind === "tools") return resultsAreWrong(last.body, response);
    return "";
  }
  if (unspoiled(last)) return `nothing was spoiled, and the status is ${ran.status}`;
  if (ran.status !== 2) return `the status is ${ran.status}`;
  if (!end.error || !/^posedge: ./m.test(ran.err)) return "nothing says what went wrong";
  if (kind === "refused" && last.response.status === 401 && !ran.err.includes("no such key here")) return "the server's word is lost";
  // aimock cuts between the halves of a UTF-16 pair; one without the other is U+FFFD.
  if (!whole.startsWith(text.replace(/\ufffd$/, ""))) return `it is no beginning: ${JSON.stringify(text)} of ${JSON.stringify(whole)}`;
  const called = events.filter((e) => e.type === "call"), answered = events.filter((e) => e.type === "result");
  if (called.map((e) => e.id).join() !== answered.map((e) => e.id).join()) return "a call has no result";
  return "";
}

const mock = new LLMock({ port: 0, logLevel: "silent" });
await mock.start();
writeFileSync(config, [
  `backend add a ${protocol} url=${mock.url} model=M key=env:TEST_API_KEY retry_base_ms=1 ` +
    Object.entries(chance).map(([k, v]) => `header.x-aimock-chaos-${k}=${v}`).join(" "),
  "set backend a", "set mode read", "",
].join("\n"));
const figures = { asks: 0, whole: 0, spoiled: 0, requests: 0 };
for (let i = 0; i < Number(count); i++) {
  const wanted = prepare(mock, i);
  mock.clearRequests();
  const ran = await run("--json", "ask", "--fresh", `case ${i} of ${protocol}`);
  const requests = mock.getRequests().filter((r) => r.method === "POST");
  const wrong = judge(wanted, ran, requests);
  figures.asks++;
  figures.requests += requests.length;
  figures[ran.status === gives[wanted.kind] && wanted.kind !== "refused" ? "whole" : "spoiled"]++;
  if (wrong) {
    console.log(`case ${i}, ${wanted.kind}, seed ${seed}: ${wrong}`);
    console.log(JSON.stringify(requests.map((r) => [r.path, { ...r.response, fixture: undefined }])));
    console.log(`status ${ran.status}: ${ran.err}`);
    console.log(ran.out.replace(/"prompt":.*$/gm, ""));
    process.exit(1);
  }
}
console.log(`${protocol}: ${figures.asks} asks, none wrong; ${figures.whole} whole, ${figures.spoiled} spoiled or refused, ${figures.requests} requests`);
await mock.stop();
process.exit(0);
