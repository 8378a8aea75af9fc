/* WaveDrom draws columns of equal width, but a run has no fixed steps. So each time with
 * a change is a column.
 */
#include "config.h"

#include "session/waveview/waveview_export.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/waveview/waveview.h"

#define VALUE_BYTES 64

struct columns {
	uint64_t *v;
	size_t n, cap;
	bool cut;
};

static bool on_change(void *ctx, size_t which, const struct trace_point *p)
{
	struct columns *c = ctx;

	if (c->n && c->v[c->n - 1] == p->time)
		return true;
	if (c->n == WAVEJSON_COLUMNS) {
		c->cut = true;
		return false;
	}
	MEM_PUSH(c->v, c->n, c->cap, p->time);
	return true;
}

static void find_columns(struct waveview *v, uint64_t from, uint64_t to, struct columns *c)
{
	size_t *signals = mem_calloc(v->n + 1, sizeof(*signals)), n = 0;
	struct trace_point first = { .time = from };

	for (size_t i = 0; i < v->n; i++)
		if (v->rows[i].signal != TRACE_NONE && waveview_shown(v, i))
			signals[n++] = v->rows[i].signal;
	on_change(c, 0, &first);
	if (n && from < to)
		trace_walk(v->t, signals, n, from + 1, to, on_change, c);
	free(signals);
}

/* A WaveDrom character; '=' has a word in data. */
static char sign_of(const struct trace_signal *s, const struct trace_point *p, uint64_t time)
{
	size_t x = 0, z = 0;

	if (s->kind == TRACE_EVENT)
		return p && p->time == time ? '1' : '0';
	if (!p)
		return 'x';
	if (s->kind != TRACE_BITS)
		return '=';
	for (size_t i = 0; i < p->len; i++) {
		z += p->value[i] == 'z';
		x += !strchr("01zhl", p->value[i]) || !p->value[i];
	}
	if (x == p->len || z == p->len)
		return x ? 'x' : 'z';
	if (p->len > 1)
		return '=';
	return p->value[0] == 'h' ? '1' : p->value[0] == 'l' ? '0' : p->value[0];
}

static void write_row(struct waveview *v, size_t row, const struct columns *c, struct str *out)
{
	const struct trace_signal *s = trace_signal_at(v->t, v->rows[row].signal);
	struct str wave = STR_INIT, data = STR_INIT, label = STR_INIT, last = STR_INIT;
	char before = 0;

	for (size_t i = 0; i < c->n; i++) {
		struct str text = STR_INIT;
		struct trace_point p;
		bool any = trace_at(v->t, v->rows[row].signal, c->v[i], &p);
		char sign = sign_of(s, any ? &p : NULL, c->v[i]);
		bool same;

		if (sign == '=')
			waveview_value_text(v, row, &p, VALUE_BYTES, &text);
		same = sign == before && strcmp(str_cstr(&text), str_cstr(&last)) == 0;
		str_addc(&wave, same ? '.' : sign);
		if (!same && sign == '=') {
			str_adds(&data, data.len ? "," : "");
			json_quote(&data, str_cstr(&text), text.len);
		}
		before = sign;
		str_free(&last);
		last = text;
	}
	waveview_label(v, row, &label);
	str_adds(out, "{\"name\":");
	json_quote(out, str_cstr(&label), label.len);
	str_addf(out, ",\"wave\":\"%s\"", str_cstr(&wave));
	if (data.len)
		str_addf(out, ",\"data\":[%s]", data.data);
	str_addc(out, '}');
	str_free(&wave);
	str_free(&data);
	str_free(&label);
	str_free(&last);
}

/* Writes the rows from at on that have this depth; a group is a list that begins with
 * its name. */
static size_t write_rows(struct waveview *v, size_t at, int depth, const struct columns *c,
			 bool first, struct str *out)
{
	while (at < v->n && v->rows[at].depth >= depth) {
		const struct waveview_row *r = &v->rows[at];

		if (!r->group && r->signal == TRACE_NONE) {
			at++;
			continue;
		}
		str_adds(out, first ? "\n" : ",\n");
		first = false;
		if (!r->group) {
			write_row(v, at++, c, out);
			continue;
		}
		str_addc(out, '[');
		json_quote(out, r->name, strlen(r->name));
		at = r->open ? write_rows(v, at + 1, r->depth + 1, c, false, out)
			     : waveview_end(v, at);
		str_addc(out, ']');
	}
	return at;
}

bool waveview_wavejson(struct waveview *v, uint64_t from, uint64_t to, struct str *out,
		       struct err *err)
{
	struct columns c = { 0 };
	struct str time = STR_INIT;

	find_columns(v, from, to, &c);
	if (c.cut) {
		free(c.v);
		return err_set(err, ERR_LIMIT,
			       "more than %d times with changes; ask for a shorter time",
			       WAVEJSON_COLUMNS);
	}
	str_adds(out, "{\"signal\":[");
	write_rows(v, 0, 0, &c, true, out);
	str_adds(out, "\n],\"posedge\":{\"times\":[");
	for (size_t i = 0; i < c.n; i++) {
		str_clear(&time);
		waveview_time_text(v->t, c.v[i], &time);
		str_adds(out, i ? "," : "");
		json_quote(out, str_cstr(&time), time.len);
	}
	str_adds(out, "]}}\n");
	str_free(&time);
	free(c.v);
	return true;
}
