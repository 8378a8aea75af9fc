/* The title row of a pane. */
#include "config.h"

#include <string.h>

#include "session/base/str.h"
#include "ui/look/signs.h"
#include "ui/paint/paint.h"

#define PATH_LEAST 8 /* columns of a path; what follows it is cut before */

void path_fit(const char *path, int cols, struct str *out)
{
	size_t len = strlen(path), from = 0;

	if (cols < PATH_LEAST)
		cols = PATH_LEAST;
	if (cluster_columns(path, len, 0) > cols) {
		str_adds(out, sign(SIGN_MORE));
		from = cluster_tail(path, len, cols - 1);
	}
	str_add(out, path + from, len - from);
}

int title_room(struct rect r, bool focus, const char *name, const char *state)
{
	int left = r.cols - (int)strlen(name) - 3 - focus,
	    width = cluster_columns(state, strlen(state), 0);

	return width && width + 1 < left ? left - width - 2 : left;
}

int paint_title(struct frame *f, struct rect r, bool focus, const char *name, const char *what,
		const char *state)
{
	unsigned style = focus ? STYLE_FOCUS : STYLE_TITLE;
	int end = r.col + r.cols, col, width = cluster_columns(state, strlen(state), 0);

	frame_fill(f, (struct rect){ r.row, r.col, 1, r.cols }, style);
	col = frame_putf(f, r.row, r.col, end, style, " %s%s ", name, focus ? "*" : "");
	frame_puts(f, r.row, col + 1, width && width + 2 < end - col ? end - width - 2 : end, style,
		   what);
	if (width && width + 1 < end - col)
		frame_puts(f, r.row, end - width - 1, end, style, state);
	return col + 1;
}
