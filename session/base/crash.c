/* The crash handler. It may only call async-signal-safe functions, and the heap may
 * be broken, so everything is prepared in advance: a signal stack (the usual one
 * may have overflowed), the directory of each journal with its unwritten bytes, and
 * a first call of backtrace(), which loads a library. That takes half a millisecond,
 * so it waits until the program waits for something: crash_prepare(). A crash before
 * that loads it in the handler, which may hang, and an alarm ends that.
 *
 * Most important first: restore the terminal, write the tails of the journals,
 * print where the session is, then the backtrace, which walks the broken stack and
 * may crash again. The former handlers are restored before any of this, so a second
 * crash ends the program. SIGQUIT is handled too, because users send it to a
 * program that hangs.
 */
#include "config.h"

#include "session/base/crash.h"

#include <execinfo.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"

#define FRAMES	    16
#define WHERE_MAX_S 2

static const struct {
	int number;
	const char *name;
} signals[] = {
	{ SIGSEGV, "SIGSEGV" }, { SIGBUS, "SIGBUS" },	{ SIGFPE, "SIGFPE" },
	{ SIGILL, "SIGILL" },	{ SIGABRT, "SIGABRT" }, { SIGQUIT, "SIGQUIT" },
};
#define SIGNALS (sizeof(signals) / sizeof(*signals))

/* Global because signal handlers are. */
static struct {
	int fd;
	const struct str *tail; /* NULL: free slot */
	const char *dir;
} kept[CRASH_KEPT];
static struct sigaction before[SIGNALS];
static volatile sig_atomic_t crashed, prepared;
static char stack[CRASH_STACK];
static _Thread_local const char *blamed;
static _Thread_local stack_t former; /* the thread's signal stack before crash_thread() */

static void say(const char *text)
{
	file_write_all(STDERR_FILENO, text, strlen(text));
}

static void write_kept(void)
{
	for (size_t i = 0; i < CRASH_KEPT; i++)
		if (kept[i].tail && kept[i].tail->data)
			file_write_all(kept[i].fd, kept[i].tail->data, kept[i].tail->len);
}

/* Done last, because walking a broken stack may crash again. */
static void say_where(void)
{
	void *frames[FRAMES];
	int n;

	if (!prepared) {
		signal(SIGALRM, SIG_DFL);
		alarm(WHERE_MAX_S);
	}
	n = backtrace(frames, FRAMES);
	alarm(0);

	say("; it was here:\n");
	if (n > 2) /* without this function and the handler */
		backtrace_symbols_fd(frames + 2, n - 2, STDERR_FILENO);
}

static void on_crash(int number, siginfo_t *info, void *context)
{
	size_t which = 0;

	while (which + 1 < SIGNALS && signals[which].number != number)
		which++;
	/* A second crash, here or in another thread, goes to the former handlers. */
	for (size_t i = 0; i < SIGNALS; i++)
		sigaction(signals[i].number, &before[i], NULL);
	if (!crashed) {
		crashed = 1;
		mem_before_end_now();
		write_kept();
		say("posedge: ended by ");
		say(signals[which].name);
		if (blamed) {
			say(" in ");
			say(blamed);
		}
		for (size_t i = 0; i < CRASH_KEPT; i++) {
			if (kept[i].tail) {
				say("; all that was recorded is in ");
				say(kept[i].dir);
				say(", and `posedge` goes on from there");
			}
		}
		if (info->si_code > 0 || number == SIGABRT)
			say_where();
		else
			say("\n");
	}
	raise(number); /* delivered when this handler returns */
}

void crash_install(void)
{
	struct sigaction a = { .sa_sigaction = on_crash, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	stack_t own = { .ss_sp = stack, .ss_size = sizeof(stack) };

	sigaltstack(&own, NULL);
	sigemptyset(&a.sa_mask);
	for (size_t i = 0; i < SIGNALS; i++)
		sigaction(signals[i].number, &a, &before[i]);
}

void crash_prepare(void *ctx)
{
	void *frame[1];

	if (!prepared)
		backtrace(frame, 1);
	prepared = true;
}

void crash_thread(void *own_stack)
{
	stack_t own = { .ss_sp = own_stack, .ss_size = CRASH_STACK };
	sigset_t through;

	sigaltstack(&own, &former);
	sigemptyset(&through);
	for (size_t i = 0; i < SIGNALS; i++)
		if (signals[i].number != SIGQUIT)
			sigaddset(&through, signals[i].number);
	pthread_sigmask(SIG_UNBLOCK, &through, NULL);
}

/* A sanitizer has a stack of its own here, which it takes back when the thread ends. */
void crash_thread_end(void)
{
	sigaltstack(&former, NULL);
}

void crash_blame(const char *who)
{
	blamed = who;
}

void crash_keep(int fd, const struct str *tail, const char *dir)
{
	for (size_t i = 0; i < CRASH_KEPT; i++) {
		if (!kept[i].tail) {
			kept[i].fd = fd;
			kept[i].dir = dir;
			kept[i].tail = tail;
			return;
		}
	}
}

void crash_drop(const struct str *tail)
{
	for (size_t i = 0; i < CRASH_KEPT; i++)
		if (kept[i].tail == tail)
			kept[i].tail = NULL;
}
