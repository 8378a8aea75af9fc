/* The next time at which an expression holds. With a clock that is asked at its rising
 * edges, of the values behind them: where the cursor stands then, the rows show them.
 */
#include "config.h"

#include "session/waveview/waveview.h"

#include <string.h>

#include "session/base/str.h"
#include "session/trace/query.h"

struct holds {
	bool last; /* the last one is wanted, not the first */
	bool any;
	uint64_t time;
};

static bool on_row(void *ctx, const struct query_row *r)
{
	struct holds *h = ctx;

	h->any = true;
	h->time = r->time;
	return h->last;
}

bool waveview_is_expression(const char *text)
{
	return strpbrk(text, " $()&|^!~<>=?:*/%[{") != NULL;
}

bool waveview_holds(struct waveview *v, const char *text, int by, int cols, struct err *err)
{
	struct str on = STR_INIT;
	struct query_spec spec = { .when = text, .after = true };
	struct query_totals totals;
	struct holds h = { .last = by < 0 };
	struct query *q;

	if (!v->t)
		return err_set(err, ERR_NOT_FOUND, "there are no waves yet");
	if (v->clock != TRACE_NONE) {
		str_adds(&on, "posedge ");
		trace_full_name(v->t, v->clock, &on);
		spec.on = str_cstr(&on);
	}
	spec.from = by > 0 ? v->cursor + 1 : trace_begin(v->t);
	spec.to = by > 0 ? trace_end(v->t) : v->cursor ? v->cursor - 1 : 0;
	if (by < 0 && v->cursor == 0)
		spec.from = 1; /* nothing lies before */
	q = query_open(v->t, &spec, err);
	str_free(&on);
	if (!q)
		return false;
	query_run(q, on_row, &h, &totals);
	query_close(q);
	if (!h.any)
		return err_set(err, ERR_NOT_FOUND, "%s: not true %s here", text,
			       by > 0 ? "after" : "before");
	waveview_set_cursor(v, h.time, cols);
	return true;
}
