/* A document: gutter, coloured text, selection, matches, cursor.
 *
 *   E  14~m! assign q = d;
 *   |  |  ||| '- the text from column left on
 *   |  |  ||'- ! no test reached it, ? nor an earlier version of it; after `coverage`
 *   |  |  |'- author, with gutter.authors
 *   |  |  '- ~ changed since the last save
 *   |  '- line number
 *   '- the worst finding of the line: E error, R risk, s style
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/provenance.h"
#include "session/journal/state.h"
#include "session/text/find.h"
#include "session/text/text.h"
#include "session/output/diag.h"
#include "ui/document/editor.h"
#include "ui/document/view.h"
#include "ui/look/wrap.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"

/* Bytes of a line fetched at most. */
#define LINE_BYTES (16u << 20)

int gutter_cols(const struct scene *s, const struct view *v, const struct text *t)
{
	int digits = 3;

	if (v->wrap || !t)
		return 1;
	for (size_t n = text_lines(t); n >= 1000; n /= 10)
		digits++;
	return digits + 3 + s->options.authors + reach_known(&v->reach);
}

struct line_paint {
	struct frame *f;
	const struct scene *s;
	const struct view *v;
	const struct text *t;
	size_t from, to;	   /* the selection */
	size_t match[2];	   /* the matching bracket */
	const struct diag **found; /* findings on the painted lines */
	size_t n_found;
	struct line_memory *line;
	int cursor_col; /* set by paint_text(): where the cursor is; -1: not in what it painted */
};

/* Collects the findings on the lines to be painted in one pass: there may be
 * thousands of findings, and a screen has a few dozen lines. The caller frees
 * p->found. */
static void gather_findings(struct line_paint *p, size_t first, size_t lines)
{
	const struct diag_list *l = p->s->state->found;
	size_t cap = 0;

	for (size_t i = 0; l && i < diag_list_len(l); i++) {
		const struct diag *d = diag_list_at(l, i);

		if (d->line < 1 || (size_t)d->line - 1 < first ||
		    (size_t)d->line - 1 - first >= lines || strcmp(d->path, p->v->path) != 0)
			continue;
		MEM_PUSH(p->found, p->n_found, cap, d);
	}
}

/* Letter of the worst finding on a line, or ' '. */
static char finding_mark(const struct line_paint *p, size_t line, unsigned *style)
{
	bool style_counts = p->s->options.style;
	int worst = DIAG_STYLE + 1;

	for (size_t i = 0; i < p->n_found; i++) {
		const struct diag *d = p->found[i];

		if (d->line == (int)line + 1 && (int)d->rank < worst &&
		    (d->rank != DIAG_STYLE || style_counts))
			worst = (int)d->rank;
	}
	*style = worst == DIAG_ERROR ? STYLE_ERROR : worst == DIAG_RISK ? STYLE_RISK : STYLE_DIM;
	return worst == DIAG_ERROR   ? 'E'
	       : worst == DIAG_RISK  ? 'R'
	       : worst == DIAG_STYLE ? 's'
				     : ' ';
}

static unsigned flags_at(const struct line_paint *p, size_t off)
{
	unsigned flags = off >= p->from && off < p->to ? STYLE_SELECTED : 0;

	return flags | (off >= p->match[0] && off < p->match[1] ? STYLE_MATCH : 0);
}

/* Paints the character at the start of s, which is len bytes long, in view column col; the
 * columns left of `left` are not shown. Returns the column after it; *n: its bytes. */
static int paint_one(const struct line_paint *p, int row, struct rect r, int left, int col,
		     unsigned style, const char *s, size_t len, size_t *n)
{
	int end = r.col + r.cols, at = r.col + col - left;
	bool shown = col >= left;
	struct cluster c;

	*n = 1;
	if (*s == '\t') {
		int next = col + VIEW_TAB - col % VIEW_TAB;

		for (; col < next; col++)
			if (col >= left)
				frame_puts(p->f, row, r.col + col - left, end, style, " ");
		return next;
	}
	if (shown && cluster_is_byte(s, len)) {
		frame_byte(p->f, row, at, end, style, *s);
		return col + 1;
	}
	cluster_next(s, len, &c);
	if (shown)
		frame_cluster(p->f, row, at, end, style, &c);
	else if (col + c.width > left) /* its right half is visible */
		frame_puts(p->f, row, r.col, end, STYLE_DIM, "<");
	*n = c.len;
	return col + c.width;
}

/* Paints [from, to) of a line's text; view column `left` is at the left edge. */
static void paint_text(struct line_paint *p, int row, struct rect r, int left, const char *s,
		       size_t from, size_t to, size_t off, const uint8_t *styles)
{
	int col = 0, end = r.col + r.cols;
	size_t i = from, cursor = p->v->cursor - off;

	p->cursor_col = -1;
	while (i < to && col - left < r.cols) {
		unsigned style = styles[i] | flags_at(p, off + i);
		size_t n, hidden = col < left ? cluster_bytes(s + i, to - i) : 0;

		if (hidden) { /* left of the edge */
			hidden = hidden < (size_t)(left - col) ? hidden : (size_t)(left - col);
			col += (int)hidden;
			i += hidden;
			continue;
		}
		if (i == cursor && col >= left)
			p->cursor_col = col - left;
		col = paint_one(p, row, r, left, col, style, s + i, to - i, &n);
		i += n;
	}
	if (i == cursor && col >= left && col - left < r.cols)
		p->cursor_col = col - left;
	if (i >= to && col >= left && flags_at(p, off + to) & STYLE_SELECTED)
		frame_puts(p->f, row, r.col + col - left, end, STYLE_SELECTED, " ");
	if (i < to && !p->v->wrap)
		frame_puts(p->f, row, end - 1, end, STYLE_DIM, ">");
}

static void mark_findings(const struct line_paint *p, size_t line, size_t len, uint8_t *styles)
{
	for (size_t i = 0; i < p->n_found; i++) {
		const struct diag *d = p->found[i];
		size_t from = d->col > 0 ? (size_t)d->col - 1 : 0;

		if (d->line != (int)line + 1 || d->rank == DIAG_STYLE)
			continue;
		for (size_t k = from; k < len && k < from + (d->len > 0 ? (size_t)d->len : 1); k++)
			styles[k] = d->rank == DIAG_ERROR ? STYLE_ERROR : STYLE_RISK;
	}
}

void paint_matches(const struct find *find, const char *s, size_t len, uint8_t *styles)
{
	size_t at = 0, a, b;

	while (find && find_in(find, s, len, at, &a, &b)) {
		memset(styles + a, STYLE_KEY, b - a);
		at = b;
	}
}

static void fetch(const struct view *v, const struct text *t, size_t line, int cols,
		  struct str *out)
{
	size_t start = text_line_start(t, line), end = text_line_end(t, line), most;

	/* A column needs at most 4 bytes and its marks; text right of the edge is
	 * not fetched. */
	most = ((size_t)v->left + (size_t)cols + 8) * 16;
	if (v->wrap || most > LINE_BYTES)
		most = LINE_BYTES;
	str_clear(out);
	text_get(t, start, end - start < most ? end - start : most, out);
	if (out->len == end - start && out->len && out->data[out->len - 1] == '\r')
		str_cut(out, out->len - 1);
}

/* Right-aligned number. Not snprintf(): each row of each drawing has one. */
static void paint_number(struct frame *f, int row, int col, int cols, size_t n)
{
	for (int at = col + cols - 1; at >= col; at--, n /= 10)
		frame_byte(f, row, at, col + cols, STYLE_DIM, n ? (char)('0' + n % 10) : ' ');
}

static void paint_gutter(const struct line_paint *p, int row, struct rect r, size_t line, int cols)
{
	unsigned style;
	char mark = finding_mark(p, line, &style), changed = changes_mark(&p->v->changes, line);

	if (mark == ' ' && line < p->v->explained.len)
		mark = p->v->explained.data[line];
	frame_byte(p->f, row, r.col, r.col + 1, style, mark);
	if (p->v->wrap)
		return;
	if (reach_known(&p->v->reach)) {
		char reached = reach_mark(&p->v->reach, line);

		cols--;
		frame_byte(p->f, row, r.col + cols - 1, r.col + cols,
			   reached == REACH_MISSED ? STYLE_RISK : STYLE_DIM, reached);
	}
	if (p->s->options.authors) {
		cols--;
		if (p->v->authors)
			frame_putf(
				p->f, row, r.col + cols - 1, r.col + cols, STYLE_MODEL, "%c",
				author_letter(p->s->state, provenance_line(p->v->authors, line)));
	}
	paint_number(p->f, row, r.col + 1, cols - 3, line + 1);
	if (changed != ' ')
		frame_byte(p->f, row, r.col + cols - 2, r.col + cols,
			   changed == '_'   ? STYLE_ERROR
			   : changed == '+' ? STYLE_GOOD
					    : STYLE_RISK,
			   changed);
}

/* Styles of the line in m->text and one byte more, all STYLE_TEXT. */
static uint8_t *blank_styles(struct line_memory *m)
{
	m->cap = mem_grow((void **)&m->styles, m->cap, m->text.len + 1, 1);
	memset(m->styles, STYLE_TEXT, m->text.len + 1);
	return m->styles;
}

void line_memory_fini(struct line_memory *m)
{
	free(m->styles);
	str_free(&m->text);
	m->styles = NULL;
	m->cap = 0;
}

static int paint_line(struct line_paint *p, int row, struct rect r, size_t line)
{
	struct str *s = &p->line->text;
	const struct text *t = p->t;
	struct rect body = r;
	int gutter = gutter_cols(p->s, p->v, t), rows = 0;
	size_t off = text_line_start(t, line), from = 0;
	uint8_t *styles;

	body.col += gutter;
	body.cols -= gutter;
	fetch(p->v, t, line, body.cols, s);
	styles = blank_styles(p->line);
	highlight_line(&p->v->colours, line, str_cstr(s), s->len, styles);
	mark_findings(p, line, s->len, styles);
	paint_matches(p->s->find, str_cstr(s), s->len, styles);
	paint_gutter(p, row, r, line, gutter);
	do {
		size_t to = p->v->wrap ? wrap_row(str_cstr(s), s->len, from, body.cols, VIEW_TAB)
				       : s->len;

		paint_text(p, row + rows, body, p->v->left, str_cstr(s), from, to, off, styles);
		from = to;
		rows++;
	} while (p->v->wrap && from < s->len && row + rows < r.row + r.rows);
	return rows;
}

/* Sets the frame's cursor, given the row of its line. */
static void place_cursor(const struct line_paint *p, struct rect r, int row)
{
	const struct view *v = p->v;
	const struct text *t = p->t;
	int gutter = gutter_cols(p->s, v, t), cols = r.cols - gutter;
	size_t start = text_line_start(t, text_line_of(t, v->cursor)), from = 0, to;
	struct str s = STR_INIT;

	if (!v->wrap) {
		frame_cursor(p->f, row, r.col + gutter + view_column(t, v->cursor) - v->left);
		return;
	}
	text_get(t, start, text_line_end(t, text_line_of(t, v->cursor)) - start, &s);
	for (; (to = wrap_row(str_cstr(&s), s.len, from, cols, VIEW_TAB)) <= v->cursor - start &&
	       to < s.len;
	     row++)
		from = to;
	if (row < r.row + r.rows) {
		int col = cluster_columns(str_cstr(&s) + from, v->cursor - start - from, VIEW_TAB);

		frame_cursor(p->f, row, r.col + gutter + (col < cols ? col : cols - 1));
	}
	str_free(&s);
}

size_t view_offset_at(const struct scene *s, struct rect body, const struct view *v,
		      const struct text *t, int row, int col)
{
	size_t line = v->top;
	int at = body.row, gutter = gutter_cols(s, v, t), cols = body.cols - gutter;

	if (row < body.row)
		row = body.row;
	while (v->wrap && line + 1 < text_lines(t) && at + view_rows_of(t, line, cols) <= row)
		at += view_rows_of(t, line++, cols);
	if (!v->wrap)
		line += (size_t)(row - body.row);
	else /* continuation rows of a wrapped line */
		col += (row - at) * cols;
	if (line >= text_lines(t))
		return text_len(t);
	col -= body.col + gutter;
	return view_at_column(t, line, col < 0 ? v->left : v->left + col);
}

void paint_view(struct frame *f, struct rect r, const struct scene *scene, const struct view *v,
		const struct text *t, bool focus)
{
	struct line_memory line = { .text = STR_INIT };
	struct line_paint p = { .f = f, .s = scene, .v = v, .t = t, .line = &line };
	size_t cursor_line;
	int row = r.row;

	if (!t || r.rows < 1 || r.cols < 2)
		return;
	view_selection(v, &p.from, &p.to);
	if (focus && v->colours.syntax == SYNTAX_VERILOG)
		editor_match(t, v->cursor, &p.match[0], &p.match[1]);
	cursor_line = text_line_of(t, v->cursor);
	gather_findings(&p, v->top, (size_t)r.rows);
	for (size_t i = v->top; i < text_lines(t) && row < r.row + r.rows; i++) {
		if (focus && i == cursor_line)
			place_cursor(&p, r, row);
		row += paint_line(&p, row, r, i);
	}
	for (; row < r.row + r.rows; row++)
		frame_puts(f, row, r.col, r.col + r.cols, STYLE_DIM, "~");
	free(p.found);
	line_memory_fini(&line);
}

/* True if the cursor may be on a word or bracket whose partner must be marked too. */
static bool may_have_partner(const struct view *v, const char *s, size_t at, const uint8_t *styles)
{
	if (v->colours.syntax != SYNTAX_VERILOG)
		return false;
	return styles[at] == STYLE_KEYWORD || (s[at] && strchr("()[]{}", s[at])) ||
	       (at > 0 && (styles[at - 1] == STYLE_KEYWORD || strchr("()[]{}", s[at - 1])));
}

bool paint_marks_line(const struct scene *scene, size_t line)
{
	const struct diag_list *l = scene->state->found;
	bool marks = scene->find != NULL;

	for (size_t i = 0; l && i < diag_list_len(l) && !marks; i++)
		marks = diag_list_at(l, i)->line == (int)line + 1;
	return marks;
}

bool paint_typed_line(struct frame *f, struct typed_line *l)
{
	struct view *v = l->view;
	struct line_memory *m = &l->memory;
	struct line_paint p = { .f = f, .s = l->scene, .v = v, .t = l->text, .line = m };
	int row = l->body.row + (int)(l->line - v->top);
	struct rect body = { row, l->body.col + l->gutter, 1, l->body.cols - l->gutter };
	size_t len = l->end - l->start;
	const char *s;
	uint8_t *styles;

	if (len > (size_t)l->body.cols * 16) /* a long line is not fetched whole */
		return false;
	str_clear(&m->text);
	text_get(l->text, l->start, len + (l->end < text_len(l->text)),
		 &m->text); /* with its end */
	s = m->text.data;   /* has at least the letter */
	styles = blank_styles(m);
	if (!highlight_line_alone(&v->colours, l->line, s, m->text.len, styles) ||
	    may_have_partner(v, s, v->cursor - l->start, styles))
		return false;
	if (len && s[len - 1] == '\r')
		len--;
	frame_fill(f, body, STYLE_TEXT);
	if (l->marked) {
		gather_findings(&p, l->line, 1);
		mark_findings(&p, l->line, len, styles);
		paint_matches(l->scene->find, s, len, styles);
		free(p.found);
	}
	paint_text(&p, row, body, v->left, s, 0, len, l->start, styles);
	frame_cursor(f, row, body.col + p.cursor_col);
	f->from = row;
	f->to = row + 1;
	return p.cursor_col >= 0;
}
