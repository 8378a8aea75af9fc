/* Merges statements into one row.
 *
 *   q <= d, and d = f(q)   the register's next value has a name: like q <= f(q)
 *   d = q                  a default with the old value: it holds. The row is the statement
 *                          that last changed it, and the conditions that prevented others
 *   y = f(w), w = g(a, b)  w is only passed on, and so is q in r <= q: the row tells where
 *                          the value was made
 *   q <= q + 1             counts, shifts, accumulates. The row also has the statement that
 *                          this started from: either may cause a wrong count
 *   case (s) A: s <= B     a state. The row also has the statements of the states before it
 */
#include "config.h"

#include "session/why/why_fold.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/trace/trace.h"
#include "session/why/why_site.h"

#define NAMED_MAX   4		   /* chained next values */
#define ROW_MAX	    16		   /* lines of a row of several statements */
#define STATES_WORK (WORK_MAX / 8) /* for looking for them */
#define BEGAN_WORK  (2 * WORK_MAX) /* for looking for where a value began */
#define STATES_MAX  3		   /* earlier states of a row */
#define BACK_MAX    64		   /* times that a statement worked on its own value */

/* Where the signal is driven. */
static struct place driven_place(struct why *w, const struct why_signal *s)
{
	struct place p = place_of(s);
	struct range range = { s->low, s->bits };

	site_follow(w, &p, &range, NULL, NULL);
	return p;
}

bool why_is_end(struct why *w, const struct why_signal *s)
{
	struct place p = driven_place(w, s);
	struct driver *d;
	size_t n;
	bool end = true;

	d = drivers_of(w, &p, &n, NULL);
	if (n == 0)
		end = w->c->vars[p.var].direction == 'i' &&
		      w->c->instances[p.instance].parent == CIRCUIT_NONE;
	for (size_t i = 0; i < n && end; i++)
		end = d[i].d->process != CIRCUIT_NONE &&
		      (w->c->processes[d[i].d->process].timed ||
		       w->c->processes[d[i].d->process].kind == CIRCUIT_INITIAL);
	free(d);
	return end;
}

/* Index of the only read that gave the value; SIZE_MAX: none, or several. */
static size_t only_value(const struct why_step *s)
{
	size_t found = SIZE_MAX;

	for (size_t i = 0; i < s->n_reads; i++)
		if (!s->reads[i].condition && !s->reads[i].index && !s->reads[i].here) {
			if (found != SIZE_MAX)
				return SIZE_MAX;
			found = i;
		}
	return found;
}

static bool says_something(const struct why_step *s)
{
	return (s->kind == WHY_ASSIGNED || s->kind == WHY_CONSTANT) && !s->differs && !s->race;
}

/* Moves the lines and reads of `from` to the end of `to`. */
static void append(struct why_step *to, struct why_step *from)
{
	strv_addall(&to->would, &from->would);
	for (size_t i = 0; i < from->n_lines; i++)
		MEM_PUSH(to->lines, to->n_lines, to->cap_lines, from->lines[i]);
	from->n_lines = 0;
	for (size_t i = 0; i < from->n_reads; i++) {
		bool there = false;

		for (size_t k = 0; k < to->n_reads && !there; k++)
			there = to->reads[k].time == from->reads[i].time &&
				strcmp(to->reads[k].signal, from->reads[i].signal) == 0;
		if (there)
			continue;
		MEM_PUSH(to->reads, to->n_reads, to->cap_reads, from->reads[i]);
		from->reads[i] = (struct why_read){ 0 };
	}
}

static void drop_read(struct why_step *s, size_t i)
{
	free(s->reads[i].signal);
	free(s->reads[i].value);
	memmove(s->reads + i, s->reads + i + 1, (s->n_reads - i - 1) * sizeof(*s->reads));
	s->n_reads--;
}

/* Continues s with next, whose lines come first: they say what happened. */
static void put_in_front(struct why_step *s, struct why_step *next)
{
	struct why_step both = *s;

	both.lines = next->lines, both.n_lines = next->n_lines, both.cap_lines = next->cap_lines;
	both.reads = next->reads, both.n_reads = next->n_reads, both.cap_reads = next->cap_reads;
	both.plain = next->plain;
	next->lines = s->lines, next->n_lines = s->n_lines, next->cap_lines = s->cap_lines;
	next->reads = s->reads, next->n_reads = s->n_reads, next->cap_reads = s->cap_reads;
	append(&both, next);
	if (!both.note[0]) {
		char *note = both.note;

		both.note = next->note;
		next->note = note;
	}
	*s = both;
	why_step_fini(next);
}

/* True if its only conditions come from the testbench, such as a reset. */
static bool is_free(struct why *w, const struct why_step *s)
{
	for (size_t i = 0; i < s->n_reads; i++)
		if (s->reads[i].condition && !why_is_end(w, &s->reads[i].at))
			return false;
	return true;
}

/* A step whose signal should have been that. */
static void step_wanted(struct why *w, const struct why_signal *s, uint64_t time, bool only_x,
			const char *wanted, struct why_step *out)
{
	const char *was = w->wanted;

	w->wanted = wanted;
	why_step(w, s, time, only_x, out);
	w->wanted = was;
}

/* q <= d, where d is computed without a clock. */
static void named(struct why *w, struct why_step *s, bool only_x)
{
	for (int i = 0; i < NAMED_MAX && says_something(s) && s->clocked && s->plain; i++) {
		size_t r = only_value(s);
		struct why_step next;
		bool before;

		if (r == SIZE_MAX || !is_free(w, s))
			return;
		step_wanted(w, &s->reads[r].at, s->reads[r].time, only_x, s->reads[r].wanted,
			    &next);
		if (!says_something(&next) || next.clocked) {
			why_step_fini(&next);
			return;
		}
		before = s->reads[r].before;
		for (size_t k = 0; k < next.n_reads; k++)
			next.reads[k].before |= before && next.reads[k].time == next.time;
		drop_read(s, r);
		put_in_front(s, &next);
		s->kind = s->n_reads ? WHY_ASSIGNED : WHY_CONSTANT;
	}
}

static bool is_of(struct why *w, const struct why_signal *a, const struct why_signal *b)
{
	struct place p = driven_place(w, a), q = driven_place(w, b);

	return place_same(&p, &q);
}

/* The read of the register itself; SIZE_MAX: none. */
static size_t own_read(struct why *w, const struct why_signal *own, const struct why_step *s)
{
	for (size_t i = 0; i < s->n_reads; i++)
		if (!s->reads[i].condition && s->reads[i].time < s->since &&
		    is_of(w, own, &s->reads[i].at))
			return i;
	return SIZE_MAX;
}

/* When the register got the value it had; if that was in the first moment, when a reset may be
 * active already, the time itself: the last statement that gave it the value says how. False:
 * not in the trace. */
static bool came(struct why *w, const struct why_signal *own, uint64_t time, uint64_t *out)
{
	struct place p = driven_place(w, own);
	struct trace_point point;
	size_t signal;

	if (!place_signal(w, &p, &signal) || !trace_at(w->t, signal, time, &point))
		return false;
	*out = point.time ? point.time : time;
	return true;
}

static void step_and_name(struct why *w, const struct why_signal *own, uint64_t time, bool only_x,
			  const char *wanted, struct why_step *out)
{
	step_wanted(w, own, time, only_x, wanted, out);
	named(w, out, only_x);
}

bool why_same_line(const struct why_step *a, const struct why_step *b)
{
	return a->n_lines && b->n_lines && a->lines[0].line == b->lines[0].line &&
	       strcmp(a->lines[0].path, b->lines[0].path) == 0;
}

/* True if the statement of b is among the lines of a. */
static bool tells(const struct why_step *a, const struct why_step *b)
{
	bool found = false;

	for (size_t i = 0; i < a->n_lines && b->n_lines && !found; i++)
		found = a->lines[i].line == b->lines[0].line &&
			strcmp(a->lines[i].path, b->lines[0].path) == 0;
	return found;
}

/* The read, if the statement assigns the register its old value. */
static size_t kept(struct why *w, const struct why_signal *own, const struct why_step *s)
{
	size_t r = only_value(s);

	return says_something(s) && s->clocked && s->plain && r != SIZE_MAX &&
			       own_read(w, own, s) == r
		       ? r
		       : SIZE_MAX;
}

/* The next value is the old one: finds the statements at the last edges that made it
 * so. */
static void keeps(struct why *w, const struct why_signal *own, struct why_step *s, bool only_x)
{
	size_t first = kept(w, own, s), r = first;
	struct why_step earlier;
	long until = w->spent + BEGAN_WORK;
	uint64_t time, at;

	if (r == SIZE_MAX || !came(w, own, s->reads[r].time, &time))
		return;
	at = s->reads[r].time;
	for (int i = 0;; i++) {
		if (w->spent >= until && i < BACK_MAX)
			i = BACK_MAX;
		step_and_name(w, own, i < BACK_MAX ? at : time, only_x, "", &earlier);
		r = kept(w, own, &earlier);
		if (r == SIZE_MAX || i > BACK_MAX)
			break;
		at = earlier.reads[r].time;
		drop_read(&earlier, r);
		if (!tells(s, &earlier))
			append(s, &earlier);
		why_step_fini(&earlier);
	}
	if (!says_something(&earlier) || !earlier.clocked) {
		why_step_fini(&earlier);
		return;
	}
	drop_read(s, first);
	s->since = earlier.since;
	put_in_front(s, &earlier);
	s->kind = WHY_HELD;
}

/* True if a step may be shown as where s started. held: also if it has been there for some
 * time, and why nothing has changed it since. */
static bool is_start(const struct why_step *earlier, bool held)
{
	return earlier->clocked &&
	       (says_something(earlier) ||
		(held && earlier->kind == WHY_HELD && !earlier->differs && !earlier->race));
}

/* Finds where a statement that works on its own value started. If it is known what it should
 * have started with, something may have been left out just before: then the reason why it
 * kept its value until its first change is reported, too. */
static void began(struct why *w, const struct why_signal *own, struct why_step *s, bool only_x)
{
	struct why_step earlier = { 0 };
	size_t r = own_read(w, own, s);
	char wanted[WHY_WANTED];
	uint64_t came_at, read_at;
	long until = w->spent + BEGAN_WORK;
	int times = 1;

	if (s->kind != WHY_ASSIGNED && s->kind != WHY_HELD)
		return;
	if (!s->clocked || r == SIZE_MAX || only_x || !came(w, own, s->reads[r].time, &came_at))
		return;
	memcpy(wanted, s->reads[r].wanted, sizeof(wanted));
	read_at = s->reads[r].time;
	for (; times < BACK_MAX && w->spent < until; times++) {
		step_and_name(w, own, wanted[0] ? read_at : came_at, only_x, wanted, &earlier);
		if (!why_same_line(s, &earlier))
			break;
		r = own_read(w, own, &earlier);
		if (r == SIZE_MAX || !came(w, own, earlier.reads[r].time, &came_at)) {
			why_step_fini(&earlier);
			return;
		}
		memcpy(wanted, earlier.reads[r].wanted, sizeof(wanted));
		read_at = earlier.reads[r].time;
		why_step_fini(&earlier); /* empty: without a start */
	}
	if (!earlier.signal)
		return;
	if (is_start(&earlier, wanted[0] != '\0'))
		append(s, &earlier);
	why_step_fini(&earlier);
}

/* True if its new value depended on the old one, as with a state. */
static bool depends_on_itself(struct why *w, const struct why_signal *own, const struct why_step *s)
{
	for (size_t i = 0; i < s->n_reads; i++)
		if (s->reads[i].time < s->since && is_of(w, own, &s->reads[i].at))
			return true;
	return false;
}

/* Adds the statement alone. */
static void append_statement(struct why_step *to, struct why_step *from)
{
	for (size_t i = 1; i < from->n_lines; i++) {
		free(from->lines[i].path);
		free(from->lines[i].text);
	}
	from->n_lines = 1;
	while (from->n_reads)
		drop_read(from, from->n_reads - 1);
	append(to, from);
}

/* Folds earlier states of the signal, or earlier statements that modified its value,
 * until a state repeats. */
static void earlier_states(struct why *w, const struct why_signal *own, struct why_step *s,
			   bool only_x)
{
	uint64_t time = s->since;
	long until = w->spent + STATES_WORK;
	int added = 0;

	if ((s->kind != WHY_ASSIGNED && s->kind != WHY_HELD) || !s->clocked || only_x ||
	    !depends_on_itself(w, own, s))
		return;
	for (int i = 0; i < BACK_MAX && added < STATES_MAX && time && w->spent < until; i++) {
		struct why_step earlier;

		step_and_name(w, own, time - 1, only_x, "", &earlier);
		if (!earlier.clocked || earlier.since >= time || !earlier.n_lines ||
		    earlier.differs) {
			why_step_fini(&earlier);
			return;
		}
		time = earlier.since;
		if (!tells(s, &earlier)) {
			append_statement(s, &earlier);
			added++;
		}
		why_step_fini(&earlier);
	}
}

void why_folded(struct why *w, const struct why_signal *s, uint64_t time, bool only_x,
		const char *wanted, struct why_step *out)
{
	step_and_name(w, s, time, only_x, wanted, out);
	keeps(w, s, out, only_x);
	began(w, s, out, only_x);
	earlier_states(w, s, out, only_x);
}

size_t why_passes_on(struct why *w, const struct why_step *s)
{
	size_t r = only_value(s);

	return says_something(s) && r != SIZE_MAX && s->reads[r].step == SIZE_MAX &&
			       (!s->clocked || is_free(w, s)) && !why_is_end(w, &s->reads[r].at)
		       ? r
		       : SIZE_MAX;
}

bool why_belongs(const struct why_step *s, const struct why_step *next)
{
	bool told = strcmp(s->driven, next->driven) == 0;

	for (size_t i = 0; i < s->n_also && !told; i++)
		told = strcmp(s->also[i].driven, next->driven) == 0;
	return !told && (says_something(next) || next->kind == WHY_HELD) && !next->differs &&
	       !next->race && (!s->clocked || !next->clocked || next->plain) &&
	       s->n_lines + next->n_lines <= ROW_MAX;
}

void why_absorb(struct why_step *s, size_t r, struct why_step *next)
{
	struct why_also also = { .driven = next->driven,
				 .since = next->since,
				 .clocked = next->clocked };

	s->reads[r].here = true;
	for (size_t i = 0; i < next->n_reads; i++)
		next->reads[i].depth += s->reads[r].depth + 1;
	if (next->n_lines) {
		also.path = mem_strdup(next->lines[0].path);
		also.line = next->lines[0].line;
	}
	append(s, next);
	MEM_PUSH(s->also, s->n_also, s->cap_also, also);
	next->driven = NULL;
	if (!s->note[0]) {
		char *note = s->note;

		s->note = next->note;
		next->note = note;
	}
	why_step_fini(next);
}
