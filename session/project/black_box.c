/* What to do about a module that has no source.
 *
 * A missing name is first compared with what exists (black_box_judge.c): one letter off is
 * a spelling mistake. The others, cells of a library, parts in VHDL, files that the project
 * leaves out, get an empty module with the ports that their instances connect.
 */
#include "config.h"

#include "session/project/black_box.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/manifest/tree.h"
#include "session/option/opt.h"
#include "session/project/black_box_judge.h"
#include "session/project/black_box_scan.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/output/diag.h"

#define MAX_BOXES   2000u
#define MAX_USES    100000u
#define MAX_SIGNALS 500000u

void black_boxes_fini(struct black_boxes *b)
{
	for (size_t i = 0; i < b->n; i++) {
		free(b->v[i].module);
		free(b->v[i].about);
		free(b->v[i].path);
	}
	for (size_t i = 0; i < b->n_uses; i++) {
		free(b->uses[i].path);
		free(b->uses[i].name);
	}
	for (size_t i = 0; i < b->n_names; i++) {
		free(b->names[i].name);
		free(b->names[i].path);
	}
	free(b->names);
	free(b->v);
	free(b->uses);
	strv_free(&b->signals);
	strv_free(&b->types);
	name_map_fini(&b->known);
	strv_free(&b->keys);
	memset(b, 0, sizeof(*b));
}

static struct black_box *box_of(const struct black_boxes *b, const char *module)
{
	for (size_t i = 0; i < b->n; i++)
		if (strcmp(vname_plain(b->v[i].module), vname_plain(module)) == 0)
			return &b->v[i];
	return NULL;
}

static void add_module(struct black_boxes *b, const struct project *p, const struct options *o,
		       const char *name, size_t len, const struct diag *at)
{
	struct black_box *x;
	size_t escape = len > 1 && name[0] == '\\';
	char *module = mem_strndup(name + escape, len - escape);

	if (b->n == MAX_BOXES || box_of(b, module)) {
		free(module);
		return;
	}
	MEM_ROOM(b->v, b->n, b->cap);
	x = &b->v[b->n++];
	*x = (struct black_box){ .module = module, .path = mem_strdup("") };
	black_box_judge(x, p, o, at);
}

/* "Cannot find file containing module: 'SB_IO'" (Verilator, which looks for no
 * file if the name has two consecutive underscores), "Unknown module type: SB_IO"
 * (Icarus). */
static const char *missing_name(const char *text, size_t *len)
{
	static const char *const starts[] = {
		"Cannot find file containing module: '",
		"Can't resolve module reference: '",
		("Dotted reference to instance that refers to "
		 "missing module/interface: '"),
		"Unknown module type: ",
	};

	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
		const char *s = strstr(text, starts[i]);

		if (!s)
			continue;
		s += strlen(starts[i]);
		*len = strcspn(s, "' ");
		return *len ? s : NULL;
	}
	return NULL;
}

/* "Can't find definition of scope/variable: 'glbl'" (Verilator), "Unable to bind
 * wire/reg/memory `glbl.GSR'" (Icarus), of a module that a vendor's models refer to. */
static char *missing_global(const struct project *p, const char *text)
{
	static const char *const starts[] = { "Can't find definition of scope/variable: '",
					      "Unable to bind wire/reg/memory `" };

	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
		const char *s = text + strlen(starts[i]);
		char *name;

		if (!str_starts(text, starts[i]))
			continue;
		name = mem_strndup(s, strcspn(s, "'."));
		if (box_global(name) && !project_vmodule(p, name))
			return name;
		free(name);
	}
	return NULL;
}

static void add_global(struct black_boxes *b, const struct options *o, const char *name,
		       const char *path, int line)
{
	struct black_box *x = box_of(b, name);

	if (!x && b->n < MAX_BOXES) {
		MEM_ROOM(b->v, b->n, b->cap);
		x = &b->v[b->n++];
		*x = (struct black_box){ .module = mem_strdup(name),
					 .kind = black_box_is_set(o, name) ? BOX_SET : BOX_LIBRARY,
					 .about = mem_strdup(box_library_of_global(name)),
					 .pattern = box_global(name),
					 .instances = 1,
					 .path = mem_strdup(path),
					 .line = line };
	}
	if (x)
		x->global = true;
}

static void add_matching(struct black_boxes *b, const struct project *p, const struct options *o,
			 const struct voutline *of, const char *pattern)
{
	for (size_t u = 0; of && u < of->n; u++) {
		const struct vmodule *m = &of->modules[u];

		for (size_t i = 0; i < m->n_instances; i++) {
			const char *name = m->instances[i].module;

			if (tree_matches(pattern, name) && !box_of(b, name) &&
			    !project_vmodule(p, name))
				add_module(b, p, o, name, strlen(name), NULL);
		}
	}
}

/* Verilator stops at the first name with two underscores. This adds the others: all of the
 * library, as a netlist may be below another; else those in the file. */
static void add_others(struct black_boxes *b, const struct project *p, const struct options *o,
		       const struct black_box *of, const char *path)
{
	const char *pattern = of ? of->pattern : NULL;
	const struct project_file *f = project_find(p, path);

	for (size_t i = 0; pattern && i < project_files(p); i++)
		add_matching(b, p, o, project_file(p, i)->outline, pattern);
	if (f)
		add_matching(b, p, o, f->outline, "*__*");
}

/* False if the design is known to lack it. */
static bool note_missing(struct design *d, const char *name, size_t len)
{
	size_t escape = len > 1 && name[0] == '\\';
	char *module = mem_strndup(name + escape, len - escape);
	bool new = !strv_has(&d->missing, module);

	if (new)
		strv_add(&d->missing, module);
	free(module);
	return new;
}

bool black_boxes_missing(struct black_boxes *b, const struct project *p, const struct options *o,
			 struct design *d, const struct diag_list *found)
{
	bool grew = false;

	for (size_t i = 0; found && i < diag_list_len(found); i++) {
		const struct diag *x = diag_list_at(found, i);
		size_t len = 0;
		const char *name = x->rank == DIAG_ERROR ? missing_name(x->text, &len) : NULL;

		char *global = x->rank == DIAG_ERROR ? missing_global(p, x->text) : NULL;

		if (global)
			add_global(b, o, global, x->path, x->line);
		if (global && d)
			grew |= note_missing(d, global, strlen(global));
		free(global);
		if (name && d)
			grew |= note_missing(d, name, len);
		if (name)
			add_module(b, p, o, name, len, x);
		if (name && str_starts(x->text, "Can't resolve")) {
			char *module = mem_strndup(name, len);

			add_others(b, p, o, box_of(b, module), x->path);
			free(module);
		}
	}
	return grew;
}

static bool is_box(const struct black_box *x)
{
	return x && x->kind < BOX_MISSPELT;
}

/* Adding ------------------------------------------------------------------------ */

struct adding {
	struct black_boxes *b;
	const char *path;
	struct box_shape *shapes;
	size_t n_shapes, cap_shapes;
};

static bool wants(void *ctx, const char *module, size_t len)
{
	struct adding *a = ctx;
	char *name = mem_strndup(module, len);
	bool yes = is_box(box_of(a->b, name));

	free(name);
	return yes;
}

static struct box_shape *shape_of(struct adding *a, const char *module)
{
	for (size_t i = 0; i < a->n_shapes; i++)
		if (strcmp(vname_plain(a->shapes[i].module), vname_plain(module)) == 0)
			return &a->shapes[i];
	MEM_ROOM(a->shapes, a->n_shapes, a->cap_shapes);
	a->shapes[a->n_shapes] = (struct box_shape){ .module = mem_strdup(module) };
	return &a->shapes[a->n_shapes++];
}

static void add_names(struct strv *to, const struct strv *from)
{
	for (size_t i = 0; i < from->n; i++)
		if (!strv_has(to, from->v[i]))
			strv_add(to, from->v[i]);
}

/* False if the instance was seen in another design. */
static bool first_time(struct black_boxes *b, const char *path, const struct box_instance *in)
{
	char *key = str_fmt("%s\t%d\t%s", path, in->first, in->name ? in->name : "");

	if (!name_map_put(&b->known, key, strlen(key), 0)) {
		free(key);
		return false;
	}
	strv_give(&b->keys, key);
	return true;
}

static void on_instance(void *ctx, const struct box_instance *in)
{
	struct adding *a = ctx;
	struct black_box *x = box_of(a->b, in->shape.module);
	struct box_shape *s = shape_of(a, in->shape.module);

	add_names(&s->ports, &in->shape.ports);
	add_names(&s->params, &in->shape.params);
	if (x->global) /* not of an instance with the name of its module, `sram.mem` */
		add_names(&s->nets, &in->shape.nets);
	s->n_ports = in->shape.n_ports > s->n_ports ? in->shape.n_ports : s->n_ports;
	s->n_params = in->shape.n_params > s->n_params ? in->shape.n_params : s->n_params;
	if (in->first == 0 || a->b->n_uses == MAX_USES || !first_time(a->b, a->path, in))
		return;
	x->instances++;
	if (!x->path[0]) {
		free(x->path);
		x->path = mem_strdup(a->path);
		x->line = in->first;
	}
	MEM_PUSH(a->b->uses, a->b->n_uses, a->b->cap_uses,
		 (struct box_use){ mem_strdup(a->path), mem_strdup(in->name ? in->name : ""),
				   (size_t)(x - a->b->v), in->first, in->last });
	for (size_t i = 0; i < in->signals.n && a->b->signals.n < MAX_SIGNALS; i++)
		strv_addf(&a->b->signals, "%s\t%s", a->path, in->signals.v[i]);
}

/* True if the design has the module after all, in a file together with another one. A
 * module that a tool missed is absent, whatever the outline says: a macro of another file
 * left it out. */
static bool has_module(const struct project *p, const struct design *d, const char *module)
{
	if (strv_has(&d->missing, vname_plain(module)))
		return false;
	for (size_t i = 0; i < d->files.n; i++) {
		const struct project_file *f = project_find(p, d->files.v[i]);

		if (f && f->outline && voutline_module(f->outline, module))
			return true;
	}
	return false;
}

/* True if a module refers to a global box without instantiating it. */
static bool refers(const struct black_boxes *b, const struct vmodule *m, const char **global)
{
	for (size_t i = 0; i < m->n_heads; i++) {
		const struct black_box *x = box_of(b, m->heads[i]);

		if (x && x->global) {
			*global = x->module;
			return true;
		}
	}
	return false;
}

static bool instantiates(const struct black_boxes *b, const struct voutline *o)
{
	const char *global;

	for (size_t u = 0; o && u < o->n; u++) {
		if (refers(b, &o->modules[u], &global))
			return true;
		for (size_t i = 0; i < o->modules[u].n_instances; i++)
			if (is_box(box_of(b, o->modules[u].instances[i].module)))
				return true;
	}
	return false;
}

static bool has_instance(const struct project *p, const struct design *d, const char *module)
{
	for (size_t i = 0; i < d->files.n; i++) {
		const struct project_file *f = project_find(p, d->files.v[i]);

		for (size_t u = 0; f && f->outline && u < f->outline->n; u++)
			for (size_t k = 0; k < f->outline->modules[u].n_instances; k++)
				if (strcmp(f->outline->modules[u].instances[k].module, module) == 0)
					return true;
	}
	return false;
}

/* Makes the global boxes that a design refers to further tops of it. */
static void add_roots(const struct black_boxes *b, const struct project *p, struct design *d)
{
	for (size_t i = 0; i < d->files.n; i++) {
		const struct project_file *f = project_find(p, d->files.v[i]);
		const char *name;

		for (size_t u = 0; f && f->outline && u < f->outline->n; u++)
			if (refers(b, &f->outline->modules[u], &name) &&
			    !strv_has(&d->roots, name) && !has_instance(p, d, name))
				strv_add(&d->roots, name);
	}
	d->job.roots = d->roots.n ? (const char *const *)d->roots.v : NULL;
}

static void give(struct design *d, const struct adding *a, const struct project *p)
{
	struct str text = STR_INIT;
	size_t at = d->files.n;

	str_adds(&text, "/* verilator lint_off DECLFILENAME */ /* verilator lint_off UNUSED */ /* "
			"verilator lint_off UNDRIVEN */\n");
	for (size_t i = 0; i < a->n_shapes; i++)
		if (!has_module(p, d, a->shapes[i].module))
			box_shape_print(&a->shapes[i], &a->b->types, &text);
	if (at > 0 && strcmp(d->files.v[at - 1], BLACK_BOX_FILE) == 0) {
		free((char *)d->sources[--at].text);
	} else {
		d->sources = mem_realloc(d->sources, (at + 1) * sizeof(*d->sources));
		strv_add(&d->files, BLACK_BOX_FILE);
	}
	d->sources[at] = (struct source){ .path = d->files.v[at], .len = text.len };
	d->sources[at].text = str_take(&text);
	d->job.sources = d->sources;
	d->job.n = d->files.n;
}

static bool needs_box(const struct black_boxes *b, const struct project *p, const struct design *d)
{
	for (size_t i = 0; i < d->files.n; i++) {
		const struct project_file *f = project_find(p, d->files.v[i]);

		if (f && instantiates(b, f->outline))
			return true;
	}
	return false;
}

static void scan(struct adding *a, const struct project *p, const struct design *d,
		 struct name_map *seen)
{
	for (size_t i = 0; i < d->files.n; i++) {
		const struct project_file *f = project_find(p, d->files.v[i]);

		if (!f || !instantiates(a->b, f->outline) ||
		    !name_map_put(seen, f->path, strlen(f->path), 0))
			continue;
		a->path = f->path;
		box_scan(p, f->path, d->sources[i].text, d->sources[i].len, wants, on_instance, a);
	}
}

bool black_boxes_add(struct black_boxes *b, const struct project *p, struct design *const *d,
		     size_t n)
{
	struct name_map seen = NAME_MAP_INIT;
	struct adding a = { .b = b };

	for (size_t i = 0; i < n; i++)
		scan(&a, p, d[i], &seen);
	for (size_t i = 0; a.n_shapes && i < n; i++)
		if (needs_box(b, p, d[i])) {
			give(d[i], &a, p);
			add_roots(b, p, d[i]);
		}
	for (size_t i = 0; i < a.n_shapes; i++)
		box_shape_fini(&a.shapes[i]);
	free(a.shapes);
	name_map_fini(&seen);
	return a.n_shapes > 0;
}

void black_boxes_set(struct black_boxes *b, const struct project *p, const struct options *o,
		     const struct design *d)
{
	for (size_t i = 0; o->blackbox.n && i < d->files.n; i++) {
		const struct project_file *f = project_find(p, d->files.v[i]);

		for (size_t u = 0; f && f->outline && u < f->outline->n; u++) {
			const struct vmodule *m = &f->outline->modules[u];

			for (size_t k = 0; k < m->n_heads; k++)
				if (black_box_is_set(o, m->heads[k]) && box_global(m->heads[k]) &&
				    !project_vmodule(p, m->heads[k]))
					add_global(b, o, m->heads[k], f->path, m->line);
			for (size_t k = 0; k < m->n_instances; k++)
				if (black_box_is_set(o, m->instances[k].module) &&
				    !has_module(p, d, m->instances[k].module))
					add_module(b, p, o, m->instances[k].module,
						   strlen(m->instances[k].module), NULL);
		}
	}
}
