/* Protects posedge from a plugin that crashes at startup: start() first runs in a
 * forked process with a copy of everything, which is then discarded. The child sends a
 * byte once start() has returned; without it the plugin is not started here.
 *
 * Later calls cannot be tried that way. A crash there is reported with the plugin's
 * name (crash.h). If posedge takes more memory during a call than a simulation may use,
 * it ends, with everything recorded on disk, as a single thread cannot be ended. Memory
 * taken while posedge itself does what the call asked for does not count. */
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

/* Bytes without mapped files; 0: unknown. pid 0: posedge. */
static size_t memory_held(int pid)
{
	char name[40] = "/proc/self/statm", text[120] = "", *end = text;
	unsigned long resident = 0, mapped = 0;
	int fd;

	if (pid)
		snprintf(name, sizeof(name), "/proc/%d/statm", pid);
	fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	if (read(fd, text, sizeof(text) - 1) > 0) {
		strtoul(text, &end, 10);
		resident = strtoul(end, &end, 10);
		mapped = strtoul(end, NULL, 10); /* of files: a trace, say */
	}
	close(fd);
	return resident > mapped ? (resident - mapped) * (size_t)sysconf(_SC_PAGESIZE) : 0;
}

/* No fault brings more than a page of this size, so few faults are little memory. */
#define PAGE_MOST (2u << 20)

void memory_mark(struct memory_mark *m)
{
	struct rusage all, loop;

	getrusage(RUSAGE_SELF, &all);
	getrusage(RUSAGE_THREAD, &loop);
	m->held = memory_held(0);
	m->faults = (size_t)(all.ru_minflt + all.ru_majflt - loop.ru_minflt - loop.ru_majflt);
}

void memory_skip(struct memory_mark *m, const struct memory_mark *from)
{
	size_t now = memory_held(0);

	if (now > from->held)
		m->held += now - from->held;
}

/* Memory taken by threads other than the loop's is known only within limits: by the
 * total growth, and by their page faults. */
void memory_watch(const struct loaded *l, const struct memory_mark *from, pthread_t thread)
{
	static char why[200];
	size_t most = (size_t)l->w->options->sim_memory_mb << 20;
	struct memory_mark now;

	if (from->held == 0 || memory_held(0) < from->held + most)
		return;
	memory_mark(&now);
	if (now.faults < from->faults + most / PAGE_MOST)
		return;
	snprintf(why, sizeof(why), "posedge took more than %u MB during it (sim.memory_mb)",
		 l->w->options->sim_memory_mb);
	crash_end(thread, why);
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
