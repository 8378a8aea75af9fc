/* Starts a program that outlives posedge, such as GTKWave: forked twice, so that init
 * adopts it, in its own session, so that it gets no signals of the terminal. A
 * close-on-exec pipe returns first the process id and, if exec fails, the error. Only
 * async-signal-safe functions are called between fork() and exec(), because posedge has
 * threads.
 *
 * Process ids are reused, so a process is identified by its id and its start time
 * together (detach_started, field 22 of /proc/PID/stat).
 */
#include "config.h"

#include "sim/viewer/detach.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session/base/str.h"

extern char **environ;

/* Sent by the grandchild through the close-on-exec pipe. */
struct report {
	pid_t pid;
	int error;
};

/* Calls only functions that are safe after fork() in a program with threads. */
static _Noreturn void be_the_program(const char *const *argv, char **env, const char *cwd, int in,
				     int out, int report)
{
	struct report r = { .pid = getpid() };
	sigset_t none;

	for (int sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (write(report, &r, sizeof(r)) == sizeof(r) && chdir(cwd) == 0 && dup2(in, 0) >= 0 &&
	    dup2(out, 1) >= 0 && dup2(out, 2) >= 0)
		execve(argv[0], (char *const *)argv, env);
	r.error = errno;
	_exit(write(report, &r, sizeof(r)) == sizeof(r) ? 127 : 126);
}

static bool read_all(int fd, struct report *r)
{
	ssize_t n;

	do
		n = read(fd, r, sizeof(*r));
	while (n < 0 && errno == EINTR);
	return n == sizeof(*r);
}

bool detach_start(const char *const *argv, const char *const *env, const char *cwd, int in, int out,
		  pid_t *pid, struct err *err)
{
	struct strv all = STRV_INIT;
	struct report r;
	int pipe_fd[2];
	bool ok = false;
	pid_t middle;

	if (pipe2(pipe_fd, O_CLOEXEC) < 0)
		return err_set(err, ERR_IO, "start %s: %s", argv[0], strerror(errno));
	strv_addv(&all, env); /* the first entry of a name wins */
	strv_addv(&all, (const char *const *)environ);
	middle = fork();
	if (middle == 0) {
		setsid();
		if (fork() == 0)
			be_the_program(argv, all.v, cwd, in, out, pipe_fd[1]);
		_exit(0);
	}
	close(pipe_fd[1]);
	if (middle < 0) {
		err_set(err, ERR_TOOL, "start %s: %s", argv[0], strerror(errno));
	} else {
		while (waitpid(middle, NULL, 0) < 0 && errno == EINTR)
			;
		if (!read_all(pipe_fd[0], &r)) {
			err_set(err, ERR_TOOL, "start %s: it could not be forked", argv[0]);
		} else {
			*pid = r.pid;
			ok = !read_all(pipe_fd[0], &r);
			if (!ok)
				err_set(err, ERR_TOOL, "start %s: %s", argv[0], strerror(r.error));
		}
	}
	close(pipe_fd[0]);
	strv_free(&all);
	return ok;
}

unsigned long long detach_started(pid_t pid)
{
	char *path = str_fmt("/proc/%ld/stat", (long)pid);
	FILE *f = pid > 0 ? fopen(path, "re") : NULL;
	char line[1024], *p, state = 'X';
	unsigned long long start = 0;
	size_t n = 0;

	free(path);
	if (!f)
		return 0;
	n = fread(line, 1, sizeof(line) - 1, f);
	fclose(f);
	line[n] = '\0';
	/* The name in parentheses may contain anything; field 22 is the start time. */
	p = strrchr(line, ')');
	if (!p || sscanf(p + 1, " %c", &state) != 1 || state == 'Z' || state == 'X')
		return 0;
	for (int field = 2; p && field < 22; field++)
		p = strchr(p + 1, ' ');
	if (p)
		start = strtoull(p + 1, NULL, 10);
	return start;
}
