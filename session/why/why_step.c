/* One step: a signal at a time, and the statement that gave it its value.
 *
 * Ports that are connected as they are count as the net behind them; their places
 * are told. Of several drivers those that say nothing (z, or other bits) are
 * left out. One that remains is the step; several with one value as well; several
 * with different values are a conflict, whose statements are all told.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/trace/trace.h"
#include "session/why/why_edge.h"
#include "session/why/why_site.h"

#define SITES_MAX     32 /* drivers of one variable that are looked at */
#define LINES_MAX     24
#define OPEN_SHOWN    4 /* outputs that are not connected */
#define BLOCKED_SHOWN 4 /* branches that were not taken */

struct making {
	struct why *w;
	struct why_step *step;
	struct place place;
	struct range range;
	uint64_t time;
	bool only_x;
	bool before; /* what is read now is read just before an edge */
};

static char *bits_words(const struct bits *b, struct range range)
{
	struct str s = STR_INIT;
	uint32_t n = range.n ? range.n : b->width;

	for (uint32_t i = n; i-- > 0;)
		str_addc(&s, range.low + i < b->width ? bits_get(b, range.low + i) : 'x');
	return str_take(&s);
}

static char *signal_words(const struct why *w, const struct place *p, struct range range)
{
	struct str s = STR_INIT;

	place_name(w, p, &s);
	if (range.n && (range.low || range.n != place_width(w, p))) {
		if (range.n == 1)
			str_addf(&s, "[%u]", range.low);
		else
			str_addf(&s, "[%u:%u]", range.low + range.n - 1, range.low);
	}
	return str_take(&s);
}

/* Lines ------------------------------------------------------------------------------- */

static void add_line(struct making *m, uint16_t file, uint32_t line, char *text)
{
	const struct circuit *c = m->w->c;
	struct why_step *s = m->step;
	const char *path = line && file < c->n_files ? c->files[file] : "";

	if (s->n_lines >= LINES_MAX) {
		free(text);
		return;
	}
	s->cap_lines =
		mem_grow((void **)&s->lines, s->cap_lines, s->n_lines + 1, sizeof(*s->lines));
	s->lines[s->n_lines++] = (struct why_line){ mem_strdup(path), line, text };
}

/* The first line that an expression stands on. */
static uint32_t first_line(const struct circuit *c, uint32_t node)
{
	struct circuit_walk walk = { 0 };
	uint32_t line = c->nodes[node].line;

	for (uint32_t n = circuit_walk(c, &walk, node); n; n = circuit_walk(c, &walk, node))
		if (c->nodes[n].line && c->nodes[n].line < line &&
		    c->nodes[n].file == c->nodes[node].file)
			line = c->nodes[n].line;
	circuit_walk_end(&walk);
	return line;
}

static bool holds(const struct circuit *c, uint32_t node, uint32_t wanted)
{
	struct circuit_walk walk = { 0 };
	bool found = false;

	for (uint32_t n = circuit_walk(c, &walk, node); n && !found;
	     n = circuit_walk(c, &walk, node))
		found = n == wanted;
	circuit_walk_end(&walk);
	return found;
}

static void statement_line(struct making *m, const struct write *x)
{
	const struct circuit *c = m->w->c;
	const struct circuit_node *n = &c->nodes[x->node];
	const struct circuit_node *leaf = &c->nodes[x->leaf];
	struct str text = STR_INIT;

	if (n->op == CIRCUIT_CALL) {
		str_addf(&text, "%s(...)", c->texts[c->nodes[n->ref].ref]);
	} else {
		why_expression(c, c->nodes[n->first].next, &text);
		str_adds(&text, n->op == CIRCUIT_ASSIGN_LATER ? " <= " : " = ");
		why_expression(c, x->leaf ? x->leaf : x->right, &text);
	}
	if (x->leaf != x->right && leaf->line && leaf->file == n->file)
		add_line(m, leaf->file, first_line(c, x->leaf), str_take(&text));
	else
		add_line(m, n->file, n->line, str_take(&text));
}

/* Choices between the statement and the leaf: ifs that a tool has merged. */
static void choice_lines(struct making *m, const struct write *x)
{
	const struct circuit *c = m->w->c;
	uint32_t at = x->right;

	for (int depth = 0; at && at != x->leaf && depth < NEST_MAX; depth++) {
		const struct circuit_node *n = &c->nodes[at];
		uint32_t k = n->first;

		if (n->op == CIRCUIT_COND) {
			uint32_t then = c->nodes[k].next;
			bool first = holds(c, then, x->leaf);
			struct str text = STR_INIT;

			str_adds(&text, "if ");
			why_expression(c, k, &text);
			str_addf(&text, " is %d", first);
			add_line(m, c->nodes[k].file, first_line(c, k), str_take(&text));
			at = first ? then : c->nodes[then].next;
			continue;
		}
		while (k && !holds(c, k, x->leaf))
			k = c->nodes[k].next;
		at = k;
	}
}

static void guard_line(struct making *m, const struct guard *g)
{
	const struct circuit *c = m->w->c;
	uint32_t place = g->item ? g->item : g->node;
	struct str text = STR_INIT;

	if (!g->item) {
		str_adds(&text, "if ");
		why_expression(c, g->node, &text);
		str_addf(&text, " is %c", g->truth);
	} else {
		uint32_t k = c->nodes[g->item].first;
		bool any = false;

		str_adds(&text, "case ");
		why_expression(c, g->node, &text);
		str_adds(&text, g->passed ? " is " : " is not ");
		for (; k && circuit_is_expression(c, k); k = c->nodes[k].next) {
			str_adds(&text, any ? ", " : "");
			why_expression(c, k, &text);
			any = true;
		}
		if (!any)
			str_adds(&text, "any of them: default");
	}
	add_line(m, c->nodes[place].file, g->item ? c->nodes[place].line : first_line(c, place),
		 str_take(&text));
}

static void port_line(void *ctx, uint32_t port)
{
	struct making *m = ctx;
	const struct circuit *c = m->w->c;
	const struct circuit_node *n = &c->nodes[port];
	struct str text = STR_INIT;

	if (n->op == CIRCUIT_ASSIGN) {
		why_expression(c, c->nodes[n->first].next, &text);
		str_adds(&text, " = ");
		why_expression(c, n->first, &text);
		add_line(m, n->file, n->line, str_take(&text));
		return;
	}
	str_addf(&text, ".%s(", c->texts[n->ref]);
	if (n->first)
		why_expression(c, n->first, &text);
	str_addc(&text, ')');
	add_line(m, n->file, n->line, str_take(&text));
}

/* Reads ------------------------------------------------------------------------------- */

/* The time since which those bits have been x. */
static uint64_t first_x(struct why *w, const struct place *p, struct range range, uint64_t time)
{
	struct trace_point point;
	struct bits value;
	uint64_t since = time;
	size_t signal;
	bool there;

	if (!place_signal(w, p, &signal))
		return time;
	there = trace_at(w->t, signal, time, &point);
	for (int i = 0; there && i < 10000; i++) {
		bool x = false;
		uint32_t n;

		value = bits_text(&w->pool, place_width(w, p), point.value, point.len);
		n = range.n ? range.n : value.width;
		for (uint32_t k = range.low; k < range.low + n && k < value.width; k++)
			x |= bits_get(&value, k) != '0' && bits_get(&value, k) != '1';
		if (!x)
			break;
		since = point.time;
		there = trace_prev(w->t, signal, point.time, &point);
	}
	return since;
}

static void add_need(struct making *m, const struct need *need, uint64_t time, uint64_t here,
		     bool is_condition)
{
	struct why_step *s = m->step;
	uint64_t at = need->here ? here : time;
	char *name = signal_words(m->w, &need->place, need->range);
	struct bits value;

	/* An x that lives on by itself: what matters is where it began. */
	if (m->only_x && place_same(&need->place, &m->place))
		at = first_x(m->w, &m->place, need->range, at);
	for (size_t i = 0; i < s->n_reads; i++)
		if (s->reads[i].time == at && strcmp(s->reads[i].signal, name) == 0) {
			free(name);
			return;
		}
	s->cap_reads =
		mem_grow((void **)&s->reads, s->cap_reads, s->n_reads + 1, sizeof(*s->reads));
	s->reads[s->n_reads++] = (struct why_read){
		.signal = name,
		.value = place_value(m->w, &need->place, at, &value)
				 ? bits_words(&value, need->range)
				 : mem_strdup(""),
		.time = at,
		.condition = is_condition || need->chose,
		.before = m->before && at == time,
		.step = SIZE_MAX,
	};
	s->reads[s->n_reads - 1].at = (struct why_signal){ .instance = need->place.instance,
							   .var = need->place.var,
							   .low = need->range.low,
							   .bits = need->range.n };
	memcpy(s->reads[s->n_reads - 1].at.element, need->place.element,
	       sizeof(need->place.element));
}

static void add_guard(struct making *m, const struct guard *g, const struct pass *r, uint64_t here)
{
	guard_line(m, g);
	for (size_t i = 0; i < g->n_needs; i++)
		add_need(m, &g->needs[i], r->time, here, true);
}

/* The other side of an if that was passed says nothing new. */
static bool is_passed(const struct guard *passed, const struct guard *g)
{
	while (passed && (passed->node != g->node || passed->item != g->item || g->item))
		passed = passed->outer;
	return passed != NULL;
}

static void add_reasons(struct making *m, const struct site *s)
{
	const struct write *x = &s->pass.writes[s->write];

	m->before = s->clocked && s->pass.time + 1 == s->since;
	choice_lines(m, x);
	for (size_t i = 0; i < x->n_needs; i++)
		add_need(m, &x->needs[i], s->pass.time, s->since, false);
	for (const struct guard *g = x->guard; g; g = g->outer)
		add_guard(m, g, &s->pass, s->since);
	for (size_t i = 0; i < x->n_where; i++)
		add_need(m, &x->where[i], s->pass.time, s->since, true);
	/* What would have assigned it afterwards. */
	for (size_t i = x->blocked; i < s->pass.n_blocked && i < x->blocked + BLOCKED_SHOWN; i++)
		if (!is_passed(x->guard, s->pass.blocked[i]))
			add_guard(m, s->pass.blocked[i], &s->pass, s->since);
}

static void add_write(struct making *m, const struct site *s)
{
	statement_line(m, &s->pass.writes[s->write]);
	add_reasons(m, s);
}

/* Kinds ------------------------------------------------------------------------------- */

static void say(struct making *m, const char *text)
{
	free(m->step->note);
	m->step->note = mem_strdup(text);
}

static void declaration(struct making *m)
{
	const struct circuit_var *v = &m->w->c->vars[m->place.var];

	add_line(m, v->file, v->line, str_fmt("%s is declared", v->name));
}

static void assigned(struct making *m, const struct site *s)
{
	struct why_step *step = m->step;

	add_write(m, s);
	step->since = s->since;
	step->clocked = s->clocked;
	step->race = s->race;
	step->differs = s->differs;
	if (step->kind != WHY_CONFLICT)
		step->kind = step->n_reads ? WHY_ASSIGNED : WHY_CONSTANT;
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
}

/* Assignments of a process that cannot be carried out: those that may have been it.
 * likely: without those that give another value. */
static void candidates(struct making *m, uint32_t process, bool likely)
{
	const struct circuit *c = m->w->c;
	struct circuit_walk walk = { 0 };
	uint32_t top = c->processes[process].node;
	struct bits value, given;
	bool known = place_value(m->w, &m->place, m->time, &value);

	for (uint32_t n = circuit_walk(c, &walk, top); n; n = circuit_walk(c, &walk, top)) {
		uint32_t right = c->nodes[n].first;
		struct str text = STR_INIT;
		struct pass r;

		if ((c->nodes[n].op != CIRCUIT_ASSIGN && c->nodes[n].op != CIRCUIT_ASSIGN_LATER) ||
		    !right || circuit_base(c, c->nodes[right].next) != m->place.var)
			continue;
		if (likely && known && c->nodes[right].op == CIRCUIT_CONST &&
		    c->nodes[c->nodes[right].next].op == CIRCUIT_VAR) {
			pass_init(&r, m->w, m->place.instance, m->time);
			given = eval(&r, right);
			given = bits_resize(&m->w->pool, &given, value.width, false);
			pass_fini(&r);
			if (bits_same(&given, &value) != '1')
				continue;
		}
		why_expression(c, c->nodes[right].next, &text);
		str_adds(&text, c->nodes[n].op == CIRCUIT_ASSIGN ? " = " : " <= ");
		why_expression(c, right, &text);
		add_line(m, c->nodes[n].file, c->nodes[n].line, str_take(&text));
	}
	circuit_walk_end(&walk);
}

/* What is assigned instead of an element that never is. */
static bool other_element(struct making *m, const struct site *s)
{
	struct place whole = { .instance = m->place.instance, .var = m->place.var };
	struct site other;
	bool found;

	if (!m->place.element[0])
		return false;
	site_find(m->w, &whole, (struct range){ 0, 0 }, s->driver, m->time, false, &other);
	found = other.kind == SITE_RUN || (other.kind == SITE_HELD && other.before < other.since);
	if (found && other.kind == SITE_HELD) {
		uint64_t before = other.before;

		site_fini(&other);
		site_find(m->w, &whole, (struct range){ 0, 0 }, s->driver, before, false, &other);
		found = other.kind == SITE_RUN;
	}
	if (found)
		add_write(m, &other);
	site_fini(&other);
	return found;
}

/* Since when, and what kept it: then the statement that gave it what it holds. */
static void held(struct making *m, const struct site *s)
{
	struct why_step *step = m->step;
	struct bits value;
	struct site earlier;

	step->kind = WHY_HELD;
	step->since = s->since;
	step->clocked = s->clocked;
	if (!s->clocked) {
		say(m, "no branch assigns it: it keeps its value, as a latch does");
	} else if (s->before < s->since) {
		site_find(m->w, &m->place, m->range, s->driver, s->before, m->only_x, &earlier);
		if (earlier.kind == SITE_RUN) {
			step->since = s->before;
			step->race = earlier.race;
			step->differs = earlier.differs;
			statement_line(m, &earlier.pass.writes[earlier.write]);
		}
	} else {
		bool known = place_value(m->w, &m->place, m->time, &value);

		if (!other_element(m, s))
			candidates(m, s->driver->process, false);
		if (known && bits_unknown(&value))
			step->kind = WHY_NO_RESET;
		say(m, step->kind == WHY_NO_RESET
			       ? "none of its assignments has been carried out yet"
		       : known ? "nothing has assigned it since its value last changed"
			       : "no assignment to it was found in these waves");
	}
	m->before = s->clocked;
	for (size_t i = 0; i < s->pass.n_blocked; i++)
		add_guard(m, s->pass.blocked[i], &s->pass, s->since);
	if (step->since < s->since && s->clocked) {
		if (earlier.kind == SITE_RUN)
			add_reasons(m, &earlier);
		site_fini(&earlier);
	}
}

static void port_expression(struct making *m, const struct site *s)
{
	const struct circuit_child *k = &m->w->c->children[s->driver->child];

	port_line(m, s->driver->port);
	m->step->kind = k->module == CIRCUIT_NONE ? WHY_BLACK_BOX : WHY_UNKNOWN;
	say(m, k->module == CIRCUIT_NONE
		       ? "an instance of a module without a source drives it"
		       : "an instance drives it by a port that is not connected as it is");
}

/* Outputs beside it that are connected with nothing: one may be meant for it. */
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
				add_line(m, c->nodes[n].file, c->nodes[n].line,
					 str_fmt("%s leaves its output %s open",
						 c->children[i].name, c->texts[c->nodes[n].ref]));
	}
}

/* No driver in its module: a port, or nothing. */
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
		port_line(m, port);
		is_cut = c->nodes[c->nodes[port].first].op == CIRCUIT_EXTEND ||
			 c->nodes[c->nodes[port].first].op == CIRCUIT_EXTENDS ||
			 c->nodes[c->nodes[port].first].op == CIRCUIT_PART;
		eval_needs(&r, c->nodes[port].first, m->range, &needs, &n, &cap, NULL);
		for (size_t k = 0; k < n; k++) {
			const struct circuit_var *read = &c->vars[needs[k].place.var];

			add_need(m, &needs[k], m->time, m->time, false);
			if (is_cut && read->width && v->width && read->width != v->width)
				add_line(m, read->file, read->line,
					 str_fmt("%s has %u bits, the port has %u", read->name,
						 read->width, v->width));
		}
		m->step->kind = n ? WHY_ASSIGNED : WHY_CONSTANT;
		free(needs);
		pass_fini(&r);
	} else if (v->direction == 'i') {
		const struct circuit_node *node = &c->nodes[c->children[i->child].node];

		add_line(m, port ? c->nodes[port].file : node->file,
			 port ? c->nodes[port].line : node->line,
			 str_fmt("%s leaves its input %s open", c->children[i->child].name,
				 v->name));
		declaration(m);
		say(m, "nothing is connected to that input");
	} else {
		declaration(m);
		open_outputs(m);
		say(m, "nothing drives it");
	}
}

static void at_first(struct making *m, const struct site *sites, size_t n)
{
	struct bits value;
	bool open = place_value(m->w, &m->place, m->time, &value) && bits_unknown(&value);

	for (size_t i = 0; i < n; i++)
		if (sites[i].kind == SITE_INITIAL)
			candidates(m, sites[i].driver->process, true);
	m->step->kind = open ? WHY_NO_RESET : WHY_INITIAL;
	if (m->step->n_lines == 0)
		declaration(m);
	for (size_t i = 0; i < n && open; i++)
		if (sites[i].kind == SITE_NOT_YET)
			candidates(m, sites[i].driver->process, false);
	say(m, open ? "its clock had no edge yet: it began so, and these are all that assign it"
		    : "as it was at first: its clock had no edge yet");
}

/* Choosing ------------------------------------------------------------------------------ */

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

/* Two that ran, in the same moment, and do not agree. A later edge wins. */
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

static void tell(struct making *m, const struct site *best, struct site *sites, size_t n)
{
	switch (best->kind) {
	case SITE_RUN:
		assigned(m, best);
		for (size_t i = 0; i < n && m->step->kind == WHY_CONFLICT; i++)
			if (&sites[i] != best && fight(best, &sites[i], m->range))
				add_write(m, &sites[i]);
		if (m->step->kind == WHY_CONFLICT)
			say(m, "several drive it at once, with different values");
		break;
	case SITE_HELD:
		held(m, best);
		break;
	case SITE_TIMED:
		m->step->kind = WHY_TESTBENCH;
		candidates(m, best->driver->process, true);
		if (m->step->n_lines > 1)
			say(m,
			    "one of these statements: they wait for time, and the trace does not "
			    "tell which ran");
		break;
	case SITE_PORT:
		port_expression(m, best);
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
	struct site sites[SITES_MAX];
	const struct site *best;
	size_t n, used = 0;
	const struct circuit_driver *d = circuit_drivers(m->w->c, m->place.var, &n);

	for (size_t i = 0; i < n && used < SITES_MAX; i++)
		site_find(m->w, &m->place, m->range, &d[i], m->time, m->only_x, &sites[used++]);
	best = choose(m, sites, used);
	if (best)
		tell(m, best, sites, used);
	else
		undriven(m);
	for (size_t i = 0; i < used; i++)
		site_fini(&sites[i]);
	if (m->w->work <= 0) {
		m->step->kind = WHY_UNKNOWN;
		say(m, "too much would have to be carried out again to tell");
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
	w->work = WORK_MAX;
	out->time = out->since = m.time;
	out->signal = signal_words(w, &m.place, m.range);
	known = place_value(w, &m.place, m.time, &value);
	out->value = known ? bits_words(&value, m.range) : mem_strdup("");
	/* Lines of ports come behind those of the statement. */
	{
		struct why_step ports = { 0 }, *step = m.step;

		m.step = &ports;
		site_follow(w, &m.place, &m.range, port_line, &m);
		m.step = step;
		out->driven = signal_words(w, &m.place, m.range);
		find_driver(&m);
		for (size_t i = 0; i < ports.n_lines; i++) {
			out->cap_lines = mem_grow((void **)&out->lines, out->cap_lines,
						  out->n_lines + 1, sizeof(*out->lines));
			out->lines[out->n_lines++] = ports.lines[i];
		}
		free(ports.lines);
	}
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
	free(s->lines);
	free(s->reads);
	free(s->signal);
	free(s->value);
	free(s->driven);
	free(s->note);
	*s = (struct why_step){ 0 };
}
