/* replay: prints the timeline when there is no screen; --rerun repeats it with
 * today's tools.
 */
#include "config.h"

#include "session/command/commands.h"

#include <stdlib.h>

#include "session/base/str.h"
#include "session/check/flow_rerun.h"
#include "session/journal/event.h"
#include "session/journal/journal.h"
#include "session/journal/moments.h"
#include "session/journal/timeline.h"
#include "session/workbench/workbench.h"

/* Longer pauses are cut to this. */
#define PAUSE_MS 2000

/* Length of the time at the start of a timeline's line. */
#define CLOCK_BYTES 8

struct telling {
	struct workbench *w;
	uint64_t last_ms, passed_ms;
};

static void tell(void *ctx, const struct event *e)
{
	struct telling *t = ctx;
	struct str line = STR_INIT;

	if (t->last_ms && e->t_ms > t->last_ms)
		t->passed_ms += e->t_ms - t->last_ms < PAUSE_MS ? e->t_ms - t->last_ms : PAUSE_MS;
	t->last_ms = e->t_ms;
	timeline_line(e, &line);
	if (line.len > CLOCK_BYTES)
		report_text(&t->w->out, "%4llu:%02llu.%llu%s\n",
			    (unsigned long long)(t->passed_ms / 60000),
			    (unsigned long long)(t->passed_ms / 1000 % 60),
			    (unsigned long long)(t->passed_ms / 100 % 10), line.data + CLOCK_BYTES);
	str_free(&line);
}

static bool tell_all(struct workbench *w, struct moments *m, struct err *err)
{
	struct telling t = { .w = w };

	return moments_count(m) == 0 || moments_events(m, 1, moments_count(m), tell, &t, err);
}

static void on_rerun(void *ctx, const struct rerun *r)
{
	struct workbench *w = ctx;

	report_text(&w->out, "event %llu: recorded %s, today %s\n", (unsigned long long)r->n,
		    r->recorded, r->today);
}

static bool rerun_all(struct cmd_call *c, struct moments *m, struct err *err)
{
	struct rerun_counts counts;
	struct str files = STR_INIT;
	bool ok = flow_rerun(c->w, m, on_rerun, c->w, &counts, err);

	if (!ok)
		goto out;
	if (counts.rerun + counts.left_out == 0)
		report_text(&c->w->out, "no lint and no simulation is recorded in this session\n");
	else
		report_text(&c->w->out, "%zu lints and simulations run again: %zu differ\n",
			    counts.rerun, counts.differ);
	if (counts.left_out)
		report_note(&c->w->out, "%zu could not be run again: %s", counts.left_out,
			    counts.why.text);
	for (size_t i = 0; i < counts.as_today.n; i++)
		str_addf(&files, "%s%s", i ? ", " : "", counts.as_today.v[i]);
	if (files.len)
		report_note(&c->w->out,
			    "changed since, and not in the session, so read as today: %s",
			    files.data);
	c->status = counts.differ ? CMD_FOUND : counts.left_out ? CMD_NO_VERDICT : CMD_FINE;
out:
	str_free(&files);
	rerun_counts_fini(&counts);
	return ok;
}

bool cmd_replay(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	char *id = workbench_which_session(w, c->argc ? c->argv[0] : NULL, err);
	struct moments *m = id ? moments_open(w->place.root, id, err) : NULL;
	const struct damage *d;
	bool ok = false;

	if (!m)
		goto out;
	ok = cmd_opt(c, "--rerun") ? rerun_all(c, m, err) : tell_all(w, m, err);
	d = moments_damage(m);
	if (ok && d->line) {
		report_note(&w->out, "the journal is damaged at line %llu, byte %llu: %s",
			    (unsigned long long)d->line, (unsigned long long)d->offset, d->why);
		c->status = c->status ? c->status : CMD_FOUND;
	}
out:
	moments_close(m);
	free(id);
	return ok;
}
