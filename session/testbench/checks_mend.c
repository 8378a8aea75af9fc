/* Replaces constructs that Verilator 5.006 gets wrong, on the same line and only
 * in the copy that counts:
 *
 *     wait (x) s, @(posedge done) s
 *         checks_wait.c
 *     reg rst_n; initial begin rst_n = 0; ...
 *         checks_first.c
 *     q.push_back(a + b)              q.push_back((a + b) + 64'sd0)
 *         It adds in the width of a and b even if the elements of the queue are
 *         wider. The additional width does no harm to +, - and *; sums that are
 *         divided or shifted right are left alone.
 *     $stop                           begin $c("posedge_stop = true;"); $stop; end
 *         Its models cannot distinguish $stop and $fatal from an $error, at which
 *         the run continues; main() in sim/engine/verilator.c uses this mark.
 *     $finish                         begin $finish; wait (0); end
 *         It continues until the process waits, so statements after $finish print
 *         and check. Only where a process may wait for certain: below an initial, and
 *         in a task that only initial blocks call.
 *     fork recv; ... join             fork begin recv; end ... join
 *         It does not wait for a task that is a branch by itself.
 *     $fclose(f)                      begin : ... integer u; u = f; $fclose(u); end
 *         It sets f to 0, so that "if (f == 0) $error("cannot open")" fails after it.
 *     for (i = 1; i < 9; i = i + 1) begin ... #5; end    begin i = 1; for (...) ... end
 *         When the loop is unrolled, i is not set to 1, and another process reads
 *         its old value.
 *
 * It also removes tasks that neither simulator here has but that only write waves
 * in other vendors' formats and do not affect the verdict: $fsdbDumpvars(0, tb);
 * becomes an empty statement for both. In Icarus, $dumpvars; means all top
 * modules, one of which is posedge's: $dumpvars(0, top); keeps it out of the
 * waves.
 */
#include "config.h"

#include <string.h>

#include "session/testbench/checks_inner.h"
#include "session/verilog/foreign_waves.h"

/* The last argument: x in q.push_back(x) and q.insert(0, x). */
static struct vspan last_argument(const struct vstmts *s, struct vspan head)
{
	struct vspan arg, last = { 0, 0 };

	for (size_t at = checks_first_token(s, head); checks_next_argument(s, head, &at, &arg);)
		last = arg;
	return last;
}

static void mend_push(const struct vstmts *s, int i, struct edits *e)
{
	static const char *const grow[] = { "+", "-", "*", NULL };
	static const char *const shrink[] = { "/", "%", ">>", ">>>", "**", "?", "'", "{", NULL };
	struct vspan name = checks_last_name(s, s->v[i].name), arg = last_argument(s, s->v[i].head);
	struct wrap *w;

	if (!vspan_is(s, name, "push_back") && !vspan_is(s, name, "push_front") &&
	    !vspan_is(s, name, "insert"))
		return;
	if (!checks_has_any(s, arg, grow) || checks_has_any(s, arg, shrink))
		return;
	w = checks_wrap(e, arg);
	str_adds(&w->open, "(");
	str_adds(&w->close, ") + 64'sd0");
}

static bool takes_time(const struct vstmts *s, int i)
{
	for (int k = i + 1; k < s->v[i].end; k++)
		if (s->v[k].kind == VSTMT_PREFIX)
			return true;
	return false;
}

/* Handles "for (i = 1;" but not "for (int i = 1;". */
static void mend_for(const struct vstmts *s, int i, struct edits *e)
{
	const struct vstmt *v = &s->v[i];
	size_t t = vstmts_token(s, v->head.off);
	struct wrap *w;

	if (v->generate || !vspan_is(s, v->name, "for") || t + 3 >= s->n_tokens ||
	    s->tokens[t].kind != VTOKEN_NAME || !checks_is(s, t + 1, "=") ||
	    s->tokens[t + 2].kind != VTOKEN_NUMBER || !checks_is(s, t + 3, ";") ||
	    !takes_time(s, i))
		return;
	w = checks_wrap(e, v->all);
	str_adds(&w->open, "begin ");
	str_add(&w->open, s->text + s->tokens[t].off, s->tokens[t].len);
	str_adds(&w->open, " = ");
	str_add(&w->open, s->text + s->tokens[t + 2].off, s->tokens[t + 2].len);
	str_adds(&w->open, "; ");
	str_adds(&w->close, checks_ends_statement(s, v->all) ? " end" : "; end");
}

static void mend_close(const struct vstmts *s, int i, struct edits *e)
{
	const struct vstmt *v = &s->v[i];
	struct wrap *w;

	if (v->generate || v->head.off == v->head.end || vstmts_around(s, i, VSTMT_DEFINE) >= 0)
		return;
	w = checks_wrap(e, v->all);
	w->drop = true;
	str_addf(&w->open, "begin : posedge_close%d integer u; u = %.*s; $fclose(u); end", i,
		 (int)(v->head.end - v->head.off), s->text + v->head.off);
}

void checks_drop_dumps(const struct vstmts *s, struct edits *e)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct vstmt *v = &s->v[i];
		struct wrap *w;

		if (v->kind != VSTMT_SYSTEM || v->generate ||
		    !foreign_waves_task(s->text + v->name.off, v->name.end - v->name.off))
			continue;
		w = checks_wrap(e, v->all);
		w->drop = true;
		str_adds(&w->open, checks_ends_statement(s, v->all) ? ";" : "");
	}
}

void checks_keep_out_of_dumps(const struct vstmts *s, const char *top, struct edits *e)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct vstmt *v = &s->v[i];
		const char *args = s->text + v->name.end;
		size_t len = v->all.end - v->name.end, depth;
		struct wrap *w;

		if (v->kind != VSTMT_SYSTEM || !vspan_is(s, v->name, "$dumpvars") ||
		    memchr(args, ',', len))
			continue;
		args = memchr(args, '(', len);
		args += args ? 1 : 0;
		depth = args ? strspn(args, " \t0123456789") : 0;
		if (args && args[depth] != ')')
			continue;
		w = checks_wrap(e, v->all);
		w->drop = true;
		str_addf(&w->open, "$dumpvars(%.*s, %s )%s", args && depth ? (int)depth : 1,
			 args && depth ? args : "0", top,
			 checks_ends_statement(s, v->all) ? ";" : "");
	}
}

static bool stops(const struct vstmts *s, const struct vstmt *v)
{
	enum check_end end = checks_end(s, v);

	return !v->generate && (end == END_STOP || end == END_FATAL);
}

/* True if every use of the task's name in this text is a call below an initial. */
static bool is_of_initials(const struct vstmts *s, int task)
{
	struct vspan name = checks_last_name(s, s->v[task].name);
	size_t uses = 0, calls = 0;

	for (size_t i = 0; i < s->n_tokens; i++)
		uses += checks_same(s, checks_token(s, i), s, name) && !checks_is(s, i - 1, ":");
	for (int i = 0; i < (int)s->n; i++)
		calls += s->v[i].kind == VSTMT_CALL && checks_same(s, s->v[i].name, s, name) &&
			 vstmts_around(s, i, VSTMT_INITIAL) >= 0;
	return calls > 0 && uses == calls + 1; /* and its own */
}

static bool may_wait(const struct vstmts *s, int i)
{
	int task = vstmts_around(s, i, VSTMT_TASK);

	if (vstmts_around(s, i, VSTMT_DEFINE) >= 0)
		return false;
	return vstmts_around(s, i, VSTMT_INITIAL) >= 0 || (task >= 0 && is_of_initials(s, task));
}

static void mend_end(const struct vstmts *s, int i, struct edits *e)
{
	const struct vstmt *v = &s->v[i];
	struct wrap *w;

	if (!stops(s, v) && (checks_end(s, v) != END_FINISH || !may_wait(s, i)))
		return;
	w = checks_wrap(e, v->all);
	str_adds(&w->open, stops(s, v) ? "begin $c(\"posedge_stop = true;\"); " : "begin ");
	str_addf(&w->close, "%s%s end", checks_ends_statement(s, v->all) ? "" : ";",
		 may_wait(s, i) ? " wait (0);" : "");
}

bool checks_marks_stops(const struct vstmts *s)
{
	size_t words = 0, marked = 0;

	for (size_t i = 0; i < s->n_tokens; i++)
		words += checks_is(s, i, "$stop") || checks_is(s, i, "$fatal");
	for (size_t i = 0; i < s->n; i++)
		marked += stops(s, &s->v[i]);
	return words == marked && !s->cut;
}

static void mend_fork(const struct vstmts *s, int i, struct edits *e)
{
	for (int k = i + 1; k < s->v[i].end; k = s->v[k].end) {
		struct wrap *w = s->v[k].kind == VSTMT_CALL ? checks_wrap(e, s->v[k].all) : NULL;

		if (!w)
			continue;
		str_adds(&w->open, "begin ");
		str_adds(&w->close, " end");
	}
}

void checks_mend(const struct vstmts *s, struct edits *e)
{
	checks_mend_waits(s, e);
	checks_mend_first(s, e);
	for (int i = 0; i < (int)s->n; i++) {
		const struct vstmt *v = &s->v[i];

		if (v->kind == VSTMT_CALL)
			mend_push(s, i, e);
		else if (v->kind == VSTMT_FORK)
			mend_fork(s, i, e);
		else if (v->kind == VSTMT_LOOP)
			mend_for(s, i, e);
		else if (v->kind == VSTMT_SYSTEM && vspan_is(s, v->name, "$fclose"))
			mend_close(s, i, e);
		else if (v->kind == VSTMT_SYSTEM)
			mend_end(s, i, e);
	}
}
