/* Suggestions rename a file to and fro, with undo, redo and saving, killed at random
 * moments: one of the two files exists with a text that was saved, and the session has
 * the newest text under one of the names.
 *
 * 100 kills; POSEDGE_KILLS sets another number, TEST_SEED where they begin. */
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
#include "session/journal/moved.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/review/flow_apply.h"
#include "session/review/flow_decide.h"
#include "session/review/flow_merge.h"
#include "session/review/flow_suggest.h"
#include "session/text/text.h"
#include "tests/lib/tool.h"

static const char *const names[] = { "a.sv", "lib/b.sv" };

#define FIRST "module r;\n  wire w;\nendmodule\n"

struct victim {
	struct loop *loop;
	const char *root;
	unsigned seed, steps;
	int world;
};

static unsigned roll(struct victim *v, unsigned n)
{
	return (unsigned)rand_r(&v->seed) % n;
}

static void text_of(struct session *s, const char *path, struct str *out)
{
	str_clear(out);
	text_get_all(edit_open(s, path, true, NULL)->text, out);
}

/* The name of the existing one of the two; the other does not exist. */
static int side(struct session *s)
{
	return moved_no_file(session_state(s), edit_open(s, names[0], true, NULL)) ? 1 : 0;
}

static void rename_it(struct victim *v, struct session *s)
{
	int from = side(s);
	struct str base = STR_INIT, text = STR_INIT;
	struct proposed p = { .path = names[from], .moves = names[1 - from], .by = "test" };
	struct applied done;
	uint64_t n;

	text_of(s, names[from], &base);
	str_addf(&text, "// step %u\n%s", v->steps, str_cstr(&base));
	p.base = (struct bytes){ str_cstr(&base), base.len };
	p.text = (struct bytes){ str_cstr(&text), text.len };
	if (flow_suggest(s, &p, &n, NULL) && flow_decide(s, n, 0, roll(v, 2), DECISION_TAKEN, NULL))
		flow_apply_decided(s, n, &done, NULL);
	str_free(&base);
	str_free(&text);
}

static void act_until_killed(void *ctx)
{
	struct victim *v = ctx;
	struct session *s = session_open(v->loop, v->root, SESSION_FULL, NULL, NULL);
	struct change typed = { 0, 0, { "// typed\n", 9 } };

	edit_open(s, names[0], true, NULL);
	for (;; v->steps++) {
		switch (roll(v, 6)) {
		case 0:
			edit_undo(s, names[roll(v, 2)], NULL);
			break;
		case 1:
			edit_redo(s, names[roll(v, 2)], NULL);
			break;
		case 2:
			edit_change(s, names[side(s)], &typed, 1, BY_YOU, NULL);
			break;
		case 3:
			edit_save(s, names[roll(v, 2)], false, NULL);
			break;
		default:
			rename_it(v, s);
		}
		task_sleep(v->loop, 1, NULL);
		if (write(v->world, "", 1) != 1)
			_exit(1);
	}
}

struct after {
	struct loop *loop;
	const char *root;
	bool done;
	unsigned both; /* files there at once */
};

static bool is_known(const struct strv *hashes, const char *full)
{
	struct str text = STR_INIT;
	char hash[HASH_HEX + 1];
	bool known;

	assert_true(file_read(full, 0, &text, NULL));
	hash_text(str_cstr(&text), text.len, hash);
	known = strv_has(hashes, hash) || strcmp(str_cstr(&text), FIRST) == 0;
	str_free(&text);
	return known;
}

/* Of the documents' texts along the way to what they are now. */
static void known_texts(struct session *s, const char *path, struct strv *hashes)
{
	struct doc *d = edit_open(s, path, true, NULL);
	struct str text = STR_INIT;
	char hash[HASH_HEX + 1];

	assert_non_null(d);
	for (uint32_t i = 0; i < d->n_nodes; i++) {
		assert_true(edit_goto(s, path, i, NULL));
		text_of(s, path, &text);
		hash_text(str_cstr(&text), text.len, hash);
		strv_add(hashes, hash);
	}
	str_free(&text);
}

static void look(void *ctx)
{
	struct after *a = ctx;
	struct err err = { 0 };
	struct session *s = session_open(a->loop, a->root, SESSION_FULL, NULL, &err);
	struct strv hashes = STRV_INIT;
	struct str text = STR_INIT;
	char *full[2];
	unsigned files = 0;

	if (!s)
		fail_msg("%s", err.text);
	for (int i = 0; i < 2; i++) {
		full[i] = path_join(a->root, names[i]);
		files += file_exists(full[i]);
	}
	if (!files)
		fail_msg("neither file is there: %s", a->root);
	a->both = files == 2;
	text_of(s, names[side(s)], &text);
	assert_true(text.len >= strlen(FIRST)); /* the design itself is never lost */
	/* A waiting suggestion can be continued. */
	for (size_t i = session_state(s)->n_proposals; i-- > 0;) {
		struct merged m;

		if (session_state(s)->proposals[i]->state == PROPOSAL_OPEN &&
		    !flow_merge(s, session_state(s)->proposals[i]->n, &m, &err))
			fail_msg("%s", err.text);
	}
	for (int i = 0; i < 2; i++)
		known_texts(s, names[i], &hashes);
	for (int i = 0; i < 2; i++) {
		assert_true(!file_exists(full[i]) || is_known(&hashes, full[i]));
		free(full[i]);
	}
	strv_free(&hashes);
	str_free(&text);
	session_close(s);
	a->done = true;
}

static unsigned one_kill(unsigned seed, unsigned *both)
{
	unsigned kill_after = (unsigned)rand_r(&seed) % 40,
		 spin = (unsigned)rand_r(&seed) % 2000000, n = 0;
	char *root = tool_folder();
	struct after a = { .loop = loop_new(NULL), .root = root };
	int fds[2], status;
	char byte;
	pid_t pid;

	tool_write(root, names[0], FIRST);
	assert_int_equal(pipe(fds), 0);
	pid = fork();
	if (pid == 0) {
		struct victim v = {
			.loop = loop_new(NULL), .root = root, .seed = seed, .world = fds[1]
		};

		close(fds[0]);
		task_start(v.loop, act_until_killed, &v);
		for (;;)
			loop_turn(v.loop, true);
	}
	close(fds[1]);
	while (n < kill_after && read(fds[0], &byte, 1) == 1)
		n++;
	for (volatile unsigned i = 0; i < spin; i++)
		;
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	close(fds[0]);
	task_start(a.loop, look, &a);
	loop_run_until(a.loop, &a.done);
	while (task_count(a.loop))
		loop_turn(a.loop, false);
	loop_free(a.loop);
	tool_folder_remove(root);
	*both += a.both;
	return n;
}

CASE(a_renamed_file_is_there_after_any_kill)
{
	const char *text = getenv("POSEDGE_KILLS"), *given = getenv("TEST_SEED");
	unsigned kills = text ? (unsigned)strtoul(text, NULL, 10) : 100;
	unsigned seed = given ? (unsigned)strtoul(given, NULL, 10) : (unsigned)time(NULL);
	unsigned steps = 0, both = 0;

	print_message("seed %u\n", seed);
	for (unsigned i = 0; i < kills; i++)
		steps += one_kill(seed + i, &both);
	print_message("%u kills after %u steps, %u with both files\n", kills, steps, both);
	assert_true(steps > kills);
}

static int before_all(void **state)
{
	signal(SIGPIPE, SIG_IGN);
	return 0;
}

CASES_WITHIN(before_all, NULL)
