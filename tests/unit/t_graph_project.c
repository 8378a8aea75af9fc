#include "config.h"

#include "tests/lib/case.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session/graph/graph_cache.h"
#include "session/graph/graph_project.h"
#include "session/graph/graph_sql.h"
#include "tests/lib/desk.h"

#define MODULES 40

static void write_modules(const char *dir)
{
	for (int i = 0; i < MODULES; i++) {
		char *name = str_fmt("%s/m%d.sv", dir, i);
		char *text =
			str_fmt("module m%d (input a, output y);\nassign y = a;\nendmodule\n", i);

		assert_true(file_save(name, text, strlen(text), 0600, NULL));
		free(text);
		free(name);
	}
}

struct asker {
	struct desk *d;
	struct graph *g;
	enum err_code code;
	bool done;
};

static void ask(void *ctx)
{
	struct asker *a = ctx;
	struct err err = { 0 };

	a->g = graph_of(&a->d->w, &err);
	a->code = err.code;
	a->done = true;
}

/* Wherever it is cancelled, the part read so far is not damage: the file stays. */
DESK_CASE(what_is_cancelled_is_not_thrown_away)
{
	struct desk *d = *state;
	char *cache = path_join(d->root, "cache");
	bool cancelled = false, whole = false;

	write_modules(d->root);
	setenv("XDG_CACHE_HOME", cache, 1);
	for (unsigned turns = 0; !whole && turns < 200; turns++) {
		struct asker a = { .d = d };
		struct task *t;

		if (d->w.kept.graph)
			d->w.kept.free_graph(d->w.kept.graph);
		d->w.kept.graph = NULL;
		file_remove_tree(cache, NULL);
		t = task_start(d->loop, ask, &a);
		for (unsigned i = 0; i < turns && !a.done; i++)
			loop_turn(d->loop, true);
		whole = a.done;
		if (!a.done) {
			task_cancel(t);
			loop_run_until(d->loop, &a.done);
		}
		while (task_count(d->loop))
			loop_turn(d->loop, false);
		cancelled |= a.code == ERR_CANCELLED && d->w.kept.graph;
		if (d->w.kept.graph)
			assert_false(d->w.kept.graph->damaged);
	}
	assert_true(whole);
	assert_true(cancelled);
	free(cache);
}

static void put_file(const char *folder, const char *name, size_t bytes, time_t used)
{
	char *path = path_join(folder, name), *text = mem_zalloc(bytes + 1);
	struct timespec times[2] = { { .tv_sec = used }, { .tv_sec = used } };

	assert_true(file_save(path, text, bytes, 0600, NULL));
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	free(text);
	free(path);
}

static bool is_there(const char *folder, const char *name)
{
	char *path = path_join(folder, name);
	struct stat st;
	bool there = lstat(path, &st) == 0;

	free(path);
	return there;
}

/* Another program that holds it open as SQLite does. */
static pid_t hold(const char *folder, const char *name, int *end)
{
	char *path = path_join(folder, name), byte;
	int ready[2], stop[2];
	pid_t pid;

	assert_true(pipe(ready) == 0 && pipe(stop) == 0);
	pid = fork();
	if (pid == 0) {
		struct flock lock = { .l_type = F_RDLCK, .l_start = 0x40000002, .l_len = 510 };
		int fd = open(path, O_RDWR);

		close(stop[1]);
		if (fcntl(fd, F_SETLK, &lock) < 0 || write(ready[1], "", 1) != 1)
			_exit(1);
		_exit(read(stop[0], &byte, 1) != 0);
	}
	assert_true(pid > 0 && read(ready[0], &byte, 1) == 1);
	close(ready[0]);
	close(ready[1]);
	close(stop[0]);
	*end = stop[1];
	free(path);
	return pid;
}

/* HASH of a digit. */
static const char *db(char digit, const char *tail)
{
	static char name[60];

	memset(name, digit, 32);
	snprintf(name + 32, sizeof(name) - 32, ".db%s", tail);
	return name;
}

DESK_CASE(the_cache_holds_so_many_graphs_and_bytes)
{
	struct desk *d = *state;
	char *folder = path_join(d->root, "graphs"), *path, *link;
	int end, status;
	pid_t other;

	assert_true(file_make_dirs(folder, 0700, NULL));
	for (char c = '0'; c <= '5'; c++)
		put_file(folder, db(c, ""), 1000, 1000 + c);
	put_file(folder, db('1', "-wal"), 500, 1000);
	put_file(folder, "notes.db", 1000, 1);
	link = path_join(folder, db('a', ""));
	assert_int_equal(symlink("notes.db", link), 0);
	other = hold(folder, db('0', ""), &end);

	/* The oldest is open elsewhere; the second is removed with its journal. */
	path = path_join(folder, db('2', ""));
	graph_cache_prune(path, 5, 1 << 20);
	assert_true(is_there(folder, db('0', "")) && is_there(folder, db('2', "")));
	assert_false(is_there(folder, db('1', "")) || is_there(folder, db('1', "-wal")));
	/* The one opened last is the newest, whatever its size. */
	graph_cache_prune(path, 5, 2000);
	assert_true(is_there(folder, db('0', "")) && is_there(folder, db('2', "")));
	assert_false(is_there(folder, db('3', "")) || is_there(folder, db('4', "")) ||
		     is_there(folder, db('5', "")));
	assert_true(is_there(folder, "notes.db") && is_there(folder, db('a', "")));

	close(end);
	assert_int_equal(waitpid(other, &status, 0), other);
	assert_int_equal(status, 0);
	graph_cache_prune(path, 0, 0);
	assert_true(is_there(folder, db('2', "")) && !is_there(folder, db('0', "")));
	free(path);
	free(link);
	free(folder);
}
