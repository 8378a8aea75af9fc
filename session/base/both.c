/* The caller, a thread of the pool, does one half itself. The other half gets a thread of its
 * own, not one of the pool's, which may all be waiting for such halves. If none can be had,
 * the halves follow each other.
 */
#include "config.h"

#include "session/base/both.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

struct call {
	void (*work)(void *ctx);
	void *ctx;
};

static void *run(void *arg)
{
	struct call *c = arg;

	c->work(c->ctx);
	return NULL;
}

void work_both(void (*work)(void *ctx), void *a, void *b)
{
	struct call c = { work, b };
	sigset_t all, before;
	pthread_t other;
	bool started;

	/* Signals are for the thread of the loop, but for a crash. */
	sigfillset(&all);
	sigdelset(&all, SIGSEGV);
	sigdelset(&all, SIGBUS);
	sigdelset(&all, SIGFPE);
	sigdelset(&all, SIGILL);
	sigdelset(&all, SIGABRT);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	started = pthread_create(&other, NULL, run, &c) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	work(a);
	if (started)
		pthread_join(other, NULL);
	else
		work(b);
}
