// clients.mjs - what the official clients read in our recordings: tests/unit/wires/
// PROTOCOL.NAME holds what a server says and, behind "%% want", what posedge reads in it.
// A server replays each to the client of its protocol, in slices, and text, calls, the
// reason for the end and whether it failed are compared. The first line of what is wanted is
// "client same", or "client otherwise: " and why posedge reads it otherwise; either is a fault
// where it is not so. tests/unit/t_wires.c sees to it that no recording lacks the line.
//
//     node clients.mjs MODULES RECORDINGS
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";

const [modules, recordings] = process.argv.slice(2);
const OpenAI = (await import(`${modules}/openai/index.mjs`)).default;
const Anthropic = (await import(`${modules}/@anthropic-ai/sdk/index.mjs`)).default;
const { GoogleGenAI } = await import(`${modules}/@google/genai/dist/node/index.mjs`);
const { Ollama } = await import(`${modules}/ollama/dist/index.mjs`);

// What a client made of it: { text, calls: [[name, arguments]...], finish }.
const finishes = {
  stop: "stop", end_turn: "stop", stop_sequence: "stop", STOP: "stop", completed: "stop", load: "stop",
  length: "length", max_tokens: "length", MAX_TOKENS: "length", max_output_tokens: "length", model_context_window_exceeded: "length",
  tool_calls: "tools", tool_use: "tools", function_call: "tools",
  content_filter: "filter", refusal: "filter", SAFETY: "filter", PROHIBITED_CONTENT: "filter", pause_turn: "pause",
};
// The clients hand on a stream that breaks off as one that ended.
const ended = (out) => { if (!out.finish) throw new Error("no end came"); return out; };
const none = { apiKey: "k", maxRetries: 0 };
const user = [{ role: "user", content: "x" }];
const readers = {
  async openai(base) {
    const out = { text: "", calls: [], finish: "" };
    for await (const chunk of await new OpenAI({ ...none, baseURL: `${base}/v1` }).chat.completions.create({ model: "m", messages: user, stream: true })) {
      const choice = Array.isArray(chunk.choices) ? chunk.choices.find((c) => !c.index) : undefined, delta = choice?.delta;
      out.text += (delta?.content ?? "") + (delta?.refusal ?? "");
      out.refused ||= Boolean(delta?.refusal);
      for (const c of delta?.tool_calls ?? []) {
        out.calls[c.index] ??= ["", ""];
        out.calls[c.index][0] ||= c.function.name;
        out.calls[c.index][1] += c.function.arguments ?? "";
      }
      if (choice?.finish_reason) out.finish = out.refused ? "refusal" : choice.finish_reason;
    }
    return ended(out);
  },
  async "openai-responses"(base) {
    const out = { text: "", calls: [], finish: "" };
    for await (const event of await new OpenAI({ ...none, baseURL: `${base}/v1` }).responses.create({ model: "m", input: "x", stream: true })) {
      if (event.type === "response.output_text.delta" || event.type === "response.refusal.delta") out.text += event.delta;
      if (event.type === "response.refusal.delta") out.refused = true;
      if (event.type === "response.output_item.done" && event.item.type === "function_call") out.calls.push([event.item.name, event.item.arguments]);
      if (event.type === "response.failed") throw new Error("it failed");
      if (event.type === "response.completed" || event.type === "response.incomplete")
        out.finish = event.response.status === "incomplete" ? (event.response.incomplete_details?.reason ?? "length") : out.refused ? "refusal" : "stop";
    }
    return ended(out);
  },
  async anthropic(base) {
    const o = await new Anthropic({ ...none, baseURL: base }).messages.stream({ model: "m", max_tokens: 9, messages: user }).finalMessage();
    const of = (type) => o.content.filter((b) => b.type === type);
    return { text: of("text").map((b) => b.text).join(""), calls: of("tool_use").map((b) => [b.name, JSON.stringify(b.input)]), finish: o.stop_reason };
  },
  async gemini(base) {
    const ai = new GoogleGenAI({ apiKey: "k", httpOptions: { baseUrl: base } });
    const out = { text: "", calls: [], finish: "" };
    for await (const chunk of await ai.models.generateContentStream({ model: "m", contents: "x" })) {
      out.text += (chunk.candidates?.[0]?.content?.parts ?? []).filter((p) => p.text && !p.thought).map((p) => p.text).join("");
      out.calls.push(...(chunk.functionCalls ?? []).map((c) => [c.name, JSON.stringify(c.args ?? {})]));
      out.finish = chunk.candidates?.[0]?.finishReason ?? (chunk.promptFeedback?.blockReason ? "SAFETY" : out.finish);
    }
    return ended(out);
  },
  async ollama(base) {
    const out = { text: "", calls: [], finish: "" };
    for await (const part of await new Ollama({ host: base }).chat({ model: "m", messages: user, stream: true })) {
      out.text += part.message?.content ?? "";
      out.calls.push(...(part.message?.tool_calls ?? []).map((c) => [c.function.name, JSON.stringify(c.function.arguments)]));
      if (part.done) out.finish = part.done_reason;
    }
    return ended(out);
  },
};

const normal = (json) => { try { return JSON.stringify(JSON.parse(json || "{}")); } catch { return json; } };

// What posedge reads, from the lines behind "%% want".
function wish(lines) {
  const out = { text: "", calls: [], finish: "", failed: false };
  for (const line of lines.split("\n").filter(Boolean)) {
    const [, what, rest] = /^(\S+) ?(.*)$/s.exec(line);
    if (what === "text") out.text += rest.replaceAll("\\n", "\n");
    if (what === "call") out.calls.push([rest.split(" ")[1], rest.split(" ").slice(2).join(" ")]);
    if (what === "finish") out.finish = rest;
    if (what === "error") out.failed = true;
  }
  return out;
}

// What differs, or "".
function differs(want, got) {
  if (want.failed !== got.failed) return got.failed ? `it fails: ${got.why}` : "it finds no fault";
  if (want.failed) return "";
  if (want.text !== got.text) return `its text is ${JSON.stringify(got.text)}, not ${JSON.stringify(want.text)}`;
  const calls = (c) => JSON.stringify(c.map(([name, args]) => [name, normal(args)]));
  if (calls(want.calls) !== calls(got.calls)) return `its calls are ${calls(got.calls)}, not ${calls(want.calls)}`;
  const finish = finishes[got.finish] ?? "other";
  // A plain stop with calls is what Gemini, Ollama and Responses say.
  if (finish !== want.finish && !(want.finish === "tools" && want.calls.length && finish === "stop")) return `it ends by ${got.finish}, not ${want.finish}`;
  return "";
}

const limit = (promise, ms) => Promise.race([promise, new Promise((_, no) => setTimeout(() => no(new Error("no end")), ms).unref())]);
let body;
const server = createServer((request, response) => {
  request.resume();
  const kind = /^\s*[{[]/.test(body.toString("latin1", 0, 9)) ? (request.url.startsWith("/api") ? "application/x-ndjson" : "application/json") : "text/event-stream";
  response.writeHead(200, { "content-type": kind });
  for (let i = 0; i < body.length; i += 7) response.write(body.subarray(i, i + 7));
  response.end();
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const base = `http://127.0.0.1:${server.address().port}`;
let seen = 0, otherwise = 0, faults = 0;
for (const name of readdirSync(recordings).sort()) {
  const reader = readers[name.split(".")[0]];
  if (!reader) continue;
  const all = readFileSync(`${recordings}/${name}`), mark = "\n%% want\n";
  const at = all.indexOf(mark);
  body = all.subarray(0, at);
  const got = await limit(reader(base), 5000).then((o) => ({ ...o, failed: false }), (e) => ({ failed: true, why: String(e.message).split("\n")[0] }));
  const want = all.toString("utf8", at + mark.length);
  const reason = /^client otherwise: (.+)$/m.exec(want)?.[1];
  const found = differs(wish(want), got);
  seen++;
  if (reason) otherwise++;
  if (!found !== !reason) {
    faults++;
    console.log(found ? `${name}: ${found}` : `${name}: does not differ, and it is said that ${reason}`);
  }
}
console.log(`${seen} recordings, ${otherwise} read otherwise on purpose, ${faults} faults`);
process.exit(faults ? 1 : 0);
