/* A plugin's function may compute for a minute or block forever, while posedge has one
 * thread whose loop must keep running. So each call gets a thread, and a task of ours
 * represents it:
 *
 *	task       waits ......... serves ........ waits ......... joins
 *	             |              ^   |            |               ^
 *	             v      a host's|   |sem         v               | it has
 *	thread     fn() ---function-+   +--> goes on ...... returns -+ returned
 *
 * A host function called by the plugin puts a request on the thread's stack, wakes the
 * loop through an eventfd and sleeps on a semaphore. The task serves the request, as
 * straight-line code that may itself wait, and posts the semaphore. So two threads
 * never touch our data.
 *
 * Nor do they touch the plugin's: l->inside is the call whose thread runs. It is
 * released while a request that waits is served (the ask of a plugin's command may end
 * in the plugin's own backend), and taken again before the thread continues.
 *
 * A thread cannot be killed from outside. After its task is cancelled each host
 * function fails; a call that has not returned after CALL_GRACE_MS is abandoned: its
 * memory, the plugin's code and its state stay, and nobody enters the plugin until it
 * does return. */
#include "config.h"

#include "plugins/plugin_call.h"

#include <errno.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "session/base/crash.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/trace/trace.h"
#include "session/output/diag.h"
#include "session/workbench/workbench.h"

#define LOOK_MS 100

struct request {
	bool (*serve)(struct loaded *l, struct call *c, void *args, struct err *err);
	void *args;
	bool waits, ok;
	struct err err;
};

enum { WORD_NONE, WORD_REQUEST, WORD_OVER };

struct call_thread {
	pthread_t id;
	int fd;
	sem_t go;
	atomic_int word; /* the last word from the thread */
	atomic_bool cancelled;
	struct request *request;
	struct loop_fd *watch;
	struct loop_timer *grace;
	struct task *task; /* NULL: abandoned */
	bool late;
	struct loop_timer *look;	      /* timer to check memory */
	struct memory_mark began;	      /* memory held before the call */
	bool served;			      /* posedge does what the call asked for */
	_Alignas(16) char stack[CRASH_STACK]; /* signal stack of the crash handler */
};

struct call_waiter {
	struct task *task;
	struct call_waiter *next;
};

/* Entering the plugin ---------------------------------------------------------------- */

static bool is_lost(const struct loaded *l, struct err *err)
{
	return err_set(err, ERR_BUSY,
		       "plugin %s: it is still busy with something that was cancelled",
		       l->plugin->name);
}

static bool take(struct loaded *l, struct call *c, struct err *err)
{
	bool ok = true;

	/* First come, first served, but notifications take precedence, also those that the
	 * delivering task holds while it waits here. */
	while (ok && (l->inside || (l->telling && !c->brief))) {
		if (l->left)
			return is_lost(l, err);
		struct call_waiter me = { task_self(), NULL }, **at = &l->waiting;

		while (*at)
			at = &(*at)->next;
		*at = &me;
		ok = task_wait(err);
		at = &l->waiting;
		while (*at != &me)
			at = &(*at)->next;
		*at = me.next;
	}
	if (ok)
		l->inside = c;
	return ok;
}

static void refuse_left(struct loaded *l);

void call_wake(struct loaded *l)
{
	for (struct call_waiter *x = l->waiting; x; x = x->next)
		task_wake(x->task);
}

static void give(struct loaded *l)
{
	l->inside = NULL;
	refuse_left(l);
	if (!l->inside)
		call_wake(l);
}

/* The thread ---------------------------------------------------------------------------- */

static void say(struct call_thread *t, int word)
{
	const uint64_t one = 1;

	atomic_store(&t->word, word);
	while (write(t->fd, &one, sizeof(one)) < 0 && errno == EINTR)
		;
}

static void *thread(void *arg)
{
	struct call *c = arg;

	crash_thread(c->t->stack);
	while (sem_wait(&c->t->go) < 0)
		;
	crash_set_callee(c->l->who);
	c->ok = c->fn(c);
	crash_set_callee(NULL);
	crash_thread_end();
	say(c->t, WORD_OVER);
	return NULL;
}

struct call *call_here(struct loaded *l)
{
	struct call *c = pthread_equal(pthread_self(), l->loop_thread) ? NULL : l->inside;

	return c && pthread_equal(pthread_self(), c->t->id) ? c : NULL;
}

bool call_cancelled(const struct call *c)
{
	return atomic_load(&c->t->cancelled);
}

bool call_ask(struct loaded *l,
	      bool (*serve)(struct loaded *l, struct call *c, void *args, struct err *err),
	      void *args, bool waits)
{
	struct request r = { .serve = serve, .args = args, .waits = waits };
	struct call *c = call_here(l);

	if (!c && !pthread_equal(pthread_self(), l->loop_thread))
		return false; /* a thread created by the plugin */
	if (waits && (!c || c->brief))
		return err_set(c ? &c->err : &l->err, ERR_USAGE,
			       "this can be asked for in a call only, not in start() or ran()");
	if (!c)
		return serve(l, NULL, args, &l->err);
	c->t->request = &r;
	say(c->t, WORD_REQUEST);
	while (sem_wait(&c->t->go) < 0)
		;
	c->err = r.err; /* not earlier: args may point to the previous err's text */
	if (r.ok)
		c->err = (struct err){ 0 };
	return r.ok;
}

bool call_lacks(struct loaded *l, const char *function, const char *what)
{
	struct call *c = call_here(l);

	if (!c && !pthread_equal(pthread_self(), l->loop_thread))
		return false;
	return err_set(c ? &c->err : &l->err, ERR_USAGE, "plugin %s: %s() needs %s",
		       l->plugin->name, function, what);
}

/* The task ------------------------------------------------------------------------------ */

static void cancel(struct call *c)
{
	if (atomic_exchange(&c->t->cancelled, true))
		return;
	loop_timer_set(c->t->grace, CALL_GRACE_MS);
}

static void on_late(void *ctx)
{
	struct call *c = ctx;

	if (!call_cancelled(c)) { /* a brief call */
		cancel(c);
		return;
	}
	c->t->late = true;
	if (c->t->task)
		task_wake(c->t->task);
}

static void on_look(void *ctx)
{
	struct call *c = ctx;

	if (!c->t->served)
		memory_watch(c->l, &c->t->began, c->t->id);
	loop_timer_set(c->t->look, LOOK_MS);
}

static void let_go(struct call *c)
{
	loop_fd_free(c->t->watch);
	loop_timer_free(c->t->grace);
	loop_timer_free(c->t->look);
	c->t->watch = NULL;
	c->t->grace = c->t->look = NULL;
}

static void free_call(struct call *c)
{
	call_drop_kept(c);
	trace_close(c->trace);
	diag_list_free(c->found);
	if (c->free_arg)
		c->free_arg(c->arg);
	if (c->t) {
		let_go(c);
		close(c->t->fd);
		sem_destroy(&c->t->go);
		free(c->t);
	}
	free(c);
}

/* An abandoned call makes a request, which is refused. */
static void refuse_left(struct loaded *l)
{
	for (struct call *c = l->left; c && !l->inside; c = c->next_left)
		if (atomic_load(&c->t->word) == WORD_REQUEST) {
			atomic_store(&c->t->word, WORD_NONE);
			c->t->request->ok =
				err_set(&c->t->request->err, ERR_CANCELLED, "cancelled");
			l->inside = c;
			sem_post(&c->t->go);
		}
}

static void on_left(struct call *c)
{
	struct loaded *l = c->l;
	struct call **at = &l->left;
	int word = atomic_load(&c->t->word);

	if (word == WORD_NONE)
		return;
	if (word == WORD_OVER) {
		while (*at != c)
			at = &(*at)->next_left;
		*at = c->next_left;
		pthread_join(c->t->id, NULL);
		free_call(c);
	}
	give(l);
}

static void on_word(void *ctx, unsigned events)
{
	struct call *c = ctx;
	uint64_t n;

	if (read(c->t->fd, &n, sizeof(n)) < 0)
		return;
	if (c->t->task)
		task_wake(c->t->task);
	else
		on_left(c);
}

/* Waits for the thread's next word. WORD_NONE: it is late. */
static int await(struct call *c)
{
	struct call_thread *t = c->t;
	int word;

	while (!(word = atomic_exchange(&t->word, WORD_NONE)) && !t->late) {
		if (atomic_load(&t->cancelled))
			task_wait_uncancelled();
		else if (!task_wait(NULL))
			cancel(c);
	}
	return word;
}

static bool answer(struct call *c, struct request *r)
{
	struct memory_mark before;
	bool ok;

	if (!r->waits) { /* its arguments may be invalid */
		crash_set_callee(c->l->who);
		ok = r->serve(c->l, c, r->args, &r->err);
		crash_set_callee(NULL);
		return ok;
	}
	give(c->l);
	memory_mark(&before);
	c->t->served = true;
	ok = r->serve(c->l, c, r->args, &r->err);
	c->t->served = false;
	memory_skip(&c->t->began, &before);
	return ok;
}

/* Serves a request. False: another call is inside and does not return. */
static bool serve(struct call *c)
{
	struct request *r = c->t->request;
	bool again = true;

	if (task_cancelled(task_self()))
		cancel(c);
	if (call_cancelled(c)) {
		r->ok = err_set(&r->err, ERR_CANCELLED, "cancelled");
	} else {
		r->ok = answer(c, r);
		if (!r->ok && r->err.code == ERR_CANCELLED)
			cancel(c);
		again = !r->waits || take(c->l, c, NULL);
	}
	if (again)
		sem_post(&c->t->go);
	else
		/* refused by whoever lets the call continue */
		atomic_store(&c->t->word, WORD_REQUEST);
	return again;
}

static bool start(struct call *c, struct err *err)
{
	struct call_thread *t = c->t = mem_zalloc(sizeof(*t));
	sigset_t all, before;
	int error;

	t->task = task_self();
	sem_init(&t->go, 0, 0);
	t->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	t->watch = t->fd < 0 ? NULL : loop_fd_new(c->l->w->loop, t->fd, on_word, c, err);
	if (!t->watch)
		return t->fd < 0 ? err_set(err, ERR_LIMIT, "plugin %s: %s", c->l->plugin->name,
					   strerror(errno))
				 : false;
	loop_fd_want(t->watch, LOOP_READ);
	t->grace = loop_timer_new(c->l->w->loop, on_late, c);
	if (c->brief)
		loop_timer_set(t->grace, CALL_BRIEF_MS);
	memory_mark(&t->began);
	t->look = loop_timer_new(c->l->w->loop, on_look, c);
	loop_timer_set(t->look, LOOK_MS);
	sigfillset(&all); /* signals are for the loop's thread */
	pthread_sigmask(SIG_BLOCK, &all, &before);
	error = pthread_create(&t->id, NULL, thread, c);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (error)
		return err_set(err, ERR_LIMIT, "plugin %s: no thread: %s", c->l->plugin->name,
			       strerror(error));
	sem_post(&t->go);
	return true;
}

static bool leave(struct call *c, struct err *err)
{
	c->print = NULL;
	c->t->task = NULL;
	loop_timer_stop(c->t->grace);
	c->next_left = c->l->left;
	c->l->left = c;
	call_wake(c->l);
	return err_set(err, ERR_CANCELLED, "plugin %s: %s; it is not entered again until it does",
		       c->l->plugin->name,
		       c->brief ? "it was called about an event and did not return in time"
				: "cancelled, but it did not return");
}

static void unlist(struct call *c)
{
	struct call **at = &c->l->calls;

	while (*at != c)
		at = &(*at)->next;
	*at = c->next;
}

static bool went_well(const struct call *c, struct err *err)
{
	if (call_cancelled(c) || task_cancelled(task_self()))
		return err_set(err, ERR_CANCELLED, "cancelled");
	if (c->failed.code)
		return err_copy(err, &c->failed);
	return c->ok || err_set(err, ERR_TOOL, "plugin %s: it failed and did not say why%s%s",
				c->l->plugin->name, c->err.code ? "; the last thing was: " : "",
				c->err.code ? c->err.text : "");
}

bool call_run(struct call *c, struct err *err)
{
	struct loaded *l = c->l;
	int word = WORD_NONE;
	bool inside = true;

	if (call_lost(l))
		return is_lost(l, err);
	if (!take(l, c, err))
		return false;
	if (!start(c, err)) {
		give(l);
		return false;
	}
	c->next = l->calls;
	l->calls = c;
	while (inside && (word = await(c)) == WORD_REQUEST)
		inside = serve(c);
	unlist(c);
	if (word != WORD_OVER)
		return leave(c, err);
	pthread_join(c->t->id, NULL);
	let_go(c);
	give(l);
	return went_well(c, err);
}

struct call *call_new(struct loaded *l, bool (*fn)(struct call *c), void *arg,
		      void (*free_arg)(void *arg))
{
	struct call *c = mem_zalloc(sizeof(*c));

	*c = (struct call){ .l = l, .fn = fn, .arg = arg, .free_arg = free_arg };
	return c;
}

void call_end(struct call *c)
{
	if (!c)
		return;
	for (const struct call *x = c->l->left; x; x = x->next_left)
		if (x == c)
			return;
	free_call(c);
}

bool call_to_text(struct call *c, const char *text, struct err *err)
{
	str_adds(c->ctx, text);
	return true;
}

bool call_lost(const struct loaded *l)
{
	return l->left != NULL;
}

void call_cancel_all(struct loaded *l)
{
	while (l->telling) /* each is brief */
		loop_turn(l->w->loop, true);
	while (l->calls) {
		for (struct call *c = l->calls; c; c = c->next)
			task_cancel(c->t->task);
		loop_turn(l->w->loop, true);
	}
	for (struct call *c = l->left; c; c = c->next_left)
		let_go(c);
}
