/* Filling in the middle: two sides go, what stands between them comes.
 *
 *	openai	POST .../completions  {"prompt","suffix","stream"}; choices[0].text
 *	ollama	POST /api/generate    {"prompt","suffix","stream"}; response
 *
 * Both are older than chats and know no messages: what else the model is to see stands in
 * the text before the gap. Asked for where a backend has fill=on and the prompt two sides.
 */
#include "config.h"

#include <string.h>

#include "backends/wire.h"
#include "session/base/json.h"
#include "session/model/prompt.h"

#define FILL_TOKENS 400u /* where nobody says how long an answer may be */

static void put_side(struct wire_body *b, const char *name, const char *text, size_t n,
		     struct str *out)
{
	if (body_key(b, name))
		json_quote(out, text, n);
}

static void put_sides(const struct prompt *p, struct wire_body *b, struct str *out)
{
	put_side(b, "prompt", p->fill->before, p->fill->n_before, out);
	put_side(b, "suffix", p->fill->behind, p->fill->n_behind, out);
	body_raw(b, "stream", "true");
}

static size_t most(const struct wire_settings *s)
{
	return s->max_output && s->max_output < FILL_TOKENS ? s->max_output : FILL_TOKENS;
}

static enum finish_reason finish_of(const char *reason)
{
	return strcmp(reason, "stop") == 0     ? FINISH_STOP
	       : strcmp(reason, "length") == 0 ? FINISH_LENGTH
					       : FINISH_OTHER;
}

/* openai ---------------------------------------------------------------------------------- */

static char *openai_url(const char *base, const char *model)
{
	return wire_url(base, "/v1", "/completions", NULL);
}

static void openai_request(const struct prompt *p, const struct wire_settings *s, struct str *out)
{
	struct wire_body b;

	body_begin(&b, s, out);
	body_text(&b, "model", s->model);
	put_sides(p, &b, out);
	body_number(&b, "max_tokens", most(s));
	body_raw(&b, "temperature", s->temperature);
	body_end(&b);
}

static enum wire_state openai_event(struct wire_stream *s, const char *name, const cJSON *o,
				    struct err *err)
{
	const cJSON *choices = json_array(o, "choices"), *c, *u = json_object(o, "usage");

	wire_start(s, json_string(o, "model"));
	cJSON_ArrayForEach(c, choices)
	{
		if (json_number(c, "index", 0) != 0)
			continue;
		wire_text(s, json_string(c, "text"));
		if (json_string(c, "finish_reason"))
			wire_finish(s, finish_of(json_string(c, "finish_reason")));
	}
	if (u)
		wire_usage(s, wire_number(u, "prompt_tokens", -1),
			   wire_number(u, "completion_tokens", -1), -1, -1);
	return WIRE_MORE;
}

const struct wire wire_openai_fill = {
	.protocol = "openai",
	.base = "https://api.openai.com/v1",
	.key_header = "Authorization: Bearer ",
	.accept = "text/event-stream",
	.done_mark = true,
	.url = openai_url,
	.request = openai_request,
	.event = openai_event,
};

/* ollama ---------------------------------------------------------------------------------- */

static char *ollama_url(const char *base, const char *model)
{
	return wire_url(base, "", "/api/generate", NULL);
}

static void ollama_request(const struct prompt *p, const struct wire_settings *s, struct str *out)
{
	struct wire_body b;

	body_begin(&b, s, out);
	body_text(&b, "model", s->model);
	put_sides(p, &b, out);
	if (body_open(&b, "options")) {
		body_number(&b, "num_predict", most(s));
		body_raw(&b, "temperature", s->temperature);
		body_close(&b);
	}
	body_end(&b);
}

static enum wire_state ollama_event(struct wire_stream *s, const char *name, const cJSON *o,
				    struct err *err)
{
	const char *reason = json_string(o, "done_reason");

	wire_start(s, json_string(o, "model"));
	wire_text(s, json_string(o, "response"));
	if (!json_bool(o, "done", false))
		return WIRE_MORE;
	wire_usage(s, wire_number(o, "prompt_eval_count", -1), wire_number(o, "eval_count", -1), -1,
		   -1);
	wire_finish(s, reason ? finish_of(reason) : FINISH_STOP);
	return WIRE_WHOLE;
}

const struct wire wire_ollama_fill = {
	.protocol = "ollama",
	.base = "http://127.0.0.1:11434",
	.key_header = "Authorization: Bearer ",
	.accept = "application/x-ndjson",
	.lines = true,
	.needs_model = true,
	.url = ollama_url,
	.request = ollama_request,
	.event = ollama_event,
};
