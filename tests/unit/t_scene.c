/* Painters on a scene of the test's own: what can be clicked is where it was painted; what
 * the last row says. */
#include "config.h"

#include "tests/lib/test.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/verdict/run.h"
#include "ui/look/frame.h"
#include "ui/look/layout.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/widget/log_list.h"
#include "ui/widget/popup.h"
#include "ui/widget/review.h"

#define ROWS 20
#define COLS 60

/* The characters painted in r; each cell here has one. */
static void text_in(const struct frame *f, struct rect r, struct str *out)
{
	str_clear(out);
	for (int row = r.row; row < r.row + r.rows; row++)
		for (int col = r.col; col < r.col + r.cols; col++)
			str_addc(out, (char)f->cells[row * f->cols + col].cp[0]);
}

static void a_tab_is_clicked_where_its_name_is(void **state)
{
	const struct rect places[] = { { 0, 0, 1, COLS },
				       { 3, 7, 1, COLS - 7 },
				       { 5, 20, 1, COLS - 20 } };
	struct frame f;
	struct str text = STR_INIT;

	frame_init(&f);
	for (int i = 0; i < 3 * 2 * LOG_TABS; i++) {
		struct scene s = { .log_tab = (enum log_tab)(i % LOG_TABS) };
		bool focus = i / LOG_TABS % 2;

		frame_reset(&f, ROWS, COLS);
		paint_log_title(&f, places[i / LOG_TABS / 2], &s, focus);
		assert_int_equal(f.n_spots, LOG_TABS);
		for (size_t k = 0; k < f.n_spots; k++) {
			const struct spot *at = &f.spots[k];
			struct str want = STR_INIT;

			assert_int_equal(at->kind, SPOT_LOG_TAB);
			str_addf(&want, k == s.log_tab ? "[%s]" : "%s",
				 log_tab_name((enum log_tab)k));
			text_in(&f, at->r, &text);
			assert_string_equal(str_cstr(&text), str_cstr(&want));
			assert_ptr_equal(frame_spot_at(&f, at->r.row, at->r.col + at->r.cols - 1),
					 at);
			str_free(&want);
		}
	}
	assert_null(frame_spot_at(&f, ROWS - 1, 0));
	str_free(&text);
	frame_fini(&f);
}

/* Also for a line that is wrapped. */
static void a_line_is_clicked_in_each_of_its_rows(void **state)
{
	const struct rect body = { 2, 3, 12, 30 };
	struct frame f;
	struct log_list l;
	struct scene s = { .log = &l };
	struct str text = STR_INIT;

	frame_init(&f);
	frame_reset(&f, ROWS, COLS);
	log_list_init(&l);
	for (char c = 'a'; c < 'g'; c++) {
		char line[80];

		memset(line, c, sizeof(line));
		log_list_add(&l, 0, line, (size_t)(c - 'a') * 15 + 1, NULL, 0, 0);
	}
	log_list_view(&l, body.rows, body.cols - 1);
	paint_log(&f, body, &s, false);
	for (int row = 0; row < ROWS; row++) {
		const struct spot *at = frame_spot_at(&f, row, body.col + 1);
		bool painted;

		text_in(&f, (struct rect){ row, body.col + 1, 1, 1 }, &text);
		painted = str_cstr(&text)[0] >= 'a';
		assert_int_equal(at != NULL, painted);
		if (!at)
			continue;
		assert_int_equal(at->kind, SPOT_LOG_LINE);
		assert_int_equal(log_list_at(&l, at->index)->text[0], str_cstr(&text)[0]);
	}
	assert_null(frame_spot_at(&f, body.row, body.col + body.cols));
	log_list_fini(&l);
	str_free(&text);
	frame_fini(&f);
}

static void a_list_of_files_shows_the_end_of_a_long_path(void **state)
{
	struct popup p;
	struct frame f;
	struct str text = STR_INIT;

	popup_init(&p);
	popup_open(&p, POPUP_PICKER, "open");
	popup_add_path(&p, "lab/project_1.srcs/sources_1/new/counter.v", "counter", "open x");
	popup_add_path(&p, "top.v", "top", "open y");
	popup_match(&p);
	frame_init(&f);
	frame_reset(&f, 12, 30);
	paint_popup(&f, &p);
	frame_print(&f, &text);
	assert_non_null(strstr(str_cstr(&text), "_1/new/counter.v\n"));
	assert_non_null(strstr(str_cstr(&text), "  top.v "));
	str_free(&text);
	frame_fini(&f);
	popup_fini(&p);
}

static const char old[] = "module m;\nwire a;\nwire b;\nendmodule\n",
		  new[] = "module m;\nwire a2;\nwire b;\nwire c;\nendmodule\n";

static void a_decision_is_clicked_on_its_mark(void **state)
{
	static const char marks[DECISIONS] = {
		[DECISION_OPEN] = '?', [DECISION_TAKEN] = 'y', [DECISION_REFUSED] = 'n'
	};
	const struct rect body = { 1, 4, 10, 50 };
	struct proposal p = { .n = 7, .state = PROPOSAL_OPEN };
	struct proposal *all = &p;
	struct state st = { .proposals = &all, .n_proposals = 1 };
	struct review v = { 0 };
	struct scene s = { .state = &st, .review = &v };
	struct frame f;
	struct str text = STR_INIT;
	size_t seen = 0;

	frame_init(&f);
	frame_reset(&f, ROWS, COLS);
	p.s = suggestion_new("m.sv", false, old, sizeof(old) - 1, new, sizeof(new) - 1);
	suggestion_decide(p.s, 0, DECISION_TAKEN);
	review_open(&v, p.n, p.s);
	review_fit(&v, p.s, body.cols);
	review_follow(&v, body.rows);
	paint_review(&f, body, &s);
	for (size_t i = 0; i < f.n_spots; i++) {
		const struct spot *at = &f.spots[i];

		if (at->kind != SPOT_DECISION)
			continue;
		text_in(&f, at->r, &text);
		if (strpbrk(str_cstr(&text), "?yn")) {
			assert_non_null(strchr(str_cstr(&text),
					       marks[suggestion_unit(p.s, at->index)->decision]));
			seen++;
		}
		assert_ptr_equal(frame_spot_at(&f, at->r.row, at->r.col), at);
		assert_int_equal(frame_spot_at(&f, at->r.row, body.col + REVIEW_GUTTER)->kind,
				 SPOT_UNIT);
		assert_int_equal(frame_spot_at(&f, at->r.row, body.col + REVIEW_GUTTER)->index,
				 at->index);
	}
	assert_int_equal(seen, suggestion_units(p.s));
	review_close(&v);
	suggestion_free(p.s);
	str_free(&text);
	frame_fini(&f);
}

/* The last row of a screen of that scene, cols wide. */
static const char *last_row(struct scene *s, int cols, struct str *out)
{
	const struct layout l = { .status = 0 };
	struct frame f;

	frame_init(&f);
	frame_reset(&f, 1, cols);
	paint_status(&f, &l, s);
	str_clear(out);
	for (int col = 0; col < cols; col++)
		str_addc(out, f.cells[col].cp[0] < 0x80 ? (char)f.cells[col].cp[0] : '?');
	frame_fini(&f);
	return str_cstr(out);
}

static void a_run_without_pass_or_fail_has_its_own_words(void **state)
{
	static const struct {
		enum verdict verdict;
		const char *words;
	} v[] = { { VERDICT_NONE, " sim no verdict " },
		  { VERDICT_BUILD, " sim did not build " },
		  { VERDICT_LIMIT, " sim stopped by a limit " },
		  { VERDICT_TOOL, " sim did not run " } };
	struct sim_run run = { .ended = true };
	struct sim_run *runs = &run;
	struct state st = { .runs = &runs, .n_runs = 1 };
	struct review none = { 0 };
	struct str message = STR_INIT, text = STR_INIT;
	struct scene s = { .state = &st, .review = &none, .message = &message };

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		run.verdict = mem_strdup(verdict_name(v[i].verdict));
		s.work.edited = false;
		assert_non_null(strstr(last_row(&s, COLS, &text), v[i].words));
		s.work.edited = true;
		assert_non_null(strstr(last_row(&s, COLS, &text), ", edited since "));
		free(run.verdict);
	}
	s.work.edited = false;
	run.verdict = mem_strdup(verdict_name(VERDICT_TOOL));
	run.error = "cancelled";
	str_adds(&message, "cancelled");
	assert_non_null(strstr(last_row(&s, COLS, &text), " sim cancelled  "));
	assert_null(strstr(last_row(&s, COLS, &text), "cancelled  cancelled"));
	str_clear(&message);
	run.error = NULL;
	free(run.verdict);
	/* What the run said at its end repeats them no more than it repeats a PASS. */
	run.verdict = mem_strdup(verdict_name(VERDICT_NONE));
	run.testbench = "a_tb";
	str_adds(&message, "a_tb: no verdict: it prints nothing");
	assert_non_null(
		strstr(last_row(&s, COLS, &text), " sim no verdict  a_tb: it prints nothing "));
	free(run.verdict);
	str_free(&message);
	str_free(&text);
}

/* Unless the message says so, or the row has no room. */
static void one_of_several_testbenches_is_named(void **state)
{
	struct sim_run run = { .ended = true, .verdict = "pass", .checks = 2, .testbench = "a_tb" };
	struct sim_run *runs = &run;
	struct state st = { .runs = &runs, .n_runs = 1 };
	struct review none = { 0 };
	struct str message = STR_INIT, text = STR_INIT;
	struct scene s = { .state = &st, .review = &none, .message = &message };

	assert_null(strstr(last_row(&s, COLS, &text), "a_tb"));
	s.work.several = true;
	assert_non_null(strstr(last_row(&s, COLS, &text), " sim PASS 2 checks  of a_tb "));
	assert_null(strstr(last_row(&s, 33, &text), "a_tb"));
	assert_non_null(strstr(last_row(&s, 33, &text), " sim PASS 2 checks"));
	str_adds(&message, "a_tb: PASS 2 checks");
	assert_null(strstr(last_row(&s, COLS, &text), "of a_tb"));
	str_free(&message);
	str_free(&text);
}

/* What it says of the rest is not cut off in a narrow pane. */
static void a_preview_is_as_long_as_its_pane(void **state)
{
	const struct lint_preview here = { .known = true, .errors = 12, .risks = 3 },
				  rest = { .known = true, .errors = 1, .risks = 24 };
	static const char *const want[] = {
		" if you stop here: 12 errors, 3 risks  if you take the rest: 1 error, 24 risks ",
		" stop here: 12 err 3 risk  take the rest: 1 err 24 risk "
	};
	struct proposal p = { .n = 7, .state = PROPOSAL_OPEN };
	struct proposal *all = &p;
	struct state st = { .proposals = &all, .n_proposals = 1 };
	struct review v = { 0 };
	struct str text = STR_INIT;
	struct frame f;

	frame_init(&f);
	p.s = suggestion_new("m.sv", false, old, sizeof(old) - 1, new, sizeof(new) - 1);
	review_open(&v, p.n, p.s);
	v.here = here;
	v.rest = rest;
	for (int i = 0; i < 2; i++) {
		struct rect body = { 1, 0, 10, i ? 60 : 80 };
		struct scene s = { .state = &st, .review = &v, .options = { .live = true } };

		frame_reset(&f, ROWS, body.cols);
		review_fit(&v, p.s, body.cols);
		review_follow(&v, body.rows);
		paint_review(&f, body, &s);
		text_in(&f, (struct rect){ body.row + body.rows - 1, 0, 1, body.cols }, &text);
		assert_ptr_equal(strstr(str_cstr(&text), want[i]), str_cstr(&text));
	}
	review_close(&v);
	suggestion_free(p.s);
	frame_fini(&f);
	str_free(&text);
}

/* Not even a narrow screen leaves that out. */
static void what_is_not_recorded_is_said(void **state)
{
	struct state st = { 0 };
	struct review none = { 0 };
	struct str message = STR_INIT, text = STR_INIT;
	struct scene s = { .state = &st, .review = &none, .message = &message, .recorded = 15 };

	assert_non_null(strstr(last_row(&s, COLS, &text), " rec 15 "));
	assert_null(strstr(last_row(&s, 8, &text), "rec"));
	s.stalled = true;
	assert_null(strstr(last_row(&s, COLS, &text), "rec 15"));
	assert_non_null(strstr(last_row(&s, 15, &text), "NOT RECORDED"));
	str_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_of_files_shows_the_end_of_a_long_path),
		cmocka_unit_test(a_tab_is_clicked_where_its_name_is),
		cmocka_unit_test(a_line_is_clicked_in_each_of_its_rows),
		cmocka_unit_test(a_decision_is_clicked_on_its_mark),
		cmocka_unit_test(a_run_without_pass_or_fail_has_its_own_words),
		cmocka_unit_test(one_of_several_testbenches_is_named),
		cmocka_unit_test(a_preview_is_as_long_as_its_pane),
		cmocka_unit_test(what_is_not_recorded_is_said),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
