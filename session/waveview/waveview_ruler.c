/* The lines around the rows: times above the waves, and below them the cursor, the
 * markers and the distance between those.
 */
#include "config.h"

#include "session/base/str.h"
#include "session/waveview/waveview.h"
#include "session/waveview/waveview_draw.h"
#include "session/waveview/waveview_sample.h"

#define LABEL_CELLS 14 /* minimum distance of two times */

static void put(struct wave_lines *l, int line, int col, uint32_t cp, enum wave_style style)
{
	if (col >= 0 && col < l->cols) {
		l->cells[line * l->cols + col].cp = cp;
		l->cells[line * l->cols + col].style = (uint8_t)style;
	}
}

static int put_text(struct wave_lines *l, int line, int col, const char *text,
		    enum wave_style style)
{
	for (; *text; text++, col++) {
		unsigned char c = (unsigned char)*text;

		put(l, line, col, c >= 0x20 && c < 0x7f ? c : '?', style);
	}
	return col;
}

/* 1, 2 or 5 times a power of ten units, so that labels do not touch. */
uint64_t waveview_label_step(const struct waveview *v, int cells)
{
	uint64_t least = waveview_cell_start(v, cells) - v->from, step = 1;
	static const unsigned by[] = { 2, 5, 10 };

	if (least < 1)
		least = 1;
	for (;;) {
		for (size_t i = 0; i < 3; i++) {
			if (step >= least)
				return step;
			if (i == 2)
				break;
			if (step * by[i] >= least)
				return step * by[i];
		}
		if (step > UINT64_MAX / 100)
			return UINT64_MAX;
		step *= 10;
	}
}

void wave_draw_ruler(struct waveview *v, bool utf8, struct wave_lines *l)
{
	int cols = l->cols - l->wave_col;
	uint64_t step = waveview_label_step(v, LABEL_CELLS), end = v->t ? trace_end(v->t) : 0, at;
	struct str text = STR_INIT;

	if (!v->t || cols <= 0)
		return;
	at = v->from % step ? v->from - v->from % step + step : v->from;
	for (; at <= end && waveview_cell_of(v, at, cols) >= 0; at += step) {
		int col = l->wave_col + waveview_cell_of(v, at, cols);

		str_clear(&text);
		waveview_time_text(v->t, at, &text);
		put(l, 0, col, utf8 ? 0x2502 : '|', WAVE_DIM);
		if (col + 1 + (int)text.len <= l->cols)
			put_text(l, 0, col + 1, str_cstr(&text), WAVE_DIM);
		if (at > UINT64_MAX - step)
			break;
	}
	for (int m = 0; m < WAVEVIEW_MARKERS; m++)
		if (v->has_marker[m] && waveview_cell_of(v, v->marker[m], cols) >= 0)
			put(l, 0, l->wave_col + waveview_cell_of(v, v->marker[m], cols),
			    (uint32_t)('A' + m), WAVE_HEAD);
	str_free(&text);
}

static void between_markers(struct waveview *v, struct str *out)
{
	uint64_t a = v->marker[WAVEVIEW_A], b = v->marker[WAVEVIEW_B];
	struct waveview_cache *c = v->cache;

	if (a > b) {
		uint64_t keep = a;

		a = b;
		b = keep;
	}
	if (!c->has_cycles || c->from_marker != a || c->to_marker != b || c->clock != v->clock) {
		c->cycles = waveview_cycles(v, a, b, &c->more_cycles);
		c->from_marker = a;
		c->to_marker = b;
		c->clock = v->clock;
		c->has_cycles = true;
	}
	str_adds(out, "  B-A ");
	if (v->marker[WAVEVIEW_A] > v->marker[WAVEVIEW_B])
		str_addc(out, '-');
	waveview_time_text(v->t, b - a, out);
	if (v->clock != TRACE_NONE)
		str_addf(out, ", %s%zu edge%s", c->more_cycles ? "more than " : "", c->cycles,
			 c->cycles == 1 ? "" : "s");
}

void wave_draw_state(struct waveview *v, struct wave_lines *l)
{
	const char *problem = v->t ? trace_problem(v->t) : NULL;
	struct str text = STR_INIT;

	if (!v->t)
		return;
	waveview_time_text(v->t, v->cursor, &text);
	for (int m = 0; m < WAVEVIEW_MARKERS; m++) {
		if (!v->has_marker[m])
			continue;
		str_addf(&text, "  %c ", 'A' + m);
		waveview_time_text(v->t, v->marker[m], &text);
	}
	if (v->has_marker[WAVEVIEW_A] && v->has_marker[WAVEVIEW_B])
		between_markers(v, &text);
	str_adds(&text, "  of ");
	waveview_time_text(v->t, trace_end(v->t), &text);
	if (problem)
		str_addf(&text, "  (%s)", problem);
	put_text(l, l->rows - 1, 1, str_cstr(&text), problem ? WAVE_UNKNOWN : WAVE_DIM);
	str_free(&text);
}
