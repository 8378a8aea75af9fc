/* The window in integer arithmetic: a cell begins at from + ceil(c*num/den), so that
 * zooming out and in again returns to the start, at any time. Overflowing products
 * saturate at the largest time.
 */
#include "config.h"

#include "session/waveview/waveview.h"

#include <string.h>

#include "session/base/str.h"

#define CELLS_PER_UNIT 16 /* at maximum zoom */
#define CYCLE_CELLS    8  /* minimum width of a cycle */

static uint64_t add_most(uint64_t a, uint64_t b)
{
	return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

static uint64_t times_most(uint64_t a, uint64_t b)
{
	return b && a > UINT64_MAX / b ? UINT64_MAX : a * b;
}

/* ceil(c * num / den), avoiding large products. */
static uint64_t span_of(const struct waveview *v, uint64_t cells)
{
	uint64_t whole = v->num / v->den, rest = v->num % v->den;

	return add_most(times_most(whole, cells), (times_most(rest, cells) + v->den - 1) / v->den);
}

uint64_t waveview_cell_start(const struct waveview *v, int cell)
{
	return add_most(v->from, span_of(v, (uint64_t)cell));
}

int waveview_cell_of(const struct waveview *v, uint64_t time, int cols)
{
	int low = 0, high = cols; /* the last non-empty cell that begins at or before time */

	if (time < v->from || time >= waveview_cell_start(v, cols))
		return -1;
	while (high - low > 1) {
		int mid = (low + high) / 2;

		if (waveview_cell_start(v, mid) <= time)
			low = mid;
		else
			high = mid;
	}
	return low;
}

static uint64_t last_time(const struct waveview *v)
{
	return v->t ? trace_end(v->t) : 0;
}

/* Limits scrolling so that the end of the trace is not left of the last cell. */
static void clamp(struct waveview *v, int cols)
{
	uint64_t end = add_most(last_time(v), 1), span = span_of(v, (uint64_t)cols);
	uint64_t begin = v->t ? trace_begin(v->t) : 0;
	uint64_t most = end > span ? end - span : 0;

	if (v->from > most)
		v->from = most;
	if (v->from < begin)
		v->from = begin;
}

void waveview_see(struct waveview *v, int cols)
{
	uint64_t span = span_of(v, (uint64_t)cols);

	if (cols <= 0)
		return;
	if (v->cursor < v->from || v->cursor >= add_most(v->from, span)) {
		uint64_t back = span / 4 * 3;

		v->from = v->cursor > back ? v->cursor - back : 0;
	}
	clamp(v, cols);
}

void waveview_set_cursor(struct waveview *v, uint64_t time, int cols)
{
	uint64_t end = last_time(v);

	v->cursor = time > end ? end : time;
	waveview_see(v, cols);
}

void waveview_step(struct waveview *v, int cells, int cols)
{
	uint64_t by = span_of(v, (uint64_t)(cells < 0 ? -cells : cells)), least = cells ? 1 : 0;

	by = by < least ? least : by;
	if (cells < 0)
		waveview_set_cursor(v, v->cursor > by ? v->cursor - by : 0, cols);
	else
		waveview_set_cursor(v, add_most(v->cursor, by), cols);
}

/* 1, 2, 5, 10 ... units per cell, and 1/2, 1/4 ... below. */
static void set_scale(struct waveview *v, uint64_t num, uint64_t den)
{
	v->num = num ? num : 1;
	v->den = den ? den : 1;
}

static uint64_t nice_above(uint64_t x)
{
	uint64_t n = 1;

	for (;;) {
		if (n > x || n > UINT64_MAX / 10)
			return n;
		if (n * 2 > x)
			return n * 2;
		if (n * 5 > x)
			return n * 5;
		n *= 10;
	}
}

static uint64_t nice_below(uint64_t x)
{
	uint64_t n = 1, best = 1;

	for (;; n *= 10) {
		best = n < x ? n : best;
		best = n * 2 < x ? n * 2 : best;
		best = n * 5 < x ? n * 5 : best;
		if (n > UINT64_MAX / 100 || n >= x)
			return best;
	}
}

static void zoom_around(struct waveview *v, int by, uint64_t time, int at, int cols)
{
	uint64_t whole = v->num / v->den, keep;

	if (by > 0 && v->num > v->den) { /* in: fewer units per cell */
		set_scale(v, nice_below(whole), 1);
	} else if (by > 0) {
		uint64_t per = v->den / v->num;

		set_scale(v, 1, per * 2 > CELLS_PER_UNIT ? CELLS_PER_UNIT : per * 2);
	} else if (v->num < v->den) {
		set_scale(v, 1, v->den / v->num / 2);
	} else {
		/* The whole trace is visible already. */
		if (span_of(v, (uint64_t)cols) > last_time(v))
			return;
		set_scale(v, nice_above(whole), 1);
	}
	/* Keep the time in its cell. */
	keep = span_of(v, (uint64_t)(at < 0 ? cols / 2 : at));
	v->from = time > keep ? time - keep : 0;
	clamp(v, cols);
}

void waveview_zoom(struct waveview *v, int by, int cols)
{
	zoom_around(v, by, v->cursor, waveview_cell_of(v, v->cursor, cols), cols);
}

void waveview_zoom_at(struct waveview *v, int by, int cell, int cols)
{
	zoom_around(v, by, waveview_cell_start(v, cell), cell, cols);
}

void waveview_pan(struct waveview *v, int cells, int cols)
{
	uint64_t span = span_of(v, (uint64_t)(cells < 0 ? -cells : cells));

	if (cells < 0)
		v->from = v->from > span ? v->from - span : 0;
	else
		v->from = add_most(v->from, span);
	clamp(v, cols);
}

/* Whole units per cell look even, but most of the window should be used. */
void waveview_zoom_range(struct waveview *v, uint64_t from, uint64_t to, int cols)
{
	uint64_t n = (uint64_t)(cols > 0 ? cols : 1),
		 units = add_most(to > from ? to - from : 0, 1);
	uint64_t whole = units / n + (units % n != 0), used = units / whole;

	v->from = from;
	if (units < n / CELLS_PER_UNIT)
		set_scale(v, 1, CELLS_PER_UNIT);
	else if (used >= n - n / 8)
		set_scale(v, whole, 1);
	else
		set_scale(v, units, n);
	clamp(v, cols);
}

void waveview_zoom_all(struct waveview *v, int cols)
{
	waveview_zoom_range(v, v->t ? trace_begin(v->t) : 0, last_time(v), cols);
}

/* The rising edge at or before time, and the next one. */
static bool cycle_at(struct waveview *v, uint64_t time, uint64_t *from, uint64_t *to)
{
	struct trace_point p;
	bool any = v->clock != TRACE_NONE && trace_at(v->t, v->clock, time, &p);

	while (any && p.value[0] != '1')
		any = trace_prev(v->t, v->clock, p.time, &p);
	if (!any) { /* before the first one */
		any = v->clock != TRACE_NONE && trace_next(v->t, v->clock, time, &p);
		while (any && p.value[0] != '1')
			any = trace_next(v->t, v->clock, p.time, &p);
	}
	if (!any)
		return false;
	*from = p.time;
	any = trace_next(v->t, v->clock, *from, &p);
	while (any && p.value[0] != '1')
		any = trace_next(v->t, v->clock, p.time, &p);
	*to = p.time;
	if (any)
		return true;
	/* The last cycle: as long as the previous one. */
	any = trace_prev(v->t, v->clock, *from, &p);
	while (any && p.value[0] != '1')
		any = trace_prev(v->t, v->clock, p.time, &p);
	*to = any ? add_most(*from, *from - p.time) : *from;
	return any;
}

bool waveview_zoom_cycle(struct waveview *v, int cols, struct err *err)
{
	uint64_t from, to, left;
	int at = cols * 3 / 4;

	if (!v->t || !cycle_at(v, v->cursor, &from, &to) || to == from)
		return err_set(err, ERR_NOT_FOUND, "no clock that rises twice is known here");
	set_scale(v, to - from, CYCLE_CELLS);
	if (v->num % v->den == 0)
		set_scale(v, v->num / v->den, 1);
	left = span_of(v, (uint64_t)at);
	v->from = v->cursor > left ? v->cursor - left : 0;
	clamp(v, cols);
	return true;
}

bool waveview_zoom_markers(struct waveview *v, int cols, struct err *err)
{
	uint64_t a = v->marker[WAVEVIEW_A], b = v->marker[WAVEVIEW_B];

	if (!v->has_marker[WAVEVIEW_A] || !v->has_marker[WAVEVIEW_B])
		return err_set(err, ERR_USAGE, "set both markers first: A and B");
	waveview_zoom_range(v, a < b ? a : b, a < b ? b : a, cols);
	return true;
}

static bool chosen_signal(const struct waveview *v, size_t *signal, struct err *err)
{
	*signal = v->chosen < v->n ? v->rows[v->chosen].signal : TRACE_NONE;
	if (*signal != TRACE_NONE)
		return true;
	return err_set(err, ERR_USAGE, "choose a signal first: this row has no values");
}

bool waveview_edge(struct waveview *v, int by, int cols, struct err *err)
{
	struct trace_point p;
	size_t signal;

	if (!chosen_signal(v, &signal, err))
		return false;
	if (!(by > 0 ? trace_next(v->t, signal, v->cursor, &p)
		     : trace_prev(v->t, signal, v->cursor, &p)))
		return err_set(err, ERR_NOT_FOUND, "it does not change %s here",
			       by > 0 ? "after" : "before");
	waveview_set_cursor(v, p.time, cols);
	return true;
}

static bool is_value(const struct waveview *v, size_t row, const struct trace_point *p,
		     const char *value)
{
	struct str text = STR_INIT;
	bool same = strlen(value) == p->len && memcmp(value, p->value, p->len) == 0;

	if (!same) {
		waveview_value_text(v, row, p, 4096, &text);
		same = strcmp(str_cstr(&text), value) == 0;
	}
	str_free(&text);
	return same;
}

bool waveview_value(struct waveview *v, const char *value, int by, int cols, struct err *err)
{
	uint64_t at = v->cursor;
	struct trace_point p;
	size_t signal;

	if (!chosen_signal(v, &signal, err))
		return false;
	for (size_t n = 0; n < WAVEVIEW_CYCLES; n++) {
		if (!(by > 0 ? trace_next(v->t, signal, at, &p) : trace_prev(v->t, signal, at, &p)))
			return err_set(err, ERR_NOT_FOUND, "it is not %s %s here", value,
				       by > 0 ? "after" : "before");
		at = p.time;
		if (is_value(v, v->chosen, &p, value)) {
			waveview_set_cursor(v, at, cols);
			return true;
		}
	}
	return err_set(err, ERR_LIMIT, "it is not %s in the next %d changes", value,
		       WAVEVIEW_CYCLES);
}

size_t waveview_cycles(struct waveview *v, uint64_t from, uint64_t to, bool *more)
{
	struct trace_point p;
	size_t n = 0;

	*more = false;
	if (v->clock == TRACE_NONE || from >= to)
		return 0;
	while (trace_next(v->t, v->clock, from, &p) && p.time <= to) {
		from = p.time;
		n += p.value[0] == '1';
		if (n >= WAVEVIEW_CYCLES) {
			*more = true;
			break;
		}
	}
	return n;
}
