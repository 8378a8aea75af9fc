/* Random edits of a text, each compared with the obvious way: what was there before the
 * range, what is typed, what was there behind it. The text of every node of the undo tree is
 * remembered, so undo and redo have to show it again, and undo to the start the first text. */
#include "config.h"

#include "tests/lib/case.h"

#include <ctype.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/session.h"
#include "session/text/text.h"
#include "tests/lib/dice.h"
#include "ui/document/editor.h"
#include "ui/document/view.h"
#include "ui/terminal/keys.h"

#define STEPS 25000

struct desk {
	struct loop *loop;
	char *root;
	struct session *s;
	struct view v;
	struct text *t;
	struct str now;	 /* the text as it has to be */
	struct str clip; /* what was cut or copied last */
	char (*nodes)[HASH_HEX + 1];
	size_t n_nodes, cap_nodes;
};

static void tell(void *ctx, const struct event *e)
{
	struct desk *k = ctx;

	for (size_t i = 0; e->type == EVENT_EDIT && k->t && i < e->edit.n; i++)
		view_edited(&k->v, k->t, e->edit.v[i].off, e->edit.v[i].removed,
			    e->edit.v[i].ins.len);
}

/* Lines of the model ---------------------------------------------------------------------- */

static size_t line_start(const struct str *s, size_t at)
{
	while (at > 0 && s->data[at - 1] != '\n')
		at--;
	return at;
}

/* Where the line's LF is, or the text ends. */
static size_t line_stop(const struct str *s, size_t at)
{
	while (at < s->len && s->data[at] != '\n')
		at++;
	return at;
}

static size_t next_line(const struct str *s, size_t at)
{
	size_t stop = line_stop(s, at);

	return stop < s->len ? stop + 1 : stop;
}

static void splice(struct str *s, size_t from, size_t to, const struct str *ins)
{
	struct str out = STR_INIT;

	str_add(&out, str_cstr(s), from);
	str_add(&out, str_cstr(ins), ins->len);
	str_add(&out, str_cstr(s) + to, s->len - to);
	str_free(s);
	*s = out;
}

/* Indents, outdents or comments each line of [from, to), which are whole lines; the last
 * one's end may be missing. */
typedef void line_fn(const char *line, size_t len, const char *with, struct str *out);

static void change_lines(struct str *s, size_t from, size_t to, line_fn *fn, const char *with)
{
	struct str out = STR_INIT;

	for (size_t at = from; at < to || at == from;) {
		size_t stop = line_stop(s, at), next = next_line(s, at), end = stop;

		if (end > at && s->data[end - 1] == '\r')
			end--;
		fn(s->data + at, end - at, with, &out);
		if (stop >= to) {
			str_add(&out, s->data + end, to - end);
			break;
		}
		str_add(&out, s->data + end, next - end);
		at = next;
		if (at >= to)
			break;
	}
	splice(s, from, to, &out);
	str_free(&out);
}

static void model_indent(const char *line, size_t len, const char *with, struct str *out)
{
	str_adds(out, len ? with : "");
	str_add(out, line, len);
}

static void model_outdent(const char *line, size_t len, const char *with, struct str *out)
{
	size_t n = 0;

	if (len && line[0] == '\t')
		n = 1;
	else
		while (n < len && n < strlen(with) && line[n] == ' ')
			n++;
	str_add(out, line + n, len - n);
}

static size_t blanks_of(const char *line, size_t len)
{
	size_t n = 0;

	while (n < len && (line[n] == ' ' || line[n] == '\t'))
		n++;
	return n;
}

static void model_comment(const char *line, size_t len, const char *with, struct str *out)
{
	size_t n = blanks_of(line, len);

	str_add(out, line, n);
	str_adds(out, n < len ? "// " : "");
	str_add(out, line + n, len - n);
}

static void model_bare(const char *line, size_t len, const char *with, struct str *out)
{
	size_t n = blanks_of(line, len), skip = 0;

	if (len >= n + 2 && line[n] == '/' && line[n + 1] == '/')
		skip = len > n + 2 && line[n + 2] == ' ' ? 3 : 2;
	str_add(out, line, n);
	str_add(out, line + n + skip, len - n - skip);
}

static bool all_commented(const struct str *s, size_t from, size_t to)
{
	for (size_t at = from;;) {
		size_t end = line_stop(s, at), n;

		if (end > at && s->data[end - 1] == '\r')
			end--;
		n = blanks_of(s->data + at, end - at);
		if (at + n < end && !(end - at >= n + 2 && memcmp(s->data + at + n, "//", 2) == 0))
			return false;
		at = next_line(s, at);
		if (at >= to || at == s->len)
			return true;
	}
}

/* What one level of indentation is, among the first 200 lines. */
static void model_unit(const struct str *s, char unit[9])
{
	size_t least = 9, at = 0;

	for (int i = 0; i < 200 && at <= s->len; i++) {
		size_t stop = line_stop(s, at), n = 0;

		if (stop > at && s->data[at] == '\t') {
			strcpy(unit, "\t");
			return;
		}
		while (at + n < stop && s->data[at + n] == ' ')
			n++;
		if (n >= 2 && n < least && at + n < stop)
			least = n;
		at = stop + 1;
	}
	memset(unit, ' ', 8);
	unit[least > 8 ? 2 : least] = '\0';
}

/* Steps ------------------------------------------------------------------------------------ */

static void selected_lines(const struct desk *k, size_t *from, size_t *to)
{
	size_t a, b;

	view_selection(&k->v, &a, &b);
	*from = line_start(&k->now, a);
	if (b > *from && b > a && line_start(&k->now, b) == b)
		b--; /* the line that the selection only touches */
	*to = line_stop(&k->now, b);
}

static void type(struct desk *k, const char *text, size_t len)
{
	struct str ins = STR_INIT;
	size_t from, to;

	str_add(&ins, text, len);
	view_selection(&k->v, &from, &to);
	splice(&k->now, from, to, &ins);
	assert_true(editor_type(k->s, &k->v, text, len, NULL));
	assert_int_equal(k->v.cursor, len || to > from ? from + len : k->v.cursor);
	str_free(&ins);
}

static void erase(struct desk *k)
{
	struct str none = STR_INIT;
	enum erase what = (enum erase)roll(5);
	size_t from, to;

	view_selection(&k->v, &from, &to);
	if (from == to && what == ERASE_BEFORE)
		from = view_before(k->t, to);
	else if (from == to && what == ERASE_AFTER)
		to = view_next(k->t, from);
	else if (from == to && what == ERASE_WORD_BEFORE)
		from = view_word_left(k->t, to);
	else if (from == to && what == ERASE_WORD_AFTER)
		to = view_word_right(k->t, to);
	else if (from == to) {
		from = line_start(&k->now, to);
		to = next_line(&k->now, to);
	}
	splice(&k->now, from, to, &none);
	assert_true(editor_erase(k->s, &k->v, what, NULL));
}

/* The line goes on in a deeper one: it ends with a bracket, or with a word that is `begin`
 * or `else`. */
static bool opens(const char *line, size_t len)
{
	size_t word = len;

	while (word > 0 && (isalnum((unsigned char)line[word - 1]) || line[word - 1] == '_'))
		word--;
	return len && (line[len - 1] == '(' || line[len - 1] == '{' ||
		       (len - word == 5 && memcmp(line + word, "begin", 5) == 0) ||
		       (len - word == 4 && memcmp(line + word, "else", 4) == 0));
}

static void newline(struct desk *k)
{
	struct str ins = STR_INIT;
	size_t from, to, start, n, first = line_stop(&k->now, 0), end;
	char unit[9];

	view_selection(&k->v, &from, &to);
	start = line_start(&k->now, from);
	n = blanks_of(str_cstr(&k->now) + start, from - start);
	str_adds(&ins,
		 first && first < k->now.len && k->now.data[first - 1] == '\r' ? "\r\n" : "\n");
	str_add(&ins, str_cstr(&k->now) + start, n);
	for (end = from;
	     end > start && strchr(" \t", k->now.data[end - 1]) && k->now.data[end - 1];)
		end--;
	if (opens(k->now.data + start, end - start)) {
		model_unit(&k->now, unit);
		str_adds(&ins, unit);
	}
	splice(&k->now, from, to, &ins);
	assert_true(editor_newline(k->s, &k->v, NULL));
	str_free(&ins);
}

static void tab(struct desk *k)
{
	size_t from, to, a, b;
	bool out = roll(3) == 0;
	char unit[9];

	model_unit(&k->now, unit);
	selected_lines(k, &from, &to);
	view_selection(&k->v, &a, &b);
	if (out || (b > a && memchr(k->now.data + from, '\n', to - from))) {
		change_lines(&k->now, from, to, out ? model_outdent : model_indent, unit);
	} else {
		struct str ins = STR_INIT;

		str_adds(&ins, unit);
		splice(&k->now, a, b, &ins);
		str_free(&ins);
	}
	assert_true(editor_tab(k->s, &k->v, out, NULL));
}

static void comment(struct desk *k)
{
	size_t from, to;

	selected_lines(k, &from, &to);
	change_lines(&k->now, from, to,
		     all_commented(&k->now, from, to) ? model_bare : model_comment, "");
	assert_true(editor_comment(k->s, &k->v, NULL));
}

static void clipboard(struct desk *k)
{
	struct str none = STR_INIT, got = STR_INIT;
	size_t from, to;
	bool cut = roll(2);

	view_selection(&k->v, &from, &to);
	if (from == to) {
		from = line_start(&k->now, from);
		to = next_line(&k->now, to);
	}
	str_clear(&k->clip);
	str_add(&k->clip, str_cstr(&k->now) + from, to - from);
	if (cut)
		assert_true(editor_cut(k->s, &k->v, &got, NULL));
	else
		editor_copy(&k->v, k->t, &got);
	assert_int_equal(got.len, k->clip.len);
	assert_memory_equal(str_cstr(&got), str_cstr(&k->clip), got.len);
	if (cut)
		splice(&k->now, from, to, &none);
	str_free(&got);
}

static void move(struct desk *k)
{
	static const enum key_code codes[] = { KEY_LEFT, KEY_RIGHT,   KEY_UP,	     KEY_DOWN,
					       KEY_HOME, KEY_PAGE_UP, KEY_PAGE_DOWN, KEY_END };
	struct key key = { .code = codes[roll(8)], .text = "" };

	key.mods = (roll(2) ? KEY_SHIFT : 0) | (roll(4) ? 0 : KEY_CTRL);
	assert_true(view_key(&k->v, k->t, &key, 10));
}

static void travel(struct desk *k)
{
	struct doc *d = session_doc(k->s, "a.sv");
	uint32_t was = d->current;
	bool back = roll(3) > 0, went = (back ? editor_undo : editor_redo)(k->s, &k->v, NULL);

	assert_int_equal(went, d->current != was);
	str_clear(&k->now);
	text_get_all(k->t, &k->now); /* compared with what this node was, below */
}

static void remember(struct desk *k)
{
	struct doc *d = session_doc(k->s, "a.sv");
	char hash[HASH_HEX + 1];

	hash_text(str_cstr(&k->now), k->now.len, hash);
	if (d->current < k->n_nodes) {
		assert_string_equal(hash, k->nodes[d->current]);
		return;
	}
	assert_int_equal(d->current, k->n_nodes);
	MEM_ROOM(k->nodes, k->n_nodes, k->cap_nodes);
	memcpy(k->nodes[k->n_nodes++], hash, sizeof(hash));
}

static void compare(struct desk *k)
{
	struct str got = STR_INIT;

	text_get_all(k->t, &got);
	assert_int_equal(got.len, k->now.len);
	assert_memory_equal(str_cstr(&got), str_cstr(&k->now), got.len);
	assert_in_range(k->v.cursor, 0, got.len);
	assert_in_range(k->v.anchor, 0, got.len);
	str_free(&got);
	remember(k);
}

static void step(struct desk *k)
{
	static const char *const words[] = { "a",  "begin",    " ",	   "  ",	"\t",
					     "(",  "\xc3\xb6", "漢",	   "e\xcc\x81", "\r\n",
					     "\n", "// x",     "\xff\xfe", "x <= y;\n" };
	const char *w = words[roll(sizeof(words) / sizeof(*words))];

	switch (roll(k->now.len > 3000 ? 11 : 9)) {
	case 0:
	case 1:
		type(k, w, strlen(w));
		break;
	case 2:
		newline(k);
		break;
	case 3:
		tab(k);
		break;
	case 4:
		comment(k);
		break;
	case 5:
		clipboard(k);
		break;
	case 6:
		if (k->clip.len < 1000)
			type(k, str_cstr(&k->clip), k->clip.len);
		break;
	case 7:
		travel(k);
		break;
	case 8:
		move(k);
		move(k);
		break;
	default:
		erase(k);
		break;
	}
}

static void edits_of(const char *first, size_t len, unsigned steps)
{
	struct desk k = { .loop = loop_new(NULL) };
	char template[] = "/tmp/posedge-model.XXXXXX";
	char *path;
	struct doc *d;

	k.root = mem_strdup(mkdtemp(template));
	path = path_join(k.root, "a.sv");
	assert_true(file_save(path, first, len, 0600, NULL));
	k.s = session_open(k.loop, k.root, SESSION_NEW, NULL, NULL);
	d = edit_open(k.s, "a.sv", false, NULL);
	assert_non_null(d);
	k.t = d->text;
	session_watch(k.s, tell, &k);
	view_init(&k.v, "a.sv");
	str_add(&k.now, first, len);
	remember(&k);
	for (unsigned i = 0; i < steps; i++) {
		step(&k);
		compare(&k);
		loop_turn(k.loop, false);
	}
	while (editor_undo(k.s, &k.v, NULL)) {
		str_clear(&k.now);
		text_get_all(k.t, &k.now);
		remember(&k);
	}
	assert_int_equal(d->current, 0);
	assert_int_equal(k.now.len, len);
	assert_memory_equal(str_cstr(&k.now), first, len);
	session_close(k.s);
	loop_free(k.loop);
	view_fini(&k.v);
	file_remove_tree(k.root, NULL);
	free(k.root);
	free(path);
	free(k.nodes);
	str_free(&k.now);
	str_free(&k.clip);
}

CASE(a_text_is_edited_as_the_obvious_way_does_it)
{
	static const char text[] = "module m (\n  input wire a,\n  output wire b\n);\n\n"
				   "  assign b = ~a; // not\nendmodule\n";

	edits_of(text, strlen(text), STEPS);
}

CASE(so_is_one_with_cr_lf_and_tabs)
{
	static const char text[] = "module m;\r\n\twire a;\r\n\r\n\t// b\r\n\r\nendmodule";

	edits_of(text, strlen(text), STEPS);
}

CASE(so_is_one_of_any_bytes)
{
	static const char text[] = "wire \0 a\xff;\n \0// b\n\xed\xa0\x80\r漢\r\n";

	edits_of(text, sizeof(text) - 1, STEPS);
}

/* A ROM written by a program: one line longer than what is read at a time. */
CASE(so_is_a_very_long_line)
{
	struct str text = STR_INIT;

	str_adds(&text, "  initial rom = {");
	for (int i = 0; i < 30000; i++)
		str_addf(&text, "8'h%02x, ", i & 255);
	str_adds(&text, "0};\nendmodule\n");
	edits_of(str_cstr(&text), text.len, 300);
	str_free(&text);
}

static int before_all(void **state)
{
	const char *given = getenv("POSEDGE_TEST_SEED");

	setlocale(LC_CTYPE, "C.UTF-8");
	seed = given ? strtoul(given, NULL, 10) : 20261130;
	return 0;
}

CASES_WITHIN(before_all, NULL)
