/* An earlier moment of the session on top of the live one: a second, read-only
 * workbench and a second screen on the same terminal. A command chosen there (rewind,
 * fork) is remembered, the past is closed, and only then the live screen runs the
 * command.
 */
#include "config.h"

#include "ui/time/past.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/journal/session.h"
#include "session/option/opt.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/time/playback.h"
#include "ui/turn/turn.h"

/* Has its own workbench: a read-only session and its own options. */
struct past {
	struct workbench w;
	struct replay *replay;
	struct ui *ui;
	struct str then; /* the chosen command; empty: none */
};

static void on_choice(void *ctx, const char *command, uint64_t n)
{
	struct past *l = ctx;

	str_clear(&l->then);
	str_addf(&l->then, "%s %llu", command, (unsigned long long)n);
	ui_leaving(l->ui)->quit = true;
}

static void close_past(struct ui *u)
{
	struct past *l = ui_links(u)->over.past;

	if (!l)
		return;
	ui_links(u)->over.past = NULL;
	ui_links(u)->over.ui = NULL;
	ui_changed(u);
	replay_free(l->replay);
	ui_free(l->ui);
	l->w.out = (struct report){ 0 };
	workbench_fini(&l->w);
	str_free(&l->then);
	free(l);
}

bool past_open(struct ui *u, uint64_t n, struct err *err)
{
	char *id = mem_strdup(session_id(ui_session(u))), *argv[] = { id, NULL };
	struct past *l = mem_zalloc(sizeof(*l));

	session_flush(ui_session(u));
	workbench_init(&l->w, ui_loop(u), ui_workbench(u)->place.root, ui_workbench(u)->ports);
	options_put(l->w.options, OPT(theme), ui_workbench(u)->options->theme, NULL);
	l->replay = replay_open(&l->w, argv, err);
	if (l->replay) {
		l->ui = ui_new(&l->w, l->w.session, ui_term(u), false);
		replay_show(l->replay, l->ui, n, on_choice, l);
		ui_links(u)->over.ui = l->ui;
		ui_links(u)->over.tick = past_tick;
		ui_links(u)->over.close = close_past;
		ui_links(u)->over.past = l;
	} else {
		workbench_fini(&l->w);
		free(l);
	}
	free(id);
	return ui_links(u)->over.ui != NULL;
}

void past_tick(struct ui *u)
{
	char *then;

	if (!ui_links(u)->over.past || !ui_leaving(ui_links(u)->over.ui)->quit)
		return;
	then = str_take(&ui_links(u)->over.past->then);
	close_past(u);
	if (then && *then)
		ui_run_line(u, then);
	free(then);
}
