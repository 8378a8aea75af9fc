/* Journals that are torn, changed or cut off, full disks, a killed program: what was
 * written is read, and the next start reports what was lost. */
#include "config.h"

#include "tests/lib/test.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/journal/journal.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "tests/lib/random_session.h"
#include "tests/lib/session_place.h"

static void every_prefix_of_a_journal_is_read(void **state)
{
	struct place *p = *state;
	char *journal, *text;
	size_t len;

	write_notes(p, 5, &journal);
	text = read_all(journal, &len);
	for (size_t cut = 0; cut <= len; cut += 7) {
		struct session *s;
		size_t lines = 0;

		for (size_t i = 0; i < cut; i++)
			lines += text[i] == '\n';
		assert_int_equal(truncate(journal, 0), 0);
		assert_true(file_save(journal, text, cut, 0600, NULL));
		s = open_or_fail(p, SESSION_READ);
		assert_int_equal(session_state(s)->n, lines);
		if (cut && text[cut - 1] != '\n')
			assert_int_equal(session_damage(s)->line, lines + 1);
		session_close(s);
	}
	free(text);
	free(journal);
}

static bool no_event(void *ctx, const struct event *e, struct err *err)
{
	fail_msg("an event was read");
	return true;
}

/* That a journal cannot be read does not mean that it is empty. */
static void a_journal_that_cannot_be_read_is_an_error(void **state)
{
	const struct place *p = *state;
	char *dir = str_fmt("%s/unpacked", p->dir), *journal = str_fmt("%s/journal.jsonl", dir);
	struct journal_start reached;
	struct damage damage;
	struct err err = { 0 };

	assert_int_equal(mkdir(dir, 0700), 0);
	assert_int_equal(mkdir(journal, 0700), 0);
	assert_false(journal_read(dir, NULL, no_event, NULL, &reached, &damage, &err));
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.text, "journal.jsonl: Is a directory"));
	free(journal);
	free(dir);
}

static void any_changed_byte_is_found(void **state)
{
	struct place *p = *state;
	char *journal, *text;
	size_t len;

	write_notes(p, 5, &journal);
	text = read_all(journal, &len);
	for (size_t i = 0; i < len; i += 3) {
		struct session *s;
		size_t line = 1;

		for (size_t k = 0; k < i; k++)
			line += text[k] == '\n';
		text[i] ^= 1;
		assert_true(file_save(journal, text, len, 0600, NULL));
		text[i] ^= 1;
		s = open_or_fail(p, SESSION_READ);
		assert_int_equal(session_damage(s)->line, line);
		session_close(s);
	}
	free(text);
	free(journal);
}

static void a_damaged_tail_is_set_aside_and_work_goes_on(void **state)
{
	struct place *p = *state;
	char *journal, *text, *aside;
	struct session *s;
	size_t len;

	write_notes(p, 3, &journal);
	text = read_all(journal, &len);
	assert_true(file_save(journal, text, len - 10, 0600, NULL));
	s = open_or_fail(p, SESSION_APPEND);
	assert_int_equal(session_damage(s)->line, 4);
	record(s, (struct event){ .type = EVENT_NOTE, .note = { .text = { "after", 5 } } });
	aside = str_fmt("%s/damaged-%llu", session_dir(s),
			(unsigned long long)session_damage(s)->offset);
	assert_true(file_exists(aside));
	session_close(s);
	s = open_or_fail(p, SESSION_READ);
	assert_int_equal(session_damage(s)->line, 0);
	assert_int_equal(session_state(s)->n, 4);
	session_close(s);
	free(aside);
	free(text);
	free(journal);
}

/* The report of the next start, abridged. */
static void expect_recovery(const struct session *s, const char *want)
{
	struct str line = STR_INIT;

	assert_int_equal(session_recovery(s, &line), want != NULL);
	if (want && !strstr(str_cstr(&line), want))
		fail_msg("%s", str_cstr(&line));
	assert_null(strchr(str_cstr(&line), '\n'));
	str_free(&line);
}

static void a_session_of_somebody_else_is_named_however_late_one_asks(void **state)
{
	struct place *p = *state;
	struct session *s = open_or_fail(p, SESSION_FULL);
	struct event note = { .type = EVENT_NOTE, .note = { .text = { "x", 1 } } };
	char *mark = path_join(session_dir(s), "mark");
	char *want = str_fmt("session %s was not made by you here", session_id(s));

	record(s, note);
	session_close(s);
	assert_return_code(unlink(mark), errno);
	s = open_or_fail(p, SESSION_FULL);
	expect_recovery(s, want);
	record(s, note); /* as the screen does before it asks */
	record(s, note);
	expect_recovery(s, want);
	session_close(s);
	s = open_or_fail(p, SESSION_FULL); /* the new one is mine */
	expect_recovery(s, NULL);
	session_close(s);
	free(want);
	free(mark);
}

static void the_next_start_says_what_was_recovered(void **state)
{
	static const char zeros[512];
	struct place *p = *state;
	struct session *s = open_or_fail(p, SESSION_FULL);
	char *path = journal_path(s), *lock = path_join(session_dir(s), "lock"), *kept;
	static const enum session_mode modes[] = { SESSION_FULL, SESSION_APPEND };
	size_t len;

	record(s, (struct event){ .type = EVENT_NOTE, .note = { .text = { "x", 1 } } });
	expect_recovery(s, NULL);
	session_close(s);
	kept = read_all(path, &len);
	for (size_t i = 0; i < 2; i++) {
		s = open_or_fail(p, modes[i]);
		expect_recovery(s, NULL); /* it ended well */
		assert_int_equal(journal_holder(session_dir(s)), getpid());
		session_close(s);
		assert_true(
			file_save(lock, "1", 1, 0600, NULL)); /* as a killed process leaves it */
		s = open_or_fail(p, SESSION_READ);
		assert_int_equal(journal_holder(session_dir(s)), 0);
		expect_recovery(s, NULL); /* reported by whoever opens it */
		session_close(s);
		s = open_or_fail(p, modes[i]);
		expect_recovery(s, "recovered all 2 events; posedge did not end by itself");
		session_close(s);
		s = open_or_fail(p, modes[i]);
		expect_recovery(s, NULL);
		session_close(s);
		/* A torn line, a block of zeros. */
		assert_true(file_save(path, kept, len - 5, 0600, NULL));
		s = open_or_fail(p, SESSION_READ);
		expect_recovery(s, "there are 1 events");
		session_close(s);
		s = open_or_fail(p, modes[i]);
		expect_recovery(s, "recovered 1 events; the");
		session_close(s);
		assert_true(file_save(path, kept, len, 0600, NULL));
		{
			FILE *f = fopen(path, "ae");

			fwrite(zeros, 1, sizeof(zeros), f);
			fclose(f);
		}
		s = open_or_fail(p, modes[i]);
		expect_recovery(
			s, "recovered 2 events; the 512 bytes after them were not: it is torn");
		session_close(s);
		assert_true(file_save(path, kept, len, 0600, NULL));
	}
	free(kept);
	free(lock);
	free(path);
}

/* A snapshot is newer than the journal's tail on disk. */
static void a_tail_that_a_snapshot_knew_is_missed(void **state)
{
	struct place *p = *state;
	struct session *s = open_or_fail(p, SESSION_FULL);
	char *path = journal_path(s), *kept;
	size_t len;

	for (int i = 0; i < 600; i++)
		record(s, (struct event){ .type = EVENT_NOTE, .note = { .text = { "x", 1 } } });
	session_close(s);
	kept = read_all(path, &len);
	assert_true(file_save(path, kept, (size_t)(strchr(kept, '\n') + 1 - kept), 0600, NULL));
	s = open_or_fail(p, SESSION_FULL);
	expect_recovery(s, "recovered 1 events; those up to 601, which there were once, were not");
	session_close(s);
	free(kept);
	free(path);
}

static void an_unknown_event_is_kept_and_skipped(void **state)
{
	struct place *p = *state;
	char *journal, sum[HASH_HEX + 1];
	struct str all = STR_INIT, signed_part = STR_INIT;
	struct session *s;
	const char *body = "{\"n\":3,\"t\":1,\"type\":\"hologram\",\"colour\":\"blue\"";

	write_notes(p, 1, &journal);
	assert_true(file_read(journal, 0, &all, NULL));
	str_add(&signed_part, all.data + all.len - 3 - HASH_HEX, HASH_HEX);
	str_adds(&signed_part, body);
	hash_text(signed_part.data, signed_part.len, sum);
	str_addf(&all, "%s,\"sum\":\"%s\"}\n", body, sum);
	assert_true(file_save(journal, all.data, all.len, 0600, NULL));
	s = open_or_fail(p, SESSION_FULL);
	assert_int_equal(session_damage(s)->line, 0);
	assert_int_equal(session_state(s)->unknown, 1);
	record(s, (struct event){ .type = EVENT_NOTE, .note = { .text = { "x", 1 } } });
	session_close(s);
	str_clear(&all);
	assert_true(file_read(journal, 0, &all, NULL));
	assert_non_null(strstr(all.data, "hologram"));
	str_free(&all);
	str_free(&signed_part);
	free(journal);
}

static void large_texts_are_kept_once_and_checked(void **state)
{
	struct place *p = *state;
	struct session *s = open_or_fail(p, SESSION_FULL);
	char *large = malloc(20000), *path, hash[HASH_HEX + 1];

	memset(large, 'x', 20000);
	for (int i = 0; i < 2; i++)
		record(s,
		       (struct event){ .type = EVENT_NOTE, .note = { .text = { large, 20000 } } });
	hash_text(large, 20000, hash);
	path = str_fmt("%s/texts/%s", session_dir(s), hash);
	assert_true(file_exists(path));
	session_close(s);
	large[5] = 'y';
	assert_true(file_save(path, large, 20000, 0600, NULL));
	s = open_or_fail(p, SESSION_READ);
	assert_int_equal(session_damage(s)->line, 2);
	assert_non_null(strstr(session_damage(s)->why, "changed after it was recorded"));
	session_close(s);
	free(path);
	free(large);
}

static void a_full_disk_stops_recording_until_there_is_room(void **state)
{
	struct place *p = *state;
	char *journal;
	pid_t pid;
	int status;

	write_notes(p, 3, &journal);
	free(journal);
	pid = fork();
	if (pid == 0) {
		/* To write(), a limit on file size is the same as a full disk. */
		struct rlimit small = { 1500, RLIM_INFINITY };
		struct rlimit large = { RLIM_INFINITY, RLIM_INFINITY };
		struct loop *l = loop_new(NULL);
		struct session *s = session_open(l, p->dir, SESSION_FULL, NULL, NULL);
		struct err err = { 0 };
		struct event last = { .type = EVENT_NOTE, .note = { .text = { "at last", 7 } } };
		bool failed = false;
		size_t notes;

		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &small);
		for (int i = 0; s && i < 30 && !failed; i++) {
			struct event e = { .type = EVENT_NOTE,
					   .note = { .text = { "a note", 6 } } };

			failed = !session_record(s, &e, NULL, &err);
			loop_turn(l, false);
		}
		failed = failed && err.code == ERR_IO &&
			 strstr(err.text, "can only be read until") &&
			 !session_record(s, &last, NULL, NULL) && session_is_stalled(s);
		notes = s ? session_state(s)->notes : 0;
		setrlimit(RLIMIT_FSIZE, &large);
		failed = failed && session_record(s, &last, NULL, NULL) &&
			 session_state(s)->notes == notes + 1 && !session_is_stalled(s);
		session_close(s);
		_exit(failed ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	{
		struct session *s = open_or_fail(p, SESSION_READ);

		assert_int_equal(session_damage(s)->line, 0);
		assert_true(session_state(s)->notes > 3);
		session_close(s);
	}
}

static void a_broken_snapshot_is_not_believed(void **state)
{
	struct place *p = *state;
	char *journal, *snapshot, *dir, *text;
	struct session *s;
	size_t len;

	write_notes(p, 600, &journal);
	dir = path_dir(journal);
	snapshot = path_join(dir, "snapshot.json");
	text = read_all(snapshot, &len);
	text[len - 5] ^= 1;
	assert_true(file_save(snapshot, text, len, 0600, NULL));
	s = open_or_fail(p, SESSION_READ);
	assert_int_equal(session_state(s)->notes, 600);
	session_close(s);
	free(text);
	free(snapshot);
	free(dir);
	free(journal);
}

static void killed_at_any_moment_the_journal_is_whole(void **state)
{
	struct place *p = *state;

	put_file(p, "a.sv", "module a;\nendmodule\n");
	for (int i = 0; i < 100; i++) {
		int pipe_fds[2], status;
		char token;
		size_t told = 0, kill_at;
		struct session *s;
		pid_t pid;

		seed += (unsigned long)i;
		kill_at = 1 + roll(60);
		assert_int_equal(pipe(pipe_fds), 0);
		pid = fork();
		if (pid == 0) {
			struct loop *l = loop_new(NULL);

			close(pipe_fds[0]);
			s = session_open(l, p->dir, SESSION_NEW, NULL, NULL);
			/* A byte for each note that a turn of the loop has written. */
			for (;;) {
				struct event e = { .type = EVENT_NOTE,
						   .note = { .text = { "a note", 6 } } };

				if (!s || !session_record(s, &e, NULL, NULL))
					_exit(1);
				loop_turn(l, false);
				if (write(pipe_fds[1], "x", 1) != 1)
					_exit(1);
			}
		}
		close(pipe_fds[1]);
		while (told < kill_at && read(pipe_fds[0], &token, 1) == 1)
			told++;
		kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		while (read(pipe_fds[0], &token, 1) == 1)
			told++;
		close(pipe_fds[0]);
		s = open_or_fail(p, SESSION_READ);
		assert_true(session_state(s)->notes >= told);
		session_close(s);
		s = open_or_fail(p, SESSION_FULL);
		record(s, (struct event){ .type = EVENT_NOTE, .note = { .text = { "after", 5 } } });
		{
			char *dir = strdup(session_dir(s));

			session_close(s);
			file_remove_tree(dir, NULL);
			free(dir);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(every_prefix_of_a_journal_is_read),
		CASE(a_journal_that_cannot_be_read_is_an_error),
		CASE(any_changed_byte_is_found),
		CASE(a_damaged_tail_is_set_aside_and_work_goes_on),
		CASE(a_session_of_somebody_else_is_named_however_late_one_asks),
		CASE(the_next_start_says_what_was_recovered),
		CASE(a_tail_that_a_snapshot_knew_is_missed),
		CASE(an_unknown_event_is_kept_and_skipped),
		CASE(large_texts_are_kept_once_and_checked),
		CASE(a_full_disk_stops_recording_until_there_is_room),
		CASE(a_broken_snapshot_is_not_believed),
		CASE(killed_at_any_moment_the_journal_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
