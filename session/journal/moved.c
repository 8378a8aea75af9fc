/* Renames in undo trees. A rename ends one document and begins another: a node
 * DOC_GONE in the first, a node DOC_CAME in the second, each naming the other.
 * Undoing one has to undo both, so the partner is looked up and checked in both
 * directions; a document that was closed and opened again has another tree, in
 * which the same number may be any node.
 */
#include "config.h"

#include "session/journal/moved.h"

#include <string.h>

#include "session/journal/doc.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/text/text.h"

static bool comes(const struct doc *d, uint32_t node)
{
	return d->nodes[node].kind == DOC_CAME;
}

static bool goes(const struct doc *d, uint32_t node)
{
	return d->nodes[node].kind == DOC_GONE;
}

/* True if node made the file: it did not exist before. */
static bool makes(const struct state *st, const struct doc *d, uint32_t node)
{
	const struct proposal *p =
		comes(d, node) ? NULL : state_proposal(st, doc_suggestion(d, node));

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

/* If the other document was opened anew since, it has another tree; its node with
 * that number, if any, does not refer back to this one. */
struct doc *moved_partner(const struct state *st, const struct doc *d, uint32_t node,
			  uint32_t *there)
{
	const struct doc_move *m = doc_move(d, node), *back;
	struct doc *other = m ? state_doc(st, m->path) : NULL;

	if (!other || m->node >= other->n_nodes)
		return NULL;
	back = doc_move(other, m->node);
	if (!back || back->node != node || strcmp(back->path, d->path) != 0)
		return NULL;
	if (there)
		*there = m->node;
	return other;
}
