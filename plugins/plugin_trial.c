/* Protects posedge from a plugin that crashes at startup: start() first runs in a
 * forked process with a copy of everything, which is then discarded. The child sends a
 * byte once start() has returned; without it the plugin is not started here.
 *
 * Later calls cannot be tried that way. A crash there is reported with the plugin's
 * name (crash.h), and so is a call that takes more memory than a simulation may use: a
 * single thread cannot be ended, so posedge ends, with everything recorded on disk. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "plugins/plugin_call.h"
#include "session/base/crash.h"
#include "session/option/opt.h"
#include "session/workbench/workbench.h"

#define TRIAL_MS 5000

size_t memory_held(int pid)
{
	char name[40] = "/proc/self/statm", text[80] = "";
	unsigned long pages = 0;
	int fd;

	if (pid)
		snprintf(name, sizeof(name), "/proc/%d/statm", pid);
	fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	if (read(fd, text, sizeof(text) - 1) > 0)
		pages = strtoul(text + strcspn(text, " "), NULL, 10);
	close(fd);
	return pages * (size_t)sysconf(_SC_PAGESIZE);
}

void memory_watch(struct loaded *l, size_t before)
{
	static char who[CALL_WHO_MAX + 80];
	unsigned mb = l->w->options->sim_memory_mb;

	if (before == 0 || memory_held(0) < before + ((size_t)mb << 20))
		return;
	snprintf(who, sizeof(who), "%s, which took more than %u MB (sim.memory_mb)", l->who, mb);
	crash_blame(who);
	abort();
}

static void child(int tell, void (*try)(void *ctx), void *ctx)
{
	static const int crashes[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
	struct rlimit none = { 0, 0 };
	int null = open("/dev/null", O_RDWR);

	for (size_t i = 0; i < sizeof(crashes) / sizeof(*crashes); i++)
		signal(crashes[i], SIG_DFL);
	setrlimit(RLIMIT_CORE, &none);
	for (int i = 0; i < 3 && null >= 0; i++)
		dup2(null, i);
	try(ctx);
	_exit(write(tell, "y", 1) == 1 ? 0 : 1);
}

static uint64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* Waits for the child. False with err: it had to be killed. */
static bool await(pid_t pid, const char *path, unsigned mb, int *status, struct err *err)
{
	const struct timespec ms = { 0, 1000000 };
	uint64_t began = now_ms();

	for (unsigned i = 0; waitpid(pid, status, WNOHANG) == 0; i++) {
		bool large = i % 10 == 0 && memory_held(pid) > memory_held(0) + ((size_t)mb << 20);
		bool late = now_ms() - began >= TRIAL_MS;

		if (large || late) {
			kill(pid, SIGKILL);
			waitpid(pid, status, 0);
			return large ? err_set(err, ERR_LIMIT,
					       "plugin %s: it took more than %u MB when it was "
					       "started",
					       path, mb)
				     : err_set(err, ERR_TIMEOUT,
					       "plugin %s: it had not started within %d s", path,
					       TRIAL_MS / 1000);
		}
		nanosleep(&ms, NULL);
	}
	return true;
}

bool trial_run(const char *path, unsigned memory_mb, void (*try)(void *ctx), void *ctx,
	       struct err *err)
{
	int ends[2], status = 0;
	char byte;
	bool ok;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return err_set(err, ERR_LIMIT, "plugin %s: %s", path, strerror(errno));
	pid = fork();
	if (pid == 0)
		child(ends[1], try, ctx);
	close(ends[1]);
	ok = pid > 0 ? await(pid, path, memory_mb, &status, err)
		     : err_set(err, ERR_LIMIT, "plugin %s: %s", path, strerror(errno));
	if (ok && WIFSIGNALED(status))
		ok = err_set(err, ERR_TOOL, "plugin %s: it crashed when it was started (%s)", path,
			     strsignal(WTERMSIG(status)));
	else if (ok && read(ends[0], &byte, 1) != 1)
		ok = err_set(err, ERR_TOOL,
			     "plugin %s: it ended the program when it was started (status %d)",
			     path, WEXITSTATUS(status));
	close(ends[0]);
	return ok;
}
