/* An input field with history, for one line or many. Up and Down move between lines,
 * and through the history only at the first or last one; the text typed before that is
 * kept as a draft. Text that would exceed LINE_EDIT_MAX is refused as a whole: half a
 * paste would be worse than none.
 */
#include "config.h"

#include "ui/widget/line_edit.h"

#include <ctype.h>
#include <string.h>

#include "session/base/mem.h"
#include "ui/look/cluster.h"
#include "ui/terminal/keys.h"

void line_edit_init(struct line_edit *e, bool many)
{
	memset(e, 0, sizeof(*e));
	e->many = many;
	e->text.limit = LINE_EDIT_MAX;
}

void line_edit_fini(struct line_edit *e)
{
	str_free(&e->text);
	str_free(&e->draft);
	strv_free(&e->history);
	e->cursor = e->at = 0;
}

void line_edit_set(struct line_edit *e, const char *text)
{
	str_clear(&e->text);
	str_adds(&e->text, text);
	e->cursor = e->text.len;
}

void line_ends(const char *text, size_t len, struct str *out)
{
	size_t i = 0;

	while (i < len) {
		const char *cr = memchr(text + i, '\r', len - i);
		size_t n = cr ? (size_t)(cr - text) - i : len - i;

		str_add(out, text + i, n);
		i += n;
		if (!cr)
			break;
		if (++i == len || text[i] != '\n')
			str_addc(out, '\n');
	}
}

/* Removes NUL bytes, and turns line ends into blanks unless many. */
static void fit_in(struct line_edit *e, struct str *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->len; i++)
		if (s->data[i])
			s->data[n++] = s->data[i] == '\n' && !e->many ? ' ' : s->data[i];
	str_cut(s, n);
}

bool line_edit_insert(struct line_edit *e, const char *text, size_t len)
{
	struct str s = STR_INIT;
	bool fits;

	line_ends(text, len, &s);
	fit_in(e, &s);
	fits = e->text.len + s.len <= LINE_EDIT_MAX;
	if (fits) {
		struct str all = STR_LIMIT(LINE_EDIT_MAX);

		str_add(&all, str_cstr(&e->text), e->cursor);
		str_add(&all, str_cstr(&s), s.len);
		str_add(&all, str_cstr(&e->text) + e->cursor, e->text.len - e->cursor);
		str_free(&e->text);
		e->text = all;
		e->cursor += s.len;
	}
	str_free(&s);
	return fits;
}

bool line_edit_replace(struct line_edit *e, size_t from, const char *text, size_t len)
{
	size_t old = e->cursor - from;

	if (!line_edit_insert(e, text, len))
		return false;
	str_remove(&e->text, from, old);
	e->cursor -= old;
	return true;
}

static size_t line_start(const struct line_edit *e, size_t at)
{
	while (at > 0 && e->text.data[at - 1] != '\n')
		at--;
	return at;
}

static size_t line_end(const struct line_edit *e, size_t at)
{
	while (at < e->text.len && e->text.data[at] != '\n')
		at++;
	return at;
}

static size_t next(const struct line_edit *e, size_t at)
{
	struct cluster c;

	if (at >= e->text.len)
		return at;
	cluster_next(e->text.data + at, e->text.len - at, &c);
	return at + c.len;
}

static size_t before(const struct line_edit *e, size_t at)
{
	return at ? cluster_before(e->text.data, at) : 0;
}

static bool in_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static size_t word_left(const struct line_edit *e, size_t at)
{
	while (at > 0 && !in_word(e->text.data[at - 1]))
		at--;
	while (at > 0 && in_word(e->text.data[at - 1]))
		at--;
	return at;
}

static size_t word_right(const struct line_edit *e, size_t at)
{
	while (at < e->text.len && !in_word(e->text.data[at]))
		at++;
	while (at < e->text.len && in_word(e->text.data[at]))
		at++;
	return at;
}

static void cut(struct line_edit *e, size_t from, size_t to)
{
	str_remove(&e->text, from, to - from);
	e->cursor = from;
}

static bool through_history(struct line_edit *e, int step)
{
	if (step < 0 ? e->at == 0 : e->at >= e->history.n)
		return true;
	if (e->at == e->history.n) {
		str_clear(&e->draft);
		str_add(&e->draft, str_cstr(&e->text), e->text.len);
	}
	e->at = step < 0 ? e->at - 1 : e->at + 1;
	line_edit_set(e, e->at == e->history.n ? str_cstr(&e->draft) : e->history.v[e->at]);
	return true;
}

static bool vertical(struct line_edit *e, int step)
{
	size_t start = line_start(e, e->cursor), column = e->cursor - start, target, end;

	if (step < 0 && start == 0)
		return through_history(e, -1);
	if (step > 0 && line_end(e, e->cursor) == e->text.len)
		return through_history(e, 1);
	target = step < 0 ? line_start(e, start - 1) : line_end(e, e->cursor) + 1;
	end = line_end(e, target);
	e->cursor = target + column < end ? target + column : end;
	while (e->cursor > target && ((unsigned char)e->text.data[e->cursor] & 0xc0) == 0x80)
		e->cursor--;
	return true;
}

static bool control(struct line_edit *e, char c)
{
	switch (c) {
	case 'a':
		e->cursor = line_start(e, e->cursor);
		return true;
	case 'e':
		e->cursor = line_end(e, e->cursor);
		return true;
	case 'u':
		cut(e, line_start(e, e->cursor), e->cursor);
		return true;
	case 'k':
		cut(e, e->cursor, line_end(e, e->cursor));
		return true;
	case 'w':
		cut(e, word_left(e, e->cursor), e->cursor);
		return true;
	case 'n':
		if (e->many)
			line_edit_insert(e, "\n", 1);
		return e->many;
	default:
		return false;
	}
}

bool line_edit_key(struct line_edit *e, const struct key *k)
{
	bool word = k->mods & (KEY_CTRL | KEY_ALT);

	switch (k->code) {
	case KEY_CHAR:
		if (k->mods & KEY_CTRL)
			return control(e, k->text[0]);
		if (k->mods & KEY_ALT)
			return false;
		line_edit_insert(e, k->text, k->len);
		return true;
	case KEY_PASTE:
		line_edit_insert(e, k->text, k->len);
		return true;
	case KEY_ENTER:
		if (!e->many || !(k->mods & (KEY_ALT | KEY_SHIFT | KEY_CTRL)))
			return false;
		line_edit_insert(e, "\n", 1);
		return true;
	case KEY_LEFT:
		e->cursor = word ? word_left(e, e->cursor) : before(e, e->cursor);
		return true;
	case KEY_RIGHT:
		e->cursor = word ? word_right(e, e->cursor) : next(e, e->cursor);
		return true;
	case KEY_HOME:
		e->cursor = line_start(e, e->cursor);
		return true;
	case KEY_END:
		e->cursor = line_end(e, e->cursor);
		return true;
	case KEY_BACKSPACE:
		cut(e, word ? word_left(e, e->cursor) : before(e, e->cursor), e->cursor);
		return true;
	case KEY_DELETE:
		cut(e, e->cursor, next(e, e->cursor));
		return true;
	case KEY_UP:
		return vertical(e, -1);
	case KEY_DOWN:
		return vertical(e, 1);
	default:
		return false;
	}
}

char *line_edit_enter(struct line_edit *e)
{
	char *text = mem_strdup(str_cstr(&e->text));
	bool again = e->history.n && strcmp(e->history.v[e->history.n - 1], text) == 0;

	if (text[0] && !again) {
		if (e->history.n == LINE_HISTORY)
			strv_drop(&e->history, 0);
		strv_add(&e->history, text);
	}
	e->at = e->history.n;
	str_clear(&e->text);
	e->cursor = 0;
	return text;
}
