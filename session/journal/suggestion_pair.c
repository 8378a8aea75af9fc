/* Pairs removed lines of a hunk with the added lines that replace them.
 *
 * A changed line is one decision, not two, so removed and added lines are paired to
 * maximize the sum of their similarities without crossing pairs. This is sequence
 * alignment by dynamic programming, in time and memory proportional to the product
 * of the lengths. Above PAIR_MAX lines per side the table would be too large, and
 * lines are paired in order.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/journal/suggestion.h"
#include "session/journal/suggestion_inner.h"
#include "session/text/diff.h"

void suggestion_add_unit(struct suggestion *s, enum unit_kind kind, size_t base_line,
			 size_t new_line, size_t hunk)
{
	MEM_PUSH(s->units, s->n, s->cap,
		 (struct unit){ .kind = kind,
				.base_line = (uint32_t)base_line,
				.new_line = (uint32_t)new_line,
				.hunk = (uint32_t)hunk });
}

/* Similarity of two lines, 0 to 100: the percentage of common pairs of adjacent
 * bytes, ignoring blanks. */
static int likeness(const struct suggestion *s, size_t i, size_t k)
{
	unsigned short seen[1024] = { 0 };
	size_t la, lb, na = 0, nb = 0, common = 0;
	const char *a = lines_at(&s->a, i, &la), *b = lines_at(&s->b, k, &lb);
	unsigned char before = 0;

	for (size_t x = 0; x < la && x < 2000; x++) {
		if (strchr(" \t\r\n", a[x]) && a[x])
			continue;
		seen[(before * 31u + (unsigned char)a[x]) & 1023]++;
		before = (unsigned char)a[x];
		na++;
	}
	before = 0;
	for (size_t x = 0; x < lb && x < 2000; x++) {
		unsigned short *p;

		if (strchr(" \t\r\n", b[x]) && b[x])
			continue;
		p = &seen[(before * 31u + (unsigned char)b[x]) & 1023];
		before = (unsigned char)b[x];
		nb++;
		if (*p) {
			(*p)--;
			common++;
		}
	}
	return na + nb ? (int)(200 * common / (na + nb)) : 100;
}

#define PAIR_MAX      200 /* lines of one side; larger hunks are paired in order */
#define PAIR_LIKENESS 40

/* best[i][k]: the greatest similarity from pairing the lines from i and k on,
 * without crossing pairs. */
static void pair_best(struct suggestion *s, const struct diff_hunk *h, size_t hunk)
{
	size_t n = h->a_len, m = h->b_len, i = 0, k = 0;
	int *like = mem_calloc(n * m + 1, sizeof(*like));
	int *best = mem_calloc((n + 1) * (m + 1), sizeof(*best));

	for (size_t x = n; x-- > 0;) {
		for (size_t y = m; y-- > 0;) {
			int l = likeness(s, h->a_start + x, h->b_start + y);
			int skip_a = best[(x + 1) * (m + 1) + y],
			    skip_b = best[x * (m + 1) + y + 1];
			int take = l >= PAIR_LIKENESS ? l + best[(x + 1) * (m + 1) + y + 1] : -1;

			like[x * m + y] = l;
			best[x * (m + 1) + y] = take > skip_a && take > skip_b ? take
						: skip_a > skip_b	       ? skip_a
									       : skip_b;
		}
	}
	while (i < n || k < m) {
		int now = best[i * (m + 1) + k];

		if (i < n && k < m && like[i * m + k] >= PAIR_LIKENESS &&
		    now == like[i * m + k] + best[(i + 1) * (m + 1) + k + 1]) {
			suggestion_add_unit(s, UNIT_REPLACED, h->a_start + i, h->b_start + k, hunk);
			i++, k++;
		} else if (i < n && (k == m || now == best[(i + 1) * (m + 1) + k])) {
			suggestion_add_unit(s, UNIT_REMOVED, h->a_start + i, 0, hunk);
			i++;
		} else {
			suggestion_add_unit(s, UNIT_ADDED, h->a_start + i, h->b_start + k, hunk);
			k++;
		}
	}
	free(best);
	free(like);
}

static void pair_in_order(struct suggestion *s, const struct diff_hunk *h, size_t hunk)
{
	size_t common = h->a_len < h->b_len ? h->a_len : h->b_len;

	for (size_t i = 0; i < common; i++)
		suggestion_add_unit(s, UNIT_REPLACED, h->a_start + i, h->b_start + i, hunk);
	for (size_t i = common; i < h->a_len; i++)
		suggestion_add_unit(s, UNIT_REMOVED, h->a_start + i, 0, hunk);
	for (size_t i = common; i < h->b_len; i++)
		suggestion_add_unit(s, UNIT_ADDED, h->a_start + h->a_len, h->b_start + i, hunk);
}

void suggestion_pair(struct suggestion *s, const struct diff_hunk *h, size_t hunk)
{
	if (h->a_len <= PAIR_MAX && h->b_len <= PAIR_MAX)
		pair_best(s, h, hunk);
	else
		pair_in_order(s, h, hunk);
}
