/* What a part of an answer is. By itself, so that the steps of answer_place() that
 * ask do not need each other. */
#include "config.h"

#include "session/answer/answer_inner.h"

#include <string.h>

#include "session/answer/answer_name.h"

bool part_is_code(const struct answer_part *part)
{
	return part->kind == PART_CODE || part->kind == PART_EDIT || part->kind == PART_DIFF;
}

struct slice part_text(const struct answer_part *part)
{
	return (struct slice){ part->text, part->len };
}

bool part_is_foreign(const struct answer_part *part)
{
	return part->language && !name_language_is_ours(slice_of(part->language));
}

bool part_is_design(const struct answer_part *part)
{
	return part->kind == PART_CODE && !part_is_foreign(part);
}

size_t answer_next_block(const struct answer_parts *parts, size_t i)
{
	for (i++; i < parts->n; i++)
		if (parts->v[i].kind != PART_PROSE)
			return part_is_design(&parts->v[i]) ? i : parts->n;
	return parts->n;
}

bool answer_same_file(const struct answer_part *a, const struct answer_part *b)
{
	return !b->path || (a->path && strcmp(a->path, b->path) == 0);
}
