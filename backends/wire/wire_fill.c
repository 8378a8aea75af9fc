/* Filling in the middle: the request has two sides, the answer is the text between
 * them.
 *
 *   openai  POST .../completions   {"prompt","suffix","stream"}; choices[0].text
 *   ollama  POST /api/generate     {"prompt","suffix","stream"}; response
 *
 * Both are older than chats and have no messages: other context for the model goes into
 * the text before the gap. Used if the backend has fill=on and the prompt has a fill.
 */
#include "config.h"

#include "backends/wire/wire.h"
#include "session/base/json.h"
#include "session/model/prompt.h"

#define FILL_TOKENS 400u /* limit of the text in the gap */

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

static size_t most(const struct prompt *p, const struct wire_settings *s)
{
	size_t most = wire_most(p, s);

	return most && most < FILL_TOKENS ? most : FILL_TOKENS;
}

/* openai ---------------------------------------------------------------------------------- */

static void openai_request(const struct prompt *p, const struct wire_settings *s, struct str *out)
{
	struct wire_body b;

	body_begin(&b, s, out);
	body_text(&b, "model", s->model);
	put_sides(p, &b, out);
	wire_openai_usage_wanted(&b, s);
	body_number(&b, "max_tokens", most(p, s));
	body_raw(&b, "temperature", s->temperature);
	body_end(&b);
}

static enum wire_state openai_event(struct wire_stream *s, const char *name, const cJSON *o,
				    struct err *err)
{
	const cJSON *choices = json_array(o, "choices"), *c;

	wire_start(s, json_string(o, "model"));
	cJSON_ArrayForEach(c, choices) {
		if (json_number(c, "index", 0) != 0)
			continue;
		wire_text(s, json_string(c, "text"));
		if (json_string(c, "finish_reason"))
			wire_finish(s, wire_openai_finish(json_string(c, "finish_reason")));
	}
	wire_openai_usage(s, o);
	return WIRE_MORE;
}

const struct wire wire_openai_fill = {
	.protocol = "openai",
	.done_mark = true,
	.ask_path = "/completions",
	.request = openai_request,
	.event = openai_event,
};

/* ollama ---------------------------------------------------------------------------------- */

static void ollama_request(const struct prompt *p, const struct wire_settings *s, struct str *out)
{
	struct wire_body b;

	body_begin(&b, s, out);
	body_text(&b, "model", s->model);
	put_sides(p, &b, out);
	wire_ollama_options(&b, p, s, most(p, s));
	body_end(&b);
}

static enum wire_state ollama_event(struct wire_stream *s, const char *name, const cJSON *o,
				    struct err *err)
{
	wire_start(s, json_string(o, "model"));
	wire_text(s, json_string(o, "response"));
	return wire_ollama_end(s, o);
}

const struct wire wire_ollama_fill = {
	.protocol = "ollama",
	.lines = true,
	.ask_path = "/api/generate",
	.request = ollama_request,
	.event = ollama_event,
};
