/* session_place.h - a folder and a loop for a session under test. */
#ifndef POSEDGE_TESTS_SESSION_PLACE_H
#define POSEDGE_TESTS_SESSION_PLACE_H

#include "tests/lib/test.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/journal/session.h"
#include "tests/lib/random_session.h"
#include "tests/lib/tool.h"

struct place {
	char *dir;
	struct loop *loop;
};

static inline int set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	p->dir = tool_folder();
	p->loop = loop_new(NULL);
	*state = p;
	return 0;
}

static inline int tear_down(void **state)
{
	struct place *p = *state;

	loop_free(p->loop);
	file_remove_tree(p->dir, NULL);
	free(p->dir);
	free(p);
	return 0;
}

static inline void put_file(const struct place *p, const char *name, const char *text)
{
	char *path = path_join(p->dir, name);

	assert_true(file_save(path, text, strlen(text), 0644, NULL));
	free(path);
}

static inline char *read_all(const char *path, size_t *len)
{
	struct str s = STR_INIT;

	assert_true(file_read(path, 0, &s, NULL));
	if (len)
		*len = s.len;
	return str_take(&s);
}

static inline struct session *open_or_fail(const struct place *p, enum session_mode mode)
{
	struct err err = { 0 };
	struct session *s = session_open(p->loop, p->dir, mode, NULL, &err);

	if (!s)
		fail_msg("%s", err.text);
	return s;
}

static inline char *journal_path(const struct session *s)
{
	return path_join(session_dir(s), "journal.jsonl");
}

static inline void write_notes(struct place *p, int n, char **journal)
{
	struct session *s = open_or_fail(p, SESSION_FULL);

	for (int i = 0; i < n; i++)
		record(s,
		       (struct event){ .type = EVENT_NOTE, .note = { .text = { "a note", 6 } } });
	*journal = journal_path(s);
	session_close(s);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
