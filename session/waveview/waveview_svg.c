/* Draws the same cells as the screen (waveview_sample) with lines, one pixel per cell, so
 * that a picture claims no more than the pane does.
 */
#include "config.h"

#include "session/waveview/waveview_export.h"

#include <string.h>

#include "session/base/str.h"
#include "session/waveview/waveview.h"
#include "session/waveview/waveview_draw.h"
#include "session/waveview/waveview_sample.h"

#define CELLS	  1000
#define NAME_PX	  7 /* per letter */
#define ROW_PX	  24
#define HEAD_PX	  24
#define LABEL_PX  90
#define HIGH_PX	  5 /* from the top of a row */
#define LOW_PX	  19
#define MIDDLE_PX 12

struct picture {
	struct waveview *v;
	const struct waveview_cache *c;
	struct str *out;
	int left; /* where the waves begin */
};

static void escape(struct str *out, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '<' || c == '&' || c == '>' || c == '"')
			str_addf(out, "&#%d;", c);
		else
			str_addc(out, c < 0x20 || c >= 0x7f ? '?' : (char)c);
	}
}

static void text_at(struct picture *p, int x, int y, const char *class, const char *text)
{
	str_addf(p->out, "<text class=\"%s\" x=\"%d\" y=\"%d\">", class, x, y);
	escape(p->out, text);
	str_adds(p->out, "</text>\n");
}

/* Number of cells from c on in the same run: of one value, or of several changes each. */
static int run_of(const struct wave_bin *b, int c)
{
	int n = 1;

	while (c + n < CELLS && b[c + n].kind == b[c].kind && b[c].kind != BIN_EDGE)
		n++;
	if (b[c].kind == BIN_EDGE)
		while (c + n < CELLS && b[c + n].kind == BIN_HOLD)
			n++;
	return n;
}

static void rect(struct picture *p, int c, int n, int y, const char *class)
{
	str_addf(p->out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n",
		 class, p->left + c, y + HIGH_PX, n, LOW_PX - HIGH_PX);
}

static void line(struct picture *p, int c, int n, int y, const char *class)
{
	str_addf(p->out, "<path class=\"%s\" d=\"M%d %dh%d\"/>\n", class, p->left + c, y, n);
}

static void edge(struct picture *p, int c, int y)
{
	str_addf(p->out, "<path class=\"l\" d=\"M%d %dV%d\"/>\n", p->left + c, y + HIGH_PX,
		 y + LOW_PX);
}

static void level(struct picture *p, int c, int n, int y, char after)
{
	if (after == '0' || after == '1')
		line(p, c, n, y + (after == '1' ? HIGH_PX : LOW_PX), "l");
	else if (after == 'z')
		line(p, c, n, y + MIDDLE_PX, "z");
	else
		rect(p, c, n, y, "x");
}

static void bus(struct picture *p, const struct wave_bin *b, int c, int n, int y)
{
	const char *text = "";

	for (int i = c; i < c + n && !text[0]; i++)
		text = waveview_bin_text(p->c, &b[i]);
	if (b[c].after == 'z') {
		line(p, c, n, y + MIDDLE_PX, "z");
		return;
	}
	if (b[c].after == 'x' || b[c].after == 'X' || b[c].after == 'u')
		rect(p, c, n, y, "x");
	line(p, c, n, y + HIGH_PX, "l");
	line(p, c, n, y + LOW_PX, "l");
	if ((int)strlen(text) * NAME_PX + 4 <= n)
		text_at(p, p->left + c + 4, y + LOW_PX - 3, "v", text);
}

static void draw_row(struct picture *p, size_t row, int y)
{
	const struct trace_signal *s = trace_signal_at(p->v->t, p->v->rows[row].signal);
	const struct wave_bin *b = waveview_bins_of(p->c, row);
	bool bit = s->kind == TRACE_BITS && s->width == 1;

	for (int c = 0, n; c < CELLS; c += n) {
		n = run_of(b, c);
		if (b[c].kind == BIN_MANY)
			rect(p, c, n, y, "m");
		else if (s->kind == TRACE_EVENT && b[c].kind == BIN_EDGE)
			edge(p, c, y);
		if (b[c].kind == BIN_NONE || b[c].kind == BIN_MANY || s->kind == TRACE_EVENT)
			continue;
		if (b[c].kind == BIN_EDGE)
			edge(p, c, y);
		if (bit)
			level(p, c, n, y, b[c].after);
		else
			bus(p, b, c, n, y);
	}
}

static void ruler(struct picture *p, int height)
{
	uint64_t step = waveview_label_step(p->v, LABEL_PX), at = p->v->from;
	uint64_t end = trace_end(p->v->t);
	struct str text = STR_INIT;

	at = at % step ? at - at % step + step : at;
	for (; at <= end && waveview_cell_of(p->v, at, CELLS) >= 0; at += step) {
		int x = p->left + waveview_cell_of(p->v, at, CELLS);

		str_clear(&text);
		waveview_time_text(p->v->t, at, &text);
		str_addf(p->out, "<path class=\"t\" d=\"M%d 18V%d\"/>\n", x, height);
		text_at(p, x + 3, 14, "n", str_cstr(&text));
		if (at > UINT64_MAX - step)
			break;
	}
	str_free(&text);
}

static int name_width(const struct waveview *v)
{
	struct str label = STR_INIT;
	int px = 60;

	for (size_t i = 0; i < v->n; i++) {
		int own;

		str_clear(&label);
		waveview_label(v, i, &label);
		own = ((int)(label.len < 60 ? label.len : 60) + 2 * v->rows[i].depth + 2) * NAME_PX;
		px = own > px ? own : px;
	}
	str_free(&label);
	return px;
}

static void head(struct picture *p, int width, int height)
{
	str_addf(p->out,
		 "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
		 "viewBox=\"0 0 %d %d\">\n",
		 width, height, width, height);
	str_adds(p->out, "<style>text{font:12px monospace}.n{fill:#444}.v{fill:#024}.l{stroke:#060}"
			 ".z{stroke:#a60}.t{stroke:#ddd}path{fill:none}.x{fill:#f99}.m{fill:#bbb}"
			 "</style>\n");
	str_addf(p->out, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", width, height);
}

void waveview_svg(struct waveview *v, uint64_t from, uint64_t to, struct str *out)
{
	struct picture p = { .v = v, .out = out, .left = name_width(v) };
	struct str label = STR_INIT;
	int height, lines = 0;

	for (size_t i = 0; i < v->n; i++)
		lines += waveview_shown(v, i);
	v->top = 0;
	waveview_zoom_range(v, from, to, CELLS);
	p.c = waveview_sample(v, lines, CELLS);
	height = HEAD_PX + lines * ROW_PX + 6;
	head(&p, p.left + CELLS + 10, height);
	ruler(&p, height);
	for (size_t i = 0; i < p.c->n_shown; i++) {
		size_t row = p.c->rows[i];
		int y = HEAD_PX + (int)i * ROW_PX;

		str_clear(&label);
		waveview_label(v, row, &label);
		text_at(&p, 4 + 2 * v->rows[row].depth * NAME_PX, y + LOW_PX - 3, "n",
			str_cstr(&label));
		if (v->rows[row].signal != TRACE_NONE)
			draw_row(&p, row, y);
	}
	str_adds(out, "</svg>\n");
	str_free(&label);
}
