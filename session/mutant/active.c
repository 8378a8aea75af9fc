/* Which bytes of the sources a simulation reads; text that an `ifdef` leaves out
 * need not be mutated. Runs the preprocessor as the tool would, with the job's
 * macros, from file to file. If it may not see what the tool sees (an include
 * that could be several files, a macro that the tool predefines), `certain` is
 * false and nothing may be concluded.
 */
#include "config.h"

#include "session/mutant/active.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/tool/simulator.h"
#include "session/verilog/vpp.h"

void actives_init(struct actives *a, const struct sim_job *job, active_text_fn *text, void *ctx)
{
	*a = (struct actives){ .job = job, .text = text, .ctx = ctx, .certain = true };
	a->macros = vmacros_new();
	for (const char *const *d = job->defines; d && *d; d++)
		a->certain = vmacros_define(a->macros, *d, NULL) && a->certain;
}

void actives_fini(struct actives *a)
{
	vmacros_free(a->macros);
}

/* The only source whose path ends in that name. If several do, the choice depends
 * on include folders, which are not known here. */
static bool include(void *ctx, const char *from, const char *name, bool angle, const char **path,
		    const char **text, size_t *len)
{
	struct actives *a = ctx;
	size_t found = a->job->n, n = strlen(name);

	for (size_t i = 0; i < a->job->n; i++) {
		const char *p = a->job->sources[i].path;
		size_t k = strlen(p);

		if (k < n || strcmp(p + k - n, name) != 0 || (k > n && p[k - n - 1] != '/'))
			continue;
		if (found < a->job->n)
			a->certain = false;
		found = i;
	}
	*text = found < a->job->n ? a->text(a->ctx, found, len) : NULL;
	a->certain = a->certain && *text;
	*path = *text ? a->job->sources[found].path : NULL;
	return *text != NULL;
}

void actives_read(struct actives *a, size_t source, struct active *out)
{
	const struct vpp_env env = { .given = a->macros, .include = include, .ctx = a };
	size_t len = 0, cap = 0;
	const char *text = a->text(a->ctx, source, &len);
	struct strv notes = STRV_INIT;
	struct vpp_token t;
	struct vpp *p;

	*out = (struct active){ 0 };
	a->certain = a->certain && text;
	if (!text)
		return;
	p = vpp_new(a->job->sources[source].path, text, len, &env);
	while (vpp_next(p, &t)) {
		if (t.included)
			continue;
		if (out->n == cap) {
			cap = cap ? cap * 2 : 1024;
			out->v = mem_realloc(out->v, cap * sizeof(*out->v));
		}
		out->v[out->n++] = t.off;
	}
	vpp_take_notes(p, &notes);
	a->certain = a->certain && notes.n == 0;
	out->certain = a->certain && !vpp_saw_tool(p);
	a->certain = out->certain;
	vmacros_merge(a->macros, vpp_macros(p));
	strv_free(&notes);
	vpp_free(p);
}

void active_fini(struct active *a)
{
	free(a->v);
	*a = (struct active){ 0 };
}

static int by_off(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

bool active_has(const struct active *a, size_t off)
{
	return a->n && bsearch(&off, a->v, a->n, sizeof(*a->v), by_off);
}
