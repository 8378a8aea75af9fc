/* Maps a finding's column to the original line.
 *
 * Verilator counts columns in the line after preprocessing, and quotes that line:
 *
 *     quoted  3'd0: begin ns = 2'd2; end      the '=' is in column 16
 *     typed   `S_GO: begin ns = `GREEN; end   here in column 17
 *
 * Both have the same tokens once macros are expanded, and each expanded token
 * knows the bytes it came from. So the token at the quoted column is found by
 * counting, and the mark moves to its counterpart in the original text. If the
 * two lines differ in any token (a macro that spans lines, a replaced byte),
 * nothing is moved.
 */
#include "config.h"

#include "session/lint/own_lint_inner.h"

#include <string.h>

#include "session/text/slice.h"
#include "session/output/diag.h"
#include "session/verilog/verilog.h"

static struct slice line_of(const struct own_lint_text *t, int line)
{
	struct slice rest = { t->text, t->len }, s = { t->text, 0 };

	for (int i = 0; i < line; i++)
		s = slice_line(&rest);
	return slice_chomp(s);
}

static bool is_space(enum vtoken_kind kind)
{
	return kind == VTOKEN_SPACE || kind == VTOKEN_COMMENT;
}

/* Range of the pieces of a line: *first is the first one, the result one past the last. */
static size_t pieces_of(const struct own_flat *f, int line, size_t *first)
{
	size_t end;

	*first = own_flat_line(f, line);
	for (end = *first; end < f->n && f->v[end].line == line; end++)
		;
	return end;
}

/* Finds the piece at column d->col of the quoted line; false if the lines do not match. */
static bool piece_at(const struct own_lint *o, const struct diag *d, size_t *piece)
{
	size_t first, end = pieces_of(&o->flat, d->line, &first), i = first;
	size_t len = strlen(d->context), column = (size_t)d->col - 1;
	enum vlex_state state = VLEX_CODE;
	bool found = false;
	struct vtoken k;

	for (size_t off = 0; off < len; off += k.len) {
		k = vlex_next(d->context, len, off, &state);
		if (is_space(k.kind))
			continue;
		if (i == end || o->flat.v[i].included ||
		    o->flat.text.len - o->flat.v[i].at < k.len ||
		    memcmp(o->flat.text.data + o->flat.v[i].at, d->context + off, k.len) != 0)
			return false;
		if (off <= column && column < off + k.len) {
			*piece = i;
			found = true;
		}
		i++;
	}
	return found && i == end;
}

bool own_lint_place(const struct own_lint *o, struct diag *d, struct str *line)
{
	struct slice typed;
	size_t at = 0, start;
	const struct own_piece *p;

	if (d->line < 1 || d->col < 1 || !*d->context)
		return false;
	typed = line_of(&o->t, d->line);
	if (!memchr(typed.p, '`', typed.n) || !piece_at(o, d, &at))
		return false;
	p = &o->flat.v[at];
	start = (size_t)(typed.p - o->t.text);
	if (p->off < start || p->off >= start + typed.n)
		return false;
	d->col = (int)(p->off - start) + 1;
	if (o->t.text[p->off] == '`')
		d->len = (int)(p->to - p->off);
	if ((size_t)d->col - 1 + (size_t)d->len > typed.n)
		d->len = (int)typed.n - d->col + 1;
	str_add(line, typed.p, typed.n);
	return true;
}
