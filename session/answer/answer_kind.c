/* What a part of an answer is. By itself, so that the steps of answer_place() that
 * ask do not need each other. */
#include "config.h"

#include "session/answer/answer_inner.h"

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
