#include "config.h"

#include "session/journal/moved.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/text/text.h"

static bool comes(const struct doc *d, uint32_t node)
{
	return doc_suggestion(d, node) && strstr(d->nodes[node].by, DOC_MOVED) != NULL;
}

static bool goes(const struct doc *d, uint32_t node)
{
	return doc_suggestion(d, node) && str_ends(d->nodes[node].by, DOC_GONE);
}

/* Whether node made the file: there was none before. */
static bool makes(const struct state *st, const struct doc *d, uint32_t node)
{
	const struct proposal *p = comes(d, node) ? NULL : state_proposal(st, doc_suggestion(d, node));

	return comes(d, node) || (p && suggestion_is_new_file(p->s) && !suggestion_in_place(p->s));
}

bool moved_gone(const struct doc *d)
{
	return goes(d, d->current);
}

bool moved_no_file(const struct state *st, const struct doc *d)
{
	if (moved_gone(d))
		return true;
	if (!d->text || text_len(d->text) > 0)
		return false;
	for (uint32_t i = d->current + 1; i < d->n_nodes; i++)
		if (d->nodes[i].parent == d->current && makes(st, d, i))
			return true;
	return false;
}

uint32_t moved_node(const struct doc *d, uint64_t suggestion)
{
	for (uint32_t i = d->n_nodes; i-- > 1;)
		if (doc_suggestion(d, i) == suggestion && (comes(d, i) || goes(d, i)))
			return i;
	return 0;
}

struct doc *moved_partner(const struct state *st, const struct doc *d, uint32_t node)
{
	const struct proposal *p = comes(d, node) || goes(d, node) ? state_proposal(st, doc_suggestion(d, node)) : NULL;
	const char *to = p ? suggestion_moves(p->s) : NULL;
	struct doc *other = to ? state_doc(st, strcmp(to, d->path) == 0 ? suggestion_path(p->s) : to) : NULL;

	return other && other != d && moved_node(other, p->n) ? other : NULL;
}
