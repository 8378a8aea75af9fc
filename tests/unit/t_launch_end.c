/* What a launcher started ends when nobody listens any more, without a sandbox that would
 * end with its parent. We inherit what it leaves, so all has ended once there is no child.
 */
#include "config.h"

#include "tests/lib/case.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session/base/str.h"
#include "sim/sandbox/launch.h"
#include "sim/sandbox/launcher.h"
#include "tests/lib/tool.h"

#define LIMIT_S 30

/* A launcher and our end of its stdin, stdout and stderr. */
struct launched {
	char *dir;
	int ours;
};

static void add_words(const char *const *v, struct str *out)
{
	for (; *v; v++)
		str_add(out, *v, strlen(*v) + 1);
}

/* from | to makes "prog"; run opens "prog.held", which waits for that. No from: run alone. */
static void write_job(int fd, const char *from, const char *run)
{
	const char *const alone[] = { "exec", "3", "sh", "-c", run, NULL };
	const char *const text[] = { "pipe",	  "mark", "0",	"prog", "prog.held", ".",  "0",
				     "3",	  "sh",	  "-c", from,	"3",	     "sh", "-c",
				     "cat >prog", "3",	  "sh", "-c",	run,	     NULL };
	struct str words = STR_INIT;

	add_words(from ? text : alone, &words);
	assert_true(dprintf(fd, "%08zx", words.len) == LAUNCH_DIGITS);
	assert_int_equal(write(fd, words.data, words.len), (ssize_t)words.len);
	str_free(&words);
}

static void become_launcher(const char *path, const char *dir, int theirs)
{
	alarm(LIMIT_S);
	for (int fd = 0; fd < 3; fd++)
		if (dup2(theirs, fd) < 0)
			_exit(99);
	if (chdir(dir) < 0)
		_exit(99);
	execl(path, path, "-j", (char *)NULL);
	_exit(99);
}

/* early: nobody listens from the beginning. */
static struct launched launch(const char *path, const char *from, const char *run, bool early)
{
	struct launched l = { .dir = tool_folder() };
	int both[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, both), 0);
	write_job(both[0], from, run);
	alarm(LIMIT_S); /* until all_end() */
	if (early)
		close(both[0]);
	if (fork() == 0)
		become_launcher(path, l.dir, both[1]);
	close(both[1]);
	l.ours = early ? -1 : both[0];
	return l;
}

/* Waits for a line of its output. */
static void hear(const struct launched *l, const char *want)
{
	char got[512] = "";
	size_t n = 0;

	while (!strstr(got, want) && n + 1 < sizeof(got)) {
		ssize_t more = read(l->ours, got + n, 1);

		assert_int_equal(more, 1);
		n += (size_t)more;
	}
}

/* Until no child is left, or the alarm ends the test. */
static void all_end(void)
{
	while (wait(NULL) >= 0 || errno == EINTR)
		;
	assert_int_equal(errno, ECHILD);
	alarm(0);
}

static bool made(const struct launched *l, const char *name)
{
	char *path = path_join(l->dir, name);
	bool there = access(path, F_OK) == 0;

	free(path);
	return there;
}

/* NULL: there is none. */
static char *launcher(void)
{
	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	return launcher_file();
}

CASE(a_job_that_nobody_listens_to_is_not_begun)
{
	char *path = launcher();
	struct launched l;

	if (!path)
		skip();
	l = launch(path, NULL, ">begun", true);
	all_end();
	assert_false(made(&l, "begun"));
	tool_folder_remove(l.dir);
	free(path);
}

/* The simulator waits for a program that is then never passed on. */
CASE(a_simulator_ends_when_its_build_is_abandoned)
{
	char *path = launcher(), *go;
	struct launched l;
	int fd;

	if (!path)
		skip();
	l = launch(path, "mkfifo go; echo waits; exec cat go", "echo run; exec cat prog.held",
		   false);
	hear(&l, "run\n");
	while (!made(&l, "go") || !made(&l, "prog"))
		sched_yield();
	go = path_join(l.dir, "go");
	fd = open(go, O_WRONLY | O_CLOEXEC); /* the build is at its `cat` */
	assert_true(fd >= 0);
	close(l.ours);
	close(fd);
	all_end();
	tool_folder_remove(l.dir);
	free(go);
	free(path);
}

CASE(a_run_ends_when_it_is_abandoned)
{
	char *path = launcher();
	struct launched l;

	if (!path)
		skip();
	l = launch(path, "echo 'mkfifo never; echo up; exec cat never'", "exec sh prog.held",
		   false);
	hear(&l, "up\n");
	close(l.ours);
	all_end();
	tool_folder_remove(l.dir);
	free(path);
}
