/* Rows of a dump of any size, without reading all of it.
 *
 *	header | ........................ | window | later ... | end
 *	                        <- last values     ^ want->time
 *
 * Times rise along the file, so where want->time ends is found by bisection.
 * The window is what lies before it, made longer until it holds the rows. A
 * signal that shows in the rows may have had its value for long: for those the
 * file is searched backwards from the window, line by line, until each is
 * found. That looks at ends of lines only, about 1 GB/s; the reset, which never
 * changes after the start, is why it must be fast.
 *
 * All this needs a line for each change and each time, as every simulator
 * writes them. A file that is not like that is refused, and read as a stream.
 */
#include "config.h"

#include "sim/vcd_inner.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/mem.h"
#include "session/base/str.h"

#define CHUNK	     (1u << 18)
#define BACK	     (1u << 20) /* a step of the search backwards */
#define HEADER_MAX   (512u << 20)
#define FIRST_WINDOW (1u << 20)
#define LAST_WINDOW  (64u << 20)
#define LINE_SEARCH  (64u << 20) /* a time must come within so many bytes */
#define SIGNALS_MAX  64

struct window {
	int fd;
	uint64_t size, body; /* offsets in the file */
	struct vcd_scan *scan;
	struct vcd_builder b;
	char *buf;
	size_t buf_cap;
	const struct wave_want *want;
	uint64_t time; /* where the rows end */
	bool failed;   /* reading did; errno says why */
	bool unfit;    /* no lines as they must be */
};

/* Up to len bytes from at; fewer only at the end of the file. */
static size_t get(struct window *w, uint64_t at, size_t len)
{
	size_t got = 0;

	w->buf_cap = mem_grow((void **)&w->buf, w->buf_cap, len + 1, 1);
	while (got < len && !w->failed) {
		ssize_t n = pread(w->fd, w->buf + got, len - got, (off_t)(at + got));

		if (n == 0)
			break;
		if (n > 0)
			got += (size_t)n;
		else
			w->failed = errno != EINTR;
	}
	return w->failed ? 0 : got;
}

/* "#123" and the end of its line at s: the time. */
static bool time_line(const char *s, size_t len, uint64_t *time)
{
	size_t i = 1;

	if (len < 3 || s[0] != '#')
		return false;
	for (*time = 0; i < len && s[i] >= '0' && s[i] <= '9' && i < 20; i++)
		*time = *time * 10 + (uint64_t)(s[i] - '0');
	return i > 1 && i < len && (s[i] == '\n' || s[i] == '\r');
}

/* The first line of a time that begins in [from, to): where, and the time. */
static bool next_time(struct window *w, uint64_t from, uint64_t to, uint64_t *at, uint64_t *time)
{
	uint64_t stop = from + LINE_SEARCH, base = from;

	for (size_t step = 1 << 12; base < to && base < stop;
	     base += step, step += step < CHUNK ? step : 0) {
		/* One byte before, which must end a line; some behind, for a time that is cut. */
		size_t n = get(w, base - 1, step + 32);
		const char *p = w->buf, *end = w->buf + n;

		while (p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
			uint64_t here = base - 1 + (uint64_t)(++p - w->buf);

			if (here >= to || here >= base + step)
				break;
			if (time_line(p, (size_t)(end - p), time)) {
				*at = here;
				return true;
			}
		}
		if (n < step)
			return false;
	}
	if (stop < to)
		w->unfit = true;
	return false;
}

/* The last line of a time in the file. */
static bool last_time(struct window *w, uint64_t *time)
{
	bool found = false;

	for (uint64_t back = 1 << 14; !w->failed && !found; back *= 8) {
		uint64_t from = w->size > w->body + back ? w->size - back : w->body;
		size_t n = get(w, from, (size_t)(w->size - from));
		const char *p = w->buf, *end = w->buf + n;
		uint64_t t;

		while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
			p++;
			if (time_line(p, (size_t)(end - p), &t)) {
				*time = t;
				found = true;
			}
		}
		if (from == w->body || back > LINE_SEARCH)
			break;
	}
	return found;
}

/* Where the first time after t begins; the end of the file if none does. */
static uint64_t after(struct window *w, uint64_t t)
{
	uint64_t low = w->body + 1, high = w->size, at, time;

	while (high - low > 1 << 12 && !w->failed && !w->unfit) {
		uint64_t middle = low + (high - low) / 2;

		if (!next_time(w, middle, high, &at, &time) || time > t)
			high = middle;
		else
			low = at + 1;
	}
	/* From low on one by one; a time that lies behind high counts as well. */
	while (next_time(w, low, w->size, &at, &time)) {
		if (time > t)
			return at;
		low = at + 1;
	}
	return w->size;
}

static bool feed(struct window *w, uint64_t from, uint64_t to)
{
	while (from < to) {
		size_t n = get(w, from, to - from < CHUNK ? (size_t)(to - from) : CHUNK);

		if (n == 0)
			return false;
		vcd_scan_feed(w->scan, w->buf, n);
		from += n;
	}
	return true;
}

static bool read_header(struct window *w)
{
	uint64_t at = 0;

	while (!vcd_scan_has_changes(w->scan, &w->body) && at < HEADER_MAX) {
		uint64_t to = at + CHUNK < w->size ? at + CHUNK : w->size;

		if (!feed(w, at, to))
			return false;
		at = to;
		if (at == w->size)
			break;
	}
	return vcd_scan_has_changes(w->scan, &w->body);
}

/* The rows end at to. Where the window begins is put into *from. */
static bool read_window(struct window *w, uint64_t to, uint64_t *from)
{
	for (uint64_t len = FIRST_WINDOW;; len *= 4) {
		uint64_t start = to > w->body + len ? to - len : w->body, at = start, time = 0;

		if (start > w->body && !next_time(w, start, to, &at, &time)) {
			if (w->failed || len >= LAST_WINDOW)
				return false;
			continue;
		}
		wave_forget(w->b.w);
		w->b.next_mark = 0;
		wave_begin(w->b.w, time);
		vcd_scan_jump(w->scan);
		if (!feed(w, at, to))
			return false;
		*from = at;
		if (start == w->body || len >= LAST_WINDOW ||
		    wave_has_rows(w->b.w, w->time, w->want->rows))
			return true;
	}
}

/* Searching backwards ------------------------------------------------------------- */

/* The signals that are still without a value. A line is only looked at when it
 * ends like one of their identifiers. */
struct missing {
	const struct wave *w;
	size_t signals[SIGNALS_MAX];
	int last[SIGNALS_MAX]; /* byte of the identifier; -1: any */
	size_t n;
	struct str values
		[SIGNALS_MAX]; /* as the latest line of the chunk has it, with its identifier */
	bool found[SIGNALS_MAX];
	bool ends[256];
};

/* "1!", "b0101 !", "r2.5 !": the value and the identifier of a line. */
static bool split_line(const char *s, size_t len, size_t *value, const char **id, size_t *id_len)
{
	const char *blank = memrchr(s, ' ', len);

	if (len < 2 || *s == '#' || *s == '$')
		return false;
	*value = blank ? (size_t)(blank - s) : 1;
	*id = blank ? blank + 1 : s + 1;
	*id_len = len - (size_t)(*id - s);
	return true;
}

static void look_at(struct window *w, struct missing *m, const char *line, size_t len)
{
	const char *id;
	size_t value, id_len, stream;
	long signal;

	if (!split_line(line, len, &value, &id, &id_len))
		return;
	signal = vcd_scan_find(w->scan, id, id_len);
	if (signal < 0)
		return;
	stream = wave_stream(w->b.w, (size_t)signal);
	for (size_t i = 0; i < m->n; i++) {
		if (wave_stream(w->b.w, m->signals[i]) == stream) {
			str_clear(&m->values[i]);
			str_add(&m->values[i], line, value);
			m->found[i] = true;
			return;
		}
	}
}

/* Puts what a chunk had, and keeps what is still missing. */
static void settle(struct window *w, struct missing *m)
{
	size_t left = 0;

	for (size_t i = 0; i < m->n; i++) {
		if (m->found[i]) {
			const char *v = str_cstr(&m->values[i]);
			bool text = strchr("rRsS", *v) != NULL,
			     vector = text || *v == 'b' || *v == 'B';

			if (text)
				wave_make_real(w->b.w, m->signals[i]);
			wave_put_first(w->b.w, m->signals[i], v + vector,
				       m->values[i].len - vector);
			str_clear(&m->values[i]);
		} else {
			m->last[left] = m->last[i];
			m->signals[left++] = m->signals[i];
		}
		m->found[i] = false;
	}
	m->n = left;
	memset(m->ends, 0, sizeof(m->ends));
	for (size_t i = 0; i < m->n; i++) {
		if (m->last[i] < 0)
			memset(m->ends, 1, sizeof(m->ends));
		else
			m->ends[m->last[i]] = true;
	}
}

static void look_back(struct window *w, struct missing *m, uint64_t to)
{
	while (m->n && to > w->body && !w->failed) {
		uint64_t from = to > w->body + BACK ? to - BACK : w->body;
		size_t n = get(w, from, (size_t)(to - from));
		const char *p = w->buf, *end = w->buf + n, *nl;

		/* What is cut in front is the next chunk's. */
		if (from > w->body) {
			nl = memchr(p, '\n', n);
			if (!nl) {
				w->unfit = true; /* a line of a megabyte */
				return;
			}
			from += (uint64_t)(nl + 1 - p);
			p = nl + 1;
		}
		for (; (nl = memchr(p, '\n', (size_t)(end - p))) != NULL; p = nl + 1) {
			size_t len = (size_t)(nl - p);

			len -= len && p[len - 1] == '\r';
			if (len > 1 && m->ends[(unsigned char)p[len - 1]])
				look_at(w, m, p, len);
		}
		settle(w, m);
		to = from;
	}
}

static void learn_end(void *ctx, size_t signal, int last)
{
	struct missing *m = ctx;
	size_t stream = wave_stream(m->w, signal);

	for (size_t i = 0; i < m->n; i++) {
		if (wave_stream(m->w, m->signals[i]) == stream)
			m->last[i] = last;
	}
}

static bool find_values(struct window *w, uint64_t from)
{
	struct missing m = { .w = w->b.w };
	uint64_t a, b;
	size_t cols = w->want->cols > 0 && w->want->cols < SIGNALS_MAX - 2 ? (size_t)w->want->cols
									   : SIGNALS_MAX - 2;
	long more[] = { wave_clock(w->b.w), wave_reset(w->b.w) };

	m.n = wave_choose(w->b.w, w->time, w->want->rows, m.signals, cols, &a, &b);
	for (size_t i = 0; i < 2; i++) {
		if (more[i] >= 0)
			m.signals[m.n++] = (size_t)more[i];
	}
	vcd_scan_each(w->scan, learn_end, &m);
	settle(w, &m);
	look_back(w, &m, from);
	for (size_t i = 0; i < SIGNALS_MAX; i++)
		str_free(&m.values[i]);
	return !w->failed && !w->unfit;
}

static bool read_all(struct window *w)
{
	uint64_t end = 0, to, from = 0;

	if (!read_header(w) || !last_time(w, &end))
		return false;
	if (w->want->clock)
		wave_set_clock(w->b.w, w->want->clock(w->want->ctx, w->b.w));
	wave_set_end(w->b.w, end);
	w->time = w->want->when ? w->want->when(w->want->ctx, w->b.w) : w->want->time;
	to = w->time >= end ? w->size : after(w, w->time);
	w->b.until = w->time;
	if (w->failed || w->unfit || !read_window(w, to, &from))
		return false;
	wave_set_end(w->b.w, end);
	if (w->time < end)
		wave_limit(w->b.w, w->time + 1);
	return from <= w->body || find_values(w, from);
}

bool vcd_read_window(int fd, uint64_t size, const struct wave_want *want, struct wave **out,
		     bool *fits, struct err *err)
{
	struct window w = { .fd = fd, .size = size, .want = want };
	struct vcd_events ev = vcd_builder_events(&w.b);
	bool ok;

	w.b.w = wave_new(0);
	w.b.max_held = VCD_HELD;
	w.scan = vcd_scan_new(&ev);
	ok = read_all(&w);
	*fits = ok || w.failed;
	if (w.failed)
		err_set(err, ERR_IO, "%s", strerror(errno));
	*out = NULL;
	if (ok) {
		*out = w.b.w;
		w.b.w = NULL;
	}
	wave_free(w.b.w);
	vcd_scan_free(w.scan);
	free(w.buf);
	return ok;
}
