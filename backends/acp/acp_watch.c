/* Limits that the kernel cannot enforce for a whole sandbox (disk space, number of
 * files, total memory of all processes) are checked every PAUSE_MS instead. Measuring
 * walks a folder, so it runs on the loop's thread pool; the timer is set again only
 * when a result is back. If acp_watch_end() is called meanwhile, the struct lives until
 * the pool is done with it.
 */
#include "config.h"

#include "backends/acp/acp_watch.h"

#include <stdlib.h>

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/peer.h"

#define PAUSE_MS 500 /* often enough to protect a disk, rare enough to cost nothing */

struct acp_watch {
	struct loop *loop;
	const struct confine_ops *ops;
	const struct confine_limits *limits;
	char *folder;
	struct peer *peer; /* NULL: ended */
	struct loop_timer *timer;
	int pid;
	struct err found;
	bool measuring; /* in use by the pool */
};

static void let_go(struct acp_watch *w)
{
	loop_timer_free(w->timer);
	free(w->folder);
	free(w);
}

static void measure(void *ctx)
{
	struct acp_watch *w = ctx;

	w->found = (struct err){ 0 };
	w->ops->measure(w->folder, w->pid, w->limits, &w->found);
}

static void measured(void *ctx)
{
	struct acp_watch *w = ctx;

	w->measuring = false;
	if (!w->peer)
		let_go(w);
	else if (w->found.code != ERR_NONE)
		peer_fail(w->peer, w->found.code, w->found.text);
	else
		loop_timer_set(w->timer, PAUSE_MS);
}

static void on_pause_over(void *ctx)
{
	struct acp_watch *w = ctx;

	w->pid = peer_pid(w->peer);
	if (w->pid == 0)
		return;
	w->measuring = true;
	loop_work(w->loop, measure, measured, w);
}

struct acp_watch *acp_watch_new(struct loop *l, const struct confine_ops *ops, const char *folder,
				const struct confine_limits *limits, struct peer *p)
{
	struct acp_watch *w = mem_zalloc(sizeof(*w));

	w->loop = l;
	w->ops = ops;
	w->limits = limits;
	w->folder = mem_strdup(folder);
	w->peer = p;
	w->timer = loop_timer_new(l, on_pause_over, w);
	loop_timer_set(w->timer, PAUSE_MS);
	return w;
}

void acp_watch_end(struct acp_watch *w)
{
	if (!w)
		return;
	loop_timer_stop(w->timer);
	w->peer = NULL;
	if (!w->measuring)
		let_go(w);
}
