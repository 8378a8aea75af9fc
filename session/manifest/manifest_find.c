/* Decides which of a project's descriptions belong together.
 *
 * A repository often has several: a file list for the simulator, a project for a
 * board, a Makefile in each folder of examples. Two that name the same file
 * describe the same design, and what each adds (a testbench, an include folder)
 * helps the other. Two that name different files of the same name, a `ram.v` for
 * the board and one for the simulator, are alternatives, of which only one can be
 * meant.
 *
 * Projects of FPGA tools that share a design are one for each board, and each has a
 * macro that chooses its board. As with several calls in a Makefile, the macros that
 * all of them have in common are the design's.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/manifest/manifest_inner.h"
#include "session/manifest/tree_vivado.h"

struct candidate {
	const char *path; /* borrowed from the tree */
	enum manifest_kind kind;
	size_t depth; /* its own depth, or that of the nearest description it includes */
	struct manifest says;
	size_t sources;
	bool part; /* included by another one */
	bool failed;
	struct err err;
};

struct search {
	const struct tree *tree;
	struct manifest *out;
	struct candidate *v;
	size_t n, cap;
	struct name_map names;	   /* base names of the files taken, to indices in out->files */
	size_t odd_left, left;	   /* not read, because there are too many */
	struct strv board_defines; /* common to all projects of FPGA tools taken so far */
	struct strv one_board;	   /* those of some only */
	size_t boards;
};

static int by_nearness(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if ((x->kind == MANIFEST_README) != (y->kind == MANIFEST_README))
		return x->kind == MANIFEST_README ? 1 : -1;
	if (x->depth != y->depth)
		return x->depth < y->depth ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return strcmp(x->path, y->path);
}

/* Most files with these extensions are something else. */
static bool is_odd(enum manifest_kind kind)
{
	return kind == MANIFEST_EFINITY || kind == MANIFEST_PYTHON || kind == MANIFEST_PERL ||
	       kind == MANIFEST_README;
}

static void collect(struct search *s)
{
	size_t odd[MANIFEST_README + 1] = { 0 };

	for (size_t i = 0; i < s->tree->n; i++) {
		const char *path = s->tree->paths[i];
		enum manifest_kind kind = manifest_kind(path);

		if (kind == MANIFEST_NONE || tree_is_vivado(s->tree, path))
			continue;
		if (is_odd(kind) && odd[kind]++ >= MANIFEST_MAX_ODD) {
			s->odd_left++;
			continue;
		}
		if (s->n >= MANIFEST_MAX_READ) {
			s->left++;
			continue;
		}
		MEM_PUSH(s->v, s->n, s->cap,
			 (struct candidate){
				 .path = path, .kind = kind, .depth = path_folders(path) });
	}
	if (s->n)
		qsort(s->v, s->n, sizeof(*s->v), by_nearness);
}

static bool is_source(const struct manifest_file *f)
{
	return f->role == MANIFEST_SOURCE || f->role == MANIFEST_LIBRARY;
}

/* Reads each description with everything it includes; an included one becomes a
 * part of its includer, whichever was read first. */
static void read_all(struct search *s)
{
	struct name_map by_path = NAME_MAP_INIT;
	struct manifest_cores cores = { .known = false };
	size_t reads = 0;

	for (size_t i = 0; i < s->n; i++)
		name_map_put(&by_path, s->v[i].path, strlen(s->v[i].path), i);
	for (size_t i = 0; i < s->n; i++) {
		struct candidate *c = &s->v[i];

		if (c->part)
			continue;
		c->says.reads = reads;
		c->failed =
			!manifest_read_with(&c->says, s->tree, c->path, c->kind, &cores, &c->err);
		reads = c->says.reads;
		for (size_t k = 1; k < c->says.read.n; k++) {
			size_t other;

			if (!name_map_get(&by_path, c->says.read.v[k], strlen(c->says.read.v[k]),
					  &other) ||
			    other == i)
				continue;
			s->v[other].part = true;
			if (path_folders(s->v[other].path) < c->depth)
				c->depth = path_folders(s->v[other].path);
		}
		for (size_t k = 0; k < c->says.n_files; k++)
			c->sources += is_source(&c->says.files[k]);
	}
	s->out->reads = reads;
	name_map_fini(&by_path);
	manifest_cores_fini(&cores);
	if (s->n)
		qsort(s->v, s->n, sizeof(*s->v), by_nearness);
}

/* A file taken already that has the same base name as a different file of c, or NULL. */
static const char *clash(const struct search *s, const struct candidate *c, const char **its)
{
	for (size_t i = 0; i < c->says.n_files; i++) {
		const struct manifest_file *f = &c->says.files[i];
		const char *base = path_base(f->path);
		size_t k;

		if (is_source(f) && name_map_get(&s->names, base, strlen(base), &k) &&
		    !manifest_file(s->out, f->path)) {
			*its = f->path;
			return s->out->files[k].path;
		}
	}
	return NULL;
}

static bool shares(const struct search *s, const struct candidate *c)
{
	for (size_t i = 0; i < c->says.n_files; i++)
		if (is_source(&c->says.files[i]) && manifest_file(s->out, c->says.files[i].path))
			return true;
	return false;
}

static void describe(struct search *s, const struct candidate *c, bool taken, char *why)
{
	struct manifest *m = s->out;

	MEM_PUSH(
		m->descriptors, m->n_descriptors, m->cap_descriptors,
		(struct manifest_descriptor){
			.path = mem_strdup(c->path), .kind = c->kind, .taken = taken, .why = why });
}

/* Drops values that contradict an earlier one. */
static void merge_values(struct reading *r, struct strv *to, const struct strv *from,
			 const char *what)
{
	for (size_t i = 0; i < from->n; i++) {
		size_t n = strcspn(from->v[i], "=");
		const char *other = NULL;

		for (size_t k = 0; k < to->n && !other; k++)
			if (strncmp(to->v[k], from->v[i], n) == 0 &&
			    (to->v[k][n] == '=' || to->v[k][n] == '\0'))
				other = to->v[k];
		if (!other)
			reading_add_once(r, to, from->v[i], strlen(from->v[i]));
		else if (strcmp(other, from->v[i]) != 0)
			reading_note(r, "the %s %s is left out, because %s was said before", what,
				     from->v[i], other);
	}
}

static void merge_list(struct reading *r, struct strv *to, const struct strv *from)
{
	for (size_t i = 0; i < from->n; i++)
		reading_add_once(r, to, from->v[i], strlen(from->v[i]));
}

static void merge_files(struct search *s, struct reading *r, struct manifest *from)
{
	for (size_t i = 0; i < from->n_files; i++) {
		struct manifest_file *f = &from->files[i];
		size_t n = s->out->n_files;

		r->test = f->test;
		r->sv = f->sv || from->sv;
		r->given = f->given;
		reading_add_path(r, f->path, f->role);
		if (s->out->n_files == n)
			continue;
		free(s->out->files[n].where); /* keep the original location */
		s->out->files[n].where = f->where;
		f->where = NULL;
		if (is_source(f)) {
			const char *base = path_base(s->out->files[n].path);

			name_map_put(&s->names, base, strlen(base), n);
		}
	}
}

/* Parameters apply to the first top only. */
static bool same_top(const struct manifest *out, const struct manifest *m)
{
	return out->tops.n == 0 || m->tops.n == 0 || strcmp(out->tops.v[0], m->tops.v[0]) == 0;
}

/* A .qip is a part of a project. */
static bool is_board(const struct candidate *c)
{
	return c->kind >= MANIFEST_QSF && c->kind <= MANIFEST_EFINITY && !str_ends(c->path, ".qip");
}

static void meet_board(struct search *s, const struct strv *defines)
{
	for (size_t i = 0; i < defines->n; i++) {
		const char *v = defines->v[i];

		if (s->boards == 0)
			strv_add(&s->board_defines, v);
		else if (!strv_has(&s->board_defines, v) && !strv_has(&s->one_board, v))
			strv_add(&s->one_board, v);
	}
	for (size_t i = s->board_defines.n; s->boards && i-- > 0;) {
		const char *v = s->board_defines.v[i];

		if (strv_has(defines, v))
			continue;
		strv_add(&s->one_board, v);
		strv_drop(&s->board_defines, i);
	}
	s->boards++;
}

static void end_boards(struct search *s)
{
	struct reading r = {
		.tree = s->tree, .out = s->out, .path = "projects of FPGA tools", .folder = "."
	};
	const struct strv *one = &s->one_board;

	merge_values(&r, &s->out->defines, &s->board_defines, "define");
	if (one->n && s->out->notes.n < MANIFEST_MAX_NOTES)
		strv_addf(&s->out->notes,
			  "%zu macro%s of single boards, such as %s, %s left out: `set defines` "
			  "chooses a board",
			  one->n, one->n == 1 ? "" : "s", one->v[0], one->n == 1 ? "is" : "are");
	strv_free(&s->board_defines);
	strv_free(&s->one_board);
}

/* first: scripts and Makefiles set values for their own runs, and their tops are
 * often experiments, so these only count if nothing was taken before. */
static void merge(struct search *s, struct candidate *c, bool first)
{
	struct reading r = { .tree = s->tree, .out = s->out, .path = c->path, .folder = "." };
	struct manifest *m = &c->says;

	merge_files(s, &r, m);
	if (first || c->kind < MANIFEST_TCL) {
		if (same_top(s->out, m))
			merge_values(&r, &s->out->parameters, &m->parameters, "parameter");
		if (is_board(c))
			meet_board(s, &m->defines);
		else
			merge_values(&r, &s->out->defines, &m->defines, "define");
		merge_list(&r, &s->out->plusargs, &m->plusargs);
		merge_list(&r, &s->out->tops, &m->tops);
		merge_list(&r, &s->out->test_tops, &m->test_tops);
		s->out->sv = s->out->sv || m->sv;
	}
	merge_list(&r, &s->out->include_dirs, &m->include_dirs);
	merge_list(&r, &s->out->library_dirs, &m->library_dirs);
	merge_list(&r, &s->out->library_exts, &m->library_exts);
	merge_list(&r, &s->out->read, &m->read);
	manifest_add_targets(s->out, m->targets, m->n_targets);
	m->n_targets = 0;
	for (size_t i = 0; i < m->notes.n && s->out->notes.n < MANIFEST_MAX_NOTES; i++)
		strv_add_once(&s->out->notes, m->notes.v[i]);
}

/* Takes c, or reports why not. first: nothing was taken so far. */
static bool decide(struct search *s, struct candidate *c, bool first)
{
	const char *its = NULL, *taken = NULL;

	if (c->failed) {
		describe(s, c, false, mem_strdup(c->err.text));
		return false;
	}
	if (c->sources == 0) {
		/* A Makefile for something else is not worth reporting; a list of
		 * files that do not exist is. */
		if (c->kind < MANIFEST_TCL && c->says.notes.n)
			describe(s, c, false,
				 str_fmt("no file that it names is here (%s)", c->says.notes.v[0]));
		return false;
	}
	taken = clash(s, c, &its);
	if (taken)
		describe(s, c, false,
			 str_fmt("it names %s where %s is taken; 'set files @%s' takes it instead",
				 its, taken, c->path));
	else if (!first && !shares(s, c))
		describe(s, c, false,
			 str_fmt("it shares no file with those above; 'set files @%s' takes it "
				 "alone",
				 c->path));
	else
		describe(s, c, true, str_fmt("%zu file%s", c->sources, c->sources == 1 ? "" : "s"));
	if (!s->out->descriptors[s->out->n_descriptors - 1].taken)
		return false;
	merge(s, c, first);
	return true;
}

/* Keeps c for sources that no other description names. */
static void keep_aside(struct search *s, struct candidate *c)
{
	struct manifest *m = s->out;

	if (c->failed || c->sources == 0 || c->kind == MANIFEST_SBY || c->says.read.n == 0 ||
	    m->n_aside == MANIFEST_MAX_ASIDE)
		return;
	m->aside = mem_realloc(m->aside, (m->n_aside + 1) * sizeof(*m->aside));
	m->aside[m->n_aside++] = c->says;
	m->descriptors[m->n_descriptors - 1].aside = true;
	c->says = MANIFEST_INIT;
}

/* Reports files that were not read; otherwise a missing guess would go unnoticed. */
static void note_left(const struct search *s)
{
	if (s->odd_left)
		strv_addf(&s->out->notes,
			  "%zu more .py, .pl, .md and .xml files, which may say what belongs to "
			  "the design, "
			  "were not read: %u are ('set files @FILE' takes one)",
			  s->odd_left, (unsigned)MANIFEST_MAX_ODD);
	if (s->left)
		strv_addf(&s->out->notes,
			  "%zu more descriptions of projects were not read: %u are ('set files "
			  "@FILE' takes one)",
			  s->left, (unsigned)MANIFEST_MAX_READ);
}

/* True if the project says something about itself other than in prose, which may be
 * old, or about another machine. */
static bool said_before(const struct search *s, bool first)
{
	for (size_t i = 0; !first && i < s->out->n_descriptors; i++)
		if (s->out->descriptors[i].taken && s->out->descriptors[i].kind != MANIFEST_README)
			return true;
	return false;
}

/* Merges the settings of an editor's linter. They apply to all files, and do not compete with
 * the descriptions of a design. */
static void take_settings(struct search *s, struct candidate *c)
{
	struct reading r = { .tree = s->tree, .out = s->out, .path = c->path, .folder = "." };
	struct manifest *m = &c->says;

	if (c->failed || m->include_dirs.n + m->defines.n == 0)
		return;
	merge_values(&r, &s->out->defines, &m->defines, "define");
	merge_list(&r, &s->out->include_dirs, &m->include_dirs);
	merge_list(&r, &s->out->read, &m->read);
	describe(s, c, true, mem_strdup("include folders and macros of a linter in an editor"));
}

void manifest_find(struct manifest *m, const struct tree *t)
{
	struct search s = { .tree = t, .out = m };
	bool first = true;

	collect(&s);
	read_all(&s);
	for (size_t i = 0; i < s.n; i++) {
		if (s.v[i].kind == MANIFEST_EDITOR || s.v[i].part ||
		    (s.v[i].kind == MANIFEST_README && said_before(&s, first)))
			continue;
		if (decide(&s, &s.v[i], first))
			first = false;
		else
			keep_aside(&s, &s.v[i]);
	}
	for (size_t i = 0; i < s.n; i++)
		if (s.v[i].kind == MANIFEST_EDITOR)
			take_settings(&s, &s.v[i]);
	end_boards(&s);
	note_left(&s);
	for (size_t i = 0; i < s.n; i++)
		manifest_fini(&s.v[i].says);
	free(s.v);
	name_map_fini(&s.names);
}
