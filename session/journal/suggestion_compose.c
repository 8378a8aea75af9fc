/* The text that follows from decisions, and a suggestion printed as a diff.
 *
 * Composing walks the base and the units once and takes from each unit the side
 * that was decided.
 */
#include "config.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/suggestion.h"
#include "session/journal/suggestion_inner.h"
#include "session/text/diff.h"

#define CONTEXT 3u /* lines around each change */

static void add_line(const struct lines *l, size_t i, struct str *out)
{
	size_t len;
	const char *line = lines_at(l, i, &len);

	str_add(out, line, len);
}

/* Adds a newline to a last line without one when a line from the other text
 * follows: two lines must not be joined. */
static void end_line(struct str *out)
{
	if (out->len && out->data[out->len - 1] != '\n')
		str_addc(out, '\n');
}

void suggestion_compose_set(const struct suggestion *s, const bool *take, struct str *out)
{
	size_t i = 0, n = 0, first = suggestion_has_move(s);

	for (size_t u = first; u < s->n; u++)
		n += take[u];
	if (n == s->n - first) { /* also if they differ in no line, only in the bytes at the end */
		str_add(out, s->proposed, s->proposed_len);
		return;
	}
	for (size_t u = first; u <= s->n; u++) {
		const struct unit *unit = u < s->n ? &s->units[u] : NULL;
		size_t upto = unit ? unit->base_line : s->a.n;
		bool taken = unit && take[u];

		for (; i < upto; i++) {
			end_line(out);
			add_line(&s->a, i, out);
		}
		if (!unit)
			break;
		if (unit->kind != UNIT_ADDED) {
			if (!taken) {
				end_line(out);
				add_line(&s->a, i, out);
			}
			i++;
		}
		if (unit->kind != UNIT_REMOVED && taken) {
			end_line(out);
			add_line(&s->b, unit->new_line, out);
		}
	}
}

static void compose(const struct suggestion *s, bool open_too, struct str *out)
{
	bool *take = mem_calloc(s->n + 1, sizeof(*take));

	for (size_t u = 0; u < s->n; u++)
		take[u] = s->units[u].decision == DECISION_TAKEN ||
			  (open_too && s->units[u].decision == DECISION_OPEN);
	suggestion_compose_set(s, take, out);
	free(take);
}

void suggestion_compose(const struct suggestion *s, struct str *out)
{
	compose(s, false, out);
}

void suggestion_result(const struct suggestion *s, struct str *out)
{
	compose(s, s->in_place, out);
}

void suggestion_compose_rest(const struct suggestion *s, struct str *out)
{
	compose(s, true, out);
}

/* Prints a line of a diff, with the mark for a missing newline that patch and git expect. */
static void print_line(char sign, const struct lines *l, size_t i, struct str *out)
{
	str_addc(out, sign);
	add_line(l, i, out);
	if (out->data[out->len - 1] != '\n')
		str_adds(out, "\n\\ No newline at end of file\n");
}

static void print_range(char sign, size_t start, size_t len, struct str *out)
{
	/* An empty range names the line before it. */
	str_addf(out, "%c%zu", sign, len ? start + 1 : start);
	if (len != 1)
		str_addf(out, ",%zu", len);
}

static void print_group(const struct suggestion *s, const struct diff_hunk *h, size_t n,
			struct str *out)
{
	const struct diff_hunk *last = h + n - 1;
	size_t before = h->a_start < CONTEXT ? h->a_start : CONTEXT;
	size_t left = s->a.n - (last->a_start + last->a_len);
	size_t after = left < CONTEXT ? left : CONTEXT;
	size_t i = h->a_start - before;

	str_adds(out, "@@ ");
	print_range('-', i, last->a_start + last->a_len + after - i, out);
	str_addc(out, ' ');
	print_range('+', h->b_start - before,
		    last->b_start + last->b_len + after - (h->b_start - before), out);
	str_adds(out, " @@\n");
	for (size_t k = 0; k < n; k++) {
		for (; i < h[k].a_start; i++)
			print_line(' ', &s->a, i, out);
		for (; i < h[k].a_start + h[k].a_len; i++)
			print_line('-', &s->a, i, out);
		for (size_t b = 0; b < h[k].b_len; b++)
			print_line('+', &s->b, h[k].b_start + b, out);
	}
	for (size_t k = 0; k < after; k++)
		print_line(' ', &s->a, i + k, out);
}

/* A rename in git's format, with the percentage of unchanged lines. */
static void print_move(const struct suggestion *s, const struct diff *d, struct str *out)
{
	const char *from = s->in_place ? s->moves : s->path, *to = s->in_place ? s->path : s->moves;
	size_t most = s->a.n > s->b.n ? s->a.n : s->b.n, stay = s->a.n;

	for (size_t i = 0; i < d->n; i++)
		stay -= d->hunks[i].a_len;
	str_addf(out,
		 "diff --git a/%s b/%s\nsimilarity index %zu%%\nrename from %s\nrename to %s\n",
		 from, to, most ? 100 * stay / most : 100, from, to);
	if (d->n)
		str_addf(out, "--- a/%s\n+++ b/%s\n", from, to);
}

void suggestion_print(const struct suggestion *s, struct str *out)
{
	size_t first = 0;
	struct diff d;

	diff_init(&d, &s->a, &s->b);
	if (s->moves) {
		print_move(s, &d, out);
	} else if (d.n || s->new_file || s->removes) {
		str_addf(out, "diff --git a/%s b/%s\n", s->path, s->path);
		if (s->new_file)
			str_adds(out, "new file mode 100644\n--- /dev/null\n");
		else
			str_addf(out, "%s--- a/%s\n",
				 s->removes ? "deleted file mode 100644\n" : "", s->path);
		if (s->removes)
			str_adds(out, "+++ /dev/null\n");
		else
			str_addf(out, "+++ b/%s\n", s->path);
	}
	while (first < d.n) {
		size_t n = 1;

		/* Hunks with touching context are printed as one. */
		while (first + n < d.n &&
		       d.hunks[first + n].a_start - (d.hunks[first + n - 1].a_start +
						     d.hunks[first + n - 1].a_len) <=
			       2 * CONTEXT)
			n++;
		print_group(s, &d.hunks[first], n, out);
		first += n;
	}
	diff_fini(&d);
}
