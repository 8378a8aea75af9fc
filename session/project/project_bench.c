/* Which modules are testbenches and which are tops, considering the whole
 * project.
 *
 * Most testbenches drive their design themselves, which shows in their own text
 * (vmodule_is_testbench()). Some only connect a design to a part that does:
 *
 *     module top;                       program stim(output logic a, ...);
 *       dut  d(.*);                       initial begin a = 0; #5 ... end
 *       stim s(.*);                     endprogram
 *     endmodule
 *
 * That part is a program, or a module that waits for times or ends the run;
 * hardware does neither. As the top has no ports, nothing else can drive it.
 */
#include "config.h"

#include "session/project/project_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

static bool makes_stimuli(const struct vmodule *m, const char *ignored)
{
	if (m->kind == VUNIT_PROGRAM)
		return m->has_initial || m->delays;
	return m->kind == VUNIT_MODULE && (m->delays || (m->has_initial && m->calls_finish));
}

/* True if test() is true of a module below m; searches each name once. */
static bool any_below(const struct project *p, const struct vmodule *m,
		      bool (*test)(const struct vmodule *m, const char *name), const char *wanted)
{
	struct name_map seen = NAME_MAP_INIT;
	const struct vmodule **todo = NULL;
	size_t n = 0, cap = 0;
	bool found = false;

	MEM_PUSH(todo, n, cap, m);
	while (n > 0 && !found) {
		const struct vmodule *at = todo[--n];

		for (size_t i = 0; i < at->n_instances && !found; i++) {
			const char *name = at->instances[i].module;
			const struct vmodule *below;

			if (!name_map_put(&seen, name, strlen(name), 0))
				continue;
			below = project_vmodule(p, name);
			if (!below)
				continue;
			found = test(below, wanted);
			MEM_PUSH(todo, n, cap, below);
		}
	}
	name_map_fini(&seen);
	free(todo);
	return found;
}

static bool is_named(const struct vmodule *m, const char *name)
{
	return strcmp(m->name, name) == 0;
}

bool project_has_below(const struct project *p, const struct vmodule *m, const char *module)
{
	return any_below(p, m, is_named, module);
}

bool project_is_part(const struct project *p, const struct vmodule *m)
{
	for (size_t f = 0; f < p->n_files; f++) {
		const struct voutline *o = outline_of(p, f);

		for (size_t u = 0; o && u < o->n; u++)
			for (size_t i = 0; i < o->modules[u].n_instances; i++)
				if (strcmp(o->modules[u].instances[i].module, m->name) == 0)
					return true;
	}
	return false;
}

bool project_is_testbench(const struct project *p, const struct vmodule *m)
{
	if (vmodule_is_testbench(m))
		return true;
	return m->kind == VUNIT_MODULE && m->n_ports == 0 && m->n_instances > 0 &&
	       any_below(p, m, makes_stimuli, NULL) && !project_is_part(p, m);
}

bool project_has_testbench(const struct project *p, const struct voutline *o)
{
	for (size_t i = 0; i < o->n; i++)
		if (project_is_testbench(p, &o->modules[i]))
			return true;
	return false;
}

#define FIRST_LOOKS 8 /* tops that are asked for a testbench */

/* Tops -------------------------------------------------------------------------- */

/* Sorts and removes duplicates. */
static void settle(struct strv *l)
{
	size_t n = 0;

	if (l->n == 0)
		return;
	strv_sort(l);
	for (size_t i = 0; i < l->n; i++) {
		if (n > 0 && strcmp(l->v[n - 1], l->v[i]) == 0)
			free(l->v[i]);
		else
			l->v[n++] = l->v[i];
	}
	l->n = n;
	l->v[n] = NULL;
}

static bool in_test_folder(const char *path)
{
	static const char *const names[] = { "tb/",    "sim/",	     "test/", "tests/",
					     "bench/", "testbench/", "verif/" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_starts(path, names[i]))
			return true;
	return false;
}

/* Adds the modules instantiated by something other than a testbench. */
static void add_used(const struct project *p, struct name_map *used)
{
	for (size_t f = 0; f < p->n_files; f++) {
		const struct voutline *o = outline_of(p, f);

		for (size_t u = 0; o && u < o->n; u++) {
			const struct vmodule *m = &o->modules[u];
			size_t n = project_is_testbench(p, m) ? 0 : m->n_instances;

			for (size_t i = 0; i < n; i++)
				name_map_put(used, m->instances[i].module,
					     strlen(m->instances[i].module), 0);
		}
		for (size_t i = 0; o && i < o->n_binds; i++)
			name_map_put(used, o->binds[i].module, strlen(o->binds[i].module), 0);
	}
}

void project_tops(const struct project *p, struct strv *out)
{
	struct name_map used = NAME_MAP_INIT;

	project_settle(p);
	add_used(p, &used);
	for (size_t f = 0; f < p->n_files; f++) {
		const struct project_file *file = &p->files[f]->file;
		const struct voutline *o = file->outline;

		/* Files in a testbench's folder are part of it: its stimuli, its models. */
		if (!o || file->header || in_test_folder(file->path) || project_has_testbench(p, o))
			continue;
		for (size_t u = 0; u < o->n; u++) {
			const char *name = o->modules[u].name;

			if (o->modules[u].kind == VUNIT_MODULE &&
			    !name_map_has(&used, name, strlen(name)))
				strv_add(out, name);
		}
	}
	name_map_fini(&used);
	settle(out);
}

/* True if a testbench instantiates the module, directly or indirectly. */
static bool is_tested(const struct project *p, const char *module)
{
	struct strv testbenches = STRV_INIT;
	bool any;

	project_testbenches(p, module, &testbenches);
	any = testbenches.n > 0;
	strv_free(&testbenches);
	return any;
}

/* The first file below the folder, not a header, that defines the module; NULL: any. */
static const struct project_file *first_below(const struct project *p, const char *folder,
					      const char *module)
{
	for (size_t i = 0; i < p->n_files; i++) {
		const struct project_file *f = &p->files[i]->file;

		if (!f->header && project_path_below(f->path, folder) &&
		    (!module || project_file_defines(f, module)))
			return f;
	}
	return NULL;
}

const char *project_first_file(const struct project *p, const char *folder)
{
	const struct project_file *found = NULL, *f;
	struct strv tops = STRV_INIT;
	bool tested = false;

	project_tops(p, &tops);
	for (size_t i = 0, looks = 0; i < tops.n && !tested && looks < FIRST_LOOKS; i++) {
		f = first_below(p, folder, tops.v[i]);
		if (!f)
			continue;
		looks++;
		tested = is_tested(p, tops.v[i]);
		if (tested || !found)
			found = f;
	}
	strv_free(&tops);
	if (!found)
		found = first_below(p, folder, NULL);
	return found ? found->path : NULL;
}

/* Testbenches ----------------------------------------------------------------- */

struct edge {
	const char *child;
	const struct vmodule *parent;
};

static int by_child(const void *a, const void *b)
{
	return strcmp(((const struct edge *)a)->child, ((const struct edge *)b)->child);
}

static struct edge *edges(const struct project *p, size_t *n)
{
	struct edge *all = NULL;
	size_t cap = 0;

	*n = 0;
	for (size_t f = 0; f < p->n_files; f++) {
		const struct voutline *o = outline_of(p, f);

		for (size_t u = 0; o && u < o->n; u++) {
			for (size_t i = 0; i < o->modules[u].n_instances; i++) {
				MEM_ROOM(all, *n, cap);
				all[(*n)++] = (struct edge){ o->modules[u].instances[i].module,
							     &o->modules[u] };
			}
		}
	}
	if (*n)
		qsort(all, *n, sizeof(*all), by_child);
	return all;
}

static size_t first_edge(const struct edge *all, size_t n, const char *child)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (strcmp(all[mid].child, child) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Walks upwards from `of` to everything that instantiates it, each name once. */
static void testbenches_above(const struct project *p, const char *of, struct strv *out)
{
	struct name_map seen = NAME_MAP_INIT;
	const char **todo = NULL;
	size_t n_edges, n = 0, cap = 0;
	struct edge *all = edges(p, &n_edges);

	MEM_PUSH(todo, n, cap, of);
	name_map_put(&seen, of, strlen(of), 0);
	while (n > 0) {
		const char *child = todo[--n];

		for (size_t i = first_edge(all, n_edges, child);
		     i < n_edges && strcmp(all[i].child, child) == 0; i++) {
			const char *name = all[i].parent->name;

			if (project_is_testbench(p, all[i].parent))
				strv_add(out, name);
			if (!name_map_put(&seen, name, strlen(name), 0))
				continue;
			MEM_PUSH(todo, n, cap, name);
		}
	}
	name_map_fini(&seen);
	free(todo);
	free(all);
}

void project_testbenches(const struct project *p, const char *of, struct strv *out)
{
	project_settle(p);
	if (of) {
		testbenches_above(p, of, out);
	} else {
		for (size_t f = 0; f < p->n_files; f++) {
			const struct voutline *o = outline_of(p, f);

			for (size_t u = 0; o && u < o->n; u++)
				if (project_is_testbench(p, &o->modules[u]))
					strv_add(out, o->modules[u].name);
		}
	}
	settle(out);
}
