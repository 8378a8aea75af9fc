/* turn_typed.c paints the same as painting everything. */
#include "config.h"

#include "session/journal/edit.h"
#include "session/journal/event.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/text/text.h"
#include "session/output/diag.h"
#include "tests/lib/painted.h"
#include "ui/screen/ui_disk.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_keys.h"
#include "ui/screen/ui_tabs.h"
#include "ui/widget/popup.h"

#include <locale.h>

static int set_up(void **state)
{
	static const char text[] =
		"module m;\n  wire a; /* one\n two */ wire b;\n  assign a = "
		"(b);\nendmodule\n\n\n// end\n"
		"wire c;\nwire d;\nwire e;\nwire f;\nwire g;\nwire h;\nwire i;\nwire j;\nwire k;\n";
	struct stand *p = painted_begin(16, 50, 7, "a.sv", text);

	assert_true(ui_open_at(p->u, "a.sv", 1, 1, NULL));
	*state = p;
	return 0;
}

static void press(struct stand *p, const char *keys)
{
	ui_input(p->u, keys, strlen(keys));
}

static void a_letter_paints_its_row_alone(void **state)
{
	struct stand *p = *state;

	press(p, "x"); /* the first one says "unsaved" in other rows */
	assert_whole(p);
	press(p, "y");
	draw(p);
	assert_int_equal(ui_drawing(p->u)->frame.to - ui_drawing(p->u)->frame.from, 1);
	assert_whole(p);
}

static void what_is_typed_looks_as_if_all_was_painted(void **state)
{
	static const char *const keys[] = {
		"a",	"b",	     " ",      "/",	  "*",	      "/*",	      "*/",
		"\"",	"(",	     ")",      "end",	  "\xc3\xb6", "\xe6\xbc\xa2", "\r",
		"\x7f", "\x1b[A",    "\x1b[B", "\x1b[C",  "\x1b[D",   "\x1b[H",	      "\x1b[F",
		"\x1a", "\x1b[1;2D", "\t",     "\x1b[6~", "\x1b[5~",  "\x1b[3~"
	};
	struct stand *p = *state;

	for (int i = 0; i < 6000; i++) {
		press(p, keys[roll(p, 3) ? roll(p, 13) : roll(p, sizeof(keys) / sizeof(*keys))]);
		if (roll(p, 4) == 0) /* several keys may come before a drawing */
			continue;
		draw(p);
		if (roll(p, 3) == 0)
			assert_whole(p);
	}
	assert_in_range(p->parts, p->drawn / 10, p->drawn - p->drawn / 10);
}

static void whatever_else_happens_paints_all(void **state)
{
	struct stand *p = *state;

	press(p, "x");
	assert_whole(p);
	press(p, "y");
	ui_say(p->u, "a message");
	draw(p);
	assert_int_equal(ui_drawing(p->u)->frame.to - ui_drawing(p->u)->frame.from,
			 ui_drawing(p->u)->frame.rows);
	assert_whole(p);
	press(p, "z"); /* takes it away */
	assert_whole(p);
}

static void press_after_a_pause(struct stand *p, const char *keys)
{
	ui_keys(p->u)->input_ms = 0;
	press(p, keys);
}

static bool document_has(struct stand *p, const char *text)
{
	struct str s = STR_INIT;
	bool has;

	text_get_all(ui_text(p->u, ui_code(p->u)), &s);
	has = strstr(str_cstr(&s), text) != NULL;
	str_free(&s);
	return has;
}

static uint32_t gutter_of(struct stand *p, size_t line)
{
	const struct frame *f = &ui_drawing(p->u)->frame;

	return f->cells[(line - ui_code(p->u)->top) * (size_t)f->cols].cp[0];
}

static bool frame_has(struct stand *p, const char *text)
{
	struct str s = STR_INIT;
	bool has;

	ui_changed(p->u);
	draw(p);
	frame_print(&ui_drawing(p->u)->frame, &s);
	has = strstr(str_cstr(&s), text) != NULL;
	str_free(&s);
	return has;
}

static void record_pass(struct stand *p, const char *files)
{
	struct event run = { .type = EVENT_RUN, .run = { .testbench = "t", .engine = "icarus" } };
	struct event verdict = { .type = EVENT_VERDICT,
				 .verdict = { .verdict = "pass", .checks = 3 } };

	run.run.files = (struct bytes){ files, strlen(files) };
	assert_true(session_record(p->w.session, &run, &verdict.verdict.run, NULL));
	assert_true(session_record(p->w.session, &verdict, NULL, NULL));
}

static void a_verdict_is_of_the_texts_that_ran(void **state)
{
	struct stand *p = *state;
	uint32_t ran;

	term_mem_resize(p->term, 16, 120);
	record_pass(p, "b.sv\nc.sv");
	press(p, "x"); /* the run did not read this file */
	assert_true(frame_has(p, "sim PASS 3 checks  "));
	record_pass(p, "b.sv\na.sv");
	assert_true(frame_has(p, "sim PASS 3 checks  "));
	ran = state_doc(session_state(p->w.session), "a.sv")->current;
	press(p, "y");
	assert_true(frame_has(p, "sim PASS 3 checks, edited since"));
	assert_true(edit_goto(p->w.session, "a.sv", ran, NULL));
	assert_true(frame_has(p, "sim PASS 3 checks  "));
	assert_true(edit_goto(p->w.session, "a.sv", 0, NULL));
	assert_true(frame_has(p, "sim PASS 3 checks, edited since"));
	assert_true(edit_goto(p->w.session, "a.sv", ran, NULL));
	assert_true(frame_has(p, "sim PASS 3 checks  "));
	press(p, "z");
	record_pass(p, "a.sv");
	assert_false(frame_has(p, "edited since"));
}

static void a_shorter_text_fills_half_of_its_pane(void **state)
{
	struct str lines = STR_INIT;
	struct text *t;
	struct view v;

	for (int i = 0; i < 100; i++)
		str_adds(&lines, "x\n");
	t = text_new(lines.data, lines.len);
	view_init(&v, "a.sv");
	view_move(&v, t, lines.len, false);
	view_follow(&v, t, 20, 40);
	assert_int_equal(v.top, 100 - 10);
	text_edit(t, 0, 70 * 2, "", 0); /* 30 lines and an empty one are left */
	view_follow(&v, t, 20, 40);
	assert_int_equal(v.top, 31 - 10);
	view_follow(&v, t, 50, 40); /* a taller pane */
	assert_int_equal(v.top, 31 - 25);
	view_follow(&v, t, 70, 40);
	assert_int_equal(v.top, 0);
	view_fini(&v);
	text_free(t);
	str_free(&lines);
}

/* Several lines in one read, from a terminal without bracketed paste: they are not
 * indented again, and one undo removes them. */
static void lines_in_one_read_are_a_paste(void **state)
{
	static const char lines[] = "\rif (rst)\r  if (load)\r    count <= \xe2\x82\xac;\r"
				    "// 0123456789012345678901234567890123456789\xe2\x82";
	struct stand *p = *state;

	press(p, lines);
	assert_true(document_has(p, "\nif (rst)\n  if (load)\n    count <= \xe2\x82\xac;\n//"));
	turn_paste_over(p->u);
	turn_paste_over(p->u);
	press(p, "\xac"); /* of a character cut by the end of the read */
	assert_true(document_has(p, "6789\xe2\x82\xac"));
	press(p, "\x1a\x1a");
	assert_false(document_has(p, "rst"));

	/* A question and its newline count as typed, however late they come. */
	press(p, "// 0123456789012345678901234567890123456789012345678901234567890123456789\r");
	assert_int_equal(ui_keys(p->u)->pasted, PASTE_NONE);
}

/* The first letter starts the timers, which are restarted when they fire before the
 * pause. */
static void a_pause_begins_at_the_last_letter(void **state)
{
	struct stand *p = *state;

	press(p, "x");
	assert_whole(p);
	press(p, "y");
	turn_typing_paused(p->u);
	turn_lint_now(p->u);
	assert_true(ui_drawing(p->u)->typing);
	assert_true(ui_jobs(p->u)->lint_waits);
	ui_keys(p->u)->input_ms = ui_jobs(p->u)->touched_ms = 0;
	turn_typing_paused(p->u);
	turn_lint_now(p->u);
	assert_false(ui_drawing(p->u)->typing);
	assert_false(ui_jobs(p->u)->lint_waits);
	assert_whole(p);
}

/* The gutter of each line, the first ones of the screen or not. */
static void assert_marked(struct stand *p, const char *marks)
{
	ui_changed(p->u);
	assert_whole(p);
	for (size_t line = ui_code(p->u)->top + 1; line <= strlen(marks); line++)
		assert_int_equal(gutter_of(p, line), marks[line - 1]);
}

static void each_finding_stands_at_its_line(void **state)
{
	static const struct diag all[] = {
		{ .rank = DIAG_ERROR, .path = "a.sv", .line = 2, .text = "x" },
		{ .rank = DIAG_ERROR, .path = "b.sv", .line = 3, .text = "x" },
		{ .rank = DIAG_RISK, .path = "a.sv", .line = 9, .text = "x" },
		{ .rank = DIAG_RISK, .path = "a.sv", .line = 10, .text = "x" },
		{ .rank = DIAG_ERROR, .path = "a.sv", .line = 10, .text = "x" },
		{ .rank = DIAG_ERROR, .path = "a.sv", .line = 0, .text = "x" },
		{ .rank = DIAG_ERROR, .path = "a.sv", .line = 4000, .text = "x" },
	};
	struct stand *p = *state;
	struct diag_list *l = diag_list_new(8);
	struct event e = { .type = EVENT_LINT,
			   .lint = { .tool = "fake", .error = "", .found = l } };

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		assert_true(diag_list_add(l, &all[i], NULL));
	assert_true(session_record(p->w.session, &e, NULL, NULL));
	diag_list_free(l);
	assert_marked(p, " E      RE  ");
	assert_true(ui_open_at(p->u, "a.sv", 17, 1, NULL));
	assert_marked(p, " E      RE  ");
	assert_true(ui_code(p->u)->top > 0);
}

static void ends(void *ctx)
{
	job_end(ctx, true, NULL);
}

/* Starts each kind of background work: the screen then equals a complete repaint.
 * Returns how many kinds had painted something. */
static unsigned told_of_begin(struct stand *p)
{
	unsigned told = 0;

	for (int kind = 0; kind < JOB_KINDS; kind++) {
		struct job *j = &ui_jobs(p->u)->job[kind];

		draw(p);
		assert_true(job_begin(j, ends, NULL));
		told += ui_drawing(p->u)->dirty;
		assert_whole(p);
		while (j->task)
			loop_turn(p->loop, true);
		assert_whole(p);
	}
	return told;
}

static void only_work_that_is_shown_paints_when_it_begins(void **state)
{
	struct stand *p = *state;
	struct event e = { .type = EVENT_LINT, .lint = { .tool = "fake", .error = "" } };
	unsigned before;

	assert_true(options_set(p->w.options, "lint.live", "off", NULL)); /* no other begins */
	press(p, "x");
	assert_whole(p);
	before = told_of_begin(p);
	assert_true(before > 0 && before < JOB_KINDS);
	assert_true(session_record(p->w.session, &e, NULL, NULL));
	assert_int_equal(told_of_begin(p), before - 2); /* that of a file, that of all */
}

/* As if the files had last been looked at long ago. */
static void press_when_the_disk_is_due(struct stand *p, const char *keys)
{
	ui_disk(p->u)->looked_ms = 1;
	ui_drawing(p->u)->typed.until_ms = 1;
	press(p, keys);
}

static void a_look_at_the_disk_paints_nothing_more(void **state)
{
	struct stand *p = *state;

	press(p, "x");
	assert_whole(p);
	press_when_the_disk_is_due(p, "y");
	assert_true(ui_disk(p->u)->looked_ms > 1);
	draw(p);
	assert_int_equal(ui_drawing(p->u)->frame.to - ui_drawing(p->u)->frame.from, 1);
	assert_whole(p);
	assert_true(document_has(p, "xymodule"));
}

static void a_letter_does_not_answer_what_the_disk_asks(void **state)
{
	struct stand *p = *state;
	char *path = path_join(p->root, "a.sv");

	press(p, "x");
	assert_whole(p);
	assert_true(file_save(path, "another\n", 8, 0600, NULL));
	press_when_the_disk_is_due(p, "r"); /* would take the file */
	assert_int_equal(ui_popup(p->u)->kind, POPUP_CHOICE);
	assert_true(document_has(p, "xmodule"));
	assert_false(document_has(p, "another"));
	assert_whole(p);
	press(p, "r");
	assert_true(document_has(p, "another"));
	assert_whole(p);
	free(path);
}

static void a_letter_may_be_bound(void **state)
{
	struct stand *p = *state;

	press(p, "x");
	assert_whole(p);
	assert_true(keymap_bind(ui_keys(p->u)->keymap, PLACE_EDIT, "y", "select-all", NULL));
	ui_changed(p->u);
	assert_whole(p);
	press(p, "y");
	assert_true(ui_code(p->u)->selecting);
	assert_false(document_has(p, "y"));
	assert_whole(p);
}

static void two_interrupts_end_a_paste_that_lost_its_end(void **state)
{
	struct stand *p = *state;

	press(p, "\033[200~abc");
	press(p, "\003\003"); /* came with it, as pasted bytes do */
	press_after_a_pause(p, "\003\003");
	assert_true(ui_keys(p->u)->keys.pasting);
	press_after_a_pause(p, "\003");
	assert_non_null(strstr(str_cstr(&ui_words(p->u)->message), "Ctrl-C once more ends it"));
	press_after_a_pause(p, "d"); /* it must be twice in a row */
	assert_non_null(strstr(str_cstr(&ui_words(p->u)->message), "Ctrl-C twice ends it"));
	press_after_a_pause(p, "\003");
	assert_true(ui_keys(p->u)->keys.pasting);
	assert_false(document_has(p, "abc"));
	press_after_a_pause(p, "\003");
	assert_false(ui_keys(p->u)->keys.pasting);
	assert_true(document_has(p, "abc"));
	assert_int_equal(ui_keys(p->u)->pasted,
			 PASTE_NOW); /* and input that comes at once decides nothing */
}

static void who_looks_elsewhere_is_called(void **state)
{
	struct stand *p = *state;

	ui_notify(p->u, "first");
	assert_null(strstr(term_mem_sent(p->term), "]9;")); /* it never said where the focus is */
	press_after_a_pause(p, "\033[O");
	ui_notify(p->u, "second \033]0;x\a");
	assert_non_null(strstr(term_mem_sent(p->term), "\a\033]9;posedge: second  ]0;x \033\\"));
	press_after_a_pause(p, "\033[I");
	ui_notify(p->u, "third");
	press_after_a_pause(p, "\033[O");
	assert_true(options_set(p->w.options, "notify", "off", NULL));
	ui_notify(p->u, "fourth");
	assert_null(strstr(term_mem_sent(p->term), "third"));
	assert_null(strstr(term_mem_sent(p->term), "fourth"));
	assert_false(document_has(p, "O"));
}

static const char *waiting; /* in the terminal, when a timer fires before it is read */

static size_t take_waiting(struct term *t, char *bytes, size_t size)
{
	size_t n = strlen(waiting);

	assert_true(n < size);
	memcpy(bytes, waiting, n);
	waiting = "";
	return n;
}

/* first is read, then a long turn: the time is over, and rest waits. */
static void read_late(struct stand *p, const char *first, const char *rest)
{
	press(p, first);
	waiting = rest;
	turn_escape_over(p->u);
}

static void what_waits_is_read_before_escape_counts(void **state)
{
	struct stand *p = *state;
	static struct term_ops ops;

	ops = *p->term->ops;
	ops.take = take_waiting;
	p->term->ops = &ops;
	read_late(p, "\033", "[?2026;2$y"); /* replies, an arrow, the mouse */
	read_late(p, "\033[", "?2026;2$y");
	read_late(p, "\033", "]11;rgb:0/0/0\033\\");
	read_late(p, "\033", "[B");
	read_late(p, "\033[", "B");
	read_late(p, "\033", "[<35;3;3M");
	assert_int_equal(ui_keys(p->u)->keys.wait_ms, 0);
	read_late(p, "\033", "["); /* in pieces: time begins anew */
	assert_int_equal(ui_keys(p->u)->keys.wait_ms, KEYS_REPORT_MS);
	read_late(p, "", "A");
	assert_false(ui_code(p->u)->selecting);
	assert_int_equal(ui_code(p->u)->cursor, strlen("module m;\n"));
	press(p, "Z");
	assert_true(document_has(p, "module m;\nZ  wire a;")); /* and nothing else was typed */

	/* A lone Esc acts, also before a letter that came later. */
	press(p, "\033[1;2D");
	assert_true(ui_code(p->u)->selecting);
	read_late(p, "\033", "");
	assert_false(ui_code(p->u)->selecting);
	press(p, "\033[1;2C");
	assert_true(ui_code(p->u)->selecting);
	read_late(p, "\033", "Y");
	assert_true(document_has(p, "module m;\nZY  wire a;"));

	/* A paste goes on. */
	read_late(p, "\033[200~one ", "two\033[201~");
	assert_true(document_has(p, "ZYone two  wire a;"));
}

static void set(void *flag)
{
	*(bool *)flag = true;
}

/* The timer that fired runs again while something is pending. */
static void a_rest_in_pieces_is_waited_for(void **state)
{
	struct stand *p = *state;
	static struct term_ops ops;
	struct loop_timer *limit;
	bool late = false;

	ops = *p->term->ops;
	ops.take = take_waiting;
	p->term->ops = &ops;
	press(p, "\033");
	waiting = "[";
	limit = loop_timer_new(p->loop, set, &late);
	loop_timer_set(limit, 10000);
	while (ui_keys(p->u)->keys.wait_ms && !late)
		loop_turn(p->loop, true);
	loop_timer_free(limit);
	assert_false(late);
	assert_string_equal(waiting, "");
	assert_int_equal(ui_keys(p->u)->keys.wait_ms, 0);
	assert_false(document_has(p, "[m"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, painted_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_letter_paints_its_row_alone),
		CASE(what_is_typed_looks_as_if_all_was_painted),
		CASE(whatever_else_happens_paints_all),
		CASE(a_verdict_is_of_the_texts_that_ran),
		cmocka_unit_test(a_shorter_text_fills_half_of_its_pane),
		CASE(lines_in_one_read_are_a_paste),
		CASE(a_pause_begins_at_the_last_letter),
		CASE(each_finding_stands_at_its_line),
		CASE(only_work_that_is_shown_paints_when_it_begins),
		CASE(a_look_at_the_disk_paints_nothing_more),
		CASE(a_letter_does_not_answer_what_the_disk_asks),
		CASE(a_letter_may_be_bound),
		CASE(two_interrupts_end_a_paste_that_lost_its_end),
		CASE(who_looks_elsewhere_is_called),
		CASE(what_waits_is_read_before_escape_counts),
		CASE(a_rest_in_pieces_is_waited_for),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
