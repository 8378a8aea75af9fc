/* The window is read column by column, all rows of one column before the next: a reader
 * of a large file has a few blocks of time in memory, and so each block is read once
 * instead of once per row. A column costs a row nothing unless its next change, which is
 * known from the column before, is in it: then the value at the column's end and the next
 * change are fetched.
 */
#include "config.h"

#include "session/waveview/waveview_sample.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/waveview/waveview.h"

#define NEVER UINT64_MAX

/* Progress in reading a row. */
struct reading {
	size_t row;
	const struct trace_signal *s;
	uint64_t next;	/* time of the next change */
	uint64_t since; /* time of the last change */
	bool pending;	/* a value began, and no cell shows its text yet */
	struct wave_bin last;
};

struct waveview_cache *waveview_cache_new(void)
{
	return mem_zalloc(sizeof(struct waveview_cache));
}

void waveview_cache_free(struct waveview_cache *c)
{
	if (!c)
		return;
	free(c->rows);
	free(c->bins);
	str_free(&c->texts);
	strv_free(&c->labels);
	free(c);
}

static bool is_bit(char c)
{
	return c == '0' || c == '1' || c == 'h' || c == 'l';
}

static char level_of(const struct trace_signal *s, const struct trace_point *p)
{
	size_t known = 0, z = 0;

	if (s->kind != TRACE_BITS)
		return 'b';
	if (p->len == 1)
		return p->value[0] == 'h' ? '1' : p->value[0] == 'l' ? '0' : p->value[0];
	for (size_t i = 0; i < p->len; i++) {
		known += is_bit(p->value[i]);
		z += p->value[i] == 'z';
	}
	return known == p->len ? 'b' : z == p->len ? 'z' : known + z == 0 ? 'x' : 'X';
}

/* FNV-1a without leading zeros, so that equal numbers of different width have equal
 * sums. */
static uint64_t sum_of(const struct trace_signal *s, const struct trace_point *p)
{
	uint64_t sum = 14695981039346656037u;
	size_t i = 0;

	while (s->kind == TRACE_BITS && i < p->len && p->value[i] == '0')
		i++;
	for (; i < p->len; i++)
		sum = (sum ^ (unsigned char)p->value[i]) * 1099511628211u;
	return sum;
}

static void take(const struct waveview *v, struct reading *r, const struct trace_point *p)
{
	const struct waveview_row *row = &v->rows[r->row];

	r->since = p->time;
	r->last.after = level_of(r->s, p);
	r->last.sum = sum_of(r->s, p);
	r->last.has_number = row->analog &&
			     wave_value_number(r->s, row->radix, row->fraction, p, &r->last.number);
	r->pending = p->len > 1 || r->s->kind != TRACE_BITS;
}

/* Reads the value before the window, and the first change in it. */
static void begin(struct waveview *v, struct reading *r, uint64_t from)
{
	size_t signal = v->rows[r->row].signal;
	struct trace_point p;
	bool any;

	r->s = trace_signal_at(v->t, signal);
	r->last = (struct wave_bin){ .kind = BIN_HOLD };
	if (from > 0 && r->s->kind != TRACE_EVENT && trace_at(v->t, signal, from - 1, &p))
		take(v, r, &p);
	any = from > 0			      ? trace_next(v->t, signal, from - 1, &p)
	      : trace_at(v->t, signal, 0, &p) ? true
					      : trace_next(v->t, signal, 0, &p);
	r->next = any ? p.time : NEVER;
}

/* Stores the text of a value in the first cell that holds it. */
static void put_text(struct waveview *v, struct reading *r, struct wave_bin *b)
{
	struct waveview_cache *c = v->cache;
	struct trace_point p;

	r->pending = false;
	if (r->s->kind == TRACE_EVENT || !trace_at(v->t, v->rows[r->row].signal, r->since, &p))
		return;
	b->text = (uint32_t)c->texts.len + 1;
	waveview_value_text(v, r->row, &p, (size_t)c->cols + 1, &c->texts);
	str_addc(&c->texts, '\0');
}

static void hold(struct waveview *v, struct reading *r, struct wave_bin *b)
{
	*b = r->last;
	b->before = b->after;
	b->kind = b->after || r->s->kind == TRACE_EVENT ? BIN_HOLD : BIN_NONE;
	if (r->pending)
		put_text(v, r, b);
}

/* Samples the cell [from, to) of a row. */
static void cell(struct waveview *v, struct reading *r, uint64_t from, uint64_t to,
		 struct wave_bin *b)
{
	uint64_t end = trace_end(v->t);
	size_t signal = v->rows[r->row].signal;
	char before = r->last.after;
	struct trace_point p;
	bool many;

	if (from > end) {
		*b = (struct wave_bin){ .kind = BIN_NONE };
		return;
	}
	if (r->next >= to || to <= from) {
		hold(v, r, b);
		return;
	}
	/* The first value of a trace is not a change. */
	if (before == 0 && r->next == from && r->s->kind != TRACE_EVENT &&
	    trace_at(v->t, signal, from, &p)) {
		take(v, r, &p);
		before = r->last.after;
		r->next = trace_next(v->t, signal, from, &p) ? p.time : NEVER;
		if (r->next >= to) {
			hold(v, r, b);
			return;
		}
	}
	if (!trace_at(v->t, signal, to - 1 < end ? to - 1 : end, &p)) {
		*b = (struct wave_bin){ .kind = BIN_NONE };
		r->next = NEVER;
		return;
	}
	many = p.time != r->next;
	take(v, r, &p);
	r->next = trace_next(v->t, signal, p.time, &p) ? p.time : NEVER;
	*b = r->last;
	b->before = before;
	b->kind = many ? BIN_MANY : BIN_EDGE;
}

/* Lists the visible rows, and those they are compared with. */
static void list_rows(struct waveview *v, int lines)
{
	struct waveview_cache *c = v->cache;

	c->n_rows = 0;
	for (size_t i = v->top; i < v->n && c->n_rows < (size_t)lines; i++) {
		if (!waveview_shown(v, i))
			continue;
		MEM_PUSH(c->rows, c->n_rows, c->cap_rows, i);
	}
	c->n_shown = c->n_rows;
	for (size_t i = 0; i < c->n_shown; i++) {
		size_t beside = v->rows[c->rows[i]].beside;

		if (beside == TRACE_NONE)
			continue;
		MEM_PUSH(c->rows, c->n_rows, c->cap_rows, beside);
	}
}

static void read_all(struct waveview *v)
{
	struct waveview_cache *c = v->cache;
	struct reading *r = mem_calloc(c->n_rows + 1, sizeof(*r));
	size_t cells = c->n_rows * (size_t)c->cols;
	uint64_t at = waveview_cell_start(v, 0);

	MEM_ROOM(c->bins, cells, c->cap_bins);
	memset(c->bins, 0, (cells + 1) * sizeof(*c->bins));
	str_clear(&c->texts);
	for (size_t i = 0; i < c->n_rows; i++) {
		r[i].row = c->rows[i];
		if (v->rows[r[i].row].signal != TRACE_NONE)
			begin(v, &r[i], at);
	}
	for (int col = 0; col < c->cols; col++) {
		uint64_t next = waveview_cell_start(v, col + 1);

		for (size_t i = 0; i < c->n_rows; i++)
			if (r[i].s)
				cell(v, &r[i], at, next,
				     &c->bins[i * (size_t)c->cols + (size_t)col]);
		at = next;
	}
	free(r);
}

const struct waveview_cache *waveview_sample(struct waveview *v, int lines, int cols)
{
	struct waveview_cache *c = v->cache;
	uint64_t end = v->t ? trace_end(v->t) : 0;

	if (c->valid && c->trace == v->t && c->end == end && c->from == v->from &&
	    c->num == v->num && c->den == v->den && c->generation == v->generation &&
	    c->top == v->top && c->lines == lines && c->cols == cols)
		return c;
	c->trace = v->t;
	c->end = end;
	c->from = v->from;
	c->num = v->num;
	c->den = v->den;
	c->generation = v->generation;
	c->top = v->top;
	c->lines = lines;
	c->cols = cols;
	c->valid = true;
	list_rows(v, lines);
	if (v->t)
		read_all(v);
	return c;
}

const char *waveview_bin_text(const struct waveview_cache *c, const struct wave_bin *b)
{
	return b->text ? c->texts.data + b->text - 1 : "";
}

const struct wave_bin *waveview_bins_of(const struct waveview_cache *c, size_t row)
{
	for (size_t i = 0; i < c->n_rows; i++)
		if (c->rows[i] == row)
			return c->bins + i * (size_t)c->cols;
	return NULL;
}
