/* Each signal refers to a stream of changes; signals of the same net share one. A
 * change takes 16 bytes. Most values are a single character, so values of up to four
 * are stored in the change, longer ones in the stream's text.
 */
#include "config.h"

#include "tests/lib/wave.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"

#define REAL_MAX 64 /* characters; longer than any printed real */

struct change {
	uint64_t time;
	union {
		uint32_t at;
		char here[4];
	};
	uint32_t len;
};

struct stream {
	bool real; /* values are texts of any kind */
	struct change *v;
	size_t n, cap;
	char *text;
	size_t text_len, text_cap;
};

struct signal {
	struct wave_signal pub;
	size_t stream;
};

struct wave {
	struct signal *signals;
	size_t n_signals, cap_signals;
	struct stream *streams;
	size_t n_streams, cap_streams;
	struct strv scopes; /* consecutive signals of the same scope share one entry */
	int magnitude, exponent;
	bool has_timescale;
	uint64_t now;
};

struct wave *wave_new(void)
{
	struct wave *w = mem_zalloc(sizeof(*w));

	w->magnitude = 1;
	w->exponent = -9;
	return w;
}

void wave_free(struct wave *w)
{
	if (!w)
		return;
	for (size_t i = 0; i < w->n_signals; i++)
		free((char *)w->signals[i].pub.name);
	for (size_t i = 0; i < w->n_streams; i++) {
		free(w->streams[i].v);
		free(w->streams[i].text);
	}
	strv_free(&w->scopes);
	free(w->signals);
	free(w->streams);
	free(w);
}

void wave_set_timescale(struct wave *w, int magnitude, int exponent)
{
	w->magnitude = magnitude;
	w->exponent = exponent;
	w->has_timescale = true;
}

bool wave_timescale(const struct wave *w, int *magnitude, int *exponent)
{
	*magnitude = w->magnitude;
	*exponent = w->exponent;
	return w->has_timescale;
}

static const char *keep_scope(struct wave *w, const char *scope)
{
	if (w->scopes.n == 0 || strcmp(w->scopes.v[w->scopes.n - 1], scope) != 0)
		strv_add(&w->scopes, scope);
	return w->scopes.v[w->scopes.n - 1];
}

size_t wave_add_signal(struct wave *w, const struct wave_signal *s, long same_as)
{
	struct signal *new;

	assert(same_as < 0 || (size_t)same_as < w->n_signals);
	MEM_ROOM(w->signals, w->n_signals, w->cap_signals);
	new = &w->signals[w->n_signals];
	new->pub = *s;
	new->pub.scope = keep_scope(w, s->scope ? s->scope : "");
	new->pub.name = mem_strdup(s->name ? s->name : "");
	new->pub.changes = 0;
	if (new->pub.width < 1)
		new->pub.width = 1;
	if (same_as >= 0) {
		new->stream = w->signals[same_as].stream;
	} else {
		MEM_ROOM(w->streams, w->n_streams, w->cap_streams);
		w->streams[w->n_streams] = (struct stream){ .real = s->real };
		new->stream = w->n_streams++;
	}
	return w->n_signals++;
}

static const char *value_of(const struct stream *s, const struct change *c)
{
	return c->len <= sizeof(c->here) ? c->here : s->text + c->at;
}

static char bit(char c)
{
	switch (c) {
	case '0':
	case '1':
	case 'x':
	case 'z':
		return c;
	case 'Z':
		return 'z';
	case 'l':
	case 'L': /* VHDL's weak 0 and 1 */
		return '0';
	case 'h':
	case 'H':
		return '1';
	default:
		return 'x'; /* X, -, and VHDL's other states */
	}
}

/* Removes what VCD's extension rule adds again: 0 before 0 and 1, x before x, z before z. */
static void cut_fill(const char **value, size_t *len)
{
	const char *v = *value;
	size_t n = *len;

	while (n > 1) {
		char a = bit(v[0]), b = bit(v[1]);

		if (a == '1' || (a == '0' ? b != '0' && b != '1' : a != b))
			break;
		v++;
		n--;
	}
	*value = v;
	*len = n;
}

static void pop(struct stream *s)
{
	const struct change *c = &s->v[--s->n];

	if (c->len > sizeof(c->here))
		s->text_len = c->at;
}

static bool same(const struct stream *s, const struct change *c, const char *value, size_t len,
		 bool real)
{
	const char *old = value_of(s, c);

	if (c->len != len)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (old[i] != (real ? value[i] : bit(value[i])))
			return false;
	}
	return true;
}

static void push(struct wave *w, struct stream *s, const char *value, size_t len, bool real)
{
	struct change *c;
	char *to;

	MEM_ROOM(s->v, s->n, s->cap);
	c = &s->v[s->n++];
	c->time = w->now;
	c->len = (uint32_t)len;
	to = c->here;
	if (len > sizeof(c->here)) {
		s->text_cap = mem_grow((void **)&s->text, s->text_cap, s->text_len + len, 1);
		c->at = (uint32_t)s->text_len;
		to = s->text + s->text_len;
		s->text_len += len;
	}
	for (size_t i = 0; i < len; i++)
		to[i] = real ? (value[i] > ' ' && value[i] < 127 ? value[i] : '?') : bit(value[i]);
}

void wave_change(struct wave *w, size_t signal, uint64_t time, const char *value, size_t vlen)
{
	const struct wave_signal *sig = &w->signals[signal].pub;
	struct stream *s = &w->streams[w->signals[signal].stream];

	assert(signal < w->n_signals);
	if (time > w->now)
		w->now = time;
	if (vlen == 0)
		return;
	if (s->real) {
		vlen = vlen < REAL_MAX ? vlen : REAL_MAX;
	} else {
		if (vlen > (size_t)sig->width) {
			value += vlen - (size_t)sig->width;
			vlen = (size_t)sig->width;
		}
		cut_fill(&value, &vlen);
	}
	/* The last of several changes at one time wins. */
	if (s->n && s->v[s->n - 1].time == w->now)
		pop(s);
	assert(s->text_len + vlen <= UINT32_MAX);
	if (s->n && !sig->event && same(s, &s->v[s->n - 1], value, vlen, s->real))
		return;
	push(w, s, value, vlen, s->real);
}

void wave_make_real(struct wave *w, size_t signal)
{
	assert(signal < w->n_signals);
	w->streams[w->signals[signal].stream].real = true;
}

void wave_set_end(struct wave *w, uint64_t time)
{
	if (time > w->now)
		w->now = time;
}

size_t wave_signals(const struct wave *w)
{
	return w->n_signals;
}

const struct wave_signal *wave_signal_at(const struct wave *w, size_t i)
{
	struct signal *s;

	assert(i < w->n_signals);
	s = &w->signals[i];
	s->pub.changes = w->streams[s->stream].n;
	s->pub.real = w->streams[s->stream].real;
	return &s->pub;
}

size_t wave_stream(const struct wave *w, size_t i)
{
	assert(i < w->n_signals);
	return w->signals[i].stream;
}

uint64_t wave_end(const struct wave *w)
{
	return w->now;
}

long wave_find(const struct wave *w, const char *full)
{
	size_t len = strlen(full);

	for (size_t i = 0; i < w->n_signals; i++) {
		const struct wave_signal *s = &w->signals[i].pub;
		size_t scope = strlen(s->scope);

		if (scope == 0 && strcmp(s->name, full) == 0)
			return (long)i;
		if (scope && scope < len && memcmp(s->scope, full, scope) == 0 &&
		    full[scope] == '.' && strcmp(s->name, full + scope + 1) == 0)
			return (long)i;
	}
	return -1;
}

static size_t until(const struct stream *s, uint64_t time)
{
	size_t low = 0, high = s->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (s->v[mid].time <= time)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

size_t wave_changes_until(const struct wave *w, size_t signal, uint64_t time)
{
	return until(&w->streams[w->signals[signal].stream], time);
}

const char *wave_value(const struct wave *w, size_t signal, uint64_t time, size_t *len)
{
	const struct stream *s;
	size_t n;

	assert(signal < w->n_signals);
	s = &w->streams[w->signals[signal].stream];
	n = until(s, time);
	*len = 0;
	if (w->signals[signal].pub.event) {
		*len = 1;
		return n && s->v[n - 1].time == time ? "1" : "0";
	}
	if (n == 0)
		return NULL;
	*len = s->v[n - 1].len;
	return value_of(s, &s->v[n - 1]);
}

void wave_change_at(const struct wave *w, size_t signal, size_t k, uint64_t *time,
		    const char **value, size_t *len)
{
	const struct stream *s = &w->streams[w->signals[signal].stream];

	assert(signal < w->n_signals && k < s->n);
	*time = s->v[k].time;
	*value = value_of(s, &s->v[k]);
	*len = s->v[k].len;
}
