/* The trace is the judge: the wait ends when the signal gets a value, so a signal that never has
 * it was waited for in vain. A signal that is x at first and 0 from the first clock edge changes,
 * and is never 1 all the same.
 */
#include "config.h"

#include "session/check/run_waits.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/tool/simulator.h"
#include "session/trace/trace.h"
#include "session/verilog/vstmt.h"

#define MAX_SOURCE  (1u << 20)
#define MAX_NOTES   3u
#define MAX_WAITS   200u   /* different ones; further ones are not judged */
#define MAX_CHANGES 10000u /* of one signal; more: it is taken to have had every value */

struct wait {
	size_t from, to; /* the tokens of the signal's name */
	char ends;	 /* the value that ends it; 'c': a change */
};

/* The token after a name such as "done" or "u.done"; i if there is none. */
static size_t after_name(const struct vstmts *s, size_t i)
{
	size_t at = i;

	while (at < s->n_tokens && s->tokens[at].kind == VTOKEN_NAME) {
		if (!vstmts_is(s, at + 1, "."))
			return at + 1;
		at += 2;
	}
	return i;
}

/* '0' or '1' for a number of that value, such as 1 or 1'b1; else 0. */
static char bit_of(const struct vstmts *s, size_t i)
{
	static const char *const zeros[] = { "0", "1'b0", "1'h0", "1'd0", NULL };
	static const char *const ones[] = { "1", "1'b1", "1'h1", "1'd1", NULL };

	for (size_t k = 0; zeros[k]; k++) {
		if (vstmts_is(s, i, zeros[k]))
			return '0';
		if (vstmts_is(s, i, ones[k]))
			return '1';
	}
	return 0;
}

/* Reads what stands in the brackets of wait (...), up to token end. */
static bool read_condition(const struct vstmts *s, size_t i, size_t end, struct wait *w)
{
	bool inverted = vstmts_is(s, i, "!") || vstmts_is(s, i, "~");

	w->from = i + inverted;
	w->to = after_name(s, w->from);
	w->ends = inverted ? '0' : '1';
	if (w->to == w->from || w->to == end)
		return w->to > w->from;
	if (inverted || (!vstmts_is(s, w->to, "==") && !vstmts_is(s, w->to, "===")))
		return false;
	w->ends = bit_of(s, w->to + 1);
	return w->ends && w->to + 2 == end;
}

/* Reads the head of a prefix, "wait (done)", "@(posedge done)" or "@done". */
static bool read_wait(const struct vstmts *s, struct vspan head, struct wait *w)
{
	size_t i = vstmts_token(s, head.off), end = vstmts_token(s, head.end);
	bool event = vstmts_is(s, i, "@");
	bool brackets = vstmts_is(s, i + 1, "(");

	if ((!event && !vstmts_is(s, i, "wait")) || (!event && !brackets))
		return false;
	i += 1 + brackets;
	end -= brackets;
	if (!event)
		return read_condition(s, i, end, w);
	w->ends = vstmts_is(s, i, "posedge") ? '1' : vstmts_is(s, i, "negedge") ? '0' : 'c';
	w->from = i + (w->ends != 'c');
	w->to = after_name(s, w->from);
	return w->to > w->from && w->to == end;
}

/* True if the signal never has that value, or for 'c' never changes. An edge is a change: what
 * the signal is from the beginning on is none. */
static bool is_never(struct trace *t, size_t signal, char ends, bool edge)
{
	struct trace_point p;
	unsigned n = 0;

	if (!trace_at(t, signal, trace_begin(t), &p))
		return false;
	do {
		bool first = n == 0;

		if (p.len != 1 || ++n > MAX_CHANGES)
			return false;
		if (first ? !edge && *p.value == ends : ends == 'c' || *p.value == ends)
			return false;
	} while (trace_next(t, signal, p.time, &p));
	return true;
}

/* seen: the waits so far. Each name is searched for in the whole trace, and most waits are for
 * the same clock. */
static bool judge(const struct vstmts *s, const struct wait *w, bool edge, const char *testbench,
		  struct trace *t, struct strv *seen)
{
	struct vspan span = vstmts_span(s, w->from, w->to);
	char *wait = str_fmt("%c%d %s.%.*s", w->ends, edge, testbench, (int)(span.end - span.off),
			     s->text + span.off);
	bool known = strv_has(seen, wait) || seen->n == MAX_WAITS;
	size_t signal = known ? TRACE_NONE : trace_find(t, strchr(wait, ' ') + 1);

	if (!known)
		strv_add(seen, wait);
	free(wait);
	return signal != TRACE_NONE && trace_signal_at(t, signal)->width == 1 &&
	       is_never(t, signal, w->ends, edge);
}

static bool is_of_process(const struct vstmts *s, int i)
{
	return vstmts_around(s, i, VSTMT_INITIAL) >= 0 || vstmts_around(s, i, VSTMT_TASK) >= 0;
}

static void read_unit(const char *path, const struct vstmts *s, int unit, const char *testbench,
		      struct trace *t, struct strv *notes)
{
	size_t most = notes->n + MAX_NOTES;
	struct strv seen = STRV_INIT;

	for (int i = unit + 1; i < s->v[unit].end && notes->n < most; i++) {
		struct wait w;
		struct vspan name;

		if (s->v[i].kind != VSTMT_PREFIX || !is_of_process(s, i) ||
		    !read_wait(s, s->v[i].head, &w) ||
		    !judge(s, &w, vstmts_is(s, vstmts_token(s, s->v[i].head.off), "@"), testbench,
			   t, &seen))
			continue;
		name = vstmts_span(s, w.from, w.to);
		strv_addf(notes, "%s:%d waits for `%.*s`, which never %s in this run", path,
			  s->v[i].line, (int)(name.end - name.off), s->text + name.off,
			  w.ends == 'c'	  ? "changes"
			  : w.ends == '0' ? "becomes 0"
					  : "becomes 1");
	}
	strv_free(&seen);
}

bool run_waits(const struct sim_job *j, const char *testbench, struct trace *t, struct strv *notes)
{
	size_t before = notes->n;

	for (size_t i = 0; i < j->n && notes->n == before; i++) {
		struct str text = STR_INIT;
		struct vstmts s;

		if (source_read(&j->sources[i], j->root, MAX_SOURCE, &text, NULL) &&
		    memmem(str_cstr(&text), text.len, testbench, strlen(testbench))) {
			vstmts_init(&s, str_cstr(&text), text.len);
			for (int k = 0; k < (int)s.n; k++)
				if (s.v[k].kind == VSTMT_UNIT &&
				    vspan_is(&s, s.v[k].name, testbench))
					read_unit(j->sources[i].path, &s, k, testbench, t, notes);
			vstmts_fini(&s);
		}
		str_free(&text);
	}
	return notes->n > before;
}
