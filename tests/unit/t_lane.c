/* One sandbox for several jobs: sim/engine/lane.h. The tool is a shell. */
#include "config.h"

#include "tests/lib/case.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/tool/simulator.h"
#include "sim/engine/lane.h"
#include "sim/stage/stage.h"
#include "tests/lib/tool.h"

struct rig {
	struct loop *loop;
	char *root;
	void (*fn)(struct rig *r);
	bool yields, bare; /* bare: without any sandbox */
	unsigned idle_ms;
	struct lane *lane;
	struct stage stage;
	struct child_result result;
	struct str said;
	struct err err;
	bool done;
};

static void in_task(void *ctx)
{
	struct rig *r = ctx;
	const struct lane_limits limits = { r->yields, 1ull << 30, 1u << 20,  10,
					    64,	       100000,	   r->idle_ms };

	r->lane = lane_open(r->loop,
			    r->bare ? (struct sandbox){ SANDBOX_NONE, 0 } : sandbox_probe(r->loop),
			    &limits, NULL);
	assert_non_null(r->lane);
	r->fn(r);
	lane_close(r->lane);
	r->done = true;
}

static void run_rig(struct rig *r)
{
	r->loop = loop_new(NULL);
	r->root = tool_folder();
	task_start(r->loop, in_task, r);
	loop_run_until(r->loop, &r->done);
	while (task_count(r->loop))
		loop_turn(r->loop, true);
	str_free(&r->said);
	loop_free(r->loop);
	tool_folder_remove(r->root);
}

static void with_rig(void (*fn)(struct rig *r), bool yields, bool bare)
{
	struct rig r = { .fn = fn, .yields = yields, .bare = bare };

	run_rig(&r);
}

static void with_lane(void (*fn)(struct rig *r))
{
	with_rig(fn, false, false);
}

/* With and without bubblewrap. */
static void both(void (*fn)(struct rig *r))
{
	with_lane(fn);
	setenv("POSEDGE_BWRAP", "/nonexistent", 1);
	with_lane(fn);
	unsetenv("POSEDGE_BWRAP");
}

/* A stage with one source, a.v, and in it what sh makes of text. */
static bool limited_job(struct rig *r, const char *text, uint64_t cpu_s, uint64_t wall_ms)
{
	const struct source source = { .path = "a.v", .text = "module a; endmodule\n", .len = 20 };
	const struct sim_job j = { .root = r->root, .sources = &source, .n = 1 };
	struct strv argv = STRV_INIT;
	bool ok;

	strv_add(&argv, "sh");
	strv_add(&argv, "-c");
	strv_add(&argv, text);
	str_clear(&r->said);
	/* fails only if the task is cancelled before the job begins */
	ok = stage_init(&r->stage, &j, lane_dir(r->lane), &r->err);
	if (ok) {
		ok = lane_run(r->lane, &r->stage, &argv, cpu_s, wall_ms, &r->said, &r->result,
			      &r->err);
		stage_fini(&r->stage);
	} else {
		assert_int_equal(r->err.code, ERR_CANCELLED);
	}
	strv_free(&argv);
	return ok;
}

static bool job(struct rig *r, const char *text, uint64_t wall_ms)
{
	return limited_job(r, text, 0, wall_ms);
}

static void assert_says(struct rig *r, const char *text, const char *said, int status)
{
	if (!job(r, text, 20000))
		fail_msg("%s", r->err.text);
	assert_string_equal(str_cstr(&r->said), said);
	assert_int_equal(r->result.status, status);
}

static void in_turn(struct rig *r)
{
	assert_says(r, "cat a.v; echo 'one more' >&2", "module a; endmodule\none more\n", 0);
	assert_says(r, "printf 'no end'; exit 3", "no end", 3);
	assert_says(r, "exit 0", "", 0);
	/* It has no stdin, so it cannot take the next job's line. */
	assert_says(r, "cat; ls", "a.v\n", 0);
	assert_says(r, "'it'\"'s\" 2>/dev/null; echo \"$?\"", "127\n", 0);
}

CASE(each_job_ends_with_its_status)
{
	both(in_turn);
}

static void one_sandbox(struct rig *r)
{
	char *first;

	/* The shell that reads the jobs is the parent of each. */
	assert_true(job(r, "echo $PPID", 20000));
	first = mem_strdup(str_cstr(&r->said));
	assert_true(job(r, "echo $PPID", 20000));
	assert_string_equal(str_cstr(&r->said), first);
	free(first);
}

CASE(jobs_share_a_sandbox)
{
	both(one_sandbox);
}

static void large(struct rig *r)
{
	struct str all = STR_INIT;

	for (int i = 1; i <= 9000; i++)
		str_addf(&all, "line %d\n", i);
	assert_says(r, "i=1; while [ $i -le 9000 ]; do echo line $i; i=$((i+1)); done",
		    str_cstr(&all), 0);
	str_free(&all);
}

CASE(pieces_are_joined)
{
	both(large);
}

static void over_limits(struct rig *r)
{
	assert_true(job(r, "echo before; sleep 100", 300));
	assert_true(r->result.timed_out);
	assert_string_equal(str_cstr(&r->said), "before\n");
	/* The next job runs in a new lane. */
	assert_says(r, "echo next", "next\n", 0);
	assert_true(job(r, "while :; do echo 0123456789abcdef; done", 20000));
	assert_true(r->result.flooded);
	assert_says(r, "echo next", "next\n", 0);
	assert_says(r, "kill -9 $$", "", 128 + 9);
	assert_says(r, "echo next", "next\n", 0);
}

CASE(a_job_over_its_limit_ends_alone)
{
	both(over_limits);
}

/* By its own use: the wall-clock limit is far away, and another tool starts with none
 * used. */
static void computes(struct rig *r)
{
	assert_true(limited_job(r, "echo before; while :; do :; done", 1, 300000));
	assert_int_equal(r->result.status, 128 + SIGXCPU);
	assert_false(r->result.timed_out);
	assert_string_equal(str_cstr(&r->said), "before\n");
	if (!r->bare)
		assert_says(r, "ulimit -S -t", "10\n", 0);
}

CASE(a_job_that_computes_too_long_ends_alone)
{
	both(computes);
	with_rig(computes, false, true);
}

/* What the kernel reports about the lane's session; read twice, since other users than
 * root must wait 0.1 s in between. */
static void priority(struct rig *r)
{
	const char *want = r->yields ? "nice 10\n" : "nice 0\n";
	bool ok = false;

	for (int i = 0; i < 2000 && !ok; i++) {
		assert_true(job(r, "cat /proc/self/autogroup 2>/dev/null || echo none", 20000));
		ok = strstr(str_cstr(&r->said), want) || str_starts(str_cstr(&r->said), "none");
	}
	if (!ok)
		fail_msg("%s", str_cstr(&r->said));
}

CASE(a_lane_that_yields_does_so_among_sessions)
{
	both(priority);
	with_rig(priority, true, false);
}

static void writes(struct rig *r)
{
	if (sandbox_probe(r->loop).level > SANDBOX_NO_PROC)
		return; /* there is nothing that could keep it from that */
	assert_says(r, "{ echo x >b.v; } 2>/dev/null || echo refused", "refused\n", 0);
	assert_says(r, "ls ..", "m\n", 0);
}

CASE(no_job_can_write)
{
	with_lane(writes);
}

static bool has_child(void)
{
	FILE *f = fopen("/proc/thread-self/children", "r");
	int pid, n = f ? fscanf(f, "%d", &pid) : 1;

	if (f)
		fclose(f);
	return n == 1;
}

/* After so short a time that it ends in the middle of everything. */
static void idle(struct rig *r)
{
	bool there = true;

	for (unsigned i = 0; i < 40; i++) {
		assert_says(r, "sleep 0.01; echo next", "next\n", 0);
		assert_true(task_sleep(r->loop, i % 4, NULL));
	}
	for (int ms = 0; ms < 20000 && (there = has_child()); ms++)
		assert_true(task_sleep(r->loop, 1, NULL));
	assert_false(there);
	assert_says(r, "echo again", "again\n", 0);
}

CASE(an_idle_sandbox_ends_and_the_next_job_starts_one)
{
	for (int bare = 0; bare < 2; bare++) {
		struct rig r = { .fn = idle, .bare = bare, .idle_ms = 1 };

		run_rig(&r);
	}
}

/* As after a lint that was cancelled before its job: the sandbox is started without one. */
static void idle_and_ready(struct rig *r)
{
	for (int ms = 0; ms < 20000 && has_child(); ms++)
		assert_true(task_sleep(r->loop, 1, NULL));
	assert_false(has_child());
	lane_ready(r->lane);
	assert_says(r, "echo again", "again\n", 0);
}

CASE(a_sandbox_started_after_an_idle_one_takes_jobs)
{
	struct rig r = { .fn = idle_and_ready, .bare = true, .idle_ms = 200 };

	run_rig(&r);
}

static void cancel_it(void *ctx)
{
	task_cancel(*(struct task **)ctx);
}

static void cancelled(struct rig *r)
{
	struct task *self = task_self();

	task_start(r->loop, cancel_it, &self);
	assert_false(job(r, "sleep 100", 0));
	assert_int_equal(r->err.code, ERR_CANCELLED);
}

CASE(cancelling_the_task_ends_the_job)
{
	both(cancelled);
}
