/* --explanations: what the flow `explain` was told of a module, its blocks or its lines.
 *
 * The flow is an exchange with the backend "flow"; the question to the model stands beside
 * the conversation behind it, with the module's text in a fence. Of a module the answer is
 * one row. Of blocks and lines each line of it, "12-18: words", is one, with these lines of
 * the fence as its code; a line that names none that is there makes no row. */
#include "config.h"

#include "session/export/export.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/str.h"
#include "session/export/export_row.h"
#include "session/export/story.h"
#include "session/text/slice.h"

#define FENCE "```verilog\n"

struct explained {
	const struct story *s;
	const struct export_context *c;
	const struct story_ask *flow, *ask;
	const char *grain;
	struct slice code; /* in the question's fence */
	struct str *out;
	size_t n;
};

static const char *grain_of(const struct str *question)
{
	const char *text = str_cstr(question);

	return strstr(text, "--grain=line")    ? "line"
	       : strstr(text, "--grain=block") ? "block"
					       : "module";
}

static struct slice code_of(const struct str *question)
{
	const char *at = strstr(str_cstr(question), FENCE), *end;

	if (!at)
		return (struct slice){ NULL, 0 };
	at += strlen(FENCE);
	end = strstr(at, "\n```");
	return (struct slice){ at, end ? (size_t)(end - at) + 1 : strlen(at) };
}

/* Lines first to last of it; n 0: they are not there. */
static struct slice lines_of(struct slice code, unsigned long first, unsigned long last)
{
	struct slice found = { code.p, 0 }, rest = code;
	unsigned long n = 0;

	if (!first || last < first)
		return found;
	while (rest.n && n < last) {
		struct slice l = slice_line(&rest);

		if (++n == first)
			found.p = l.p;
		if (n == last)
			found.n = (size_t)(l.p + l.n - found.p);
	}
	return found;
}

static void row(struct explained *x, struct slice code, struct slice words, unsigned long first,
		unsigned long last)
{
	struct str text = STR_INIT;

	str_adds(x->out, "{\"session\":");
	json_quote(x->out, x->s->id, strlen(x->s->id));
	row_text(x->out, "project", x->c->title);
	str_adds(x->out, ",\"consent\":true");
	row_text(x->out, "grain", x->grain);
	row_str(x->out, "backend", &x->ask->backend);
	row_str(x->out, "model", &x->ask->model);
	if (first)
		str_addf(x->out, ",\"lines\":[%lu,%lu]", first, last);
	str_add(&text, code.p, code.n);
	row_str(x->out, "code", &text);
	row_source(x->s, x->c, &text, x->out);
	str_clear(&text);
	str_add(&text, words.p, words.n);
	row_str(x->out, "explanation", &text);
	str_adds(x->out, "}\n");
	x->n++;
	str_free(&text);
}

/* "- 12-18: words". */
static void part(struct explained *x, struct slice l)
{
	unsigned long first, last;
	struct slice words, code;
	char *text, *end;

	while (l.n && strchr("-* `", l.p[0]))
		l = slice_from(l, 1);
	text = slice_dup(l);
	first = last = strtoul(text, &end, 10);
	if (end > text && *end == '-')
		last = strtoul(end + 1, &end, 10);
	code = lines_of(x->code, first, last);
	if (end > text && *end == ':' && code.n) {
		words = slice_trim(slice_from(l, (size_t)(end - text) + 1));
		if (words.n)
			row(x, code, words, first, last);
	}
	free(text);
}

static void explanation(struct explained *x)
{
	struct slice rest = { str_cstr(&x->ask->answer), x->ask->answer.len };

	x->code = code_of(&x->ask->question);
	if (!x->code.n || x->ask->cut || x->ask->error.len)
		return;
	if (strcmp(x->grain, "module") == 0) {
		row(x, x->code, slice_trim(rest), 0, 0);
		return;
	}
	while (rest.n)
		part(x, slice_trim(slice_line(&rest)));
}

size_t export_explanations(const struct story *s, const struct export_context *c, struct str *out)
{
	struct explained x = { .s = s, .c = c, .out = out };

	for (size_t i = 0; s->consent && i < s->n_asks; i++) {
		const struct story_ask *a = &s->asks[i];

		if (strcmp(str_cstr(&a->backend), "flow") == 0)
			x.flow = str_starts(str_cstr(&a->question), "/explain") ? a : NULL;
		else if (!a->beside)
			x.flow = NULL;
		if (!x.flow || a == x.flow ||
		    !str_starts(str_cstr(&a->question), "Explain the module "))
			continue;
		x.ask = a;
		x.grain = grain_of(&x.flow->question);
		explanation(&x);
	}
	return x.n;
}
