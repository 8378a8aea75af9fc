/* The crash handler. It may only call async-signal-safe functions, and the heap may
 * be broken, so everything is prepared in advance: a signal stack (the usual one
 * may have overflowed), the directory of each journal with its unwritten bytes, the
 * addresses of foreign objects, and a first call of backtrace(), which loads a library.
 * That takes half a millisecond, so it waits until the program waits for something:
 * crash_prepare(). A crash before that loads it in the handler, which may hang, and an
 * alarm ends that.
 *
 * Most important first: restore the terminal, write the tails of the journals,
 * print where the session is, then whose code it was and the backtrace. The former
 * handlers are restored before any of this, so a second crash ends the program.
 * SIGQUIT is handled too, because users send it to a program that hangs.
 */
#include "config.h"

#include "session/base/crash.h"

#include <execinfo.h>
#include <link.h>
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"

#define FRAMES	    17
#define WHERE_MAX_S 2
#define END_MS	    5000 /* for the thread that is to crash */

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
static struct object {	 /* addresses of a loaded object */
	const char *who; /* NULL: free slot */
	uintptr_t from, to;
} foreign[CRASH_FOREIGN], ours;
static const char *volatile reason;
static sigjmp_buf broken; /* where a crash of walk() goes on */
static struct sigaction before[SIGNALS];
static volatile sig_atomic_t crashed, prepared;
static _Alignas(16) char stack[CRASH_STACK];
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

static bool is_in(const struct object *o, const void *address)
{
	return (uintptr_t)address >= o->from && (uintptr_t)address < o->to;
}

static const struct object *foreign_at(const void *address)
{
	for (size_t i = 0; i < CRASH_FOREIGN; i++)
		if (foreign[i].who && is_in(&foreign[i], address))
			return &foreign[i];
	return NULL;
}

/* The innermost frame of our own or of a foreign object decides; frames of libraries,
 * such as abort(), belong to their caller. */
static void say_whose(void *const *frames, int n)
{
	const struct object *o = NULL;
	bool in_ours = false;

	for (int i = 0; i < n && !o; i++) {
		o = foreign_at(frames[i]);
		in_ours = in_ours || (!o && is_in(&ours, frames[i]));
	}
	if (!o && !blamed)
		return;
	say(!o ? ", possibly in " : in_ours ? ", in posedge, called by " : ", in ");
	say(o ? o->who : blamed);
}

static void on_broken(int number)
{
	siglongjmp(broken, number);
}

/* Walking a broken stack may crash again. */
static int walk(void **frames)
{
	struct sigaction a = { .sa_handler = on_broken, .sa_flags = SA_ONSTACK };
	volatile int n = 0;
	sigset_t both;

	sigemptyset(&both);
	sigaddset(&both, SIGSEGV);
	sigaddset(&both, SIGBUS);
	sigaction(SIGSEGV, &a, NULL);
	sigaction(SIGBUS, &a, NULL);
	pthread_sigmask(SIG_UNBLOCK, &both, NULL);
	if (sigsetjmp(broken, 1) == 0)
		n = backtrace(frames, FRAMES);
	for (size_t i = 0; i < SIGNALS; i++)
		sigaction(signals[i].number, &before[i], NULL);
	return n;
}

/* The number of frames up to the code that crashed: walk() and its callers, of which the compiler
 * may have inlined some, below a sanitizer's wrapper of backtrace(); then that of the kernel,
 * which called the handler. */
static int handler_frames(void *const *frames, int n)
{
	int i = 0;

	while (i < n && !is_in(&ours, frames[i]))
		i++;
	while (i < n && is_in(&ours, frames[i]))
		i++;
	return i < n ? i + 1 : n;
}

static void say_where(void)
{
	void *frames[FRAMES];
	int n, first;

	if (!prepared) {
		signal(SIGALRM, SIG_DFL);
		alarm(WHERE_MAX_S);
	}
	n = walk(frames);
	first = handler_frames(frames, n);
	alarm(0);

	say("; it was here");
	say_whose(frames + first, n - first);
	say(":\n");
	if (n > first)
		backtrace_symbols_fd(frames + first, n - first, STDERR_FILENO);
}

static void say_ended(const char *signal)
{
	say("posedge: ended by ");
	say(signal);
	if (blamed) {
		say(" in a call of ");
		say(blamed);
	}
	if (reason) {
		say(", because ");
		say(reason);
	}
	for (size_t i = 0; i < CRASH_KEPT; i++) {
		if (kept[i].tail) {
			say("; all that was recorded is in ");
			say(kept[i].dir);
			say(", and `posedge` goes on from there");
		}
	}
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
		mem_run_exit_hook();
		write_kept();
		say_ended(signals[which].name);
		if (info->si_code > 0 || number == SIGABRT)
			say_where();
		else
			say("\n");
	}
	raise(number); /* delivered when this handler returns */
}

struct search {
	uintptr_t address;
	struct object *found;
};

/* Called for each loaded object: fills in the one that the address lies in. */
static int look_at(struct dl_phdr_info *o, size_t size, void *ctx)
{
	struct search *s = ctx;
	struct object all = { NULL, UINTPTR_MAX, 0 };

	for (int i = 0; i < o->dlpi_phnum; i++) {
		uintptr_t from = o->dlpi_addr + o->dlpi_phdr[i].p_vaddr,
			  to = from + o->dlpi_phdr[i].p_memsz;

		if (o->dlpi_phdr[i].p_type != PT_LOAD)
			continue;
		all.from = from < all.from ? from : all.from;
		all.to = to > all.to ? to : all.to;
	}
	if (s->address < all.from || s->address >= all.to)
		return 0;
	s->found->from = all.from;
	s->found->to = all.to;
	return 1;
}

static void find_object(const void *address, struct object *out)
{
	struct search s = { (uintptr_t)address, out };

	dl_iterate_phdr(look_at, &s);
}

void crash_install(void)
{
	struct sigaction a = { .sa_sigaction = on_crash, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	stack_t own = { .ss_sp = stack, .ss_size = sizeof(stack) };

	find_object(signals, &ours);
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

void crash_set_callee(const char *who)
{
	blamed = who;
}

void crash_add_object(const char *who, const void *inside)
{
	for (size_t i = 0; i < CRASH_FOREIGN; i++) {
		if (!foreign[i].who) {
			find_object(inside, &foreign[i]);
			foreign[i].who = who;
			return;
		}
	}
}

void crash_remove_object(const char *who)
{
	for (size_t i = 0; i < CRASH_FOREIGN; i++)
		if (foreign[i].who == who)
			foreign[i] = (struct object){ 0 };
}

void crash_end(pthread_t thread, const char *why)
{
	const struct timespec ms = { 0, 1000000 };

	reason = why;
	pthread_kill(thread, SIGABRT);
	for (int i = 0; i < END_MS; i++)
		nanosleep(&ms, NULL);
	abort(); /* it blocks the signal */
}

void crash_add_tail(int fd, const struct str *tail, const char *dir)
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

void crash_remove_tail(const struct str *tail)
{
	for (size_t i = 0; i < CRASH_KEPT; i++)
		if (kept[i].tail == tail)
			kept[i].tail = NULL;
}
