/* Finds the next time at which an expression holds. With a clock it is evaluated after
 * each rising edge: the rows show these values when the cursor is there.
 */
#include "config.h"

#include "session/waveview/waveview.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/trace/bits.h"
#include "session/trace/expr.h"
#include "session/trace/query.h"

bool waveview_is_expression(const char *text)
{
	return strpbrk(text, " $()&|^!~<>=?:*/%[{") != NULL;
}

void waveview_search_init(struct waveview_search *s, const struct waveview *v, const char *text,
			  int by)
{
	struct str on = STR_INIT;

	*s = (struct waveview_search){ .text = mem_strdup(text), .last = by < 0 };
	if (v->clock != TRACE_NONE) {
		str_adds(&on, "posedge ");
		trace_full_name(v->t, v->clock, &on);
		s->on = str_take(&on);
	}
	s->from = by > 0 ? v->cursor + 1 : trace_begin(v->t);
	s->to = by > 0 ? trace_end(v->t) : v->cursor ? v->cursor - 1 : 0;
	if (by < 0 && v->cursor == 0)
		s->from = 1; /* nothing is before it */
}

void waveview_search_fini(struct waveview_search *s)
{
	free(s->text);
	free(s->on);
	*s = (struct waveview_search){ 0 };
}

static bool is_true(const struct expr_value *v)
{
	return v->kind == EXPR_REAL ? v->real != 0
				    : v->kind == EXPR_BITS && bits_truth(&v->bits) == '1';
}

static bool on_sample(void *ctx, const struct query_row *r)
{
	struct waveview_search *s = ctx;

	if (atomic_load(&s->stop))
		return false;
	if (!is_true(&r->values[0]))
		return true;
	s->any = true;
	s->time = r->time;
	return s->last;
}

bool waveview_search_run(struct waveview_search *s, struct trace *t, struct err *err)
{
	const char *eval[] = { s->text };
	struct query_spec spec = {
		.on = s->on, .eval = eval, .n_eval = 1, .from = s->from, .to = s->to, .after = true
	};
	struct query_totals totals;
	struct query *q = query_open(t, &spec, err);

	if (!q)
		return false;
	query_run(q, on_sample, s, &totals);
	query_close(q);
	return s->any || err_set(err, ERR_NOT_FOUND, "%s: not true %s here", s->text,
				 s->last ? "before" : "after");
}

bool waveview_holds(struct waveview *v, const char *text, int by, int cols, struct err *err)
{
	struct waveview_search s;
	bool ok;

	if (!v->t)
		return err_set(err, ERR_NOT_FOUND, "there are no waves yet");
	waveview_search_init(&s, v, text, by);
	ok = waveview_search_run(&s, v->t, err);
	if (ok)
		waveview_set_cursor(v, s.time, cols);
	waveview_search_fini(&s);
	return ok;
}
