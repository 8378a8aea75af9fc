// clients.mjs - what the official clients read in our recordings: tests/unit/wires/
// PROTOCOL.NAME holds what a server says and, behind "%% want", what posedge reads in it.
// A server replays each to the client of its protocol, in slices, and text, calls, the
// reason for the end and whether it failed are compared. Where they differ, the table
// below says why posedge does otherwise; what stands there and does not differ is a fault, too.
//
//     node clients.mjs MODULES RECORDINGS
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";

const [modules, recordings] = process.argv.slice(2);
const OpenAI = (await import(`${modules}/openai/index.mjs`)).default;
const Anthropic = (await import(`${modules}/@anthropic-ai/sdk/index.mjs`)).default;
const { GoogleGenAI } = await import(`${modules}/@google/genai/dist/node/index.mjs`);
const { Ollama } = await import(`${modules}/ollama/dist/index.mjs`);

// Why posedge reads these otherwise.
const named = "the client goes by the names of events, which llama-server and others leave out";
const streams = "the client takes no answer that comes whole to a request for a stream";
const known = {
  "anthropic.args_twice": "a server sends the arguments twice",
  "anthropic.done_mark": "a proxy ends by [DONE]",
  "anthropic.input_at_start_as_text": "arguments that come as a text are the JSON in it",
  "anthropic.length": "arguments that are cut stay as they are, and are not run",
  "anthropic.llama": named,
  "anthropic.no_names": named,
  "anthropic.surrogate": named,
  "anthropic.think_marks": "<think> begins reasoning also where the server does not look for it",
  "anthropic.whole": streams,
  "gemini.list": "a proxy without alt=sse sends a list",
  "gemini.malformed": "a call that Gemini could not form is no answer",
  "gemini.no_signature": "a turn without its signature is no answer",
  "gemini.odd": "what should be text and is a number is left out",
  "gemini.parts_object": "a proxy sends one part in place of a list",
  "ollama.args_as_text": "arguments that come as a text are the JSON in it",
  "ollama.events": "a proxy sends the lines as events",
  "ollama.generate": "a server answers as if to /api/generate",
  "ollama.load": "a model that was only loaded answered nothing",
  "ollama.think_marks": "<think> begins reasoning also where the server does not look for it",
  "openai-responses.args_object": "servers send the arguments as an object",
  "openai-responses.call_at_end": "a call that comes only with the last event is read, too",
  "openai-responses.only_end": "text that comes only with the last event is read, too",
  "openai-responses.refusal_empty": "text that comes only with the last event of an item is read, too",
  "openai-responses.text_done_only": "text that comes without deltas is read, too",
  "openai-responses.text_done_parts": "text that comes without deltas is read, too",
  "openai-responses.think_marks": "<think> begins reasoning also where the server does not look for it",
  "openai-responses.whole": streams,
  "openai.args_as_text": "arguments that come as a text are the JSON in it",
  "openai.args_empty_first": "a proxy sends an empty object ahead of the fragments",
  "openai.args_summary_as_text": "a proxy sends the arguments once more as a text",
  "openai.args_twice": "a server sends the arguments twice",
  "openai.args_whole_behind_part": "a server sends the arguments whole behind a part of them",
  "openai.bare_lines": "a server sends lines of JSON without the form of events",
  "openai.call_flat": "servers leave the level of the function out",
  "openai.call_name_channel": "servers leave marks of the template in a name",
  "openai.call_name_in_parts": "servers send the name in parts",
  "openai.call_name_prefix": "servers put a name space before a name",
  "openai.call_object": "a server sends one call in place of a list",
  "openai.call_old": "function_call is the call of an old server",
  "openai.call_with_text_after": "servers give two calls the same index",
  "openai.calls_no_index": "servers leave the index out",
  "openai.calls_one_index": "servers give two calls the same index",
  "openai.calls_one_index_no_id": "servers give two calls the same index, and no ids",
  "openai.calls_one_list": "servers leave the index out",
  "openai.choice_alone": "a server sends one choice in place of a list",
  "openai.choice_text": "a server answers as if to its older interface",
  "openai.content_object": "content that is an object is the text in it",
  "openai.data_twice": "a proxy writes data: twice",
  "openai.error_finish": "an end by error is one",
  "openai.event_alone": "an event without data is none",
  "openai.events_joined": "servers leave the empty line between events out",
  "openai.finish_complete": "COMPLETE is Cohere's stop",
  "openai.finish_empty_cut": "\"\" and \"null\" are no reason for an end",
  "openai.finish_native": "an end by error is one, also of the provider behind a router",
  "openai.finish_network": "an end by error is one",
  "openai.gemini_signature": "servers leave the index out",
  "openai.gemini_signature_alone": "a call's signature may come behind it",
  "openai.gemini_signature_split": "servers leave the index out",
  "openai.keep_alive_data": "an event without data is none",
  "openai.message": "servers send message in place of delta",
  "openai.mistral": "Mistral sends parts in place of text",
  "openai.nan": "NaN is what Python writes",
  "openai.surrogate_lost": "half a character is U+FFFD",
  "openai.text_again": "proxies send the text once more in one piece",
  "openai.think_marks": "<think> begins reasoning also where the server does not look for it",
  "openai.think_marks_brackets": "[THINK] begins reasoning also where the server does not look for it",
  "openai.think_marks_channel": "a channel of thoughts is reasoning",
  "openai.think_marks_gemma": "a channel of thoughts is reasoning",
  "openai.think_marks_thought": "<thought> begins reasoning also where the server does not look for it",
  "openai.whole": streams,
};

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
let same = 0, faults = 0;
const seen = new Set();
for (const name of readdirSync(recordings).sort()) {
  const reader = readers[name.split(".")[0]];
  if (!reader) continue;
  const all = readFileSync(`${recordings}/${name}`), mark = "\n%% want\n";
  const at = all.indexOf(mark);
  body = all.subarray(0, at);
  const got = await limit(reader(base), 5000).then((o) => ({ ...o, failed: false }), (e) => ({ failed: true, why: String(e.message).split("\n")[0] }));
  const found = differs(wish(all.toString("utf8", at + mark.length)), got);
  seen.add(name);
  if (!found === !known[name]) same++;
  else {
    faults++;
    console.log(found ? `${name}: ${found}` : `${name}: does not differ, and it is said that ${known[name]}`);
  }
}
for (const name of Object.keys(known)) if (!seen.has(name)) { faults++; console.log(`${name}: there is no such recording`); }
console.log(`${seen.size} recordings, ${Object.keys(known).length} read otherwise on purpose, ${faults} faults`);
process.exit(faults ? 1 : 0);
