/* here.h - the best sandbox of this machine. Include after tests/lib/test.h. */
#ifndef POSEDGE_TEST_HERE_H
#define POSEDGE_TEST_HERE_H

#include "session/base/loop.h"
#include "session/base/task.h"
#include "sim/sandbox/sandbox.h"

struct probe {
	struct loop *loop;
	struct sandbox box;
	bool done;
};

static void probe(void *ctx)
{
	struct probe *p = ctx;

	p->box = sandbox_probe(p->loop);
	p->done = true;
}

static inline struct sandbox best_here(void)
{
	struct probe p = { .loop = loop_new(NULL) };

	task_start(p.loop, probe, &p);
	loop_run_until(p.loop, &p.done);
	while (task_count(p.loop))
		loop_turn(p.loop, false);
	loop_free(p.loop);
	return p.box;
}

#endif
