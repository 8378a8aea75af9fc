/* Finds the testbenches first: modules that are not instantiated and are not hardware.
 * Then divides what they reach by who needs it: a design under test, or the testbench
 * alone.
 *
 * When in doubt a file is a judge. A design file taken for a judge costs one question
 * to the user; a judge that could be changed would make the verdict worthless.
 */
#include "config.h"

#include "session/toolbox/judges.h"

#include <string.h>

#include "session/base/path.h"
#include "session/base/str.h"
#include "session/manifest/manifest.h"
#include "session/option/opt.h"
#include "session/project/project.h"
#include "session/project/project_closure.h"
#include "session/text/name_map.h"
#include "session/toolbox/under_test.h"
#include "session/verilog/verilog.h"

/* Paths and names are borrowed from the project. */
struct judges {
	const struct project *p;
	const struct options *o;
	struct name_map used;	/* modules that are instantiated */
	struct name_map needed; /* by a testbench: maps a path to an index into benches */
	struct name_map design; /* paths of the design */
	struct strv benches;	/* names of testbenches */
};

static bool has(const struct name_map *m, const char *key)
{
	return name_map_has(m, key, strlen(key));
}

static void put(struct name_map *m, const char *key, size_t value)
{
	name_map_put(m, key, strlen(key), value);
}

/* Testbenches ------------------------------------------------------------------------ */

static bool is_root(const struct judges *j, const struct vmodule *m)
{
	return (m->kind == VUNIT_MODULE || m->kind == VUNIT_PROGRAM) && !has(&j->used, m->name);
}

/* A module that is not instantiated and is not hardware is some kind of testbench:
 * named as one, wrapped around its stimuli, or driven by a C++ program. */
static bool is_bench(const struct judges *j, const struct vmodule *m)
{
	return project_is_testbench(j->p, m) || strcmp(m->name, j->o->testbench) == 0 ||
	       strv_has(&project_manifest(j->p)->test_tops, m->name) ||
	       (is_root(j, m) &&
		(m->delays || m->calls_finish || (m->n_ports == 0 && m->n_instances > 0)));
}

static const struct vmodule *bench_in(const struct judges *j, const struct project_file *f)
{
	for (size_t i = 0; f && f->outline && i < f->outline->n; i++)
		if (is_bench(j, &f->outline->modules[i]))
			return &f->outline->modules[i];
	return NULL;
}

static void add_used(struct judges *j)
{
	for (size_t i = 0; i < project_files(j->p); i++) {
		const struct voutline *o = project_file(j->p, i)->outline;

		for (size_t u = 0; o && u < o->n; u++)
			for (size_t k = 0; k < o->modules[u].n_instances; k++)
				put(&j->used, o->modules[u].instances[k].module, 0);
	}
}

static void add_bench(struct judges *j, const char *path, const struct vmodule *m,
		      struct strv *tested)
{
	struct closure c;

	closure_init(&c, j->p, &path, 1);
	for (size_t i = 0; i < c.n; i++)
		put(&j->needed, c.v[i].path, j->benches.n);
	under_test(j->p, &c, m, tested);
	strv_add(&j->benches, m->name);
	closure_fini(&c);
}

static void add_benches(struct judges *j, struct strv *tested)
{
	for (size_t i = 0; i < project_files(j->p); i++) {
		const struct project_file *f = project_file(j->p, i);

		for (size_t u = 0; f->outline && u < f->outline->n; u++)
			if (is_bench(j, &f->outline->modules[u]))
				add_bench(j, f->path, &f->outline->modules[u], tested);
	}
}

/* The design ------------------------------------------------------------------------- */

static void add_design(struct judges *j, const struct strv *paths, bool only_unneeded)
{
	struct closure c;

	closure_init(&c, j->p, (const char *const *)paths->v, paths->n);
	for (size_t i = 0; i < c.n; i++) {
		const char *path = c.v[i].path;

		if (!bench_in(j, project_find(j->p, path)) &&
		    !(only_unneeded && (has(&j->needed, path) || is_test_folder(path))))
			put(&j->design, path, 0);
	}
	closure_fini(&c);
}

static bool is_hardware(const struct voutline *o)
{
	for (size_t i = 0; i < o->n; i++) {
		const struct vmodule *m = &o->modules[i];

		if (m->kind == VUNIT_PROGRAM || m->kind == VUNIT_CLASS ||
		    (m->kind == VUNIT_MODULE &&
		     (!drives_outputs(m) || m->delays || m->calls_finish)))
			return false;
	}
	return o->n > 0;
}

/* A file that does not parse, such as "modul late (...);", must be open to repair,
 * unless its name says that it is a test. */
static bool is_broken_hardware(const struct project_file *f)
{
	return f->outline->n == 0 && f->outline->kind == VFILE_UNITS &&
	       !is_named_test(path_base(f->path));
}

static void add_untested(struct judges *j)
{
	struct strv paths = STRV_INIT;

	for (size_t i = 0; i < project_files(j->p); i++) {
		const struct project_file *f = project_file(j->p, i);

		if (f->outline && !has(&j->needed, f->path) && !is_test_folder(f->path) &&
		    (is_hardware(f->outline) || is_broken_hardware(f)))
			strv_add(&paths, f->path);
	}
	add_design(j, &paths, true);
	strv_free(&paths);
}

static void judges_init(struct judges *j, const struct project *p, const struct options *o)
{
	struct strv tested = STRV_INIT;

	*j = (struct judges){ .p = p, .o = o };
	add_used(j);
	add_benches(j, &tested);
	add_design(j, &tested, false);
	add_untested(j);
	strv_free(&tested);
}

static void judges_fini(struct judges *j)
{
	name_map_fini(&j->used);
	name_map_fini(&j->needed);
	name_map_fini(&j->design);
	strv_free(&j->benches);
}

/* Data ------------------------------------------------------------------------------- */

/* "../mem/boot.hex" may mean sim/mem/boot.hex: the run's working directory is not
 * known. */
static bool may_mean(const char *name, const char *path)
{
	size_t n, len = strlen(path);

	while (name && (str_starts(name, "./") || str_starts(name, "../")))
		name = strchr(name, '/') + 1;
	n = name ? strlen(name) : 0;
	return n && n <= len && strcmp(path + len - n, name) == 0 &&
	       (n == len || path[len - n - 1] == '/');
}

static bool reads(const struct voutline *o, const char *path)
{
	for (size_t i = 0; i < o->n_data; i++)
		if (o->data[i].reads && may_mean(o->data[i].name, path))
			return true;
	for (size_t i = 0; i < o->n_data_params; i++)
		if (may_mean(o->data_params[i].value, path))
			return true;
	return false;
}

/* True if a source of the design reads it, and no other source does. */
static bool is_design_data(const struct judges *j, const char *path)
{
	bool design = false;

	for (size_t i = 0; i < project_files(j->p); i++) {
		const struct project_file *f = project_file(j->p, i);

		if (!f->outline || !reads(f->outline, path))
			continue;
		if (!has(&j->design, f->path))
			return false;
		design = true;
	}
	return design;
}

/* Results ----------------------------------------------------------------------------- */

static char *why(const struct judges *j, const char *path)
{
	const struct vmodule *m = bench_in(j, project_find(j->p, path));
	size_t bench;

	if (m)
		return str_fmt("it contains the testbench %s", m->name);
	if (has(&j->design, path) || is_design_data(j, path))
		return NULL;
	if (name_map_get(&j->needed, path, strlen(path), &bench))
		return str_fmt("the testbench %s needs it, and no design under test does",
			       j->benches.v[bench]);
	return str_fmt("no design that a testbench instantiates needs it");
}

char *judge_why(const struct project *p, const struct options *o, const char *path)
{
	struct judges j;
	char *out;

	judges_init(&j, p, o);
	out = why(&j, path);
	judges_fini(&j);
	return out;
}

static bool is_tested(const struct judges *j, const struct vmodule *m)
{
	return m->kind == VUNIT_MODULE && !is_bench(j, m) && has(&j->used, m->name) &&
	       drives_outputs(m) && !m->delays && !m->calls_finish && !is_named_test(m->name);
}

bool judge_spares(const struct project *p, const struct options *o, const char *path, int line)
{
	const struct project_file *f = project_find(p, path);
	struct judges j = { .p = p, .o = o };
	bool any = false, all = true;

	add_used(&j);
	for (size_t i = 0; f && f->outline && i < f->outline->n; i++) {
		const struct vmodule *m = &f->outline->modules[i];

		if (line < m->line || (m->end_line && line > m->end_line))
			continue;
		any = true;
		all = all && is_tested(&j, m);
	}
	judges_fini(&j);
	return any && all;
}

/* A reason if the new file would replace a unit of the judge f, or supply an include
 * file that f lacks; else NULL. */
static char *takes_the_place(const struct project_file *f, const char *path,
			     const struct voutline *fresh)
{
	for (size_t i = 0; i < f->outline->n_included; i++)
		if (!f->outline->included[i].path && may_mean(f->outline->included[i].name, path))
			return str_fmt("%s includes a file of that name", f->path);
	for (size_t i = 0; i < fresh->n; i++)
		if (voutline_module(f->outline, fresh->modules[i].name))
			return str_fmt("%s is defined in %s", fresh->modules[i].name, f->path);
	return NULL;
}

static char *why_new(const struct judges *j, const char *path, const struct voutline *fresh)
{
	char *out = NULL;

	for (size_t i = 0; !out && i < project_files(j->p); i++) {
		const struct project_file *f = project_file(j->p, i);

		if (f->outline && !has(&j->design, f->path))
			out = takes_the_place(f, path, fresh);
	}
	return out;
}

char *judge_why_new(const struct project *p, const struct options *o, const char *path,
		    const char *text, size_t len)
{
	struct voutline fresh;
	struct judges j;
	char *out = NULL;

	judges_init(&j, p, o);
	if (project_is_source(path)) {
		voutline_init(&fresh, text, len);
		out = why_new(&j, path, &fresh);
		voutline_fini(&fresh);
	} else if (!is_design_data(&j, path)) {
		out = str_fmt("it would be no source, and no design reads it");
	}
	judges_fini(&j);
	return out;
}
