/* The lists of the log pane. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "ui/look/signs.h"
#include "ui/look/wrap.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/widget/log_list.h"

/* One row of a line; tabs become blanks. */
static void paint_part(struct frame *f, int row, int col, int end, unsigned style, const char *text,
		       size_t len)
{
	int left = col;

	for (size_t n; len && col < end; text += n, len -= n) {
		const char *tab = memchr(text, '\t', len);

		n = tab ? (size_t)(tab - text) : len;
		col = frame_text(f, row, col, end, style, text, n);
		if (n == 0) {
			col += 8 - (col - left) % 8;
			n = 1;
		}
	}
}

int paint_log_line(struct frame *f, struct rect r, int row, const struct log_line *line, bool wrap)
{
	size_t len = strlen(line->text), from = 0, to = len;
	int end = r.col + r.cols, indent = wrap ? wrap_indent(line->text, len, r.cols) : 0;

	do {
		if (wrap)
			to = wrap_indented(line->text, len, from, r.cols, indent);
		paint_part(f, r.row + row, r.col + (from ? indent : 0), end, line->style,
			   line->text + from, to - from);
		row++;
		from = to;
	} while (from < len && row < r.rows);
	if (!wrap && cluster_columns(line->text, len, 8) > r.cols) /* cut */
		frame_puts(f, r.row + row - 1, end - 1, end, STYLE_KEY, sign(SIGN_MORE));
	return row;
}

static void paint_list(struct frame *f, struct rect r, const struct log_list *l, bool focus)
{
	struct rect text = { r.row, r.col + 1, r.rows, r.cols - 1 };
	int row = 0;

	for (size_t i = l->top, n = log_list_shown(l); i < n && row < r.rows && text.cols > 0;
	     i++) {
		bool chosen = focus && i == l->chosen;
		int first = row;

		if (chosen)
			frame_puts(f, r.row + row, r.col, r.col + r.cols, STYLE_KEY, ">");
		row = paint_log_line(f, text, row, log_list_at(l, i), log_list_wraps(l, i));
		frame_spot(f, (struct rect){ r.row + first, r.col, row - first, r.cols },
			   SPOT_LOG_LINE, i);
		for (; chosen && first < row; first++)
			frame_embolden(f, r.row + first, r.col, r.col + r.cols);
	}
}

static const char *empty_text(const struct scene *s)
{
	static const char *const texts[LOG_TABS] = {
		"no findings (yet): F7 lints, and typing does",
		"F5 builds and runs a testbench",
		"F5 makes waves, they are shown here; F6 opens GTKWave",
		"what is sent to the backend, and what comes back",
		"the session so far",
	};

	if (s->log_tab == LOG_SIM && s->work.simulates)
		return "this run has printed nothing yet";
	return texts[s->log_tab];
}

/* Says which lines are missing: filtered out, or dropped. */
static void paint_kept(struct frame *f, struct rect r, const struct log_list *l, const char *who)
{
	int end = r.col + r.cols, col = r.col;

	if (l->filter)
		col = frame_putf(f, r.row, col, end, STYLE_DIM,
				 "only lines with %s; Esc shows all%s", l->filter,
				 l->dropped ? ", " : "");
	if (l->dropped)
		frame_putf(f, r.row, col, end, STYLE_DIM,
			   "%zu older lines are not shown; the %s all", l->dropped, who);
}

/* Drops hints from the end until they fit into cols cells; they are two blanks apart. */
static char *fitting(const char *hints, int cols)
{
	size_t len = strlen(hints), at;

	while ((int)len > cols) {
		for (at = len; at >= 2 && strncmp(hints + at - 2, "  ", 2) != 0;)
			at--;
		len = at >= 2 ? at - 2 : 0;
		if (!len)
			break;
	}
	return mem_strndup(hints, len);
}

void paint_log_title(struct frame *f, struct rect r, const struct scene *s, bool focus)
{
	const char *keys = s->log_tab == LOG_HISTORY
				   ? "Tab next  Enter shows that moment  / filters"
			   : s->wave ? "Tab next  z whole screen  ? keys"
				     : "Tab next  Enter jumps  / filters";
	struct str what = STR_INIT;
	char *fit;
	int col;

	for (int i = 0; i < LOG_TABS; i++)
		str_addf(&what, i == (int)s->log_tab ? "[%s] " : "%s ",
			 log_tab_name((enum log_tab)i));
	fit = fitting(focus ? keys : "", r.cols - (int)what.len - 7);
	col = paint_title(f, r, focus, "log", str_cstr(&what), fit);
	free(fit);
	for (int i = 0; i < LOG_TABS; i++) {
		int width =
			(int)strlen(log_tab_name((enum log_tab)i)) + (i == (int)s->log_tab ? 2 : 0);

		frame_spot(f, (struct rect){ r.row, col, 1, width }, SPOT_LOG_TAB, (size_t)i);
		col += width + 1;
	}
	str_free(&what);
}

void paint_log(struct frame *f, struct rect r, const struct scene *s, bool focus)
{
	const struct log_list *l = s->log;
	struct rect body = r;

	if (l->filter || l->dropped) {
		if (r.rows < 1)
			return;
		body.rows--;
		paint_kept(f, (struct rect){ r.row + r.rows - 1, r.col, 1, r.cols }, l,
			   s->log_tab == LOG_SIM ? "run's file has" : "session's journal has");
	}
	if (l->n == 0 && r.rows > 0)
		frame_puts(f, r.row, r.col + 1, r.col + r.cols, STYLE_DIM, empty_text(s));
	paint_list(f, body, l, focus);
}
