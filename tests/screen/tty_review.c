/* Reads the review page by page; "rows 1 to 20 of 43" at the bottom says which rows
 * of the diff are on the screen. A row is a gutter (line number, decision, sign) and
 * the text, which continues on the next screen line if it is long:
 *
 *	    5    -   <old line>
 *	       y +   <new line>
 *
 * The old line of a pair has its mark on the new one. The title says CRLF if lines end so
 * that say nothing of their end. */
#include "config.h"

#include "tests/screen/tty_review.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "ui/document/view.h"
#include "ui/widget/review.h"

#define PAGE_UP	  "\033[5~"
#define PAGE_DOWN "\033[6~"

struct row {
	char sign, mark; /* ' ' if there is none */
	bool no_lf, no_cr;
	struct str text;
};

struct reading {
	const struct review_reader *r;
	struct row *rows;
	size_t n;	    /* of the whole diff */
	size_t first, last; /* on the screen, 1-based */
	bool in_place, crlf;
	struct str *why;
};

static void cell_at(const struct review_reader *r, int row, int col, VTermScreenCell *c)
{
	vterm_screen_get_cell(r->screen, (VTermPos){ row, col }, c);
}

static char ascii_at(const struct review_reader *r, int row, int col)
{
	VTermScreenCell c;

	cell_at(r, row, col, &c);
	return c.chars[0] > ' ' && c.chars[0] < 0x7f ? (char)c.chars[0] : ' ';
}

static void line_of(const struct review_reader *r, int row, struct str *out)
{
	str_clear(out);
	for (int col = 0; col < r->cols; col++)
		str_addc(out, ascii_at(r, row, col));
}

static bool where(struct reading *x)
{
	struct str line = STR_INIT;
	const char *at = NULL;
	bool ok;

	for (int row = x->r->rows - 1; row >= 0 && !at; row--) {
		line_of(x->r, row, &line);
		at = strstr(str_cstr(&line), "rows ");
	}
	ok = at && sscanf(at, "rows %zu to %zu of %zu", &x->first, &x->last, &x->n) == 3;
	str_free(&line);
	return ok || (str_adds(x->why, "no rows are told"), false);
}

/* Presses a page key and reads which rows are shown then. */
static bool page(struct reading *x, const char *key, bool again)
{
	char *was = str_fmt("rows %zu to %zu of %zu", x->first, x->last, x->n);
	bool ok;

	x->r->keys(x->r->ctx, key);
	ok = (!again || x->r->wait(x->r->ctx, was, false)) &&
	     x->r->wait(x->r->ctx, "rows ", true) && where(x);
	free(was);
	return ok;
}

/* Reads the sign at *col of a screen row and moves *col past it. A reverse cell is a
 * replacement symbol and is read as the byte it represents. */
static bool read_sign(const struct review_reader *r, int row, int *col, struct row *out)
{
	char s[8] = { 0 }, bytes[4];
	VTermScreenCell c;

	for (int i = 0; i < 7 && *col + i < r->cols; i++) {
		cell_at(r, row, *col + i, &c);
		if (!c.attrs.reverse)
			break;
		s[i] = c.chars[0] < 0x80 ? (char)c.chars[0] : '?';
	}
	cell_at(r, row, *col, &c);
	if (c.chars[0] == 0x2192) {
		str_addc(&out->text, '\t');
		do
			(*col)++;
		while ((*col - REVIEW_GUTTER) % VIEW_TAB && *col < r->cols);
	} else if (strncmp(s, "no LF", 5) == 0) {
		out->no_lf = true;
		*col += 5;
	} else if (strncmp(s, "no CR", 5) == 0) {
		out->no_cr = true;
		*col += 5;
	} else if (s[0] == '_') {
		str_addc(&out->text, ' ');
		(*col)++;
	} else if (s[0] == '^' && s[1]) {
		str_addc(&out->text, (char)(s[1] ^ 0x40));
		*col += 2;
	} else if (s[0] == '\\' && s[1] == 'x' && isxdigit((unsigned char)s[2]) &&
		   isxdigit((unsigned char)s[3])) {
		str_addc(&out->text, (char)strtol((char[]){ s[2], s[3], 0 }, NULL, 16));
		*col += 4;
	} else if (s[0] == '<' && strchr(s, '>')) {
		str_add(&out->text, bytes, utf8_encode((uint32_t)strtol(s + 1, NULL, 16), bytes));
		*col += (int)(strchr(s, '>') - s) + 1;
	} else {
		return false;
	}
	return true;
}

/* Blanks after the last text belong to the screen, unless the row continues on the
 * next line; *blanks: their number. */
static bool read_text(const struct review_reader *r, int row, struct row *out, size_t *blanks)
{
	size_t keep = out->text.len;
	char bytes[4];

	for (int col = REVIEW_GUTTER; col < r->cols;) {
		VTermScreenCell c;

		cell_at(r, row, col, &c);
		if (c.attrs.reverse) {
			bool had = out->no_lf || out->no_cr;

			if (!read_sign(r, row, &col, out))
				return false;
			if ((out->no_lf || out->no_cr) && !had)
				break;
			keep = out->text.len;
			continue;
		}
		if (c.chars[0] == 0)
			str_addc(&out->text, ' ');
		for (int i = 0;
		     i < VTERM_MAX_CHARS_PER_CELL && c.chars[i] && c.chars[i] != (uint32_t)-1; i++)
			str_add(&out->text, bytes, utf8_encode(c.chars[i], bytes));
		col += c.width > 1 ? c.width : 1;
		if (c.chars[0] > ' ')
			keep = out->text.len;
	}
	*blanks = out->text.len - keep;
	str_cut(&out->text, keep);
	return true;
}

static bool is_blank(const struct review_reader *r, int row)
{
	VTermScreenCell c;

	for (int col = 0; col < r->cols; col++) {
		cell_at(r, row, col, &c);
		if (c.chars[0] > ' ')
			return false;
	}
	return true;
}

/* A screen line begins a row if it has a number or a sign. */
static bool begins(const struct review_reader *r, int row)
{
	return ascii_at(r, row, 9) != ' ' || isdigit((unsigned char)ascii_at(r, row, 4));
}

/* Reads all screen lines of row i from *row on. There is nothing below the last row. */
static bool read_row(const struct reading *x, int *row, size_t i, struct row *out)
{
	size_t blanks, before = 0;

	do {
		struct row part = { .text = STR_INIT };
		bool ok = read_text(x->r, *row, &part, &blanks);

		while (before-- && part.text.len)
			str_addc(&out->text, ' ');
		str_add(&out->text, str_cstr(&part.text), part.text.len);
		out->no_lf |= part.no_lf;
		out->no_cr |= part.no_cr;
		str_free(&part.text);
		if (!ok)
			return false;
		before = blanks;
	} while (++*row < x->r->rows - 1 && !begins(x->r, *row) && !is_blank(x->r, *row));
	return true;
}

static bool read_page(struct reading *x)
{
	int row = 1; /* below the title */

	for (size_t i = x->first; i <= x->last; i++) {
		struct row fresh = { ascii_at(x->r, row, 9), ascii_at(x->r, row, 7), false, false,
				     STR_INIT };
		struct row *known = &x->rows[i - 1];

		if (!begins(x->r, row)) {
			str_addf(x->why, "row %zu has no gutter", i);
			return false;
		}
		if (!read_row(x, &row, i, &fresh)) {
			str_addf(x->why, "row %zu has a sign that says nothing", i);
			str_free(&fresh.text);
			return false;
		}
		if (known->sign && (known->sign != fresh.sign || known->mark != fresh.mark ||
				    strcmp(str_cstr(&known->text), str_cstr(&fresh.text)) != 0)) {
			str_addf(x->why, "row %zu is another one on the next page", i);
			str_free(&fresh.text);
			return false;
		}
		str_free(&known->text);
		*known = fresh;
	}
	return true;
}

static bool is_kept(const struct reading *x, size_t i)
{
	const struct row *row = &x->rows[i];
	char mark = row->mark;

	if (row->sign == ' ' || row->sign == '>')
		return row->sign == ' ';
	if (mark == ' ' && i + 1 < x->n)
		mark = x->rows[i + 1].mark;
	if (mark == '?')
		mark = x->in_place ? 'y' : 'n';
	return (row->sign == '+') == (mark == 'y');
}

static void compose(const struct reading *x, struct str *out)
{
	for (size_t i = 0; i < x->n; i++) {
		const struct row *row = &x->rows[i];

		if (!is_kept(x, i))
			continue;
		if (out->len && out->data[out->len - 1] != '\n')
			str_addc(out, '\n');
		str_add(out, str_cstr(&row->text), row->text.len);
		if (!row->no_lf)
			str_adds(out, x->crlf && !row->no_cr ? "\r\n" : "\n");
	}
}

bool tty_review_read(const struct review_reader *r, struct str *out, struct str *why)
{
	struct reading x = { .r = r, .why = why };
	struct str title = STR_INIT;
	bool ok = page(&x, PAGE_UP, false);

	while (ok && x.first > 1)
		ok = page(&x, PAGE_UP, true);
	line_of(r, 0, &title);
	x.in_place = strstr(str_cstr(&title), "already)") != NULL;
	x.crlf = strstr(str_cstr(&title), " REVIEW CRLF ") != NULL;
	x.rows = mem_calloc(x.n + 1, sizeof(*x.rows));
	ok = ok && read_page(&x);
	while (ok && x.last < x.n)
		ok = page(&x, PAGE_DOWN, true) && read_page(&x);
	if (ok)
		compose(&x, out);
	for (size_t i = 0; i < x.n; i++)
		str_free(&x.rows[i].text);
	free(x.rows);
	str_free(&title);
	return ok;
}
