/* Assertions with the same fate and reason are listed together, as ranges:
 *
 *	not decided: 1-2, 5 (it has more than one implication), 3
 *
 * The first assertion of each such set prints the whole set, in the order of the answer.
 */
#include "config.h"

#include "session/bench/assert_fates.h"

#include <string.h>

#include "session/base/str.h"

static const char *reason(const struct assert_fated *f)
{
	return f->why ? f->why : "";
}

static bool alike(const struct assert_fated *a, const struct assert_fated *b)
{
	return a->fate == b->fate && strcmp(reason(a), reason(b)) == 0;
}

/* "1, 3-5 (why)": all from i on that share its fate and reason. */
static void tell_alike(const struct assert_fated *v, size_t n, size_t i, struct str *out)
{
	const struct assert_fated *like = &v[i];

	for (bool first = true; i < n; first = false) {
		size_t from = i;

		while (i + 1 < n && alike(&v[i + 1], like))
			i++;
		str_addf(out, "%s%zu", first ? "" : ", ", from + 1);
		if (i > from)
			str_addf(out, "-%zu", i + 1);
		for (i++; i < n && !alike(&v[i], like);)
			i++;
	}
	if (*reason(like))
		str_addf(out, " (%.200s)", reason(like));
}

static bool is_first(const struct assert_fated *v, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (alike(&v[k], &v[i]))
			return false;
	return true;
}

static void tell_fate(const struct assert_fated *v, size_t n, enum assert_fate fate,
		      const char *word, struct str *out)
{
	const char *before = NULL;

	for (size_t i = 0; i < n; i++) {
		if (v[i].fate != fate || !is_first(v, i))
			continue;
		if (out->len > ASSERT_TELL_MAX) {
			str_adds(out, ", ...");
			return;
		}
		if (before)
			str_adds(out, before);
		else
			str_addf(out, "; %s: ", word);
		tell_alike(v, n, i, out);
		before = ", ";
	}
}

void assert_fates_tell(const struct assert_fated *v, size_t n, bool more, struct str *out)
{
	size_t of[FATES] = { 0 };

	for (size_t i = 0; i < n; i++)
		of[v[i].fate]++;
	str_addf(out,
		 "%zu assertions%s: %zu proved, %zu failed, %zu vacuous, %zu not decided, %zu not "
		 "read",
		 n, more ? " and more" : "", of[FATE_PROVED], of[FATE_FAILED], of[FATE_VACUOUS],
		 of[FATE_NOT_DECIDED], of[FATE_NOT_READ]);
	tell_fate(v, n, FATE_FAILED, "failed", out);
	tell_fate(v, n, FATE_NOT_READ, "not read", out);
	tell_fate(v, n, FATE_VACUOUS, "vacuous", out);
	tell_fate(v, n, FATE_NOT_DECIDED, "not decided", out);
}
