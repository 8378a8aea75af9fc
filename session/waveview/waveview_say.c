/* Rows without a picture: sentences for a screen reader and for a prompt, and a table.
 * Both are one walk over the signals of the visible rows, with a line for each time with
 * a change.
 */
#include "config.h"

#include "session/waveview/waveview.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"

#define VALUE_BYTES 64
#define TIME_COLS   14

struct said {
	struct waveview *v;
	size_t *rows, *signals, n; /* rows with values */
	char **values;		   /* current values; NULL: not known */
	bool *changed;
	size_t lines;
	uint64_t time;
	bool any;      /* say: a line was begun */
	bool relevant; /* table: something other than the clock changed at time */
	int *width;    /* of the columns */
	struct str *out;
	bool cut;
};

static void begin(struct said *s, struct waveview *v, struct str *out)
{
	*s = (struct said){ .v = v, .out = out };
	s->rows = mem_calloc(v->n + 1, sizeof(*s->rows));
	s->signals = mem_calloc(v->n + 1, sizeof(*s->signals));
	for (size_t i = 0; i < v->n; i++) {
		if (v->rows[i].signal == TRACE_NONE || !waveview_shown(v, i))
			continue;
		s->rows[s->n] = i;
		s->signals[s->n++] = v->rows[i].signal;
	}
	s->values = mem_calloc(s->n + 1, sizeof(*s->values));
	s->changed = mem_calloc(s->n + 1, sizeof(*s->changed));
	s->width = mem_calloc(s->n + 1, sizeof(*s->width));
}

static void end(struct said *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->values[i]);
	free(s->values);
	free(s->changed);
	free(s->width);
	free(s->rows);
	free(s->signals);
}

static char *text_of(const struct said *s, size_t i, const struct trace_point *p)
{
	struct str text = STR_INIT;

	waveview_value_text(s->v, s->rows[i], p, VALUE_BYTES, &text);
	return str_take(&text);
}

/* "q 0->1", or "q=1" if the previous value is not known. */
static void word(struct said *s, size_t i, const struct trace_point *p)
{
	bool event = trace_signal_at(s->v->t, s->signals[i])->kind == TRACE_EVENT;
	char *now = text_of(s, i, p);
	struct str label = STR_INIT;

	waveview_word(s->v, s->rows[i], &label);
	str_addf(s->out, "%s%s", s->changed[0] ? "; " : " ", str_cstr(&label));
	s->changed[0] = true;
	if (event)
		str_adds(s->out, " fires");
	else if (s->values[i])
		str_addf(s->out, " %s->%s", s->values[i], now);
	else
		str_addf(s->out, "=%s", now);
	free(s->values[i]);
	s->values[i] = now;
	str_free(&label);
}

static bool say_change(void *ctx, size_t i, const struct trace_point *p)
{
	struct said *s = ctx;

	if (!s->any || p->time != s->time) {
		if (s->any)
			str_addc(s->out, '\n');
		if (s->lines++ >= WAVEVIEW_TIMES) {
			s->cut = true;
			s->any = false;
			return false;
		}
		str_adds(s->out, "t=");
		waveview_time_text(s->v->t, p->time, s->out);
		str_addc(s->out, ':');
		s->changed[0] = false;
		s->time = p->time;
		s->any = true;
	}
	word(s, i, p);
	return true;
}

static void say_cut(const struct said *s)
{
	if (s->cut)
		str_addf(s->out, "and more after %d lines; ask for a shorter time\n",
			 WAVEVIEW_TIMES);
}

void waveview_say(struct waveview *v, uint64_t from, uint64_t to, struct str *out)
{
	struct trace_point p;
	struct said s;

	begin(&s, v, out);
	for (size_t i = 0; i < s.n && from > 0; i++)
		if (trace_signal_at(v->t, s.signals[i])->kind != TRACE_EVENT &&
		    trace_at(v->t, s.signals[i], from - 1, &p))
			s.values[i] = text_of(&s, i, &p);
	if (s.n && v->t)
		trace_walk(v->t, s.signals, s.n, from, to, say_change, &s);
	if (s.any)
		str_addc(out, '\n');
	say_cut(&s);
	end(&s);
}

/* The table --------------------------------------------------------------------- */

static void cell(struct said *s, const char *text, int width)
{
	int len = (int)strlen(text);

	for (int i = len; i < width; i++)
		str_addc(s->out, ' ');
	str_adds(s->out, text);
}

static void take_values(struct said *s)
{
	struct trace_point p;

	for (size_t i = 0; i < s->n; i++) {
		bool event = trace_signal_at(s->v->t, s->signals[i])->kind == TRACE_EVENT;

		s->values[i] = trace_at(s->v->t, s->signals[i], s->time, &p) &&
					       (!event || p.time == s->time)
				       ? text_of(s, i, &p)
				       : mem_strdup("");
	}
}

/* An event is set at one time only. */
static void table_line(struct said *s)
{
	struct str time = STR_INIT;

	waveview_time_text(s->v->t, s->time, &time);
	cell(s, str_cstr(&time), TIME_COLS);
	for (size_t i = 0; i < s->n; i++) {
		str_adds(s->out, "  ");
		cell(s, s->values[i], s->width[i]);
		if (trace_signal_at(s->v->t, s->signals[i])->kind == TRACE_EVENT)
			s->values[i][0] = '\0';
	}
	while (s->out->data[s->out->len - 1] == ' ')
		str_cut(s->out, s->out->len - 1);
	str_addc(s->out, '\n');
	str_free(&time);
}

static bool flush(struct said *s)
{
	bool relevant = s->relevant;

	s->relevant = false;
	if (!relevant)
		return true;
	if (s->lines++ >= WAVEVIEW_TIMES) {
		s->cut = true;
		return false;
	}
	table_line(s);
	return true;
}

static bool table_change(void *ctx, size_t i, const struct trace_point *p)
{
	struct said *s = ctx;

	if (p->time != s->time && !flush(s))
		return false;
	s->time = p->time;
	free(s->values[i]);
	s->values[i] = text_of(s, i, p);
	s->relevant |=
		s->v->clock == TRACE_NONE || trace_signal_at(s->v->t, s->signals[i])->stream !=
						     trace_signal_at(s->v->t, s->v->clock)->stream;
	return true;
}

static void head(struct said *s)
{
	struct str label = STR_INIT;

	cell(s, "time", TIME_COLS);
	for (size_t i = 0; i < s->n; i++) {
		const struct trace_signal *x = trace_signal_at(s->v->t, s->signals[i]);
		int width = x->kind != TRACE_BITS		       ? 8
			    : s->v->rows[s->rows[i]].radix == WAVE_BIN ? x->width
								       : (x->width + 3) / 4;

		str_clear(&label);
		waveview_word(s->v, s->rows[i], &label);
		width = width > VALUE_BYTES ? VALUE_BYTES : width;
		s->width[i] = (int)label.len > width ? (int)label.len : width;
		str_adds(s->out, "  ");
		cell(s, str_cstr(&label), s->width[i]);
	}
	str_addc(s->out, '\n');
	str_free(&label);
}

void waveview_table(struct waveview *v, uint64_t from, uint64_t to, struct str *out)
{
	struct said s;

	begin(&s, v, out);
	if (s.n && v->t) {
		head(&s);
		s.time = from;
		take_values(&s);
		table_line(&s);
		if (from < to)
			trace_walk(v->t, s.signals, s.n, from + 1, to, table_change, &s);
		if (!s.cut)
			flush(&s);
	}
	say_cut(&s);
	end(&s);
}
