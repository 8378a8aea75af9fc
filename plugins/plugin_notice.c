/* Findings and runs that a plugin is told of, in posedge's thread: while a thread is
 * inside they wait, so that its code is never run twice at a time. */
#include "config.h"

#include <stdlib.h>

#include "plugins/plugin_call.h"

static void end_notice(struct notice *n)
{
	for (size_t i = 0; i < sizeof(n->text) / sizeof(*n->text); i++)
		free(n->text[i]);
	free(n);
}

static void tell(const struct loaded *l, struct notice *n)
{
	if (n->is_run)
		l->plugin->ran(l->state, &n->run);
	else
		l->plugin->finding(l->state, &n->finding);
	end_notice(n);
}

static struct notice *first(struct loaded *l)
{
	struct notice *n = l->notices;

	l->notices = n->next;
	l->n_notices--;
	return n;
}

void notices_tell(struct loaded *l)
{
	while (l->notices)
		tell(l, first(l));
}

void notices_drop(struct loaded *l)
{
	while (l->notices)
		end_notice(first(l));
}

void notice_give(struct loaded *l, struct notice *n)
{
	if (!l->inside) {
		tell(l, n);
	} else if (l->n_notices == CALL_NOTICES) {
		end_notice(n);
	} else {
		if (l->notices)
			l->last_notice->next = n;
		else
			l->notices = n;
		l->last_notice = n;
		l->n_notices++;
	}
}
