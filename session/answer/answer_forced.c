/* Which part of an answer --file is for. The user had one block in mind, but an
 * answer may have several: code with modules is preferred to edits, edits to
 * fragments. Among several blocks with modules it is the one whose module the file
 * has already or is named after, or the only testbench if the file's name says
 * testbench. Otherwise none is chosen.
 */
#include "config.h"

#include "session/answer/answer_inner.h"

#include <string.h>

#include "session/answer/answer_name.h"

static size_t count_nameless(const struct placer *p, bool (*what)(const struct placer *p, size_t i))
{
	size_t n = 0;

	for (size_t i = 0; i < p->parts->n; i++)
		n += what(p, i);
	return n;
}

static bool nameless_units(const struct placer *p, size_t i)
{
	return p->parts->v[i].kind == PART_CODE && !p->parts->v[i].path && p->shapes[i].units;
}

static bool nameless_edit(const struct placer *p, size_t i)
{
	const struct answer_part *part = &p->parts->v[i];

	return (part->kind == PART_EDIT || part->kind == PART_DIFF) && !part->path;
}

bool placer_nameless_fragment(const struct placer *p, size_t i)
{
	const struct answer_part *part = &p->parts->v[i];

	return part->kind == PART_CODE && !part->path && !p->shapes[i].units &&
	       !p->shapes[i].blank && !part_is_foreign(part);
}

static bool any_code(const struct placer *p, size_t i)
{
	return part_is_code(&p->parts->v[i]);
}

/* True if --file is for this block: it has a module that the file has or is named
 * after, or it is the only one that is (or is not) a testbench. */
static bool for_forced(const struct placer *p, size_t i, int rule)
{
	const struct voutline *o = &p->shapes[i].outline;
	const char *path = p->project->forced_path;
	struct slice stem = name_stem(slice_of(path));
	const struct vmodule *m = outline_top(o);

	for (size_t k = 0; k < o->n && rule < 2; k++) {
		const char *file = p->project->file_of_module(p->project->ctx, o->modules[k].name);

		if (rule == 0 ? file && strcmp(file, path) == 0
			      : slice_is(stem, o->modules[k].name))
			return true;
	}
	return rule == 2 && m && vmodule_is_testbench(m) == name_is_testbench(stem.p, stem.n);
}

static bool choose_one(struct placer *p)
{
	for (int rule = 0; rule < 3; rule++) {
		size_t n = 0, which = 0;

		for (size_t i = 0; i < p->parts->n; i++)
			if (nameless_units(p, i) && for_forced(p, i, rule)) {
				which = i;
				n++;
			}
		if (n == 1)
			return p->shapes[which].forced = true;
	}
	return false;
}

void placer_choose_forced(struct placer *p)
{
	static bool (*const kinds[])(const struct placer *p, size_t i) = {
		nameless_units,
		nameless_edit,
		placer_nameless_fragment,
		any_code,
	};

	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]) && p->project->forced_path; k++) {
		size_t n = count_nameless(p, kinds[k]);

		if (n == 0)
			continue;
		if (n > 1 && kinds[k] == nameless_units && choose_one(p))
			return;
		p->forced_unclear = n > 1 && kinds[k] != nameless_edit && kinds[k] != any_code;
		for (size_t i = 0; i < p->parts->n && (n == 1 || kinds[k] == nameless_edit); i++)
			p->shapes[i].forced = kinds[k](p, i);
		return;
	}
}
