/* A tool call in the transcript as one row, `> lint path q.v: ok, 3 lines`, that can be
 * unfolded. `done` is shown as its claims; a claim that no tool of the turn supports is
 * grey.
 */
#include "config.h"

#include "ui/widget/chat_call.h"

#include <string.h>

#include "session/base/count.h"
#include "session/base/json.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/journal/state.h"
#include "session/text/slice.h"
#include "ui/look/signs.h"
#include "ui/look/theme.h"
#include "ui/look/wrap.h"
#include "ui/widget/chat_writer.h"

#define ARGS_SHOWN   60 /* bytes of the row */
#define RESULT_SHOWN 90

bool chat_call_shows(const struct exchange_part *p)
{
	return p->kind == EXCHANGE_CALL || p->kind == EXCHANGE_STEER;
}

size_t chat_text_start(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len && text[n] == '\n')
		n++;
	return n;
}

size_t chat_text_end(const char *text, size_t len)
{
	while (len && text[len - 1] == '\n')
		len--;
	return len;
}

static const struct exchange_part *result_of(const struct exchange *x, size_t part)
{
	for (size_t i = part + 1; i < x->n_parts; i++)
		if (x->parts[i].kind == EXCHANGE_RESULT &&
		    strcmp(x->parts[i].id, x->parts[part].id) == 0)
			return &x->parts[i];
	return NULL;
}

/* Appends at most `most` bytes of the first line, never a part of a character. */
static void add_short(struct str *out, const char *text, size_t len, size_t most)
{
	size_t n = 0;

	while (n < len && text[n] != '\n' && n < most)
		n++;
	if (n < len && n == most)
		n -= utf8_partial_tail(text, n);
	str_add(out, text, n);
	if (n < len && text[n] != '\n')
		str_adds(out, sign(SIGN_MORE));
}

/* Appends the arguments in short: "path q.v, from 3". */
static void add_args(struct str *out, const struct str *args)
{
	cJSON *o = json_parse(str_cstr(args), args->len, NULL);
	struct str all = STR_INIT;

	for (const cJSON *a = cJSON_IsObject(o) ? o->child : NULL; a; a = a->next) {
		str_addf(&all, "%s%s ", all.len ? ", " : "", a->string);
		if (cJSON_IsString(a))
			add_short(&all, a->valuestring, strlen(a->valuestring), ARGS_SHOWN);
		else
			json_print(&all, a);
	}
	if (!o)
		str_add(&all, str_cstr(args), args->len);
	add_short(out, str_cstr(&all), all.len, ARGS_SHOWN);
	str_free(&all);
	cJSON_Delete(o);
}

static size_t lines_of(const struct str *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->len; i++)
		n += s->data[i] == '\n' || i + 1 == s->len;
	return n;
}

static void one_row(struct chat_writer *w, const struct exchange_part *c,
		    const struct exchange_part *r, bool over)
{
	struct str text = STR_INIT;

	str_addf(&text, "%s %s", sign(SIGN_FOLDED), c->name);
	if (c->text.len > 2) {
		str_addc(&text, ' ');
		add_args(&text, &c->text);
	}
	if (r && lines_of(&r->text) > 1)
		str_addf(&text, ", %zu line%s", lines_of(&r->text), count_s(lines_of(&r->text)));
	str_adds(&text, r ? ": " : over ? ": not run" : " ...");
	if (r)
		add_short(&text, str_cstr(&r->text), r->text.len, RESULT_SHOWN);
	/* Always one row; unfolding shows the rest. */
	chat_row_add(w, str_cstr(&text), wrap_row(str_cstr(&text), text.len, 0, w->cols, 4),
		     r && r->failed ? STYLE_RISK : STYLE_DIM, NULL);
	str_free(&text);
}

/* The result of `done` has one claim per line; see tools_turn.c. */
static void claims(struct chat_writer *w, const struct exchange_part *r)
{
	struct slice rest = { str_cstr(&r->text), r->text.len };

	while (rest.n) {
		struct slice line = slice_chomp(slice_line(&rest));

		chat_line(w, line.p, line.n,
			  slice_starts(line, "not shown") ? STYLE_DIM : STYLE_TEXT, NULL);
	}
}

void chat_call(struct chat_writer *w, const struct exchange *x, size_t part, bool unfolded)
{
	const struct exchange_part *c = &x->parts[part], *r = result_of(x, part);

	if (c->kind == EXCHANGE_STEER) {
		w->mark = c->name[0] ? "check" : "you";
		w->mark_style = c->name[0] ? STYLE_RISK : STYLE_YOU;
		chat_paragraph(w, str_cstr(&c->text), c->text.len,
			       c->name[0] ? STYLE_DIM : STYLE_TEXT);
		return;
	}
	if (r && !r->failed && strcmp(c->name, "done") == 0) {
		claims(w, r);
		return;
	}
	one_row(w, c, r, x->state != EXCHANGE_ASKED);
	if (!unfolded)
		return;
	chat_paragraph(w, str_cstr(&c->text), c->text.len, STYLE_DIM);
	if (r)
		chat_paragraph(w, str_cstr(&r->text), r->text.len, STYLE_DIM);
}
