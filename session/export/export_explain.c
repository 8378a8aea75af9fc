/* --explanations: results of the flow `explain` for a module, its blocks or its
 * lines.
 *
 * The flow is an exchange with the backend "flow"; the question to the model
 * follows it, outside the conversation, with the module's text in a fence. For a
 * module or a place, the answer is one row. For a module's blocks and lines each
 * line of the answer, "12-18: words", is one row, with these lines of the fence as
 * its code; a line that refers to no existing lines makes no row.
 * Code in an answer is left out, as the flow does; code alone makes no row.
 */
#include "config.h"

#include "session/export/export.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer.h"
#include "session/answer/answer_note.h"
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
	bool many;	   /* each line of the answer describes some lines of the code */
	struct slice code; /* from the question's fence */
	struct str *out;
	size_t n;
};

/* True if the question is that of explain_flow.c, for a module or a place in a file. */
static bool is_one(struct explained *x)
{
	const char *flow = str_cstr(&x->flow->question), *ask = str_cstr(&x->ask->question);

	x->many = false;
	x->grain = NULL;
	if (str_starts(ask, "Explain the module ")) {
		x->grain = strstr(flow, "--grain=line")	   ? "line"
			   : strstr(flow, "--grain=block") ? "block"
							   : "module";
		x->many = strcmp(x->grain, "module") != 0;
	} else if (str_starts(ask, "Explain this line of ")) {
		x->grain = "line";
	} else if (str_starts(ask, "Explain this block of ")) {
		x->grain = "block";
	}
	return x->grain != NULL;
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

static void row(struct explained *x, struct slice code, struct slice words, unsigned long first,
		unsigned long last)
{
	struct str text = STR_INIT;

	if (!words.n)
		return; /* nothing to learn from */
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

static void explanation(struct explained *x)
{
	struct str prose = STR_INIT;
	struct slice rest;

	x->code = code_of(&x->ask->question);
	if (!x->code.n || x->ask->cut || x->ask->error.len)
		return;
	answer_prose(str_cstr(&x->ask->answer), x->ask->answer.len, &prose);
	rest = (struct slice){ str_cstr(&prose), prose.len };
	if (!x->many)
		row(x, x->code, slice_trim(rest), 0, 0);
	while (x->many && rest.n) {
		struct answer_note n;
		struct slice code;

		if (!answer_note(slice_line(&rest), NULL, &n))
			continue;
		code = slice_part(x->code, n.first, n.last);
		if (code.n)
			row(x, code, n.words, n.first, n.last);
	}
	str_free(&prose);
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
		x.ask = a;
		if (x.flow && a != x.flow && is_one(&x))
			explanation(&x);
	}
	return x.n;
}
