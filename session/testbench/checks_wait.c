/* Verilator 5.006 misses a change that logic makes in the same step in which a
 * process starts to wait for it. Where that is possible, the copy marks the wait,
 * on its own line, and processes suspended there are resumed at once;
 * sim/engine/runtime.c uses the mark:
 *
 *     wait (x) s
 *     begin $c("posedge_waits = 9;"); wait (x) begin $c("posedge_waits = 0;"); s end end
 *
 *     @(posedge done) s      wrapped in the same way
 *
 * "wait" tests its condition again, so it is always marked. An edge that a
 * process made before this one waits must not be seen, and with the mark it would
 * be. So a wait for an edge is only marked if logic alone drives the signal: no
 * process of the module assigns one of its names, it is neither an event nor a port, and
 * no instance drives it that uses delays, as clock generators do. Directly after
 * an assignment, which the logic may follow, ports and such instances are
 * allowed. The head of an always is no wait of a process and stays as it is.
 */
#include "config.h"

#include "session/testbench/checks_inner.h"

static void mend_wait(const struct vstmts *s, int i, struct edits *e)
{
	const struct vstmt *v = &s->v[i];
	const char *end = checks_ends_statement(s, v->all) ? "" : ";";
	bool body = i + 1 < v->end;
	struct wrap *w;

	if (v->generate || vstmts_around(s, i, VSTMT_DEFINE) >= 0)
		return;
	w = checks_wrap(e, v->all);
	str_addf(&w->open, "begin $c(\"posedge_waits = %d;\"); ", v->line);
	str_addf(&w->close, body ? "%s end" : "%s $c(\"posedge_waits = 0;\"); end", end);
	if (!body)
		return;
	w = checks_wrap(e, s->v[i + 1].all);
	str_adds(&w->open, "begin $c(\"posedge_waits = 0;\"); ");
	str_adds(&w->close, checks_ends_statement(s, s->v[i + 1].all) ? " end" : "; end");
}

/* What processes drive ------------------------------------------------------------- */

static void add_names(const struct vstmts *s, struct vspan in, struct name_map *m)
{
	for (size_t t = checks_first_token(s, in); checks_in_span(s, t, in); t++)
		if (s->tokens[t].kind == VTOKEN_NAME)
			checks_put(m, s, checks_token(s, t));
}

/* True if arguments may be written: $fscanf(f, "%b", go), and any task. */
static bool sets_arguments(const struct vstmts *s, struct vspan in)
{
	static const char *const sets[] = { "$fscanf",	"$sscanf", "$value$plusargs", "$fgets",
					    "$fread",	"$cast",   "$readmemh",	      "$readmemb",
					    "$deposit", "$random", "$urandom",	      "$sformat",
					    "$swrite",	NULL };

	return checks_has_any(s, in, sets);
}

static bool has_delay(const struct vstmts *s, int unit)
{
	for (int k = unit + 1; k < s->v[unit].end; k++)
		if (s->v[k].kind == VSTMT_PREFIX &&
		    checks_is(s, vstmts_token(s, s->v[k].head.off), "#"))
			return true;
	return false;
}

/* True if the module named by the token is in this text and uses delays. */
static bool makes_clocks(const struct vstmts *s, size_t token)
{
	for (int u = 0; u < (int)s->n; u = s->v[u].end) {
		if (s->v[u].kind == VSTMT_UNIT &&
		    checks_same(s, s->v[u].name, s, checks_token(s, token)))
			return has_delay(s, u);
	}
	return false;
}

static bool begins(const struct vstmts *s, const struct vstmt *v, const char *word)
{
	return checks_is(s, vstmts_token(s, v->all.off), word);
}

/* Adds the names that processes of the unit assign. */
static void read_assigned(const struct vstmts *s, int unit, struct name_map *m)
{
	for (int k = unit + 1; k < s->v[unit].end; k++) {
		const struct vstmt *v = &s->v[k];
		bool assigns = v->kind == VSTMT_BLOCKING || v->kind == VSTMT_NONBLOCKING ||
			       v->kind == VSTMT_FORCE;
		bool declares = v->kind == VSTMT_DECL || v->kind == VSTMT_ITEM;

		if (v->kind == VSTMT_CALL || v->kind == VSTMT_TRIGGER ||
		    (assigns && v->lhs.off == v->lhs.end) || (declares && begins(s, v, "event")) ||
		    ((assigns || v->kind == VSTMT_SYSTEM) && sets_arguments(s, v->all)))
			add_names(s, v->all, m);
		else if (assigns)
			add_names(s, v->lhs, m);
	}
}

/* Adds the names that processes elsewhere may assign. */
static void read_driven(const struct vstmts *s, int unit, struct name_map *m)
{
	size_t t = vstmts_token(s, s->v[unit].all.off);

	for (; checks_in_span(s, t, s->v[unit].all) && !checks_is(s, t, ";"); t++)
		if (s->tokens[t].kind == VTOKEN_NAME)
			checks_put(m, s, checks_token(s, t));
	for (int k = unit + 1; k < s->v[unit].end; k++) {
		t = vstmts_token(s, s->v[k].all.off);
		if (s->v[k].kind == VSTMT_ITEM && checks_in_span(s, t, s->v[k].all) &&
		    s->tokens[t].kind == VTOKEN_NAME && makes_clocks(s, t))
			add_names(s, s->v[k].all, m);
	}
}

/* Waits ------------------------------------------------------------------------------ */

struct drivers {
	int unit; /* the unit that was read; -1: none */
	struct name_map assigned, driven;
};

static void drivers_fini(struct drivers *d)
{
	name_map_fini(&d->assigned);
	name_map_fini(&d->driven);
}

static void drivers_of(const struct vstmts *s, int unit, struct drivers *d)
{
	if (unit == d->unit)
		return;
	drivers_fini(d);
	read_assigned(s, unit, &d->assigned);
	read_driven(s, unit, &d->driven);
	d->unit = unit;
}

/* True if the preceding statement in the list, not counting prints, is an assignment. */
static bool follows_assignment(const struct vstmts *s, int i)
{
	int up = s->v[i].parent, before = i - 1;

	if (s->v[up].kind != VSTMT_BLOCK)
		return false;
	while (before > up && s->v[before].kind == VSTMT_SYSTEM)
		before--;
	return before > up &&
	       (s->v[before].kind == VSTMT_BLOCKING || s->v[before].kind == VSTMT_NONBLOCKING ||
		s->v[before].kind == VSTMT_FORCE || s->v[before].kind == VSTMT_CALL);
}

/* Handles "@(posedge done)", "@done", "@(a or negedge b[1])". */
static bool waits_for_logic(const struct vstmts *s, int i, const struct drivers *d)
{
	static const char *const beyond[] = { ".", "::", "*", "iff", NULL };
	const struct vstmt *v = &s->v[i];
	bool any = false, follows;

	if (v->parent < 0 || s->v[v->parent].kind == VSTMT_ALWAYS ||
	    checks_has_any(s, v->head, beyond))
		return false;
	follows = follows_assignment(s, i);
	for (size_t t = checks_first_token(s, v->head); checks_in_span(s, t, v->head); t++) {
		struct vspan name = checks_token(s, t);

		if (s->tokens[t].kind == VTOKEN_DIRECTIVE)
			return false; /* a macro: unknown */
		if (s->tokens[t].kind != VTOKEN_NAME)
			continue;
		any = true;
		if (checks_has(&d->assigned, s, name) ||
		    (!follows && checks_has(&d->driven, s, name)))
			return false;
	}
	return any;
}

void checks_mend_waits(const struct vstmts *s, struct edits *e)
{
	struct drivers d = { .unit = -1 };

	for (int i = 0; i < (int)s->n; i++) {
		const struct vstmt *v = &s->v[i];
		size_t t = v->kind == VSTMT_PREFIX ? vstmts_token(s, v->head.off) : s->n_tokens;
		int unit = checks_is(s, t, "@") ? vstmts_around(s, i, VSTMT_UNIT) : -1;

		if (unit >= 0)
			drivers_of(s, unit, &d);
		if ((checks_is(s, t, "wait") && checks_is(s, t + 1, "(")) ||
		    (unit >= 0 && waits_for_logic(s, i, &d)))
			mend_wait(s, i, e);
	}
	drivers_fini(&d);
}
