/* One fence with a design and its testbench, or with modules of several files: each
 * module goes to its own file.
 *
 *	`timescale 1ns/1ps	lead of the first module, repeated for the others
 *	module inc ...		rtl/inc.sv, where the project has it, or a new file
 *	// The test.		belongs to the next module
 *	module inc_tb ...	tb/inc_tb.sv
 *
 * A block that names its file is not split, unless another file already has one of
 * its modules. Neither is one that would fall apart: with branches of `ifdef around
 * modules, or a module without an end.
 */
#include "config.h"

#include "session/answer/answer_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_merge.h"
#include "session/base/mem.h"
#include "session/base/path.h"

#define MAX_SPLIT 50 /* modules in one block */

enum {
	NEW_DESIGN,
	NEW_BENCH,
	IN_FILE
}; /* groups; IN_FILE + index of the first module of that
    * file */

struct unit {
	const struct vmodule *m;
	const char *file; /* project file that has it; NULL: none */
	size_t from, end; /* including the lines above it */
	size_t group;
};

struct split {
	struct voutline o;
	struct slice text;
	struct unit units[MAX_SPLIT];
	size_t n;
};

/* Start of the second module's lead: after the line on which the first module ends. */
static size_t lead_start(struct slice text, size_t end)
{
	struct slice rest = slice_from(text, end);

	return end + slice_line(&rest).n;
}

static bool has_branches(struct slice between)
{
	while (between.n) {
		struct slice s = slice_trim(slice_line(&between));

		if (slice_starts(s, "`if") || slice_starts(s, "`els") || slice_starts(s, "`endif"))
			return true;
	}
	return false;
}

static bool read_units(struct split *s, const struct answer_project *project)
{
	size_t end = 0;

	for (size_t i = 0; i < s->o.n; i++) {
		const struct vmodule *m = &s->o.modules[i];
		const char *file;

		if (!unit_counts(&s->o, m))
			return false;
		if (s->n == MAX_SPLIT || !m->end_line || m->off < end || m->end > s->text.n ||
		    has_branches((struct slice){ s->text.p + end, m->off - end }))
			return false;
		file = project->file_of_module(project->ctx, m->name);
		if (file && !file[0])
			return false;
		s->units[s->n++] = (struct unit){ .m = m,
						  .file = file,
						  .from = end ? lead_start(s->text, end) : 0,
						  .end = m->end };
		end = m->end;
	}
	return s->n > 1 && !has_branches(slice_from(s->text, end));
}

static bool same_path(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static const struct unit *of_name(const struct split *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->units[i].m->name, name) == 0)
			return &s->units[i];
	return NULL;
}

/* True for a testbench of a module that is not in the block: other new modules then
 * belong to the testbench. */
static bool tests_another(const struct split *s, const struct answer_project *project)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct vmodule *m = s->units[i].m;

		for (size_t k = 0; k < m->n_instances && vmodule_is_testbench(m); k++)
			if (!of_name(s, m->instances[k].module) &&
			    project->file_of_module(project->ctx, m->instances[k].module))
				return true;
	}
	return false;
}

/* The only design file that already has modules of the block; n: none, or several. */
static size_t known_design(const struct split *s)
{
	size_t found = s->n;

	for (size_t i = 0; i < s->n; i++) {
		if (!s->units[i].file || vmodule_is_testbench(s->units[i].m))
			continue;
		if (found < s->n && !same_path(s->units[found].file, s->units[i].file))
			return s->n;
		found = found < s->n ? found : i;
	}
	return found;
}

/* Assigns groups and returns their number. */
static size_t group(struct split *s, const struct answer_project *project)
{
	bool helps = tests_another(s, project);
	size_t known = known_design(s), n = 0;

	for (size_t i = 0; i < s->n; i++) {
		struct unit *u = &s->units[i];
		size_t same = 0;

		while (same < i && !same_path(s->units[same].file, u->file))
			same++;
		if (u->file)
			u->group = IN_FILE + same;
		else if (vmodule_is_testbench(u->m) || helps)
			u->group = NEW_BENCH;
		else
			u->group = known < s->n ? IN_FILE + known : NEW_DESIGN;
	}
	for (size_t i = 0; i < s->n; i++) {
		size_t k = 0;

		while (s->units[k].group != s->units[i].group)
			k++;
		n += k == i;
	}
	return n;
}

/* Directives above the first module apply to all modules. */
static void add_directives(const struct split *s, struct str *out)
{
	struct slice lead = { s->text.p, s->units[0].m->off };

	while (lead.n) {
		struct slice line = slice_line(&lead), t = slice_trim(line);

		if (slice_starts(t, "`"))
			str_add(out, line.p, line.n);
	}
}

static void write_group(const struct split *s, size_t group, bool first, struct str *out)
{
	if (!first)
		add_directives(s, out);
	for (size_t i = 0; i < s->n; i++) {
		const struct unit *u = &s->units[i];
		size_t end = i + 1 < s->n ? s->units[i + 1].from : s->text.n;
		struct slice text = { s->text.p + u->from, end - u->from };

		if (u->group != group)
			continue;
		while (out->len == 0 && text.n && strchr("\r\n", text.p[0]))
			text = slice_from(text, 1);
		str_add(out, text.p, text.n);
	}
	while (out->len > 1 && out->data[out->len - 1] == '\n' && out->data[out->len - 2] == '\n')
		str_cut(out, out->len - 1);
}

/* Replaces part i by one part per group. */
static void insert(struct answer_parts *parts, size_t **origin, size_t i, const struct split *s,
		   size_t groups)
{
	struct answer_part whole = parts->v[i];
	size_t at = i;

	parts->v = mem_realloc(parts->v, (parts->n + groups) * sizeof(*parts->v));
	*origin = mem_realloc(*origin, (parts->n + groups) * sizeof(**origin));
	memmove(&parts->v[i + groups], &parts->v[i + 1], (parts->n - i - 1) * sizeof(*parts->v));
	memmove(&(*origin)[i + groups], &(*origin)[i + 1], (parts->n - i - 1) * sizeof(**origin));
	parts->n += groups - 1;
	for (size_t k = 0; k < s->n; k++) {
		struct str text = STR_INIT;
		size_t before = 0;

		while (s->units[before].group != s->units[k].group)
			before++;
		if (before < k)
			continue;
		write_group(s, s->units[k].group, k == 0, &text);
		parts->v[at] = (struct answer_part){ .kind = PART_CODE,
						     .len = text.len,
						     .language = mem_strdup(whole.language) };
		parts->v[at].text = mem_dup(str_cstr(&text), text.len + 1);
		(*origin)[at++] = (*origin)[i];
		str_free(&text);
	}
	free(whole.text);
	free(whole.path);
	free(whole.language);
}

/* In a named block, modules that are in no file yet go to the named file. False:
 * that file has none of its modules, or all. */
static bool keep_name(struct split *s, const char *name)
{
	const char *mine = NULL;
	bool other = false;

	for (size_t i = 0; i < s->n; i++) {
		const char *file = s->units[i].file;

		if (file && strcmp(path_base(file), path_base(name)) == 0)
			mine = file;
	}
	for (size_t i = 0; i < s->n; i++) {
		s->units[i].file = s->units[i].file ? s->units[i].file : mine;
		other |= mine && !same_path(s->units[i].file, mine);
	}
	return other;
}

void answer_split(struct answer_parts *parts, size_t **origin, const struct answer_project *project,
		  struct strv *notes)
{
	for (size_t i = 0; i < parts->n; i++) {
		const struct answer_part *p = &parts->v[i];
		struct split s = { .text = part_text(p) };
		size_t groups;

		if (p->kind != PART_CODE || p->cut || part_is_foreign(p) || project->forced_path)
			continue;
		voutline_init(&s.o, s.text.p, s.text.n);
		groups = read_units(&s, project) && (!p->path || keep_name(&s, p->path))
				 ? group(&s, project)
				 : 1;
		if (groups > 1) {
			insert(parts, origin, i, &s, groups);
			i += groups - 1;
			strv_add(notes,
				 "a block has modules of several files, each of which got its own");
		}
		voutline_fini(&s.o);
	}
}
