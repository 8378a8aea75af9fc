/* Each signal is a step function over places, which are clock edges or times. Two of
 * them are walked together from step to step, so the work is proportional to the
 * changes, and only the edges are stored. */
#include "config.h"

#include "session/trace/trace_diff.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/trace/trace.h"

#define EDGES_MAX 100000000u

struct named {
	const char *plain; /* into full */
	char *full;
	size_t signal;
};

static int by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int c = strcmp(x->plain, y->plain);

	return c ? c : x->signal < y->signal ? -1 : 1;
}

static struct named *names_of(const struct trace *t, size_t *n)
{
	struct named *list = mem_calloc(trace_signals(t), sizeof(*list));

	*n = 0;
	for (size_t i = 0; i < trace_signals(t); i++) {
		const struct trace_signal *s = trace_signal_at(t, i);
		struct str full = STR_INIT;

		if (s->parameter || s->kind == TRACE_EVENT)
			continue;
		trace_full_name(t, i, &full);
		list[*n].full = str_take(&full);
		list[*n].plain = trace_plain_name(list[*n].full);
		list[(*n)++].signal = i;
	}
	qsort(list, *n, sizeof(*list), by_name);
	return list;
}

static void free_names(struct named *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(list[i].full);
	free(list);
}

/* The times at which a clock becomes 1. */
static bool edges_of(struct trace *t, size_t clock, uint64_t **times, uint64_t *n, struct err *err)
{
	struct trace_point p;
	size_t cap = 0;
	bool any = trace_at(t, clock, trace_begin(t), &p), high = any && p.value[0] == '1';

	for (uint64_t time = trace_begin(t); trace_next(t, clock, time, &p); time = p.time) {
		bool now = p.value[p.len - 1] == '1';

		if (now && !high && any) {
			if (*n == EDGES_MAX)
				return err_set(err, ERR_LIMIT, "the clock has more than %u edges",
					       EDGES_MAX);
			MEM_PUSH(*times, *n, cap, p.time);
		}
		any = true;
		high = now;
	}
	return true;
}

/* A signal of one run as a step function. */
struct steps {
	struct trace *t;
	size_t signal;
	const uint64_t *edges; /* NULL: by time */
	uint64_t n_edges, edge;
	uint64_t scale;
	uint64_t next; /* place of the next step; UINT64_MAX: none */
	uint64_t time; /* of the next step */
	struct str value;
	bool known;
};

/* The first place that sees a change at time. */
static uint64_t place_of(struct steps *s, uint64_t time)
{
	if (!s->edges)
		return time > UINT64_MAX / s->scale ? UINT64_MAX : time * s->scale;
	while (s->edge < s->n_edges && s->edges[s->edge] <= time)
		s->edge++;
	return s->edge;
}

static void keep(struct steps *s, const struct trace_point *p)
{
	str_clear(&s->value);
	str_add(&s->value, p->value, p->len);
	s->known = true;
}

static void look_ahead(struct steps *s)
{
	struct trace_point p;

	s->next = UINT64_MAX;
	if (trace_next(s->t, s->signal, s->time, &p)) {
		s->time = p.time;
		s->next = place_of(s, p.time);
	}
}

static void begin_steps(struct steps *s)
{
	struct trace_point p;

	s->time = trace_begin(s->t);
	if (trace_at(s->t, s->signal, s->time, &p))
		s->next = place_of(s, s->time); /* not place 0: a run may begin later */
	else
		look_ahead(s);
}

/* Takes all steps up to place. */
static void go_to(struct steps *s, uint64_t place)
{
	struct trace_point p;

	while (s->next <= place && s->next != UINT64_MAX) {
		if (trace_at(s->t, s->signal, s->time, &p))
			keep(s, &p);
		look_ahead(s);
	}
}

enum unlike { ALIKE, UNLIKE, UNKNOWN };

static char plain(char c)
{
	switch (c) {
	case 'l':
	case 'L':
		return '0';
	case 'h':
	case 'H':
		return '1';
	case '0':
	case '1':
	case 'z':
		return c;
	default:
		return 'x';
	}
}

static bool one_number(const struct str *a, const struct str *b)
{
	char *a_end, *b_end;
	double x = strtod(str_cstr(a), &a_end), y = strtod(str_cstr(b), &b_end);

	return a_end != a->data && !*a_end && b_end != b->data && !*b_end && x == y;
}

static enum unlike compare(const struct steps *a, const struct steps *b, enum trace_kind kind)
{
	enum unlike found = ALIKE;

	if (!a->known || !b->known)
		return a->known == b->known ? ALIKE : UNKNOWN;
	if (kind != TRACE_BITS)
		return strcmp(str_cstr(&a->value), str_cstr(&b->value)) == 0 ||
				       one_number(&a->value, &b->value)
			       ? ALIKE
			       : UNLIKE;
	for (size_t i = 0; i < a->value.len && i < b->value.len; i++) {
		char x = plain(a->value.data[i]), y = plain(b->value.data[i]);

		if (x == y)
			continue;
		if ((x == '0' || x == '1') && (y == '0' || y == '1'))
			return UNLIKE;
		found = UNKNOWN;
	}
	return found;
}

static void compare_pair(struct steps *a, struct steps *b, enum trace_kind kind, uint64_t places,
			 struct trace_diff_signal *out)
{
	uint64_t at = 0;

	begin_steps(a);
	begin_steps(b);
	while (at < places) {
		uint64_t next;
		enum unlike u;

		go_to(a, at);
		go_to(b, at);
		next = a->next < b->next ? a->next : b->next;
		next = next < places ? next : places;
		u = compare(a, b, kind);
		if (u != ALIKE) {
			if (out->places == 0)
				out->first = at;
			out->places += next - at;
			if (u == UNKNOWN)
				out->unknown += next - at;
		}
		at = next;
	}
	str_free(&a->value);
	str_free(&b->value);
}

static void add(size_t **list, size_t *n, size_t signal)
{
	/* Doubles the list: when n is a power of two it is full. */
	if ((*n & (*n - 1)) == 0)
		*list = mem_realloc(*list, (*n ? *n * 2 : 1) * sizeof(**list));
	(*list)[(*n)++] = signal;
}

struct pair {
	size_t a, b, stream_a, stream_b;
};

static int by_streams(const void *x, const void *y)
{
	const struct pair *p = x, *q = y;

	if (p->stream_a != q->stream_a)
		return p->stream_a < q->stream_a ? -1 : 1;
	if (p->stream_b != q->stream_b)
		return p->stream_b < q->stream_b ? -1 : 1;
	return p->a < q->a ? -1 : p->a > q->a;
}

/* Pairs signals by name; those without a partner go into d. */
static struct pair *pairs_of(const struct trace *a, const struct trace *b, struct trace_diff *d,
			     size_t *n)
{
	size_t n_a, n_b, i = 0, k = 0;
	struct named *in_a = names_of(a, &n_a), *in_b = names_of(b, &n_b);
	struct pair *pairs = mem_calloc(n_a, sizeof(*pairs));

	*n = 0;
	while (i < n_a || k < n_b) {
		int c = i == n_a ? 1 : k == n_b ? -1 : strcmp(in_a[i].plain, in_b[k].plain);

		if (c < 0) {
			add(&d->only_a, &d->n_only_a, in_a[i++].signal);
		} else if (c > 0) {
			add(&d->only_b, &d->n_only_b, in_b[k++].signal);
		} else {
			const struct trace_signal *s = trace_signal_at(a, in_a[i].signal);
			const struct trace_signal *t = trace_signal_at(b, in_b[k].signal);

			if (s->width == t->width)
				pairs[(*n)++] = (struct pair){ in_a[i].signal, in_b[k].signal,
							       s->stream, t->stream };
			else
				add(&d->other_width, &d->n_other_width, in_a[i].signal);
			i++;
			k++;
		}
	}
	free_names(in_a, n_a);
	free_names(in_b, n_b);
	qsort(pairs, *n, sizeof(*pairs), by_streams);
	return pairs;
}

/* Chooses a common unit: the finer of the two, within 64 bits. */
static void align_times(struct trace *a, struct trace *b, struct trace_diff *d)
{
	int m_a, m_b, e_a, e_b;

	trace_timescale(a, &m_a, &e_a);
	trace_timescale(b, &m_b, &e_b);
	d->exponent = e_a < e_b ? e_a : e_b;
	d->scale_a = (uint64_t)m_a;
	d->scale_b = (uint64_t)m_b;
	for (; e_a > d->exponent && d->scale_a < UINT64_MAX / 100; e_a--)
		d->scale_a *= 10;
	for (; e_b > d->exponent && d->scale_b < UINT64_MAX / 100; e_b--)
		d->scale_b *= 10;
}

static uint64_t last_place(struct trace *t, uint64_t scale)
{
	uint64_t end = trace_end(t);

	return end >= UINT64_MAX / scale ? UINT64_MAX - 1 : end * scale;
}

static int by_first(const void *x, const void *y)
{
	const struct trace_diff_signal *p = x, *q = y;

	if (p->first != q->first)
		return p->first < q->first ? -1 : 1;
	return p->a < q->a ? -1 : p->a > q->a;
}

static void compare_all(struct trace *a, struct trace *b, struct trace_diff *d)
{
	size_t n, cap = 0;
	struct pair *pairs = pairs_of(a, b, d, &n);

	for (size_t i = 0; i < n; i++) {
		struct steps x = { .t = a,
				   .signal = pairs[i].a,
				   .edges = d->times_a,
				   .n_edges = d->edges_a,
				   .scale = d->scale_a };
		struct steps y = { .t = b,
				   .signal = pairs[i].b,
				   .edges = d->times_b,
				   .n_edges = d->edges_b,
				   .scale = d->scale_b };
		struct trace_diff_signal found = { .a = pairs[i].a, .b = pairs[i].b };

		if (i > 0 && pairs[i].stream_a == pairs[i - 1].stream_a &&
		    pairs[i].stream_b == pairs[i - 1].stream_b)
			continue;
		d->n_compared++;
		compare_pair(&x, &y, trace_signal_at(a, pairs[i].a)->kind, d->compared, &found);
		if (found.places)
			MEM_PUSH(d->differ, d->n_differ, cap, found);
	}
	free(pairs);
	if (d->n_differ)
		qsort(d->differ, d->n_differ, sizeof(*d->differ), by_first);
}

bool trace_diff(struct trace *a, struct trace *b, size_t clock_a, size_t clock_b,
		struct trace_diff *out, struct err *err)
{
	*out = (struct trace_diff){ .by_clock = clock_a != TRACE_NONE, .scale_a = 1, .scale_b = 1 };
	if (out->by_clock) {
		if (!edges_of(a, clock_a, &out->times_a, &out->edges_a, err) ||
		    !edges_of(b, clock_b, &out->times_b, &out->edges_b, err)) {
			trace_diff_free(out);
			return false;
		}
		out->compared = out->edges_a < out->edges_b ? out->edges_a : out->edges_b;
	} else {
		uint64_t x, y;

		align_times(a, b, out);
		x = last_place(a, out->scale_a);
		y = last_place(b, out->scale_b);
		out->compared = (x < y ? x : y) + 1;
	}
	if (out->compared || !out->by_clock)
		compare_all(a, b, out);
	return true;
}

void trace_diff_free(struct trace_diff *d)
{
	free(d->times_a);
	free(d->times_b);
	free(d->differ);
	free(d->only_a);
	free(d->only_b);
	free(d->other_width);
	*d = (struct trace_diff){ 0 };
}

uint64_t trace_diff_time_a(const struct trace_diff *d, uint64_t place)
{
	return d->by_clock ? d->times_a[place] : place / d->scale_a;
}

uint64_t trace_diff_time_b(const struct trace_diff *d, uint64_t place)
{
	return d->by_clock ? d->times_b[place] : place / d->scale_b;
}
