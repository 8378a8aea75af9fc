/* Rows are found by going back from the time: along the clock's changes, or in a window
 * that grows until it contains enough times. Changes are found in one walk over all nets
 * between the first row and the last. So the cost depends on the rows, not on the length
 * of the run.
 */
#include "config.h"

#include "session/trace/trace_table.h"

#include <stdlib.h>
#include <ctype.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/trace/trace_clock.h"

#define CELL_MAX   40 /* characters; a wider value loses its front */
#define LEVELS_MAX 64 /* nested scopes */

/* The selected signals and times. */
struct table {
	struct trace *t;
	size_t cols[TRACE_TABLE_COLS];
	int n_cols, max_cols;
	uint64_t *times; /* ascending */
	int n_times, rows;
	size_t clock;
	enum trace_edge edge;
	size_t *nets; /* the first signal of each net, without parameters */
	size_t n_nets;
	int *depth; /* of each scope */
	int deepest;
	bool *changed; /* per stream: changed in the rows */
	bool *taken;
	size_t looked;
};

/* Times ------------------------------------------------------------------------- */

/* Times come once each, ascending; keeps the latest. */
static void add_time(struct table *w, uint64_t time)
{
	if (w->n_times && w->times[w->n_times - 1] == time)
		return;
	if (w->n_times == w->rows)
		memmove(w->times, w->times + 1, (size_t)--w->n_times * sizeof(*w->times));
	w->times[w->n_times++] = time;
}

static void turn(uint64_t *times, int n)
{
	for (int i = 0; i < n / 2; i++) {
		uint64_t swap = times[i];

		times[i] = times[n - 1 - i];
		times[n - 1 - i] = swap;
	}
}

static bool is_edge(const struct table *w, char value)
{
	static const char *const to[] = {
		[TRACE_RISING] = "1", [TRACE_FALLING] = "0", [TRACE_BOTH] = "01"
	};

	return value && strchr(to[w->edge], value);
}

/* The value before the first change is not known, so that change is not an edge. */
static void edges_before(struct table *w, uint64_t until)
{
	struct trace_point p;
	bool any = trace_at(w->t, w->clock, until, &p);

	while (any && w->n_times < w->rows) {
		uint64_t time = p.time;
		bool edge = is_edge(w, p.value[0]);

		any = trace_prev(w->t, w->clock, time, &p);
		if (edge && any)
			w->times[w->n_times++] = time;
	}
	turn(w->times, w->n_times);
}

static bool note_time(void *ctx, size_t which, const struct trace_point *p)
{
	add_time(ctx, p->time);
	return true;
}

static void changes_before(struct table *w, uint64_t until)
{
	uint64_t begin = trace_begin(w->t);

	for (uint64_t span = 1;; span = span > UINT64_MAX / 8 ? UINT64_MAX : span * 8) {
		uint64_t from = until > begin && until - begin > span ? until - span : begin;

		w->n_times = 0;
		trace_walk(w->t, w->nets, w->n_nets, from, until, note_time, w);
		if (w->n_times == w->rows || from == begin)
			return;
	}
}

static void find_times(struct table *w, uint64_t until)
{
	w->times = mem_calloc((size_t)w->rows + 1, sizeof(*w->times));
	if (w->clock != TRACE_NONE)
		edges_before(w, until);
	else
		changes_before(w, until);
	if (trace_signals(w->t))
		add_time(w, until);
}

/* Columns ----------------------------------------------------------------------- */

static int depth_of(const struct table *w, size_t signal)
{
	size_t scope = trace_signal_at(w->t, signal)->scope;

	return scope == TRACE_NONE ? 0 : w->depth[scope];
}

static size_t stream_of(const struct table *w, size_t signal)
{
	return trace_signal_at(w->t, signal)->stream;
}

/* A net with several names counts once, under the first of them. */
static void add_col(struct table *w, size_t signal)
{
	size_t stream = stream_of(w, signal);

	if (w->n_cols == w->max_cols || w->taken[stream])
		return;
	w->taken[stream] = true;
	w->cols[w->n_cols++] = signal;
}

static bool note_change(void *ctx, size_t which, const struct trace_point *p)
{
	struct table *w = ctx;

	w->changed[stream_of(w, w->nets[which])] = true;
	return true;
}

/* Never driven, which is as telling as a change. */
static bool unknown(struct table *w, size_t signal)
{
	const struct trace_signal *s = trace_signal_at(w->t, signal);
	struct trace_point p;

	if (s->parameter || s->kind != TRACE_BITS || w->taken[s->stream] ||
	    w->looked >= TRACE_TABLE_LOOKED)
		return false;
	w->looked++;
	if (!trace_at(w->t, signal, w->times[w->n_times - 1], &p))
		return false;
	for (size_t i = 0; i < p.len; i++)
		if (strchr("xzuw-", p.value[i]))
			return true;
	return false;
}

/* "dut.q" is q in a scope that ends in dut. */
static bool is_named(const struct table *w, size_t signal, const char *name, size_t len)
{
	const struct trace_signal *s = trace_signal_at(w->t, signal);
	size_t n = strlen(s->name);
	struct str path = STR_INIT;
	bool is;

	if (len < n || strncmp(name + len - n, s->name, n) != 0 ||
	    (len > n && name[len - n - 1] != '.'))
		return false;
	if (len == n)
		return true;
	trace_scope_name(w->t, s->scope, &path);
	str_addf(&path, ".%s", s->name);
	is = path.len >= len && strncmp(path.data + path.len - len, name, len) == 0 &&
	     (path.len == len || path.data[path.len - len - 1] == '.');
	str_free(&path);
	return is;
}

static size_t name_length(const char *s)
{
	size_t n = 0;

	while (isalnum((unsigned char)s[n]) || (s[n] && strchr("_$.", s[n])))
		n++;
	return n;
}

/* Adds the signals that the expression names; skips numbers and system functions. */
static void add_named(struct table *w, const char *s)
{
	for (size_t len; *s && w->n_cols < w->max_cols; s += len) {
		len = name_length(s);
		if (len == 0) {
			len = *s == '\'' ? 1 + name_length(s + 1) : 1;
			continue;
		}
		if (!isalpha((unsigned char)*s) && *s != '_')
			continue;
		for (size_t i = 0; i < w->n_nets; i++)
			if (is_named(w, w->nets[i], s, len)) {
				add_col(w, w->nets[i]);
				break;
			}
	}
}

/* From the testbench inward, so that its names for a net are preferred. */
static void find_cols(struct table *w, const char *names)
{
	size_t reset = trace_find_reset(w->t);

	if (w->clock != TRACE_NONE)
		add_col(w, w->clock);
	if (reset != TRACE_NONE)
		add_col(w, reset);
	if (names)
		add_named(w, names);
	if (w->n_times && w->times[0] < UINT64_MAX)
		trace_walk(w->t, w->nets, w->n_nets, w->times[0] + 1, w->times[w->n_times - 1],
			   note_change, w);
	for (int pass = 0; pass < 2 * LEVELS_MAX && pass / 2 <= w->deepest && w->n_times; pass++) {
		for (size_t i = 0; i < w->n_nets && w->n_cols < w->max_cols; i++) {
			size_t signal = w->nets[i];
			bool moves = w->changed[stream_of(w, signal)];

			if (depth_of(w, signal) == pass / 2 &&
			    (pass % 2 ? !moves && unknown(w, signal) : moves))
				add_col(w, signal);
		}
	}
}

static void find_nets(struct table *w)
{
	size_t n = trace_signals(w->t);
	bool *seen = mem_calloc(n + 1, sizeof(*seen));

	w->nets = mem_calloc(n + 1, sizeof(*w->nets));
	for (int level = 0; level <= w->deepest && level < LEVELS_MAX; level++) {
		for (size_t i = 0; i < n; i++) {
			const struct trace_signal *s = trace_signal_at(w->t, i);

			if (seen[s->stream] || depth_of(w, i) != level)
				continue;
			seen[s->stream] = true;
			w->nets[w->n_nets++] = i;
		}
	}
	free(seen);
}

static void table_init(struct table *w, struct trace *t, const struct trace_rows *r)
{
	uint64_t until = r->time < trace_end(t) ? r->time : trace_end(t);

	*w = (struct table){ .t = t,
			     .clock = trace_clock(t, r->clock.signal),
			     .edge = r->clock.edge };
	w->rows = r->rows < 1 ? 1 : r->rows > TRACE_TABLE_ROWS ? TRACE_TABLE_ROWS : r->rows;
	w->max_cols = r->cols < 1 ? 1 : r->cols > TRACE_TABLE_COLS ? TRACE_TABLE_COLS : r->cols;
	w->changed = mem_calloc(trace_signals(t) + 1, sizeof(*w->changed));
	w->taken = mem_calloc(trace_signals(t) + 1, sizeof(*w->taken));
	w->depth = mem_calloc(trace_scopes(t) + 1, sizeof(*w->depth));
	for (size_t i = 0; i < trace_scopes(t); i++) {
		w->depth[i] = trace_depth(t, i);
		w->deepest = w->depth[i] > w->deepest ? w->depth[i] : w->deepest;
	}
	find_nets(w);
	find_times(w, until);
	find_cols(w, r->names);
}

static void table_fini(struct table *w)
{
	free(w->times);
	free(w->nets);
	free(w->depth);
	free(w->changed);
	free(w->taken);
}

/* Text -------------------------------------------------------------------------- */

/* Length of the common scope prefix of all columns, with the dot. */
static size_t common_scope(const struct strv *scopes)
{
	const char *first = scopes->n ? scopes->v[0] : "";
	size_t len = strlen(first);

	for (size_t i = 1; i < scopes->n; i++) {
		const char *scope = scopes->v[i];

		while (len && (strncmp(first, scope, len) != 0 ||
			       (scope[len] != '.' && scope[len] != '\0') ||
			       (first[len] != '.' && first[len] != '\0'))) {
			do
				len--;
			while (len && first[len] != '.');
		}
	}
	return len;
}

static void titles(const struct table *w, struct strv *cells)
{
	struct strv scopes = STRV_INIT;
	struct str s = STR_INIT;
	size_t common;

	for (int c = 0; c < w->n_cols; c++) {
		str_clear(&s);
		trace_scope_name(w->t, trace_signal_at(w->t, w->cols[c])->scope, &s);
		strv_add(&scopes, str_cstr(&s));
	}
	common = common_scope(&scopes);
	strv_add(cells, "time");
	for (int c = 0; c < w->n_cols; c++) {
		const char *scope = scopes.v[c] + common;

		scope += *scope == '.';
		strv_addf(cells, "%s%s%s", scope, *scope ? "." : "",
			  trace_signal_at(w->t, w->cols[c])->name);
	}
	strv_free(&scopes);
	str_free(&s);
}

static void cell(const struct table *w, size_t signal, uint64_t time, struct str *out)
{
	const struct trace_signal *s = trace_signal_at(w->t, signal);
	struct trace_point p;
	bool any = trace_at(w->t, signal, time, &p);

	str_clear(out);
	if (s->kind == TRACE_EVENT)
		str_addc(out, any && p.time == time ? '1' : '0');
	else if (!any)
		str_addc(out, '-');
	else
		trace_value_text(s, &p, out);
	if (out->len > CELL_MAX) {
		str_remove(out, 0, out->len - CELL_MAX);
		memcpy(out->data, "...", 3);
	}
}

static void head(const struct table *w, struct str *out)
{
	static const char *const kinds[] = {
		[TRACE_RISING] = "rising ", [TRACE_FALLING] = "falling ", [TRACE_BOTH] = ""
	};

	str_adds(out, "time in ");
	trace_unit_text(w->t, out);
	if (w->clock != TRACE_NONE) {
		str_addf(out, "; values right after each %sedge of ", kinds[w->edge]);
		trace_full_name(w->t, w->clock, out);
		str_adds(out, w->edge == TRACE_BOTH ? " (both are used)" : "");
	}
	str_addc(out, '\n');
}

static void body(const struct table *w, struct str *out)
{
	size_t width[TRACE_TABLE_COLS + 1] = { 0 }, cols = (size_t)w->n_cols + 1;
	struct strv cells = STRV_INIT;
	struct str s = STR_INIT;

	titles(w, &cells);
	for (int row = 0; row < w->n_times; row++) {
		strv_addf(&cells, "%llu", (unsigned long long)w->times[row]);
		for (int c = 0; c < w->n_cols; c++) {
			cell(w, w->cols[c], w->times[row], &s);
			strv_add(&cells, str_cstr(&s));
		}
	}
	for (size_t i = 0; i < cells.n; i++) {
		size_t len = strlen(cells.v[i]);

		width[i % cols] = len > width[i % cols] ? len : width[i % cols];
	}
	for (size_t i = 0; i < cells.n; i++)
		str_addf(out, "%s%*s%s", i % cols ? "  " : "", (int)width[i % cols], cells.v[i],
			 (i + 1) % cols ? "" : "\n");
	strv_free(&cells);
	str_free(&s);
}

void trace_table(struct trace *t, const struct trace_rows *r, struct str *out)
{
	struct table w;

	table_init(&w, t, r);
	head(&w, out);
	body(&w, out);
	table_fini(&w);
}

size_t trace_choose(struct trace *t, const struct trace_rows *r, size_t *signals, uint64_t *from,
		    uint64_t *to)
{
	struct trace_rows two = *r;
	struct table w;

	two.rows = r->rows < 2 ? 2 : r->rows;
	table_init(&w, t, &two);
	memcpy(signals, w.cols, (size_t)w.n_cols * sizeof(*signals));
	*from = w.n_times ? w.times[0] : 0;
	*to = w.n_times ? w.times[w.n_times - 1] : 0;
	table_fini(&w);
	return (size_t)w.n_cols;
}
