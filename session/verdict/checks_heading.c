/* Prints that come in every run, right or wrong: they say nothing about the design.
 *
 *     $display("Mismatch table");          a heading, though it has a word of failure
 *     $display("=== error injection");
 *     $display("err = %b", err);           an output of the design, not a count
 *
 * A print is one if nothing of the design decides whether it is reached, and its process
 * goes on to compare or to drive: what says FAIL and then ends the run is a watchdog, even
 * if it stands alone after a delay. No other statement may print the same text.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/verdict/checks_inner.h"

#define MAX_HEADINGS 20000u /* lines of them */
#define MAX_DEPTH    4	    /* of tasks that call each other */

static const char *const clocks[] = { "clk", "clock", NULL };

/* True for "@(posedge clk)" of a clk that the testbench makes, and nothing else. */
static bool is_clock(const struct checks *c, const struct vstmts *s, struct vspan head)
{
	size_t names = 0;

	for (size_t i = checks_first_token(s, head); checks_in_span(s, i, head); i++) {
		const struct vstmt_token *t = &s->tokens[i];
		const char *name = s->text + t->off;

		if (t->len == 3 && memcmp(name, "iff", 3) == 0)
			return false;
		if (t->kind != VTOKEN_NAME)
			continue;
		if (!checks_var(c, name, t->len) || !checks_contains(name, t->len, clocks))
			return false;
		names++;
	}
	return names > 0;
}

/* True for a task or function of the testbench that waits for time and its own clocks only,
 * unlike "while (!done) @(posedge clk);" and get() of a mailbox. */
static bool is_steady(const struct checks *c, const struct vstmts *s, struct vspan called)
{
	struct vspan of = checks_last_name(s, called);
	size_t steady = 0;

	return name_map_get(&c->steady, s->text + of.off, of.end - of.off, &steady) && steady;
}

static void read_steady(struct checks *c, const struct vstmts *s, int routine)
{
	struct vspan name = s->v[routine].name;
	size_t steady = 1;

	name_map_get(&c->steady, s->text + name.off, name.end - name.off, &steady);
	for (int k = routine + 1; k < s->v[routine].end && steady; k++)
		steady =
			s->v[k].kind == VSTMT_PREFIX
				? s->text[s->v[k].head.off] == '#' || is_clock(c, s, s->v[k].head)
				: s->v[k].kind != VSTMT_LOOP || !vspan_is(s, s->v[k].name, "while");
	name_map_put(&c->steady, s->text + name.off, name.end - name.off, steady);
}

static bool has_name(const struct vstmts *s, struct vspan head)
{
	for (size_t i = checks_first_token(s, head); checks_in_span(s, i, head); i++)
		if (s->tokens[i].kind == VTOKEN_NAME || s->tokens[i].kind == VTOKEN_SYSTEM)
			return true;
	return false;
}

/* True if the statement's head, such as "#5" or "i < 4", does not ask the design. */
static bool is_regular(const struct checks *c, const struct check_source *src, int i)
{
	const struct vstmts *s = &src->s;
	const struct vstmt *v = &s->v[i];

	switch (v->kind) {
	case VSTMT_PREFIX:
		return s->text[v->head.off] == '#' || is_clock(c, s, v->head) ||
		       checks_says_when(c, src, i, v->head);
	case VSTMT_LOOP:
		/* "foreach (left[i])" and "i < n_bad" may do nothing in a good run */
		return vspan_is(s, v->name, "forever") ||
		       ((vspan_is(s, v->name, "for") || vspan_is(s, v->name, "repeat")) &&
			(checks_is_fixed(c, src, i, v->head) ||
			 checks_says_when(c, src, i, v->head)));
	case VSTMT_IF:
	case VSTMT_CASE:
	case VSTMT_CHOICE:
		/* "if (!(1'b0))" is a check that has yet to be written */
		return has_name(s, v->head) && checks_says_when(c, src, i, v->head);
	case VSTMT_CALL:
		return is_steady(c, s, v->name);
	case VSTMT_ASSERT:
	case VSTMT_JUMP:
	case VSTMT_OTHER:
		return false;
	case VSTMT_SYSTEM:
		return !vspan_is(s, v->name, "$finish") && !vspan_is(s, v->name, "$stop") &&
		       !vspan_is(s, v->name, "$fatal");
	default:
		return true;
	}
}

static bool is_routine(const struct vstmt *v)
{
	return v->kind == VSTMT_TASK || v->kind == VSTMT_FUNCTION;
}

static bool is_process(const struct vstmt *v)
{
	return v->kind == VSTMT_INITIAL || v->kind == VSTMT_ALWAYS || v->kind == VSTMT_FINAL ||
	       is_routine(v);
}

/* What is asked of a process for each print in it. */
struct process {
	bool known;
	bool works;  /* drives or compares; one that only waits is a watchdog */
	bool drives; /* sets an input of an instance, which a watchdog does not */
	int waits;   /* the first node where time may pass */
	int held;    /* from this node on, more than time may have ended or held it up */
};

/* Of one source, per node. */
struct walk {
	struct process *processes;
	int *others; /* the first node from there on that is no print */
};

static void read_process(const struct checks *c, const struct check_source *src, int node,
			 struct process *p)
{
	const struct vstmts *s = &src->s;

	/* time may pass in the caller of a routine */
	*p = (struct process){ .known = true,
			       .waits = is_routine(&s->v[node]) ? node : s->v[node].end,
			       .held = s->v[node].end };
	for (int k = node + 1; k < s->v[node].end; k++) {
		const struct vstmt *v = &s->v[k];
		const struct check_var *var = checks_var_in(c, s, checks_last_name(s, v->lhs));
		/* an `if` that does neither is of no account */
		bool decides = v->kind == VSTMT_IF || v->kind == VSTMT_CASE ||
			       v->kind == VSTMT_CHOICE || v->kind == VSTMT_ASSERT;

		p->works = p->works || v->kind == VSTMT_BLOCKING || v->kind == VSTMT_NONBLOCKING ||
			   v->kind == VSTMT_IF || v->kind == VSTMT_CASE;
		p->drives = p->drives || (var && var->wired);
		if ((v->kind == VSTMT_PREFIX || v->kind == VSTMT_CALL) && k < p->waits)
			p->waits = k;
		if (v->end < p->held && !decides && !is_regular(c, src, k))
			p->held = v->end;
	}
}

/* True if every statement that may end or hold up the process before node leaves it to time
 * alone. */
static bool is_reached(const struct checks *c, const struct check_source *src,
		       const struct process *p, int process, int node)
{
	const struct vstmts *s = &src->s;

	for (int k = s->v[node].parent; k != process; k = s->v[k].parent)
		if (s->v[k].kind == VSTMT_FORK || !is_regular(c, src, k))
			return false;
	return node < p->held;
}

/* True for "y = a == b", but not for "done = 1" and "errors = errors + 1", which may follow
 * the message of a watchdog. */
static bool computes(const struct vstmts *s, const struct vstmt *v)
{
	enum check_assign a = checks_assign(s, v);

	return (a == ASSIGN_OTHER || a == ASSIGN_COMPARE) &&
	       !checks_mentions(s, v->rhs, checks_last_name(s, v->lhs));
}

static bool is_delay(const struct vstmts *s, int i)
{
	return s->v[i].kind == VSTMT_PREFIX && s->text[s->v[i].head.off] == '#';
}

/* Whether the process ends the run after node, or goes on with more than words. What it
 * computes and how long it waits are little: a watchdog may do so before it ends the run. */
enum after { AFTER_END, AFTER_NOTHING, AFTER_LITTLE, AFTER_MORE };

static enum after after(const struct vstmts *s, const struct walk *w, int process, int node)
{
	const struct process *p = &w->processes[process];
	bool waited = p->waits < node, watches = waited && !p->drives;
	bool little = false, delayed = false;

	for (int k = node; k != process; k = s->v[k].parent) {
		int up = s->v[k].parent;

		if (s->v[up].kind == VSTMT_LOOP && up != process)
			return AFTER_MORE;
		for (int next = w->others[s->v[k].end]; next < s->v[up].end;
		     next = w->others[s->v[next].end]) {
			const struct vstmt *v;
			int at = next;

			while (watches && is_delay(s, at)) {
				little = delayed = true;
				if (at + 1 == s->v[at].end)
					break;
				at++;
			}
			v = &s->v[at];
			if (v->kind == VSTMT_JUMP ||
			    (v->kind == VSTMT_SYSTEM && !checks_is_print(s, v) &&
			     (vspan_is(s, v->name, "$finish") || vspan_is(s, v->name, "$stop"))))
				return AFTER_END;
			if (delayed && (v->kind == VSTMT_NULL || is_delay(s, at)))
				continue;
			if (v->kind == VSTMT_IF || v->kind == VSTMT_CASE || v->kind == VSTMT_LOOP ||
			    v->kind == VSTMT_PREFIX || v->kind == VSTMT_CALL ||
			    v->kind == VSTMT_ASSERT || v->kind == VSTMT_MACRO ||
			    v->kind == VSTMT_BLOCK || (delayed && !checks_is_print(s, v)))
				return AFTER_MORE;
			if (computes(s, v) && !waited)
				return AFTER_MORE;
			little = little || computes(s, v);
		}
	}
	if (s->v[process].kind == VSTMT_ALWAYS)
		return AFTER_MORE;
	return little ? AFTER_LITTLE : AFTER_NOTHING;
}

/* What is known of a print from the routine that it stands in. */
struct passage {
	bool works;	 /* something there drives or compares */
	enum after next; /* the most that comes after the print */
	int depth;
};

static bool comes_always(const struct checks *c, struct walk *w, size_t source, int node,
			 struct passage from);

/* True if the routine is called, and only where the run comes by in any case. */
static bool is_called_always(const struct checks *c, struct walk *w, const struct vstmts *in,
			     struct vspan name, struct passage from)
{
	size_t calls = 0;

	for (size_t k = 0; k < c->n_sources; k++) {
		const struct vstmts *s = &c->sources[k].s;

		for (int i = 0; i < (int)s->n; i++) {
			if (s->v[i].kind != VSTMT_CALL ||
			    !checks_same(s, checks_last_name(s, s->v[i].name), in, name))
				continue;
			calls++;
			if (from.depth >= MAX_DEPTH || !comes_always(c, w, k, i, from))
				return false;
		}
	}
	return calls > 0;
}

static bool comes_always(const struct checks *c, struct walk *w, size_t source, int node,
			 struct passage from)
{
	const struct check_source *src = &c->sources[source];
	const struct vstmts *s = &src->s;
	int process = s->v[node].parent;
	struct process *p;

	while (process >= 0 && !is_process(&s->v[process]))
		process = s->v[process].parent;
	if (process < 0 || !checks_in_bench(src, node))
		return false;
	p = &w[source].processes[process];
	if (!p->known)
		read_process(c, src, process, p);
	if (!is_reached(c, src, p, process, node))
		return false;
	if (from.next != AFTER_MORE) {
		enum after next = after(s, &w[source], process, node);

		if (next == AFTER_END)
			return false;
		from.next = next > from.next ? next : from.next;
	}
	from.works = from.works || p->works;
	from.depth++;
	return is_routine(&s->v[process]) ? is_called_always(c, w, s, s->v[process].name, from)
					  : from.works && from.next > AFTER_NOTHING;
}

/* True for "err = %b" of a net that only the design drives. */
static bool prints_output(const struct checks *c, const struct vstmts *s, int node)
{
	struct vspan name = checks_print_bits(s, node);
	size_t len = name.end - name.off;

	return len && !checks_below_if(s, node) && !checks_var(c, s->text + name.off, len) &&
	       !checks_is_result(c, s->text + name.off, len);
}

static bool is_heading(const struct checks *c, struct walk *w, size_t source, int node)
{
	const struct check_source *src = &c->sources[source];
	const struct vstmts *s = &src->s;
	unsigned says;

	if (!checks_is_print(s, &s->v[node]) || vspan_is(s, s->v[node].name, "$error") ||
	    vspan_is(s, s->v[node].name, "$fatal") || !checks_in_bench(src, node))
		return false;
	if (prints_output(c, s, node))
		return true;
	says = checks_print_says(c, src, node);
	if (!(says & SAYS_FAIL) || (says & (SAYS_ERRORS | SAYS_TIMEOUT)))
		return false;
	return comes_always(c, w, source, node, (struct passage){ .next = AFTER_NOTHING });
}

/* Of several lines only those that say FAIL: a "%s" alone would fit any line. */
static void add_headings(struct strv *to, const char *text)
{
	bool one = !strchr(text, '\n');

	for (size_t n; *text && to->n < MAX_HEADINGS; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		if (one || checks_say(text, n) & SAYS_FAIL)
			strv_addn(to, text, n);
	}
}

static void add_others(struct strv *to, const char *text)
{
	for (size_t n; *text; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		strv_addn(to, text, n);
	}
}

/* Removes those that another statement prints as well. */
static void drop_shared(struct checks *c, const struct name_map *others)
{
	size_t kept = 0;

	for (size_t k = 0; k < c->headings.n; k++) {
		char *line = c->headings.v[k];

		if (name_map_has(others, line, strlen(line)))
			free(line);
		else
			c->headings.v[kept++] = line;
	}
	if (c->headings.n)
		c->headings.v[kept] = NULL;
	c->headings.n = kept;
}

/* Puts those with values first, and the others into a map. */
static void sort_headings(struct checks *c)
{
	for (size_t i = 0; i < c->headings.n; i++) {
		char *line = c->headings.v[i];

		if (!strchr(line, CHECKS_ANY)) {
			name_map_put(&c->plain_headings, line, strlen(line), i);
			continue;
		}
		c->headings.v[i] = c->headings.v[c->n_patterns];
		c->headings.v[c->n_patterns++] = line;
	}
}

static struct walk *start_walk(const struct checks *c)
{
	struct walk *w = mem_calloc(c->n_sources + 1, sizeof(*w));

	for (size_t k = 0; k < c->n_sources; k++) {
		const struct vstmts *s = &c->sources[k].s;
		int n = (int)s->n;

		w[k].processes = mem_calloc(s->n + 1, sizeof(*w[k].processes));
		w[k].others = mem_calloc(s->n + 1, sizeof(*w[k].others));
		w[k].others[n] = n;
		for (int i = n - 1; i >= 0; i--)
			w[k].others[i] = checks_is_print(s, &s->v[i]) ? w[k].others[i + 1] : i;
	}
	return w;
}

static void end_walk(const struct checks *c, struct walk *w)
{
	for (size_t k = 0; k < c->n_sources; k++) {
		free(w[k].processes);
		free(w[k].others);
	}
	free(w);
}

void checks_read_headings(struct checks *c)
{
	struct walk *w = start_walk(c);
	struct strv others = STRV_INIT;
	struct name_map shared = NAME_MAP_INIT;

	for (size_t k = 0; k < c->n_sources; k++)
		for (int i = 0; i < (int)c->sources[k].s.n; i++)
			if (is_routine(&c->sources[k].s.v[i]))
				read_steady(c, &c->sources[k].s, i);
	for (size_t k = 0; k < c->n_sources; k++) {
		const struct vstmts *s = &c->sources[k].s;

		for (int i = 0; i < (int)s->n; i++) {
			struct str lines = STR_INIT;

			if (checks_print_pattern(s, &s->v[i], &lines) && is_heading(c, w, k, i))
				add_headings(&c->headings, str_cstr(&lines));
			else
				add_others(&others, str_cstr(&lines));
			str_free(&lines);
		}
	}
	for (size_t i = 0; i < others.n; i++)
		name_map_put(&shared, others.v[i], strlen(others.v[i]), i);
	drop_shared(c, &shared);
	sort_headings(c);
	end_walk(c, w);
	name_map_fini(&shared);
	strv_free(&others);
}

/* True if the line is that pattern, with anything in the places of its values. */
static bool fits(const char *pattern, const char *line, size_t len)
{
	const char *star = NULL, *from = NULL, *end = line + len;

	while (line < end) {
		if (*pattern == CHECKS_ANY) {
			star = pattern++;
			from = line;
		} else if (*pattern == *line) {
			pattern++;
			line++;
		} else if (star) {
			pattern = star + 1;
			line = ++from;
		} else {
			return false;
		}
	}
	while (*pattern == CHECKS_ANY)
		pattern++;
	return !*pattern;
}

bool checks_line_is_heading(const struct checks *c, const char *line, size_t len)
{
	for (size_t i = 0; i < c->n_patterns; i++)
		if (fits(c->headings.v[i], line, len))
			return true;
	return name_map_has(&c->plain_headings, line, len);
}
