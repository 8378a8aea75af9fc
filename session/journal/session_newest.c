#include "config.h"

#include "session/journal/session_newest.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/event.h"
#include "session/journal/journal.h"
#include "session/journal/session.h"

struct look {
	char *neighbour; /* NULL: it runs beside none */
	bool worked;	 /* something to come back to was recorded */
};

/* Stops reading when the answer is known. */
static bool look_at(void *ctx, const struct event *e, struct err *err)
{
	struct look *l = ctx;

	if (e->type == EVENT_START && e->start.neighbour && e->start.neighbour[0]) {
		free(l->neighbour);
		l->neighbour = mem_strdup(e->start.neighbour);
	}
	l->worked = e->type == EVENT_EDIT || e->type == EVENT_ASK || e->type == EVENT_SUGGEST;
	return (l->neighbour && !l->worked) || err_set(err, ERR_CANCELLED, "known");
}

/* The session that id ran beside, if id has nothing to come back to; the caller frees. */
static char *ran_beside(const char *root, const char *id)
{
	char *dir = str_fmt("%s/.posedge/sessions/%s", root, id);
	struct journal_start reached = { 0 };
	struct look l = { 0 };
	struct damage damage = { 0 };
	struct err err = { 0 };
	bool whole = journal_read(dir, NULL, look_at, &l, &reached, &damage, &err);

	free(dir);
	if (whole && l.neighbour)
		return l.neighbour;
	free(l.neighbour);
	return NULL;
}

static bool is_open(const char *root, const char *id)
{
	char *dir = str_fmt("%s/.posedge/sessions/%s", root, id);
	bool open = journal_holder(dir) != 0;

	free(dir);
	return open;
}

size_t session_newest_of(const char *root, const struct strv *ids)
{
	size_t i = ids->n;

	while (i > 0 && !session_is_mine(root, ids->v[i - 1], NULL))
		i--;
	if (i-- == 0)
		return ids->n;
	/* A neighbour is older, so this ends. */
	for (size_t at = i; at > 0;) {
		char *beside = ran_beside(root, ids->v[at]);
		size_t k = 0;

		while (k < at && beside && strcmp(ids->v[k], beside) != 0)
			k++;
		if (!beside || k == at || !session_is_mine(root, beside, NULL)) {
			free(beside);
			return i;
		}
		free(beside);
		at = k;
		if (!is_open(root, ids->v[at]))
			i = at;
	}
	return i;
}

char *session_newest(const char *root)
{
	struct strv ids = STRV_INIT;
	char *id = NULL;
	size_t i;

	session_list(root, &ids);
	i = session_newest_of(root, &ids);
	if (ids.n)
		id = mem_strdup(ids.v[i < ids.n ? i : ids.n - 1]);
	strv_free(&ids);
	return id;
}
