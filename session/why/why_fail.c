/* From a failing check to the signals that it compared.
 *
 * If the line of the failure is not known, every check is tried. Its condition is evaluated
 * with the values just before the moment, as a check at a clock edge sees them, and if it
 * does not fail then, with those of the moment. In a task the condition depends on its
 * arguments, so its calls are tried with theirs; in a loop, whose counter has moved on
 * since, each value of the counter is tried. Calls whose arguments equal the trace's values
 * of the task's come first. If none of that fails, as at another time that was asked about, what
 * the check on the line reads counts nevertheless.
 *
 * Among the signals that the condition read, those driven by the design come first: they
 * were found wrong; what only the testbench computes was expected.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/why/why_behind.h"
#include "session/why/why_check.h"
#include "session/why/why_given.h"
#include "session/why/why_inner.h"
#include "session/why/why_narrow.h"
#include "session/why/why_said.h"
#include "session/why/why_wanted.h"

#define FOUND_MAX 64u
#define CALLS_MAX 256
#define TURNS_MAX 1024 /* values of a loop counter */

struct hunt {
	struct why *w;
	const char *path; /* NULL: any */
	uint32_t line;
	uint64_t time;
	uint32_t instance;
	bool less;	  /* found at present */
	bool whatever;	  /* the check on the line counts even if it does not fail at that time */
	const char *said; /* what the check printed; "" */
	bool right;	  /* it has the value that was wanted: another part was wrong */
	struct why_from *out;
	size_t n, cap;
};

static void add(struct hunt *h, const struct need *need, uint64_t time, const char *wanted)
{
	struct why_from f = { .signal = { .instance = need->place.instance,
					  .var = need->place.var,
					  .low = need->range.low,
					  .bits = need->range.n },
			      .time = time,
			      .before = time < h->time,
			      .failed = true,
			      .less = h->less || h->right };
	size_t at = h->n;

	memcpy(f.signal.element, need->place.element, sizeof(f.signal.element));
	memcpy(f.wanted, wanted, strlen(wanted) + 1);
	for (size_t i = 0; i < h->n; i++)
		if (h->out[i].signal.var == f.signal.var &&
		    h->out[i].signal.instance == f.signal.instance &&
		    strcmp(h->out[i].signal.element, f.signal.element) == 0)
			return;
	if (h->n >= FOUND_MAX)
		return;
	MEM_ROOM(h->out, h->n, h->cap);
	/* Before what does not belong to the design. */
	if (is_design(h->w, &need->place))
		for (at = 0; at < h->n; at++) {
			struct place p = { .instance = h->out[at].signal.instance,
					   .var = h->out[at].signal.var };

			if (!is_design(h->w, &p))
				break;
		}
	memmove(h->out + at + 1, h->out + at, (h->n - at) * sizeof(*h->out));
	h->out[at] = f;
	h->n++;
}

/* Signals printed below a check whose condition reads none of the design: "valid is %b
 * after %0d cycles". */
static void printed(struct hunt *h, struct pass *r, uint32_t check, struct need **needs, size_t *n,
		    size_t *cap)
{
	const struct circuit *c = h->w->c;
	struct circuit_walk walk = { 0 };

	for (uint32_t k = circuit_walk(c, &walk, check); k; k = circuit_walk(c, &walk, check))
		if (c->nodes[k].op == CIRCUIT_PRINT && c->nodes[k].first)
			eval_needs(r, c->nodes[k].first, (struct range){ 0, 0 }, needs, n, cap,
				   NULL);
	circuit_walk_end(&walk);
}

static bool has_wanted(struct hunt *h, const struct need *need, uint64_t time, const char *wanted)
{
	struct str text = STR_INIT;
	struct bits value;
	bool same = false;

	if (wanted[0] && place_value(h->w, &need->place, time, &value)) {
		if (need->range.n)
			value = bits_part(&h->w->pool, &value, need->range.low, need->range.n);
		bits_print(&value, &text);
		same = strcmp(str_cstr(&text), wanted) == 0;
	}
	str_free(&text);
	return same;
}

static void by_said(struct hunt *h, const struct need *need, uint64_t time, char wanted[WHY_WANTED])
{
	struct bits value;

	if (!h->said[0] || !place_value(h->w, &need->place, time, &value))
		return;
	if (need->range.n)
		value = bits_part(&h->w->pool, &value, need->range.low, need->range.n);
	said_wanted(h->w, h->said, &value, wanted);
}

static bool any_design(struct hunt *h, const struct need *needs, size_t n)
{
	bool any = false;

	for (size_t i = 0; i < n && !any; i++)
		any = is_design(h->w, &needs[i].place);
	return any;
}

/* One turn of the loop around a check. */
struct turn {
	struct check_loop loop;
	uint32_t value; /* of its counter */
};

/* True if the check fails when its condition has the value truth. If the line is known to have
 * failed and with does not decide, any value but x counts. */
static bool is_failing(const struct hunt *h, char with, char truth)
{
	if (h->whatever)
		return true;
	if (with == 'x')
		return h->line ? truth != 'x' : truth == '1';
	return with == '1' ? truth == '1' : truth != '1';
}

/* If a check fails at a moment, adds what it read. For a function's port: the call's argument;
 * turn: in this iteration of its loop. */
static bool try_at(struct hunt *h, uint32_t check, uint32_t call, uint64_t time,
		   const struct turn *turn)
{
	uint32_t node = h->w->c->nodes[check].first;
	struct pass r;
	struct need *needs = NULL;
	size_t n = 0, cap = 0;
	bool fails, design;
	char truth;

	h->w->work = WORK_MAX;
	pass_init(&r, h->w, h->instance, time);
	if (call)
		pass_bind(&r, call);
	if (turn)
		pass_set(&r, turn->loop.counter, turn->value);
	truth = eval_truth(&r, node);
	fails = (!turn || eval_truth(&r, turn->loop.condition) == '1') &&
		is_failing(h, check_fails_with(h->w->c, check), truth);
	if (fails) {
		eval_needs(&r, node, (struct range){ 0, 0 }, &needs, &n, &cap, NULL);
		for (uint32_t a = call ? h->w->c->nodes[call].first : 0; a;
		     a = h->w->c->nodes[a].next)
			eval_needs(&r, h->w->c->nodes[a].first, (struct range){ 0, 0 }, &needs, &n,
				   &cap, NULL);
		design = any_design(h, needs, n);
		if (!design)
			printed(h, &r, check, &needs, &n, &cap);
		if (!design && !any_design(h, needs, n))
			behind_computed(h->w, h->instance, &needs, &n, &cap);
		for (size_t i = 0; i < n; i++)
			if (is_design(h->w, &needs[i].place))
				narrow_to_wrong(&r, node, &needs[i]);
		for (size_t i = 0; i < n && h->n < FOUND_MAX; i++) {
			char wanted[WHY_WANTED];

			if (needs[i].here || h->w->c->vars[needs[i].place.var].function)
				continue;
			wanted_by(&r, node, call, &needs[i], wanted);
			if (!wanted[0] && n == 1 && !call)
				wanted_bit(h->w, h->instance, time, node, truth, &needs[i], wanted);
			by_said(h, &needs[i], time, wanted);
			h->right = has_wanted(h, &needs[i], time, wanted);
			add(h, &needs[i], time, wanted);
			h->right = false;
		}
	}
	free(needs);
	pass_fini(&r);
	bits_reset(&h->w->pool);
	return fails;
}

/* The moment before comes first: what a testbench changes after checking happens in
 * the same moment. */
static bool try_both(struct hunt *h, uint32_t check, uint32_t call)
{
	return (h->time && try_at(h, check, call, h->time - 1, NULL)) ||
	       try_at(h, check, call, h->time, NULL);
}

/* Tries all iterations of its loop, and takes those in which it fails. For a loop that
 * waits the trace has the counter. */
static bool try_turns(struct hunt *h, uint32_t top, uint32_t check)
{
	struct turn t;
	bool any = false;

	if (!check_loop(h->w->c, top, check, &t.loop) || t.loop.waits)
		return false;
	for (int before = h->time > 0; before >= 0 && !any; before--)
		for (t.value = 0; t.value < TURNS_MAX; t.value++)
			any |= try_at(h, check, 0, h->time - (uint64_t)before, &t);
	return any;
}

/* Which calls of a task are tried. */
enum tried {
	TRIED_ALL,
	TRIED_GIVEN, /* those with the task's last arguments */
	TRIED_SAID,  /* those whose constants are in the line that was printed */
	TRIED_BOTH,
};

/* Tries the calls of the task with the check, from processes of the same instance. If several
 * have the task's last arguments, the first in the text is the likely one: had another been
 * before it, it would have failed before. best: the score of TRIED_SAID. */
static bool try_each(struct hunt *h, uint32_t check, uint32_t function, enum tried which, int best)
{
	const struct circuit *c = h->w->c;
	bool any = false, given = which == TRIED_GIVEN || which == TRIED_BOTH;
	int left = CALLS_MAX;

	for (uint32_t n = 1; n < c->n_nodes && left > 0; n++) {
		if (c->nodes[n].op != CIRCUIT_CALL || c->nodes[n].ref != function)
			continue;
		left--;
		if (which >= TRIED_SAID && said_of_call(h->w, h->said, n) < best)
			continue;
		if (!given || given_by(h->w, h->instance, n, h->time, h->time) ||
		    (h->time && given_by(h->w, h->instance, n, h->time, h->time - 1)))
			any |= try_both(h, check, n);
		h->less = given && any;
	}
	h->less = false;
	return any;
}

static bool try_calls(struct hunt *h, uint32_t check, uint32_t function)
{
	const struct circuit *c = h->w->c;
	int best = 0, left = CALLS_MAX;

	for (uint32_t n = 1; n < c->n_nodes && left > 0 && h->said[0]; n++)
		if (c->nodes[n].op == CIRCUIT_CALL && c->nodes[n].ref == function) {
			int score = said_of_call(h->w, h->said, n);

			best = score > best ? score : best;
			left--;
		}
	return (best > 0 && (try_each(h, check, function, TRIED_BOTH, best) ||
			     try_each(h, check, function, TRIED_SAID, best))) ||
	       try_each(h, check, function, TRIED_GIVEN, 0) ||
	       try_each(h, check, function, TRIED_ALL, 0);
}

/* The innermost check on the line, or every one that fails. If none prints on that line, the
 * first if there is the one that failed. */
static void look_through(struct hunt *h, uint32_t top, uint32_t function)
{
	const struct circuit *c = h->w->c;
	struct circuit_walk walk = { 0 };
	uint32_t best = 0, first = 0;

	for (uint32_t n = circuit_walk(c, &walk, top); n; n = circuit_walk(c, &walk, top)) {
		if (h->line && !first && check_may_be(c, n) && c->nodes[n].line == h->line &&
		    check_is_on_line(c, c->nodes[n].first, h->path, h->line))
			first = n;
		if (!check_is(c, n))
			continue;
		if (h->line) {
			if (check_is_on_line(c, n, h->path, h->line))
				best = n;
		} else if (function) {
			try_calls(h, n, function);
		} else {
			try_both(h, n, 0);
		}
	}
	circuit_walk_end(&walk);
	best = best ? best : first;
	if (!best)
		return;
	if ((function ? try_calls(h, best, function) : try_turns(h, top, best)) ||
	    try_both(h, best, 0))
		return;
	h->whatever = true;
	try_at(h, best, 0, h->time, NULL);
	h->whatever = false;
}

static void put_likely_first(struct hunt *h)
{
	for (size_t i = 1; i < h->n; i++)
		for (size_t k = i; k > 0 && h->out[k - 1].less && !h->out[k].less; k--) {
			struct why_from swap = h->out[k];

			h->out[k] = h->out[k - 1];
			h->out[k - 1] = swap;
		}
}

/* Of `valid && data !== want`, valid only says that there is something to compare. */
static void say_beside(struct hunt *h)
{
	bool compared = false;

	for (size_t i = 0; i < h->n; i++)
		compared |= h->out[i].wanted[0] && !h->out[i].less;
	for (size_t i = 0; i < h->n && compared; i++)
		h->out[i].beside = !h->out[i].wanted[0];
}

size_t why_failing(struct why *w, const char *path, uint32_t line, uint64_t time, const char *said,
		   struct why_from **out)
{
	const struct circuit *c = w->c;
	struct hunt h = { .w = w,
			  .path = path && path[0] ? path : NULL,
			  .line = line,
			  .time = time,
			  .said = said };

	*out = NULL;
	for (uint32_t i = 0; i < c->n_instances && (i == 0 || h.line); i++) {
		h.instance = i;
		for (uint32_t p = 0; p < c->n_processes; p++)
			if (c->processes[p].module == c->instances[i].module)
				look_through(&h, c->processes[p].node, 0);
		for (uint32_t n = 1; n < c->n_nodes; n++)
			if (c->nodes[n].op == CIRCUIT_FUNCTION)
				look_through(&h, n, n);
		if (h.n)
			break;
	}
	for (size_t i = 1; i < h.n; i++) {
		struct place p = { .instance = h.out[i].signal.instance,
				   .var = h.out[i].signal.var };

		/* If the design drives some of them, the others were expected values. */
		if (!is_design(w, &p) && (p = (struct place){ .instance = h.out[0].signal.instance,
							      .var = h.out[0].signal.var },
					  is_design(w, &p)))
			h.n = i;
	}
	put_likely_first(&h);
	say_beside(&h);
	*out = h.out;
	return h.n;
}
