/* libuv behind a few functions of ours.
 *
 * Two things differ from libuv. A handle is freed in its close callback, one turn
 * after its owner let go of it, so loop_free() turns until the last one has closed.
 * And a turn ends after timers ran: libuv would go on to poll in the same call, and
 * what a timer woke would wait for the next descriptor. So a timer that fires makes
 * the poll of its turn return at once.
 */
#include "config.h"

#include "session/base/loop.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
#include <uv.h>

#include "session/base/log.h"
#include "session/base/mem.h"

/* A longer turn delays keys noticeably, so it is logged. */
#define LONG_TURN_NS 16000000u

struct hook {
	void (*fn)(void *ctx);
	void *ctx;
};

struct loop {
	uv_loop_t uv;
	struct hook *hooks;
	size_t n_hooks, cap_hooks;
	struct { /* runs the tasks; set by task.c */
		void (*run)(void *ctx);
		bool (*any)(void *ctx);
		void *ctx;
	} ready;
	size_t on_pool;
	uv_idle_t no_wait;   /* while active, the poll returns at once */
	uint64_t busy_since; /* hrtime of the first callback since the last poll; 0 = none yet */
};

struct loop_fd {
	uv_poll_t poll;
	uv_idle_t ready; /* instead, for a file: it cannot be polled, and never has to wait */
	bool is_file;
	unsigned wanted;
	void (*fn)(void *ctx, unsigned events);
	void *ctx;
};

struct loop_timer {
	uv_timer_t timer;
	void (*fn)(void *ctx);
	void *ctx;
};

struct loop_signal {
	uv_signal_t signal;
	void (*fn)(void *ctx, int signo);
	void *ctx;
};

struct pool_work {
	uv_work_t req;
	struct loop *loop;
	void (*work)(void *ctx);
	void (*done)(void *ctx);
	void *ctx;
};

static bool any_ready(const struct loop *l)
{
	return l->ready.any && l->ready.any(l->ready.ctx);
}

static void nothing(uv_idle_t *idle)
{
}

/* libuv runs callbacks within the poll, so each one in this file notes it; those of
 * child.c are not counted. */
static void note_busy(struct loop *l)
{
	if (!l->busy_since)
		l->busy_since = uv_hrtime();
}

static void log_long_turn(struct loop *l)
{
	uint64_t took_ns = l->busy_since ? uv_hrtime() - l->busy_since : 0;

	if (took_ns > LONG_TURN_NS)
		log_line("loop", "a turn took %llu ms", (unsigned long long)(took_ns / 1000000));
	l->busy_since = 0;
}

struct loop *loop_new(struct err *err)
{
	struct loop *l = mem_zalloc(sizeof(*l));
	int rc = uv_loop_init(&l->uv);

	if (rc < 0) {
		err_set(err, ERR_IO, "start the event loop: %s", uv_strerror(rc));
		free(l);
		return NULL;
	}
	l->uv.data = l;
	uv_idle_init(&l->uv, &l->no_wait);
	uv_unref((uv_handle_t *)&l->no_wait); /* it does not keep the loop alive */
	signal(SIGPIPE, SIG_IGN); /* writing to a closed pipe fails with EPIPE instead */
	signal(SIGXFSZ, SIG_IGN); /* and writing above the file size limit with EFBIG */
	return l;
}

void loop_free(struct loop *l)
{
	if (!l)
		return;
	uv_close((uv_handle_t *)&l->no_wait, NULL);
	while (uv_run(&l->uv, UV_RUN_DEFAULT) != 0)
		;
	if (uv_loop_close(&l->uv) != 0)
		assert(!"a handle outlived the loop");
	free(l->hooks);
	free(l);
}

static void run_ready(struct loop *l)
{
	if (l->ready.run)
		l->ready.run(l->ready.ctx);
}

bool loop_turn(struct loop *l, bool wait)
{
	bool ran = any_ready(l); /* then perhaps just what the caller waits for */

	/* Ready tasks first: they may be all there is to do, and the poll below
	 * must see what they start. */
	run_ready(l);
	for (size_t i = 0; i < l->n_hooks; i++)
		l->hooks[i].fn(l->hooks[i].ctx);
	log_long_turn(l);
	wait = wait && !ran && !any_ready(l);
	if (!wait) { /* libuv does not poll for signals alone, and a resting task waits for them
		      * too */
		uv_idle_start(&l->no_wait, nothing);
		uv_ref((uv_handle_t *)&l->no_wait);
	}
	uv_run(&l->uv, wait ? UV_RUN_ONCE : UV_RUN_NOWAIT);
	uv_unref((uv_handle_t *)&l->no_wait);
	uv_idle_stop(&l->no_wait);
	note_busy(l);
	run_ready(l);
	/* Only now: a task may just have started something. */
	return uv_loop_alive(&l->uv) || l->on_pool > 0 || any_ready(l);
}

void loop_run_until(struct loop *l, const bool *done)
{
	while (!*done && loop_turn(l, true))
		;
}

uint64_t loop_now_ms(const struct loop *l)
{
	return uv_now(&l->uv);
}

void *loop_uv(struct loop *l)
{
	return &l->uv;
}

void loop_set_ready_hook(struct loop *l, void (*run)(void *ctx), bool (*any)(void *ctx), void *ctx)
{
	l->ready.run = run;
	l->ready.any = any;
	l->ready.ctx = ctx;
}

void *loop_ready_ctx(const struct loop *l)
{
	return l->ready.ctx;
}

static void free_handle(uv_handle_t *h)
{
	free(h->data);
}

/* Descriptors */

static void on_poll(uv_poll_t *p, int status, int events)
{
	struct loop_fd *f = p->data;
	unsigned e = 0;

	note_busy(p->loop->data);
	/* Report an error as ready; the next read or write gets it. */
	if (status < 0) {
		e = LOOP_READ | LOOP_WRITE;
		f->wanted = 0; /* libuv has stopped watching */
	}
	if (events & (UV_READABLE | UV_DISCONNECT))
		e |= LOOP_READ;
	if (events & UV_WRITABLE)
		e |= LOOP_WRITE;
	f->fn(f->ctx, e);
}

static void on_file(uv_idle_t *i)
{
	struct loop_fd *f = i->data;

	note_busy(i->loop->data);
	f->fn(f->ctx, f->wanted);
}

struct loop_fd *loop_fd_new(struct loop *l, int fd, void (*fn)(void *ctx, unsigned events),
			    void *ctx, struct err *err)
{
	struct loop_fd *f = mem_zalloc(sizeof(*f));
	int rc = uv_poll_init(&l->uv, &f->poll, fd);

	f->is_file = rc == UV_EPERM;
	if (f->is_file)
		rc = uv_idle_init(&l->uv, &f->ready);
	if (rc < 0) {
		err_set(err, ERR_IO, "watch descriptor %d: %s", fd, uv_strerror(rc));
		free(f);
		return NULL;
	}
	f->fn = fn;
	f->ctx = ctx;
	f->poll.data = f;
	f->ready.data = f;
	return f;
}

void loop_fd_want(struct loop_fd *f, unsigned events)
{
	int e = (events & LOOP_READ ? UV_READABLE : 0) | (events & LOOP_WRITE ? UV_WRITABLE : 0);

	if (events == f->wanted) /* a change costs a system call */
		return;
	f->wanted = events;
	if (f->is_file && e)
		uv_idle_start(&f->ready, on_file);
	else if (f->is_file)
		uv_idle_stop(&f->ready);
	else if (e)
		uv_poll_start(&f->poll, e, on_poll);
	else
		uv_poll_stop(&f->poll);
}

void loop_fd_free(struct loop_fd *f)
{
	if (f && f->is_file)
		uv_close((uv_handle_t *)&f->ready, free_handle);
	else if (f)
		uv_close((uv_handle_t *)&f->poll, free_handle);
}

/* Timers */

static void on_timer(uv_timer_t *t)
{
	struct loop_timer *lt = t->data;
	struct loop *l = t->loop->data;

	uv_idle_start(&l->no_wait, nothing);
	note_busy(l);
	lt->fn(lt->ctx);
}

struct loop_timer *loop_timer_new(struct loop *l, void (*fn)(void *ctx), void *ctx)
{
	struct loop_timer *t = mem_zalloc(sizeof(*t));

	uv_timer_init(&l->uv, &t->timer);
	t->fn = fn;
	t->ctx = ctx;
	t->timer.data = t;
	return t;
}

void loop_timer_set(struct loop_timer *t, uint64_t in_ms)
{
	uv_update_time(t->timer.loop);
	uv_timer_start(&t->timer, on_timer, in_ms, 0);
}

void loop_timer_stop(struct loop_timer *t)
{
	uv_timer_stop(&t->timer);
}

void loop_timer_free(struct loop_timer *t)
{
	if (t)
		uv_close((uv_handle_t *)&t->timer, free_handle);
}

/* Signals */

static void on_signal(uv_signal_t *s, int signo)
{
	struct loop_signal *ls = s->data;

	note_busy(s->loop->data);
	ls->fn(ls->ctx, signo);
}

struct loop_signal *loop_signal_new(struct loop *l, int signo, void (*fn)(void *ctx, int signo),
				    void *ctx)
{
	struct loop_signal *s = mem_zalloc(sizeof(*s));

	uv_signal_init(&l->uv, &s->signal);
	s->fn = fn;
	s->ctx = ctx;
	s->signal.data = s;
	uv_signal_start(&s->signal, on_signal, signo);
	uv_unref((uv_handle_t *)&s->signal);
	return s;
}

void loop_signal_free(struct loop_signal *s)
{
	if (s)
		uv_close((uv_handle_t *)&s->signal, free_handle);
}

/* Before the loop sleeps */

void loop_before_sleep(struct loop *l, void (*fn)(void *ctx), void *ctx)
{
	MEM_PUSH(l->hooks, l->n_hooks, l->cap_hooks, (struct hook){ fn, ctx });
}

void loop_before_sleep_remove(struct loop *l, void (*fn)(void *ctx), void *ctx)
{
	size_t kept = 0;

	for (size_t i = 0; i < l->n_hooks; i++)
		if (l->hooks[i].fn != fn || l->hooks[i].ctx != ctx)
			l->hooks[kept++] = l->hooks[i];
	l->n_hooks = kept;
}

/* The pool */

static void run_work(uv_work_t *req)
{
	struct pool_work *w = req->data;

	w->work(w->ctx);
}

static void work_done(uv_work_t *req, int status)
{
	struct pool_work *w = req->data;

	note_busy(w->loop);
	w->loop->on_pool--;
	w->done(w->ctx);
	free(w);
}

void loop_work(struct loop *l, void (*work)(void *ctx), void (*done)(void *ctx), void *ctx)
{
	struct pool_work *w = mem_zalloc(sizeof(*w));

	*w = (struct pool_work){ .loop = l, .work = work, .done = done, .ctx = ctx };
	w->req.data = w;
	l->on_pool++;
	if (uv_queue_work(&l->uv, &w->req, run_work, work_done) < 0)
		assert(!"queue work");
}

struct sync_work {
	int fd, error;
	void (*done)(void *ctx, int error);
	void *ctx;
};

static void run_sync(void *ctx)
{
	struct sync_work *s = ctx;

	s->error = fsync(s->fd) < 0 ? errno : 0;
}

static void sync_done(void *ctx)
{
	struct sync_work *s = ctx;

	s->done(s->ctx, s->error);
	free(s);
}

void loop_fsync(struct loop *l, int fd, void (*done)(void *ctx, int error), void *ctx)
{
	struct sync_work *s = mem_zalloc(sizeof(*s));

	*s = (struct sync_work){ .fd = fd, .done = done, .ctx = ctx };
	loop_work(l, run_sync, sync_done, s);
}
