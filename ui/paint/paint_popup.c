/* Paints what is on top of the panes: a menu of letters in as many rows as needed, a
 * prompt, a picker, a pager. A long input scrolls sideways to keep its cursor visible.
 */
#include "config.h"

#include <string.h>

#include "session/base/str.h"
#include "ui/look/signs.h"
#include "ui/look/wrap.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/widget/line_edit.h"
#include "ui/widget/popup.h"

/* The letters of a menu and what each does, at the bottom of the screen. Returns the
 * number of rows; without draw only counts. */
static int letters(struct frame *f, const struct popup *p, int row, bool draw)
{
	int col = 1, rows = 1;

	if (draw && p->title.len)
		frame_text(f, row, col, f->cols, STYLE_BADGE, p->title.data, p->title.len);
	col += p->title.len ? cluster_columns(p->title.data, p->title.len, 0) + 2 : 0;
	for (size_t i = 0; i < p->n + (p->kind == POPUP_CHOICE); i++) {
		const char *label = i < p->n ? p->v[i].label : "Esc";
		const char *detail = i < p->n ? p->v[i].detail : "cancels";
		int width = (int)strlen(label) + 1 + cluster_columns(detail, strlen(detail), 0);

		if (col + width > f->cols && col > 1) {
			rows++;
			col = 1;
		}
		if (draw) {
			frame_puts(f, row + rows - 1, col, f->cols, STYLE_KEY | STYLE_BAR, label);
			frame_puts(f, row + rows - 1, col + (int)strlen(label) + 1, f->cols,
				   STYLE_STATUS, detail);
			frame_spot(f, (struct rect){ row + rows - 1, col, 1, width }, SPOT_PICK, i);
		}
		col += width + 2;
	}
	return rows;
}

static void paint_letters(struct frame *f, const struct popup *p)
{
	int rows = letters(f, p, 0, false);

	frame_fill(f, (struct rect){ f->rows - rows, 0, rows, f->cols }, STYLE_STATUS);
	letters(f, p, f->rows - rows, true);
}

static void paint_input(struct frame *f, int row, const char *label, const struct popup *p)
{
	const struct line_edit *e = &p->input;
	unsigned style = STYLE_TEXT | STYLE_BAR | (p->offered ? STYLE_SELECTED : 0);
	const char *s = str_cstr(&e->text);
	int col, cols, cursor, left;

	frame_fill(f, (struct rect){ row, 0, 1, f->cols }, STYLE_STATUS);
	col = frame_putf(f, row, 1, f->cols, STYLE_KEY | STYLE_BAR, "%s ", label);
	cols = f->cols - col - 1;
	cursor = cluster_columns(s, e->cursor, 0);
	left = cursor >= cols ? cursor - cols + 1 : 0;
	for (size_t i = 0, at = 0; i < e->text.len;) {
		struct cluster c;

		cluster_next(s + i, e->text.len - i, &c);
		if ((int)at >= left && (int)at - left < cols)
			frame_cluster(f, row, col + (int)at - left, f->cols, style, &c);
		at += (size_t)c.width;
		i += c.len;
	}
	frame_cursor(f, row, col + cursor - left);
}

static struct rect box(const struct frame *f, int want_rows)
{
	int rows = want_rows < f->rows - 2 ? want_rows : f->rows - 2;
	int margin = f->cols >= 100 ? (f->cols - 92) / 2 : 0;

	return (struct rect){ f->rows - 1 - rows, margin, rows, f->cols - 2 * margin };
}

/* Text that does not fit is cut at a word, with a sign; a path loses its beginning. */
static void paint_detail(struct frame *f, int row, int col, int end, unsigned style,
			 const char *text, bool is_path)
{
	size_t len = strlen(text), fits = wrap_row(text, len, 0, end - col, 0);
	struct str path = STR_INIT;

	if (fits == len || end - col < 8) {
		frame_puts(f, row, col, end, style, text);
		return;
	}
	if (is_path) {
		path_fit(text, end - col, &path);
		frame_puts(f, row, col, end, style, str_cstr(&path));
		str_free(&path);
		return;
	}
	fits = wrap_row(text, len, 0, end - col - 2, 0);
	while (fits > 0 && text[fits - 1] == ' ')
		fits--;
	col = frame_text(f, row, col, end, style, text, fits);
	frame_putf(f, row, col, end, style, " %s", sign(SIGN_MORE));
}

/* Returns the column behind it. */
static int paint_label(struct frame *f, int row, int col, int end, unsigned style,
		       const struct pick *x)
{
	struct str path = STR_INIT;

	if (!x->names_path)
		return frame_puts(f, row, col, end, style, x->label);
	path_fit(x->label, end - col, &path);
	col = frame_puts(f, row, col, end, style, str_cstr(&path));
	str_free(&path);
	return col;
}

static void paint_picker(struct frame *f, const struct popup *p)
{
	struct rect r = box(f, f->rows * 2 / 3);
	size_t top = p->chosen >= (size_t)(r.rows - 1) ? p->chosen - (size_t)r.rows + 2 : 0;
	int end = r.col + r.cols, label = r.cols > 70 ? 30 : r.cols / 2;

	if (r.rows < 1) {
		paint_input(f, f->rows - 1, str_cstr(&p->title), p);
		return;
	}
	frame_fill(f, r, STYLE_TEXT);
	paint_title(f, r, true, str_cstr(&p->title),
		    popup_line(p) ? "Enter goes to this line"
		    : p->n_match  ? "Enter runs, Tab completes, Esc leaves"
				  : "nothing fits",
		    "");
	for (int i = 1; i < r.rows && top + (size_t)i - 1 < p->n_match; i++) {
		const struct pick *x = &p->v[p->match[top + (size_t)i - 1]];
		bool chosen = top + (size_t)i - 1 == p->chosen;
		unsigned style = chosen ? STYLE_CHOSEN : STYLE_TEXT;
		int col;

		if (chosen)
			frame_fill(f, (struct rect){ r.row + i, r.col, 1, r.cols }, style);
		frame_puts(f, r.row + i, r.col, end, style, chosen ? ">" : " ");
		col = paint_label(f, r.row + i, r.col + 2, end, style, x);
		paint_detail(f, r.row + i, col + 2 > r.col + label ? col + 2 : r.col + label, end,
			     chosen ? style : STYLE_DIM, x->detail, x->is_path);
		frame_spot(f, (struct rect){ r.row + i, r.col, 1, r.cols }, SPOT_PICK,
			   top + (size_t)i - 1);
	}
	paint_input(f, f->rows - 1, sign(SIGN_PROMPT), p);
}

static void paint_pager(struct frame *f, const struct popup *p)
{
	struct rect r = { 0, 0, f->rows - 1, f->cols };
	int row = 0;

	frame_fill(f, r, STYLE_TEXT);
	paint_title(f, r, true, str_cstr(&p->title), "q leaves, letters search, arrows scroll", "");
	r = (struct rect){ r.row + 1, 1, r.rows - 1, r.cols > 1 ? r.cols - 1 : 1 };
	for (size_t i = p->text.top, n = log_list_shown(&p->text); i < n && row < r.rows; i++)
		row = paint_log_line(f, r, row, log_list_at(&p->text, i), true);
	paint_input(f, f->rows - 1, "search", p);
}

void paint_popup(struct frame *f, const struct popup *p)
{
	if (f->rows < 1)
		return;
	switch (p->kind) {
	case POPUP_MENU:
	case POPUP_CHOICE:
		paint_letters(f, p);
		break;
	case POPUP_PROMPT:
		paint_input(f, f->rows - 1, str_cstr(&p->title), p);
		break;
	case POPUP_PICKER:
		paint_picker(f, p);
		break;
	case POPUP_PAGER:
		paint_pager(f, p);
		break;
	case POPUP_NONE:
		break;
	}
}
