/* `for (int i = 0; ...)` and `begin int n; ...` make scopes that the source does not name.
 * The design calls them unnamedblk1, and a trace written by Icarus $ivl_for_loop0 or
 * $unm_blk_3, counted over all files. Both keep the order of the text. So of those variables
 * that are alike without these scopes, "tb.i", the k-th of the design is the k-th of the
 * trace, if both have as many.
 */
#include "config.h"

#include "session/why/why_unnamed.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"

#define UNNAMED	  "unnamedblk"
#define ALIKE_MAX 2000 /* on either side */

struct unnamed {
	char *alike;   /* the name without scopes that have none */
	size_t signal; /* of the trace; TRACE_NONE: a variable of the design */
	char *full;
};

struct unnamed_list {
	struct unnamed *v;
	size_t n, cap;
};

static bool is_unnamed(const char *part, size_t len)
{
	size_t n = strlen(UNNAMED);

	return part[0] == '$' ||
	       (len > n && strncmp(part, UNNAMED, n) == 0 && part[n] >= '0' && part[n] <= '9');
}

/* Appends name without such parts. False: it has none. */
static bool add_alike(const char *name, struct str *out)
{
	bool any = false;

	while (*name) {
		size_t len = strcspn(name, ".");

		if (!name[len] || !is_unnamed(name, len))
			str_add(out, name, len + (name[len] == '.'));
		else
			any = true;
		name += len + (name[len] == '.');
	}
	return any;
}

static void add(struct unnamed_list *l, const char *name, size_t signal)
{
	struct str alike = STR_INIT;

	if (l->n < ALIKE_MAX && add_alike(name, &alike))
		MEM_PUSH(l->v, l->n, l->cap,
			 ((struct unnamed){ str_take(&alike), signal, mem_strdup(name) }));
	str_free(&alike);
}

static void list_fini(struct unnamed_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].alike);
		free(l->v[i].full);
	}
	free(l->v);
}

static void add_design(struct unnamed_list *l, struct why *w, uint32_t instance)
{
	for (uint32_t v = 0; v < w->c->n_vars; v++) {
		struct place p = { .instance = instance, .var = v };
		struct str name = STR_INIT;

		if (w->c->vars[v].module != w->c->instances[instance].module ||
		    !strstr(w->c->vars[v].name, UNNAMED))
			continue;
		place_name(w, &p, &name);
		add(l, str_cstr(&name), SIZE_MAX);
		str_free(&name);
	}
}

/* Number of entries before i, or of all if i is n, that are like it. */
static size_t alike(const struct unnamed_list *l, size_t n, const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += strcmp(l->v[i].alike, name) == 0;
	return count;
}

/* The entry that has `before` others like it in front. */
static const struct unnamed *nth(const struct unnamed_list *l, const char *name, size_t before)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i].alike, name) == 0 && before-- == 0)
			return &l->v[i];
	return NULL;
}

void unnamed_bind(struct why *w)
{
	struct unnamed_list design = { 0 }, trace = { 0 };

	for (size_t i = 0; i < w->n_keys; i++)
		if (strchr(w->keys[i], '$'))
			add(&trace, w->keys[i], i);
	for (uint32_t i = 0; i < w->c->n_instances && trace.n; i++)
		add_design(&design, w, i);
	for (size_t i = 0; i < design.n; i++) {
		const char *name = design.v[i].alike;
		const struct unnamed *found =
			alike(&design, design.n, name) == alike(&trace, trace.n, name)
				? nth(&trace, name, alike(&design, i, name))
				: NULL;

		if (!found)
			continue;
		MEM_ROOM(w->keys, w->n_keys, w->cap_keys);
		w->keys[w->n_keys] = mem_strdup(design.v[i].full);
		name_map_put(&w->signals, w->keys[w->n_keys], strlen(w->keys[w->n_keys]),
			     found->signal);
		w->n_keys++;
	}
	list_fini(&design);
	list_fini(&trace);
}
