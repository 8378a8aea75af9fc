/* `for (int i = 0; ...)` and `begin int n; ...` make scopes that the source does not name.
 * The design calls them unnamedblk1, and a trace written by Icarus $ivl_for_loop0 or
 * $unm_blk_3. Icarus counts each kind by itself over all files, in the order of the text, which
 * is the order of the design; the trace has them sorted by name. So of those variables that are
 * alike without these scopes, "tb.i", the k-th of the design is the one with the k-th number in
 * the trace, if both have as many, and the trace has them in scopes of one kind.
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
	char *alike;	  /* the name without scopes that have none */
	const char *kind; /* in full, of the innermost of these scopes: "$ivl_for_loop0.i" */
	size_t kind_len;  /* without its number */
	unsigned long number;
	size_t signal; /* of the trace; SIZE_MAX: a variable of the design */
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

/* Appends the name without its unnamed blocks. Returns the last of these parts;
 * NULL: the name has none. */
static const char *add_alike(const char *name, struct str *out)
{
	const char *last = NULL;

	while (*name) {
		size_t len = strcspn(name, ".");

		if (!name[len] || !is_unnamed(name, len))
			str_add(out, name, len + (name[len] == '.'));
		else
			last = name;
		name += len + (name[len] == '.');
	}
	return last;
}

static void add(struct unnamed_list *l, const char *name, size_t signal)
{
	struct str alike = STR_INIT;
	const char *last = add_alike(name, &alike);
	struct unnamed u = { .signal = signal };

	if (last && l->n < ALIKE_MAX) {
		u.alike = str_take(&alike);
		u.full = mem_strdup(name);
		u.kind = u.full + (last - name);
		u.kind_len = strcspn(u.kind, ".0123456789");
		u.number = strtoul(u.kind + u.kind_len, NULL, 10);
		MEM_PUSH(l->v, l->n, l->cap, u);
	}
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

static void add_design(struct unnamed_list *l, struct why *w, uint32_t var)
{
	if (!strstr(w->c->vars[var].name, UNNAMED))
		return;
	for (uint32_t i = 0; i < w->c->n_instances; i++) {
		struct place p = { .instance = i, .var = var };
		struct str name = STR_INIT;

		if (w->c->vars[var].module != w->c->instances[i].module)
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

static int by_number(const void *a, const void *b)
{
	const struct unnamed *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

/* True if all that are like it are in scopes of one kind: only these are counted together. */
static bool is_one_kind(const struct unnamed_list *l, const char *name)
{
	const struct unnamed *first = nth(l, name, 0);

	for (size_t i = 0; first && i < l->n; i++)
		if (strcmp(l->v[i].alike, name) == 0 &&
		    (l->v[i].kind_len != first->kind_len ||
		     memcmp(l->v[i].kind, first->kind, first->kind_len) != 0))
			return false;
	return true;
}

void unnamed_bind(struct why *w)
{
	struct unnamed_list design = { 0 }, trace = { 0 };

	for (size_t i = 0; i < w->n_keys; i++)
		if (strchr(w->keys[i], '$'))
			add(&trace, w->keys[i], i);
	if (trace.n)
		qsort(trace.v, trace.n, sizeof(*trace.v), by_number);
	for (uint32_t v = 0; v < w->c->n_vars && trace.n; v++)
		add_design(&design, w, v);
	for (size_t i = 0; i < design.n; i++) {
		const char *name = design.v[i].alike;
		const struct unnamed *found =
			alike(&design, design.n, name) == alike(&trace, trace.n, name) &&
					is_one_kind(&trace, name)
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
