/* The first edge of a signal, at time zero. A reset that starts as x and is set to 0
 * falls, and a design that waits for that resets at once:
 *
 *     reg rst_n;                              reg rst_n = 1'b1;
 *     initial begin rst_n = 0; #1 ...
 *
 * Verilator has no x and sees no edge. So a variable that an initial block sets before
 * it waits starts with the other value in the copy, and sim/engine/verilator.c lets the
 * model take the values before the initial blocks as the earlier ones.
 *
 * A process of the same module that stands below the initial block does not wait yet
 * when the edge comes, in Icarus's order: for such a variable there is none, it starts
 * with the value itself. Likewise if a testbench's own process waits for that edge, as
 * what it then looks at may still be x, or if one may see the other value before. Nor is
 * there one for a variable that is declared with a value, or behind one in the same
 * declaration, or that is not a single bit.
 */
#include "config.h"

#include <string.h>

#include "session/testbench/checks_inner.h"

#define MAX_DEEP  8    /* tasks that call tasks before the first wait */
#define MAX_CALLS 1000 /* of tasks, in a module */

struct first {
	const struct vstmts *s;
	int unit, process, calls;
	struct edits *e;
	/* Of names that are set before the first wait: 0 or 1, plus twice that process. */
	struct name_map values;
	struct name_map mixed; /* those that are set to both */
	struct name_map late;  /* those that another process waits for, or may read before */
};

/* Sets *value to 0 or 1; false for anything else, and for x. */
static bool is_bit(const struct vstmts *s, struct vspan value, size_t *bit)
{
	size_t i = checks_first_token(s, value);
	bool zero;

	if (!checks_is_constant(s, value, &zero) || checks_in_span(s, i + 1, value))
		return false;
	for (size_t at = value.off; at < value.end; at++)
		if (strchr("xXzZ", s->text[at]))
			return false;
	*bit = !zero;
	return zero || checks_is_one(s, i);
}

static void assign(struct first *d, const struct vstmt *v)
{
	static const char *const parts[] = { ".", "::", "[", NULL };
	size_t first = checks_first_token(d->s, v->lhs), bit, had;
	bool list = checks_is(d->s, first, "{");

	if (!is_bit(d->s, v->rhs, &bit) || (list && bit) || checks_has_any(d->s, v->lhs, parts) ||
	    (!list && checks_in_span(d->s, first + 1, v->lhs)))
		return;
	for (size_t i = first; checks_in_span(d->s, i, v->lhs); i++) {
		const char *name = d->s->text + d->s->tokens[i].off;
		size_t len = d->s->tokens[i].len;

		if (d->s->tokens[i].kind == VTOKEN_NAME &&
		    !name_map_put(&d->values, name, len, (size_t)d->process * 2 + bit) &&
		    name_map_get(&d->values, name, len, &had) && (had & 1) != bit)
			name_map_put(&d->mixed, name, len, 0);
	}
}

static int task_of(const struct first *d, struct vspan name)
{
	for (int i = d->unit + 1; i < d->s->v[d->unit].end; i++) {
		const struct vstmt *v = &d->s->v[i];

		if (v->kind == VSTMT_TASK && checks_same(d->s, v->name, d->s, name))
			return i;
	}
	return -1;
}

/* Follows the statement until it waits; false: it does, or may. */
static bool follow(struct first *d, int i, int deep)
{
	const struct vstmts *s = d->s;
	const struct vstmt *v = &s->v[i];
	int task;

	switch (v->kind) {
	case VSTMT_INITIAL:
	case VSTMT_TASK:
	case VSTMT_BLOCK:
		for (int k = i + 1; k < v->end; k = s->v[k].end)
			if (!follow(d, k, deep))
				return false;
		return true;
	case VSTMT_BLOCKING:
	case VSTMT_NONBLOCKING:
		/* "rst = #5 0" */
		if (checks_is(s, checks_first_token(s, v->rhs), "#"))
			return false;
		assign(d, v);
		return true;
	case VSTMT_CALL:
		task = deep < MAX_DEEP && d->calls++ < MAX_CALLS ? task_of(d, v->name) : -1;
		return task >= 0 && follow(d, task, deep + 1);
	case VSTMT_DECL:
	case VSTMT_NULL:
	case VSTMT_SYSTEM:
		return true;
	default: /* what is below an `if` is not followed, but does it wait? */
		for (int k = i; k < v->end; k++)
			if (s->v[k].kind == VSTMT_PREFIX || s->v[k].kind == VSTMT_CALL ||
			    s->v[k].kind == VSTMT_MACRO || s->v[k].kind == VSTMT_FORK ||
			    s->v[k].kind == VSTMT_OTHER)
				return false;
		return true;
	}
}

/* True where the value itself counts, not its change: "wait (rst_n)", "while (!rst_n) ...". */
static bool asks_level(const struct vstmts *s, const struct vstmt *v)
{
	return v->kind == VSTMT_IF || v->kind == VSTMT_CASE || v->kind == VSTMT_LOOP ||
	       (v->kind == VSTMT_PREFIX && checks_is(s, checks_first_token(s, v->head), "wait"));
}

/* Marks the names whose change to that value an always of the module waits for, and those
 * that an initial block above, or a task, would see with the other value before. */
static void read_waits(struct first *d)
{
	const struct vstmts *s = d->s;
	bool instance = false;
	size_t at;

	for (int i = d->unit + 1; i < s->v[d->unit].end && !instance; i++)
		instance = checks_is_instance(s, &s->v[i]);
	for (int i = d->unit + 1; i < s->v[d->unit].end; i++) {
		bool level = asks_level(s, &s->v[i]), always, task;
		struct vspan head = s->v[i].head;

		if (!level && s->v[i].kind != VSTMT_PREFIX)
			continue;
		always = vstmts_around(s, i, VSTMT_ALWAYS) >= 0;
		task = vstmts_around(s, i, VSTMT_TASK) >= 0;
		if (always ? s->v[i].kind != VSTMT_PREFIX : !level)
			continue;
		for (size_t t = checks_first_token(s, head); checks_in_span(s, t, head); t++) {
			const char *name = s->text + s->tokens[t].off;
			size_t len = s->tokens[t].len;

			if (!name_map_get(&d->values, name, len, &at) ||
			    (always && !instance && i < s->v[at / 2].end) ||
			    (!always && !task && i >= (int)(at / 2)) ||
			    checks_is(s, t - 1, at & 1 ? "negedge" : "posedge"))
				continue;
			name_map_put(&d->late, name, len, 0);
		}
	}
}

/* "reg clk, rst_n;": gives each name that is set its value before. */
static void declare(struct first *d, const struct vstmt *v)
{
	const struct vstmts *s = d->s;
	size_t i = checks_first_token(s, v->all), bit;

	i += checks_is(s, i, "var");
	if (!checks_is(s, i, "reg") && !checks_is(s, i, "logic"))
		return;
	for (i++; checks_in_span(s, i + 1, v->all) && s->tokens[i].kind == VTOKEN_NAME &&
		  (checks_is(s, i + 1, ",") || checks_is(s, i + 1, ";"));
	     i += 2) {
		struct vspan name = checks_token(s, i);

		if (!name_map_get(&d->values, s->text + name.off, name.end - name.off, &bit) ||
		    checks_has(&d->mixed, s, name))
			continue;
		if (!checks_has(&d->late, s, name))
			bit ^= 1;
		str_addf(&checks_wrap(d->e, name)->close, " = 1'b%d", (int)(bit & 1));
	}
}

static void mend_unit(const struct vstmts *s, int unit, struct edits *e)
{
	struct first d = { .s = s, .unit = unit, .e = e };

	for (int i = unit + 1; i < s->v[unit].end; i = s->v[i].end) {
		if (s->v[i].kind != VSTMT_INITIAL)
			continue;
		d.process = i;
		follow(&d, i, 0);
	}
	if (d.values.n)
		read_waits(&d);
	for (int i = unit + 1; d.values.n && i < s->v[unit].end; i = s->v[i].end)
		if (s->v[i].kind == VSTMT_DECL)
			declare(&d, &s->v[i]);
	name_map_fini(&d.values);
	name_map_fini(&d.mixed);
	name_map_fini(&d.late);
}

void checks_mend_first(const struct vstmts *s, struct edits *e)
{
	for (int i = 0; i < (int)s->n; i++)
		if (s->v[i].kind == VSTMT_UNIT &&
		    checks_is(s, vstmts_token(s, s->v[i].all.off), "module"))
			mend_unit(s, i, e);
}
