/* The record does not say where the text of a call begins. It is found by reading the
 * text once more, and taken for it only if it gives the same calls.
 */
#include "config.h"

#include "session/turn/call_words.h"

#include <stdbool.h>
#include <string.h>

#include "session/base/str.h"
#include "session/journal/state.h"
#include "session/text/slice.h"
#include "session/turn/stray_call.h"
#include "session/turn/text_call.h"

/* The calls of x that were recorded where part i is, compared with those in the text. */
struct group {
	const struct exchange *x;
	size_t next; /* part */
	uint64_t at;
	bool same;
};

static bool is_written(const struct exchange_part *p)
{
	return p->kind == EXCHANGE_CALL && strncmp(p->id, "text", 4) == 0;
}

/* The next call of the group; NULL: there is none. */
static const struct exchange_part *peek(struct group *g)
{
	while (g->next < g->x->n_parts && g->x->parts[g->next].kind != EXCHANGE_CALL)
		g->next++;
	if (g->next == g->x->n_parts || g->x->parts[g->next].at != g->at ||
	    !is_written(&g->x->parts[g->next]))
		return NULL;
	return &g->x->parts[g->next];
}

static void compare(void *ctx, const char *name, const char *args, size_t len)
{
	struct group *g = ctx;
	const struct exchange_part *p = peek(g);

	g->same = g->same && p && strcmp(p->name, name) == 0;
	g->next += p != NULL;
}

static void compare_stray(void *ctx, const char *name, const char *args, size_t len,
			  bool maybe_quoted)
{
	compare(ctx, name, args, len);
}

/* Any tool that was called in the exchange was offered. */
static const char *schema_of(void *ctx, const char *name)
{
	const struct group *g = ctx;

	for (size_t i = 0; i < g->x->n_parts; i++)
		if (is_written(&g->x->parts[i]) && strcmp(g->x->parts[i].name, name) == 0)
			return "{}";
	return NULL;
}

static size_t without_blanks(const char *text, size_t len)
{
	while (len && slice_space(text[len - 1]))
		len--;
	return len;
}

size_t call_words_end(const struct exchange *x, size_t i, const char *text, size_t len)
{
	struct group g = { .x = x, .next = i, .at = x->parts[i].at, .same = true }, again = g;
	const struct stray_reader r = { .schema = schema_of, .call = compare_stray, .ctx = &again };
	size_t start = len;

	if (!is_written(&x->parts[i]))
		return len;
	if (text_calls(text, len, compare, &g, &start) && g.same && !peek(&g))
		return without_blanks(text, start);
	if (stray_calls(text, len, &r, &start) && again.same && !peek(&again))
		return without_blanks(text, start);
	return len;
}

static size_t blanks_at_start(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len && slice_space(text[n]))
		n++;
	return n;
}

void call_words(const struct exchange *x, struct str *out)
{
	const char *all = str_cstr(&x->answer);
	size_t from = 0, end = x->answer.len;

	for (size_t i = 0; i <= x->n_parts; i++) {
		size_t to = i < x->n_parts && x->parts[i].at < end ? (size_t)x->parts[i].at : end;
		size_t n;

		if (to <= from || (i < x->n_parts && x->parts[i].kind != EXCHANGE_CALL))
			continue;
		n = i < x->n_parts ? call_words_end(x, i, all + from, to - from) : to - from;
		str_add(out, all + from, n);
		if (n < to - from) { /* a paragraph follows */
			to += blanks_at_start(all + to, end - to);
			str_adds(out, out->len && to < end ? "\n\n" : "");
		}
		from = to;
	}
}
