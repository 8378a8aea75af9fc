/* Cells to bytes.
 *
 *   shown  --scroll the rows that moved-->  --write the cells that differ-->  frame
 *
 * A run of cells that differ is written with one move of the cursor. A few equal cells
 * between two runs are written too, since a move costs as many bytes. Blanks up to the
 * right edge are erased. A streamed answer moves most rows of its pane up, and a scroll
 * region does that in four sequences; the rows that come in are blank then.
 *
 * A style is written as a reset and all that it has, so that no sequence depends on the
 * one before. Where the cursor is after a character that is not ASCII is the terminal's
 * opinion, so the next move is absolute then.
 */
#include "config.h"

#include "ui/terminal/render.h"

#include <langinfo.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "ui/look/frame.h"
#include "ui/terminal/terminfo.h"

/* Equal cells between two changes that are written rather than jumped over. */
#define GAP_MAX 8
/* Rows that must have changed before a scroll is looked for; how many are tried; rows
 * that one must save. */
#define SCROLL_ROWS  4
#define SCROLL_TRIES 8
#define SCROLL_GAIN  3

#define LOOKS	 (STYLE_FLAG_SETS * STYLES)
#define PLAIN	 STYLE_TEXT
#define NO_STYLE UINT_MAX

struct render {
	struct terminfo *info;
	bool utf8;
	enum theme theme;
	char *look[LOOKS]; /* sequence of a style; NULL: not made yet */

	struct frame shown;
	bool all;	 /* of what the terminal shows nothing is known */
	int row, col;	 /* of the cursor; row -1: not known */
	unsigned style;	 /* that the terminal writes with; or NO_STYLE */
	const char *set; /* its sequence; NULL: not known */
	bool hidden;	 /* the cursor */
	char rescue[128];
};

struct render *render_new(const char *name, struct err *err)
{
	struct terminfo *info = terminfo_open(name, err);
	struct render *r;

	if (!info)
		return NULL;
	r = mem_zalloc(sizeof(*r));
	r->info = info;
	r->utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	snprintf(r->rescue, sizeof(r->rescue), "\033[m%s%s",
		 info->cap[CAP_SHOW] ? info->cap[CAP_SHOW] : "",
		 info->cap[CAP_LEAVE] ? info->cap[CAP_LEAVE] : "");
	frame_init(&r->shown);
	render_forget(r);
	return r;
}

static void drop_looks(struct render *r)
{
	for (size_t i = 0; i < LOOKS; i++) {
		free(r->look[i]);
		r->look[i] = NULL;
	}
}

void render_free(struct render *r)
{
	if (!r)
		return;
	drop_looks(r);
	terminfo_close(r->info);
	frame_fini(&r->shown);
	free(r);
}

const char *render_rescue(const struct render *r)
{
	return r->rescue;
}

/* Styles and the cursor --------------------------------------------------------------- */

static void add(const struct render *r, enum cap c, struct str *out)
{
	terminfo_add(r->info, c, out);
}

static void set_style(struct render *r, unsigned style, struct str *out)
{
	unsigned role = style & 0xff;
	struct str made = STR_INIT;
	char **look = &r->look[((style & STYLE_FLAGS) >> 8) * STYLES +
			       (role < STYLES ? role : STYLE_TEXT)];

	if (r->style == style)
		return;
	if (!*look) {
		terminfo_add_look(r->info, r->theme, style, &made);
		*look = str_take(&made);
	}
	if (!r->set || strcmp(r->set, *look) != 0) /* some styles look alike */
		str_adds(out, *look);
	r->set = *look;
	r->style = style;
}

void render_theme(struct render *r, enum theme t)
{
	r->theme = t;
	drop_looks(r);
	render_forget(r);
}

static void move_to(struct render *r, int row, int col, struct str *out)
{
	char text[32];

	if (r->row == row && r->col == col)
		return;
	if (!r->info->keeps_style)
		set_style(r, PLAIN, out);
	if (r->info->ansi_move)
		str_add(out, text,
			(size_t)snprintf(text, sizeof(text), "\033[%d;%dH", row + 1, col + 1));
	else
		terminfo_add_with(r->info, CAP_MOVE, row, col, out);
	r->row = row;
	r->col = col;
}

static void show_cursor(struct render *r, const struct frame *f, struct str *out)
{
	bool hide = f->cursor_row < 0;

	if (!hide)
		move_to(r, f->cursor_row, f->cursor_col, out);
	if (hide != r->hidden)
		add(r, hide ? CAP_HIDE : CAP_SHOW, out);
	r->hidden = hide;
}

/* Cells ------------------------------------------------------------------------------ */

/* Painters show control characters as escapes; none is ever sent raw. */
static bool is_control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0);
}

static void add_code_point(const struct render *r, uint32_t cp, struct str *out)
{
	char text[MB_LEN_MAX];
	mbstate_t state = { 0 };
	size_t n = is_control(cp) ? 0
		   : r->utf8	  ? utf8_encode(cp, text)
				  : wcrtomb(text, (wchar_t)cp, &state);

	if (n == 0 || n == (size_t)-1)
		str_addc(out, '?');
	else
		str_add(out, text, n);
}

/* Writes the cells [from, to) of a row, of which none is half of a character. */
static void write_cells(struct render *r, const struct cell *cells, int row, int from, int to,
			struct str *out)
{
	bool ascii = true;

	if (from >= to)
		return;
	move_to(r, row, from, out);
	for (int col = from; col < to; col++) {
		const struct cell *c = &cells[col];

		if (!c->width)
			continue;
		set_style(r, c->style, out);
		if (c->cp[0] >= 0x20 && c->cp[0] < 0x7f && !c->cp[1]) {
			str_addc(out, (char)c->cp[0]);
			continue;
		}
		ascii = false;
		add_code_point(r, c->cp[0], out);
		for (int i = 1; i <= CLUSTER_MARKS && c->cp[i]; i++)
			add_code_point(r, c->cp[i], out);
	}
	r->col = to;
	if (!ascii)
		r->row = -1;
}

/* To the right edge. */
static void erase_from(struct render *r, int row, int from, struct str *out)
{
	set_style(r, PLAIN, out);
	move_to(r, row, from, out);
	add(r, CAP_ERASE, out);
}

static bool same(const struct cell *a, const struct cell *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

static bool is_blank(const struct cell *c)
{
	return c->cp[0] == ' ' && !c->cp[1] && c->style == PLAIN;
}

/* The end of the run of changes that begins at from: up to more than GAP_MAX equal
 * cells, or one of another style. */
static int run_end(const struct cell *now, const struct cell *was, int from, int cols)
{
	int end = from + 1;

	for (int col = end; col < cols; col++) {
		if (!same(&now[col], &was[col]))
			end = col + 1;
		else if (col - end >= GAP_MAX || now[col].style != now[from].style)
			break;
	}
	return end;
}

static void draw_row(struct render *r, const struct frame *f, int row, struct str *out)
{
	const struct cell *now = &f->cells[row * f->cols];
	struct cell *was = &r->shown.cells[row * f->cols];
	size_t size = sizeof(*now) * (size_t)f->cols;
	int cols = f->cols - (r->info->last_scrolls && row == f->rows - 1), blanks = cols;

	if (memcmp(now, was, size) == 0)
		return;
	if (cols < f->cols && !now[cols].width) /* a wide character would reach the corner */
		blanks = --cols;
	while (r->info->cap[CAP_ERASE] && cols == f->cols && blanks > 0 &&
	       is_blank(&now[blanks - 1]))
		blanks--;
	for (int col = 0, end; col < cols; col = end) {
		end = col + 1;
		if (same(&now[col], &was[col]) || !now[col].width)
			continue;
		end = run_end(now, was, col, cols);
		if (end - blanks > GAP_MAX) {
			write_cells(r, now, row, col, blanks, out);
			erase_from(r, row, col < blanks ? blanks : col, out);
			break;
		}
		write_cells(r, now, row, col, end, out);
	}
	memcpy(was, now, size);
}

/* Scrolling -------------------------------------------------------------------------- */

/* Rows [top, bottom] of the terminal go up by `by` rows, or down if it is negative. Row
 * i of the frame is then the one shown, for all that come from within them. */
struct shift {
	int by, top, bottom;
	int gain; /* rows that need not be written */
};

static struct cell *row_of(const struct frame *f, int row)
{
	return &f->cells[row * f->cols];
}

static bool row_was(const struct render *r, const struct frame *f, int row, int was)
{
	return memcmp(row_of(f, row), row_of(&r->shown, was),
		      sizeof(struct cell) * (size_t)f->cols) == 0;
}

static bool row_is_blank(const struct frame *f, int row)
{
	int col = 0;

	while (col < f->cols && is_blank(&row_of(f, row)[col]))
		col++;
	return col == f->cols;
}

/* The scroll that brings row `was` of the terminal to row `row` of the frame, with all
 * rows around it that move along. */
static struct shift shift_of(const struct render *r, const struct frame *f, int row, int was)
{
	struct shift s = { .by = was - row };
	int first = row, last = row;

	while (first > f->from && first + s.by > f->from &&
	       row_was(r, f, first - 1, first - 1 + s.by))
		first--;
	while (last + 1 < f->to && last + 1 + s.by < f->to &&
	       row_was(r, f, last + 1, last + 1 + s.by))
		last++;
	s.top = s.by > 0 ? first : first + s.by;
	s.bottom = s.by > 0 ? last + s.by : last;
	for (int i = s.top; i <= s.bottom; i++) {
		bool moved = i >= first && i <= last, right = row_was(r, f, i, i);

		s.gain += moved - right;
	}
	return s;
}

/* A scroll that saves most of the changed rows, or the best of some. */
static struct shift find_shift(const struct render *r, const struct frame *f, int changed)
{
	struct shift best = { 0 };
	int tried = 0;

	for (int row = f->from; row < f->to; row++) {
		if (row_was(r, f, row, row) || row_is_blank(f, row))
			continue;
		for (int was = f->from; was < f->to; was++) {
			struct shift s;

			if (!row_was(r, f, row, was))
				continue;
			s = shift_of(r, f, row, was);
			best = s.gain > best.gain ? s : best;
			if (best.gain > changed / 2 || ++tried == SCROLL_TRIES)
				return best;
		}
	}
	return best;
}

static void repeat(struct render *r, enum cap one, enum cap many, int n, struct str *out)
{
	if (r->info->cap[many])
		terminfo_add_with(r->info, many, n, 0, out);
	else
		while (n-- > 0)
			add(r, one, out);
}

static void shift_shown(struct render *r, struct shift s)
{
	struct frame *f = &r->shown;
	int n = s.by > 0 ? s.by : -s.by, kept = s.bottom + 1 - s.top - n;
	size_t size = sizeof(struct cell) * (size_t)f->cols;

	memmove(row_of(f, s.by > 0 ? s.top : s.top + n), row_of(f, s.by > 0 ? s.top + n : s.top),
		size * (size_t)kept);
	frame_clear(f, (struct rect){ s.by > 0 ? s.bottom + 1 - n : s.top, 0, n, f->cols });
}

static void shift_rows(struct render *r, const struct frame *f, struct str *out)
{
	struct shift s;
	int changed = 0;

	if (!r->info->cap[CAP_REGION] || !r->info->cap[CAP_INDEX] ||
	    !r->info->cap[CAP_REVERSE_INDEX])
		return;
	for (int row = f->from; row < f->to; row++)
		changed += !row_was(r, f, row, row);
	if (changed < SCROLL_ROWS)
		return;
	s = find_shift(r, f, changed);
	if (s.gain < SCROLL_GAIN)
		return;
	set_style(r, PLAIN, out); /* the rows that come in have its background */
	terminfo_add_with(r->info, CAP_REGION, s.top, s.bottom, out);
	r->row = -1; /* that moved the cursor */
	move_to(r, s.by > 0 ? s.bottom : s.top, 0, out);
	if (s.by > 0)
		repeat(r, CAP_INDEX, CAP_INDEX_N, s.by, out);
	else
		repeat(r, CAP_REVERSE_INDEX, CAP_REVERSE_INDEX_N, -s.by, out);
	terminfo_add_with(r->info, CAP_REGION, 0, f->rows - 1, out);
	r->row = -1;
	shift_shown(r, s);
}

/* Frames ----------------------------------------------------------------------------- */

/* From here on the terminal shows nothing, if it can be cleared; else something that no
 * frame has. */
static void clear_shown(struct render *r, const struct frame *f, struct str *out)
{
	frame_reset(&r->shown, f->rows, f->cols);
	render_forget(r);
	set_style(r, PLAIN, out);
	add(r, CAP_CLEAR, out);
	if (!r->info->cap[CAP_CLEAR])
		for (int i = 0; i < f->rows * f->cols; i++)
			r->shown.cells[i].cp[0] = 0;
	r->all = false;
}

void render_frame(struct render *r, const struct frame *f, struct str *out)
{
	bool all = r->all || r->shown.rows != f->rows || r->shown.cols != f->cols;

	if (all)
		clear_shown(r, f, out);
	else
		shift_rows(r, f, out);
	for (int row = all ? 0 : f->from; row < (all ? f->rows : f->to); row++)
		draw_row(r, f, row, out);
	show_cursor(r, f, out);
}

void render_forget(struct render *r)
{
	r->all = true;
	r->row = -1;
	r->style = NO_STYLE;
	r->set = NULL;
}

void render_begin(struct render *r, struct str *out)
{
	add(r, CAP_ENTER, out);
	add(r, CAP_SHOW, out);
	r->hidden = false;
	render_forget(r);
}

/* A terminal without an alternate screen keeps our last frame, and the shell continues
 * in the last row. */
void render_end(struct render *r, struct str *out)
{
	set_style(r, PLAIN, out);
	r->row = -1;
	move_to(r, r->shown.rows ? r->shown.rows - 1 : 0, 0, out);
	if (!r->info->cap[CAP_LEAVE])
		add(r, CAP_ERASE, out);
	add(r, CAP_SHOW, out);
	add(r, CAP_LEAVE, out);
	render_forget(r);
}
