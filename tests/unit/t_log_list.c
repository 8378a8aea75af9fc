/* Lines of the log pane: which are kept, which pass the filter, and where each is shown. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdio.h>
#include <string.h>

#include "ui/widget/log_list.h"

static void add(struct log_list *l, const char *text)
{
	log_list_add(l, 0, text, strlen(text), NULL, 0, 0);
}

CASE(a_long_line_takes_the_rows_it_needs)
{
	struct log_list l;

	log_list_init(&l);
	l.follow = false;
	add(&l, "a line that is not short, it takes three rows here");
	add(&l, "short");
	assert_int_equal(log_list_rows(&l, 0, 20), 3);
	log_list_move(&l, 1);
	log_list_view(&l, 3, 20);
	assert_int_equal(l.top, 1); /* both do not fit, and the selected one must be visible */
	log_list_view(&l, 4, 20);
	assert_int_equal(l.top, 0);
	log_list_fini(&l);
}

CASE(a_table_is_cut_and_its_chosen_line_whole)
{
	struct log_list l;

	log_list_init(&l);
	l.follow = false;
	l.table = true;
	add(&l, "clk  0101010101010101010101010101");
	add(&l, "rst  0000000000000000000000000000");
	assert_int_equal(log_list_rows(&l, 0, 20), 1);
	l.whole = true;
	assert_int_equal(log_list_rows(&l, 0, 20), 2);
	assert_int_equal(log_list_rows(&l, 1, 20), 1);
	log_list_fini(&l);
}

/* The incrementally filtered lines equal those of a full search. */
CASE(the_filter_keeps_what_passes)
{
	struct log_list l;
	char text[32];
	size_t n = 0;

	log_list_init(&l);
	add(&l, "error 0");
	log_list_filter(&l, "ERROR");
	assert_int_equal(log_list_shown(&l), 1);
	for (int i = 1; i < 3 * LOG_LINES; i++) {
		snprintf(text, sizeof(text), "%s %d", i % 7 == 0 ? "error" : "line", i);
		add(&l, text);
	}
	assert_int_equal(l.dropped, 2 * LOG_LINES);
	for (int i = 2 * LOG_LINES; i < 3 * LOG_LINES; i++) {
		if (i % 7)
			continue;
		snprintf(text, sizeof(text), "error %d", i);
		assert_string_equal(log_list_at(&l, n++)->text, text);
	}
	assert_int_equal(log_list_shown(&l), n);
	assert_null(log_list_at(&l, n));
	add(&l, "error last");
	log_list_replace(&l, 0, "now it is none", 14, 0);
	assert_int_equal(log_list_shown(&l), n);
	log_list_replace(&l, 0, "an error after all", 18, 0);
	assert_string_equal(log_list_at(&l, n)->text, "an error after all");
	log_list_filter(&l, NULL);
	assert_int_equal(log_list_shown(&l), LOG_LINES);
	log_list_fini(&l);
}
