#include "config.h"

#include "tests/lib/case.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/session.h"
#include "session/text/text.h"
#include "ui/document/editor.h"
#include "session/text/find.h"
#include "tests/lib/dice.h"
#include "ui/document/view.h"
#include "ui/look/cluster.h"
#include "ui/look/theme.h"
#include "ui/terminal/keys.h"

struct place {
	struct loop *loop;
	char *root;
	struct session *s;
	struct view v;
};

/* Like ui: every view is notified of every edit. */
static void tell(void *ctx, const struct event *e)
{
	struct place *p = ctx;
	struct doc *d = session_doc(p->s, "a.sv");

	if (e->type != EVENT_EDIT || !d || !d->text)
		return;
	for (size_t i = 0; i < e->edit.n; i++)
		view_edited(&p->v, d->text, e->edit.v[i].off, e->edit.v[i].removed,
			    e->edit.v[i].ins.len);
}

static int set_up(void **state)
{
	struct place *p = mem_zalloc(sizeof(*p));
	char template[] = "/tmp/posedge-editor.XXXXXX";

	p->loop = loop_new(NULL);
	p->root = mem_strdup(mkdtemp(template));
	p->s = session_open(p->loop, p->root, SESSION_NEW, NULL, NULL);
	session_watch(p->s, tell, p);
	view_init(&p->v, "a.sv");
	*state = p;
	return p->s == NULL;
}

static int tear_down(void **state)
{
	struct place *p = *state;

	session_close(p->s);
	loop_free(p->loop);
	view_fini(&p->v);
	file_remove_tree(p->root, NULL);
	free(p->root);
	free(p);
	return 0;
}

static struct text *open_with(struct place *p, const char *text)
{
	struct doc *d = edit_open(p->s, "a.sv", true, NULL);

	assert_non_null(d);
	view_select(&p->v, 0, text_len(d->text));
	assert_true(editor_type(p->s, &p->v, text, strlen(text), NULL));
	p->v.cursor = 0;
	return d->text;
}

/* "|" is the cursor, "<" and ">" around it a selection's other end. */
static void expect(struct place *p, const char *want)
{
	struct text *t = session_doc(p->s, "a.sv")->text;
	struct str got = STR_INIT;

	text_get_all(t, &got);
	{
		struct str marked = STR_INIT;

		str_add(&marked, str_cstr(&got), p->v.cursor);
		str_addc(&marked, '|');
		str_adds(&marked, str_cstr(&got) + p->v.cursor);
		assert_string_equal(str_cstr(&marked), want);
		str_free(&marked);
	}
	str_free(&got);
}

static void press(struct place *p, enum key_code code, unsigned mods)
{
	struct key k = { .code = code, .mods = mods, .text = "" };

	assert_true(view_key(&p->v, session_doc(p->s, "a.sv")->text, &k, 10));
}

CASE_WITH(typing_puts_letters_where_the_cursor_is, set_up, tear_down)
{
	struct place *p = *state;

	open_with(p, "ac\n");
	press(p, KEY_RIGHT, 0);
	assert_true(editor_type(p->s, &p->v, "b", 1, NULL));
	expect(p, "ab|c\n");
	press(p, KEY_END, 0);
	expect(p, "abc|\n");
	assert_true(editor_erase(p->s, &p->v, ERASE_BEFORE, NULL));
	expect(p, "ab|\n");
	press(p, KEY_HOME, KEY_SHIFT);
	assert_true(editor_type(p->s, &p->v, "x", 1, NULL));
	expect(p, "x|\n");
}

CASE_WITH(a_new_line_goes_on_where_this_one_begins, set_up, tear_down)
{
	struct place *p = *state;

	open_with(p, "  if (a) begin\n  end\n");
	press(p, KEY_END, 0);
	assert_true(editor_newline(p->s, &p->v, NULL));
	expect(p, "  if (a) begin\n    |\n  end\n");
	assert_true(editor_newline(p->s, &p->v, NULL));
	expect(p, "  if (a) begin\n    \n    |\n  end\n");
}

CASE_WITH(crlf_stays_crlf, set_up, tear_down)
{
	struct place *p = *state;

	open_with(p, "a;\r\nb;\r\n");
	press(p, KEY_END, 0);
	expect(p, "a;|\r\nb;\r\n");
	assert_true(editor_newline(p->s, &p->v, NULL));
	expect(p, "a;\r\n|\r\nb;\r\n");
	assert_true(editor_erase(p->s, &p->v, ERASE_AFTER, NULL));
	expect(p, "a;\r\n|b;\r\n");
	assert_true(editor_erase(p->s, &p->v, ERASE_BEFORE, NULL));
	expect(p, "a;|b;\r\n");
}

CASE_WITH(several_lines_indent_and_comment_as_one_step, set_up, tear_down)
{
	struct place *p = *state;

	open_with(p, "  a\n  b\n  c\n");
	view_select(&p->v, 0, 8);
	assert_true(editor_tab(p->s, &p->v, false, NULL));
	expect(p, "    a\n    b|\n  c\n");
	assert_true(editor_tab(p->s, &p->v, true, NULL));
	expect(p, "  a\n  b|\n  c\n");
	assert_true(editor_comment(p->s, &p->v, NULL));
	expect(p, "  // a\n  // b|\n  c\n");
	assert_true(editor_comment(p->s, &p->v, NULL));
	expect(p, "  a\n  b|\n  c\n");
	assert_true(editor_undo(p->s, &p->v, NULL));
	assert_true(editor_undo(p->s, &p->v, NULL));
	assert_true(editor_undo(p->s, &p->v, NULL));
	assert_int_equal(text_len(session_doc(p->s, "a.sv")->text), strlen("    a\n    b\n  c\n"));
}

CASE_WITH(a_word_typed_is_one_undo_step, set_up, tear_down)
{
	struct place *p = *state;

	open_with(p, "\n");
	for (const char *c = "foo bar"; *c; c++)
		assert_true(editor_type(p->s, &p->v, c, 1, NULL));
	expect(p, "foo bar|\n");
	assert_true(editor_undo(p->s, &p->v, NULL));
	expect(p, "foo |\n");
	assert_true(editor_undo(p->s, &p->v, NULL));
	expect(p, "|\n");
	assert_true(editor_redo(p->s, &p->v, NULL));
	expect(p, "foo |\n");
	assert_true(editor_redo(p->s, &p->v, NULL));
	expect(p, "foo bar|\n");
	assert_false(editor_redo(p->s, &p->v, NULL));
}

CASE_WITH(brackets_and_blocks_find_their_partners, set_up, tear_down)
{
	struct place *p = *state;
	struct text *t = open_with(p, "begin /* end */ if (a[3]) begin x = \"end\"; end end");
	size_t from, to;

	assert_true(editor_match(t, 0, &from, &to));
	assert_int_equal(from, 47);
	assert_true(editor_match(t, 47, &from, &to));
	assert_int_equal(from, 0);
	assert_true(editor_match(t, 19, &from, &to));
	assert_int_equal(from, 24);
	assert_true(editor_match(t, 43, &from, &to));
	assert_int_equal(from, 26);
	assert_false(editor_match(t, 16, &from, &to));
}

CASE_WITH(each_pair_is_found_from_within_and_from_behind, set_up, tear_down)
{
	static const char *const pairs[][2] = { { "(", ")" },
						{ "[", "]" },
						{ "{", "}" },
						{ "begin", "end" },
						{ "module", "endmodule" },
						{ "casez", "endcase" },
						{ "fork", "join" },
						{ "covergroup", "endgroup" },
						{ "interface", "endinterface" } };
	struct place *p = *state;
	struct text *t = open_with(p, "");
	size_t from, to;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		size_t a = strlen(pairs[i][0]), b = strlen(pairs[i][1]);
		char *all = str_fmt("a_b %s c %s\n", pairs[i][0], pairs[i][1]);

		view_select(&p->v, 0, text_len(t));
		assert_true(editor_type(p->s, &p->v, all, strlen(all), NULL));
		for (size_t off = 4; off <= 4 + a; off++) {
			assert_true(editor_match(t, off, &from, &to));
			assert_int_equal(from, 4 + a + 3);
		}
		for (size_t off = 4 + a + 3; off <= 4 + a + 3 + b; off++) {
			assert_true(editor_match(t, off, &from, &to));
			assert_int_equal(from, 4);
			assert_int_equal(to, 4 + a);
		}
		assert_false(editor_match(t, 2, &from, &to));
		free(all);
	}
}

CASE_WITH(what_was_found_is_replaced, set_up, tear_down)
{
	struct place *p = *state;
	struct text *t = open_with(p, "clk Clk\nclk2 clk\n");
	struct find *f = find_new("clk", NULL);
	struct str out = STR_INIT;
	struct err err;
	size_t a, b, n;

	assert_true(find_next(f, t, 0, &a, &b));
	assert_int_equal(a, 0);
	assert_true(find_next(f, t, 1, &a, &b));
	assert_int_equal(a, 4);
	assert_true(find_before(f, t, 13, &a, &b));
	assert_int_equal(a, 8);
	find_free(f);
	f = find_new("(c)lk\\b", NULL);
	assert_true(find_replace(f, "clk Clk clk2", 12, "$1K", &out, &n, &err));
	assert_string_equal(str_cstr(&out), "cK CK clk2");
	assert_int_equal(n, 2);
	find_free(f);
	str_free(&out);
	assert_null(find_new("(", &err));
	assert_int_equal(err.code, ERR_PARSE);
	f = find_new("(a+)+$", NULL); /* must end, whatever it takes */
	assert_false(find_in(f, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
			     65, 0, &a, &b));
	find_free(f);
}

/* The editor against the obvious model: a string and an offset. */
struct naive {
	struct str s;
	size_t at;
};

static size_t naive_next(const struct naive *n, size_t at)
{
	struct cluster c;

	if (at >= n->s.len)
		return at;
	if (n->s.data[at] == '\r' && at + 1 < n->s.len && n->s.data[at + 1] == '\n')
		return at + 2;
	cluster_next(n->s.data + at, n->s.len - at, &c);
	return at + c.len;
}

static void naive_replace(struct naive *n, size_t from, size_t to, const char *ins, size_t len)
{
	struct str out = STR_INIT;

	str_add(&out, str_cstr(&n->s), from);
	str_add(&out, ins, len);
	str_add(&out, str_cstr(&n->s) + to, n->s.len - to);
	str_free(&n->s);
	n->s = out;
	n->at = from + len;
}

CASE(a_long_line_has_the_columns_of_its_clusters)
{
	static const char *const words[] = { "wire abc; ", "\t", "\xe6\xbc\xa2", "e\xcc\x81",
					     "\x01" };
	struct naive n = { STR_INIT, 0 };
	struct text *t;
	size_t len = 150000;
	int col = 0;

	while (n.s.len < len)
		str_adds(&n.s, words[roll(20) ? 0 : roll(5)]);
	t = text_new(n.s.data, n.s.len);
	for (size_t at = 0; at < n.s.len;) {
		size_t next = naive_next(&n, at);
		int wide = n.s.data[at] == '\t'
				   ? VIEW_TAB - col % VIEW_TAB
				   : cluster_columns(n.s.data + at, next - at, VIEW_TAB);

		if (roll(4000) == 0) {
			assert_int_equal(view_column(t, at), col);
			assert_int_equal(view_at_column(t, 0, col), at);
			assert_int_equal(view_at_column(t, 0, col + wide - 1), at);
		}
		col += wide;
		at = next;
	}
	assert_int_equal(view_column(t, n.s.len), col);
	text_free(t);
	str_free(&n.s);
}

static void random_step(struct place *p, struct naive *n)
{
	static const char *const words[] = { "a",	  "\n", "wire ", "\xc3\xb6", "\xe6\xbc\xa2",
					     "e\xcc\x81", "(",	"\t",	 "end",	     "1'b0" };
	const char *w = words[roll(10)];
	size_t from, to;

	switch (roll(6)) {
	case 0:
	case 1:
		assert_true(editor_type(p->s, &p->v, w, strlen(w), NULL));
		naive_replace(n, n->at, n->at, w, strlen(w));
		break;
	case 2:
		assert_true(editor_erase(p->s, &p->v, ERASE_AFTER, NULL));
		naive_replace(n, n->at, naive_next(n, n->at), "", 0);
		break;
	case 3:
		press(p, KEY_RIGHT, 0);
		n->at = naive_next(n, n->at);
		break;
	case 4:
		n->at = roll((unsigned)n->s.len + 1);
		while (n->at < n->s.len && ((unsigned char)n->s.data[n->at] & 0xc0) == 0x80)
			n->at++;
		view_move(&p->v, session_doc(p->s, "a.sv")->text, n->at, false);
		break;
	case 5:
		from = n->at;
		to = naive_next(n, naive_next(n, from));
		view_select(&p->v, from, to);
		assert_true(editor_type(p->s, &p->v, "", 0, NULL));
		naive_replace(n, from, to, "", 0);
		view_unselect(&p->v);
		break;
	}
}

CASE_WITH(a_hundred_thousand_steps_as_the_obvious_way, set_up, tear_down)
{
	struct place *p = *state;
	struct naive n = { .s = STR_INIT };
	struct str got = STR_INIT;
	struct text *t = open_with(p, "module m;\nendmodule\n");

	str_adds(&n.s, "module m;\nendmodule\n");
	for (int i = 0; i < 100000; i++) {
		random_step(p, &n);
		assert_int_equal(p->v.cursor, n.at);
		assert_int_equal(text_len(t), n.s.len);
		if (i % 1000 == 0) {
			str_clear(&got);
			text_get_all(t, &got);
			assert_memory_equal(str_cstr(&got), str_cstr(&n.s), n.s.len);
			view_follow(&p->v, t, 20, 60);
			assert_in_range(text_line_of(t, p->v.cursor), p->v.top, p->v.top + 19);
			loop_turn(p->loop, false);
		}
		if (n.s.len > 4000) { /* stays a small text */
			view_select(&p->v, 0, 3000);
			assert_true(editor_erase(p->s, &p->v, ERASE_BEFORE, NULL));
			naive_replace(&n, 0, 3000, "", 0);
		}
	}
	str_free(&got);
	str_free(&n.s);
}

/* The state of a text that was never edited. */
static void assert_colours_as_anew(const struct view *v, const struct text *t)
{
	struct highlight anew;
	size_t last = text_lines(t) - 1;

	highlight_init(&anew, "a.sv");
	assert_true(highlight_reach(&anew, t, last, 100000));
	assert_true(v->colours.known > last);
	assert_memory_equal(v->colours.state, anew.state, last + 1);
	highlight_fini(&anew);
}

CASE_WITH(colours_after_any_edits_are_those_of_the_text, set_up, tear_down)
{
	static const char *const words[] = { "a",  "/*", "*/", "/",	  "*",
					     "\n", "\"", "//", "x\n/*\n", " " };
	struct place *p = *state;
	struct text *t = open_with(p, "wire a;\n/* b\n c */ wire d;\n// e\nf\ng\nh\n");

	for (int i = 0; i < 20000; i++) {
		size_t len = text_len(t), at = roll((unsigned)len + 1), n = roll(4);
		const char *w = roll(3) ? words[roll(10)] : "";

		n = n > len - at || len < 30 ? 0 : len > 300 ? len - at : n;
		view_select(&p->v, at, at + n);
		assert_true(editor_type(p->s, &p->v, w, strlen(w), NULL));
		loop_turn(p->loop, false);
		if (roll(2)) { /* else several edits come before the next drawing */
			assert_true(highlight_reach(&p->v.colours, t, text_lines(t) - 1, 100000));
			assert_colours_as_anew(&p->v, t);
		}
	}
}

CASE_WITH(typing_learns_the_colours_of_its_line_alone, set_up, tear_down)
{
	struct place *p = *state;
	struct text *t = open_with(p, "wire a;\nwire b;\nwire c;\nwire d;\nwire e;\n");

	assert_true(highlight_reach(&p->v.colours, t, 5, 100));
	view_move(&p->v, t, 4, false);
	assert_true(editor_type(p->s, &p->v, "x", 1, NULL));
	assert_true(highlight_reach(&p->v.colours, t, 5, 1));
	assert_true(editor_type(p->s, &p->v, "/*", 2, NULL));
	assert_false(highlight_reach(&p->v.colours, t, 5, 1));
}

CASE_WITH(colours_survive_typing, set_up, tear_down)
{
	struct place *p = *state;
	struct text *t = open_with(p, "/* a\nb\n*/ wire c;\n");
	uint8_t styles[16];

	assert_true(highlight_reach(&p->v.colours, t, 2, 100));
	highlight_line(&p->v.colours, 1, "b", 1, styles);
	assert_int_equal(styles[0], STYLE_COMMENT);
	highlight_line(&p->v.colours, 2, "*/ wire c;", 10, styles);
	assert_int_equal(styles[3], STYLE_KEYWORD);
	view_select(&p->v, 0, 2); /* the comment's start goes */
	assert_true(editor_type(p->s, &p->v, "", 0, NULL));
	assert_true(highlight_reach(&p->v.colours, t, 2, 100));
	highlight_line(&p->v.colours, 1, "b", 1, styles);
	assert_int_equal(styles[0], STYLE_TEXT);
	assert_false(highlight_reach(&p->v.colours, t, 2, 0) && p->v.colours.known < 2);
}

CASE_WITH(a_wider_pane_scrolls_back, set_up, tear_down)
{
	struct place *p = *state;
	struct text *t =
		open_with(p, "assign a_rather_long_name = another_rather_long_name & one_more;\n");

	press(p, KEY_END, 0);
	view_follow(&p->v, t, 5, 20);
	assert_int_equal(p->v.left, 64 - 20 + 9);
	press(p, KEY_LEFT, 0);
	view_follow(&p->v, t, 5, 20);
	assert_int_equal(p->v.left, 64 - 20 + 9); /* as wide as before: it stands still */
	view_follow(&p->v, t, 5, 40);
	assert_int_equal(p->v.left, 63 - 40 + 9);
	view_follow(&p->v, t, 5, 80);
	assert_int_equal(p->v.left, 0);
}

/* The place it was last found at may belong to another match by now. */
CASE_WITH(a_view_finds_the_document_of_its_path, set_up, tear_down)
{
	struct place *p = *state;
	struct view other;

	assert_null(editor_doc(p->s, &p->v));
	assert_non_null(edit_open(p->s, "b.sv", true, NULL));
	assert_null(editor_doc(p->s, &p->v));
	open_with(p, "x");
	view_init(&other, "b.sv");
	for (size_t hint = 0; hint < 4; hint++) {
		p->v.doc = other.doc = hint;
		assert_ptr_equal(editor_doc(p->s, &p->v), session_doc(p->s, "a.sv"));
		assert_ptr_equal(editor_doc(p->s, &other), session_doc(p->s, "b.sv"));
		assert_int_not_equal(p->v.doc, other.doc);
	}
	view_fini(&other);
}

static int before_all(void **state)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	seed = 20261123;
	return 0;
}

CASES_WITHIN(before_all, NULL)
