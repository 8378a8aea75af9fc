/* Operations on whole sessions, and the disk space that waves may take. */
#include "config.h"

#include "tests/lib/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/journal/event.h"
#include "session/journal/session.h"
#include "session/journal/sessions.h"
#include "session/option/opt.h"
#include "session/workbench/ports.h"
#include "session/workbench/wave_quota.h"
#include "session/workbench/workbench.h"
#include "tests/lib/tool.h"

static const struct ports ports;

struct place {
	struct workbench w;
	struct loop *loop;
	char *root, *id, *dir;
	struct str notes;
};

static void hear(void *ctx, const char *line)
{
	str_addf(&((struct place *)ctx)->notes, "%s\n", line);
}

static int set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));
	struct session *s;

	p->loop = loop_new(NULL);
	p->root = tool_folder();
	workbench_init(&p->w, p->loop, p->root, &ports);
	p->w.out = (struct report){ .note = hear, .ctx = p };
	s = session_open(p->loop, p->root, SESSION_NEW, NULL, NULL);
	assert_non_null(s);
	p->id = mem_strdup(session_id(s));
	p->dir = mem_strdup(session_dir(s));
	session_close(s);
	*state = p;
	return 0;
}

static int tear_down(void **state)
{
	struct place *p = *state;

	workbench_fini(&p->w);
	loop_free(p->loop);
	tool_folder_remove(p->root);
	str_free(&p->notes);
	free(p->id);
	free(p->dir);
	free(p);
	return 0;
}

static void one_that_is_open_stays(void **state)
{
	struct place *p = *state;
	struct session *s = session_open(p->loop, p->root, SESSION_FULL, NULL, NULL);
	struct err err;

	assert_false(sessions_delete(p->root, p->id, &err));
	assert_int_equal(err.code, ERR_BUSY);
	assert_true(file_is_dir(p->dir));
	session_close(s);
	assert_true(sessions_delete(p->root, p->id, &err));
	assert_false(file_is_dir(p->dir));
	assert_false(sessions_delete(p->root, p->id, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
}

static void what_comes_back_overwrites_nothing(void **state)
{
	struct place *p = *state;
	struct err err;

	assert_true(sessions_delete(p->root, p->id, &err));
	assert_true(file_make_dirs(p->dir, 0700, NULL));
	tool_write(p->dir, "journal.jsonl", "other\n");
	assert_false(sessions_restore(p->loop, p->root, p->id, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_true(file_remove_tree(p->dir, NULL));
	assert_true(sessions_restore(p->loop, p->root, p->id, &err));
	assert_true(file_is_dir(p->dir));
	assert_false(sessions_restore(p->loop, p->root, "../../etc", &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
}

static void an_info_tells_name_events_and_verdict(void **state)
{
	struct place *p = *state;
	struct session *s = session_open(p->loop, p->root, SESSION_APPEND, p->id, NULL);
	struct event e = { .type = EVENT_SET, .set = { SESSION_NAME, "fifo, second try" } };
	struct event run = { .type = EVENT_RUN },
		     end = { .type = EVENT_VERDICT, .verdict = { .run = 3, .verdict = "pass" } };
	struct session_info i;

	assert_true(session_record(s, &e, NULL, NULL) && session_record(s, &run, NULL, NULL));
	session_close(s);
	s = session_open(p->loop, p->root, SESSION_FULL, p->id, NULL);
	end.verdict.first_time = end.verdict.checks = -1;
	assert_true(session_record(s, &end, NULL, NULL));
	session_close(s);
	assert_true(session_info(p->loop, p->root, p->id, &i, NULL));
	assert_string_equal(i.name, "fifo, second try");
	assert_string_equal(i.verdict, "pass");
	assert_int_equal(i.events, 4);
	assert_true(i.bytes > 100);
	assert_int_equal(i.damaged, 0);
	session_info_fini(&i);
}

static void edit(struct session *s, const char *path, bool saved)
{
	struct event open = { .type = EVENT_OPEN, .open = { .path = path } },
		     e = { .type = EVENT_EDIT, .edit = { .path = path, .n = 1 } },
		     save = { .type = EVENT_SAVE, .save = { .path = path } };

	e.edit.v = &(struct change){ .ins = { "x", 1 } };
	assert_true(session_record(s, &open, NULL, NULL) && session_record(s, &e, NULL, NULL));
	assert_true(!saved || session_record(s, &save, NULL, NULL));
}

static void unsaved_text_of_a_session_beside_is_named(void **state)
{
	struct place *p = *state;
	struct session *s = session_open(p->loop, p->root, SESSION_FULL, NULL, NULL),
		       *beside = session_open(p->loop, p->root, SESSION_BESIDE, NULL, NULL);
	char *want = str_fmt("unsaved in another session: b.sv; `resume %s` goes there\n", p->id);

	edit(s, "a.sv", true);
	edit(s, "b.sv", false);
	edit(beside, "c.sv", false);
	sessions_unsaved_beside(p->loop, beside, &p->notes);
	assert_string_equal(str_cstr(&p->notes), ""); /* it is open */
	session_close(s);
	sessions_unsaved_beside(p->loop, beside, &p->notes);
	assert_string_equal(str_cstr(&p->notes), want);
	session_close(beside);
	free(want);
}

/* That many megabytes, that old: the time is the test's, not the clock's. */
static char *wave(struct place *p, int run, long megabytes, time_t when)
{
	char *dir = str_fmt("%s/runs/%d", p->dir, run), *path = str_fmt("%s/wave.vcd", dir);
	struct timespec times[2] = { { when, 0 }, { when, 0 } };

	assert_true(file_make_dirs(dir, 0700, NULL));
	tool_write(dir, "wave.vcd", "");
	tool_write(dir, "output.txt", "PASS\n");
	assert_int_equal(truncate(path, megabytes * 1000000), 0);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	free(dir);
	return path;
}

/* A run that leaves `wave`: what is kept before it, and what is reported after it. */
struct quota_run {
	struct place *p;
	const char *wave;
};

static void run_with_quota(void *ctx)
{
	const struct quota_run *r = ctx;

	wave_quota_end(wave_quota_begin(&r->p->w), &r->p->w, r->wave);
}

static void run_within(struct place *p, const char *quota_mb, const char *wave)
{
	str_clear(&p->notes);
	assert_true(options_set(p->w.options, "wave.quota_mb", quota_mb, NULL));
	task_start(p->loop, run_with_quota, &(struct quota_run){ p, wave });
	while (task_count(p->loop))
		loop_turn(p->loop, true);
}

static void the_oldest_waves_go_first_and_it_is_said_before(void **state)
{
	struct place *p = *state;
	char *young = wave(p, 1, 60, 3000), *old = wave(p, 2, 30, 1000),
	     *middle = wave(p, 3, 30, 2000), *new = str_fmt("%s/new.vcd", p->dir);
	char *output = str_fmt("%s/runs/2/output.txt", p->dir);

	run_within(p, "120", "");
	assert_int_equal(p->notes.len, 0); /* as much as there may be */
	run_within(p, "120", young);	   /* found already */
	assert_int_equal(p->notes.len, 0);
	tool_write(p->dir, "new.vcd", "");
	assert_int_equal(truncate(new, 20000000), 0);
	run_within(p, "120", new);
	assert_string_equal(p->notes.len ? p->notes.data : "",
			    strstr(p->notes.data,
				   "the next run removes the waves of the 1 oldest runs, 30 MB"));
	assert_non_null(strstr(p->notes.data, "runs/2/wave.vcd"));
	assert_true(file_exists(old));
	run_within(p, "100", "");
	assert_non_null(strstr(p->notes.data, "removed the waves of the 1 oldest"));
	assert_null(strstr(p->notes.data, "the next run"));
	assert_false(file_exists(old));
	assert_true(file_exists(output) && file_exists(middle) && file_exists(young));
	/* The newest is what the user looks at; removed waves no longer count. */
	run_within(p, "70", new);
	assert_non_null(strstr(p->notes.data, "removed the waves of the 1 oldest runs, 30 MB"));
	assert_non_null(strstr(p->notes.data, "removes the waves of the 1 oldest runs, 60 MB"));
	assert_false(file_exists(middle));
	assert_true(file_exists(young));
	free(output);
	free(young);
	free(middle);
	free(old);
	free(new);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(one_that_is_open_stays),
		CASE(what_comes_back_overwrites_nothing),
		CASE(an_info_tells_name_events_and_verdict),
		CASE(unsaved_text_of_a_session_beside_is_named),
		CASE(the_oldest_waves_go_first_and_it_is_said_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
