/* A screen as cells: painters write here, the terminal sees only the result.
 *
 * A cell holds one cluster with its marks; a wide one takes two cells, the second of
 * width 0. Overwriting half of a wide character blanks the other half, so no frame ever
 * holds half a character.
 */
#include "config.h"

#include "ui/look/frame.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"

void frame_init(struct frame *f)
{
	memset(f, 0, sizeof(*f));
	f->cursor_row = f->cursor_col = -1;
}

void frame_fini(struct frame *f)
{
	free(f->cells);
	free(f->spots);
	frame_init(f);
}

static void blank(struct cell *c, unsigned style)
{
	memset(c, 0, sizeof(*c));
	c->cp[0] = ' ';
	c->width = 1;
	c->style = (uint16_t)style;
}

void frame_reset(struct frame *f, int rows, int cols)
{
	size_t n = (size_t)rows * (size_t)cols;

	if (rows != f->rows || cols != f->cols) {
		free(f->cells);
		f->cells = mem_calloc(n, sizeof(*f->cells));
		f->rows = rows;
		f->cols = cols;
	}
	for (int i = 0; i < cols && n; i++)
		blank(&f->cells[i], STYLE_TEXT);
	for (int row = 1; row < rows; row++) /* copying is quicker */
		memcpy(&f->cells[(size_t)row * (size_t)cols], f->cells,
		       (size_t)cols * sizeof(*f->cells));
	f->cursor_row = f->cursor_col = -1;
	f->from = 0;
	f->to = rows;
	f->n_spots = 0;
}

static struct cell *at(struct frame *f, int row, int col)
{
	return &f->cells[row * f->cols + col];
}

/* Blanks the other half of a wide character that is about to lose this cell. */
static void detach(struct frame *f, int row, int col)
{
	struct cell *c = at(f, row, col);

	if (c->width == 0 && col > 0)
		blank(at(f, row, col - 1), at(f, row, col - 1)->style);
	if (c->width == 2 && col + 1 < f->cols)
		blank(at(f, row, col + 1), at(f, row, col + 1)->style);
}

static bool put(struct frame *f, int row, int col, int end, unsigned style, const uint32_t *cp,
		int width)
{
	struct cell *c;

	if (end > f->cols)
		end = f->cols;
	if (col + width > end)
		return false;
	if (row < 0 || row >= f->rows || col < 0)
		return true;
	for (int i = 0; i < width; i++)
		detach(f, row, col + i);
	c = at(f, row, col);
	memcpy(c->cp, cp, sizeof(c->cp));
	c->style = (uint16_t)style;
	c->width = (uint8_t)width;
	if (width == 2) {
		blank(c + 1, style);
		c[1].cp[0] = 0;
		c[1].width = 0;
	}
	return true;
}

int frame_byte(struct frame *f, int row, int col, int end, unsigned style, char byte)
{
	struct cell *c;

	if (col >= (end < f->cols ? end : f->cols))
		return end;
	if (row < 0 || row >= f->rows || col < 0)
		return col + 1;
	c = at(f, row, col);
	if (c->width != 1)
		detach(f, row, col);
	memset(c, 0, sizeof(*c)); /* cells are compared with their padding */
	c->cp[0] = (unsigned char)byte;
	c->style = (uint16_t)style;
	c->width = 1;
	return col + 1;
}

int frame_cluster(struct frame *f, int row, int col, int end, unsigned style,
		  const struct cluster *c)
{
	uint32_t cp[1 + CLUSTER_MARKS] = { 0 };

	if (!c->escape)
		return put(f, row, col, end, style, c->cp, c->width) ? col + c->width : end;
	for (int i = 0; i < c->width; i++) {
		cp[0] = (unsigned char)c->text[i];
		if (!put(f, row, col + i, end, STYLE_ESCAPE | (style & STYLE_FLAGS), cp, 1))
			return end;
	}
	return col + c->width;
}

int frame_text(struct frame *f, int row, int col, int end, unsigned style, const char *s,
	       size_t len)
{
	size_t i = 0;

	while (i < len && col < end) {
		struct cluster c;

		if (cluster_is_byte(s + i, len - i)) {
			col = frame_byte(f, row, col, end, style, s[i++]);
			continue;
		}
		cluster_next(s + i, len - i, &c);
		col = frame_cluster(f, row, col, end, style, &c);
		i += c.len;
	}
	return col;
}

int frame_puts(struct frame *f, int row, int col, int end, unsigned style, const char *s)
{
	return frame_text(f, row, col, end, style, s, strlen(s));
}

int frame_putf(struct frame *f, int row, int col, int end, unsigned style, const char *fmt, ...)
{
	struct str s = STR_INIT;
	va_list ap;

	va_start(ap, fmt);
	str_vaddf(&s, fmt, ap);
	va_end(ap);
	col = frame_text(f, row, col, end, style, str_cstr(&s), s.len);
	str_free(&s);
	return col;
}

void frame_fill(struct frame *f, struct rect r, unsigned style)
{
	for (int row = r.row; row < r.row + r.rows; row++)
		for (int col = r.col; col < r.col + r.cols; col++)
			frame_byte(f, row, col, r.col + r.cols, style, ' ');
}

void frame_clear(struct frame *f, struct rect r)
{
	size_t kept = 0;

	if (r.rows <= 0 || r.cols <= 0)
		return;
	for (int row = r.row; row < r.row + r.rows; row++) {
		detach(f, row, r.col);
		detach(f, row, r.col + r.cols - 1);
	}
	for (int col = r.col; col < r.col + r.cols; col++)
		blank(at(f, r.row, col), STYLE_TEXT);
	for (int row = r.row + 1; row < r.row + r.rows; row++)
		memcpy(at(f, row, r.col), at(f, r.row, r.col), (size_t)r.cols * sizeof(*f->cells));
	for (size_t i = 0; i < f->n_spots; i++)
		if (!rect_has(r, f->spots[i].r.row, f->spots[i].r.col))
			f->spots[kept++] = f->spots[i];
	f->n_spots = kept;
}

void frame_embolden(struct frame *f, int row, int col, int end)
{
	if (row < 0 || row >= f->rows)
		return;
	for (int i = col < 0 ? 0 : col; i < end && i < f->cols; i++)
		at(f, row, i)->style |= STYLE_BOLD;
}

void frame_cursor(struct frame *f, int row, int col)
{
	bool inside = row >= 0 && row < f->rows && col >= 0 && col < f->cols;

	f->cursor_row = inside ? row : -1;
	f->cursor_col = inside ? col : -1;
}

void frame_spot(struct frame *f, struct rect r, int kind, size_t index)
{
	MEM_PUSH(f->spots, f->n_spots, f->cap_spots, (struct spot){ r, kind, index });
}

const struct spot *frame_spot_at(const struct frame *f, int row, int col)
{
	for (size_t i = f->n_spots; i-- > 0;)
		if (rect_has(f->spots[i].r, row, col))
			return &f->spots[i];
	return NULL;
}

void frame_print(const struct frame *f, struct str *out)
{
	for (int row = 0; row < f->rows; row++) {
		size_t start = out->len;

		for (int col = 0; col < f->cols; col++) {
			const struct cell *c = &f->cells[row * f->cols + col];

			for (int i = 0; i <= CLUSTER_MARKS && c->cp[i] && c->width; i++) {
				char bytes[4];

				str_add(out, bytes, utf8_encode(c->cp[i], bytes));
			}
		}
		while (out->len > start && out->data[out->len - 1] == ' ')
			str_cut(out, out->len - 1);
		str_addc(out, '\n');
	}
}

void frame_print_styles(const struct frame *f, struct str *out)
{
	for (int row = 0; row < f->rows; row++) {
		size_t start = out->len;

		for (int col = 0; col < f->cols; col++) {
			unsigned style = f->cells[row * f->cols + col].style;

			str_addc(out, style & STYLE_FLAGS & ~STYLE_BAR ? '#' : style_letter(style));
		}
		while (out->len > start && out->data[out->len - 1] == ' ')
			str_cut(out, out->len - 1);
		str_addc(out, '\n');
	}
}

bool rect_has(struct rect r, int row, int col)
{
	return row >= r.row && row < r.row + r.rows && col >= r.col && col < r.col + r.cols;
}
