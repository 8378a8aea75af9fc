/* record_job DIR ROOT: the cost of recording the session in DIR again.
 *
 * Reads its events and applies them to a state, then reads and records them into a new
 * session below ROOT, writing each at once, as after a turn of the loop, with an fsync
 * every SYNC_EVERY events, as typing causes. Both include reading and applying, so the
 * difference is recording: JSON, sum, write and sync. Prints the number of events, the
 * CPU time (user and system) in ms without and with recording, and the wall time of
 * recording one event in microseconds, without the fsync. Each is the minimum of three
 * runs. */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/journal/journal.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/model/redact.h"

#define SYNC_EVERY 8

struct again {
	struct session *s; /* NULL: apply only */
	struct state state;
	int fd;
	uint64_t n;
	double clock_us;
};

static double clock_us(clockid_t which)
{
	struct timespec t;

	clock_gettime(which, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double cpu_ms(void)
{
	struct rusage r;

	getrusage(RUSAGE_SELF, &r);
	return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) * 1e3 +
	       (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e3;
}

static bool one(void *ctx, const struct event *e, struct err *err)
{
	struct again *a = ctx;
	struct event again = *e;
	double start;

	a->n++;
	if (e->type == EVENT_START && a->s)
		return true;
	if (!a->s)
		return state_apply(&a->state, e, err);
	/* A prompt stored as a separate text exists already. */
	if (e->type == EVENT_ASK && !e->ask.prompt.data)
		again.ask.prompt = (struct kept){ .data = "" };
	start = clock_us(CLOCK_MONOTONIC);
	if (!session_record(a->s, &again, NULL, err) || !session_recorded(a->s, err))
		return false;
	a->clock_us += clock_us(CLOCK_MONOTONIC) - start;
	return a->n % SYNC_EVERY || fsync(a->fd) == 0;
}

/* *cpu: CPU time in ms. False: failed. */
static bool run(struct loop *l, const char *dir, const char *root, struct again *a, double *cpu,
		struct err *err)
{
	struct journal_start reached;
	struct damage damage;
	struct redact *r = redact_new((const char *const *)environ, getenv("HOME"));
	bool ok;

	state_init(&a->state);
	a->fd = -1;
	if (root) {
		char *path;

		a->s = session_open(l, root, SESSION_NEW, NULL, err);
		if (!a->s)
			return false;
		session_redact(a->s, r);
		path = str_fmt("%s/journal.jsonl", session_dir(a->s));
		a->fd = open(path, O_RDONLY | O_CLOEXEC);
		free(path);
	}
	*cpu = cpu_ms();
	ok = journal_read(dir, NULL, one, a, &reached, &damage, err);
	*cpu = cpu_ms() - *cpu;
	if (a->fd >= 0)
		close(a->fd);
	session_close(a->s);
	state_fini(&a->state);
	redact_free(r);
	return ok;
}

int main(int argc, char **argv)
{
	struct err err = { 0 };
	struct loop *l = loop_new(&err);
	double without = 0, with = 0, clock = 0;
	uint64_t n = 0;

	if (argc < 3 || !file_make_dirs(argv[2], 0700, &err))
		return 2;
	for (int i = 0; i < 3; i++) {
		struct again plain = { 0 }, recorded = { 0 };
		double a, b;

		if (!run(l, argv[1], NULL, &plain, &a, &err) ||
		    !run(l, argv[1], argv[2], &recorded, &b, &err)) {
			fprintf(stderr, "%s\n", err.text);
			return 2;
		}
		without = i && without < a ? without : a;
		with = i && with < b ? with : b;
		clock = i && clock < recorded.clock_us ? clock : recorded.clock_us;
		n = recorded.n;
	}
	printf("%llu %.3f %.3f %.2f\n", (unsigned long long)n, without, with,
	       n ? clock / (double)n : 0);
	loop_free(l);
	return 0;
}
