/* Notifies plugins of findings and runs. Events occur in the middle of other work, so a
 * task delivers them, as a call like any other: a plugin that does not return is
 * abandoned and delays nobody. All queued events are delivered in one call. */
#include "config.h"

#include <stdlib.h>

#include "plugins/plugin_call.h"
#include "session/base/task.h"
#include "session/workbench/workbench.h"

static void end_notices(void *first)
{
	for (struct notice *n = first, *next; n; n = next) {
		next = n->next;
		for (size_t i = 0; i < sizeof(n->text) / sizeof(*n->text); i++)
			free(n->text[i]);
		free(n);
	}
}

static bool tell_on_thread(struct call *c)
{
	const struct loaded *l = c->l;

	for (const struct notice *n = c->arg; n && !call_cancelled(c); n = n->next)
		if (n->is_run)
			l->plugin->ran(l->state, &n->run);
		else
			l->plugin->finding(l->state, &n->finding);
	return true;
}

static bool to_person(struct call *c, const char *text, struct err *err)
{
	report_text(&c->l->w->out, "%s", text);
	return true;
}

static struct notice *take_all(struct loaded *l)
{
	struct notice *n = l->notices;

	l->notices = NULL;
	l->n_notices = 0;
	return n;
}

void notices_drop(struct loaded *l)
{
	end_notices(take_all(l));
}

static void tell(void *ctx)
{
	struct loaded *l = ctx;
	struct err err;

	while (l->notices && !call_lost(l)) {
		struct call *c = call_new(l, tell_on_thread, take_all(l), end_notices);

		c->print = to_person;
		c->brief = true;
		if (!call_run(c, &err))
			report_note(&l->w->out, "%s", err.text);
		call_end(c);
	}
	notices_drop(l);
	l->telling = NULL;
	call_wake(l);
}

void notice_give(struct loaded *l, struct notice *n)
{
	if (call_lost(l) || l->n_notices == CALL_NOTICES) {
		end_notices(n);
		return;
	}
	if (l->notices)
		l->last_notice->next = n;
	else
		l->notices = n;
	l->last_notice = n;
	l->n_notices++;
	if (!l->telling)
		l->telling = task_start(l->w->loop, tell, l);
}
