/* Data of the replay: the texts after each moment. */
#include "config.h"

#include "session/export/export_html.h"

#include <string.h>

#include "session/base/json.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/export/export_text.h"
#include "session/export/story.h"

/* Appends a JSON string without any byte that is special in HTML. */
static void quote(struct str *out, const char *text, size_t len)
{
	struct str shown = STR_INIT, json = STR_INIT;

	utf8_show(text, len, &shown);
	json_quote(&json, str_cstr(&shown), shown.len);
	for (size_t i = 0; i < json.len; i++) {
		if (strchr("<>&'", json.data[i]))
			str_addf(out, "\\u%04x", (unsigned)json.data[i]);
		else
			str_addc(out, json.data[i]);
	}
	str_free(&json);
	str_free(&shown);
}

static void member(struct str *out, const char *name, const struct str *text)
{
	str_addf(out, ",\"%s\":", name);
	quote(out, str_cstr(text), text->len);
}

static void versions(const struct story *s, struct str *out)
{
	str_adds(out, "\"versions\":[");
	for (size_t i = 0; i < s->n_versions; i++) {
		const struct story_text *v = &s->versions[i];

		str_addf(out, "%s{\"at\":%llu,\"path\":", i ? "," : "",
			 (unsigned long long)s->moments[v->moment].n);
		quote(out, v->path, strlen(v->path));
		member(out, "letters", &v->letters);
		member(out, "text", &v->text);
		str_addc(out, '}');
	}
	str_addc(out, ']');
}

/* A tool's result at one moment, as it applies at a later one. */
static void said(struct str *out, const struct story *s, const char *name, const struct str *text,
		 size_t from, size_t to)
{
	struct str whole = STR_INIT;

	str_add(&whole, str_cstr(text), text->len);
	if (text->len && story_edited(s, from, to))
		str_adds(&whole, ", edited since");
	member(out, name, &whole);
	str_free(&whole);
}

void html_data(const struct story *s, struct str *out)
{
	struct str clock = STR_INIT, lint = STR_INIT, sim = STR_INIT;
	size_t linted = 0, begun = 0, simulated = 0; /* moments: of the lint, and of the run */
	bool first = true;

	str_addc(out, '{');
	versions(s, out);
	str_adds(out, ",\"moments\":[");
	for (size_t i = 0; i < s->n_moments; i++) {
		const struct moment *m = &s->moments[i];

		if (m->type == EVENT_PIECE)
			continue;
		if (m->type == EVENT_LINT) {
			str_clear(&lint);
			export_findings(&s->lints[m->of], &lint);
			linted = i;
		} else if (m->type == EVENT_RUN && !s->runs[m->of].confirms) {
			begun = i;
		} else if (m->type == EVENT_VERDICT && !s->runs[m->of].confirms) {
			str_clear(&sim);
			story_verdict(&s->runs[m->of], &sim);
			simulated = begun;
		}
		str_clear(&clock);
		export_clock(m->t_ms, &clock);
		str_addf(out, "%s{\"n\":%llu,\"kind\":\"%s\"", first ? "" : ",",
			 (unsigned long long)m->n, event_name(m->type));
		member(out, "clock", &clock);
		member(out, "text", &m->text);
		said(out, s, "lint", &lint, linted, i);
		said(out, s, "sim", &sim, simulated, i);
		str_addc(out, '}');
		first = false;
	}
	str_adds(out, "]}");
	str_free(&clock);
	str_free(&lint);
	str_free(&sim);
}
