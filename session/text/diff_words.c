/* Which bytes of two lines differ, by words: the common words at both ends are set
 * aside; between them the longest common subsequence is found with the textbook
 * table. That is quadratic, so above DIFF_WORDS_MAX words the whole middle counts
 * as changed; nobody could read such a marking anyway.
 */
#include "config.h"

#include "session/text/diff_words.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

struct words {
	const char *s;
	size_t *starts; /* starts[n] is the length */
	size_t n;
};

static int class_of(unsigned char c)
{
	return isalnum(c) || c == '_' || c == '$' || c >= 0x80 ? 1 : c == ' ' || c == '\t' ? 2 : 0;
}

static void split(struct words *w, const char *s, size_t len)
{
	w->s = s;
	w->n = 0;
	w->starts = mem_calloc(len + 1, sizeof(*w->starts));
	for (size_t i = 0; i < len;) {
		int class = class_of((unsigned char)s[i]);

		w->starts[w->n++] = i++;
		while (class && i < len && class_of((unsigned char)s[i]) == class)
			i++;
	}
	w->starts[w->n] = len;
}

static bool same(const struct words *a, size_t i, const struct words *b, size_t k)
{
	size_t len = a->starts[i + 1] - a->starts[i];

	return len == b->starts[k + 1] - b->starts[k] &&
	       memcmp(a->s + a->starts[i], b->s + b->starts[k], len) == 0;
}

static void mark(const struct words *w, size_t from, size_t to, uint8_t *in)
{
	if (to > from)
		memset(in + w->starts[from], 1, w->starts[to] - w->starts[from]);
}

/* longest[i][k]: length of the common subsequence of the words from i and from k
 * on. */
static void mark_between(const struct words *a, size_t a0, size_t a1, uint8_t *in_a,
			 const struct words *b, size_t b0, size_t b1, uint8_t *in_b)
{
	size_t n = a1 - a0, m = b1 - b0, i = 0, k = 0;
	unsigned *longest;

	if (n == 0 || m == 0 || n > DIFF_WORDS_MAX || m > DIFF_WORDS_MAX) {
		mark(a, a0, a1, in_a);
		mark(b, b0, b1, in_b);
		return;
	}
	longest = mem_calloc((n + 1) * (m + 1), sizeof(*longest));
	for (size_t x = n; x-- > 0;)
		for (size_t y = m; y-- > 0;) {
			unsigned skip_a = longest[(x + 1) * (m + 1) + y],
				 skip_b = longest[x * (m + 1) + y + 1];

			longest[x * (m + 1) + y] = same(a, a0 + x, b, b0 + y)
							   ? longest[(x + 1) * (m + 1) + y + 1] + 1
						   : skip_a > skip_b ? skip_a
								     : skip_b;
		}
	while (i < n || k < m) {
		if (i < n && k < m && same(a, a0 + i, b, b0 + k))
			i++, k++;
		else if (i < n &&
			 (k == m || longest[(i + 1) * (m + 1) + k] >= longest[i * (m + 1) + k + 1]))
			mark(a, a0 + i, a0 + i + 1, in_a), i++;
		else
			mark(b, b0 + k, b0 + k + 1, in_b), k++;
	}
	free(longest);
}

void diff_words(const char *a, size_t a_len, uint8_t *in_a, const char *b, size_t b_len,
		uint8_t *in_b)
{
	struct words x, y;
	size_t start = 0, end = 0;

	split(&x, a, a_len);
	split(&y, b, b_len);
	memset(in_a, 0, a_len);
	memset(in_b, 0, b_len);
	while (start < x.n && start < y.n && same(&x, start, &y, start))
		start++;
	while (end < x.n - start && end < y.n - start && same(&x, x.n - 1 - end, &y, y.n - 1 - end))
		end++;
	mark_between(&x, start, x.n - end, in_a, &y, start, y.n - end, in_b);
	free(x.starts);
	free(y.starts);
}
