/* The edit distance in fuzz.ratio() has no substitutions, so what is unchanged is the
 * longest common subsequence. A common beginning and end belong to it anyway and are left
 * out of the table. */
#include "config.h"

#include "session/bench/line_match.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/utf8.h"

struct chars {
	uint32_t *v;
	size_t n;
};

static void chars_init(struct chars *c, const char *s, size_t len)
{
	c->v = mem_calloc(len + 1, sizeof(*c->v));
	c->n = 0;
	for (size_t at = 0; at < len;) {
		unsigned code;
		size_t n = utf8_decode(s + at, len - at, &code);

		c->v[c->n++] = n ? code : 0x110000u + (unsigned char)s[at];
		at += n ? n : 1;
	}
}

/* Blanks according to str.split(). */
static bool is_blank(uint32_t c)
{
	return (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x20) || c == 0x85 || c == 0xa0 ||
	       c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
	       c == 0x202f || c == 0x205f || c == 0x3000;
}

/* Removes blanks at both ends and replaces those in between by one space. */
static void fold_blanks(struct chars *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++) {
		if (!is_blank(c->v[i]))
			c->v[n++] = c->v[i];
		else if (n && c->v[n - 1] != ' ')
			c->v[n++] = ' ';
	}
	c->n = n && c->v[n - 1] == ' ' ? n - 1 : n;
}

static bool same(const struct chars *a, const struct chars *b)
{
	return a->n == b->n && memcmp(a->v, b->v, a->n * sizeof(*a->v)) == 0;
}

bool line_match_exact(const char *a, size_t a_len, const char *b, size_t b_len)
{
	struct chars x, y;
	bool is;

	chars_init(&x, a, a_len);
	chars_init(&y, b, b_len);
	fold_blanks(&x);
	fold_blanks(&y);
	is = same(&x, &y);
	free(x.v);
	free(y.v);
	return is;
}

/* row[k]: length for all of a so far and the first k characters of b. */
static size_t in_table(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
	size_t *row = mem_calloc(m + 1, sizeof(*row)), longest;

	for (size_t i = 0; i < n; i++) {
		size_t corner = 0; /* row[k] of the previous line */

		for (size_t k = 0; k < m; k++) {
			size_t above = row[k + 1];

			if (a[i] == b[k])
				row[k + 1] = corner + 1;
			else if (row[k] > above)
				row[k + 1] = row[k];
			corner = above;
		}
	}
	longest = row[m];
	free(row);
	return longest;
}

static bool common(const struct chars *a, const struct chars *b, size_t *out, struct err *err)
{
	size_t first = 0, last = 0, n = a->n, m = b->n;

	while (first < n && first < m && a->v[first] == b->v[first])
		first++;
	while (last < n - first && last < m - first && a->v[n - 1 - last] == b->v[m - 1 - last])
		last++;
	n -= first + last;
	m -= first + last;
	if (m && n > LINE_MATCH_MOST / m)
		return err_set(err, ERR_LIMIT,
			       "two lines of %zu and %zu characters are too long to be compared",
			       a->n, b->n);
	*out = first + last + in_table(a->v + first, n, b->v + first, m);
	return true;
}

bool line_match_similar(const char *a, size_t a_len, const char *b, size_t b_len, double *out,
			struct err *err)
{
	struct chars x, y;
	size_t n = 0;
	bool ok = true;

	chars_init(&x, a, a_len);
	chars_init(&y, b, b_len);
	if (same(&x, &y))
		*out = 100;
	else if ((ok = common(&x, &y, &n, err)))
		*out = nearbyint(100 * (2 * (double)n / (double)(x.n + y.n)));
	free(x.v);
	free(y.v);
	return ok;
}
