/* Carries the lines that no test reached over to a text that was edited since. The text
 * that was run is kept; a diff shifts the marks of lines that are the same in both, and
 * changed lines lose theirs. After any edit the marks are shown as stale, since other
 * code may now reach even an unchanged line.
 */
#include "config.h"

#include "ui/document/reach.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/diff.h"
#include "session/text/text.h"

void reach_fini(struct reach *r)
{
	free(r->then);
	free(r->missed);
	free(r->marks);
	*r = (struct reach){ 0 };
}

void reach_set(struct reach *r, const char *then, const int *missed, size_t n)
{
	reach_fini(r);
	if (!then || strlen(then) > REACH_LIMIT)
		return;
	r->then = mem_strdup(then);
	r->missed = mem_dup(missed, n * sizeof(*missed));
	r->n_missed = n;
}

/* Marks missed lines of [from, to) in the text that was run; the document has them
 * `by` lines further down. */
static void carry_over(struct reach *r, size_t from, size_t to, long by, size_t *at, char mark)
{
	while (*at < r->n_missed && (size_t)r->missed[*at] <= from)
		++*at;
	for (; *at < r->n_missed && (size_t)r->missed[*at] <= to; ++*at) {
		size_t line = (size_t)((long)r->missed[*at] - 1 + by);

		if (line < r->n)
			r->marks[line] = mark;
	}
}

void reach_update(struct reach *r, const struct text *t, uint32_t node)
{
	struct str now = STR_INIT;
	struct lines a, b;
	struct diff d;
	size_t from = 0, at = 0;
	long by = 0;
	char mark;

	if (!r->then || (r->fresh && r->node == node))
		return;
	r->fresh = true;
	r->node = node;
	r->n = 0;
	if (text_len(t) > REACH_LIMIT)
		return;
	text_get_all(t, &now);
	mark = strcmp(str_cstr(&now), r->then) == 0 ? REACH_MISSED : REACH_STALE;
	lines_init(&a, r->then, strlen(r->then));
	lines_init(&b, str_cstr(&now), now.len);
	r->n = b.n;
	r->marks = mem_realloc(r->marks, r->n + 1);
	memset(r->marks, ' ', r->n);
	diff_init(&d, &a, &b);
	for (size_t i = 0; i < d.n; i++) {
		const struct diff_hunk *h = &d.hunks[i];

		carry_over(r, from, h->a_start, by, &at, mark);
		from = h->a_start + h->a_len;
		by = (long)(h->b_start + h->b_len) - (long)from;
	}
	carry_over(r, from, a.n, by, &at, mark);
	diff_fini(&d);
	lines_fini(&a);
	lines_fini(&b);
	str_free(&now);
}

char reach_mark(const struct reach *r, size_t line)
{
	return r->then && r->fresh && line < r->n ? r->marks[line] : ' ';
}
