/* Sandbox limits that the kernel does not enforce, measured every PAUSE_MS in a task.
 * server_watch_end() waits for a running measurement: in a task with the queue,
 * otherwise by turning the loop.
 */
#include "config.h"

#include "session/servers/server_watch.h"

#include <stdlib.h>

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/peer.h"
#include "session/base/task.h"

#define PAUSE_MS 500 /* short enough to catch growing memory, long enough to be cheap */

struct server_watch {
	struct loop *loop;
	const struct confine_ops *ops;
	struct confine_limits limits;
	char *folder;
	struct peer *peer;
	struct loop_timer *timer;
	bool looks; /* a task is measuring */
	bool ends;
	struct task_queue idle;
};

static void look(void *ctx)
{
	struct server_watch *w = ctx;
	struct err found = { 0 };
	int pid = peer_pid(w->peer);

	if (pid && w->ops->over(w->loop, w->folder, pid, &w->limits, &found) && !w->ends)
		peer_fail(w->peer, found.code, found.text);
	else if (pid && !w->ends)
		loop_timer_set(w->timer, PAUSE_MS);
	w->looks = false;
	task_queue_wake(&w->idle);
}

static void on_pause_over(void *ctx)
{
	struct server_watch *w = ctx;

	w->looks = true;
	task_name(task_start(w->loop, look, w), "look at a server");
}

struct server_watch *server_watch_new(struct loop *l, const struct confine_ops *ops,
				      const char *folder, const struct confine_limits *limits,
				      struct peer *p)
{
	struct server_watch *w;

	if (!ops->over)
		return NULL;
	w = mem_zalloc(sizeof(*w));
	*w = (struct server_watch){
		.loop = l, .ops = ops, .limits = *limits, .folder = mem_strdup(folder), .peer = p
	};
	w->timer = loop_timer_new(l, on_pause_over, w);
	loop_timer_set(w->timer, PAUSE_MS);
	return w;
}

void server_watch_end(struct server_watch *w)
{
	if (!w)
		return;
	w->ends = true;
	loop_timer_stop(w->timer);
	while (w->looks && task_self())
		task_queue_wait(&w->idle);
	while (w->looks)
		loop_turn(w->loop, true);
	loop_timer_free(w->timer);
	free(w->folder);
	free(w);
}
