/* Shared by the two forms of a protocol: chat (wire_openai.c, wire_ollama.c) and
 * filling a gap (wire_fill.c). */
#include "config.h"

#include "backends/wire/wire.h"
#include "session/base/json.h"
#include "session/model/prompt.h"

#define CONTEXT_MIN 8192u
#define CONTEXT_MAX (1u << 20)
#define ANSWER	    4096u /* tokens reserved for an answer */

/* openai ---------------------------------------------------------------------------------- */

void wire_openai_usage_wanted(struct wire_body *b, const struct wire_settings *s)
{
	if (s->no_stream_options || !body_open(b, "stream_options"))
		return;
	body_raw(b, "include_usage", "true");
	body_close(b);
}

void wire_openai_usage(struct wire_stream *s, const cJSON *o)
{
	const cJSON *u = json_object(o, "usage");
	const cJSON *details = json_object(u, "prompt_tokens_details");
	long in = wire_number(u, "prompt_tokens", wire_count(u, "input_tokens")),
	     out = wire_number(u, "completion_tokens", wire_count(u, "output_tokens")),
	     total = wire_count(u, "total_tokens"),
	     reasoning =
		     wire_count(json_object(u, "completion_tokens_details"), "reasoning_tokens");

	if (!u || (s->has_usage && in <= 0 && out <= 0)) /* zeros behind the counts */
		return;
	/* Google and xAI leave the thoughts out of completion_tokens, but not of the total. */
	if (in >= 0 && out >= 0 && total > in + out &&
	    (reasoning < 0 || reasoning == total - in - out))
		out = total - in;
	wire_usage(s, in, out, wire_count(details, "cached_tokens"), reasoning);
	wire_written(s, wire_count(details, "cache_write_tokens"));
}

enum finish_reason wire_openai_finish(const char *reason)
{
	static const struct wire_reason all[] = {
		{ "stop", FINISH_STOP },
		{ "length", FINISH_LENGTH },
		{ "tool_calls", FINISH_TOOLS },
		{ "function_call", FINISH_TOOLS },
		{ "content_filter", FINISH_FILTER },
		{ "max_tokens", FINISH_LENGTH },
		{ "max_output_tokens", FINISH_LENGTH },
		{ "model_length", FINISH_LENGTH },
		{ "end_turn", FINISH_STOP },
		{ "eos", FINISH_STOP },
		{ "eos_token", FINISH_STOP },
		{ "stop_sequence", FINISH_STOP },
		{ "complete", FINISH_STOP },
		{ "safety", FINISH_FILTER },
		{ "sensitive", FINISH_FILTER },
		{ "recitation", FINISH_FILTER },
		{ "refusal", FINISH_FILTER },
		{ NULL, FINISH_OTHER },
	};

	return wire_reason_find(all, reason);
}

/* ollama ---------------------------------------------------------------------------------- */

static size_t context_of(const struct prompt *p, const struct wire_settings *s)
{
	size_t output = wire_most(p, s);
	size_t want = p->tokens + p->tokens / 4 + (output ? output : ANSWER), n = CONTEXT_MIN;

	if (s->context)
		return s->context;
	while (n < want && n < CONTEXT_MAX)
		n *= 2;
	return n;
}

void wire_ollama_options(struct wire_body *b, const struct prompt *p, const struct wire_settings *s,
			 size_t output)
{
	if (!body_open(b, "options"))
		return;
	body_number(b, "num_ctx", context_of(p, s));
	body_number(b, "num_predict", output);
	body_raw(b, "temperature", s->temperature);
	body_number(b, "seed", p->seed);
	body_close(b);
}

enum wire_state wire_ollama_end(struct wire_stream *s, const cJSON *o)
{
	static const struct wire_reason reasons[] = { { "stop", FINISH_STOP },
						      { "length", FINISH_LENGTH },
						      { NULL, FINISH_OTHER } };
	const char *reason = json_string(o, "done_reason");

	if (!json_bool(o, "done", false))
		return WIRE_MORE;
	wire_usage(s, wire_count(o, "prompt_eval_count"), wire_count(o, "eval_count"), -1, -1);
	wire_finish(s, reason ? wire_reason_find(reasons, reason) : FINISH_STOP);
	return WIRE_WHOLE;
}
