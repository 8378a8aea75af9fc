/* The complete input of a lint or a run: sources in the order in which the tool
 * reads them, include folders, macros, parameters, plusargs. Values from the
 * project's descriptions come first, those from `set` replace values of the same
 * name. Parameters are passed only if the top declares them, since tools reject
 * others. Texts are copied, so the project may change while the tool runs.
 */
#include "config.h"

#include "session/project/design.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/manifest/manifest.h"
#include "session/option/opt.h"
#include "session/project/black_box.h"
#include "session/project/design_include.h"
#include "session/project/design_macros.h"
#include "session/project/design_parameters.h"
#include "session/project/project.h"
#include "session/project/project_closure.h"
#include "session/text/name_map.h"

enum lang design_lang(const struct project *p, const struct options *o)
{
	enum lang l;

	return lang_parse(o->language, &l) ? l : project_lang(p);
}

static void put_words(struct strv *out, const struct strv *said, const struct strv *set)
{
	for (size_t i = 0; i < said->n; i++)
		strv_set(out, said->v[i]);
	for (size_t i = 0; i < set->n; i++)
		strv_set(out, set->v[i]);
}

const struct vmodule *design_top(const struct design *d, const struct project *p, const char *path)
{
	const struct project_file *f = project_find(p, path);

	return d->top && f && f->outline ? voutline_module(f->outline, d->top) : NULL;
}

/* Passes only parameters that the top declares; tools reject others. */
static void add_parameters(struct design *d, const struct project *p, const struct manifest *own,
			   const struct options *o, const char *path)
{
	struct strv said = STRV_INIT;

	put_words(&said, &own->parameters, &o->parameters);
	design_parameters(design_top(d, p, path), &said, &d->parameters);
	strv_free(&said);
}

static void add_plusargs(struct design *d, const struct manifest *own, const struct options *o)
{
	struct strv said = STRV_INIT;

	put_words(&said, &own->plusargs, &o->plusargs);
	for (size_t i = 0; i < said.n; i++)
		strv_addf(&d->plusargs, "%s%s", said.v[i][0] == '+' ? "" : "+", said.v[i]);
	strv_free(&said);
}

/* A header that somebody names is read with its includers, which are what a tool is given. */
static bool is_compiled(const struct needed *f)
{
	enum lang_file l = lang_file(f->path);

	return f->compiled && !(f->kind == NEED_GIVEN && (l == LANG_FILE_VH || l == LANG_FILE_SVH));
}

/* Adds the compiled files, then those they may include. *n_compiled: number of
 * compiled files. */
static void add_files(struct design *d, const struct project *p, const char *path,
		      size_t *n_compiled)
{
	struct name_map needed = NAME_MAP_INIT;
	struct closure c;

	closure_init(&c, p, &path, 1);
	for (size_t i = 0; i < c.n; i++) {
		name_map_put(&needed, c.v[i].path, strlen(c.v[i].path), 0);
		if (is_compiled(&c.v[i]))
			strv_add(&d->files, c.v[i].path);
	}
	*n_compiled = d->files.n;
	for (size_t i = 0; i < c.n; i++)
		if (!is_compiled(&c.v[i]))
			strv_add(&d->files, c.v[i].path);
	strv_addall(&d->notes, &c.notes);
	for (size_t i = 0; d->top && i < c.roots.n; i++)
		if (strcmp(c.roots.v[i], d->top) != 0)
			strv_add(&d->roots, c.roots.v[i]);
	for (size_t i = 0; i < project_files(p); i++) {
		const struct project_file *f = project_file(p, i);

		if (f->header && name_map_put(&needed, f->path, strlen(f->path), 0))
			strv_add(&d->files, f->path);
	}
	name_map_fini(&needed);
	closure_fini(&c);
}

static void add_unnamed(struct design *d, const struct project *p, const struct voutline *o)
{
	for (size_t u = 0; o && u < o->n; u++)
		for (size_t i = 0; i < o->modules[u].n_calls; i++)
			if (project_is_primitive(p, o->modules[u].calls[i]) &&
			    !strv_has(&d->unnamed, o->modules[u].calls[i]))
				strv_add(&d->unnamed, o->modules[u].calls[i]);
}

static void add_sources(struct design *d, const struct project *p, size_t n_compiled)
{
	d->sources = mem_calloc(d->files.n + 1, sizeof(*d->sources));
	for (size_t i = 0; i < d->files.n; i++) {
		struct source *s = &d->sources[i];
		const struct project_file *f = project_find(p, d->files.v[i]);
		const char *text = project_overlay_text(p, d->files.v[i], &s->len);

		s->path = d->files.v[i];
		s->text = text ? mem_strndup(text, s->len) : NULL;
		s->included = i >= n_compiled;
		s->nested = f && f->outline && voutline_nests(f->outline);
		s->old = f && f->outline && f->outline->old_names && !s->included &&
			 lang_file(s->path) == LANG_FILE_V;
		add_unnamed(d, p, f ? f->outline : NULL);
		if (f && f->outline && f->outline->configures)
			strv_addf(&d->notes,
				  "%s has a configuration, which no tool here reads: of several "
				  "definitions, the one that `posedge files` names is taken",
				  s->path);
	}
}

static const char *const *list_of(const struct strv *l)
{
	return l->n ? (const char *const *)l->v : NULL;
}

static void add_boxes(struct design *d, const struct project *p, const struct options *o)
{
	struct black_boxes b = { 0 };

	black_boxes_set(&b, p, o, d);
	if (b.n)
		black_boxes_add(&b, p, &d, 1);
	black_boxes_fini(&b);
}

/* After the folders from the settings, before the guessed ones. */
static void add_own_folders(struct design *d, const struct manifest *own, const struct options *o)
{
	char *clean;

	for (size_t i = 0; i < o->include.n; i++)
		if (path_clean(o->include.v[i], &clean, NULL))
			strv_give(&d->include_dirs, clean);
	strv_addall(&d->include_dirs, &own->include_dirs);
}

static bool sets_something(const struct manifest *m)
{
	return m->defines.n + m->parameters.n + m->plusargs.n > 0;
}

/* The description that applies to the file: its own if it has one (the Makefile
 * of an example, say), else the project's. */
static const struct manifest *manifest_for(struct design *d, const struct project *p,
					   const char *path)
{
	const struct manifest *m = project_manifest(p), *own = manifest_of(m, path);

	memset(d, 0, sizeof(*d));
	if (!own || own == m)
		return m;
	if (sets_something(own))
		strv_addf(&d->notes, "%s speaks of %s: what it sets counts here", own->read.v[0],
			  path);
	return own;
}

/* "1ns", "100ps": 10 to that power, in seconds. */
static void add_time(struct str *out, int exponent)
{
	static const char *const units[] = { "fs", "ps", "ns", "us", "ms", "s" };
	static const char *const tens[] = { "1", "10", "100" };
	int n = exponent + 15;

	if (n >= 0 && n < 18)
		str_addf(out, "%s%s", tens[n % 3], units[n / 3]);
}

/* The timescale of a module that has none: the testbench's, which its author sees beside
 * it, whatever the order of the files; else the first one in the sources. */
static void set_times(struct design *d, const struct project *p, const char *path)
{
	const struct vmodule *top = design_top(d, p, path);
	struct vtimescale t = top ? top->timescale : (struct vtimescale){ 0 };
	bool lacks = false, first = true, before = false, unit = false;
	struct str out = STR_INIT;

	for (size_t i = 0; i < d->files.n && !d->sources[i].included; i++) {
		const struct project_file *f = project_find(p, d->files.v[i]);

		if (!f || !f->outline)
			continue;
		before = before || (first && f->outline->timeunit);
		first = false;
		unit = unit || f->outline->timeunit;
		for (size_t k = 0; k < f->outline->n; k++) {
			const struct vmodule *m = &f->outline->modules[k];

			lacks = lacks || (m->kind == VUNIT_MODULE && !m->timescale.known);
			if (!t.known)
				t = m->timescale;
		}
	}
	d->job.times_of_unit = unit;
	if (!t.known || before || (!lacks && !unit))
		return;
	add_time(&out, t.unit);
	str_addc(&out, '/');
	add_time(&out, t.precision);
	d->times = str_take(&out);
	d->job.times = d->times;
}

void design_init(struct design *d, const struct project *p, const struct options *o,
		 const char *path, const char *top)
{
	const struct manifest *own = manifest_for(d, p, path);
	size_t n_compiled;

	d->top = mem_strdup(top);
	add_files(d, p, path, &n_compiled);
	add_sources(d, p, n_compiled);
	if (own != project_manifest(p))
		add_own_folders(d, own, o);
	project_include_dirs(p, (const char *const *)d->files.v, d->files.n, &d->include_dirs);
	design_settle_includes(d, p);
	/* As the outlines were read: a list that defines nothing leaves that to the
	 * project's Makefile. */
	put_words(&d->defines, own->defines.n ? &own->defines : &project_manifest(p)->defines,
		  &o->defines);
	design_macros(d, p);
	add_parameters(d, p, own, o, path);
	add_plusargs(d, own, o);
	d->job = (struct sim_job){
		.root = project_root(p),
		.sources = d->sources,
		.n = d->files.n,
		.top = d->top,
		.roots = list_of(&d->roots),
		.unnamed = list_of(&d->unnamed),
		.include_dirs = list_of(&d->include_dirs),
		.defines = list_of(&d->defines),
		.parameters = list_of(&d->parameters),
		.lang = design_lang(p, o),
		.lang_fixed = o->language[0] != '\0',
	};
	for (size_t i = 0; i < d->files.n; i++) {
		d->sources[i].old &= !d->job.lang_fixed;
		if (d->sources[i].old && d->job.lang == LANG_SV2017)
			strv_addf(&d->notes,
				  "%s is read as Verilog-2005, because it declares words of "
				  "SystemVerilog",
				  d->sources[i].path);
	}
	set_times(d, p, path);
	add_boxes(d, p, o);
}

void design_add_data(struct design *d, const struct project *p, const struct options *o,
		     const char *path)
{
	design_data_init(&d->data, p, o, &d->files, path, &d->parameters);
}

void design_fill_run(const struct design *d, struct run_job *job)
{
	job->plusargs = list_of(&d->plusargs);
	job->files = d->data.files;
	job->n_files = d->data.n;
	job->folders = list_of(&d->data.folders);
	job->rooted = list_of(&d->data.rooted);
	job->devices = d->data.devices;
	job->start_dir = d->data.start;
}

void design_fini(struct design *d)
{
	design_data_fini(&d->data);
	for (size_t i = 0; i < d->files.n; i++)
		free((char *)d->sources[i].text);
	strv_free(&d->files);
	strv_free(&d->include_dirs);
	strv_free(&d->defines);
	strv_free(&d->parameters);
	strv_free(&d->plusargs);
	strv_free(&d->roots);
	strv_free(&d->unnamed);
	strv_free(&d->notes);
	strv_free(&d->missing);
	free(d->sources);
	free(d->top);
	free(d->times);
	memset(d, 0, sizeof(*d));
}
