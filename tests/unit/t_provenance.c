/* Who wrote a line: through edits, moves and undo; following the edits gives the same
 * as folding from the base. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/event.h"
#include "session/journal/provenance.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/review/flow_suggest.h"
#include "session/text/text.h"
#include "tests/lib/dice.h"
#include "tests/lib/tool.h"

struct bench {
	struct loop *loop;
	char *root;
	struct session *s;
	struct str base;
	struct doc *d;
};

static void begin(struct bench *b, const char *text)
{
	memset(b, 0, sizeof(*b));
	b->loop = loop_new(NULL);
	b->root = tool_folder();
	tool_write(b->root, "a.sv", text);
	str_adds(&b->base, text);
	b->s = session_open(b->loop, b->root, SESSION_NEW, NULL, NULL);
	assert_non_null(b->s);
	b->d = edit_open(b->s, "a.sv", false, NULL);
	assert_non_null(b->d);
}

static void end(struct bench *b)
{
	session_close(b->s);
	loop_free(b->loop);
	str_free(&b->base);
	tool_folder_remove(b->root);
}

static struct edit_by by_suggestion(uint64_t n)
{
	return (struct edit_by){ EDIT_BY_SUGGESTION, n };
}

static const struct edit_by by_disk = { EDIT_BY_DISK, 0 };

static void edit(struct bench *b, struct edit_by by, size_t off, size_t removed, const char *ins)
{
	struct change c = { off, removed, { ins, strlen(ins) } };

	assert_true(edit_change(b->s, "a.sv", &c, 1, by, NULL));
}

/* The position of a piece of text that occurs once. */
static size_t at(const struct bench *b, const char *piece)
{
	struct str now = STR_INIT;
	size_t off;
	const char *p;

	text_get_all(b->d->text, &now);
	p = strstr(str_cstr(&now), piece);
	assert_non_null(p);
	off = (size_t)(p - str_cstr(&now));
	str_free(&now);
	return off;
}

/* One letter a line. */
static void authors(const struct bench *b, const char *want)
{
	const struct state *st = session_state(b->s);
	struct provenance *p =
		provenance_new(st, b->d, b->d->current, str_cstr(&b->base), b->base.len);
	struct str got = STR_INIT, now = STR_INIT;
	size_t len;
	const char *text;

	assert_non_null(p);
	for (size_t i = 0; i < provenance_lines(p); i++)
		str_addc(&got, author_letter(st, provenance_line(p, i)));
	text = provenance_text(p, &len);
	text_get_all(b->d->text, &now);
	assert_int_equal(len, now.len);
	assert_memory_equal(text, str_cstr(&now), len);
	assert_string_equal(str_cstr(&got), want);
	provenance_free(p);
	str_free(&got);
	str_free(&now);
}

static uint64_t suggest(struct bench *b, const char *by, const char *proposed)
{
	struct proposed p = { .path = "a.sv",
			      .by = by,
			      .base = { str_cstr(&b->base), b->base.len },
			      .text = { proposed, strlen(proposed) } };
	uint64_t n;

	assert_true(flow_suggest(b->s, &p, &n, NULL));
	return n;
}

CASE(each_line_has_its_author)
{
	struct bench b;
	struct edit_by by;

	begin(&b, "module a;\n  wire one;\n  wire two;\nendmodule\n");
	authors(&b, "    ");
	by = by_suggestion(suggest(&b, "gpt", "x\n"));
	edit(&b, by, at(&b, "  wire two"), 0, "  logic [7:0] count;\n  assign y = count;\n");
	authors(&b, "  mm  ");
	edit(&b, BY_YOU, at(&b, "endmodule"), 0, "  // typed\n");
	authors(&b, "  mm u ");
	edit(&b, BY_YOU, at(&b, "[7:0]"), 5, "[3:0]"); /* in the model's line */
	authors(&b, "  *m u ");
	edit(&b, BY_YOU, at(&b, "one"), 3, "uno"); /* in one that was there */
	authors(&b, " u*m u ");
	edit(&b, by, at(&b, "  // typed"), 11, "  // rewritten by the model\n");
	authors(&b, " u*m m ");
	assert_true(edit_undo(b.s, "a.sv", NULL));
	authors(&b, " u*m u ");
	assert_true(edit_goto(b.s, "a.sv", 0, NULL));
	authors(&b, "    ");
	edit(&b, by_disk, 0, 0, "`timescale 1ns/1ps\n");
	authors(&b, "o    ");
	end(&b);
}

/* A change is recorded as one run of bytes from the first to the last difference;
 * unchanged lines in between keep their author. */
CASE(unchanged_lines_inside_a_change_keep_theirs)
{
	struct bench b;

	begin(&b, "a1\nb2\nc3\nd4\ne5\n");
	edit(&b, BY_YOU, 3, 2, "B!");
	authors(&b, " u   ");
	edit(&b, by_suggestion(7), 0, text_len(b.d->text), "A1\nB!\nc3\nD4\ne5\nf6\n");
	authors(&b, "mu m m");
	end(&b);
}

/* Cut here, pasted there, word for word. */
CASE(a_moved_line_stays_whose_it_was)
{
	struct bench b;

	begin(&b, "module a;\nendmodule\n");
	edit(&b, by_suggestion(9), at(&b, "endmodule"), 0,
	     "  assign one = 1;\n  assign two = 2;\n");
	authors(&b, " mm ");
	edit(&b, BY_YOU, at(&b, "  assign one"), 18, "");
	authors(&b, " m ");
	edit(&b, BY_YOU, 0, 0, "// mine\n");
	edit(&b, BY_YOU, at(&b, "endmodule"), 0, "  assign one = 1;\n");
	authors(&b, "u mm ");
	edit(&b, BY_YOU, at(&b, "endmodule"), 0, "}\n"); /* too short to be recognised */
	authors(&b, "u mmu ");
	end(&b);
}

CASE(what_was_rewritten_in_review_is_of_both)
{
	struct bench b;
	struct event e = { .type = EVENT_AMEND };
	struct edit_by by;
	struct str name = STR_INIT;
	uint64_t n;

	begin(&b, "one\n");
	n = suggest(&b, "gpt", "one\nthe model's line\nanother of its\n");
	e.amend.suggestion = n;
	e.amend.unit = 0;
	e.amend.line = (struct bytes){ "my line", 7 };
	assert_true(session_record(b.s, &e, NULL, NULL));
	by = by_suggestion(n);
	edit(&b, by, 4, 0, "my line\nanother of its\n");
	authors(&b, " *m");
	author_print(session_state(b.s), (struct author){ AUTHOR_MODEL_YOU, n }, &name);
	assert_non_null(strstr(str_cstr(&name), "model gpt #"));
	assert_non_null(strstr(str_cstr(&name), " then you"));
	str_free(&name);
	end(&b);
}

static void random_edit(struct bench *b)
{
	static const struct edit_by by[] = { { EDIT_BY_YOU, 0 },
					     { EDIT_BY_YOU, 0 },
					     { EDIT_BY_SUGGESTION, 3 },
					     { EDIT_BY_SUGGESTION, 4 },
					     { EDIT_BY_DISK, 0 } };
	static const char *const what[] = {
		"x", "\n", "", "  wire w;\n", "one two\nthree four\n", "endmodule\n\n", "\xc3\xa4"
	};
	size_t len = text_len(b->d->text), off = roll((unsigned)len + 1),
	       removed = roll(3) ? 0 : roll((unsigned)(len - off) + 1) % 40;

	switch (roll(8)) {
	case 0:
		assert_true(edit_undo(b->s, "a.sv", NULL));
		break;
	case 1:
		assert_true(edit_redo(b->s, "a.sv", NULL));
		break;
	case 2:
		assert_true(edit_goto(b->s, "a.sv", roll(b->d->n_nodes), NULL));
		break;
	default:
		edit(b, by[roll(5)], off, removed, what[roll(7)]);
	}
}

CASE(following_gives_what_folding_gives)
{
	for (int round = 0; round < 20; round++) {
		struct bench b;
		struct provenance *followed;

		begin(&b, "module a;\n  wire one;\n  wire two;\nendmodule");
		followed =
			provenance_new(session_state(b.s), b.d, 0, str_cstr(&b.base), b.base.len);
		for (int i = 0; i < 100; i++) {
			struct provenance *folded;

			random_edit(&b);
			assert_true(provenance_follow(followed, session_state(b.s), b.d));
			folded = provenance_new(session_state(b.s), b.d, b.d->current,
						str_cstr(&b.base), b.base.len);
			assert_non_null(folded);
			assert_int_equal(provenance_lines(followed), provenance_lines(folded));
			for (size_t l = 0; l < provenance_lines(folded); l++) {
				struct author x = provenance_line(followed, l),
					      y = provenance_line(folded, l);

				assert_int_equal(x.kind, y.kind);
				assert_int_equal(x.suggestion, y.suggestion);
			}
			assert_in_range(text_lines(b.d->text) - provenance_lines(folded), 0, 1);
			provenance_free(folded);
		}
		provenance_free(followed);
		end(&b);
	}
}

/* A renamed file brings its authors along; invalid ones are ignored. */
CASE(lines_keep_their_authors_under_another_name)
{
	static const char *const want[] = { " mmum", "    m", " uuum", "    m" };

	for (int i = 0; i < 4; i++) {
		struct change c[2] = { { 0, 0, { "one\ntwo\nthree\nfour\n", 19 } },
				       { 19, 0, { "five\n", 5 } } };
		struct author_run *back;
		struct bench b;
		uint64_t n;

		begin(&b, c[0].ins.data);
		assert_non_null(edit_open(b.s, "b.sv", true, NULL));
		n = suggest(&b, "gpt", "x\n");
		{
			const struct author_run runs[4][3] = {
				{ { 1, { AUTHOR_BEFORE, 0 } },
				  { 2, { AUTHOR_MODEL, n } },
				  { 1, { AUTHOR_YOU, 0 } } },
				{ { 9, { AUTHOR_YOU, 0 } } },
				{ { 1, { AUTHOR_BEFORE, 0 } },
				  { 3, { AUTHOR_YOU, 0 } },
				  { UINT64_MAX, { AUTHOR_YOU, 0 } } },
			};

			assert_true(edit_rename(b.s, "a.sv", "b.sv", c, 2, runs[i], i < 3 ? 3 : 0,
						n, NULL));
		}
		b.d = session_doc(b.s, "b.sv");
		str_clear(&b.base);
		authors(&b, want[i]);
		{
			struct provenance *p =
				provenance_new(session_state(b.s), b.d, b.d->current, "", 0);
			size_t runs = provenance_runs(p, &back);

			assert_int_equal(runs, i == 0 ? 4 : i == 2 ? 3 : 2);
			assert_int_equal(back[runs - 1].lines, 1);
			assert_int_equal(back[runs - 1].by.kind, AUTHOR_MODEL);
			assert_int_equal(back[runs - 1].by.suggestion, n);
			free(back);
			provenance_free(p);
		}
		end(&b);
	}
}

static int before_all(void **state)
{
	seed_from_clock();
	return 0;
}

CASES_WITHIN(before_all, NULL)
