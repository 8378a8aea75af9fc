#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/output/diag.h"
#include "tests/lib/findings.h"

CASE(list_copies_what_it_is_given)
{
	struct diag_list *l = diag_list_new(8);
	char text[] = "latch inferred";
	struct diag d = { .rank = DIAG_RISK, .path = "fifo.v", .line = 12, .text = text };
	struct err err;

	assert_true(diag_list_add(l, &d, &err));
	text[0] = 'x'; /* must not show through */
	assert_string_equal(diag_list_at(l, 0)->text, "latch inferred");
	assert_string_equal(diag_list_at(l, 0)->code, "");
	assert_string_equal(diag_list_at(l, 0)->hint, "");
	assert_int_equal(diag_list_at(l, 0)->line, 12);
	diag_list_free(l);
	diag_list_free(NULL);
}

CASE(lists_hold_the_same_finding)
{
	struct diag_list *a = diag_list_new(8), *b = diag_list_new(2), *c = diag_list_new(8);
	const struct diag_list *again;
	struct diag d = { .path = "fifo.v", .line = 12, .text = "latch inferred" };
	struct diag other = { .path = "fifo.v", .line = 13, .text = "latch inferred" };
	const struct diag *first;

	diag_list_add(a, &d, NULL);
	diag_list_add(a, &other, NULL);
	assert_true(diag_list_keep(b, a, 0));
	assert_true(diag_list_keep_new(b, a, 0)); /* known */
	assert_true(diag_list_keep_new(b, a, 1));
	assert_false(diag_list_keep(b, a, 1));
	assert_true(diag_list_keep_new(b, a, 1)); /* full, but known */
	diag_list_add(c, &d, NULL);
	assert_true(diag_list_keep_new(b, c, 0)); /* alike */
	first = diag_list_at(a, 0);
	assert_ptr_equal(diag_list_at(b, 0), first);
	assert_ptr_not_equal(diag_list_at(c, 0), first);
	again = diag_list_share(b);
	assert_ptr_equal(again, b);
	diag_list_free(a);
	diag_list_free(b);
	diag_list_free(c);
	/* The last list that holds it frees it. */
	assert_int_equal(diag_list_len(again), 2);
	assert_string_equal(first->text, "latch inferred");
	diag_list_free(again);
}

CASE(a_list_that_was_added_to_has_no_stamp)
{
	struct diag_list *l = diag_list_new(8);
	struct diag d = { .text = "x" };

	assert_int_equal(diag_list_stamp(l), 0);
	diag_list_set_stamp(l, 7);
	diag_list_add(l, &d, NULL);
	assert_int_equal(diag_list_stamp(l), 0);
	diag_list_set_stamp(l, 7);
	diag_list_add_new(l, &d); /* known: nothing was added */
	assert_int_equal(diag_list_stamp(l), 7);
	diag_list_keep(l, l, 0);
	assert_int_equal(diag_list_stamp(l), 0);
	diag_list_free(l);
}

CASE(a_full_list_says_so_and_keeps_what_it_has)
{
	struct diag_list *l = diag_list_new(2);
	struct diag d = { .text = "x" };
	struct err err;

	assert_true(diag_list_add(l, &d, &err));
	assert_true(diag_list_add(l, &d, &err));
	assert_false(diag_list_add(l, &d, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	assert_int_equal(diag_list_len(l), 2);
	diag_list_free(l);
}

CASE(errors_find_room_in_a_full_list)
{
	struct diag_list *l = diag_list_new(40);
	struct diag d = { .rank = DIAG_RISK, .path = "a.v", .text = "x" };

	for (d.line = 1; d.line <= 40; d.line++)
		assert_true(diag_list_add_new(l, &d));
	d.rank = DIAG_ERROR;
	for (d.line = 41; d.line <= 80; d.line++)
		assert_true(diag_list_add_new(l, &d));
	d.line = 80;
	assert_true(diag_list_add_new(l, &d)); /* known */
	assert_int_equal(diag_list_count(l, DIAG_ERROR), 40);
	for (size_t i = 0; i < diag_list_len(l); i++)
		assert_int_equal(diag_list_at(l, i)->line, 41 + (int)i); /* in order */
	d.line = 81;
	assert_false(diag_list_add_new(l, &d));
	diag_list_free(l);
}

CASE(the_first_of_other_findings_stay)
{
	static const char *const codes[] = { DIAG_UNSUPPORTED, DIAG_SKIMMED };

	for (size_t k = 0; k < sizeof(codes) / sizeof(*codes); k++) {
		struct diag_list *l = diag_list_new(32);
		struct diag d = { .rank = DIAG_RISK, .path = "a.v", .text = "x" };

		for (d.line = 1; d.line <= 50; d.line++)
			diag_list_add(l, &d, NULL);
		d.rank = DIAG_STYLE;
		d.code = codes[k];
		assert_true(diag_list_add(l, &d, NULL));
		assert_int_equal(diag_list_len(l), 32 - 3 + 1); /* a sixteenth and one made room */
		for (size_t i = 0; i + 1 < diag_list_len(l); i++)
			assert_int_equal(diag_list_at(l, i)->line, 1 + (int)i);
		assert_int_equal(diag_list_at(l, 29)->line, 51);
		diag_list_free(l);
	}
}

CASE(ranks_are_counted)
{
	struct diag_list *l = diag_list_new(100);

	for (int i = 0; i < 9; i++) {
		struct diag d = { .rank = i < 2 ? DIAG_ERROR : i < 5 ? DIAG_RISK : DIAG_STYLE };

		diag_list_add(l, &d, NULL);
	}
	assert_int_equal(diag_list_count(l, DIAG_ERROR), 2);
	assert_int_equal(diag_list_count(l, DIAG_RISK), 3);
	assert_int_equal(diag_list_count(l, DIAG_STYLE), 4);
	diag_list_free(l);
}

CASE(nothing_in_a_finding_steers_a_terminal)
{
	struct diag_list *l = diag_list_new(8);
	struct diag d = { .path = "a\033b",
			  .line = -3,
			  .text = "x\r\n\xff"
				  "\xe2\x80\xae"
				  "y\x7f",
			  .context = "\tq \xc3\xa4",
			  .hint = "\xc2\x9b"
				  "31m" };

	diag_list_add(l, &d, NULL);
	assert_string_equal(diag_list_at(l, 0)->path, "a?b");
	assert_string_equal(diag_list_at(l, 0)->text, "x??????y?");
	assert_string_equal(diag_list_at(l, 0)->context, " q \xc3\xa4");
	assert_string_equal(diag_list_at(l, 0)->hint, "??31m");
	assert_int_equal(diag_list_at(l, 0)->line, 0);
	diag_list_free(l);
}

CASE(a_long_text_is_cut_at_a_character)
{
	struct diag_list *l = diag_list_new(8);
	char *text = mem_zalloc(10001);
	struct diag d = { .text = text };

	text[0] = 'x';
	for (int i = 1; i + 1 < 10000; i += 2)
		memcpy(text + i, "\xc3\xa4", 2);
	diag_list_add(l, &d, NULL);
	assert_int_equal(strlen(diag_list_at(l, 0)->text), 4095);
	assert_int_equal((unsigned char)diag_list_at(l, 0)->text[4094], 0xa4);
	free(text);
	diag_list_free(l);
}

CASE(a_finding_is_one_line)
{
	static const struct {
		struct diag d;
		const char *line;
	} cases[] = {
		{ { DIAG_RISK, "fifo.sv", 31, 9, 0, "WIDTH", "assigns 8 bits to 4" },
		  "fifo.sv:31:9 risk WIDTH assigns 8 bits to 4" },
		{ { DIAG_ERROR, "fifo.sv", 31, 0, 0, "", "syntax error" },
		  "fifo.sv:31 error syntax error" },
		{ { DIAG_ERROR, "", 0, 0, 0, "", "no root module" }, "error no root module" },
		{ { DIAG_STYLE, "a.v", 0, 4, 0, NULL, "late" }, "a.v style late" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str s = STR_INIT;

		diag_print(&cases[i].d, &s);
		assert_string_equal(str_cstr(&s), cases[i].line);
		str_free(&s);
	}
}

CASE(rank_names_go_both_ways)
{
	enum diag_rank r;

	for (int i = DIAG_ERROR; i <= DIAG_STYLE; i++) {
		assert_true(diag_rank_parse(diag_rank_name((enum diag_rank)i), &r));
		assert_int_equal(r, i);
	}
	assert_false(diag_rank_parse("warning", &r));
}

static bool has(const struct diag_list *l, const struct diag *d)
{
	for (size_t i = 0; i < diag_list_len(l); i++) {
		const struct diag *x = diag_list_at(l, i);

		if (x->line == d->line && x->col == d->col && strcmp(x->path, d->path) == 0 &&
		    strcmp(x->code, d->code) == 0 && strcmp(x->text, d->text) == 0)
			return true;
	}
	return false;
}

/* Compared with a linear search. */
CASE(equal_findings_are_added_once)
{
	static const char *const words[] = { "a", "b", "", "ab\t", "ab " };
	struct diag_list *l = diag_list_new(1000), *slow = diag_list_new(1000);
	char *got, *want;
	unsigned seed = 1;

	for (int i = 0; i < 3000; i++) {
		struct diag d = { DIAG_RISK }, shown;

		seed = seed * 1103515245u + 12345u;
		d.path = words[seed >> 16 & 1];
		d.code = words[seed >> 17 & 1];
		d.text = words[(seed >> 18) % 4]; /* the last is shown with a blank for its tab */
		d.line = (int)(seed >> 24 & 7);
		d.col = (int)(seed >> 27 & 3);
		if (i % 5 == 0 && diag_list_len(l) < 300) {
			diag_list_add(l, &d, NULL); /* they do not know of each other */
			diag_list_add(slow, &d, NULL);
		}
		assert_true(diag_list_add_new(l, &d));
		shown = d;
		shown.text = d.text == words[3] ? words[4] : d.text;
		if (!has(slow, &shown))
			assert_true(diag_list_add(slow, &d, NULL));
		assert_int_equal(diag_list_len(l), diag_list_len(slow));
	}
	got = findings_lines(l);
	want = findings_lines(slow);
	assert_string_equal(got, want);
	free(got);
	free(want);
	diag_list_free(l);
	diag_list_free(slow);
}

CASE(a_full_list_still_knows_what_it_has)
{
	struct diag_list *l = diag_list_new(1);
	struct diag d = { DIAG_RISK, "a.v", 1, 0, 0, NULL, "x" };

	assert_true(diag_list_add_new(l, &d));
	assert_true(diag_list_add_new(l, &d));
	d.line = 2;
	assert_false(diag_list_add_new(l, &d));
	assert_int_equal(diag_list_len(l), 1);
	diag_list_free(l);
}
