/* The chain: from a signal back along the reads of each step.
 *
 * The reads of all steps wait in one queue, and the most relevant goes first: one with an
 * x if an x is asked for, then statements that no step has shown yet, then statements
 * again at an earlier time, then what comes from the testbench or never changes. Among
 * equals the nearest is first, and of these the values held by a register: a wrong value
 * is stored there, and wires only pass it on. A condition is farther than a value, unless
 * the check wanted what another branch would have given, or the value was a constant,
 * which conditions alone chose. Where it is known what the signal should have been, a read
 * that alone could have made it so (why_back) is nearer than others, and one that could not
 * is farther. So the first steps are about different statements near
 * the signal, and a counter does not fill the chain with its own past.
 */
#include "config.h"

#include "session/why/why.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/trace/trace.h"
#include "session/why/why_fold.h"
#include "session/why/why_inner.h"
#include "session/why/why_memo.h"
#include "session/why/why_odd.h"
#include "session/why/why_site.h"
#include "session/why/why_unnamed.h"

#define WAITING_MAX 4096u
#define CONDITION   3 /* distance of a condition, in values */
#define ALONE	    1 /* likewise if nothing but conditions decided */
#define MAY_HELP \
	1 /* added if another read would have given the wanted value, and this one may have */
#define NO_HELP \
	2 /* added if another read would have given the wanted value, and this one would not */
#define RIGHT	   4 /* of values that were compared and correct */
#define BESIDE	   2 /* of values that a check read without comparing them: its condition */
#define PASSED_MAX 4 /* signals that a row passes on */
#define AGAIN_MAX  3 /* earlier times per statement */
/* percent of the design's variables; fewer in the trace mean another design */
#define FEW 10

static bool is_stopped(const struct why *w)
{
	return w->stop && atomic_load(w->stop);
}

/* False: stopped. */
static bool read_names(struct why *w)
{
	struct str name = STR_INIT, plain = STR_INIT;
	size_t n = trace_signals(w->t);

	w->cap_keys = n + 1;
	w->keys = mem_calloc(w->cap_keys, sizeof(*w->keys));
	for (size_t i = 0; i < n && !is_stopped(w); i++) {
		str_clear(&name);
		trace_full_name(w->t, i, &name);
		str_clear(&plain);
		trace_unescape(trace_plain_name(str_cstr(&name)), &plain);
		w->keys[w->n_keys] = mem_strdup(str_cstr(&plain));
		name_map_put(&w->signals, w->keys[w->n_keys], strlen(w->keys[w->n_keys]), i);
		w->n_keys++;
	}
	str_free(&plain);
	str_free(&name);
	for (uint32_t i = 0; i < w->c->n_instances && !is_stopped(w); i++)
		name_map_put(&w->instances, w->c->instances[i].path,
			     strlen(w->c->instances[i].path), i);
	unnamed_bind(w);
	return !is_stopped(w);
}

/* True if the trace has the variables declared in the design's modules, judged by the
 * first instances. */
static bool is_of_design(struct why *w)
{
	size_t asked = 0, found = 0, signal;

	for (uint32_t i = 0; i < w->c->n_instances && i < 64; i++)
		for (uint32_t v = 0; v < w->c->n_vars && asked < 5000; v++) {
			struct place p = { i, v, "" };

			if (w->c->vars[v].module != w->c->instances[i].module ||
			    w->c->vars[v].function || w->c->vars[v].n_dims ||
			    w->c->vars[v].constant)
				continue;
			asked++;
			found += place_signal(w, &p, &signal);
		}
	return found && found * 100 >= asked * FEW;
}

struct why *why_new(const struct circuit *c, struct trace *t, atomic_bool *stop, struct err *err)
{
	struct why *w = mem_zalloc(sizeof(*w));

	w->c = c;
	w->t = t;
	w->compute = site_compute;
	w->call = pass_call;
	w->result = call_result;
	w->stop = stop;
	if (!read_names(w))
		err_set(err, ERR_CANCELLED, "stopped");
	else if (is_of_design(w))
		return w;
	else
		err_set(err, ERR_NOT_FOUND,
			"these waves are not of this design: of its signals below %s they have "
			"next to none",
			c->n_instances ? c->instances[0].path : "its top");
	why_free(w);
	return NULL;
}

void why_stop_at(struct why *w, atomic_bool *stop)
{
	w->stop = stop;
}

void why_free(struct why *w)
{
	if (!w)
		return;
	for (size_t i = 0; i < w->n_keys; i++)
		free(w->keys[i]);
	free(w->keys);
	free(w->handed);
	name_map_fini(&w->signals);
	name_map_fini(&w->instances);
	memo_free(w->memo);
	bits_free(&w->pool);
	free(w);
}

/* The chain --------------------------------------------------------------------------- */

struct wait {
	struct why_signal signal;
	uint64_t time;
	bool before;
	size_t from, read; /* the step, and the index of its read */
	int rank;
	size_t cost;	  /* distance of the path so far; a condition counts more than a value */
	bool held;	  /* stored in a register */
	size_t often;	  /* changes until then, at most SINCE_OFTEN */
	uint64_t changed; /* time of the last change: the later one is more relevant */
	char wanted[WHY_WANTED]; /* "": not known */
};

struct chain {
	struct why *w;
	struct why_chain *out;
	struct wait *waiting;
	size_t n, cap;
	bool x;	       /* asked where an x comes from: values without one are not followed */
	size_t *costs; /* of each step */
	char (*wanted)[WHY_WANTED]; /* of each step */
};

/* True if its driver waits for an edge, or nothing in the design ever changes it: an
 * open input, or one tied to a constant. */
static bool is_held(struct why *w, const struct why_signal *s)
{
	struct place p = place_of(s);
	struct range range = { s->low, s->bits };
	struct driver *d;
	size_t n;
	bool held = false;

	site_follow(w, &p, &range, NULL, NULL);
	d = drivers_of(w, &p, &n, NULL);
	for (size_t i = 0; i < n && !held; i++)
		held = d[i].d->process != CIRCUIT_NONE && w->c->processes[d[i].d->process].clocked;
	free(d);
	return held || n == 0;
}

/* Distance added to a signal that the testbench computes: the testbench may be wrong, too, but the
 * design comes first. */
static size_t is_testbench(struct why *w, const struct why_signal *s)
{
	struct place p = place_of(s);
	struct range range = { s->low, s->bits };

	site_follow(w, &p, &range, NULL, NULL);
	return w->c->n_instances > 1 && w->c->instances[p.instance].parent == CIRCUIT_NONE
		       ? CONDITION
		       : 0;
}

/* True if the value has an x, or is not known and may have one. */
static bool has_x(const char *bits)
{
	return !bits[0] || strpbrk(bits, "xz") != NULL;
}

static void queue(struct chain *k, struct wait q)
{
	if (k->n >= WAITING_MAX) {
		k->out->cut = true;
		return;
	}
	MEM_PUSH(k->waiting, k->n, k->cap, q);
}

/* False if the step assigned a constant, so that only its conditions matter. */
static bool reads_a_value(const struct why_step *s)
{
	for (size_t i = 0; i < s->n_reads; i++)
		if (!s->reads[i].condition)
			return true;
	return false;
}

/* An x comes from an x. If the step read one, its other reads matter less. */
static bool matters_less(const struct why_step *s, const struct why_read *r)
{
	if (s->kind != WHY_ASSIGNED || has_x(r->value))
		return false;
	for (size_t i = 0; i < s->n_reads; i++)
		if (!s->reads[i].here && s->reads[i].value[0] && has_x(s->reads[i].value))
			return true;
	return false;
}

/* True if another value of one of the step's reads would have given the wanted value. */
static bool has_help(const struct why_step *s)
{
	for (size_t i = 0; i < s->n_reads; i++)
		if (s->reads[i].wanted[0] && !s->reads[i].here)
			return true;
	return false;
}

/* The distance of a read from its step. condition: what a condition counts. */
static size_t distance(const struct why_read *r, size_t condition, bool help)
{
	size_t far = r->condition ? r->depth : 0;

	if (help && r->wanted[0])
		return far + 1;
	if (help)
		far += r->cleared ? NO_HELP : MAY_HELP;
	return far + (r->condition ? condition : 1);
}

static void queue_reads(struct chain *k, size_t step, bool only_x)
{
	const struct why_step *s = &k->out->steps[step];
	size_t condition = s->gated ? 1 : reads_a_value(s) ? CONDITION : ALONE;
	bool help = has_help(s);

	for (size_t i = 0; i < s->n_reads; i++) {
		bool less = only_x && matters_less(s, &s->reads[i]);

		if (s->reads[i].here)
			continue;
		if (k->x && (less || s->kind == WHY_NO_RESET)) {
			k->out->cut = true;
			continue;
		}
		size_t far = only_x && s->kind == WHY_ASSIGNED && !has_x(s->reads[i].value) ? 2 : 0;
		size_t often;
		uint64_t changed = since_change(k->w, &s->reads[i].at, s->reads[i].time, &often);

		struct wait q = {
			.signal = s->reads[i].at,
			.time = s->reads[i].time,
			.before = s->reads[i].before,
			.from = step,
			.read = i,
			.rank = why_is_end(k->w, &s->reads[i].at) ? 4
				: less				  ? 1
								  : 0,
			.held = is_held(k->w, &s->reads[i].at),
			.cost = k->costs[step] + far + is_testbench(k->w, &s->reads[i].at) +
				distance(&s->reads[i], condition, help),
			.often = often,
			.changed = changed,
		};

		if (s->reads[i].wanted[0])
			memcpy(q.wanted, s->reads[i].wanted, sizeof(q.wanted));
		else if (strcmp(s->reads[i].value, s->value) == 0 && !s->reads[i].condition)
			memcpy(q.wanted, k->wanted[step], sizeof(q.wanted));
		queue(k, q);
	}
}

static bool is_better(const struct wait *a, const struct wait *b)
{
	if (a->rank != b->rank)
		return a->rank < b->rank;
	if (a->cost != b->cost)
		return a->cost < b->cost;
	if (a->held != b->held)
		return a->held;
	if (a->signal.instance == b->signal.instance && a->signal.var == b->signal.var &&
	    a->time != b->time)
		return a->time > b->time;
	if (a->often != b->often)
		return a->often < b->often;
	return a->changed > b->changed;
}

/* Takes the best entry from the queue. */
static bool next(struct chain *k, struct wait *out)
{
	size_t best = 0;

	if (k->n == 0)
		return false;
	for (size_t i = 1; i < k->n; i++)
		if (is_better(&k->waiting[i], &k->waiting[best]))
			best = i;
	*out = k->waiting[best];
	memmove(k->waiting + best, k->waiting + best + 1, (k->n - best - 1) * sizeof(*k->waiting));
	k->n--;
	return true;
}

/* Length of a name without brackets at its end; those in "lane[0].q" do not count. */
static size_t stem(const char *name)
{
	const char *x = strrchr(name, '[');

	return x && str_ends(x, "]") ? (size_t)(x - name) : strlen(name);
}

/* The same signal, or parts of one assigned by the same statement. */
static bool same_driven(const struct why_step *a, const struct why_step *b)
{
	size_t n = stem(a->driven), m = stem(b->driven);

	return strcmp(a->driven, b->driven) == 0 ||
	       (why_same_line(a, b) && n == m && strncmp(a->driven, b->driven, n) == 0);
}

/* Adds positions that the step does not have yet: it was reached through other ports. */
static void add_places(struct why_step *to, struct why_step *from)
{
	for (size_t i = 0; i < from->n_lines; i++) {
		bool there = false;

		for (size_t k = 0; k < to->n_lines && !there; k++)
			there = to->lines[k].line == from->lines[i].line &&
				strcmp(to->lines[k].path, from->lines[i].path) == 0;
		if (there)
			continue;
		MEM_PUSH(to->lines, to->n_lines, to->cap_lines, from->lines[i]);
		from->lines[i] = (struct why_line){ .line = from->lines[i].line };
	}
}

/* The same variable in any instance or block, whatever its bits. */
static bool same_name(const char *a, const char *b)
{
	const char *x = strrchr(a, '.'), *y = strrchr(b, '.');
	size_t n;

	x = x ? x + 1 : a;
	y = y ? y + 1 : b;
	n = stem(x);
	return n == stem(y) && strncmp(x, y, n) == 0;
}

static bool tells_also(const struct why_step *o, const struct why_step *s)
{
	for (size_t i = 0; i < o->n_also; i++)
		if (strcmp(o->also[i].driven, s->driven) == 0 && o->also[i].since == s->since &&
		    o->also[i].clocked == s->clocked)
			return true;
	return false;
}

/* The statement of s is already told by o, for any instance and time. */
static bool tells_statement(const struct why_step *o, const struct why_step *s)
{
	bool found = why_same_line(o, s) && same_name(o->driven, s->driven);

	for (size_t i = 0; i < o->n_also && s->n_lines && !found; i++)
		found = o->also[i].path && o->also[i].line == s->lines[0].line &&
			strcmp(o->also[i].path, s->lines[0].path) == 0 &&
			same_name(o->also[i].driven, s->driven);
	return found;
}

/* Looks for a step with the same driver at the same edge. again: number of steps with
 * the same statement, at another time or in another instance. */
static bool is_told(const struct chain *k, const struct why_step *s, size_t *step, size_t *again,
		    bool *known)
{
	*again = 0;
	*known = false;
	for (size_t i = 0; i < k->out->n; i++) {
		const struct why_step *o = &k->out->steps[i];

		if ((same_driven(o, s) && o->since == s->since && o->kind == s->kind &&
		     o->clocked == s->clocked) ||
		    tells_also(o, s)) {
			*step = i;
			return true;
		}
		*again += tells_statement(o, s);
		*known |= same_driven(o, s);
	}
	return false;
}

/* True if an ancestor has the same driver at the same time, without a clock. */
static bool is_loop(const struct chain *k, size_t from, size_t told)
{
	for (size_t i = from; i != SIZE_MAX; i = k->out->steps[i].from) {
		if (k->out->steps[i].clocked)
			return false;
		if (i == told)
			return true;
	}
	return false;
}

/* A testbench's drive has its row late, if at all: the connections on the way are in the
 * row that reads it. */
static void add_connections(struct chain *k, struct why_step *s)
{
	for (size_t i = 0; i < s->n_reads; i++) {
		struct why_step ports = { 0 };

		if (s->reads[i].condition || !why_is_end(k->w, &s->reads[i].at))
			continue;
		why_connections(k->w, &s->reads[i].at, &ports);
		add_places(s, &ports);
		why_step_fini(&ports);
	}
}

/* Reads at the same moment are worded alike. */
static void align_reads(struct why_step *s)
{
	for (size_t i = 0; i < s->n_reads; i++)
		for (size_t k = 0; k < s->n_reads && !s->reads[i].before; k++)
			s->reads[i].before =
				s->reads[k].before && s->reads[k].time == s->reads[i].time;
}

/* Lines that repeat are shown once: a condition at two edges (its reads have both times), the
 * iterations of a loop, the stages of a pipeline. */
static void drop_repeats(struct why_step *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n_lines; i++) {
		struct why_line *l = &s->lines[i];
		bool again = false;

		for (size_t k = 0; k < n && !again; k++)
			again = s->lines[k].line == l->line &&
				strcmp(s->lines[k].text, l->text) == 0 &&
				strcmp(s->lines[k].path, l->path) == 0;
		if (again) {
			free(l->path);
			free(l->text);
		} else {
			s->lines[n++] = *l;
		}
	}
	s->n_lines = n;
}

static void add_step(struct chain *k, struct why_step *s, const struct wait *q, bool only_x)
{
	struct why_chain *c = k->out;

	add_connections(k, s);
	align_reads(s);
	drop_repeats(s);

	s->from = q->from;
	s->before = q->before;
	MEM_ROOM(c->steps, c->n, c->cap);
	c->steps[c->n] = *s;
	k->costs[c->n] = q->cost;
	memcpy(k->wanted[c->n], q->wanted, sizeof(q->wanted));
	if (q->from != SIZE_MAX)
		c->steps[q->from].reads[q->read].step = c->n;
	c->n++;
	queue_reads(k, c->n - 1, only_x);
}

/* Continues a step in the same row as long as it only passes a value on. */
static void pass_on(struct chain *k, struct why_step *s, bool only_x, const char *wanted)
{
	for (int i = 0; i < PASSED_MAX; i++) {
		size_t r = why_passes_on(k->w, s), told, again;
		struct why_step next;
		bool known;

		if (r == SIZE_MAX)
			return;
		why_folded(k->w, &s->reads[r].at, s->reads[r].time, only_x, s->reads[r].wanted,
			   &next);
		if (!why_belongs(s, &next) || is_told(k, &next, &told, &again, &known)) {
			why_step_fini(&next);
			return;
		}
		s->gated |= strcmp(s->value, next.value) == 0 && strv_has(&next.would, wanted);
		why_absorb(s, r, &next);
	}
}

/* Replaces a step that only kept the signal x by the one that made it x. A register that was never
 * assigned stays as it is: the conditions that prevent it are the present ones. */
static void go_to_first_x(struct why *w, struct wait *q, struct why_step *s)
{
	uint64_t since;

	if (s->kind != WHY_ASSIGNED && s->kind != WHY_HELD && s->kind != WHY_LOOP)
		return;
	since = since_x(w, &q->signal, q->time, false);
	if (since == q->time)
		return;
	why_step_fini(s);
	why_folded(w, &q->signal, since, true, "", s);
	q->time = since;
	q->before = false;
}

static void say_loop(struct chain *k, const struct wait *q, size_t told)
{
	struct why_step *s = &k->out->steps[q->from];

	s->reads[q->read].step = told;
	if (!is_loop(k, q->from, told))
		return;
	if (s->kind == WHY_ASSIGNED)
		s->kind = WHY_LOOP;
	free(s->note);
	s->note = str_fmt("it depends on %s, which depends on it: a loop without a clock",
			  k->out->steps[told].driven);
}

/* Behind what failed, a constant that looks like a slip. */
static void add_odd(struct chain *k, const struct why_from *from, size_t n)
{
	struct why_chain *c = k->out;
	struct why_step s;
	bool compared = false;

	for (size_t i = 0; i < n; i++)
		compared |= from[i].failed;
	bits_reset(&k->w->pool);
	if (!compared || !odd_constant(k->w, from[0].time, &s))
		return;
	MEM_PUSH(c->steps, c->n, c->cap, s);
}

static void queue_beginnings(struct chain *k, const struct why_from *from, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct wait first = { .signal = from[i].signal,
				      .time = from[i].time,
				      .before = from[i].before,
				      .from = SIZE_MAX,
				      .cost = from[i].less     ? RIGHT
					      : from[i].beside ? BESIDE
							       : 0 };

		memcpy(first.wanted, from[i].wanted, sizeof(first.wanted));
		k->x |= from[i].x;
		queue(k, first);
	}
}

void why_chain(struct why *w, const struct why_from *from, size_t n, size_t max,
	       struct why_chain *out)
{
	struct chain k = { .w = w, .out = out };
	struct wait q;
	struct str value = STR_INIT;

	*out = (struct why_chain){ 0 };
	max = max < WHY_STEPS_MAX ? max : WHY_STEPS_MAX;
	k.costs = mem_calloc(max + 1, sizeof(*k.costs));
	k.wanted = mem_calloc(max + 1, sizeof(*k.wanted));
	queue_beginnings(&k, from, n);
	while (out->n < max && !is_stopped(w) && next(&k, &q)) {
		struct why_step s;
		bool only_x, known;
		size_t told, again;

		str_clear(&value);
		why_value(w, &q.signal, q.time, &value);
		only_x = has_x(str_cstr(&value));
		why_folded(w, &q.signal, q.time, only_x, q.wanted, &s);
		if (only_x && value.len)
			go_to_first_x(w, &q, &s);
		if (is_told(&k, &s, &told, &again, &known)) {
			if (q.from != SIZE_MAX)
				say_loop(&k, &q, told);
			add_places(&out->steps[told], &s);
			why_step_fini(&s);
		} else if (again && q.rank < 2) {
			q.rank = 2; /* later, when nothing new is left */
			if (only_x && value.len) {
				q.time = since_x(w, &q.signal, q.time, true);
				q.before = false;
			}
			queue(&k, q);
			why_step_fini(&s);
		} else if (known && q.rank == 0) {
			q.rank = 1;
			queue(&k, q);
			why_step_fini(&s);
		} else if (again > AGAIN_MAX || (again && s.kind == WHY_TESTBENCH)) {
			out->cut = true;
			why_step_fini(&s);
		} else {
			s.gated = q.wanted[0] && strv_has(&s.would, q.wanted);
			pass_on(&k, &s, only_x, q.wanted);
			add_step(&k, &s, &q, only_x);
			if (out->n == 1 && max > 1)
				add_odd(&k, from, n);
		}
	}
	out->cut = out->cut || k.n > 0;
	str_free(&value);
	free(k.costs);
	free(k.wanted);
	free(k.waiting);
}

void why_chain_fini(struct why_chain *c)
{
	for (size_t i = 0; i < c->n; i++)
		why_step_fini(&c->steps[i]);
	free(c->steps);
	*c = (struct why_chain){ 0 };
}
