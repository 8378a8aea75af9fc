/* Parses the options of a hosted backend. Values are checked here, before anything is
 * sent: a server's reply to a temperature of 20 is an error about JSON. Strings that
 * requests point to are kept while the backend is open.
 */
#include "config.h"

#include "backends/hosted/hosted.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/text/header.h"

#define FIELD_DEPTH 8u /* objects in each other that body. may write */

const struct backend_option hosted_options[] = {
	{ "url", "ADDRESS", "the server's; may have a query part (?api-version=...)" },
	{ "model", "NAME", "without it the server's only one" },
	{ "key", "env:NAME|cmd:PROGRAM", "where the key is found; it is written to no file" },
	{ "header.", "NAME=VALUE", "a further header; its value may be env:NAME or cmd:PROGRAM" },
	{ "ca", "FILE", "certificates to trust besides the system's" },
	{ "context", "TOKENS", "what the model can read at once (ollama: it is made so)" },
	{ "max_output", "TOKENS", "how long an answer may be" },
	{ "temperature", "0..2", "how much the model varies" },
	{ "reasoning", "LEVEL", "low, medium, high, off, or a number of tokens" },
	{ "role", "system|developer", "of the instructions" },
	{ "version", "DATE", "of the interface (anthropic)" },
	{ "body.", "FIELD=JSON", "a field of the request in place of ours; null leaves it out" },
	{ "max_tokens_field", "NAME", "max_tokens or max_completion_tokens" },
	{ "stream_options", "on|off", "whether usage is asked for at the end (openai)" },
	{ "fill", "on|off", "it can fill a gap, for `complete` (openai, ollama)" },
	{ "connect_ms", "N", "how long a connection may take" },
	{ "first_byte_ms", "N", "how long until an answer begins" },
	{ "stall_ms", "N", "how long it may pause" },
	{ "retries", "N", "how often a question is tried again, 0 to 10" },
	{ "retry_base_ms", "N", "the pause before the first retry" },
	{ NULL, NULL, NULL },
};

static bool set_ms(const char *value, uint64_t *out, const char *option, struct err *err)
{
	char *end;
	unsigned long v = strtoul(value, &end, 10);

	if (end == value || *end || v == 0 || v > 86400000)
		return err_set(err, ERR_USAGE, "%s: milliseconds were expected", option);
	*out = v;
	return true;
}

static const char *keep(struct hosted *b, const char *text)
{
	strv_add(&b->texts, text);
	return b->texts.v[b->texts.n - 1];
}

static bool set_choice(struct hosted *b, const char *value, const char *one, const char *other,
		       const char **out, const char *option, struct err *err)
{
	if (strcmp(value, one) != 0 && strcmp(value, other) != 0)
		return err_set(err, ERR_USAGE, "%s: %s or %s was expected", option, one, other);
	*out = keep(b, value);
	return true;
}

static bool set_temperature(struct hosted *b, const char *value, const char *option,
			    struct err *err)
{
	char *end;
	double t = strtod(value, &end);

	if (end == value || *end || !(t >= 0 && t <= 2) ||
	    strspn(value, "0123456789.") != strlen(value) || value[0] == '.' || end[-1] == '.')
		return err_set(err, ERR_USAGE, "%s: a number from 0 to 2 was expected", option);
	b->settings.temperature = keep(b, value);
	return true;
}

static bool set_header(struct hosted *b, const char *option, struct err *err)
{
	if (!header_check(option, err))
		return false;
	strv_add(&b->headers, option);
	return true;
}

static bool set_field(struct hosted *b, const char *option, struct err *err)
{
	const char *json = strchr(option, '=') + 1;
	cJSON *o = json_parse_strict(json, strlen(json), err);
	unsigned dots = 0;

	for (const char *c = option; c < json; c++)
		dots += *c == '.';
	if (o && dots > FIELD_DEPTH) {
		cJSON_Delete(o);
		return err_set(err, ERR_USAGE, "body.%.*s: more than %u objects in each other",
			       (int)(json - 1 - option), option, FIELD_DEPTH);
	}
	if (!o)
		return err_prefix(err, "body.%.*s", (int)(json - 1 - option), option);
	cJSON_Delete(o);
	strv_add(&b->fields, option);
	return true;
}

static bool set_tokens(const char *value, size_t *out, const char *option, struct err *err)
{
	size_t n = strlen(value);

	if (n == 0 || n > 9 || strspn(value, "0123456789") != n || strtoul(value, NULL, 10) == 0)
		return err_set(err, ERR_USAGE, "%s: a number of tokens was expected", option);
	*out = strtoul(value, NULL, 10);
	return true;
}

static bool set_number(struct hosted *b, const char *option, const char *value, struct err *err)
{
	struct {
		const char *name;
		uint64_t *out;
	} clocks[] = {
		{ "connect_ms=", &b->connect_ms },
		{ "first_byte_ms=", &b->first_byte_ms },
		{ "stall_ms=", &b->stall_ms },
		{ "retry_base_ms=", &b->retry_base_ms },
	};

	for (size_t i = 0; i < sizeof(clocks) / sizeof(*clocks); i++)
		if (str_starts(option, clocks[i].name))
			return set_ms(value, clocks[i].out, option, err);
	if (str_starts(option, "retries=")) {
		if (!wire_is_number(value) || strlen(value) > 2 || strtoul(value, NULL, 10) > 10)
			return err_set(err, ERR_USAGE, "%s: 0 to 10 was expected", option);
		b->retries = (unsigned)strtoul(value, NULL, 10);
		return true;
	}
	if (str_starts(option, "max_output="))
		return set_tokens(value, &b->settings.max_output, option, err);
	return str_starts(option, "context=")
		       ? set_tokens(value, &b->settings.context, option, err)
		       : err_set(err, ERR_USAGE, "option %s is not known", option);
}

bool hosted_option(struct hosted *b, const struct backend_config *cfg, const char *option,
		   struct err *err)
{
	const char *value = strchr(option, '=') + 1;
	struct wire_settings *s = &b->settings;
	const char *on_off = NULL;

	if (str_starts(option, "header."))
		return set_header(b, option + 7, err);
	if (str_starts(option, "body."))
		return set_field(b, option + 5, err);
	if (str_starts(option, "temperature="))
		return set_temperature(b, value, option, err);
	if (str_starts(option, "max_tokens_field="))
		return set_choice(b, value, "max_tokens", "max_completion_tokens",
				  &s->max_tokens_field, option, err);
	if (str_starts(option, "role="))
		return set_choice(b, value, "system", "developer", &s->role, option, err);
	if (str_starts(option, "version="))
		return set_choice(b, value, "2023-06-01", "2026-10-21", &s->version, option, err);
	if (str_starts(option, "stream_options=")) {
		bool ok = set_choice(b, value, "on", "off", &on_off, option, err);

		s->no_stream_options = ok && strcmp(on_off, "off") == 0;
		return ok;
	}
	if (str_starts(option, "fill=")) {
		bool ok = set_choice(b, value, "on", "off", &on_off, option, err);

		b->fills = ok && strcmp(on_off, "on") == 0;
		return ok &&
		       (!b->fills || b->wire->fill ||
			err_set(err, ERR_USAGE, "%s: %s fills no gap", option, b->wire->protocol));
	}
	if (str_starts(option, "reasoning=")) {
		s->reasoning = keep(b, value);
		return true;
	}
	if (str_starts(option, "ca=")) {
		free(b->ca);
		b->ca = cfg->root && value[0] != '/' ? str_fmt("%s/%s", cfg->root, value)
						     : mem_strdup(value);
		return true;
	}
	return set_number(b, option, value, err);
}
