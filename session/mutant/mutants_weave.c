/* Writes all mutants of a file into one text, each selected by the number that
 * the run was started with, so the design is built once and run once per mutant.
 * The text is processed from left to right; a place with mutants may contain
 * others, which the same function writes recursively. Additions go on the line
 * they change, so that line numbers stay the same.
 */
#include "config.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/mutant/mutants.h"

/* A place with mutants, in text order; it may contain others. */
struct holder {
	size_t off, end;
	bool statement;
};

static int by_holder(const void *a, const void *b)
{
	const struct holder *x = a, *y = b;

	if (x->off != y->off)
		return x->off < y->off ? -1 : 1;
	return x->end > y->end ? -1 : x->end < y->end;
}

struct weave {
	const char *text;
	const struct mutants *m;
	const unsigned *numbers;
	struct holder *holders;
	size_t n;
	struct str *out;
};

static void between(struct weave *w, size_t from, size_t to, size_t holder);

/* Adds text on one line, so that later lines keep their numbers. */
static void add_flat(struct weave *w, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (w->text[i] == '/' && i + 1 < to && w->text[i + 1] == '/')
			while (i < to && w->text[i] != '\n')
				i++;
		str_addc(w->out, i == to || w->text[i] == '\n' ? ' ' : w->text[i]);
	}
}

static bool is_of(const struct weave *w, const struct holder *h, size_t i)
{
	const struct mutant *m = &w->m->v[i];

	return w->numbers[i] && m->statement == h->statement && m->holder_off == h->off &&
	       m->holder_end == h->end;
}

static void add_change(struct weave *w, const struct holder *h, size_t i)
{
	const struct mutant *m = &w->m->v[i];

	str_addc(w->out, '(');
	add_flat(w, h->off, m->off);
	for (const char *c = m->becomes; *c; c++)
		str_addc(w->out, *c == '\n' ? ' ' : *c);
	add_flat(w, m->off + m->len, h->end);
	str_addc(w->out, ')');
}

/* Writes the unchanged expression after its variants, each selected by its
 * number. If the numbers are consecutive, a single comparison skips them all,
 * which is the case in nearly every run. */
static void weave_expression(struct weave *w, const struct holder *h, size_t holder)
{
	unsigned low = 0, high = 0, n = 0;
	bool row;

	for (size_t i = 0; i < w->m->n; i++)
		if (is_of(w, h, i)) {
			low = n++ == 0 ? w->numbers[i] : low;
			high = w->numbers[i];
		}
	row = n > 1 && high - low + 1 == n;
	str_addc(w->out, '(');
	if (row) {
		str_addf(w->out, "posedge_variant::n - 32'd%u > 32'd%u ? (", low, n - 1);
		between(w, h->off, h->end, holder + 1);
		str_adds(w->out, ") : ");
	}
	for (size_t i = 0; i < w->m->n; i++) {
		if (!is_of(w, h, i))
			continue;
		if (!row || w->numbers[i] != high)
			str_addf(w->out, "posedge_variant::n == %u ? ", w->numbers[i]);
		add_change(w, h, i);
		if (!row || w->numbers[i] != high)
			str_adds(w->out, " : ");
	}
	if (!row) {
		str_addc(w->out, '(');
		between(w, h->off, h->end, holder + 1);
		str_addc(w->out, ')');
	}
	str_addc(w->out, ')');
}

static void weave_statement(struct weave *w, const struct holder *h, size_t holder)
{
	const char *and = "begin if (";

	for (size_t i = 0; i < w->m->n; i++)
		if (is_of(w, h, i)) {
			str_addf(w->out, "%sposedge_variant::n != %u", and, w->numbers[i]);
			and = " && ";
		}
	str_adds(w->out, ") ");
	between(w, h->off, h->end, holder + 1);
	str_adds(w->out, " end");
}

/* Writes the text in [from, to); holders from that index on are in it or later. */
static void between(struct weave *w, size_t from, size_t to, size_t holder)
{
	while (from < to) {
		const struct holder *h;

		while (holder < w->n && w->holders[holder].off < from)
			holder++;
		if (holder == w->n || w->holders[holder].end > to) {
			str_add(w->out, w->text + from, to - from);
			return;
		}
		h = &w->holders[holder];
		str_add(w->out, w->text + from, h->off - from);
		if (h->statement)
			weave_statement(w, h, holder);
		else
			weave_expression(w, h, holder);
		from = h->end;
	}
}

void mutants_weave(const char *text, size_t len, const struct mutants *m, const unsigned *numbers,
		   struct str *out)
{
	struct weave w = { .text = text, .m = m, .numbers = numbers, .out = out };
	size_t n = 0;

	w.holders = mem_calloc(m->n, sizeof(*w.holders));
	for (size_t i = 0; i < m->n; i++)
		if (numbers[i])
			w.holders[n++] = (struct holder){ m->v[i].holder_off, m->v[i].holder_end,
							  m->v[i].statement };
	if (n)
		qsort(w.holders, n, sizeof(*w.holders), by_holder);
	for (size_t i = 0; i < n; i++)
		if (w.n == 0 || w.holders[w.n - 1].off != w.holders[i].off ||
		    w.holders[w.n - 1].end != w.holders[i].end)
			w.holders[w.n++] = w.holders[i];
	between(&w, 0, len, 0);
	free(w.holders);
}

const char *mutants_package(void)
{
	return "package posedge_variant;\n"
	       "  function automatic int number(int otherwise);\n"
	       "    int got;\n"
	       "    got = otherwise;\n"
	       "    if (!$value$plusargs(\"posedge_variant=%d\", got)) got = otherwise;\n"
	       "    return got;\n"
	       "  endfunction\n"
	       "  int n = number(0);\n"
	       "endpackage\n";
}
