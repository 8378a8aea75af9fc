/* What a part of an answer is. A separate file, so the steps of answer_place() that
 * need it do not depend on each other.
 */
#include "config.h"

#include "session/answer/answer_inner.h"

#include <string.h>

#include "session/answer/answer_merge.h"
#include "session/answer/answer_name.h"

bool part_is_code(const struct answer_part *part)
{
	return part->kind == PART_CODE || part->kind == PART_EDIT || part->kind == PART_DIFF;
}

/* The text of an editing tool may end within a line; the marks stand on lines of their own. */
static void print_side(const char *mark, struct slice side, struct str *out)
{
	str_adds(out, mark);
	str_add(out, side.p, side.n);
	if (side.n && side.p[side.n - 1] != '\n')
		str_addc(out, '\n');
}

void answer_part_print(const struct answer_part *p, struct str *out)
{
	struct slice s = { p->text, p->len };

	if (p->kind == PART_EDIT) {
		print_side("<<<<<<< SEARCH\n",
			   (struct slice){ p->search, p->search ? p->search_len : 0 }, out);
		print_side("=======\n", s, out);
		str_adds(out, ">>>>>>> REPLACE");
		return;
	}
	while (s.n && strchr("\r\n", s.p[0]))
		s = slice_from(s, 1);
	while (s.n && strchr(" \t\r\n", s.p[s.n - 1]))
		s.n--;
	str_add(out, s.p, s.n);
}

struct slice part_text(const struct answer_part *part)
{
	return (struct slice){ part->text, part->len };
}

bool part_is_foreign(const struct answer_part *part)
{
	return part->language && !name_is_verilog_language(slice_of(part->language));
}

bool part_is_design(const struct answer_part *part)
{
	return part->kind == PART_CODE && !part_is_foreign(part);
}

void answer_say_lack(const struct answer_parts *p, const char *what, struct str *why)
{
	const char *other = NULL;

	for (size_t i = 0; i < p->n; i++) {
		if (part_is_design(&p->v[i])) {
			other = NULL;
			break;
		}
		if (p->v[i].kind == PART_CODE)
			other = p->v[i].language;
	}
	if (other)
		str_addf(why, "its code is marked as %.40s", other);
	else
		str_addf(why, "there is no %s in it", what);
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

/* More modules are not compared with each other. */
#define MAX_TOPS 200

bool name_is_testbench(const char *name, size_t len)
{
	struct slice s = { name, len };

	return slice_is(s, "tb") || slice_is(s, "testbench") || slice_starts(s, "tb_") ||
	       (len > 3 && memcmp(name + len - 3, "_tb", 3) == 0);
}

const struct vmodule *outline_top(const struct voutline *o)
{
	const struct vmodule *first = NULL;

	for (size_t i = 0; i < o->n; i++) {
		if (o->modules[i].kind != VUNIT_MODULE)
			continue;
		if (o->n <= MAX_TOPS && !voutline_instantiates(o, o->modules[i].name))
			return &o->modules[i];
		first = first ? first : &o->modules[i];
	}
	for (size_t i = 0; i < o->n && !first; i++)
		if (unit_counts(o, &o->modules[i]))
			first = &o->modules[i];
	return first;
}
