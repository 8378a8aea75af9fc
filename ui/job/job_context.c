/* Computes what the next question would send, in the background because it may have
 * to read the project first. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_named.h"
#include "session/ask/ask_view.h"
#include "session/ask/flow_ask.h"
#include "session/turn/turn_mode.h"
#include "ui/job/attach.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_context.h"
#include "ui/screen/ui_jobs.h"

/* Index of the entry that was at `at`, in the new list; the same index if it is
 * gone. */
static size_t find_again(const struct entries *now, const struct entries *before, size_t at)
{
	const struct prompt_entry *e = at < before->n ? &before->v[at] : NULL;

	for (size_t i = 0; e && i < now->n; i++)
		if (now->v[i].kind == e->kind && strcmp(now->v[i].name, e->name) == 0)
			return i;
	return at < now->n ? at : now->n ? now->n - 1 : 0;
}

static void put(struct ui *u, struct ask_view *v)
{
	struct ui_context *c = ui_context(u);

	c->chosen = find_again(&v->entries, &c->view.entries, c->chosen);
	ask_view_fini(&c->view);
	c->view = *v;
	memset(v, 0, sizeof(*v));
	ui_changed(u);
}

/* Computes the view for the question as typed so far. */
static bool look_ahead(struct ui *u, struct ask_view *v, struct err *err)
{
	char *question = str_fmt("%s", str_cstr(&ui_chat(u)->question.text));
	struct ask_request r = { .question = question };
	struct turn_offer offer = { 0 };
	struct ask_named a = { 0 };
	bool ok =
		ui_read_project(u, false, err) &&
		attach_named(ui_workbench(u), question, str_cstr(&ui_jobs(u)->sim_cycles), &a, err);

	r.pieces = a.v;
	r.n_pieces = a.n;
	ok = ok && turn_offer_next(ui_workbench(u), NULL, false, &offer, &r.offer, err) &&
	     ask_view_next(ui_workbench(u), &r, v, err);
	ask_named_fini(&a);
	turn_offer_fini(&offer);
	free(question);
	return ok;
}

static void look(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct ask_view v = { 0 };
	struct err err;
	bool ok = false;

	do {
		j->again = false;
		ok = ui_context(u)->last ? ask_view_last(ui_workbench(u), &v, &err)
					 : look_ahead(u, &v, &err);
		if (ok)
			put(u, &v);
	} while (ok && j->again);
	job_end(j, ok, &err);
}

bool ui_update_context(struct ui *u, struct err *err)
{
	return job_begin_again(&ui_jobs(u)->job[JOB_CONTEXT], look, err);
}
