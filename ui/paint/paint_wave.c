/* The wave viewer: the drawing of session/waveview in the screen's colours. */
#include "config.h"

#include <langinfo.h>
#include <string.h>

#include "session/waveview/waveview.h"
#include "session/waveview/waveview_draw.h"
#include "ui/look/cluster.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"

/* Each style has its own character as well, so it can be read without colours. */
static const unsigned styles[] = {
	[WAVE_PLAIN] = STYLE_TEXT, [WAVE_DIM] = STYLE_DIM,     [WAVE_HEAD] = STYLE_HEADING,
	[WAVE_LEVEL] = STYLE_GOOD, [WAVE_BUS] = STYLE_NUMBER,  [WAVE_UNKNOWN] = STYLE_ERROR,
	[WAVE_FLOAT] = STYLE_RISK, [WAVE_WRONG] = STYLE_BADGE,
};

struct wave_shape wave_shape_of(struct rect r)
{
	static int utf8 = -1;

	if (utf8 < 0)
		utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	return (struct wave_shape){ .rows = r.rows, .cols = r.cols, .utf8 = utf8 };
}

static void paint_cell(struct frame *f, int row, int col, int end, const struct wave_cell *c,
		       bool focus)
{
	struct cluster one = { .len = 1, .width = 1, .cp = { c->cp ? c->cp : ' ' } };
	unsigned style = styles[c->style] | (c->cursor && focus ? STYLE_SELECTED : 0);

	if (c->cp || c->cursor)
		frame_cluster(f, row, col, end, style, &one);
}

void paint_wave(struct frame *f, struct rect r, const struct scene *s, bool focus)
{
	struct wave_shape shape = wave_shape_of(r);
	struct wave_lines l;

	if (r.rows < 1 || r.cols < 1)
		return;
	waveview_draw(s->wave, &shape, &l);
	for (int i = 0; i < l.rows; i++) {
		for (int c = 0; c < l.cols; c++)
			paint_cell(f, r.row + i, r.col + c, r.col + r.cols,
				   &l.cells[i * l.cols + c], true);
		frame_spot(f, (struct rect){ r.row + i, r.col, 1, r.cols }, SPOT_WAVE, l.row[i]);
		if (focus && l.row[i] != TRACE_NONE && l.row[i] == s->wave->chosen)
			frame_embolden(f, r.row + i, r.col, r.col + l.wave_col);
	}
	wave_lines_fini(&l);
}
