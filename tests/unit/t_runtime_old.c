/* Which run-time libraries stay in the cache: sim/engine/runtime_old.h. */
#include "config.h"

#include "tests/lib/case.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "sim/engine/runtime_old.h"
#include "tests/lib/tool.h"

#define DAY 86400

static void set_days(const char *path, double days)
{
	time_t then = time(NULL) - (time_t)(days * DAY);
	struct timespec t[2] = { { .tv_sec = then }, { .tv_sec = then } };

	assert_int_equal(utimensat(AT_FDCWD, path, t, AT_SYMLINK_NOFOLLOW), 0);
}

static void put(const char *cache, const char *name, double days)
{
	char *path = path_join(cache, name), *file = path_join(path, "library.o");

	assert_true(mkdir(path, 0700) == 0);
	assert_true(file_save(file, "x", 1, 0600, NULL));
	set_days(path, days);
	free(file);
	free(path);
}

static bool is_there(const char *cache, const char *name)
{
	char *path = path_join(cache, name);
	struct stat st;
	bool there = lstat(path, &st) == 0;

	free(path);
	return there;
}

static const struct {
	const char *name;
	double days;
	bool stays;
} cases[] = {
	{ "verilated-00000000000000aa", 0, true },
	{ "verilated-00000000000000ab", 29.9, true },
	{ "verilated-00000000000000ac", 30.1, false },
	{ "verilated-00000000000000ad", 400, false },
	/* What was begun or taken aside and not ended. */
	{ "verilated-00000000000000aa.x1Y2z3", 1.9, true },
	{ "verilated-00000000000000aa.a1Y2z3", 2.1, false },
	{ "verilated-00000000000000ae.old", 0, false },
	/* Not ours to remove. */
	{ "waves", 400, true },
	{ "graph", 400, true },
	{ "ivl-00000000000000aa", 400, true },
};

CASE(what_is_not_used_is_removed)
{
	char *cache = tool_folder();

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		put(cache, cases[i].name, cases[i].days);
	runtime_remove_old(cache);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (is_there(cache, cases[i].name) != cases[i].stays)
			fail_msg("%s of %g days", cases[i].name, cases[i].days);
	tool_folder_remove(cache);
}

CASE(of_many_the_last_used_stay)
{
	char *cache = tool_folder(), name[64];

	for (int i = 0; i < 20; i++) {
		snprintf(name, sizeof(name), "verilated-00000000000000%02x", i);
		put(cache, name, i * 0.5); /* 0 to 3 are of the last two days */
	}
	runtime_remove_old(cache);
	for (int i = 0; i < 20; i++) {
		snprintf(name, sizeof(name), "verilated-00000000000000%02x", i);
		assert_int_equal(is_there(cache, name), i < RUNTIME_KEPT);
	}
	tool_folder_remove(cache);
}

/* All of them may be in use. */
CASE(of_many_recent_ones_all_stay)
{
	char *cache = tool_folder(), name[64];

	for (int i = 0; i < 2 * RUNTIME_KEPT; i++) {
		snprintf(name, sizeof(name), "verilated-00000000000000%02x", i);
		put(cache, name, i * 0.1);
	}
	runtime_remove_old(cache);
	for (int i = 0; i < 2 * RUNTIME_KEPT; i++) {
		snprintf(name, sizeof(name), "verilated-00000000000000%02x", i);
		assert_true(is_there(cache, name));
	}
	tool_folder_remove(cache);
}

CASE(a_use_keeps_it)
{
	char *cache = tool_folder(), *dir = path_join(cache, "verilated-00000000000000aa");

	assert_false(runtime_use(dir));
	put(cache, "verilated-00000000000000aa", 100);
	assert_true(runtime_use(dir));
	runtime_remove_old(cache);
	assert_true(runtime_use(dir));
	free(dir);
	tool_folder_remove(cache);
}

CASE(links_are_not_followed)
{
	char *cache = tool_folder(), *link = path_join(cache, "verilated-00000000000000aa");

	put(cache, "elsewhere", 100);
	assert_int_equal(symlink("elsewhere", link), 0);
	set_days(link, 100);
	runtime_remove_old(cache);
	assert_true(is_there(cache, "verilated-00000000000000aa"));
	assert_true(is_there(cache, "elsewhere/library.o"));
	free(link);
	tool_folder_remove(cache);
}

/* Another process removes all the time; what was found stays until it is old again. */
CASE(what_is_found_is_not_removed_meanwhile)
{
	static const char *const name = "verilated-00000000000000aa";
	char *cache = tool_folder(), *dir = path_join(cache, name);
	char *file = path_join(dir, "library.o"), *aside = path_join(cache, "new");
	int found = 0, removed = 0;
	pid_t pid = fork();

	if (pid == 0) {
		alarm(60);
		for (;;)
			runtime_remove_old(cache);
	}
	assert_true(pid > 0);
	for (time_t end = time(NULL) + 30; (found < 50 || removed < 50) && time(NULL) < end;) {
		put(cache, "new", 100);
		if (rename(aside, dir) < 0)
			fail_msg("the last one is still there");
		if (runtime_use(dir)) {
			for (int i = 0; i < 100; i++)
				assert_int_equal(access(file, R_OK), 0);
			found++;
			file_remove_tree(dir, NULL);
		} else {
			removed++;
		}
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	assert_true(found > 0);
	free(aside);
	free(file);
	free(dir);
	tool_folder_remove(cache);
}
