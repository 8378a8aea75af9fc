/* Tasks are coroutines on stacks of their own, switched with swapcontext().
 *
 *     guard page | <-- stack grows down | top
 *
 * The page below each stack is not accessible, so an overflow crashes at once
 * instead of silently overwriting memory. The sanitizer is told about each switch.
 * All tasks of a loop are in one list; ready ones run once a turn, when the loop
 * asks, so two tasks that wake each other do not starve it. There is no scheduler
 * and no preemption: a task runs until it waits.
 */
#include "config.h"

#include "session/base/task.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include "session/base/log.h"
#include "session/base/loop.h"
#include "session/base/mem.h"

#if defined(__SANITIZE_ADDRESS__)
#define FIBRES 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FIBRES 1
#endif
#endif
#ifdef FIBRES
#include <sanitizer/common_interface_defs.h>
#endif

struct task {
	struct tasks *all;
	struct task *next;
	ucontext_t context;
	char *map;
	size_t map_len;
	void (*fn)(void *ctx);
	void *ctx;
	const char *name; /* for the log; may be NULL */
	uint64_t begun_ms;
	bool ready, begun, cancelled, finished;
	struct loop_timer *alarm; /* of task_sleep(), made when first needed */
	bool slept;		  /* it rang */
	void *fake_stack;
};

struct tasks {
	struct loop *loop;
	struct task *first;
	size_t n;
	uint64_t turn_ns; /* time at which the ready ones began to run in this turn */
	ucontext_t scheduler;
	void *fake_stack;
	const void *stack_bottom;
	size_t stack_size;
};

/* The running task. There is one thread, so at most one runs. */
static struct task *current;

static void before_switch(void **fake, const void *bottom, size_t size)
{
#ifdef FIBRES
	__sanitizer_start_switch_fiber(fake, bottom, size);
#endif
}

static void after_switch(void *fake, const void **bottom, size_t *size)
{
#ifdef FIBRES
	__sanitizer_finish_switch_fiber(fake, bottom, size);
#endif
}

static void to_scheduler(struct task *t)
{
	/* NULL releases the fake stack of a task that has ended. */
	before_switch(t->finished ? NULL : &t->fake_stack, t->all->stack_bottom,
		      t->all->stack_size);
	swapcontext(&t->context, &t->all->scheduler);
	after_switch(t->fake_stack, &t->all->stack_bottom, &t->all->stack_size);
}

static void entry(unsigned high, unsigned low)
{
	struct task *t = (struct task *)((uintptr_t)high << 32 | (uintptr_t)low);

	after_switch(NULL, &t->all->stack_bottom, &t->all->stack_size);
	t->fn(t->ctx);
	t->finished = true;
	to_scheduler(t);
	assert(!"a finished task ran again");
}

static void resume(struct task *t)
{
	struct tasks *all = t->all;
	struct task *before = current;
	long page = sysconf(_SC_PAGESIZE);

	assert(!before);
	current = t;
	before_switch(&all->fake_stack, t->map + page, t->map_len - (size_t)page);
	swapcontext(&all->scheduler, &t->context);
	after_switch(all->fake_stack, NULL, NULL);
	current = before;
}

static void say_begin(struct task *t)
{
	t->begun = true;
	t->begun_ms = loop_now_ms(t->all->loop);
	log_line("task", "%s begins, %zu in all", t->name ? t->name : "one", t->all->n);
}

static void say_end(const struct task *t)
{
	log_line("task", "%s ends%s after %llu ms", t->name ? t->name : "one",
		 t->cancelled ? ", cancelled," : "",
		 (unsigned long long)(loop_now_ms(t->all->loop) - t->begun_ms));
}

static void reap(struct tasks *all)
{
	struct task **at = &all->first;

	while (*at) {
		struct task *t = *at;

		if (!t->finished) {
			at = &t->next;
			continue;
		}
		*at = t->next;
		loop_timer_free(t->alarm);
		munmap(t->map, t->map_len);
		free(t);
		all->n--;
	}
}

static void free_tasks(struct tasks *all)
{
	loop_set_ready_hook(all->loop, NULL, NULL, NULL);
	free(all);
}

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* Called by the loop once before and once after its callbacks. */
static void run_ready(void *ctx)
{
	struct tasks *all = ctx;

	all->turn_ns = now_ns();
	for (struct task *t = all->first; t; t = t->next) {
		if (!t->ready || t->finished)
			continue;
		t->ready = false;
		if (!t->begun)
			say_begin(t);
		resume(t);
		if (t->finished)
			say_end(t);
	}
	reap(all);
	if (all->n == 0)
		free_tasks(all);
}

static bool any_ready(void *ctx)
{
	const struct tasks *all = ctx;

	for (const struct task *t = all->first; t; t = t->next)
		if (t->ready && !t->finished)
			return true;
	return false;
}

static struct tasks *tasks_of(struct loop *l)
{
	struct tasks *all = loop_ready_ctx(l);

	if (all)
		return all;
	all = mem_zalloc(sizeof(*all));
	all->loop = l;
	loop_set_ready_hook(l, run_ready, any_ready, all);
	return all;
}

struct task *task_start(struct loop *l, void (*fn)(void *ctx), void *ctx)
{
	struct task *t = mem_zalloc(sizeof(*t));
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	uintptr_t self = (uintptr_t)t;

	t->all = tasks_of(l);
	t->map_len = TASK_STACK + page;
	t->map = mmap(NULL, t->map_len, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (t->map == MAP_FAILED || mprotect(t->map, page, PROT_NONE) < 0)
		mem_no_memory();
	t->fn = fn;
	t->ctx = ctx;
	t->ready = true;
	getcontext(&t->context);
	t->context.uc_stack.ss_sp = t->map + page;
	t->context.uc_stack.ss_size = TASK_STACK;
	makecontext(&t->context, (void (*)(void))(void *)entry, 2, (unsigned)(self >> 32),
		    (unsigned)self);
	t->next = t->all->first;
	t->all->first = t;
	t->all->n++;
	return t;
}

void task_name(struct task *t, const char *name)
{
	t->name = name;
}

void task_cancel(struct task *t)
{
	t->cancelled = true;
	task_wake(t);
}

bool task_cancelled(const struct task *t)
{
	return t->cancelled;
}

struct task *task_self(void)
{
	return current;
}

void task_wake(struct task *t)
{
	t->ready = true;
}

bool task_wait(struct err *err)
{
	struct task *t = current;

	assert(t);
	if (!t->cancelled)
		to_scheduler(t);
	return !t->cancelled || err_set(err, ERR_CANCELLED, "cancelled");
}

void task_wait_uncancelled(void)
{
	assert(current);
	to_scheduler(current);
}

struct task_waiter { /* on the stack of the waiting task */
	struct task *task;
	struct task_waiter *next;
};

void task_queue_wait(struct task_queue *q)
{
	struct task_waiter me = { task_self(), q->first }, **at = &q->first;

	q->first = &me;
	task_wait_uncancelled();
	while (*at != &me)
		at = &(*at)->next;
	*at = me.next;
}

void task_queue_wake(struct task_queue *q)
{
	for (struct task_waiter *w = q->first; w; w = w->next)
		task_wake(w->task);
}

static void on_alarm(void *ctx)
{
	struct task *t = ctx;

	t->slept = true;
	task_wake(t);
}

/* One timer for all sleeps of a task: freeing one costs a turn of the loop. */
bool task_sleep(struct loop *l, uint64_t ms, struct err *err)
{
	struct task *t = current;
	bool ok = true;

	assert(l == t->all->loop);
	if (!t->alarm)
		t->alarm = loop_timer_new(l, on_alarm, t);
	t->slept = false;
	loop_timer_set(t->alarm, ms);
	while (ok && !t->slept)
		ok = task_wait(err);
	loop_timer_stop(t->alarm);
	return ok;
}

bool task_rest(struct err *err)
{
	task_wake(current);
	return task_wait(err);
}

bool task_breathe(struct err *err)
{
	if (!current)
		return true;
	if (current->cancelled)
		return err_set(err, ERR_CANCELLED, "cancelled");
	return now_ns() - current->all->turn_ns < TASK_TURN_MS * 1000000u || task_rest(err);
}

struct worker {
	struct task *task;
	void (*work)(void *ctx);
	void *ctx;
	bool over;
};

static void run_work(void *ctx)
{
	struct worker *w = ctx;

	w->work(w->ctx);
}

static void work_over(void *ctx)
{
	struct worker *w = ctx;

	w->over = true;
	task_wake(w->task);
}

bool task_work(struct loop *l, void (*work)(void *ctx), void *ctx, atomic_bool *stop,
	       struct err *err)
{
	struct worker w = { .task = task_self(), .work = work, .ctx = ctx };
	bool ok = true;

	loop_work(l, run_work, work_over, &w);
	while (ok && !w.over)
		ok = task_wait(err);
	if (!ok && stop)
		atomic_store(stop, true);
	while (!w.over)
		task_wait_uncancelled();
	return ok;
}

size_t task_count(const struct loop *l)
{
	const struct tasks *all = loop_ready_ctx(l);

	return all ? all->n : 0;
}

void task_cancel_all(struct loop *l)
{
	struct tasks *all = loop_ready_ctx(l);

	for (struct task *t = all ? all->first : NULL; t; t = t->next)
		task_cancel(t);
}
