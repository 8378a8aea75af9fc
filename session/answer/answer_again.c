/* A part for a file that an earlier part of the answer has changed already: the same change
 * again, another way to make it, or the version that replaces the one before.
 */
#include "config.h"

#include "session/answer/answer_inner.h"

size_t placer_before(const struct placer *p, size_t i, const struct placed *f)
{
	while (i > 0 && p->out->taken[p->origin[i - 1]] != f->path)
		i--;
	return i;
}

bool placer_replaces(const struct placer *p, size_t i, const struct placed *f)
{
	size_t k = placer_before(p, i, f);

	return k > 0 && ((answer_warns_of(p->parts, k - 1) && !answer_offers_choice(p->parts, i)) ||
			 answer_is_after(p->parts, k - 1, i));
}

bool placer_repeats(const struct placer *p, size_t i, const struct placed *f)
{
	for (size_t k = 0; k < i; k++)
		if (p->out->taken[p->origin[k]] == f->path && answer_repeats(p->parts, k, i))
			return true;
	return false;
}

bool placer_other_way(struct placer *p, size_t i, struct placed *f)
{
	size_t k = placer_before(p, i, f);

	if (k == 0 || !answer_is_other_way(p->parts, i))
		return false;
	f->thin |= answer_is_other_way(p->parts, k - 1);
	placer_refuse(p, i, "the answer has another way to change %s; only the first is shown%s",
		      f->path, f->thin ? ", and not applied unasked" : "");
	return true;
}
