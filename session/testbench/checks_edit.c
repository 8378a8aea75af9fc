/* Writes a copy of a source with statements wrapped: text is inserted before and
 * after spans that nest. Spans are sorted, outer before inner, and a stack of
 * open ones is maintained while the text is copied. Every newline stays where it
 * is, also in dropped parts, so the tools' line numbers are those of the
 * original.
 */
#include "config.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/testbench/checks_inner.h"

struct wrap *checks_wrap(struct edits *e, struct vspan around)
{
	MEM_ROOM(e->v, e->n, e->cap);
	e->v[e->n] = (struct wrap){ .off = around.off, .end = around.end, .order = e->n };
	return &e->v[e->n++];
}

/* The last statement in a macro body may leave its semicolon to the user of the macro. */
static bool is_closed(const struct vstmts *s, struct vspan span)
{
	return span.end > span.off && s->text[span.end - 1] == ';';
}

static bool ends_in_block(const struct vstmts *s, struct vspan span)
{
	size_t i = vstmts_token(s, span.end);

	return i > 0 && (vstmt_token_is(s, &s->tokens[i - 1], "end") ||
			 vstmt_token_is(s, &s->tokens[i - 1], "endcase") ||
			 vstmt_token_is(s, &s->tokens[i - 1], "join"));
}

bool checks_ends_statement(const struct vstmts *s, struct vspan span)
{
	return is_closed(s, span) || ends_in_block(s, span);
}

/* Outer before inner. */
static int by_start(const void *a, const void *b)
{
	const struct wrap *x = a, *y = b;

	if (x->off != y->off)
		return x->off < y->off ? -1 : 1;
	if (x->end != y->end)
		return x->end > y->end ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

/* Adds the newlines, in a macro with the backslash before each. */
static void add_lines(const char *text, size_t len, struct str *out)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] == '\n')
			str_adds(out, i && text[i - 1] == '\\' ? "\\\n" : "\n");
}

static void write_copy(const char *text, size_t len, const struct edits *e, struct str *out)
{
	struct wrap **open = mem_calloc(e->n + 1, sizeof(*open)); /* innermost last */
	size_t n_open = 0, next = 0, at = 0, dropped = 0;

	while (next < e->n || n_open) {
		bool closes = n_open && (next >= e->n || open[n_open - 1]->end <= e->v[next].off);
		size_t to = closes ? open[n_open - 1]->end : e->v[next].off;

		if (dropped)
			add_lines(text + at, to - at, out);
		else
			str_add(out, text + at, to - at);
		at = to;
		if (closes) {
			n_open--;
			dropped -= open[n_open]->drop;
			str_add(out, str_cstr(&open[n_open]->close), open[n_open]->close.len);
		} else {
			str_add(out, str_cstr(&e->v[next].open), e->v[next].open.len);
			dropped += e->v[next].drop;
			open[n_open++] = &e->v[next++];
		}
	}
	str_add(out, text + at, len - at);
	free(open);
}

bool checks_edit(const char *text, size_t len, struct edits *e, struct str *out)
{
	size_t n = e->n;

	if (n) {
		qsort(e->v, n, sizeof(*e->v), by_start);
		write_copy(text, len, e, out);
	}
	for (size_t i = 0; i < n; i++) {
		str_free(&e->v[i].open);
		str_free(&e->v[i].close);
	}
	free(e->v);
	*e = (struct edits){ 0 };
	return n > 0;
}
