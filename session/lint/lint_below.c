/* What is linted when a tool gave up on a design.
 *
 * Verilator ends with the first construct that it does not support, and breaks on a
 * few. Then no file of the design was read, although most are in order: a core whose
 * branch predictor is not supported has forty others. The modules below that do
 * without the files at fault become designs of their own, the largest first, so that
 * each file is read once. A design that a limit stopped is left alone, because its
 * parts may take as long.
 *
 * A syntax error ends the tool's work as well: it has parsed the other files, but looked up no
 * name in them.
 */
#include "config.h"

#include "session/lint/lint_below.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/lint/lint_roots.h"
#include "session/lint/lint_run.h"
#include "session/project/project.h"
#include "session/project/project_closure.h"
#include "session/text/name_map.h"
#include "session/output/diag.h"

#define MAX_BELOW 1000u /* files that are tried */

/* A file that nothing read, with all that it needs. */
struct part {
	const char *path;
	struct closure needs;
};

struct below {
	const struct project *p;
	struct name_map read, faults; /* paths; keys borrowed */
	struct part *v;
	size_t n;
};

static bool is_in(const struct name_map *m, const char *path)
{
	return name_map_has(m, path, strlen(path));
}

static void put(struct name_map *m, const char *path)
{
	name_map_put(m, path, strlen(path), 0);
}

/* Notes the files that made the tool give up; false if it named none. */
static bool note_faults(struct below *b, const struct lint_item *items, size_t i)
{
	const struct diag_list *found = items[items[i].in].found;
	bool any = false;

	for (size_t k = 0; found && k < diag_list_len(found); k++) {
		const struct diag *d = diag_list_at(found, k);

		if (!d->path[0] ||
		    (strcmp(d->code, DIAG_UNSUPPORTED) != 0 && strcmp(d->code, "INTERNAL") != 0))
			continue;
		put(&b->faults, d->path);
		any = true;
	}
	return any;
}

static bool is_free_of_faults(const struct below *b, const struct closure *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (is_in(&b->faults, c->v[i].path))
			return false;
	return true;
}

/* False if a module of the file refers to one above it, on which the tool gave up. */
static bool stands_alone(const struct project *p, const struct project_file *f)
{
	const char *above, *path;

	for (size_t i = 0; f->outline && i < f->outline->n; i++)
		if (project_needs_above(p, f->path, &f->outline->modules[i], &above, &path))
			return false;
	return true;
}

static void try_files(struct below *b, const struct strv *files)
{
	for (size_t i = 0; i < files->n && b->n < MAX_BELOW; i++) {
		const char *path = files->v[i];
		const struct project_file *f = project_find(b->p, path);
		struct closure c;

		if (!f || f->header || is_in(&b->read, path) || !stands_alone(b->p, f))
			continue;
		put(&b->read, path); /* tried once */
		closure_init(&c, b->p, &path, 1);
		if (!is_free_of_faults(b, &c)) {
			closure_fini(&c);
			continue;
		}
		b->v = mem_realloc(b->v, (b->n + 1) * sizeof(*b->v));
		b->v[b->n++] = (struct part){ path, c };
	}
}

static int by_size(const void *a, const void *b)
{
	const struct part *x = a, *y = b;

	if (x->needs.n != y->needs.n)
		return x->needs.n > y->needs.n ? -1 : 1;
	return strcmp(x->path, y->path);
}

static void add_roots(struct below *b, struct lint_roots *r)
{
	struct name_map covered = NAME_MAP_INIT;

	if (b->n)
		qsort(b->v, b->n, sizeof(*b->v), by_size);
	for (size_t i = 0; i < b->n; i++) {
		if (is_in(&covered, b->v[i].path))
			continue;
		lint_roots_of_file(b->p, b->v[i].path, r, NULL);
		for (size_t k = 0; k < b->v[i].needs.n; k++)
			put(&covered, b->v[i].needs.v[k].path);
	}
	name_map_fini(&covered);
}

/* Notes the files with errors; false if there is no syntax error: then the tool went on, and
 * said what is wrong with the other files. */
static bool note_broken(struct below *b, const struct lint_item *items, size_t i)
{
	const struct diag_list *found = items[items[i].in].found;
	bool syntax = false;

	for (size_t k = 0; found && k < diag_list_len(found); k++) {
		const struct diag *d = diag_list_at(found, k);

		if (d->rank != DIAG_ERROR || !d->path[0])
			continue;
		put(&b->faults, d->path);
		syntax |= diag_is_syntax_error(d);
	}
	return syntax;
}

static void add_parts(const struct project *p, const struct lint_item *items, struct lint_roots *r,
		      bool broken)
{
	struct below b = { .p = p };
	size_t had = r->n;
	bool *gave_up = mem_calloc(had + 1, sizeof(*gave_up));

	for (size_t i = 0; i < had; i++) {
		enum err_code code = items[i].why.code;

		gave_up[i] = broken ? code == ERR_NONE && note_broken(&b, items, i)
				    : code == ERR_TOOL && note_faults(&b, items, i);
		if (code == ERR_NONE && !gave_up[i])
			for (size_t k = 0; k < r->v[i].files.n; k++)
				put(&b.read, r->v[i].files.v[k]);
	}
	for (size_t i = 0; i < had; i++)
		if (gave_up[i])
			try_files(&b, &r->v[i].files);
	add_roots(&b, r);
	for (size_t i = 0; i < b.n; i++)
		closure_fini(&b.v[i].needs);
	free(b.v);
	free(gave_up);
	name_map_fini(&b.read);
	name_map_fini(&b.faults);
}

void lint_below(const struct project *p, const struct lint_item *items, struct lint_roots *r)
{
	add_parts(p, items, r, false);
}

void lint_below_broken(const struct project *p, const struct lint_item *items, struct lint_roots *r)
{
	add_parts(p, items, r, true);
}
