/* The points of a file are in the order of its text. An `if` that is not the last
 * of its chain waits on a stack, and the next one after an `else` belongs to the
 * one on top:
 *
 *   if (a)                a waits
 *     if (b) ...          b waits, above it
 *     else if (c) ...     c follows b, and is the last of that chain
 *   else if (d) ...       d follows a
 */
#include "config.h"

#include "session/mutant/coverage_chain.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/mutant/coverage.h"
#include "session/verilog/verilog.h"

struct place {
	int line, col;
};

/* Line and column, from 1, of each `if` that follows an `else`. */
struct places {
	struct place *v;
	size_t n, cap;
};

static bool is_word(const char *text, const struct vtoken *t, const char *word)
{
	return t->kind == VTOKEN_KEYWORD && t->len == strlen(word) &&
	       memcmp(text + t->off, word, t->len) == 0;
}

static void find_places(const char *text, size_t len, struct places *out)
{
	enum vlex_state state = VLEX_CODE;
	size_t line_start = 0;
	bool after_else = false;
	int line = 1;

	for (size_t off = 0; off < len;) {
		struct vtoken t = vlex_next(text, len, off, &state);

		if (after_else && is_word(text, &t, "if")) {
			MEM_PUSH(out->v, out->n, out->cap,
				 (struct place){ line, (int)(off - line_start) + 1 });
		}
		if (t.kind != VTOKEN_SPACE && t.kind != VTOKEN_COMMENT)
			after_else = is_word(text, &t, "else");
		for (size_t i = off; i < off + t.len; i++)
			if (text[i] == '\n') {
				line++;
				line_start = i + 1;
			}
		/* Verilator replaces a comment by one blank before it counts columns. */
		if (t.kind == VTOKEN_COMMENT && t.len > 0 && line_start <= off)
			line_start += t.len - 1;
		off += t.len;
	}
}

static int by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return x->line != y->line ? (x->line > y->line) - (x->line < y->line)
				  : (x->col > y->col) - (x->col < y->col);
}

static bool follows_else(const struct places *p, const struct cover_point *c)
{
	struct place at = { c->line, c->col };

	return p->n && bsearch(&at, p->v, p->n, sizeof(at), by_place);
}

static bool is_kind(const struct cover_point *p, const char *what)
{
	return p->kind == COVER_BRANCH && strcmp(p->what, what) == 0;
}

/* next[i]: the point that follows `if` i in its chain; c->n if there is none. */
static void link(const struct coverage *c, const char *path, const struct places *p, size_t *next)
{
	size_t *stack = mem_calloc(c->n + 1, sizeof(*stack)), n = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct cover_point *v = &c->v[i];
		bool more = is_kind(v, "elsif");

		next[i] = c->n;
		if (strcmp(v->path, path) != 0 || (!more && !is_kind(v, "if")))
			continue;
		if (n && follows_else(p, v))
			next[stack[--n]] = i;
		if (more)
			stack[n++] = i;
	}
	free(stack);
}

/* The other branch of the last `if` in a chain is one column further. */
static uint64_t of_else(const struct coverage *c, size_t i)
{
	const struct cover_point *p = &c->v[i];

	for (size_t k = i + 1; k < c->n && c->v[k].line == p->line && c->v[k].col <= p->col + 1;
	     k++)
		if (c->v[k].col == p->col + 1 && is_kind(&c->v[k], "else") &&
		    strcmp(c->v[k].path, p->path) == 0)
			return c->v[k].count;
	return 0;
}

uint64_t *coverage_asked(const struct coverage *c, const char *path, const char *text, size_t len)
{
	uint64_t *asked = mem_calloc(c->n + 1, sizeof(*asked));
	size_t *next = mem_calloc(c->n + 1, sizeof(*next));
	struct places p = { 0 };

	find_places(text, len, &p);
	link(c, path, &p, next);
	for (size_t i = c->n; i-- > 0;) {
		asked[i] = c->v[i].count;
		if (next[i] < c->n) /* a later point, computed already */
			asked[i] = coverage_add(asked[i], asked[next[i]]);
		else if (is_kind(&c->v[i], "if") && follows_else(&p, &c->v[i]) &&
			 strcmp(c->v[i].path, path) == 0)
			asked[i] = coverage_add(asked[i], of_else(c, i));
	}
	free(p.v);
	free(next);
	return asked;
}
