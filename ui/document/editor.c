/* Each call computes one change of the text, or a list of them, and records it as one
 * event; the cursor follows from the change. Indentation and line endings are taken
 * from the file's own lines.
 */
#include "config.h"

#include "ui/document/editor.h"

#include <ctype.h>
#include <string.h>

#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/text/text.h"
#include "ui/document/view.h"

struct doc *editor_doc(const struct session *s, struct view *v)
{
	const struct state *st = session_state(s);

	if (v->doc < st->n_docs && strcmp(st->docs[v->doc]->path, v->path) == 0)
		return st->docs[v->doc];
	for (v->doc = 0; v->doc < st->n_docs; v->doc++)
		if (strcmp(st->docs[v->doc]->path, v->path) == 0)
			return st->docs[v->doc];
	return NULL;
}

static struct text *text_of(struct session *s, struct view *v, struct err *err)
{
	struct doc *d = editor_doc(s, v);

	if (!d || !d->text)
		err_set(err, ERR_USAGE, "%s is not open", v->path);
	return d ? d->text : NULL;
}

static bool replace(struct session *s, struct view *v, size_t from, size_t to, const char *ins,
		    size_t len, struct err *err)
{
	struct change c = { from, to - from, { ins, len } };

	if (from == to && len == 0)
		return true;
	if (!edit_change(s, v->path, &c, 1, BY_YOU, err))
		return false;
	v->cursor = from + len;
	v->selecting = false;
	v->goal = -1;
	return true;
}

bool editor_type(struct session *s, struct view *v, const char *text, size_t len, struct err *err)
{
	size_t from, to;

	if (!text_of(s, v, err))
		return false;
	view_selection(v, &from, &to);
	return replace(s, v, from, to, text, len, err);
}

/* Lines ------------------------------------------------------------------------ */

/* The line without its end, be that LF or CR LF. */
static void line_text(const struct text *t, size_t line, struct str *out)
{
	size_t start = text_line_start(t, line), end = text_line_end(t, line);

	str_clear(out);
	text_get(t, start, end - start, out);
	if (out->len && out->data[out->len - 1] == '\r')
		str_cut(out, out->len - 1);
}

static bool uses_crlf(const struct text *t)
{
	size_t end = text_line_end(t, 0), len;
	const char *p;

	if (end == 0 || end >= text_len(t))
		return false;
	p = text_run(t, end - 1, &len);
	return len && *p == '\r';
}

/* The file's unit of indentation: a tab, or the smallest indentation among its first
 * lines. */
static void indent_unit(const struct text *t, struct str *out)
{
	struct str line = STR_INIT;
	size_t lines = text_lines(t), least = 9;
	bool tab = false;

	for (size_t i = 0; i < lines && i < 200 && !tab; i++) {
		size_t start = text_line_start(t, i), len = text_line_end(t, i) - start, blanks;

		str_clear(&line);
		text_get(t, start, len < 256 ? len : 256, &line);
		blanks = strspn(str_cstr(&line), " ");
		tab = line.len && line.data[0] == '\t';
		if (blanks >= 2 && blanks < least && blanks < line.len)
			least = blanks;
	}
	str_clear(out);
	if (tab)
		str_addc(out, '\t');
	else
		str_add(out, "        ", least > 8 ? 2 : least);
	str_free(&line);
}

static bool ends_with_word(const struct str *line, const char *word)
{
	size_t n = strlen(word), len = line->len;

	return len >= n && memcmp(line->data + len - n, word, n) == 0 &&
	       (len == n || !(line->data[len - n - 1] == '_' ||
			      isalnum((unsigned char)line->data[len - n - 1])));
}

static bool opens_block(const struct str *line)
{
	char last = line->len ? line->data[line->len - 1] : '\0';

	return last == '(' || last == '{' || ends_with_word(line, "begin") ||
	       ends_with_word(line, "else");
}

bool editor_newline(struct session *s, struct view *v, struct err *err)
{
	struct text *t = text_of(s, v, err);
	struct str line = STR_INIT, ins = STR_INIT, unit = STR_INIT;
	size_t from, to, start;
	bool ok;

	if (!t)
		return false;
	view_selection(v, &from, &to);
	start = text_line_start(t, text_line_of(t, from));
	text_get(t, start, from - start < 65536 ? from - start : 65536, &line);
	str_adds(&ins, uses_crlf(t) ? "\r\n" : "\n");
	str_add(&ins, str_cstr(&line), strspn(str_cstr(&line), " \t"));
	while (line.len && (line.data[line.len - 1] == ' ' || line.data[line.len - 1] == '\t'))
		str_cut(&line, line.len - 1);
	if (v->colours.syntax == SYNTAX_VERILOG && opens_block(&line)) {
		indent_unit(t, &unit);
		str_add(&ins, unit.data, unit.len);
	}
	ok = replace(s, v, from, to, ins.data, ins.len, err);
	str_free(&unit);
	str_free(&ins);
	str_free(&line);
	return ok;
}

static void selected_lines(const struct view *v, const struct text *t, size_t *first, size_t *last)
{
	size_t from, to;

	view_selection(v, &from, &to);
	*first = text_line_of(t, from);
	*last = text_line_of(t, to);
	if (*last > *first && text_line_start(t, *last) == to)
		(*last)--;
}

/* Replaces each selected line by the output of fn; the lines stay selected. */
static bool rewrite(struct session *s, struct view *v,
		    void (*fn)(const void *ctx, const struct str *line, struct str *out),
		    const void *ctx, struct err *err)
{
	struct text *t = text_of(s, v, err);
	struct str line = STR_INIT, out = STR_INIT;
	bool had = v->selecting, ok;
	size_t first, last, start, end, before;

	if (!t)
		return false;
	selected_lines(v, t, &first, &last);
	start = text_line_start(t, first);
	end = text_line_end(t, last);
	before = text_line_end(t, last) - v->cursor;
	for (size_t i = first; i <= last; i++) {
		size_t from = text_line_start(t, i);

		line_text(t, i, &line);
		fn(ctx, &line, &out);
		from += line.len; /* the line's end stays as it is */
		text_get(t, from, (i < last ? text_line_start(t, i + 1) : end) - from, &out);
	}
	ok = replace(s, v, start, end, str_cstr(&out), out.len, err);
	if (ok && had)
		view_select(v, start, start + out.len);
	else if (ok)
		v->cursor = out.len > before ? start + out.len - before : start;
	str_free(&out);
	str_free(&line);
	return ok;
}

static void indent_line(const void *ctx, const struct str *line, struct str *out)
{
	const struct str *unit = ctx;

	if (line->len)
		str_add(out, unit->data, unit->len);
	str_add(out, str_cstr(line), line->len);
}

static void outdent_line(const void *ctx, const struct str *line, struct str *out)
{
	const struct str *unit = ctx;
	size_t blanks = strspn(str_cstr(line), " ");
	size_t n = line->len && line->data[0] == '\t' ? 1 : blanks < unit->len ? blanks : unit->len;

	str_add(out, str_cstr(line) + n, line->len - n);
}

bool editor_tab(struct session *s, struct view *v, bool out, struct err *err)
{
	struct text *t = text_of(s, v, err);
	struct str unit = STR_INIT;
	size_t first, last;
	bool ok;

	if (!t)
		return false;
	indent_unit(t, &unit);
	selected_lines(v, t, &first, &last);
	if (out || (v->selecting && last > first))
		ok = rewrite(s, v, out ? outdent_line : indent_line, &unit, err);
	else
		ok = editor_type(s, v, unit.data, unit.len, err);
	str_free(&unit);
	return ok;
}

static void add_comment(const void *ctx, const struct str *line, struct str *out)
{
	size_t n = strspn(str_cstr(line), " \t");

	str_add(out, str_cstr(line), n);
	if (n < line->len)
		str_adds(out, "// ");
	str_add(out, str_cstr(line) + n, line->len - n);
}

static void take_comment(const void *ctx, const struct str *line, struct str *out)
{
	size_t n = strspn(str_cstr(line), " \t"), skip = 0;

	str_add(out, str_cstr(line), n);
	if (str_starts(str_cstr(line) + n, "//"))
		skip = line->data[n + 2] == ' ' ? 3 : 2;
	str_add(out, str_cstr(line) + n + skip, line->len - n - skip);
}

bool editor_comment(struct session *s, struct view *v, struct err *err)
{
	struct text *t = text_of(s, v, err);
	struct str line = STR_INIT;
	size_t first, last;
	bool all = true;

	if (!t)
		return false;
	selected_lines(v, t, &first, &last);
	for (size_t i = first; i <= last && all; i++) {
		size_t n;

		line_text(t, i, &line);
		n = strspn(str_cstr(&line), " \t");
		all = n == line.len || str_starts(str_cstr(&line) + n, "//");
	}
	str_free(&line);
	return rewrite(s, v, all ? take_comment : add_comment, NULL, err);
}

/* Erasing ------------------------------------------------------------------------- */

bool editor_erase(struct session *s, struct view *v, enum erase what, struct err *err)
{
	struct text *t = text_of(s, v, err);
	size_t from, to, line;

	if (!t)
		return false;
	view_selection(v, &from, &to);
	line = text_line_of(t, v->cursor);
	if (from == to) {
		switch (what) {
		case ERASE_BEFORE:
			from = view_before(t, to);
			break;
		case ERASE_AFTER:
			to = view_next(t, from);
			break;
		case ERASE_WORD_BEFORE:
			from = view_word_left(t, to);
			break;
		case ERASE_WORD_AFTER:
			to = view_word_right(t, from);
			break;
		case ERASE_LINE:
			from = text_line_start(t, line);
			to = line + 1 < text_lines(t) ? text_line_start(t, line + 1) : text_len(t);
			break;
		}
	}
	return replace(s, v, from, to, "", 0, err);
}

/* Undo ------------------------------------------------------------------------------- */

/* Offset where the changes of a node end: the cursor goes there. */
static size_t place_of(const struct doc *d, uint32_t node, bool undone)
{
	const struct doc_node *n = &d->nodes[node];
	const struct doc_change *c = n->n ? &n->v[n->n - 1] : NULL;

	if (!c)
		return 0;
	return undone ? c->off + c->removed : c->off + c->ins_len;
}

static bool travel(struct session *s, struct view *v, bool back, struct err *err)
{
	struct doc *d = editor_doc(s, v);
	uint32_t from, to, last;

	if (!text_of(s, v, err))
		return false;
	from = d->current;
	to = back ? doc_undo_node(d) : doc_redo_node(d);
	if (to == from)
		return err_set(err, ERR_USAGE, back ? "nothing to undo" : "nothing to redo");
	last = from; /* the node whose change is undone last */
	while (back && d->nodes[last].parent != to)
		last = d->nodes[last].parent;
	if (back ? !edit_undo(s, v->path, err) : !edit_redo(s, v->path, err))
		return false;
	view_unselect(v);
	v->cursor = place_of(d, back ? last : to, back);
	v->goal = -1;
	highlight_edited(&v->colours, 0);
	view_clamp(v, d->text);
	return true;
}

bool editor_undo(struct session *s, struct view *v, struct err *err)
{
	return travel(s, v, true, err);
}

bool editor_redo(struct session *s, struct view *v, struct err *err)
{
	return travel(s, v, false, err);
}

/* Clipboard ---------------------------------------------------------------------------- */

static void what_to_copy(const struct view *v, const struct text *t, size_t *from, size_t *to)
{
	size_t line = text_line_of(t, v->cursor);

	view_selection(v, from, to);
	if (*from != *to)
		return;
	*from = text_line_start(t, line);
	*to = line + 1 < text_lines(t) ? text_line_start(t, line + 1) : text_len(t);
}

void editor_copy(const struct view *v, const struct text *t, struct str *out)
{
	size_t from, to;

	what_to_copy(v, t, &from, &to);
	text_get(t, from, to - from, out);
}

bool editor_cut(struct session *s, struct view *v, struct str *out, struct err *err)
{
	struct text *t = text_of(s, v, err);
	size_t from, to;

	if (!t)
		return false;
	what_to_copy(v, t, &from, &to);
	text_get(t, from, to - from, out);
	return replace(s, v, from, to, "", 0, err);
}
