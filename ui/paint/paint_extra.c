/* Lines that a plugin made. */
#include "config.h"

#include <string.h>

#include "session/workbench/extensions.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"

static unsigned style_of(enum extra_style s)
{
	static const unsigned styles[] = {
		[EXTRA_PLAIN] = STYLE_TEXT, [EXTRA_TITLE] = STYLE_HEADING,
		[EXTRA_DIM] = STYLE_DIM,    [EXTRA_GOOD] = STYLE_GOOD,
		[EXTRA_RISK] = STYLE_RISK,  [EXTRA_ERROR] = STYLE_ERROR,
	};

	return styles[s];
}

void paint_extra(struct frame *f, struct rect r, const struct scene *s)
{
	const struct extra_pane *p = s->extra.pane;
	int row = r.row, end = r.row + r.rows;

	if (r.rows > 0 && (s->extra.why[0] || (s->extra.fills && p->n == 0))) {
		frame_puts(f, row++, r.col + 1, r.col + r.cols,
			   s->extra.why[0] ? STYLE_ERROR : STYLE_DIM,
			   s->extra.why[0] ? s->extra.why : "one moment");
	}
	for (size_t i = s->extra.top; i < p->n && row < end; i++, row++)
		frame_text(f, row, r.col + 1, r.col + r.cols, style_of(p->lines[i].style),
			   p->lines[i].text, strlen(p->lines[i].text));
}
