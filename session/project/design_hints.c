/* Hints on what a design lacks, with the command that supplies it. At most
 * MAX_HINTS of each kind are printed; the rest is counted.
 */
#include "config.h"

#include "session/project/design_hints.h"

#include <string.h>

#include "session/base/str.h"
#include "session/project/black_box.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/project/read_plan.h"

#define MAX_HINTS 3u /* per kind */

struct hints {
	struct strv said; /* names already reported */
	struct strv *notes;
};

/* True if the name is new and below the limit. */
static bool is_new(struct hints *h, const char *name)
{
	if (strv_has(&h->said, name))
		return false;
	strv_add(&h->said, name);
	return h->said.n <= MAX_HINTS;
}

static void end(struct hints *h, const char *what)
{
	if (h->said.n > MAX_HINTS)
		strv_addf(h->notes, "and %zu more %s", h->said.n - MAX_HINTS, what);
	strv_free(&h->said);
}

static bool is_given(const struct design *d, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < d->plusargs.n; i++)
		if (strncmp(d->plusargs.v[i] + 1, name, n) == 0)
			return true;
	return false;
}

/* "seed=": a run reads this plusarg by $value$plusargs("seed=%d", s). Code that only tests
 * for one, by $test$plusargs, runs without it; but that may be why nothing was checked. */
static void hint_plusargs(const struct design *d, const struct project *p, bool checked,
			  struct strv *notes)
{
	struct hints h = { .notes = notes };

	for (size_t i = 0; i < d->files.n; i++) {
		const struct project_file *f = project_find(p, d->files.v[i]);

		for (size_t k = 0; f && f->outline && k < f->outline->n_plusargs; k++) {
			const struct vplusarg *a = &f->outline->plusargs[k];

			if ((a->value || !checked) && !is_given(d, a->name) && is_new(&h, a->name))
				strv_addf(notes,
					  "%s:%d asks for the plusarg %s, which is not given: `set "
					  "plusargs %s%s` does",
					  f->path, a->line, a->name, a->name,
					  a->value ? "=VALUE" : "");
		}
	}
	end(&h, "plusargs that are not given");
}

static void hint_data(const struct design *d, struct strv *notes)
{
	struct hints h = { .notes = notes };

	for (size_t i = 0; i < d->data.n_missing; i++)
		if (is_new(&h, d->data.missing[i].name))
			strv_addf(notes, "%s:%d reads %s, which is nowhere in the project",
				  d->data.missing[i].path, d->data.missing[i].line,
				  d->data.missing[i].name);
	end(&h, "data files that are nowhere");
}

static void hint_libraries(const struct design *d, const struct project *p, struct strv *notes)
{
	for (size_t i = 0; i < d->files.n; i++) {
		const char *name = project_lacks_library(p, d->files.v[i]);

		if (!name)
			continue;
		strv_addf(notes,
			  "%s needs %s, which neither the project nor a simulator here has: such a "
			  "testbench cannot be run",
			  d->files.v[i], name);
		return; /* one hint is enough */
	}
}

void design_hint_run(const struct design *d, const struct project *p, const struct options *o,
		     const struct diag_list *found, bool checked, struct strv *notes)
{
	struct black_boxes boxes = { 0 };

	black_boxes_missing(&boxes, p, o, NULL, found);
	black_boxes_say_run(&boxes, notes);
	black_boxes_fini(&boxes);
	hint_libraries(d, p, notes);
	hint_data(d, notes);
	hint_plusargs(d, p, checked, notes);
}

static bool has_parts(const struct project *p)
{
	for (size_t i = 0; i < project_files(p); i++) {
		const struct voutline *o = project_file(p, i)->outline;

		for (size_t u = 0; o && u < o->n; u++)
			if (o->modules[u].kind == VUNIT_MODULE && o->modules[u].n_ports > 0)
				return true;
	}
	return false;
}

void design_hint_alone(const struct design *d, const struct project *p, const char *testbench,
		       struct strv *notes)
{
	const struct project_file *f = project_module(p, testbench, NULL);
	const struct vmodule *top = f ? voutline_module(f->outline, testbench) : NULL;

	if (!top || top->n_instances || top->n_ports || d->roots.n || f->outline->n_binds ||
	    !has_parts(p))
		return;
	strv_addf(notes, "%s in %s instantiates no module, so none of the project is simulated",
		  testbench, f->path);
}
