/* Second roots: modules that a design names without instantiating them.
 *
 *     module test;                       module ff(...);
 *       initial begin                      wire gsr = glbl.GSR;
 *         tb.reset;
 *
 * Nothing instantiates tb or glbl, so whoever simulates this gives the tool two
 * tops. In the text, tb.reset looks like a member of a structure, and a structure may
 * have the name of a module. But what a module declares occurs in it without a dot as
 * well, at least once; a root does so only in calls such as $dumpvars(0, tb). So tb is
 * taken for a root if a module without ports that nothing instantiates has the name, and
 * if only that is found in the text. A name that leads upwards, from a part of tb into tb,
 * needs no second root: such a part is read below tb, and alone it has no meaning.
 */
#include "config.h"

#include "session/project/project_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/verilog/vpp.h"

/* Looks for a name in a module. */
struct search {
	const struct vmodule *m;
	const char *name;
	size_t depth; /* of brackets in a system call */
	bool call;    /* the token before is a system call's name */
	bool dot;     /* ... or a dot */
	bool match;   /* ... or the name */
	bool found;   /* it occurs without a dot on either side */
};

static bool is(const struct vpp_token *t, char symbol)
{
	return t->kind == VTOKEN_SYMBOL && t->len == 1 && *t->s == symbol;
}

static void on_token(void *ctx, const struct vpp_token *t)
{
	struct search *s = ctx;

	if (t->off < s->m->off || t->off >= s->m->end)
		return;
	if (is(t, '(') && (s->call || s->depth))
		s->depth++;
	else if (is(t, ')') && s->depth)
		s->depth--;
	s->found |= s->match && !is(t, '.');
	s->match = t->kind == VTOKEN_NAME && !s->dot && s->depth == 0 &&
		   strlen(s->name) == t->len && memcmp(s->name, t->s, t->len) == 0;
	s->call = t->kind == VTOKEN_SYSTEM;
	s->dot = is(t, '.');
}

static bool declares(const struct project *p, size_t file, const struct vmodule *m,
		     const char *name)
{
	struct search s = { .m = m, .name = name };

	project_tokens(p, p->files[file]->file.path, NULL, 0, on_token, &s);
	return s.found;
}

static const struct definition *find(const struct project *p, size_t file, const struct vmodule *m,
				     const char *head)
{
	const struct definition *d = strcmp(m->name, head) ? project_meant(p, head, file) : NULL;
	const struct vmodule *to;

	if (!d)
		return NULL;
	to = &p->files[d->file]->file.outline->modules[d->unit];
	if (to->kind != VUNIT_MODULE || to->n_ports || project_is_part(p, to) ||
	    project_has_below(p, to, m->name) || declares(p, file, m, head))
		return NULL;
	return d;
}

/* Remembered, as each closure that reaches the file asks again. */
const struct definition *project_second_root(const struct project *p, size_t file,
					     const struct vmodule *m, const char *head)
{
	const struct definition *defs = project_index(p)->defs, *d;
	struct project_index *x = p->index;
	char *key = str_fmt("%zu %zu %s", file, (size_t)(m - p->files[file]->file.outline->modules),
			    head);
	size_t known;

	if (name_map_get(&x->roots, key, strlen(key), &known)) {
		free(key);
		return known ? &defs[known - 1] : NULL;
	}
	d = find(p, file, m, head);
	strv_give(&x->root_keys, key);
	name_map_put(&x->roots, key, strlen(key), d ? (size_t)(d - defs) + 1 : 0);
	return d;
}

/* The head of a name that leads from m upwards, into a module that has m below it. */
static const struct definition *named_above(const struct project *p, size_t file,
					    const struct vmodule *m)
{
	for (size_t i = 0; i < m->n_heads; i++) {
		const struct definition *d = project_meant(p, m->heads[i], file);
		const struct vmodule *to =
			d ? &p->files[d->file]->file.outline->modules[d->unit] : NULL;

		if (to && to->kind == VUNIT_MODULE && to != m &&
		    project_has_below(p, to, m->name) && !declares(p, file, m, m->heads[i]))
			return d;
	}
	return NULL;
}

bool project_needs_above(const struct project *p, const char *path, const struct vmodule *m,
			 const char **above, const char **above_path)
{
	const struct definition *d;
	size_t file;

	if (m->n_heads == 0 || !project_index_of(p, path, &file))
		return false;
	d = named_above(p, file, m);
	if (!d)
		return false;
	*above = d->name;
	*above_path = p->files[d->file]->file.path;
	return true;
}

void project_second_roots(const struct project *p, const char *path, const struct vmodule *m,
			  struct strv *out)
{
	size_t file;

	if (!project_index_of(p, path, &file))
		return;
	for (size_t i = 0; i < m->n_heads; i++) {
		const struct definition *d = project_second_root(p, file, m, m->heads[i]);

		if (d && !strv_has(out, d->name))
			strv_add(out, d->name);
	}
}
