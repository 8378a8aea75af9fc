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

/* Appends the arguments in at most `most` bytes: " path q.v, from 3". */
static void add_args(struct str *out, const struct str *args, size_t most)
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
	str_adds(out, all.len ? " " : "");
	add_short(out, str_cstr(&all), all.len, most);
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

/* Appends what became of the call: ", 3 lines: ok". */
static void add_result(struct str *out, const struct exchange_part *r, bool over)
{
	size_t lines = r ? lines_of(&r->text) : 0;

	if (lines > 1)
		str_addf(out, ", %zu line%s", lines, count_s(lines));
	str_adds(out, r ? ": " : over ? ": not run" : " ...");
	if (r)
		add_short(out, str_cstr(&r->text), r->text.len, RESULT_SHOWN);
}

/* Always one row; unfolding shows the rest. The arguments give way to the result, down to
 * half of the row. */
static void one_row(struct chat_writer *w, const struct exchange_part *c,
		    const struct exchange_part *r, bool over)
{
	struct str text = STR_INIT, result = STR_INIT;
	size_t cols = (size_t)w->cols, half, left;

	str_addf(&text, "%s %s", sign(SIGN_FOLDED), c->name);
	add_result(&result, r, over);
	half = text.len < cols / 2 ? cols / 2 - text.len : 0;
	left = text.len + result.len < cols ? cols - text.len - result.len : 0;
	left = left > half ? left : half;
	if (c->text.len > 2)
		add_args(&text, &c->text, left < ARGS_SHOWN ? left : ARGS_SHOWN);
	str_add(&text, str_cstr(&result), result.len);
	chat_row_add(w, str_cstr(&text), wrap_row(str_cstr(&text), text.len, 0, w->cols, 4),
		     r && r->failed ? STYLE_RISK : STYLE_DIM, NULL);
	str_free(&text);
	str_free(&result);
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
