/* Starts a sandbox early. Setting one up takes some milliseconds, so it is started
 * while the design is still being staged, as a launcher that waits for its job or a shell
 * that waits for one line and then reads the script. If it has ended or printed anything
 * before that, it is not used.
 */
#include "config.h"

#include "sim/engine/standby.h"

#include <string.h>

#include "session/base/task.h"
#include "sim/engine/engine.h"
#include "sim/sandbox/sandbox.h"
#include "sim/stage/stage.h"

#define GO "go\n"

static void on_out(void *ctx, int stream, const char *data, size_t len)
{
	struct standby *s = ctx;

	if (s->to)
		s->to->out(s->to->ctx, stream, data, len);
	else
		str_add(&s->early, data, len);
}

static void on_done(void *ctx, const struct child_result *r)
{
	struct standby *s = ctx;

	s->child = NULL;
	if (s->to)
		s->to->done(s->to->ctx, r);
	else if (s->waits)
		task_wake(s->waits);
}

void standby_start(struct standby *s, const struct engine_job *j, const struct sandbox_spec *spec,
		   const struct child_spec *how)
{
	static const char *const argv[] = { "sh", "-c", "read -r go && . " STAGE_UP "/run.sh",
					    NULL };
	const struct child_events ev = { .out = on_out, .done = on_done, .ctx = s };
	struct child_spec child = *how;
	struct sandbox_start start;

	sandbox_wrap(j->box, spec, argv, &start);
	sandbox_start_into(&start, &child);
	s->takes_job = start.takes_job;
	child.wall_ms = 0;
	s->child = child_start(j->loop, &child, &ev, NULL);
	sandbox_start_fini(&start);
}

struct child *standby_take(struct standby *s, const struct str *job, const struct child_events *ev)
{
	struct child *child = s->child;
	const char *word = s->takes_job ? job->data : GO;

	if (!child || s->to || s->early.len ||
	    !child_say(child, word, s->takes_job ? job->len : strlen(GO)))
		return NULL;
	s->taken = *ev;
	s->to = &s->taken;
	return child;
}

void standby_end(struct standby *s)
{
	if (s->child) {
		s->to = NULL;
		s->waits = task_self();
		child_cancel(s->child);
	}
	while (s->child)
		task_wait_uncancelled();
	str_free(&s->early);
}
