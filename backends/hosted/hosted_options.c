/* Parses the options of a hosted backend. Values are checked here, before anything is
 * sent: a server's reply to a temperature of 20 is an error about JSON. Strings that
 * requests point to are kept while the backend is open.
 */
#include "config.h"

#include "backends/hosted/hosted.h"

#include <stddef.h>
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
	{ "role", "system|developer", "of the instructions (openai)" },
	{ "version", "DATE", "of the interface (anthropic)" },
	{ "body.", "FIELD=JSON", "a field of the request in place of ours; null leaves it out" },
	{ "max_tokens_field", "NAME", "max_tokens or max_completion_tokens (openai)" },
	{ "stream_options", "on|off", "whether usage is asked for at the end (openai)" },
	{ "fill", "on|off", "it can fill a gap, for `complete` (openai, ollama)" },
	{ "connect_ms", "N", "how long a connection may take" },
	{ "first_byte_ms", "N", "how long until an answer begins" },
	{ "stall_ms", "N", "how long it may pause" },
	{ "retries", "N", "how often a question is tried again, 0 to 10" },
	{ "retry_base_ms", "N", "the pause before the first retry" },
	{ NULL, NULL, NULL },
};

/* How the value of an option is read, and where to. */
struct reader {
	const char *name; /* with its "=", or "header." for every name that begins so */
	bool (*read)(struct hosted *b, const struct reader *r, const char *value, struct err *err);
	size_t at;		 /* in struct hosted, where the reader has no place of its own */
	const char *one, *other; /* the values that there are, of read_choice() */
	const char *only;	 /* the protocol that has a use for it; NULL: all */
};

static void *place(struct hosted *b, const struct reader *r)
{
	return (char *)b + r->at;
}

static bool wrong(const struct reader *r, const char *value, const char *wanted, struct err *err)
{
	return err_set(err, ERR_USAGE, "%s%s: %s expected", r->name, value, wanted);
}

static bool read_ms(struct hosted *b, const struct reader *r, const char *value, struct err *err)
{
	char *end;
	unsigned long v = strtoul(value, &end, 10);

	if (end == value || *end || v == 0 || v > 86400000)
		return wrong(r, value, "milliseconds were", err);
	*(uint64_t *)place(b, r) = v;
	return true;
}

static bool read_tokens(struct hosted *b, const struct reader *r, const char *value,
			struct err *err)
{
	size_t n = strlen(value);

	if (n == 0 || n > 9 || strspn(value, "0123456789") != n || strtoul(value, NULL, 10) == 0)
		return wrong(r, value, "a number of tokens was", err);
	*(size_t *)place(b, r) = strtoul(value, NULL, 10);
	return true;
}

static bool read_text(struct hosted *b, const struct reader *r, const char *value, struct err *err)
{
	strv_add(&b->texts, value);
	*(const char **)place(b, r) = b->texts.v[b->texts.n - 1];
	return true;
}

static bool is_choice(const struct reader *r, const char *value, struct err *err)
{
	return strcmp(value, r->one) == 0 || strcmp(value, r->other) == 0 ||
	       err_set(err, ERR_USAGE, "%s%s: %s or %s was expected", r->name, value, r->one,
		       r->other);
}

static bool read_choice(struct hosted *b, const struct reader *r, const char *value,
			struct err *err)
{
	return is_choice(r, value, err) && read_text(b, r, value, err);
}

/* True stands for `one`. */
static bool read_switch(struct hosted *b, const struct reader *r, const char *value,
			struct err *err)
{
	*(bool *)place(b, r) = strcmp(value, r->one) == 0;
	return is_choice(r, value, err);
}

static bool read_fill(struct hosted *b, const struct reader *r, const char *value, struct err *err)
{
	if (!read_switch(b, r, value, err))
		return false;
	return !b->fills || b->wire->fill ||
	       err_set(err, ERR_USAGE, "%s%s: %s fills no gap", r->name, value, b->wire->protocol);
}

static bool read_temperature(struct hosted *b, const struct reader *r, const char *value,
			     struct err *err)
{
	char *end;
	double t = strtod(value, &end);

	if (end == value || *end || !(t >= 0 && t <= 2) ||
	    strspn(value, "0123456789.") != strlen(value) || value[0] == '.' || end[-1] == '.')
		return wrong(r, value, "a number from 0 to 2 was", err);
	return read_text(b, r, value, err);
}

static bool read_retries(struct hosted *b, const struct reader *r, const char *value,
			 struct err *err)
{
	if (!wire_is_number(value) || strlen(value) > 2 || strtoul(value, NULL, 10) > 10)
		return wrong(r, value, "0 to 10 was", err);
	b->retries = (unsigned)strtoul(value, NULL, 10);
	return true;
}

static bool read_header(struct hosted *b, const struct reader *r, const char *value,
			struct err *err)
{
	if (!header_check(value, err))
		return false;
	strv_add(&b->headers, value);
	return true;
}

/* Refuses two values for one place: for the same field, or for an object and a field in it. */
static bool is_free(const struct hosted *b, const char *field, struct err *err)
{
	size_t n = strcspn(field, "=");

	for (size_t i = 0; i < b->fields.n; i++) {
		const char *other = b->fields.v[i];
		size_t len = strcspn(other, "="), both = n < len ? n : len;

		if (memcmp(field, other, both) == 0 &&
		    (n == len || (n < len ? other : field)[both] == '.'))
			return err_set(err, ERR_USAGE, "body.%.*s: body.%.*s has a value already",
				       (int)n, field, (int)len, other);
	}
	return true;
}

static bool read_field(struct hosted *b, const struct reader *r, const char *value, struct err *err)
{
	const char *json = strchr(value, '=') + 1;
	int name = (int)(json - 1 - value);
	cJSON *o = json_parse_strict(json, strlen(json), err);
	unsigned dots = 0;

	if (!o)
		return err_prefix(err, "body.%.*s", name, value);
	cJSON_Delete(o);
	for (const char *c = value; c < json; c++)
		dots += *c == '.';
	if (dots > FIELD_DEPTH)
		return err_set(err, ERR_USAGE, "body.%.*s: more than %u objects in each other",
			       name, value, FIELD_DEPTH);
	if (!is_free(b, value, err))
		return false;
	strv_add(&b->fields, value);
	return true;
}

static void read_ca(struct hosted *b, const char *root, const char *value)
{
	free(b->ca);
	b->ca = root && value[0] != '/' ? str_fmt("%s/%s", root, value) : mem_strdup(value);
}

#define AT(member) offsetof(struct hosted, member)
static const struct reader readers[] = {
	{ "header.", read_header },
	{ "body.", read_field },
	{ "context=", read_tokens, AT(settings.context) },
	{ "max_output=", read_tokens, AT(settings.max_output) },
	{ "temperature=", read_temperature, AT(settings.temperature) },
	{ "reasoning=", read_text, AT(settings.reasoning) },
	{ "role=", read_choice, AT(settings.role), "system", "developer", "openai" },
	{ "version=", read_choice, AT(settings.version), "2023-06-01", "2026-10-21", "anthropic" },
	{ "max_tokens_field=", read_choice, AT(settings.max_tokens_field), "max_tokens",
	  "max_completion_tokens", "openai" },
	{ "stream_options=", read_switch, AT(settings.no_stream_options), "off", "on", "openai" },
	{ "fill=", read_fill, AT(fills), "on", "off" },
	{ "connect_ms=", read_ms, AT(connect_ms) },
	{ "first_byte_ms=", read_ms, AT(first_byte_ms) },
	{ "stall_ms=", read_ms, AT(stall_ms) },
	{ "retry_base_ms=", read_ms, AT(retry_base_ms) },
	{ "retries=", read_retries },
};

bool hosted_option(struct hosted *b, const struct backend_config *cfg, const char *option,
		   struct err *err)
{
	if (str_starts(option, "ca=")) {
		read_ca(b, cfg->root, option + 3);
		return true;
	}
	for (size_t i = 0; i < sizeof(readers) / sizeof(*readers); i++) {
		const struct reader *r = &readers[i];

		if (!str_starts(option, r->name))
			continue;
		if (r->only && strcmp(r->only, b->wire->protocol) != 0)
			return err_set(err, ERR_USAGE, "%s: only %s has a use for it", option,
				       r->only);
		return r->read(b, r, option + strlen(r->name), err);
	}
	return err_set(err, ERR_USAGE, "option %s is not known", option);
}
