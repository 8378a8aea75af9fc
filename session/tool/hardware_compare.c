/* Differences between two designs.
 *
 *   modules    matched by name; unmatched ones by their name in the source, if only
 *              one is left on each side: fifo__W4 became fifo__W8
 *   members    matched by name, kind by kind: added, removed, or changed
 *   lines      equal lines of several instances or specialisations are printed once
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/tool/hardware.h"

/* In printed order. */
enum rank {
	RANK_LATCH,
	RANK_MODULE,
	RANK_PORT,
	RANK_PARAMETER,
	RANK_CLOCK,
	RANK_REGISTER,
	RANK_INSTANCE
};

struct line {
	enum rank rank;
	const struct hw_module *module;
	char *text;
	char *alike; /* the text with each [4] as [*] */
};

struct comparison {
	const struct hardware *base, *now;
	const struct hw_module **partner; /* per module of base, its match in now; NULL: removed */
	const struct hw_module *module;	  /* the module of now being compared */
	const struct hw_module *before;	  /* its match in base; NULL: added */
	struct line *v;
	size_t n, cap;
};

/* "lane[3].count" as "lane[*].count" */
static char *alike(const char *text)
{
	struct str s = STR_INIT;

	for (const char *p = text; *p; p++) {
		const char *q = p + 1;

		while (*p == '[' && isdigit((unsigned char)*q))
			q++;
		if (*p == '[' && q > p + 1 && *q == ']') {
			str_adds(&s, "[*]");
			p = q;
		} else {
			str_addc(&s, *p);
		}
	}
	return str_take(&s);
}

static void say(struct comparison *c, enum rank rank, const struct hw_module *m, struct str *text)
{
	MEM_PUSH(c->v, c->n, c->cap,
		 (struct line){ rank, m, mem_strdup(str_cstr(text)), alike(str_cstr(text)) });
	str_free(text);
}

/* Words ------------------------------------------------------------------------ */

static void add_size(struct str *s, struct hw_size x)
{
	if (x.words)
		str_addf(s, "%llu x ", (unsigned long long)x.words);
	if (x.bits == 0)
		str_adds(s, "? bits");
	else
		str_addf(s, "%llu bit%s", (unsigned long long)x.bits, x.bits == 1 ? "" : "s");
}

/* "4 -> 8 bits"; if the number of words differs, both sizes in full. */
static void add_resize(struct str *s, struct hw_size a, struct hw_size b)
{
	if (a.bits == b.bits && a.words == b.words)
		return;
	str_adds(s, s->len ? ", " : "");
	if (a.words == 0 && b.words == 0 && a.bits && b.bits) {
		str_addf(s, "%llu", (unsigned long long)a.bits);
	} else {
		add_size(s, a);
	}
	str_adds(s, " -> ");
	add_size(s, b);
}

static void add_reset(struct str *s, const struct hw_register *r)
{
	static const char *const kinds[] = { "none", "synchronous", "asynchronous" };

	str_adds(s, kinds[r->reset]);
	if (r->reset != HW_RESET_NONE)
		str_addf(s, " (%s)", r->reset_by);
}

static const char *direction(enum hw_direction d)
{
	static const char *const names[] = { "input", "output", "inout", "interface" };

	return names[d];
}

/* Members ----------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void *sorted(const void *v, size_t n, size_t size)
{
	void *copy = n ? mem_dup(v, n * size) : NULL;

	if (n)
		qsort(copy, n, size, by_name);
	return copy;
}

/* Calls each() with the two members of each name; NULL if one side has none. */
static void side_by_side(struct comparison *c, const void *a, size_t n_a, const void *b, size_t n_b,
			 size_t size,
			 void (*each)(struct comparison *c, const void *a, const void *b))
{
	char *x = sorted(a, n_a, size), *y = sorted(b, n_b, size);
	size_t i = 0, k = 0;

	while (i < n_a || k < n_b) {
		int d = i == n_a ? 1 : k == n_b ? -1 : by_name(x + i * size, y + k * size);

		each(c, d <= 0 ? x + i * size : NULL, d >= 0 ? y + k * size : NULL);
		i += d <= 0;
		k += d >= 0;
	}
	free(x);
	free(y);
}

static void port(struct comparison *c, const void *a, const void *b)
{
	const struct hw_port *old = a, *new = b, *any = b ? b : a;
	struct str s = STR_INIT, changes = STR_INIT;

	str_addf(&s, "port %s ", any->name);
	if (!old || !new) {
		str_addf(&s, "%s (%s", new ? "added" : "removed", direction(any->direction));
		if (any->direction != HW_INTERFACE) {
			str_adds(&s, ", ");
			add_size(&s, any->size);
		}
		str_adds(&s, ")");
	} else {
		add_resize(&changes, old->size, new->size);
		if (old->direction != new->direction)
			str_addf(&changes, "%s%s -> %s", changes.len ? ", " : "",
				 direction(old->direction), direction(new->direction));
		str_adds(&s, str_cstr(&changes));
	}
	if (!old || !new || changes.len)
		say(c, RANK_PORT, c->module, &s);
	str_free(&changes);
	str_free(&s);
}

static void parameter(struct comparison *c, const void *a, const void *b)
{
	const struct hw_parameter *old = a, *new = b;
	struct str s = STR_INIT;

	if (!old)
		str_addf(&s, "parameter %s added (%s)", new->name, new->value);
	else if (!new)
		str_addf(&s, "parameter %s removed (%s)", old->name, old->value);
	else if (strcmp(old->value, new->value) != 0)
		str_addf(&s, "parameter %s %s -> %s", new->name, old->value, new->value);
	if (s.len)
		say(c, RANK_PARAMETER, c->module, &s);
	str_free(&s);
}

static void reg(struct comparison *c, const void *a, const void *b)
{
	const struct hw_register *old = a, *new = b, *any = b ? b : a;
	struct str s = STR_INIT, changes = STR_INIT;

	str_addf(&s, "register %s ", any->name);
	if (!old || !new) {
		str_addf(&s, "%s: ", new ? "added" : "removed");
		add_size(&s, any->size);
		str_addf(&s, ", %s, reset ", any->clock);
		add_reset(&s, any);
	} else {
		add_resize(&changes, old->size, new->size);
		if (strcmp(old->clock, new->clock) != 0)
			str_addf(&changes, "%s%s -> %s", changes.len ? ", " : "", old->clock,
				 new->clock);
		if (old->reset != new->reset || strcmp(old->reset_by, new->reset_by) != 0) {
			str_addf(&changes, "%sreset ", changes.len ? ", " : "");
			add_reset(&changes, old);
			str_adds(&changes, " -> ");
			add_reset(&changes, new);
		}
		str_adds(&s, str_cstr(&changes));
	}
	if (!old || !new || changes.len)
		say(c, RANK_REGISTER, c->module, &s);
	str_free(&changes);
	str_free(&s);
}

static void come_or_gone(struct comparison *c, enum rank rank, const char *what,
			 const struct hw_name *a, const struct hw_name *b, const char *words[2])
{
	struct str s = STR_INIT;

	if (a && b)
		return;
	str_addf(&s, "%s %s %s", what, (b ? b : a)->name, words[b ? 0 : 1]);
	say(c, rank, c->module, &s);
}

static void latch(struct comparison *c, const void *a, const void *b)
{
	come_or_gone(c, RANK_LATCH, "latch", a, b, (const char *[]){ "inferred", "gone" });
}

static void clock(struct comparison *c, const void *a, const void *b)
{
	come_or_gone(c, RANK_CLOCK, "clock", a, b, (const char *[]){ "added", "removed" });
}

/* The name in the source, unless that is ambiguous. */
static const char *label(const struct hardware *h, const char *name)
{
	const struct hw_module *m = hardware_find(h, name);
	size_t n = 0;

	for (size_t i = 0; m && i < h->n; i++)
		n += strcmp(h->modules[i].source, m->source) == 0;
	return n == 1 ? m->source : name;
}

static bool same_module(const struct comparison *c, const char *old, const char *new)
{
	for (size_t i = 0; i < c->base->n; i++)
		if (strcmp(c->base->modules[i].name, old) == 0)
			return c->partner[i] && strcmp(c->partner[i]->name, new) == 0;
	return strcmp(old, new) == 0;
}

static void instance(struct comparison *c, const void *a, const void *b)
{
	const struct hw_instance *old = a, *new = b;
	struct str s = STR_INIT;

	if (!old)
		str_addf(&s, "instance %s (%s) added", new->name, label(c->now, new->module));
	else if (!new)
		str_addf(&s, "instance %s (%s) removed", old->name, label(c->base, old->module));
	else if (!same_module(c, old->module, new->module))
		str_addf(&s, "instance %s %s -> %s", new->name, old->module, new->module);
	if (s.len)
		say(c, RANK_INSTANCE, c->module, &s);
	str_free(&s);
}

/* Modules ------------------------------------------------------------------------ */

static void count(struct str *s, size_t n, const char *what, const char *plural)
{
	if (n)
		str_addf(s, "%s%zu %s%s", s->len ? ", " : "", n, what, n == 1 ? "" : plural);
}

static void say_module(struct comparison *c, const struct hw_module *m, const char *what)
{
	struct str counts = STR_INIT, s = STR_INIT;

	count(&counts, m->n_ports, "port", "s");
	count(&counts, m->n_registers, "register", "s");
	count(&counts, m->n_latches, "latch", "es");
	count(&counts, m->n_instances, "instance", "s");
	str_addf(&s, "module %s%s%s%s", what, counts.len ? " (" : "", str_cstr(&counts),
		 counts.len ? ")" : "");
	say(c, RANK_MODULE, m, &s);
	str_free(&counts);
}

/* For an added module ports, parameters and clocks are not listed. */
static void compare_members(struct comparison *c)
{
	static const struct hw_module none;
	const struct hw_module *a = c->before ? c->before : &none, *b = c->module;

	if (c->before) {
		side_by_side(c, a->ports, a->n_ports, b->ports, b->n_ports, sizeof(*a->ports),
			     port);
		side_by_side(c, a->parameters, a->n_parameters, b->parameters, b->n_parameters,
			     sizeof(*a->parameters), parameter);
		side_by_side(c, a->clocks, a->n_clocks, b->clocks, b->n_clocks, sizeof(*a->clocks),
			     clock);
	} else {
		say_module(c, b, "added");
	}
	side_by_side(c, a->latches, a->n_latches, b->latches, b->n_latches, sizeof(*a->latches),
		     latch);
	side_by_side(c, a->registers, a->n_registers, b->registers, b->n_registers,
		     sizeof(*a->registers), reg);
	side_by_side(c, a->instances, a->n_instances, b->instances, b->n_instances,
		     sizeof(*a->instances), instance);
}

/* The only module of that source that the other side does not have by name; else NULL. */
static const struct hw_module *only_left(const struct hardware *h, const struct hardware *other,
					 const char *source)
{
	const struct hw_module *one = NULL;

	for (size_t i = 0; i < h->n; i++) {
		if (strcmp(h->modules[i].source, source) != 0 ||
		    hardware_find(other, h->modules[i].name))
			continue;
		if (one)
			return NULL;
		one = &h->modules[i];
	}
	return one;
}

static void find_partners(struct comparison *c)
{
	for (size_t i = 0; i < c->base->n; i++) {
		const struct hw_module *m = &c->base->modules[i];

		c->partner[i] = hardware_find(c->now, m->name);
		if (!c->partner[i] && only_left(c->base, c->now, m->source) == m)
			c->partner[i] = only_left(c->now, c->base, m->source);
	}
}

static const struct hw_module *partner_in_base(const struct comparison *c,
					       const struct hw_module *m)
{
	for (size_t i = 0; i < c->base->n; i++)
		if (c->partner[i] == m)
			return &c->base->modules[i];
	return NULL;
}

/* Lines ---------------------------------------------------------------------------- */

static int by_rank(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	int d = (int)x->rank - (int)y->rank;

	d = d ? d : strcmp(x->module->source, y->module->source);
	d = d ? d : strcmp(x->alike, y->alike);
	d = d ? d : strcmp(x->module->name, y->module->name);
	return d ? d : strcmp(x->text, y->text);
}

static bool same_line(const struct line *a, const struct line *b)
{
	return a->rank == b->rank && strcmp(a->module->source, b->module->source) == 0 &&
	       strcmp(a->alike, b->alike) == 0;
}

/* Combines similar lines: those of several specialisations under the name in the
 * source, those of a generate loop with their number. */
static void gather(const struct comparison *c, struct strv *lines)
{
	for (size_t i = 0, end; i < c->n; i = end) {
		const struct line *x = &c->v[i];
		size_t modules = 1, times;
		const char *name;

		for (end = i + 1; end < c->n && same_line(x, &c->v[end]); end++)
			modules += strcmp(c->v[end].module->name, c->v[end - 1].module->name) != 0;
		times = (end - i) / modules;
		name = modules > 1
			       ? x->module->source
			       : label(hardware_find(c->now, x->module->name) ? c->now : c->base,
				       x->module->name);
		strv_addf(lines, times > 1 ? "%s: %s (%zu times)" : "%s: %s", name,
			  times > 1 ? x->alike : x->text, times);
	}
}

bool hardware_compare(const struct hardware *base, const struct hardware *now, struct strv *lines)
{
	struct comparison c = { .base = base, .now = now };
	bool differs;

	c.partner = mem_calloc(base->n + 1, sizeof(*c.partner));
	find_partners(&c);
	for (size_t i = 0; i < now->n; i++) {
		c.module = &now->modules[i];
		c.before = partner_in_base(&c, c.module);
		compare_members(&c);
	}
	for (size_t i = 0; i < base->n; i++)
		if (!c.partner[i])
			say_module(&c, &base->modules[i], "removed");
	if (c.n)
		qsort(c.v, c.n, sizeof(*c.v), by_rank);
	gather(&c, lines);
	differs = c.n > 0;
	if (!differs)
		strv_add(lines, "the same hardware: ports, registers and instances do not change");
	for (size_t i = 0; i < c.n; i++) {
		free(c.v[i].text);
		free(c.v[i].alike);
	}
	free(c.v);
	free(c.partner);
	return differs;
}
