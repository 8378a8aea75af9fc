/* A few cycles of a few signals, as text.
 *
 * The clock is the signal that the run names as such, or the one named like a
 * clock that rises most. Rows are its edges, of the kind that the design waits for, up to the time that is
 * wanted, and each cell is the value right after its edge. Columns are the
 * clock, a reset, and what changed in these rows, from the testbench inwards.
 */
#include "config.h"

#include "session/tool/wave.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"

#define ROWS_MAX 1000
#define COLS_MAX 64
#define CELL_MAX 40 /* characters; a wider value is cut in front */

/* Which signals and which times the table shows. */
struct table {
	const struct wave *w;
	size_t cols[COLS_MAX];
	int n_cols, max_cols;
	uint64_t *times; /* of the rows */
	int n_times;
	long clock; /* signal; -1: none */
};

static bool has_word(const char *name, const char *part)
{
	return strcasestr(name, part) != NULL;
}

static bool is_clock_name(const char *name)
{
	return has_word(name, "clk") || has_word(name, "clock") || strcmp(name, "ck") == 0;
}

static bool is_reset_name(const char *name)
{
	return has_word(name, "rst") || has_word(name, "reset");
}

static int depth(const char *scope)
{
	int n = 0;

	for (; *scope; scope++)
		n += *scope == '.';
	return n;
}

static size_t rises(const struct wave *w, size_t signal)
{
	size_t n = wave_signal_at(w, signal)->changes, up = 0;

	for (size_t k = 0; k < n; k++) {
		uint64_t time;
		const char *value;
		size_t len;

		wave_change_at(w, signal, k, &time, &value, &len);
		up += k > 0 && value[0] == '1';
	}
	return up;
}

/* A net with several names counts once, under the first of them. */
static bool is_first_name(const struct wave *w, size_t signal, bool *seen)
{
	bool first = !seen[wave_stream(w, signal)];

	seen[wave_stream(w, signal)] = true;
	return first;
}

/* Without a word from the sources: who rises most often, of those that are
 * called clocks if there are any. */
static long guess_clock(const struct wave *w, bool named)
{
	bool *seen = mem_calloc(wave_signals(w) + 1, sizeof(*seen));
	size_t most = 1; /* a single rise is no clock */
	long clock = -1;

	for (size_t i = 0; i < wave_signals(w); i++) {
		const struct wave_signal *s = wave_signal_at(w, i);
		size_t n;

		/* n rises need 2n changes or one less */
		if (s->width != 1 || s->real || s->event || s->changes + 1 < 2 * most + 2 ||
		    (named && !is_clock_name(s->name)) || !is_first_name(w, i, seen))
			continue;
		n = rises(w, i);
		if (n > most) {
			most = n;
			clock = (long)i;
		}
	}
	free(seen);
	return clock;
}

long wave_clock(const struct wave *w)
{
	long clock = wave_clock_set(w);

	if (clock == WAVE_NO_CLOCK)
		return -1;
	if (clock < 0)
		clock = guess_clock(w, true);
	return clock < 0 ? guess_clock(w, false) : clock;
}

/* Keeps the latest, each once; times stays sorted. */
static bool add_time(struct table *t, uint64_t time, int rows)
{
	int i = t->n_times;

	while (i > 0 && t->times[i - 1] > time)
		i--;
	if (i > 0 && t->times[i - 1] == time)
		return true;
	if (t->n_times == rows) {
		if (i == 0)
			return false;
		memmove(t->times, t->times + 1, (size_t)(i - 1) * sizeof(*t->times));
		t->times[i - 1] = time;
		return true;
	}
	memmove(t->times + i + 1, t->times + i, (size_t)(t->n_times - i) * sizeof(*t->times));
	t->times[i] = time;
	t->n_times++;
	return true;
}

static bool is_edge(const struct table *t, const char *value)
{
	static const char *const to[] = {
		[WAVE_RISING] = "1", [WAVE_FALLING] = "0", [WAVE_BOTH] = "01"
	};

	return *value && strchr(to[wave_clock_edge(t->w)], *value);
}

static void add_times_of(struct table *t, size_t signal, uint64_t until, int rows, bool edges)
{
	for (size_t k = wave_changes_until(t->w, signal, until); k > 0; k--) {
		uint64_t time;
		const char *value;
		size_t len;

		wave_change_at(t->w, signal, k - 1, &time, &value, &len);
		if (time < wave_from(t->w))
			return;
		if (!edges || (k > 1 && is_edge(t, value))) {
			if (!add_time(t, time, rows))
				return;
		}
	}
}

static void find_times(struct table *t, uint64_t until, int rows)
{
	t->times = mem_calloc((size_t)rows + 1, sizeof(*t->times));
	if (t->clock >= 0) {
		add_times_of(t, (size_t)t->clock, until, rows, true);
	} else {
		for (size_t i = 0; i < wave_signals(t->w); i++)
			add_times_of(t, i, until, rows, false);
	}
	if (wave_signals(t->w))
		add_time(t, until, rows);
}

static bool changed(const struct table *t, size_t signal)
{
	return wave_changes_until(t->w, signal, t->times[0]) <
	       wave_changes_until(t->w, signal, t->times[t->n_times - 1]);
}

/* Nothing ever drove it: as telling as a change. */
static bool unknown(const struct table *t, size_t signal)
{
	size_t len;
	const char *value = wave_value(t->w, signal, t->times[t->n_times - 1], &len);
	const struct wave_signal *s = wave_signal_at(t->w, signal);

	return value && len && !s->real && !s->event && !changed(t, signal) &&
	       (memchr(value, 'x', len) || memchr(value, 'z', len));
}

static void add_col(struct table *t, size_t signal)
{
	if (t->n_cols < t->max_cols)
		t->cols[t->n_cols++] = signal;
}

long wave_reset(const struct wave *w)
{
	long best = -1;

	for (size_t i = 0; i < wave_signals(w); i++) {
		const struct wave_signal *s = wave_signal_at(w, i);

		if (s->width == 1 && !s->real && is_reset_name(s->name) &&
		    (best < 0 || depth(s->scope) < depth(wave_signal_at(w, (size_t)best)->scope)))
			best = (long)i;
	}
	return best;
}

/* From the testbench inwards, so that its names win over the same nets'. */
static void find_cols(struct table *t)
{
	bool *seen = mem_calloc(wave_signals(t->w) + 1, sizeof(*seen));
	long reset = wave_reset(t->w);
	int deepest = 0;

	if (t->clock >= 0 && is_first_name(t->w, (size_t)t->clock, seen))
		add_col(t, (size_t)t->clock);
	if (reset >= 0 && is_first_name(t->w, (size_t)reset, seen))
		add_col(t, (size_t)reset);
	for (int level = 0; level <= deepest && level < 64 && t->n_times; level++) {
		for (int x = 0; x < 2; x++) {
			for (size_t i = 0; i < wave_signals(t->w) && t->n_cols < t->max_cols; i++) {
				int d = depth(wave_signal_at(t->w, i)->scope);

				deepest = d > deepest ? d : deepest;
				if (d == level && (x ? unknown(t, i) : changed(t, i)) &&
				    is_first_name(t->w, i, seen))
					add_col(t, i);
			}
		}
	}
	free(seen);
}

/* How many bytes of the scopes all columns share, with the dot. */
static size_t common_scope(const struct table *t)
{
	const char *first;
	size_t len;

	if (t->n_cols == 0)
		return 0;
	first = wave_signal_at(t->w, t->cols[0])->scope;
	len = strlen(first);
	for (int i = 1; i < t->n_cols; i++) {
		const char *scope = wave_signal_at(t->w, t->cols[i])->scope;

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

static void title(const struct table *t, size_t signal, size_t common, struct str *out)
{
	const struct wave_signal *s = wave_signal_at(t->w, signal);
	const char *scope = s->scope + common;

	if (*scope == '.')
		scope++;
	str_clear(out);
	if (*scope)
		str_addf(out, "%s.", scope);
	str_adds(out, s->name);
}

static void cell(const struct table *t, size_t signal, uint64_t time, struct str *out)
{
	size_t len;
	const char *value = wave_value(t->w, signal, time, &len);

	str_clear(out);
	if (!value) {
		str_addc(out, '-');
		return;
	}
	wave_format(t->w, signal, value, len, out);
	if (out->len > CELL_MAX) {
		str_remove(out, 0, out->len - CELL_MAX);
		memcpy(out->data, "...", 3);
	}
}

static void head(const struct table *t, struct str *out)
{
	str_adds(out, "time in ");
	wave_unit_text(t->w, out);
	if (t->clock >= 0) {
		const struct wave_signal *s = wave_signal_at(t->w, (size_t)t->clock);

		static const char *const kinds[] = {
			[WAVE_RISING] = "rising ", [WAVE_FALLING] = "falling ", [WAVE_BOTH] = ""
		};
		enum wave_edge edge = wave_clock_edge(t->w);

		str_addf(out, "; values right after each %sedge of %s%s%s%s", kinds[edge], s->scope,
			 *s->scope ? "." : "", s->name,
			 edge == WAVE_BOTH ? " (both are used)" : "");
	}
	str_addc(out, '\n');
}

static void pad(struct str *out, size_t cols)
{
	while (cols--)
		str_addc(out, ' ');
}

static void body(const struct table *t, struct str *out)
{
	size_t common = common_scope(t), width[COLS_MAX + 1] = { strlen("time") };
	struct str s = STR_INIT;

	for (int row = -1; row < t->n_times; row++) {
		size_t n = row < 0 ? 0
				   : (size_t)snprintf(NULL, 0, "%llu",
						      (unsigned long long)t->times[row]);

		width[0] = n > width[0] ? n : width[0];
		for (int c = 0; c < t->n_cols; c++) {
			if (row < 0)
				title(t, t->cols[c], common, &s);
			else
				cell(t, t->cols[c], t->times[row], &s);
			width[c + 1] = s.len > width[c + 1] ? s.len : width[c + 1];
		}
	}
	for (int row = -1; row < t->n_times; row++) {
		if (row < 0)
			str_addf(out, "%*s", (int)width[0], "time");
		else
			str_addf(out, "%*llu", (int)width[0], (unsigned long long)t->times[row]);
		for (int c = 0; c < t->n_cols; c++) {
			if (row < 0)
				title(t, t->cols[c], common, &s);
			else
				cell(t, t->cols[c], t->times[row], &s);
			pad(out, 2 + width[c + 1] - s.len);
			str_add(out, str_cstr(&s), s.len);
		}
		str_addc(out, '\n');
	}
	str_free(&s);
}

bool wave_has_rows(const struct wave *w, uint64_t time, int rows)
{
	struct table t = { .w = w, .clock = wave_clock(w) };
	bool enough;

	if (wave_from(w) == 0)
		return true;
	/* One more, so that what changed in the first of them is seen. */
	rows = rows < 1 ? 2 : rows >= ROWS_MAX ? ROWS_MAX + 1 : rows + 1;
	find_times(&t, time, rows);
	enough = t.n_times == rows && t.times[0] > wave_from(w);
	free(t.times);
	return enough;
}

void wave_table(const struct wave *w, uint64_t time, int rows, int cols, struct str *out)
{
	struct table t = { .w = w, .clock = wave_clock(w) };

	time = time == UINT64_MAX ? wave_end(w) : time;
	rows = rows < 1 ? 1 : rows > ROWS_MAX ? ROWS_MAX : rows;
	t.max_cols = cols < 1 ? 1 : cols > COLS_MAX ? COLS_MAX : cols;
	find_times(&t, time, rows);
	find_cols(&t);
	head(&t, out);
	body(&t, out);
	free(t.times);
}

size_t wave_choose(const struct wave *w, uint64_t time, int rows, size_t *signals, size_t max,
		   uint64_t *from, uint64_t *to)
{
	struct table t = { .w = w,
			   .clock = wave_clock(w),
			   .max_cols = max < COLS_MAX ? (int)max : COLS_MAX };

	time = time == UINT64_MAX ? wave_end(w) : time;
	find_times(&t, time, rows < 2 ? 2 : rows > ROWS_MAX ? ROWS_MAX : rows);
	find_cols(&t);
	for (int i = 0; i < t.n_cols; i++)
		signals[i] = t.cols[i];
	*from = t.n_times ? t.times[0] : 0;
	*to = t.n_times ? t.times[t.n_times - 1] : 0;
	free(t.times);
	return (size_t)t.n_cols;
}
