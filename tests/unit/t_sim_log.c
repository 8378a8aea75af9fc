/* The log's sim tab: a run clears it, a confirming run does not. */
#include "config.h"

#include "tests/lib/case.h"

#include "session/base/file.h"
#include "session/journal/event.h"
#include "tests/lib/painted.h"
#include "ui/screen/ui_logs.h"
#include "ui/widget/log_list.h"

static int set_up(void **state)
{
	*state = painted_begin(24, 80, 1, NULL, NULL);
	return 0;
}

static uint64_t run(struct stand *p, const char *engine, uint64_t confirms)
{
	uint64_t n;
	struct event e = { .type = EVENT_RUN,
			   .run = { .testbench = "tb", .engine = engine, .confirms = confirms } };

	assert_true(session_record(p->w.session, &e, &n, NULL));
	return n;
}

static void verdict(struct stand *p, uint64_t run, const char *verdict, int checks)
{
	struct event e = { .type = EVENT_VERDICT,
			   .verdict = { .run = run, .verdict = verdict, .checks = checks } };

	assert_true(session_record(p->w.session, &e, NULL, NULL));
}

static void assert_lines(struct stand *p, const char *want)
{
	const struct log_list *l = &ui_logs(p->u)->list[LOG_SIM];
	struct str got = STR_INIT;

	for (size_t i = 0; i < l->n; i++)
		str_addf(&got, "%s\n", log_list_at(l, i)->text);
	assert_string_equal(str_cstr(&got), want);
	str_free(&got);
}

CASE_WITH(a_run_that_confirms_keeps_what_the_first_printed, set_up, painted_end)
{
	struct stand *p = *state;
	uint64_t first = run(p, "icarus", 0), second;

	log_list_puts(&ui_logs(p->u)->list[LOG_SIM], STYLE_TEXT, "printed");
	verdict(p, first, "pass", 25);
	assert_lines(p, "printed\ntb: PASS 25 checks\n");
	second = run(p, "verilator", first);
	assert_lines(p, "printed\ntb: PASS 25 checks\n");
	verdict(p, second, "pass", 24);
	assert_lines(p, "printed\ntb: PASS 25 checks\nverilator: PASS 24 checks\n");
	verdict(p, run(p, "icarus", 0), "pass", 1);
	assert_lines(p, "tb: PASS 1 check\n");
}

CASE_WITH(what_an_earlier_run_printed_is_read_from_its_file, set_up, painted_end)
{
	struct stand *p = *state;
	char *path = str_fmt("%s/printed.txt", session_dir(p->w.session));
	struct event e = { .type = EVENT_VERDICT,
			   .verdict = { .verdict = "pass", .checks = 2, .output = "printed.txt" } };

	assert_true(file_save(path, "one\ntwo\n", 8, 0600, NULL));
	e.verdict.run = run(p, "icarus", 0);
	assert_true(session_record(p->w.session, &e, NULL, NULL));
	verdict(p, run(p, "verilator", e.verdict.run), "tool", 0);
	ui_log_last_run(p->u);
	assert_lines(p, "one\ntwo\ntb: PASS 2 checks\n");
	run(p, "icarus", 0); /* not ended */
	ui_log_last_run(p->u);
	assert_lines(p, "");
	free(path);
}

/* 15,000 lines of 100 bytes, of which the last 10,485 are within 1 MB. */
CASE_WITH(of_a_long_output_the_end_is_read, set_up, painted_end)
{
	struct stand *p = *state;
	const struct log_list *l = &ui_logs(p->u)->list[LOG_SIM];
	char *path = str_fmt("%s/printed.txt", session_dir(p->w.session));
	struct event e = { .type = EVENT_VERDICT,
			   .verdict = { .verdict = "pass", .checks = 2, .output = "printed.txt" } };
	struct str printed = STR_INIT;

	for (int i = 0; i < 15000; i++)
		str_addf(&printed, "%06d %92s\n", i, "");
	assert_true(file_save(path, printed.data, printed.len, 0600, NULL));
	e.verdict.run = run(p, "icarus", 0);
	assert_true(session_record(p->w.session, &e, NULL, NULL));
	ui_log_last_run(p->u);
	assert_int_equal(l->n, 10485 + 2);
	assert_memory_equal(log_list_at(l, 0)->text, "004515 ", 7);
	assert_memory_equal(log_list_at(l, l->n - 3)->text, "014999 ", 7);
	assert_string_equal(log_list_at(l, l->n - 2)->text,
			    "it printed more than 1 MB: only the end is here");
	assert_string_equal(log_list_at(l, l->n - 1)->text, "tb: PASS 2 checks");
	str_free(&printed);
	free(path);
}
