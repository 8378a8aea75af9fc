#include "config.h"

#include "session/design.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/opt.h"
#include "session/project.h"
#include "session/remember.h"

static void add_headers(const struct project *p, struct strv *files)
{
	for (size_t i = 0; i < project_files(p); i++) {
		const struct project_file *f = project_file(p, i);

		if (f->header && !strv_has(files, f->path))
			strv_add(files, f->path);
	}
}

enum lang design_lang(const struct project *p, const struct options *o)
{
	enum lang l;

	return lang_parse(options_text(o, "language"), &l) ? l : project_lang(p);
}

void design_init(struct design *d, const struct project *p, const struct options *o,
		 const char *path, const char *top)
{

	memset(d, 0, sizeof(*d));
	d->top = mem_strdup(top);
	project_closure(p, &path, 1, &d->files, &d->notes);
	add_headers(p, &d->files);
	project_include_dirs(p, &d->include_dirs);
	d->sources = mem_calloc(d->files.n, sizeof(*d->sources));
	for (size_t i = 0; i < d->files.n; i++) {
		struct source *s = &d->sources[i];

		const char *text = project_overlay_text(p, d->files.v[i], &s->len);

		s->path = d->files.v[i];
		s->text = text ? mem_strndup(text, s->len) : NULL;
	}
	d->job = (struct sim_job){
		.root = project_root(p),
		.sources = d->sources,
		.n = d->files.n,
		.top = d->top,
		.include_dirs = d->include_dirs.n ? (const char *const *)d->include_dirs.v : NULL,
		.lang = design_lang(p, o),
	};
}

void design_fini(struct design *d)
{
	for (size_t i = 0; i < d->files.n; i++)
		free((char *)d->sources[i].text);
	strv_free(&d->files);
	strv_free(&d->include_dirs);
	strv_free(&d->notes);
	free(d->sources);
	free(d->top);
	memset(d, 0, sizeof(*d));
}

static bool instantiated_in(const struct voutline *o, const char *module)
{
	for (size_t i = 0; i < o->n; i++)
		for (size_t k = 0; k < o->modules[i].n_instances; k++)
			if (strcmp(o->modules[i].instances[k].module, module) == 0)
				return true;
	return false;
}

void design_roots(const struct project *p, const char *path, struct strv *modules)
{
	const struct project_file *f = project_find(p, path);

	for (size_t i = 0; f && f->outline && i < f->outline->n; i++) {
		const struct vmodule *m = &f->outline->modules[i];

		if ((m->kind == VUNIT_MODULE || m->kind == VUNIT_PROGRAM) &&
		    !instantiated_in(f->outline, m->name))
			strv_add(modules, m->name);
	}
}

/* From several: the one that was used last, else a list to choose from. */
static bool choose(const struct project *p, const struct strv *all, const char *what,
		   char **testbench, struct err *err)
{
	struct str names = STR_INIT;
	char *last;

	if (all->n == 1) {
		*testbench = mem_strdup(all->v[0]);
		return true;
	}
	last = remember_get(project_root(p), "testbench");
	if (last && strv_has(all, last)) {
		*testbench = last;
		return true;
	}
	free(last);
	for (size_t i = 0; i < all->n; i++)
		str_addf(&names, "%s%s", i ? ", " : "", all->v[i]);
	if (all->n == 0)
		err_set(err, ERR_USAGE, "%s: no testbench instantiates it; `posedge testbench MODULE` makes one", what);
	else
		err_set(err, ERR_USAGE, "%s has several testbenches: %s; name one, or `posedge set testbench NAME`",
			what, str_cstr(&names));
	str_free(&names);
	return false;
}

static void testbenches_in(const struct project *p, const char *path, const struct strv *all,
			   struct strv *out)
{
	const struct project_file *f = project_find(p, path);

	for (size_t i = 0; f && f->outline && i < f->outline->n; i++)
		if (strv_has(all, f->outline->modules[i].name))
			strv_add(out, f->outline->modules[i].name);
}

bool design_testbench(const struct project *p, const struct options *o, const char *name,
		      char **testbench, struct err *err)
{
	const char *set = options_text(o, "testbench");
	struct strv all = STRV_INIT, some = STRV_INIT;
	bool ok = false;

	*testbench = NULL;
	if (!name && set[0])
		name = set;
	project_testbenches(p, NULL, &all);
	if (!name) {
		ok = all.n ? choose(p, &all, "the project", testbench, err) :
			     err_set(err, ERR_USAGE, "there is no testbench here; `posedge testbench MODULE` makes one");
	} else if (project_find(p, name)) {
		testbenches_in(p, name, &all, &some);
		if (some.n == 0) {
			struct strv roots = STRV_INIT;

			design_roots(p, name, &roots);
			for (size_t i = 0; i < roots.n; i++)
				project_testbenches(p, roots.v[i], &some);
			strv_free(&roots);
		}
		ok = choose(p, &some, name, testbench, err);
	} else if (strv_has(&all, name)) {
		*testbench = mem_strdup(name);
		ok = true;
	} else if (project_module(p, name, NULL) && project_vmodule(p, name)->n_ports == 0) {
		/* Nothing to drive from outside, and asked for by name: it runs. */
		*testbench = mem_strdup(name);
		ok = true;
	} else if (project_module(p, name, NULL)) {
		project_testbenches(p, name, &some);
		ok = choose(p, &some, name, testbench, err);
	} else {
		err_set(err, ERR_USAGE, "%s: no such module or file in %s", name, project_root(p));
	}
	strv_free(&some);
	strv_free(&all);
	return ok;
}
