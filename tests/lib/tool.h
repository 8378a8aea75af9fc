/* tool.h - runs a real tool from a test, with its files in a temporary folder. */
#ifndef POSEDGE_TEST_TOOL_H
#define POSEDGE_TEST_TOOL_H

#include <stdlib.h>
#include <string.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/base/task.h"

struct tool_run {
	struct loop *loop;
	struct child_spec spec;
	struct str *out, *err;
	struct child_result r;
	bool ok, done;
};

static inline void tool_task(void *ctx)
{
	struct tool_run *t = ctx;

	t->ok = child_run(t->loop, &t->spec, 16 << 20, t->out, t->err, &t->r, NULL);
	t->done = true;
}

/* Returns the exit status; -1: missing or killed. Appends the output to out and err. */
static inline int tool_run(const char *cwd, const char *const *argv, struct str *out,
			   struct str *err)
{
	struct tool_run t = { .loop = loop_new(NULL), .out = out, .err = err };
	char *program = child_which(argv[0]);

	t.spec = (struct child_spec){ .argv = argv, .cwd = cwd, .wall_ms = 300000 };
	if (program) {
		task_start(t.loop, tool_task, &t);
		loop_run_until(t.loop, &t.done);
		while (task_count(t.loop))
			loop_turn(t.loop, false);
	}
	loop_free(t.loop);
	free(program);
	return t.ok ? t.r.status : -1;
}

static inline bool tool_there(const char *name)
{
	char *program = child_which(name);

	free(program);
	return program != NULL;
}

/* Creates a temporary folder; remove it with tool_folder_remove(). */
static inline char *tool_folder(void)
{
	char *dir = str_fmt("%s/posedge-test.XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");

	if (!mkdtemp(dir))
		abort();
	return dir;
}

static inline void tool_folder_remove(char *dir)
{
	file_remove_tree(dir, NULL);
	free(dir);
}

/* Makes the folders of name, too. */
static inline void tool_write(const char *dir, const char *name, const char *text)
{
	char *path = path_join(dir, name), *folder = path_dir(path);

	if (!file_make_dirs(folder, 0700, NULL) || !file_save(path, text, strlen(text), 0600, NULL))
		abort();
	free(folder);
	free(path);
}

static inline void tool_make(const char *dir, const char *folder)
{
	char *path = path_join(dir, folder);

	if (!file_make_dirs(path, 0700, NULL))
		abort();
	free(path);
}

#endif
