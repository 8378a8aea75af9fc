#include "config.h"

#include "tests/lib/test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/text/text.h"
#include "session/verdict/diag.h"
#include "tests/lib/random_session.h"

struct place {
	char *dir;
	struct loop *loop;
};

static int set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	p->dir = str_fmt("%s/posedge-session.XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	assert_non_null(mkdtemp(p->dir));
	p->loop = loop_new(NULL);
	*state = p;
	return 0;
}

static int tear_down(void **state)
{
	struct place *p = *state;

	loop_free(p->loop);
	file_remove_tree(p->dir, NULL);
	free(p->dir);
	free(p);
	return 0;
}

static void put_file(const struct place *p, const char *name, const char *text)
{
	char *path = path_join(p->dir, name);

	assert_true(file_save(path, text, strlen(text), 0644, NULL));
	free(path);
}

static char *read_all(const char *path, size_t *len)
{
	struct str s = STR_INIT;

	assert_true(file_read(path, 0, &s, NULL));
	if (len)
		*len = s.len;
	return str_take(&s);
}

static struct session *open_or_fail(const struct place *p, enum session_mode mode)
{
	struct err err = { 0 };
	struct session *s = session_open(p->loop, p->dir, mode, NULL, &err);

	if (!s)
		fail_msg("%s", err.text);
	return s;
}

static char *journal_path(const struct session *s)
{
	return path_join(session_dir(s), "journal.jsonl");
}

static void expect_text(struct session *s, const char *path, const char *want)
{
	struct str now = STR_INIT;
	struct doc *d = edit_open(s, path, false, NULL);

	assert_non_null(d);
	text_get_all(d->text, &now);
	assert_string_equal(str_cstr(&now), want);
	str_free(&now);
}

/* What a session promises ------------------------------------------------------- */

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

/* While the save waits for the disk the person types on: that is not saved. */
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

/* Two at once -------------------------------------------------------------------- */

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
	assert_false(session_beside(first));
	second = session_open(p->loop, p->dir, SESSION_BESIDE, session_id(first), &err);
	assert_non_null(second);
	assert_true(session_beside(second));
	assert_string_equal(session_state(second)->neighbour, session_id(first));
	assert_int_equal(session_state(second)->n, 1); /* nothing of the other one is in it */
	session_close(first);
	session_close(second);
	second = open_or_fail(p, SESSION_BESIDE);
	assert_false(session_beside(second));
	session_close(second);
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

/* Damage ----------------------------------------------------------------------------- */

static void write_notes(struct place *p, int n, char **journal)
{
	struct session *s = open_or_fail(p, SESSION_FULL);

	for (int i = 0; i < n; i++)
		record(s,
		       (struct event){ .type = EVENT_NOTE, .note = { .text = { "a note", 6 } } });
	*journal = journal_path(s);
	session_close(s);
}

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

/* What the next start says, with fewer words. */
static void expect_recovery(const struct session *s, const char *want)
{
	struct str line = STR_INIT;

	assert_int_equal(session_recovery(s, &line), want != NULL);
	if (want && !strstr(str_cstr(&line), want))
		fail_msg("%s", str_cstr(&line));
	assert_null(strchr(str_cstr(&line), '\n'));
	str_free(&line);
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
		assert_true(file_save(lock, "1", 1, 0600, NULL)); /* as a killed one leaves it */
		s = open_or_fail(p, SESSION_READ);
		assert_int_equal(journal_holder(session_dir(s)), 0);
		expect_recovery(s, NULL); /* for the one who opens it to say */
		session_close(s);
		s = open_or_fail(p, modes[i]);
		expect_recovery(s, "recovered all 2 events; posedge did not end by itself");
		session_close(s);
		s = open_or_fail(p, modes[i]);
		expect_recovery(s, NULL);
		session_close(s);
		/* A line that is torn, a block of zeros. */
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
			s, "recovered 2 events; the 512 bytes behind them were not: it is torn");
		session_close(s);
		assert_true(file_save(path, kept, len, 0600, NULL));
	}
	free(kept);
	free(lock);
	free(path);
}

/* A snapshot is on disk that the journal's tail never reached. */
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

static void a_full_disk_stops_recording_with_a_sentence(void **state)
{
	struct place *p = *state;
	char *journal;
	pid_t pid;
	int status;

	write_notes(p, 3, &journal);
	free(journal);
	pid = fork();
	if (pid == 0) {
		/* A limit on file size is the same to write() as a full disk. */
		struct rlimit small = { 1500, 1500 };
		struct loop *l = loop_new(NULL);
		struct session *s = session_open(l, p->dir, SESSION_FULL, NULL, NULL);
		struct err err = { 0 };
		bool failed = false;

		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &small);
		for (int i = 0; s && i < 30 && !failed; i++) {
			struct event e = { .type = EVENT_NOTE,
					   .note = { .text = { "a note", 6 } } };

			failed = !session_record(s, &e, NULL, &err);
			loop_turn(l, false);
		}
		session_close(s);
		_exit(failed && err.code == ERR_IO && strstr(err.text, "can only be read") ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	{
		struct session *s = open_or_fail(p, SESSION_READ);

		assert_int_equal(session_damage(s)->line, 0);
		assert_true(session_state(s)->notes >= 3);
		session_close(s);
	}
}

/* Snapshots and random sessions --------------------------------------------------------- */

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

/* Two that wait for the disk ----------------------------------------------------------------- */

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

/* Killed at any moment -------------------------------------------------------------------- */

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

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

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
		CASE(saving_writes_what_is_shown),
		CASE(an_edit_outside_of_the_text_changes_nothing),
		CASE(a_second_one_opens_a_neighbour_or_refuses),
		CASE(appending_goes_on_where_the_last_line_ends),
		CASE(every_prefix_of_a_journal_is_read),
		CASE(any_changed_byte_is_found),
		CASE(a_damaged_tail_is_set_aside_and_work_goes_on),
		CASE(the_next_start_says_what_was_recovered),
		CASE(a_tail_that_a_snapshot_knew_is_missed),
		CASE(an_unknown_event_is_kept_and_skipped),
		CASE(large_texts_are_kept_once_and_checked),
		CASE(a_full_disk_stops_recording_with_a_sentence),
		CASE(replayed_sessions_reach_the_same_state),
		CASE(a_snapshot_saves_reading_and_changes_nothing),
		CASE(a_broken_snapshot_is_not_believed),
		CASE(all_that_wait_for_the_disk_go_on),
		CASE(killed_at_any_moment_the_journal_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
