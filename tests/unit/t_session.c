/* What a session promises: what was recorded is read back, files are saved safely, and
 * two programs never write one journal. Damage is in t_session_damage. */
#include "config.h"

#include "tests/lib/test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/journal.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "tests/lib/random_session.h"
#include "tests/lib/session_place.h"

static void expect_text(struct session *s, const char *path, const char *want)
{
	struct str now = STR_INIT;
	struct doc *d = edit_open(s, path, false, NULL);

	assert_non_null(d);
	text_get_all(d->text, &now);
	assert_string_equal(str_cstr(&now), want);
	str_free(&now);
}

static void what_was_recorded_comes_back(void **state)
{
	struct place *p = *state;
	struct session *s = open_or_fail(p, SESSION_FULL);
	char before[HASH_HEX + 1], after[HASH_HEX + 1];

	record(s, (struct event){ .type = EVENT_ASK,
				  .ask = { .backend = "fake", .question = { "why?", 4 } } });
	record(s,
	       (struct event){ .type = EVENT_PIECE,
			       .piece = { .ask = 2, .kind = "text", .text = { "a\0b\xff", 4 } } });
	record(s, (struct event){ .type = EVENT_NOTE, .note = { .text = { "mark", 4 } } });
	state_digest(session_state(s), before);
	session_close(s);
	s = open_or_fail(p, SESSION_FULL);
	state_digest(session_state(s), after);
	assert_string_equal(before, after);
	assert_int_equal(session_state(s)->chat[0]->answer.len, 4);
	assert_memory_equal(session_state(s)->chat[0]->answer.data, "a\0b\xff", 4);
	session_close(s);
}

static void calls_and_results_come_back_in_pairs(void **state)
{
	struct place *p = *state;
	struct session *s = open_or_fail(p, SESSION_FULL);
	struct event result = { .type = EVENT_RESULT,
				.result = { 2, "c1", { "0 errors", 8 }, true } };
	const struct exchange *x;
	struct str text = STR_INIT;
	struct state again;
	char before[HASH_HEX + 1], after[HASH_HEX + 1];
	struct err err;

	record(s, (struct event){ .type = EVENT_ASK,
				  .ask = { .backend = "fake", .question = { "why?", 4 } } });
	assert_false(session_record(s, &result, NULL, &err));
	assert_non_null(strstr(err.text, "no call c1"));
	record(s, (struct event){ .type = EVENT_PIECE,
				  .piece = { .ask = 2, .kind = "text", .text = { "hm", 2 } } });
	record(s, (struct event){ .type = EVENT_OPAQUE,
				  .opaque = { 2, "x/sign", { "{\"s\":1}", 7 } } });
	record(s, (struct event){ .type = EVENT_CALL,
				  .call = { 2, "c1", "lint", { "{\"f\":1}", 7 } } });
	assert_false(session_record(
		s, &(struct event){ .type = EVENT_CALL, .call = { 2, "c1", "lint", { "{}", 2 } } },
		NULL, &err));
	record(s, result);
	assert_false(session_record(s, &result, NULL, &err));
	state_digest(session_state(s), before);
	session_close(s);

	s = open_or_fail(p, SESSION_FULL);
	state_digest(session_state(s), after);
	assert_string_equal(before, after);
	x = session_state(s)->chat[0];
	assert_int_equal(x->n_parts, 3);
	assert_int_equal(x->parts[0].kind, EXCHANGE_OPAQUE);
	assert_string_equal(x->parts[0].name, "x/sign");
	assert_int_equal(x->parts[1].at, 2);
	assert_string_equal(x->parts[1].name, "lint");
	assert_string_equal(str_cstr(&x->parts[1].text), "{\"f\":1}");
	assert_string_equal(x->parts[2].id, "c1");
	assert_true(x->parts[2].failed);

	/* As a snapshot, too. */
	state_write(session_state(s), &text);
	state_init(&again);
	assert_true(state_read(&again, text.data, text.len, NULL));
	state_digest(&again, after);
	assert_string_equal(before, after);
	state_fini(&again);
	str_free(&text);
	session_close(s);
}

static void folders_and_files_are_private(void **state)
{
	struct place *p = *state;
	struct session *s = open_or_fail(p, SESSION_FULL);
	char *home = path_join(p->dir, ".posedge"), *ignore = path_join(home, ".gitignore");
	char *journal = journal_path(s), *text;
	struct stat st;

	assert_int_equal(stat(home, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(stat(journal, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	text = read_all(ignore, NULL);
	assert_string_equal(text, "*\n");
	free(text);
	free(journal);
	free(ignore);
	free(home);
	session_close(s);
}

static void undo_survives_a_restart(void **state)
{
	struct place *p = *state;
	struct session *s;

	put_file(p, "a.sv", "one\ntwo\n");
	s = open_or_fail(p, SESSION_FULL);
	assert_non_null(edit_open(s, "a.sv", false, NULL));
	type_text(s, "a.sv", 0, 3, "ONE");
	type_text(s, "a.sv", 4, 3, "TWO");
	expect_text(s, "a.sv", "ONE\nTWO\n");
	session_close(s);

	s = open_or_fail(p, SESSION_FULL);
	expect_text(s, "a.sv", "ONE\nTWO\n");
	assert_true(doc_unsaved(session_doc(s, "a.sv")));
	assert_true(edit_undo(s, "a.sv", NULL));
	expect_text(s, "a.sv", "ONE\ntwo\n");
	assert_true(edit_undo(s, "a.sv", NULL));
	expect_text(s, "a.sv", "one\ntwo\n");
	assert_false(doc_unsaved(session_doc(s, "a.sv")));
	assert_true(edit_redo(s, "a.sv", NULL));
	expect_text(s, "a.sv", "ONE\ntwo\n");
	session_close(s);
}

static void opening_keeps_nothing_of_the_text(void **state)
{
	struct place *p = *state;
	struct session *s;
	char *journal, *text;

	put_file(p, "a.sv", "a_text_that_is_mine\n");
	s = open_or_fail(p, SESSION_FULL);
	assert_non_null(edit_open(s, "a.sv", false, NULL));
	journal = journal_path(s);
	session_close(s);
	text = read_all(journal, NULL);
	assert_null(strstr(text, "a_text_that_is_mine"));
	assert_null(strstr(text, "\"base\""));
	free(text);
	free(journal);
}

struct saving {
	struct session *s;
	const char *path;
	bool ok, done;
	struct err err;
};

static void save_it(void *ctx)
{
	struct saving *sv = ctx;

	sv->ok = edit_save(sv->s, sv->path, false, &sv->err);
	sv->done = true;
}

static bool save(struct place *p, struct session *s, const char *path, struct err *err)
{
	struct saving sv = { .s = s, .path = path };

	task_start(p->loop, save_it, &sv);
	loop_run_until(p->loop, &sv.done);
	while (task_count(p->loop))
		loop_turn(p->loop, false);
	if (err)
		*err = sv.err;
	return sv.ok;
}

static void a_file_changed_underneath_is_not_overwritten(void **state)
{
	struct place *p = *state;
	struct session *s;
	struct err err;
	char *path = path_join(p->dir, "a.sv"), *text;

	put_file(p, "a.sv", "mine\n");
	s = open_or_fail(p, SESSION_FULL);
	assert_non_null(edit_open(s, "a.sv", false, NULL));
	type_text(s, "a.sv", 0, 0, "x");
	put_file(p, "a.sv", "somebody else's\n");
	assert_false(save(p, s, "a.sv", &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	text = read_all(path, NULL);
	assert_string_equal(text, "somebody else's\n");
	free(text);
	free(path);
	session_close(s);
}

static void reloading_takes_the_file_and_can_be_undone(void **state)
{
	struct place *p = *state;
	struct session *s;

	put_file(p, "a.sv", "one\ntwo\n");
	s = open_or_fail(p, SESSION_FULL);
	assert_non_null(edit_open(s, "a.sv", false, NULL));
	type_text(s, "a.sv", 0, 3, "mine");
	put_file(p, "a.sv", "one\nthree\n");
	assert_true(edit_reload(s, "a.sv", NULL));
	expect_text(s, "a.sv", "one\nthree\n");
	assert_false(doc_unsaved(session_doc(s, "a.sv")));
	assert_true(edit_undo(s, "a.sv", NULL));
	expect_text(s, "a.sv", "mine\ntwo\n");
	session_close(s);
}

/* Text typed while the save waits for the disk is not saved. */
static void what_is_typed_while_saving_is_unsaved(void **state)
{
	struct place *p = *state;
	struct session *s = open_or_fail(p, SESSION_FULL);
	char *path = path_join(p->dir, "new.sv"), *text;
	struct saving job = { .s = s, .path = "new.sv" };

	assert_non_null(edit_open(s, "new.sv", true, NULL));
	type_text(s, "new.sv", 0, 0, "one\n");
	task_start(p->loop, save_it, &job);
	loop_turn(p->loop, false);
	assert_false(job.done);
	type_text(s, "new.sv", 4, 0, "two\n");
	loop_run_until(p->loop, &job.done);
	assert_true(job.ok);
	text = read_all(path, NULL);
	assert_string_equal(text, "one\n");
	free(text);
	assert_true(doc_unsaved(session_doc(s, "new.sv")));
	assert_true(edit_undo(s, "new.sv", NULL));
	assert_false(doc_unsaved(session_doc(s, "new.sv")));
	free(path);
	session_close(s);
}

static void a_new_file_is_there_before_it_is_saved(void **state)
{
	struct place *p = *state;
	struct session *s = open_or_fail(p, SESSION_FULL);
	struct err err;

	assert_null(edit_open(s, "new.sv", false, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_non_null(edit_open(s, "new.sv", true, NULL));
	expect_text(s, "new.sv", "");
	type_text(s, "new.sv", 0, 0, "one\n");
	expect_text(s, "new.sv", "one\n");
	assert_true(edit_close(s, "new.sv", NULL));
	expect_text(s, "new.sv", "one\n");
	session_close(s);
	s = open_or_fail(p, SESSION_FULL);
	expect_text(s, "new.sv", "one\n");
	session_close(s);
}

static void saving_writes_what_is_shown(void **state)
{
	struct place *p = *state;
	struct session *s;
	char *path = path_join(p->dir, "sub/new.sv"), *text;

	s = open_or_fail(p, SESSION_FULL);
	assert_non_null(edit_open(s, "sub/new.sv", true, NULL));
	type_text(s, "sub/new.sv", 0, 0, "module m; endmodule\r\n");
	assert_true(save(p, s, "sub/new.sv", NULL));
	assert_false(doc_unsaved(session_doc(s, "sub/new.sv")));
	text = read_all(path, NULL);
	assert_string_equal(text, "module m; endmodule\r\n");
	free(text);
	free(path);
	session_close(s);
}

static void an_edit_outside_of_the_text_changes_nothing(void **state)
{
	struct place *p = *state;
	struct session *s;
	struct change c = { 3, 100, { "x", 1 } };
	struct err err;
	uint64_t n;

	put_file(p, "a.sv", "short\n");
	s = open_or_fail(p, SESSION_FULL);
	assert_non_null(edit_open(s, "a.sv", false, NULL));
	n = session_state(s)->n;
	assert_false(edit_change(s, "a.sv", &c, 1, BY_YOU, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	expect_text(s, "a.sv", "short\n");
	/* The base may have been recorded; the edit was not. */
	assert_in_range(session_state(s)->n, n, n + 1);
	session_close(s);
}

static void a_second_one_opens_a_neighbour_or_refuses(void **state)
{
	struct place *p = *state;
	struct session *first = open_or_fail(p, SESSION_FULL), *second;
	struct err err;

	assert_null(session_open(p->loop, p->dir, SESSION_FULL, NULL, &err));
	assert_int_equal(err.code, ERR_BUSY);
	assert_non_null(strstr(err.text, "another posedge"));
	second = open_or_fail(p, SESSION_APPEND);
	assert_string_not_equal(session_id(first), session_id(second));
	assert_string_equal(session_state(second)->neighbour, session_id(first));
	session_close(second);
	assert_false(session_is_parallel(first));
	second = session_open(p->loop, p->dir, SESSION_BESIDE, session_id(first), &err);
	assert_non_null(second);
	assert_true(session_is_parallel(second));
	assert_string_equal(session_state(second)->neighbour, session_id(first));
	assert_int_equal(session_state(second)->n, 1); /* nothing of the other session is in it */
	session_close(first);
	session_close(second);
	second = open_or_fail(p, SESSION_BESIDE);
	assert_false(session_is_parallel(second));
	session_close(second);
}

/* A session that a command begins beside the screen does not hide the screen's. */
static void one_beside_without_work_is_not_continued(void **state)
{
	struct place *p = *state;
	struct session *first = open_or_fail(p, SESSION_FULL),
		       *side = open_or_fail(p, SESSION_APPEND),
		       *third = open_or_fail(p, SESSION_APPEND), *s;
	char *main = strdup(session_id(first)), *id = strdup(session_id(side));

	assert_string_equal(session_state(third)->neighbour, id);
	record(side, (struct event){ .type = EVENT_NOTE, .note = { .text = { "mark", 4 } } });
	session_close(third);
	session_close(side);
	s = open_or_fail(p, SESSION_APPEND); /* the first is still open */
	assert_string_equal(session_id(s), id);
	session_close(s);
	session_close(first);
	for (enum session_mode mode = SESSION_APPEND; mode <= SESSION_READ; mode++) {
		s = open_or_fail(p, mode);
		assert_string_equal(session_id(s), main);
		session_close(s);
	}
	s = session_open(p->loop, p->dir, SESSION_APPEND, id, NULL);
	record(s, (struct event){ .type = EVENT_ASK,
				  .ask = { .backend = "fake", .question = { "why?", 4 } } });
	session_close(s);
	s = open_or_fail(p, SESSION_FULL);
	assert_string_equal(session_id(s), id);
	session_close(s);
	free(id);
	free(main);
}

static void appending_goes_on_where_the_last_line_ends(void **state)
{
	struct place *p = *state;
	struct session *s = open_or_fail(p, SESSION_FULL);
	char *id = strdup(session_id(s));
	char live[HASH_HEX + 1];

	record(s, (struct event){ .type = EVENT_NOTE, .note = { .text = { "one", 3 } } });
	session_close(s);
	s = open_or_fail(p, SESSION_APPEND);
	assert_string_equal(session_id(s), id);
	record(s, (struct event){ .type = EVENT_NOTE, .note = { .text = { "two", 3 } } });
	session_close(s);
	s = open_or_fail(p, SESSION_READ);
	assert_int_equal(session_damage(s)->line, 0);
	assert_int_equal(session_state(s)->notes, 2);
	assert_int_equal(session_state(s)->n, 3);
	state_digest(session_state(s), live);
	assert_false(session_record(s, &(struct event){ .type = EVENT_NOTE }, NULL, NULL));
	session_close(s);
	free(id);
}

static void a_state_written_and_read_is_the_same(struct session *s)
{
	struct str text = STR_INIT, again = STR_INIT;
	struct state copy;
	struct err err = { 0 };

	state_write(session_state(s), &text);
	state_init(&copy);
	if (!state_read(&copy, text.data, text.len, &err))
		fail_msg("%s", err.text);
	state_write(&copy, &again);
	assert_string_equal(text.data, again.data);
	state_fini(&copy);
	str_free(&text);
	str_free(&again);
}

static void replayed_sessions_reach_the_same_state(void **state)
{
	struct place *p = *state;

	seed = (unsigned long)time(NULL);
	print_message("seed %lu\n", seed);
	put_file(p, "a.sv", "module a;\nendmodule\n");
	for (int i = 0; i < 1000; i++) {
		struct session *s = open_or_fail(p, SESSION_NEW);
		char *id = strdup(session_id(s)), *snapshot, live[HASH_HEX + 1],
		     replayed[HASH_HEX + 1];

		for (unsigned k = 5 + roll(30); k > 0; k--)
			random_event(s);
		wait_for_bases(s);
		a_state_written_and_read_is_the_same(s);
		state_digest(session_state(s), live);
		snapshot = path_join(session_dir(s), "snapshot.json");
		session_close(s);
		s = session_open(p->loop, p->dir, SESSION_READ, id, NULL);
		assert_non_null(s);
		assert_int_equal(session_damage(s)->line, 0);
		state_digest(session_state(s), replayed);
		assert_string_equal(live, replayed);
		session_close(s);
		free(snapshot);
		free(id);
	}
}

static void a_snapshot_saves_reading_and_changes_nothing(void **state)
{
	struct place *p = *state;
	char *journal, *snapshot, *dir, with[HASH_HEX + 1], without[HASH_HEX + 1];
	struct session *s;

	write_notes(p, 600, &journal);
	dir = path_dir(journal);
	snapshot = path_join(dir, "snapshot.json");
	assert_true(file_exists(snapshot));
	s = open_or_fail(p, SESSION_READ);
	state_digest(session_state(s), with);
	session_close(s);
	assert_int_equal(unlink(snapshot), 0);
	s = open_or_fail(p, SESSION_READ);
	state_digest(session_state(s), without);
	session_close(s);
	assert_string_equal(with, without);
	free(snapshot);
	free(dir);
	free(journal);
}

struct syncing {
	struct session *s;
	int done;
};

static void sync_once(void *ctx)
{
	struct syncing *x = ctx;

	record(x->s, (struct event){ .type = EVENT_NOTE, .note = { .text = { "a", 1 } } });
	assert_true(session_sync(x->s, NULL));
	x->done++;
}

static void all_that_wait_for_the_disk_go_on(void **state)
{
	struct place *p = *state;
	struct syncing x = { open_or_fail(p, SESSION_FULL), 0 };

	for (int i = 0; i < 3; i++)
		task_start(p->loop, sync_once, &x);
	while (task_count(p->loop))
		loop_turn(p->loop, true);
	assert_int_equal(x.done, 3);
	session_close(x.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(what_was_recorded_comes_back),
		CASE(calls_and_results_come_back_in_pairs),
		CASE(folders_and_files_are_private),
		CASE(undo_survives_a_restart),
		CASE(opening_keeps_nothing_of_the_text),
		CASE(a_file_changed_underneath_is_not_overwritten),
		CASE(reloading_takes_the_file_and_can_be_undone),
		CASE(what_is_typed_while_saving_is_unsaved),
		CASE(a_new_file_is_there_before_it_is_saved),
		CASE(saving_writes_what_is_shown),
		CASE(an_edit_outside_of_the_text_changes_nothing),
		CASE(a_second_one_opens_a_neighbour_or_refuses),
		CASE(one_beside_without_work_is_not_continued),
		CASE(appending_goes_on_where_the_last_line_ends),
		CASE(replayed_sessions_reach_the_same_state),
		CASE(a_snapshot_saves_reading_and_changes_nothing),
		CASE(all_that_wait_for_the_disk_go_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
