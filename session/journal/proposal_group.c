/* Which suggestions are reviewed and applied together: those of one answer, of one
 * import, or of one group, but only one per file. A second one for the same file
 * waits until the first is decided.
 */
#include "config.h"

#include "session/journal/proposal_group.h"

#include <string.h>

#include "session/base/mem.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"

/* True if x has to wait, because p or a member of the group is for the same file. */
static bool queues(const struct state *s, const struct proposal *p, const struct proposal *x,
		   const uint64_t *v, size_t n)
{
	const char *path = suggestion_path(x->s);

	if (x == p)
		return false;
	for (size_t i = 0; i < n; i++)
		if (strcmp(suggestion_path(state_proposal(s, v[i])->s), path) == 0)
			return true;
	return strcmp(suggestion_path(p->s), path) == 0;
}

size_t proposals_of_answer(const struct state *s, const struct proposal *p, uint64_t **v)
{
	size_t n = 0;

	*v = mem_calloc(s->n_proposals + 1, sizeof(**v));
	for (size_t i = 0; i < s->n_proposals; i++) {
		const struct proposal *x = s->proposals[i];

		if (x->state == PROPOSAL_OPEN && x->ask == p->ask &&
		    (p->ask || x->group == p->group) && strcmp(x->by, p->by) == 0 &&
		    !queues(s, p, x, *v, n))
			(*v)[n++] = x->n;
	}
	return n;
}
