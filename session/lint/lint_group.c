/* First fit: each design goes into the first group that accepts it.
 *
 * Starting a tool costs as much as reading some 50 KB, so hundreds of small
 * designs are linted many at a time. A design may join a group if no name (unit,
 * macro, included file) means different things in the two. A group maps these
 * names to files, so the check is one look-up per name of the newcomer. Only the
 * most recent groups are tried, which keeps the time linear in the number of
 * designs.
 */
#include "config.h"

#include "session/lint/lint_group.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/task.h"
#include "session/project/black_box.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/text/name_map.h"
#include "session/tool/simulator.h"
#include "session/verilog/verilog.h"
#include "session/verilog/vmacros.h"

/* Larger groups would leave the second tool idle. */
#define GROUP_DESIGNS	    24u
#define GROUP_LARGE_DESIGNS 8u
/* the most recent ones: keeps the time linear in the number of designs */
#define GROUPS_TRIED 32u

/* Bytes. A tool's run time grows faster than the size of its input, and starting
 * it costs as much as reading some 50 KB. */
#define GROUP_SMALL (48u << 10)
#define GROUP_LARGE (768u << 10)

/* A source file, shared by all designs that contain it. */
struct file {
	const char *path;
	const struct voutline *o; /* NULL: unknown, so it cannot be grouped */
	size_t bytes;
	const char *text; /* of the overlay; NULL: the file on disk */
};

/* A design and the indices of its files; files that are only included come last. */
struct member {
	const struct design *d;
	size_t *files, n, n_compiled;
	bool alone;
};

struct group {
	const struct member *first;
	size_t n, bytes;
	bool alone;
	unsigned char
		/* per file: 1 if compiled in this group; freed when the group is
		 * no longer tried */
		*has;
	struct name_map units;	/* of all compiled files */
	struct name_map macros; /* to the first file that defines it */
	struct name_map
		needs; /* macros that a file uses but does not define, to the first such file */
	struct name_map bases; /* base names of included files, to the file */
};

struct grouping {
	const struct project *p;
	struct file *files;
	size_t n_files, cap_files;
	struct name_map paths;
	struct member *members;
	struct group **groups;
	size_t n_groups, cap_groups;
	unsigned char *mine; /* flags: files of the design being placed */
};

/* Stands in for the outline of black boxes, which only define modules no file has. */
static const struct voutline boxes;

static bool same_text(const struct file *f, const struct source *s)
{
	return !f->text == !s->text &&
	       (!s->text || (f->bytes == s->len && memcmp(f->text, s->text, s->len) == 0));
}

/* Files and members --------------------------------------------------------------- */

static size_t file_of(struct grouping *g, const struct source *s)
{
	const struct project_file *f;
	size_t at;

	if (name_map_get(&g->paths, s->path, strlen(s->path), &at))
		return at;
	f = project_find(g->p, s->path);
	MEM_ROOM(g->files, g->n_files, g->cap_files);
	g->files[g->n_files] = (struct file){ s->path, f ? f->outline : NULL,
					      s->text ? s->len
					      : f     ? f->size
						      : 0,
					      s->text };
	if (strcmp(s->path, BLACK_BOX_FILE) == 0)
		g->files[g->n_files].o = &boxes;
	name_map_put(&g->paths, s->path, strlen(s->path), g->n_files);
	return g->n_files++;
}

static bool has_units(const struct voutline *o)
{
	for (size_t u = 0; o && u < o->n; u++)
		if (o->modules[u].kind != VUNIT_CLASS)
			return true;
	return false;
}

/* A design with an included file that defines modules, or with an unknown file,
 * stays alone. */
static void read_member(struct grouping *g, struct member *m, const struct design *d)
{
	m->d = d;
	m->files = mem_calloc(d->job.n + 1, sizeof(*m->files));
	m->alone = d->job.parameters && d->job.parameters[0];
	for (int included = 0; included <= 1; included++) {
		for (size_t i = 0; i < d->job.n; i++) {
			const struct source *s = &d->job.sources[i];
			size_t at;

			if (s->included != (included != 0))
				continue;
			at = file_of(g, s);
			m->alone |= !g->files[at].o || (included && has_units(g->files[at].o)) ||
				    !same_text(&g->files[at], s);
			m->files[m->n++] = at;
			m->n_compiled += !included;
		}
	}
}

static bool same_list(const char *const *a, const char *const *b)
{
	while (a && b && *a && *b && strcmp(*a, *b) == 0) {
		a++;
		b++;
	}
	return (!a || !*a) && (!b || !*b);
}

static bool same_options(const struct sim_job *a, const struct sim_job *b)
{
	return a->lang == b->lang && a->lang_fixed == b->lang_fixed &&
	       same_list(a->defines, b->defines) && same_list(a->unnamed, b->unnamed);
}

/* Macros ------------------------------------------------------------------------------ */

static const struct vmacro *macro_of(const struct voutline *o, const char *name)
{
	const struct vmacro *m = o->macros ? vmacros_find(o->macros, name, strlen(name)) : NULL;

	return m && m->defined ? m : NULL;
}

static bool same_macro(const struct vmacro *a, const struct vmacro *b)
{
	return a && b && a->function == b->function && a->n_args == b->n_args && a->len == b->len &&
	       memcmp(a->body, b->body, a->len) == 0;
}

/* True if a file of another design would define a macro that o uses, with another value. */
static bool would_receive_macro(const struct grouping *g, const struct group *to,
				const struct voutline *o)
{
	for (size_t i = 0; i < o->n_uses; i++) {
		const char *name = o->uses[i].name;
		size_t giver;

		if (name_map_get(&to->macros, name, strlen(name), &giver) && !g->mine[giver] &&
		    !same_macro(macro_of(o, name), macro_of(g->files[giver].o, name)))
			return true;
	}
	return false;
}

/* True if another design would see a macro of o, or defines it differently. */
static bool would_provide_macro(const struct grouping *g, const struct group *to,
				const struct voutline *o)
{
	for (size_t i = 0; o->macros && i < vmacros_count(o->macros); i++) {
		const struct vmacro *m = vmacros_at(o->macros, i);
		size_t other;

		if (name_map_get(&to->needs, m->name, strlen(m->name), &other) &&
		    !same_macro(macro_of(g->files[other].o, m->name), m))
			return true;
		if (name_map_get(&to->macros, m->name, strlen(m->name), &other) &&
		    !g->mine[other] && !same_macro(macro_of(g->files[other].o, m->name), m))
			return true;
	}
	return false;
}

/* Placing ------------------------------------------------------------------------------- */

static bool redefines(const struct group *to, const struct voutline *o)
{
	for (size_t u = 0; u < o->n; u++)
		if (o->modules[u].kind != VUNIT_CLASS &&
		    name_map_has(&to->units, o->modules[u].name, strlen(o->modules[u].name)))
			return true;
	return false;
}

static bool fits_in_size(const struct grouping *g, const struct group *to, const struct member *m)
{
	size_t fresh = 0, shared = 0;

	for (size_t i = 0; i < m->n_compiled; i++)
		if (to->has[m->files[i]])
			shared += g->files[m->files[i]].bytes;
		else
			fresh += g->files[m->files[i]].bytes;
	return to->bytes + fresh <= GROUP_SMALL ||
	       (fresh <= shared && to->bytes + fresh <= GROUP_LARGE && to->n < GROUP_LARGE_DESIGNS);
}

static bool fits(const struct grouping *g, const struct group *to, const struct member *m)
{
	if (to->alone || m->alone || to->n == GROUP_DESIGNS ||
	    !same_options(&to->first->d->job, &m->d->job) || !fits_in_size(g, to, m))
		return false;
	for (size_t i = 0; i < m->n; i++) {
		const struct file *f = &g->files[m->files[i]];
		const char *base = path_base(f->path);
		size_t other;

		if (i >= m->n_compiled) {
			/* Included here and compiled there, or another file of
			 * that name that this design would not have found. */
			if (to->has[m->files[i]] ||
			    (name_map_get(&to->bases, base, strlen(base), &other) &&
			     !g->mine[other]))
				return false;
		} else if (!to->has[m->files[i]] &&
			   (redefines(to, f->o) || would_receive_macro(g, to, f->o) ||
			    would_provide_macro(g, to, f->o))) {
			return false;
		}
	}
	return true;
}

static void put_into(const struct grouping *g, struct group *to, const struct member *m)
{
	to->first = to->first ? to->first : m;
	to->alone = m->alone;
	to->n++;
	for (size_t i = 0; i < m->n && !m->alone; i++) {
		size_t at = m->files[i];
		const struct file *f = &g->files[at];

		if (i >= m->n_compiled) {
			name_map_put(&to->bases, path_base(f->path), strlen(path_base(f->path)),
				     at);
			continue;
		}
		if (to->has[at])
			continue;
		to->has[at] = 1;
		to->bytes += f->bytes;
		for (size_t u = 0; u < f->o->n; u++)
			name_map_put(&to->units, f->o->modules[u].name,
				     strlen(f->o->modules[u].name), at);
		for (size_t k = 0; f->o->macros && k < vmacros_count(f->o->macros); k++)
			name_map_put(&to->macros, vmacros_at(f->o->macros, k)->name,
				     strlen(vmacros_at(f->o->macros, k)->name), at);
		for (size_t k = 0; k < f->o->n_uses; k++)
			name_map_put(&to->needs, f->o->uses[k].name, strlen(f->o->uses[k].name),
				     at);
	}
}

static void forget(struct group *x)
{
	name_map_fini(&x->units);
	name_map_fini(&x->macros);
	name_map_fini(&x->needs);
	name_map_fini(&x->bases);
	free(x->has);
	x->has = NULL;
}

static size_t place(struct grouping *g, const struct member *m)
{
	size_t from = g->n_groups > GROUPS_TRIED ? g->n_groups - GROUPS_TRIED : 0;
	struct group *fresh;

	for (size_t k = from; k < g->n_groups; k++)
		if (fits(g, g->groups[k], m)) {
			put_into(g, g->groups[k], m);
			return k;
		}
	if (g->n_groups >= GROUPS_TRIED)
		forget(g->groups[g->n_groups - GROUPS_TRIED]);
	fresh = mem_zalloc(sizeof(*fresh));
	fresh->has = mem_calloc(g->n_files + 1, 1);
	put_into(g, fresh, m);
	MEM_ROOM(g->groups, g->n_groups, g->cap_groups);
	g->groups[g->n_groups] = fresh;
	return g->n_groups++;
}

bool lint_group(const struct project *p, const struct design *const *v, size_t n, size_t *group,
		size_t *groups, struct err *err)
{
	struct grouping g = { .p = p, .members = mem_calloc(n + 1, sizeof(*g.members)) };
	bool ok = true;

	for (size_t i = 0; i < n && (ok = task_breathe(err)); i++)
		read_member(&g, &g.members[i], v[i]);
	g.mine = mem_calloc(g.n_files + 1, 1);
	for (size_t i = 0; ok && i < n && (ok = task_breathe(err)); i++) {
		const struct member *m = &g.members[i];

		for (size_t k = 0; k < m->n; k++)
			g.mine[m->files[k]] = 1;
		group[i] = place(&g, m);
		for (size_t k = 0; k < m->n; k++)
			g.mine[m->files[k]] = 0;
	}
	for (size_t i = 0; i < g.n_groups; i++) {
		forget(g.groups[i]);
		free(g.groups[i]);
	}
	for (size_t i = 0; i < n; i++)
		free(g.members[i].files);
	free(g.members);
	free(g.groups);
	free(g.files);
	free(g.mine);
	name_map_fini(&g.paths);
	*groups = g.n_groups;
	return ok;
}
