/* A view of a document: cursor, selection, scrolling.
 *
 * Offsets are bytes; the screen has columns; a cluster of several code points may take
 * one or two columns. Whatever converts between them reads a line in slices, since one
 * line may be the whole file. goal is the column that vertical moves keep to; a
 * horizontal move resets it.
 */
#include "config.h"

#include "ui/document/view.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/provenance.h"
#include "session/text/text.h"
#include "ui/look/cluster.h"
#include "ui/look/wrap.h"
#include "ui/terminal/keys.h"

/* Bytes of a line read at a time, since a line may be the whole file. */
#define SLICE 65536

void view_init(struct view *v, const char *path)
{
	memset(v, 0, sizeof(*v));
	v->path = mem_strdup(path);
	v->doc = SIZE_MAX;
	v->goal = -1;
	highlight_init(&v->colours, path);
	v->wrap = v->colours.syntax == SYNTAX_MARKDOWN;
}

void view_fini(struct view *v)
{
	free(v->path);
	highlight_fini(&v->colours);
	changes_fini(&v->changes);
	reach_fini(&v->reach);
	str_free(&v->explained);
	provenance_free(v->authors);
	memset(v, 0, sizeof(*v));
}

/* Selection --------------------------------------------------------------------- */

void view_selection(const struct view *v, size_t *from, size_t *to)
{
	*from = *to = v->cursor;
	if (!v->selecting)
		return;
	*from = v->anchor < v->cursor ? v->anchor : v->cursor;
	*to = v->anchor < v->cursor ? v->cursor : v->anchor;
}

void view_select(struct view *v, size_t from, size_t to)
{
	v->anchor = from;
	v->cursor = to;
	v->selecting = from != to;
	v->goal = -1;
}

void view_unselect(struct view *v)
{
	v->selecting = false;
}

void view_move(struct view *v, const struct text *t, size_t off, bool select)
{
	if (select && !v->selecting)
		v->anchor = v->cursor;
	v->selecting = select;
	v->cursor = off < text_len(t) ? off : text_len(t);
	v->goal = -1;
}

void view_go_line(struct view *v, const struct text *t, size_t line, size_t col_bytes)
{
	size_t start, end;

	if (line >= text_lines(t))
		line = text_lines(t) - 1;
	start = text_line_start(t, line);
	end = text_line_end(t, line);
	view_move(v, t, start + col_bytes < end ? start + col_bytes : end, false);
}

/* Clusters and words -------------------------------------------------------------- */

static char byte_at(const struct text *t, size_t off)
{
	size_t len;
	const char *p = text_run(t, off, &len);

	return len ? *p : '\0';
}

/* A CR before the LF is part of the line end. */
static size_t line_end(const struct text *t, size_t line)
{
	size_t end = text_line_end(t, line);

	return end > text_line_start(t, line) && end < text_len(t) && byte_at(t, end - 1) == '\r'
		       ? end - 1
		       : end;
}

size_t view_next(const struct text *t, size_t off)
{
	struct str s = STR_INIT;
	struct cluster c;
	size_t len = text_len(t) - off;
	size_t n;

	if (len == 0)
		return off;
	text_get(t, off, len < 64 ? len : 64, &s);
	if (s.data[0] == '\r' && s.len > 1 && s.data[1] == '\n') {
		n = 2;
	} else {
		cluster_next(s.data, s.len, &c);
		n = c.len;
	}
	str_free(&s);
	return off + n;
}

size_t view_before(const struct text *t, size_t off)
{
	struct str s = STR_INIT;
	size_t from = off > 64 ? off - 64 : 0;
	size_t at;

	if (off == 0)
		return 0;
	text_get(t, from, off - from, &s);
	at = s.len;
	if (s.data[at - 1] == '\n') {
		at -= at > 1 && s.data[at - 2] == '\r' ? 2 : 1;
	} else {
		size_t line = at;

		while (line > 0 && s.data[line - 1] != '\n')
			line--;
		at = line + cluster_before(s.data + line, at - line);
	}
	str_free(&s);
	return from + at;
}

static bool in_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

size_t view_word_right(const struct text *t, size_t off)
{
	size_t len = text_len(t);

	while (off < len && !in_word(byte_at(t, off)))
		off++;
	while (off < len && in_word(byte_at(t, off)))
		off++;
	return off;
}

size_t view_word_left(const struct text *t, size_t off)
{
	while (off > 0 && !in_word(byte_at(t, off - 1)))
		off--;
	while (off > 0 && in_word(byte_at(t, off - 1)))
		off--;
	return off;
}

void view_word_at(const struct text *t, size_t off, size_t *from, size_t *to)
{
	size_t len = text_len(t);

	*from = *to = off;
	while (*from > 0 && in_word(byte_at(t, *from - 1)))
		(*from)--;
	while (*to < len && in_word(byte_at(t, *to)))
		(*to)++;
}

/* Columns ----------------------------------------------------------------------------- */

/* Adds up the columns of [from, end) in *col, reading in slices. Stops before the
 * cluster that would pass until_col, unless that is negative; returns the offset
 * reached. */
static size_t walk(const struct text *t, size_t from, size_t end, int until_col, int *col)
{
	struct str s = STR_INIT;
	size_t off = from;

	while (off < end) {
		size_t want = end - off < SLICE ? end - off : SLICE, i = 0;
		bool last = off + want == end;

		str_clear(&s);
		text_get(t, off, want, &s);
		while (i < s.len && (last || i + 32 < s.len)) {
			size_t plain = cluster_bytes(s.data + i, s.len - i);
			struct cluster c;
			int width;

			if (!last && plain > s.len - 32 - i)
				plain = s.len - 32 - i;
			if (until_col >= 0 && plain > (size_t)(until_col - *col))
				plain = (size_t)(until_col - *col);
			if (plain) {
				*col += (int)plain;
				i += plain;
				continue;
			}
			cluster_next(s.data + i, s.len - i, &c);
			width = s.data[i] == '\t' ? VIEW_TAB - *col % VIEW_TAB : c.width;
			if (until_col >= 0 && *col + width > until_col) {
				str_free(&s);
				return off + i;
			}
			*col += width;
			i += c.len;
		}
		off += i;
	}
	str_free(&s);
	return off;
}

int view_column(const struct text *t, size_t off)
{
	int col = 0;

	walk(t, text_line_start(t, text_line_of(t, off)), off, -1, &col);
	return col;
}

size_t view_at_column(const struct text *t, size_t line, int col)
{
	int at = 0;

	return walk(t, text_line_start(t, line), line_end(t, line), col, &at);
}

/* Moving ------------------------------------------------------------------------------- */

static size_t vertical(struct view *v, const struct text *t, long by)
{
	long line = (long)text_line_of(t, v->cursor) + by;
	long last = (long)text_lines(t) - 1;

	if (v->goal < 0)
		v->goal = view_column(t, v->cursor);
	if (line < 0)
		return 0;
	if (line > last)
		return text_len(t);
	return view_at_column(t, (size_t)line, v->goal);
}

/* To the first non-blank of the line; if already there, to the line start. */
static size_t home(const struct view *v, const struct text *t)
{
	size_t line = text_line_of(t, v->cursor), start = text_line_start(t, line), at = start;
	size_t end = text_line_end(t, line);

	while (at < end && (byte_at(t, at) == ' ' || byte_at(t, at) == '\t'))
		at++;
	return v->cursor == at ? start : at;
}

bool view_key(struct view *v, const struct text *t, const struct key *k, int rows)
{
	bool word = k->mods & (KEY_CTRL | KEY_ALT), keep_goal = false;
	size_t line = text_line_of(t, v->cursor), to, from, end;
	int goal;

	view_selection(v, &from, &end);
	switch (k->code) {
	case KEY_LEFT:
		to = v->selecting && from != end && !(k->mods & KEY_SHIFT) ? from
		     : word ? view_word_left(t, v->cursor)
			    : view_before(t, v->cursor);
		break;
	case KEY_RIGHT:
		to = v->selecting && from != end && !(k->mods & KEY_SHIFT) ? end
		     : word ? view_word_right(t, v->cursor)
			    : view_next(t, v->cursor);
		break;
	case KEY_UP:
		to = vertical(v, t, -1);
		keep_goal = true;
		break;
	case KEY_DOWN:
		to = vertical(v, t, 1);
		keep_goal = true;
		break;
	case KEY_PAGE_UP:
		to = vertical(v, t, -(rows > 1 ? rows - 1 : 1));
		keep_goal = true;
		break;
	case KEY_PAGE_DOWN:
		to = vertical(v, t, rows > 1 ? rows - 1 : 1);
		keep_goal = true;
		break;
	case KEY_HOME:
		to = word ? 0 : home(v, t);
		break;
	case KEY_END:
		to = word ? text_len(t) : line_end(t, line);
		break;
	case KEY_CHAR:
		if (k->mods == KEY_CTRL && k->text[0] == 'e') {
			to = line_end(t, line);
			break;
		}
		return false;
	default:
		return false;
	}
	goal = v->goal;
	view_move(v, t, to, k->mods & KEY_SHIFT);
	if (keep_goal)
		v->goal = goal;
	return true;
}

/* Scrolling ------------------------------------------------------------------------------ */

int view_rows_of(const struct text *t, size_t line, int cols)
{
	struct str s = STR_INIT;
	size_t start = text_line_start(t, line), end = line_end(t, line);
	int rows;

	/* A longer line is not prose; the cursor can still reach its end. */
	text_get(t, start, end - start < (64u << 10) ? end - start : (64u << 10), &s);
	rows = wrap_rows(str_cstr(&s), s.len, cols, VIEW_TAB);
	str_free(&s);
	return rows;
}

static void follow_wrapped(struct view *v, const struct text *t, size_t line, int rows, int cols)
{
	int used = 0;

	v->left = 0;
	if (line < v->top)
		v->top = line;
	for (size_t l = line + 1; l-- > v->top;) {
		used += view_rows_of(t, l, cols);
		if (used > rows && l < line) {
			v->top = l + 1;
			break;
		}
	}
}

void view_follow(struct view *v, const struct text *t, int rows, int cols)
{
	size_t line, lines, filled;
	int col, least;
	bool wider = cols > v->cols;

	v->cols = cols;
	view_clamp(v, t);
	line = text_line_of(t, v->cursor);
	lines = text_lines(t);
	if (rows < 1 || cols < 1)
		return;
	if (v->wrap) {
		follow_wrapped(v, t, line, rows, cols);
		return;
	}
	/* After a text got shorter or a pane taller: at most half of it stays empty. */
	filled = (size_t)(rows - rows / 2);
	if (v->top + filled > lines)
		v->top = lines > filled ? lines - filled : 0;
	if (line < v->top || line >= v->top + (size_t)rows) {
		bool far = line + (size_t)rows < v->top || line > v->top + 2 * (size_t)rows;
		size_t above = far ? (size_t)rows / 2 : line < v->top ? 0 : (size_t)rows - 1;

		v->top = line > above ? line - above : 0;
	}
	col = view_column(t, v->cursor);
	least = col < cols ? 0 : col - cols + (cols > 16 ? 9 : 1);
	if (col < v->left)
		v->left = col > 8 ? col - 8 : 0;
	else if (col >= v->left + cols || (wider && v->left > least))
		v->left = least;
}

/* After an edit ------------------------------------------------------------------------------ */

static size_t moved(size_t at, size_t off, size_t removed, size_t ins)
{
	if (at <= off)
		return at;
	return at >= off + removed ? at - removed + ins : off + ins;
}

/* True if neither the inserted nor the removed text had a line end. */
static bool within_line(const struct view *v, const struct text *t, size_t off, size_t ins)
{
	struct str s = STR_INIT;
	bool within = text_lines(t) == v->colours.lines && ins <= 256 && off + ins <= text_len(t);

	if (within) {
		text_get(t, off, ins, &s);
		within = !memchr(str_cstr(&s), '\n', s.len);
	}
	str_free(&s);
	return within;
}

void view_edited(struct view *v, const struct text *t, size_t off, size_t removed, size_t ins)
{
	size_t line = text_line_of(t, off < text_len(t) ? off : text_len(t));

	v->cursor = moved(v->cursor, off, removed, ins);
	v->anchor = moved(v->anchor, off, removed, ins);
	if (within_line(v, t, off, ins))
		highlight_typed(&v->colours, line);
	else
		highlight_edited(&v->colours, line);
	view_clamp(v, t);
}

void view_typed(struct view *v, size_t line, size_t len)
{
	v->cursor += len;
	v->anchor = v->cursor;
	v->goal = -1;
	highlight_typed(&v->colours, line);
}

void view_clamp(struct view *v, const struct text *t)
{
	size_t len = text_len(t);

	if (v->cursor > len)
		v->cursor = len;
	if (v->anchor > len)
		v->anchor = len;
	if (v->top >= text_lines(t))
		v->top = text_lines(t) - 1;
}
