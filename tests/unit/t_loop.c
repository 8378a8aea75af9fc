/* The loop and its timers, children, and tasks that take turns. */
#include "config.h"

#include "tests/lib/case.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/err.h"
#include "session/base/file.h"
#include "session/base/log.h"
#include "session/base/loop.h"
#include "session/base/rest.h"
#include "session/base/str.h"
#include "session/base/task.h"

struct seen {
	struct loop *loop;
	struct str out, errout;
	struct child_result r;
	struct err err;
	bool ok, done;
	const char *const *argv;
	uint64_t wall_ms;
	size_t output_limit;
	int order;
};

static void run_it(void *ctx)
{
	struct seen *s = ctx;
	struct child_spec spec = { .argv = s->argv,
				   .wall_ms = s->wall_ms,
				   .input = "hello",
				   .input_len = 5,
				   .output_limit = s->output_limit };

	s->ok = child_run(s->loop, &spec, 1 << 20, &s->out, &s->errout, &s->r, &s->err);
	s->done = true;
}

static void finish(struct seen *s)
{
	loop_run_until(s->loop, &s->done);
	while (task_count(s->loop))
		loop_turn(s->loop, false);
	loop_free(s->loop);
}

static void forget(struct seen *s)
{
	str_free(&s->out);
	str_free(&s->errout);
}

/* A timer's effects must be seen in its own turn: there may never be another event. */
struct rung {
	struct task *task;
	struct loop_timer *end; /* so that the turn after the hook ends, too */
	bool woken, drawn, late;
};

static void sleeper(void *ctx)
{
	struct rung *r = ctx;

	while (!r->woken)
		task_wait_uncancelled();
	r->task = NULL;
}

static void ring(void *ctx)
{
	struct rung *r = ctx;

	r->woken = true;
	task_wake(r->task);
}

static void too_late(void *ctx)
{
	((struct rung *)ctx)->late = true;
}

static void end_it(void *ctx)
{
	*(bool *)ctx = true;
}

static void hook(void *ctx)
{
	struct rung *r = ctx;

	if (r->woken && !r->task && !r->drawn) {
		r->drawn = true;
		loop_timer_set(r->end, 0);
	}
}

static void nobody(void *ctx, unsigned events)
{
}

CASE(tasks_woken_by_a_timer_run_before_the_loop_sleeps)
{
	struct loop *l = loop_new(NULL);
	struct rung r = { 0 };
	struct loop_timer *bell = loop_timer_new(l, ring, &r),
			  *limit = loop_timer_new(l, too_late, &r);
	bool ended = false;
	int ends[2];
	struct loop_fd *fd;

	assert_int_equal(pipe(ends), 0);
	fd = loop_fd_new(l, ends[0], nobody, NULL, NULL);
	loop_fd_want(fd, LOOP_READ);
	loop_before_sleep(l, hook, &r);
	loop_timer_set(limit, 20000);
	r.task = task_start(l, sleeper, &r);
	loop_turn(l, false);
	loop_timer_set(bell, 0);
	r.end = loop_timer_new(l, end_it, &ended);
	while (!r.late && !ended)
		loop_turn(l, true);
	assert_false(r.late);
	loop_before_sleep_remove(l, hook, &r);
	loop_timer_free(r.end);
	loop_timer_free(bell);
	loop_timer_free(limit);
	loop_fd_free(fd);
	close(ends[0]);
	close(ends[1]);
	loop_free(l);
}

CASE(a_child_gets_its_input_and_tells_its_end)
{
	const char *const argv[] = { "sh", "-c", "cat; echo err >&2; exit 7", NULL };
	struct seen s = { .loop = loop_new(NULL), .argv = argv };

	task_start(s.loop, run_it, &s);
	finish(&s);
	assert_true(s.ok);
	assert_string_equal(str_cstr(&s.out), "hello");
	assert_string_equal(str_cstr(&s.errout), "err\n");
	assert_int_equal(s.r.status, 7);
	forget(&s);
}

struct pieces {
	struct loop *loop;
	struct str text;
	uint64_t last_ms;
	unsigned n, soon, most_soon; /* soon: pieces in a row, each soon after the other */
	bool done;
};

static void on_piece(void *ctx, int stream, const char *data, size_t len)
{
	struct pieces *p = ctx;
	uint64_t now = loop_now_ms(p->loop);

	p->soon = p->n++ && now - p->last_ms < REST_MS ? p->soon + 1 : 0;
	p->most_soon = p->soon > p->most_soon ? p->soon : p->most_soon;
	p->last_ms = now;
	str_add(&p->text, data, len);
}

static void pieces_over(void *ctx, const struct child_result *r)
{
	((struct pieces *)ctx)->done = true;
}

/* Two more at the end, which does not wait: what was left, and an error's. */
CASE(pieces_of_a_child_that_streams_are_read_together)
{
	static const char *const argv[] = {
		"sh", "-c",
		"i=100; while [ $i -lt 300 ]; do echo $i; sleep 0.002; i=$((i+1)); done", NULL
	};
	const struct child_spec spec = { .argv = argv, .streams = true, .wall_ms = 120000 };
	struct pieces p = { .loop = loop_new(NULL) };
	const struct child_events to = { .out = on_piece, .done = pieces_over, .ctx = &p };
	struct str want = STR_INIT;

	assert_non_null(child_start(p.loop, &spec, &to, NULL));
	while (!p.done)
		loop_turn(p.loop, true);
	for (int i = 100; i < 300; i++)
		str_addf(&want, "%d\n", i);
	assert_string_equal(str_cstr(&p.text), str_cstr(&want));
	assert_in_range(p.most_soon, 0, REST_FROM + 2);
	str_free(&want);
	str_free(&p.text);
	loop_free(p.loop);
}

/* Time of a grandchild. The limit counts whole ticks, so less was used under load. */
CASE(processor_time_of_a_child_is_reported)
{
	const char *const used[] = { "sh", "-c", "(ulimit -t 1; while :; do :; done); exit 3",
				     NULL };
	const char *const idle[] = { "sh", "-c", "(kill -XCPU $$); exit 3", NULL };

	for (int i = 0; i < 2; i++) {
		struct seen s = { .loop = loop_new(NULL), .argv = i ? idle : used };

		task_start(s.loop, run_it, &s);
		finish(&s);
		assert_true(s.ok);
		if (i)
			assert_true(s.r.cpu_ms < 200);
		else
			assert_true(s.r.cpu_ms >= 200);
		forget(&s);
	}
}

CASE(a_missing_program_is_a_sentence)
{
	const char *const argv[] = { "posedge-no-such-program", NULL };
	struct seen s = { .loop = loop_new(NULL), .argv = argv };

	task_start(s.loop, run_it, &s);
	finish(&s);
	assert_false(s.ok);
	assert_int_equal(s.err.code, ERR_TOOL);
	assert_string_equal(s.err.text,
			    "start posedge-no-such-program: not installed, or not in PATH");
	forget(&s);
}

CASE(a_time_limit_kills_the_whole_group)
{
	const char *const argv[] = { "sh", "-c", "sleep 1000 & sleep 1000", NULL };
	struct seen s = { .loop = loop_new(NULL), .argv = argv, .wall_ms = 50 };

	task_start(s.loop, run_it, &s);
	finish(&s);
	assert_true(s.ok);
	assert_true(s.r.timed_out);
	assert_int_equal(s.r.signal, 9);
	forget(&s);
}

struct leaving {
	struct child *child;
	bool done;
};

static void kill_it(void *ctx, int stream, const char *data, size_t len)
{
	child_cancel(((struct leaving *)ctx)->child);
}

static void it_ended(void *ctx, const struct child_result *r)
{
	((struct leaving *)ctx)->done = true;
}

/* As the first process of a sandbox does. The pipe ends when nobody holds it any more. */
CASE(a_child_that_left_the_group_is_killed)
{
	const char *const argv[] = { "sh", "-c", "setsid sh -c 'echo; exec sleep 60' >&1 & wait",
				     NULL };
	struct leaving it = { 0 };
	struct child_events to = { .out = kill_it, .done = it_ended, .ctx = &it };
	struct loop *l = loop_new(NULL);
	struct child_spec spec = { .argv = argv };
	struct pollfd held;
	int ends[2];

	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	spec.pass_fd = ends[1];
	it.child = child_start(l, &spec, &to, NULL);
	assert_non_null(it.child);
	close(ends[1]);
	loop_run_until(l, &it.done);
	held = (struct pollfd){ .fd = ends[0], .events = POLLIN };
	assert_int_equal(poll(&held, 1, 20000), 1);
	close(ends[0]);
	loop_free(l);
}

CASE(a_flood_is_stopped)
{
	const char *const argv[] = { "yes", NULL };
	struct seen s = { .loop = loop_new(NULL), .argv = argv, .output_limit = 100000 };

	task_start(s.loop, run_it, &s);
	finish(&s);
	assert_true(s.r.flooded);
	forget(&s);
}

static void cancel_now(void *ctx)
{
	task_cancel(ctx);
}

static void on_signal(void *ctx, int signo)
{
	task_cancel(*(struct task **)ctx);
}

struct long_work {
	unsigned rests;
	bool cancelled, done;
};

struct breather {
	bool key, cancelled, done;
	struct task *task;
	struct loop_timer *timer;
};

static uint64_t clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* The second one cancels. */
static void on_key(void *ctx)
{
	struct breather *b = ctx;

	if (b->key)
		task_cancel(b->task);
	b->key = true;
	loop_timer_set(b->timer, 1);
}

static void computes(void *ctx)
{
	struct breather *b = ctx;
	struct err err = { 0 };
	uint64_t began = clock_ms();

	while (task_breathe(&err) && clock_ms() - began < 60000)
		;
	b->cancelled = err.code == ERR_CANCELLED;
	b->done = true;
}

CASE(a_long_computation_lets_the_loop_turn)
{
	struct breather b = { 0 };
	struct loop *l = loop_new(NULL);

	assert_true(task_breathe(NULL)); /* outside of a task */
	b.timer = loop_timer_new(l, on_key, &b);
	loop_timer_set(b.timer, 1);
	b.task = task_start(l, computes, &b);
	loop_run_until(l, &b.done);
	assert_true(b.cancelled);
	loop_timer_free(b.timer);
	while (task_count(l))
		loop_turn(l, true);
	loop_free(l);
}

/* Nothing else is pending, neither a child nor a timer. */
static void work_long(void *ctx)
{
	struct long_work *w = ctx;
	struct err err;

	raise(SIGUSR1);
	while (w->rests < 100 && task_rest(&err))
		w->rests++;
	w->cancelled = w->rests < 100 && err.code == ERR_CANCELLED;
	w->done = true;
}

CASE(a_signal_comes_between_two_pieces_of_work)
{
	struct loop *l = loop_new(NULL);
	struct long_work w = { 0 };
	struct task *t = NULL;
	struct loop_signal *s = loop_signal_new(l, SIGUSR1, on_signal, &t);

	t = task_start(l, work_long, &w);
	loop_run_until(l, &w.done);
	assert_true(w.cancelled);
	loop_signal_free(s);
	while (task_count(l))
		loop_turn(l, true);
	loop_free(l);
}

CASE(cancelling_a_task_ends_its_child)
{
	const char *const argv[] = { "sleep", "1000", NULL };
	struct seen s = { .loop = loop_new(NULL), .argv = argv };
	struct task *t = task_start(s.loop, run_it, &s);
	struct loop_timer *timer = loop_timer_new(s.loop, cancel_now, t);

	loop_timer_set(timer, 20);
	loop_run_until(s.loop, &s.done);
	loop_timer_free(timer);
	finish(&s);
	assert_false(s.ok);
	assert_int_equal(s.err.code, ERR_CANCELLED);
	assert_true(s.r.cancelled);
	forget(&s);
}

static void count_down(void *ctx)
{
	struct seen *s = ctx;

	for (int i = 0; i < 3; i++)
		assert_true(task_sleep(s->loop, 1, NULL));
	s->order++;
}

static void count_turn(void *ctx)
{
	struct seen *s = ctx;

	s->order++;
}

static void doze(void *ctx)
{
	struct seen *s = ctx;

	for (int i = 0; i < 20; i++)
		assert_true(task_sleep(s->loop, 1, NULL));
	s->done = true;
}

CASE(a_sleep_costs_one_turn)
{
	struct seen s = { .loop = loop_new(NULL) };

	loop_before_sleep(s.loop, count_turn, &s);
	task_start(s.loop, doze, &s);
	loop_run_until(s.loop, &s.done);
	assert_in_range(s.order, 20, 24);
	finish(&s);
}

static void spin(void *ctx, unsigned events)
{
	struct seen *s = ctx;
	struct timespec from, now;

	clock_gettime(CLOCK_MONOTONIC, &from);
	do
		clock_gettime(CLOCK_MONOTONIC, &now);
	while ((now.tv_sec - from.tv_sec) * 1000 + (now.tv_nsec - from.tv_nsec) / 1000000 < 30);
	s->done = true;
}

struct reading {
	int fd;
	size_t read;
	bool done;
};

static void read_on(void *ctx, unsigned events)
{
	struct reading *r = ctx;
	char buf[3];
	ssize_t n = read(r->fd, buf, sizeof(buf));

	assert_int_equal(events, LOOP_READ);
	assert_true(n >= 0);
	r->read += (size_t)n;
	r->done = n == 0;
}

CASE(a_file_is_ready_until_it_is_read)
{
	struct loop *l = loop_new(NULL);
	char path[] = "/tmp/posedge-loop.XXXXXX";
	struct reading r = { .fd = mkstemp(path) };
	struct loop_fd *f;

	assert_int_equal(write(r.fd, "eight by", 8), 8);
	assert_int_equal(lseek(r.fd, 0, SEEK_SET), 0);
	f = loop_fd_new(l, r.fd, read_on, &r, NULL);
	assert_non_null(f);
	loop_fd_want(f, LOOP_READ);
	loop_run_until(l, &r.done);
	assert_int_equal(r.read, 8);
	loop_fd_want(f, 0);
	assert_false(loop_turn(l, false));
	loop_fd_free(f);
	loop_free(l);
	unlink(path);
	close(r.fd);
}

CASE(a_long_callback_is_logged)
{
	struct seen s = { .loop = loop_new(NULL), .out = STR_INIT };
	char path[] = "/tmp/posedge-loop.XXXXXX";
	int fd = mkstemp(path), ends[2];
	struct loop_fd *f;

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "x", 1), 1);
	assert_true(log_open(path, NULL));
	f = loop_fd_new(s.loop, ends[0], spin, &s, NULL);
	loop_fd_want(f, LOOP_READ);
	loop_run_until(s.loop, &s.done);
	loop_fd_free(f);
	loop_turn(s.loop, false);
	log_close();
	assert_true(file_read(path, 0, &s.out, NULL));
	assert_non_null(strstr(str_cstr(&s.out), "a turn took"));
	finish(&s);
	forget(&s);
	unlink(path);
	close(fd);
	close(ends[0]);
	close(ends[1]);
}

CASE(many_tasks_take_turns)
{
	struct seen s = { .loop = loop_new(NULL) };

	for (int i = 0; i < 200; i++)
		task_start(s.loop, count_down, &s);
	while (task_count(s.loop))
		loop_turn(s.loop, true);
	assert_int_equal(s.order, 200);
	loop_free(s.loop);
}

static void sleeps_twice(void *ctx)
{
	struct seen *s = ctx;
	uint64_t began;

	assert_true(task_sleep(s->loop, 1, NULL));
	began = clock_ms();
	task_wake(task_self());
	assert_true(task_sleep(s->loop, 30, NULL));
	assert_true(clock_ms() - began >= 29); /* whole milliseconds of two clocks */
}

CASE(a_wake_does_not_end_a_sleep)
{
	struct seen s = { .loop = loop_new(NULL) };

	task_start(s.loop, sleeps_twice, &s);
	while (task_count(s.loop))
		loop_turn(s.loop, true);
	loop_free(s.loop);
}

static void note_order(void *ctx)
{
	struct seen *s = ctx;

	s->order++;
	s->done = true;
}

static void start_another(void *ctx)
{
	struct seen *s = ctx;

	task_start(s->loop, note_order, s);
	assert_int_equal(s->order, 0);
}

static void fail_now(void *ctx)
{
	fail_msg("the loop slept while a task was ready");
}

CASE(the_loop_does_not_sleep_on_a_ready_task)
{
	struct seen s = { .loop = loop_new(NULL) };
	struct loop_timer *late = loop_timer_new(s.loop, fail_now, NULL);

	loop_timer_set(late, 20000);
	task_start(s.loop, start_another, &s);
	loop_run_until(s.loop, &s.done);
	assert_int_equal(s.order, 1);
	loop_timer_free(late);
	while (task_count(s.loop))
		loop_turn(s.loop, false);
	loop_free(s.loop);
}

static void set_done(void *ctx)
{
	*(bool *)ctx = true;
}

/* Work done in a turn before the loop would sleep: nobody waits for it. */
CASE(the_loop_does_not_sleep_when_what_it_runs_for_is_done)
{
	struct loop *l = loop_new(NULL);
	bool done = false;
	struct loop_timer *late = loop_timer_new(l, fail_now, NULL);

	loop_timer_set(late, 5000);
	task_start(l, set_done, &done);
	loop_run_until(l, &done);
	assert_true(done);
	loop_timer_free(late);
	loop_free(l);
}

static void on_synced(void *ctx, int error)
{
	struct seen *s = ctx;

	assert_int_equal(error, 0);
	s->done = true;
}

CASE(fsync_tells_when_it_is_done)
{
	struct seen s = { .loop = loop_new(NULL) };
	FILE *f = tmpfile();

	loop_fsync(s.loop, fileno(f), on_synced, &s);
	assert_false(s.done);
	loop_run_until(s.loop, &s.done);
	assert_true(s.done);
	fclose(f);
	loop_free(s.loop);
}

static void add_line(void *ctx, const char *line, size_t len)
{
	str_addf(ctx, "<%.*s>", (int)len, line);
}

CASE(lines_come_whole_from_any_slices)
{
	static const char text[] = "a\r\nbc\n\nrest";

	for (size_t cut = 0; cut <= sizeof(text) - 1; cut++) {
		struct line_split split = { .limit = 100 };
		struct str out = STR_INIT;

		line_split_feed(&split, text, cut, add_line, &out);
		line_split_feed(&split, text + cut, sizeof(text) - 1 - cut, add_line, &out);
		line_split_end(&split, add_line, &out);
		assert_string_equal(out.data, "<a><bc><><rest>");
		str_free(&out);
	}
}
