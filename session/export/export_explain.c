/* --explanations: results of the flow `explain` for a module, its blocks or its
 * lines.
 *
 * The flow is an exchange with the backend "flow"; the question to the model
 * follows it, outside the conversation, with the module's text in a fence. The flow
 * refuses some answers and asks again, so its own answer counts: it begins with the
 * words that were kept, which are those of its last question. For a module or a place
 * they are one row. For a module's blocks and lines each line, "q.sv:12-18: words", is
 * one row, with these lines of the fence as its code.
 */
#include "config.h"

#include "session/export/export.h"

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
static bool is_one(struct explained *x, const struct story_ask *a)
{
	const char *flow = str_cstr(&x->flow->question), *ask = str_cstr(&a->question);
	const char *grain = NULL;

	if (str_starts(ask, "Explain the module ")) {
		grain = strstr(flow, "--grain=line")	? "line"
			: strstr(flow, "--grain=block") ? "block"
							: "module";
	} else if (str_starts(ask, "Explain this line of ")) {
		grain = "line";
	} else if (str_starts(ask, "Explain this block of ")) {
		grain = "block";
	}
	if (!grain)
		return false;
	x->grain = grain;
	x->many = str_starts(ask, "Explain the module ") && strcmp(grain, "module") != 0;
	return true;
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

	/* Nothing to learn from, or code in the words, which an older posedge kept. */
	if (!words.n || memmem(words.p, words.n, "```", 3))
		return;
	str_adds(x->out, "{\"session\":");
	json_quote(x->out, x->s->id, strlen(x->s->id));
	json_add_text(x->out, "project", x->c->title);
	str_adds(x->out, ",\"consent\":true");
	json_add_text(x->out, "grain", x->grain);
	row_str(x->out, "backend", &x->ask->backend);
	row_str(x->out, "model", &x->ask->model);
	if (first)
		str_addf(x->out, ",\"lines\":[%lu,%lu]", first, last);
	str_add(&text, code.p, code.n);
	row_str(x->out, "code", &text);
	row_source(x->s, x->c, &x->ask->question, x->out); /* it has the whole file */
	str_clear(&text);
	str_add(&text, words.p, words.n);
	row_str(x->out, "explanation", &text);
	str_adds(x->out, "}\n");
	x->n++;
	str_free(&text);
}

/* The words for one module or place, if the flow kept them. */
static void one(struct explained *x, struct slice kept)
{
	struct str prose = STR_INIT;
	struct slice words;

	answer_prose(str_cstr(&x->ask->answer), x->ask->answer.len, &prose);
	words = slice_trim((struct slice){ str_cstr(&prose), prose.len });
	kept = slice_trim(kept);
	if (words.n && words.n <= kept.n && memcmp(words.p, kept.p, words.n) == 0)
		row(x, x->code, words, 0, 0);
	str_free(&prose);
}

/* The rows of a flow, of which all questions have been seen. */
static void end_flow(struct explained *x)
{
	struct slice rest;

	if (!x->flow || !x->ask)
		return;
	rest = (struct slice){ str_cstr(&x->flow->answer), x->flow->answer.len };
	x->code = code_of(&x->ask->question);
	if (!x->code.n)
		return;
	if (!x->many)
		one(x, rest);
	while (x->many && rest.n) {
		struct answer_note n;
		struct slice code;

		if (!answer_note(slice_line(&rest), NULL, &n))
			continue;
		code = slice_part(x->code, n.first, n.last);
		if (code.n)
			row(x, code, n.words, n.first, n.last);
	}
}

size_t export_explanations(const struct story *s, const struct export_context *c, struct str *out)
{
	struct explained x = { .s = s, .c = c, .out = out };

	for (size_t i = 0; s->consent && i < s->n_asks; i++) {
		const struct story_ask *a = &s->asks[i];
		bool flow = strcmp(str_cstr(&a->backend), "flow") == 0;

		if (flow || !a->beside) {
			end_flow(&x);
			x.flow = flow && str_starts(str_cstr(&a->question), "/explain") ? a : NULL;
			x.ask = NULL;
		} else if (x.flow && code_of(&a->question).n && is_one(&x, a)) {
			x.ask = a;
		}
	}
	end_flow(&x);
	return x.n;
}
