/* Pane positions. The screen size selects one of three shapes: two columns of two
 * panes, code above one other pane, or a single pane. Wishes (a dragged border, a grown
 * pane) are kept as percent, so they survive a resize, and are clamped so that no pane
 * disappears.
 */
#include "config.h"

#include "ui/look/layout.h"

#include <string.h>

#define WIDE	    120
#define NARROW_COLS 60
#define NARROW_ROWS 15
/* The code keeps at least this many rows as long as the lower pane has four. */
#define CODE_ROWS 15
/* Shares in percent: the defaults for the left column and for the upper pane of each
 * column, and the limits of a wish. */
#define USUAL_LEFT	  38
#define USUAL_UPPER_LEFT  35
#define USUAL_UPPER_RIGHT 70
#define USUAL_UPPER	  66 /* in one column */
#define LEFT_MIN	  15
#define LEFT_MAX	  70
#define UPPER_MIN	  10
#define UPPER_MAX	  90

/* Beside a question the chat shows its title, the input line, and this much of what came
 * before. The pane above it keeps as many rows. */
#define ASKED_CONTEXT 5

static int clamp(int v, int least, int most)
{
	return v > most ? most : v < least ? least : v;
}

static int share(int whole, int percent, int usual)
{
	return whole * (percent ? percent : usual) / 100;
}

/* Rows of the pane above the chat, of `rows` for both. */
static int above_chat(const struct layout_wish *w, int rows, int first)
{
	int least = rows - w->asked - ASKED_CONTEXT - 2;

	if (!w->asked || w->focus != PANE_CHAT || least >= first || first <= ASKED_CONTEXT)
		return first;
	return clamp(least, ASKED_CONTEXT, first);
}

/* Puts two panes one above the other into rows [0, rows). */
static void stack(struct layout *l, enum pane upper, enum pane lower, int rows, int first, int col,
		  int cols)
{
	l->pane[upper] = (struct rect){ 0, col, first, cols };
	l->pane[lower] = (struct rect){ first, col, rows - first, cols };
}

static void wide(int rows, int cols, const struct layout_wish *w, struct layout *out)
{
	int left = clamp(share(cols, w->left, USUAL_LEFT), 20, cols - 40);

	out->divider = left;
	stack(out, PANE_SPEC, PANE_CHAT, rows,
	      above_chat(w, rows, clamp(share(rows, w->upper_left, USUAL_UPPER_LEFT), 3, rows - 3)),
	      0, left);
	stack(out, PANE_CODE, PANE_LOG, rows,
	      clamp(share(rows, w->upper_right, USUAL_UPPER_RIGHT), 3, rows - 3), left + 1,
	      cols - left - 1);
}

void layout_make(int rows, int cols, const struct layout_wish *w, struct layout *out)
{
	int usable = rows > 1 ? rows - 1 : rows;
	int first;

	memset(out, 0, sizeof(*out));
	out->message = clamp(w->message, 0, rows > 2 ? rows / 2 : 0);
	usable -= out->message;
	out->divider = -1;
	out->status = rows > 1 ? rows - 1 : -1;
	if (w->zoom || cols < NARROW_COLS || rows < NARROW_ROWS) {
		out->pane[w->focus] = (struct rect){ 0, 0, usable, cols };
		return;
	}
	if (cols >= WIDE && !w->review) {
		wide(usable, cols, w, out);
		return;
	}
	first = share(usable, w->upper_right, USUAL_UPPER);
	if (usable - CODE_ROWS >= 4 && !w->upper_right)
		first = first < CODE_ROWS ? CODE_ROWS : first;
	stack(out, PANE_CODE, w->lower, usable, above_chat(w, usable, clamp(first, 3, usable - 3)),
	      0, cols);
}

void layout_show(struct layout_wish *w, enum pane p)
{
	if (p != PANE_CODE)
		w->lower = p;
}

void layout_focus(struct layout_wish *w, enum pane p)
{
	w->focus = p;
	layout_show(w, p);
}

static bool on_the_left(enum pane p)
{
	return p == PANE_SPEC || p == PANE_CHAT;
}

/* A larger share grows the upper pane, a smaller one the lower. */
void layout_grow(struct layout_wish *w, const struct layout *l, int by)
{
	bool two_columns = l->divider >= 0, left = two_columns && on_the_left(w->focus);
	bool upper = w->focus == PANE_CODE || (w->focus == PANE_SPEC && two_columns);
	int *share = left ? &w->upper_left : &w->upper_right;

	if (*share == 0)
		*share = left ? USUAL_UPPER_LEFT : two_columns ? USUAL_UPPER_RIGHT : USUAL_UPPER;
	*share = clamp(*share + (upper ? by : -by), UPPER_MIN, UPPER_MAX);
}

void layout_widen(struct layout_wish *w, int by)
{
	int left = w->left ? w->left : USUAL_LEFT;

	w->left = clamp(left + (on_the_left(w->focus) ? by : -by), LEFT_MIN, LEFT_MAX);
}

enum border layout_border_at(const struct layout *l, int row, int col)
{
	if (col == l->divider)
		return BORDER_COLUMNS;
	for (int p = 0; p < PANES; p++)
		if (l->pane[p].rows && l->pane[p].row > 0 && row == l->pane[p].row &&
		    rect_has(l->pane[p], row, col))
			return p == PANE_CHAT && l->divider >= 0 ? BORDER_LEFT : BORDER_RIGHT;
	return BORDER_NONE;
}

void layout_drag(struct layout_wish *w, enum border b, int row, int col, int rows, int cols)
{
	int percent = b == BORDER_COLUMNS ? col * 100 / (cols + 1) + 1
					  : row * 100 / (rows > 1 ? rows - 1 : 1) + 1;

	*(b == BORDER_COLUMNS ? &w->left
	  : b == BORDER_LEFT  ? &w->upper_left
			      : &w->upper_right) = clamp(percent, UPPER_MIN, UPPER_MAX);
}

enum pane layout_pane_at(const struct layout *l, int row, int col)
{
	for (int p = 0; p < PANES; p++)
		if (rect_has(l->pane[p], row, col))
			return (enum pane)p;
	return PANES;
}

struct rect pane_body(struct rect pane)
{
	return (struct rect){ pane.row + 1, pane.col, pane.rows > 0 ? pane.rows - 1 : 0,
			      pane.cols };
}

static const char *const names[PANES] = { "spec", "chat", "code", "log" };

const char *pane_name(enum pane p)
{
	return names[p];
}

bool pane_parse(const char *name, enum pane *p)
{
	for (int i = 0; i < PANES; i++) {
		if (strcmp(names[i], name) == 0 || (name[0] == '1' + i && !name[1])) {
			*p = (enum pane)i;
			return true;
		}
	}
	return false;
}
