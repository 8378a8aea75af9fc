/* One step: a signal at a time, and the statement that gave it its value.
 *
 * A directly connected port counts as the net behind it; its positions are listed. Of
 * several drivers those that contribute nothing (z, or other bits) are ignored. If one
 * remains, or several with one value, that is the step; several with different values are
 * a conflict, and all their statements are listed.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/why/why_back.h"
#include "session/why/why_kept.h"
#include "session/why/why_making.h"
#include "session/why/why_site.h"
#include "session/why/why_wanted.h"

#define OPEN_SHOWN   4 /* unconnected outputs */
#define OTHERS_SHOWN 4 /* assignments that were not executed */
#define PARTS_SHOWN  8 /* drivers of other bits */

/* Kinds ------------------------------------------------------------------------------- */

static void say(struct making *m, const char *text)
{
	free(m->step->note);
	m->step->note = mem_strdup(text);
}

static void declaration(struct making *m)
{
	const struct circuit_var *v = &m->w->c->vars[m->place.var];

	making_line(m, v->file, v->line, str_fmt("%s is declared", v->name));
}

static bool is_constant(const struct circuit *c, uint32_t node)
{
	uint32_t right = c->nodes[node].first;

	return c->nodes[right].op == CIRCUIT_CONST;
}

/* Adds the process's other assignments to the place, without `except`. constant: only if
 * all of them assign constants equal to its value. True if there are any. */
static bool list_others(struct making *m, const struct site *s, uint32_t except, bool constant)
{
	const struct circuit *c = m->w->c;
	struct circuit_walk walk = { 0 };
	uint32_t top = c->processes[s->driver->process].node;
	uint32_t found[OTHERS_SHOWN], n_found = 0;
	bool same = true;

	for (uint32_t n = circuit_walk(c, &walk, top); n; n = circuit_walk(c, &walk, top)) {
		uint32_t right = c->nodes[n].first;
		struct place to;

		if ((c->nodes[n].op != CIRCUIT_ASSIGN && c->nodes[n].op != CIRCUIT_ASSIGN_LATER) ||
		    !right || n == except ||
		    !place_base(m->w, s->instance, c->nodes[right].next, &to) ||
		    to.var != m->place.var || to.instance != m->place.instance)
			continue;
		same &= is_constant(c, n) && is_constant(c, except) &&
			strcmp(c->texts[c->nodes[right].ref],
			       c->texts[c->nodes[c->nodes[except].first].ref]) == 0;
		if (n_found < OTHERS_SHOWN)
			found[n_found++] = n;
	}
	circuit_walk_end(&walk);
	if (constant && !same)
		return false;
	for (uint32_t i = 0; i < n_found; i++)
		making_statement(m, &(struct write){ .node = found[i],
						     .right = c->nodes[found[i]].first,
						     .leaf = c->nodes[found[i]].first });
	return n_found > 0;
}

/* One write, of one signal or a part of it. */
static bool is_plain(const struct circuit *c, const struct pass *r, size_t write)
{
	const struct write *x = &r->writes[write];
	uint32_t at = x->right;

	while (c->nodes[at].op == CIRCUIT_PART || c->nodes[at].op == CIRCUIT_ELEMENT)
		at = c->nodes[at].first;
	return x->leaf == x->right && x->n_needs == 1 && !x->told.n &&
	       (c->nodes[at].op == CIRCUIT_VAR || c->nodes[at].op == CIRCUIT_OUTSIDE);
}

static void assigned(struct making *m, const struct site *s)
{
	struct why_step *step = m->step;
	struct bits value;
	uint64_t since;
	struct site near;
	bool nearest = kept_nearest(m, s, &near);

	if (nearest)
		s = &near;
	m->kept = kept_usual(m, s, &value, &since);
	making_write(m, s);
	if (m->kept)
		kept_at(m, s, &value, since);
	step->plain = is_plain(m->w->c, &s->pass, s->write);
	step->since = s->since;
	step->clocked = s->clocked;
	step->race = s->race;
	step->differs = s->differs;
	if (step->kind != WHY_CONFLICT)
		step->kind = step->n_reads ? WHY_ASSIGNED : WHY_CONSTANT;
	if (s->clocked && list_others(m, s, s->pass.writes[s->write].node, true))
		say(m, "none of its assignments gives it another value");
	if (s->race)
		say(m, "it saw values from after its clock edge: they changed in the same moment, "
		       "a race");
	else if (s->differs && s->clocked)
		say(m,
		    "by its statements it would have another value: something else assigned it, or "
		    "what they read changed in the same moment");
	else if (s->differs)
		say(m,
		    "by its statements it would have another value: something else assigned it, or "
		    "its list of events does not name all that it reads");
	if (nearest) {
		say(m, "it has had this value since before that edge, where it was nearest to "
		       "another");
		site_fini(&near);
	}
}

/* Lists assignments below a node that cannot be executed, any of which may have been
 * it. likely: without those that give another value. */
static void candidates(struct making *m, uint32_t instance, uint32_t top, bool likely)
{
	const struct circuit *c = m->w->c;
	struct circuit_walk walk = { 0 };
	struct bits value, given;
	bool known = place_value(m->w, &m->place, m->time, &value);

	for (uint32_t n = circuit_walk(c, &walk, top); n; n = circuit_walk(c, &walk, top)) {
		uint32_t right = c->nodes[n].first;
		struct str text = STR_INIT;
		struct place to;
		struct pass r;

		if ((c->nodes[n].op != CIRCUIT_ASSIGN && c->nodes[n].op != CIRCUIT_ASSIGN_LATER) ||
		    !right || !place_base(m->w, instance, c->nodes[right].next, &to) ||
		    to.var != m->place.var || to.instance != m->place.instance)
			continue;
		if (likely && known && c->nodes[right].op == CIRCUIT_CONST &&
		    (c->nodes[c->nodes[right].next].op == CIRCUIT_VAR ||
		     c->nodes[c->nodes[right].next].op == CIRCUIT_OUTSIDE)) {
			pass_init(&r, m->w, instance, m->time);
			given = eval(&r, right);
			given = bits_resize(&m->w->pool, &given, value.width, false);
			pass_fini(&r);
			if (bits_same(&given, &value) != '1')
				continue;
		}
		why_expression(c, c->nodes[right].next, &text);
		str_adds(&text, c->nodes[n].op == CIRCUIT_ASSIGN ? " = " : " <= ");
		why_expression(c, right, &text);
		making_line(m, c->nodes[n].file, c->nodes[n].line, str_take(&text));
	}
	circuit_walk_end(&walk);
}

static void candidates_of(struct making *m, const struct site *s, bool likely)
{
	candidates(m, s->instance, m->w->c->processes[s->driver->process].node, likely);
}

/* True if tasks assign the signal; lists the values that they may assign. Which task
 * was called, and when, is not determined. */
static bool in_tasks(struct making *m)
{
	const struct circuit *c = m->w->c;
	bool any = false;

	for (uint32_t n = 1; n < c->n_nodes; n++)
		if (c->nodes[n].op == CIRCUIT_FUNCTION &&
		    drives(m->w, m->place.instance, n, &m->place)) {
			candidates(m, m->place.instance, n, true);
			any = true;
		}
	return any;
}

/* Says who may have assigned it where no process is known to: a task that waits, or what the
 * elaborated design does not show. False: it never changed, and nothing assigns it. */
static bool by_others(struct making *m)
{
	struct why_signal at = { .instance = m->place.instance, .var = m->place.var };
	size_t often;

	memcpy(at.element, m->place.element, sizeof(at.element));
	since_change(m->w, &at, m->time, &often);
	if (in_tasks(m)) {
		m->step->kind = WHY_TESTBENCH;
		say(m, often > 1 ? "a task assigns it, and the waves do not show which of its "
				   "statements ran"
				 : "as it was at first, or a task gave it that value: only "
				   "tasks assign it");
	} else if (often > 1) {
		m->step->kind = WHY_UNKNOWN;
		say(m, "its value changed in these waves, but no statement that assigns it was "
		       "found");
	} else {
		return false;
	}
	return true;
}

/* For an element that is never assigned, the selector of another one is the closest
 * cause. */
static void chose_another(struct making *m, const struct write *x)
{
	for (size_t i = 0; i < x->n_where; i++)
		for (size_t k = 0; k < m->step->n_reads; k++)
			if (m->step->reads[k].at.var == x->where[i].place.var &&
			    m->step->reads[k].at.instance == x->where[i].place.instance)
				m->step->reads[k].condition = false;
}

/* Lists what is assigned instead of an element that never is. */
static bool other_element(struct making *m, const struct site *s)
{
	struct place whole = { .instance = m->place.instance, .var = m->place.var };
	struct driver d = { s->driver, s->instance };
	struct site other;
	bool found;

	if (!m->place.element[0])
		return false;
	site_find(m->w, &whole, (struct range){ 0, 0 }, d, m->time, false, &other);
	found = other.kind == SITE_RUN || (other.kind == SITE_HELD && other.before < other.since);
	if (found && other.kind == SITE_HELD) {
		uint64_t before = other.before;

		site_fini(&other);
		site_find(m->w, &whole, (struct range){ 0, 0 }, d, before, false, &other);
		found = other.kind == SITE_RUN;
	}
	if (found) {
		making_write(m, &other);
		chose_another(m, &other.pass.writes[other.write]);
	}
	site_fini(&other);
	return found;
}

/* Since when it holds, and why; then the statement that gave it the value. */
static void held(struct making *m, const struct site *s)
{
	struct why_step *step = m->step;
	struct bits value;
	struct site earlier;
	bool sure = s->clocked && !m->range.n && place_value(m->w, &m->place, m->time, &value);

	step->kind = WHY_HELD;
	step->since = s->since;
	step->clocked = s->clocked;
	if (!s->clocked) {
		say(m, "no branch assigns it: it keeps its value, as a latch does");
	} else if (s->before < s->since) {
		site_find(m->w, &m->place, m->range, (struct driver){ s->driver, s->instance },
			  s->before, m->only_x, &earlier);
		if (earlier.kind == SITE_RUN) {
			step->since = s->before;
			step->race = earlier.race;
			step->differs = earlier.differs;
			making_statement(m, &earlier.pass.writes[earlier.write]);
			if (is_constant(m->w->c, earlier.pass.writes[earlier.write].node) &&
			    list_others(m, s, earlier.pass.writes[earlier.write].node, false))
				say(m, "the first of these gave it its value; none of the others "
				       "was carried out since");
		}
	} else {
		bool known = place_value(m->w, &m->place, m->time, &value);

		sure = false;
		if (!other_element(m, s))
			candidates_of(m, s, false);
		if (known && bits_unknown(&value))
			step->kind = WHY_NO_RESET;
		say(m, step->kind == WHY_NO_RESET
			       ? "none of its assignments has been carried out yet"
		       : known ? "nothing has assigned it since its value last changed"
			       : "no assignment to it was found in these waves");
	}
	m->before = s->clocked;
	kept_by(m, s, sure ? &value : NULL);
	if (step->since < s->since && s->clocked) {
		if (earlier.kind == SITE_RUN)
			making_reasons(m, &earlier);
		site_fini(&earlier);
	}
}

/* Instances that drive some of the bits each, through ports. */
static bool port_parts(struct making *m, const struct site *sites, size_t n)
{
	size_t shown = 0;

	for (size_t i = 0; i < n && shown < PARTS_SHOWN; i++) {
		struct need need = { 0 };
		struct range range = m->range;

		if (sites[i].kind != SITE_PORT ||
		    !site_port(m->w, &m->place, &range, sites[i].driver, &need.place))
			continue;
		need.range = range;
		making_port(m, sites[i].driver->port);
		making_need(m, &need, m->time, m->time, false);
		shown++;
	}
	if (shown)
		m->step->kind = WHY_ASSIGNED;
	return shown > 0;
}

static void port_expression(struct making *m, const struct site *s, const struct site *sites,
			    size_t n)
{
	const struct circuit_child *k = &m->w->c->children[s->driver->child];

	if (!k->array && k->module != CIRCUIT_NONE && port_parts(m, sites, n))
		return;

	making_port(m, s->driver->port);
	m->step->kind = k->module == CIRCUIT_NONE ? WHY_BLACK_BOX : WHY_UNKNOWN;
	say(m, k->array ? "an array of instances drives it, and the elaborated design does not say "
			  "which instance"
	       : k->module == CIRCUIT_NONE
		       ? "an instance of a module without a source drives it"
		       : "an instance drives it by a port that is not connected as it is");
}

/* Unconnected outputs next to it: one may have been meant for it. */
static void open_outputs(struct making *m)
{
	const struct circuit *c = m->w->c;
	size_t shown = 0;

	for (uint32_t i = 0; i < c->n_children; i++) {
		if (c->children[i].parent != c->vars[m->place.var].module)
			continue;
		for (uint32_t n = c->nodes[c->children[i].node].first; n; n = c->nodes[n].next)
			if (c->nodes[n].op == CIRCUIT_PORT && c->nodes[n].flag == 'o' &&
			    !c->nodes[n].first && shown++ < OPEN_SHOWN)
				making_line(m, c->nodes[n].file, c->nodes[n].line,
					    str_fmt("%s leaves its output %s open",
						    c->children[i].name,
						    c->texts[c->nodes[n].ref]));
	}
}

/* Without a driver in its module: a port, or nothing. */
static void undriven(struct making *m)
{
	const struct circuit *c = m->w->c;
	const struct circuit_var *v = &c->vars[m->place.var];
	const struct circuit_instance *i = &c->instances[m->place.instance];
	uint32_t port = v->direction ? place_port(m->w, m->place.instance, m->place.var) : 0;
	struct pass r;
	struct need *needs = NULL;
	size_t n = 0, cap = 0;
	bool is_cut;

	m->step->kind = WHY_UNDRIVEN;
	if (v->constant) {
		m->step->kind = WHY_CONSTANT;
		declaration(m);
	} else if (v->direction == 'i' && i->parent == CIRCUIT_NONE) {
		m->step->kind = WHY_INPUT;
		declaration(m);
	} else if (v->direction == 'i' && port && c->nodes[port].first) {
		pass_init(&r, m->w, i->parent, m->time);
		r.only_x = m->only_x;
		making_port(m, port);
		is_cut = c->nodes[c->nodes[port].first].op == CIRCUIT_EXTEND ||
			 c->nodes[c->nodes[port].first].op == CIRCUIT_EXTENDS ||
			 (c->nodes[c->nodes[port].first].op == CIRCUIT_PART &&
			  c->nodes[c->nodes[port].first].flag);
		eval_needs(&r, c->nodes[port].first, m->range, &needs, &n, &cap, NULL);
		for (size_t k = 0; k < n; k++) {
			const struct circuit_var *read = &c->vars[needs[k].place.var];

			making_need(m, &needs[k], m->time, m->time, false);
			if (is_cut && read->width && v->width && read->width != v->width)
				making_line(m, read->file, read->line,
					    str_fmt("%s has %u bits, the port has %u", read->name,
						    read->width, v->width));
		}
		m->step->kind = n ? WHY_ASSIGNED : WHY_CONSTANT;
		free(needs);
		pass_fini(&r);
		back_wanted(m, NULL, c->nodes[port].first);
	} else if (v->direction == 'i') {
		const struct circuit_node *node = &c->nodes[c->children[i->child].node];

		making_line(m, port ? c->nodes[port].file : node->file,
			    port ? c->nodes[port].line : node->line,
			    str_fmt("%s leaves its input %s open", c->children[i->child].name,
				    v->name));
		declaration(m);
		say(m, "nothing is connected to that input");
	} else {
		declaration(m);
		open_outputs(m);
		if (!by_others(m))
			say(m, "nothing drives it");
	}
}

static void at_first(struct making *m, const struct site *sites, size_t n)
{
	struct bits value;
	bool open = place_value(m->w, &m->place, m->time, &value) && bits_unknown(&value);
	bool waits = false;

	for (size_t i = 0; i < n; i++) {
		waits |= sites[i].kind == SITE_NOT_YET;
		if (sites[i].kind == SITE_INITIAL)
			candidates_of(m, &sites[i], true);
	}
	m->step->kind = open ? WHY_NO_RESET : WHY_INITIAL;
	if (m->step->n_lines == 0)
		declaration(m);
	for (size_t i = 0; i < n && open; i++)
		if (sites[i].kind == SITE_NOT_YET)
			candidates_of(m, &sites[i], false);
	if (waits)
		say(m, open && m->step->n_lines < MAKING_LINES_MAX
			       ? "its clock had no edge yet: it began so, and these are all that "
				 "assign it"
		       : open ? "its clock had no edge yet: it began so; others assign it, too"
			      : "as it was at first: its clock had no edge yet");
	else if (!by_others(m))
		say(m, "as it was at first: nothing else assigns it");
}

/* Selection --------------------------------------------------------------------------- */

static bool is_open(const struct site *s, struct range range)
{
	uint32_t n = range.n ? range.n : s->value.width;
	uint32_t z = 0;

	for (uint32_t i = range.low; i < range.low + n && i < s->value.width; i++)
		z += bits_get(&s->value, i) == 'z';
	return s->kind == SITE_RUN && !s->clocked && n && z == n;
}

static bool agree(const struct site *a, const struct site *b, struct range range)
{
	uint32_t n = range.n ? range.n : a->value.width;

	for (uint32_t i = range.low; i < range.low + n && i < a->value.width; i++)
		if (i >= b->value.width || bits_get(&a->value, i) != bits_get(&b->value, i))
			return false;
	return true;
}

/* Two that ran in the same moment and disagree. A later edge wins. */
static bool fight(const struct site *a, const struct site *b, struct range range)
{
	if (a->kind != SITE_RUN || b->kind != SITE_RUN ||
	    (a->clocked && b->clocked && a->since != b->since))
		return false;
	return a->driver->process != b->driver->process &&
	       range_meets(a->pass.writes[a->write].range, b->pass.writes[b->write].range) &&
	       !agree(a, b, range);
}

static int rank(const struct site *s, struct range range)
{
	static const int ranks[] = {
		[SITE_RUN] = 8,	  [SITE_HELD] = 6,    [SITE_NO_CLOCK] = 5, [SITE_PORT] = 7,
		[SITE_TIMED] = 4, [SITE_NOT_YET] = 2, [SITE_INITIAL] = 1,
	};

	return s->kind == SITE_RUN && (s->differs || is_open(s, range)) ? 3 : ranks[s->kind];
}

static const struct site *choose(struct making *m, struct site *sites, size_t n)
{
	const struct site *best = NULL;

	for (size_t i = 0; i < n; i++) {
		if (sites[i].kind == SITE_NONE)
			continue;
		if (!best || rank(&sites[i], m->range) > rank(best, m->range) ||
		    (rank(&sites[i], m->range) == rank(best, m->range) &&
		     sites[i].since > best->since))
			best = &sites[i];
	}
	for (size_t i = 0; best && i < n; i++)
		if (&sites[i] != best && !is_open(&sites[i], m->range) &&
		    fight(best, &sites[i], m->range))
			m->step->kind = WHY_CONFLICT;
	return best;
}

/* Adds the drivers of other bits of the target. */
static void other_parts(struct making *m, const struct site *best, struct site *sites, size_t n)
{
	size_t shown = 0;

	for (size_t i = 0; i < n && shown < PARTS_SHOWN; i++)
		if (&sites[i] != best && sites[i].kind == SITE_RUN && !sites[i].differs &&
		    !is_open(&sites[i], m->range) &&
		    !range_meets(best->pass.writes[best->write].range,
				 sites[i].pass.writes[sites[i].write].range)) {
			making_write(m, &sites[i]);
			shown++;
		}
	if (shown && m->step->kind == WHY_CONSTANT && m->step->n_reads)
		m->step->kind = WHY_ASSIGNED;
}

static void list_drivers(struct making *m, const struct site *best, struct site *sites, size_t n)
{
	switch (best->kind) {
	case SITE_RUN:
		assigned(m, best);
		wanted_would(m, best);
		back_wanted(m, best, 0);
		for (size_t i = 0; i < n && m->step->kind == WHY_CONFLICT; i++)
			if (&sites[i] != best && fight(best, &sites[i], m->range))
				making_write(m, &sites[i]);
		if (m->step->kind == WHY_CONFLICT)
			say(m, "several drive it at once, with different values");
		else
			other_parts(m, best, sites, n);
		break;
	case SITE_HELD:
		held(m, best);
		wanted_would(m, best);
		back_wanted(m, best, 0);
		break;
	case SITE_TIMED:
		m->step->kind = WHY_TESTBENCH;
		candidates_of(m, best, true);
		if (m->step->n_lines > 1)
			say(m, "one of these statements: they wait for time, and the trace does "
			       "not show which ran");
		break;
	case SITE_PORT:
		port_expression(m, best, sites, n);
		break;
	case SITE_NO_CLOCK:
		m->step->kind = WHY_UNKNOWN;
		declaration(m);
		say(m, "the trace does not have its clock");
		break;
	default:
		at_first(m, sites, n);
		break;
	}
}

static void find_driver(struct making *m)
{
	size_t n;
	bool more;
	struct driver *d = drivers_of(m->w, &m->place, &n, &more);
	struct site *sites = mem_calloc(n + 1, sizeof(*sites));
	const struct site *best;

	for (size_t i = 0; i < n; i++)
		site_find(m->w, &m->place, m->range, d[i], m->time, m->only_x, &sites[i]);
	best = choose(m, sites, n);
	if (best)
		list_drivers(m, best, sites, n);
	else
		undriven(m);
	for (size_t i = 0; i < n; i++)
		site_fini(&sites[i]);
	free(sites);
	free(d);
	if (more) {
		m->step->kind = WHY_UNKNOWN;
		say(m, "more drivers than can be looked at assign it");
	}
	if (m->w->work <= 0) {
		m->step->kind = WHY_UNKNOWN;
		say(m, "too much would have to be evaluated again to know");
	}
}

void why_step(struct why *w, const struct why_signal *s, uint64_t time, bool only_x,
	      struct why_step *out)
{
	struct making m = { .w = w,
			    .step = out,
			    .place = { .instance = s->instance, .var = s->var },
			    .range = { s->low, s->bits },
			    .time = time,
			    .only_x = only_x };
	struct bits value;
	bool known;

	*out = (struct why_step){ .from = SIZE_MAX, .note = mem_strdup("") };
	memcpy(m.place.element, s->element, sizeof(m.place.element));
	bits_reset(&w->pool);
	w->work = w->stop && atomic_load(w->stop) ? 0 : WORK_MAX;
	out->time = out->since = m.time;
	out->signal = making_signal(w, &m.place, m.range);
	known = place_value(w, &m.place, m.time, &value);
	out->value = known ? making_bits(&value, m.range) : mem_strdup("");
	/* Lines of ports come after those of the statement. */
	{
		struct why_step ports = { 0 }, *step = m.step;

		m.step = &ports;
		site_follow(w, &m.place, &m.range, making_port, &m);
		m.step = step;
		out->driven = making_signal(w, &m.place, m.range);
		find_driver(&m);
		for (size_t i = 0; i < ports.n_lines; i++)
			MEM_PUSH(out->lines, out->n_lines, out->cap_lines, ports.lines[i]);
		free(ports.lines);
	}
	w->spent += WORK_MAX - w->work;
}

void why_connections(struct why *w, const struct why_signal *s, struct why_step *to)
{
	struct making m = { .w = w, .step = to };
	struct place p = place_of(s);
	struct range range = { s->low, s->bits };

	site_follow(w, &p, &range, making_port, &m);
}

void why_step_fini(struct why_step *s)
{
	for (size_t i = 0; i < s->n_lines; i++) {
		free(s->lines[i].path);
		free(s->lines[i].text);
	}
	for (size_t i = 0; i < s->n_reads; i++) {
		free(s->reads[i].signal);
		free(s->reads[i].value);
	}
	for (size_t i = 0; i < s->n_also; i++) {
		free(s->also[i].driven);
		free(s->also[i].path);
	}
	free(s->also);
	strv_free(&s->would);
	free(s->lines);
	free(s->reads);
	free(s->signal);
	free(s->value);
	free(s->driven);
	free(s->note);
	*s = (struct why_step){ 0 };
}
