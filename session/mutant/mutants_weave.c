/* Writes all mutants of a file into one text, each selected by the number that
 * the run was started with, so the design is built once and run once per mutant.
 * The text is processed from left to right; a place with mutants may contain
 * others, which the same function writes recursively. Additions go on the line
 * they change, so that line numbers stay the same.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/mutant/mutants_inner.h"

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

/* So that later lines keep their numbers. */
void mutants_flat(const char *text, size_t from, size_t to, struct str *out)
{
	for (size_t i = from; i < to; i++) {
		if (text[i] == '/' && i + 1 < to && text[i + 1] == '/')
			while (i < to && text[i] != '\n')
				i++;
		str_addc(out, i == to || text[i] == '\n' ? ' ' : text[i]);
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
	mutants_flat(w->text, h->off, m->off, w->out);
	for (const char *c = m->becomes; *c; c++)
		str_addc(w->out, *c == '\n' ? ' ' : *c);
	mutants_flat(w->text, m->off + m->len, h->end, w->out);
	str_addc(w->out, ')');
}

/* Writes the condition that none of the variants of this place is selected, which holds in nearly
 * every run. Consecutive numbers are tested by one comparison. */
static void add_unchanged(struct weave *w, const struct holder *h)
{
	const char *and = "";

	for (size_t i = 0; i < w->m->n; i++) {
		unsigned low, n = 1;

		if (!is_of(w, h, i))
			continue;
		low = w->numbers[i];
		for (size_t k = i + 1; k < w->m->n; k++)
			if (is_of(w, h, k)) {
				if (w->numbers[k] != low + n)
					break;
				n++;
				i = k;
			}
		str_addf(w->out,
			 n > 1 ? "%sposedge_variant::n - 32'd%u > 32'd%u"
			       : "%sposedge_variant::n != %u",
			 and, low, n - 1);
		and = " && ";
	}
}

/* Writes the unchanged expression before its variants, each selected by its number. */
static void weave_expression(struct weave *w, const struct holder *h, size_t holder)
{
	size_t last = 0;

	for (size_t i = 0; i < w->m->n; i++)
		last = is_of(w, h, i) ? i : last;
	str_addc(w->out, '(');
	add_unchanged(w, h);
	str_adds(w->out, " ? (");
	between(w, h->off, h->end, holder + 1);
	str_adds(w->out, ") : ");
	for (size_t i = 0; i < w->m->n; i++) {
		if (!is_of(w, h, i))
			continue;
		if (i != last)
			str_addf(w->out, "posedge_variant::n == %u ? ", w->numbers[i]);
		add_change(w, h, i);
		if (i != last)
			str_adds(w->out, " : ");
	}
	str_addc(w->out, ')');
}

/* The same for a statement. A variant that removes it has no text. */
static void weave_statement(struct weave *w, const struct holder *h, size_t holder)
{
	str_adds(w->out, "begin if (");
	add_unchanged(w, h);
	str_adds(w->out, ") ");
	between(w, h->off, h->end, holder + 1);
	for (size_t i = 0; i < w->m->n; i++) {
		if (!is_of(w, h, i) || strcmp(w->m->v[i].becomes, ";") == 0)
			continue;
		str_addf(w->out, " else if (posedge_variant::n == %u) begin %s end", w->numbers[i],
			 w->m->v[i].becomes);
	}
	str_adds(w->out, " end");
}

/* Writes the text in [from, to). holder: where to begin looking for places with mutants. */
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
