/* A review killed at random moments: what was recorded is still there, decisions and
 * text alike, and the file is never claimed to contain what it does not. 200 kills;
 * POSEDGE_KILLS sets another number. */
#include "config.h"

#include "tests/lib/case.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/review/flow_apply.h"
#include "session/review/flow_decide.h"
#include "session/review/flow_merge.h"
#include "session/review/flow_suggest.h"
#include "session/text/text.h"
#include "tests/lib/tool.h"

#define FILE_NAME "r.sv"

/* What the process to be killed reports: the last event written, the state after it, and
 * the text. */
struct told {
	uint64_t n;
	char digest[HASH_HEX + 1], text[HASH_HEX + 1];
};

struct victim {
	struct loop *loop;
	const char *root;
	unsigned seed;
	int out;
};

static unsigned roll(struct victim *v, unsigned n)
{
	return (unsigned)rand_r(&v->seed) % n;
}

static void hash_doc(struct session *s, char hex[HASH_HEX + 1])
{
	struct str now = STR_INIT;
	struct doc *d = edit_open(s, FILE_NAME, true, NULL);

	text_get_all(d->text, &now);
	hash_text(str_cstr(&now), now.len, hex);
	str_free(&now);
}

static void tell(struct victim *v, struct session *s)
{
	struct told t = { .n = session_state(s)->n };

	session_flush(s);
	state_digest(session_state(s), t.digest);
	hash_doc(s, t.text);
	if (write(v->out, &t, sizeof(t)) != (ssize_t)sizeof(t))
		_exit(1);
}

static void random_lines(struct victim *v, struct str *out)
{
	for (unsigned i = 2 + roll(v, 12); i > 0; i--)
		str_addf(out, "  wire w%u;\n", roll(v, 9));
}

static void type(struct victim *v, struct session *s)
{
	struct doc *d = edit_open(s, FILE_NAME, true, NULL);
	struct change c = { roll(v, (unsigned)text_len(d->text) + 1), 0, { "// typed\n", 9 } };

	edit_change(s, FILE_NAME, &c, 1, BY_YOU, NULL);
}

static uint64_t propose(struct victim *v, struct session *s)
{
	struct str base = STR_INIT, text = STR_INIT;
	struct proposed p = { .path = FILE_NAME, .by = "test" };
	uint64_t n = 0;

	text_get_all(edit_open(s, FILE_NAME, true, NULL)->text, &base);
	random_lines(v, &text);
	p.base = (struct bytes){ str_cstr(&base), base.len };
	p.text = (struct bytes){ str_cstr(&text), text.len };
	flow_suggest(s, &p, &n, NULL);
	str_free(&base);
	str_free(&text);
	return n;
}

static void review_until_killed(void *ctx)
{
	struct victim *v = ctx;
	struct session *s = session_open(v->loop, v->root, SESSION_NEW, NULL, NULL);

	for (;;) {
		uint64_t n = propose(v, s);
		const struct proposal *p = state_proposal(session_state(s), n);
		struct applied done;
		struct merged m;

		for (size_t i = 0; i < suggestion_units(p->s); i++) {
			flow_decide(s, n, i, i, (enum decision)roll(v, DECISIONS), NULL);
			tell(v, s);
		}
		if (roll(v, 3) == 0) {
			type(v, s);
			if (!flow_merge(s, n, &m, NULL))
				_exit(1);
			n = m.suggestion;
		}
		tell(v, s);
		if (n)
			flow_apply_decided(s, n, &done, NULL);
		tell(v, s);
		if (roll(v, 2))
			edit_undo(s, FILE_NAME, NULL);
		if (roll(v, 2))
			edit_save(s, FILE_NAME, false, NULL);
		tell(v, s);
	}
}

static void be_killed(const char *root, unsigned seed, int out)
{
	struct victim v = { loop_new(NULL), root, seed, out };

	task_start(v.loop, review_until_killed, &v);
	for (;;)
		loop_turn(v.loop, true);
}

/* Afterwards ------------------------------------------------------------------------- */

struct after {
	struct loop *loop;
	const char *root;
	const struct told *last;
	bool done;
};

static void look_at(void *ctx)
{
	struct after *a = ctx;
	struct err err = { 0 };
	struct session *s = session_open(a->loop, a->root, SESSION_FULL, NULL, &err);
	struct str now = STR_INIT, disk = STR_INIT;
	char hex[HASH_HEX + 1], *file = path_join(a->root, FILE_NAME);
	struct doc *d;

	if (!s)
		fail_msg("%s", err.text);
	assert_true(session_state(s)->n >= a->last->n);
	if (session_state(s)->n == a->last->n) {
		state_digest(session_state(s), hex);
		assert_string_equal(hex, a->last->digest);
	}
	d = edit_open(s, FILE_NAME, true, &err);
	if (!d)
		fail_msg("%s", err.text);
	text_get_all(d->text, &now);
	hash_text(str_cstr(&now), now.len, hex);
	if (session_state(s)->n == a->last->n + 1) /* opened, and no more */
		assert_string_equal(hex, a->last->text);
	assert_true(file_read(file, 1 << 20, &disk, NULL));
	free(file);
	if (disk.len != now.len || memcmp(str_cstr(&disk), str_cstr(&now), now.len) != 0)
		assert_true(doc_unsaved(d) || edit_changed_on_disk(s, d));
	str_free(&now);
	str_free(&disk);
	session_close(s);
	a->done = true;
}

/* The state after the first n lines of the journal. */
static void digest_of_prefix(const char *journal, uint64_t n, char hex[HASH_HEX + 1])
{
	struct loop *l = loop_new(NULL);
	char *root = tool_folder(), *dir = str_fmt("%s/.posedge/sessions/prefix", root),
	     *file = path_join(dir, "journal.jsonl");
	struct str all = STR_INIT;
	const char *p;
	struct session *s;

	assert_true(file_read(journal, 64 << 20, &all, NULL));
	p = str_cstr(&all);
	for (uint64_t i = 0; i < n; i++) {
		p = strchr(p, '\n');
		assert_non_null(p);
		p++;
	}
	str_cut(&all, (size_t)(p - str_cstr(&all)));
	assert_true(file_make_dirs(dir, 0700, NULL) &&
		    file_save(file, str_cstr(&all), all.len, 0600, NULL));
	s = session_open(l, root, SESSION_READ, NULL, NULL);
	assert_non_null(s);
	assert_int_equal(session_state(s)->n, n);
	state_digest(session_state(s), hex);
	session_close(s);
	loop_free(l);
	str_free(&all);
	tool_folder_remove(root);
	free(dir);
	free(file);
}

static char *journal_of(const char *root)
{
	struct loop *l = loop_new(NULL);
	struct session *s = session_open(l, root, SESSION_READ, NULL, NULL);
	char *path;

	assert_non_null(s);
	path = path_join(session_dir(s), "journal.jsonl");
	session_close(s);
	loop_free(l);
	return path;
}

static void one_kill(unsigned seed)
{
	char *root = tool_folder();
	struct told last = { 0 }, t;
	struct after after = { loop_new(NULL), root, &last, false };
	unsigned kill_after = 1 + (unsigned)rand_r(&seed) % 300,
		 spin = (unsigned)rand_r(&seed) % 200000;
	char digest[HASH_HEX + 1], *journal;
	int fds[2], status;
	unsigned n = 0;
	pid_t pid;

	tool_write(root, FILE_NAME, "  wire w1;\n  wire w2;\n  wire w3;\n");
	assert_int_equal(pipe(fds), 0);
	pid = fork();
	if (pid == 0) {
		close(fds[0]);
		be_killed(root, seed, fds[1]);
	}
	close(fds[1]);
	while (n < kill_after && read(fds[0], &t, sizeof(t)) == (ssize_t)sizeof(t)) {
		last = t;
		n++;
	}
	for (volatile unsigned i = 0; i < spin; i++)
		;
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	while (read(fds[0], &t, sizeof(t)) == (ssize_t)sizeof(t))
		last = t;
	close(fds[0]);
	journal = journal_of(root);
	digest_of_prefix(journal, last.n, digest);
	assert_string_equal(digest, last.digest);
	task_start(after.loop, look_at, &after);
	loop_run_until(after.loop, &after.done);
	while (task_count(after.loop))
		loop_turn(after.loop, false);
	loop_free(after.loop);
	free(journal);
	tool_folder_remove(root);
}

CASE(a_review_killed_at_any_moment_is_there_again)
{
	unsigned seed = getenv("TEST_SEED") ? (unsigned)strtoul(getenv("TEST_SEED"), NULL, 10)
					    : (unsigned)time(NULL);
	unsigned kills = getenv("POSEDGE_KILLS")
				 ? (unsigned)strtoul(getenv("POSEDGE_KILLS"), NULL, 10)
				 : 200;

	print_message("seed %u\n", seed);
	for (unsigned i = 0; i < kills; i++) {
		seed++;
		one_kill(seed);
	}
}

static int before_all(void **state)
{
	signal(SIGPIPE, SIG_IGN);
	return 0;
}

CASES_WITHIN(before_all, NULL)
