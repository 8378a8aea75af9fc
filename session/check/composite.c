/* Texts of a design as they would be after a decision, as overlays: the proposal
 * under review as decided so far, together with the others of its answer, since
 * they usually only compile together.
 */
#include "config.h"

#include "session/check/composite.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/journal/proposal_group.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"

static void add(struct composite *c, const struct suggestion *s, enum composite_kind kind,
		const bool *only)
{
	struct str *out = &c->kept[c->n];
	size_t len;
	const char *base = suggestion_base(s, &len);

	if (only)
		suggestion_compose_set(s, only, out);
	else if (kind == COMPOSITE_REST)
		suggestion_compose_rest(s, out);
	else if (kind == COMPOSITE_HERE)
		suggestion_result(s, out);
	else
		str_add(out, base, len);
	strv_add(&c->paths, suggestion_path(s));
	c->v[c->n] = (struct overlay){ c->paths.v[c->n], { str_cstr(out), out->len } };
	c->n++;
}

void composite_init(struct composite *c, const struct state *st, uint64_t n,
		    enum composite_kind kind, const bool *only)
{
	const struct proposal *p = state_proposal(st, n);
	uint64_t *group;
	size_t members = proposals_of_answer(st, p, &group);

	*c = (struct composite){ mem_calloc(members + 1, sizeof(*c->v)),
				 mem_calloc(members + 1, sizeof(*c->kept)), STRV_INIT, 0 };
	add(c, p->s, kind, only);
	for (size_t i = 0; i < members; i++) {
		const struct suggestion *s = state_proposal(st, group[i])->s;

		if (group[i] != n && (kind != COMPOSITE_HERE || suggestion_in_place(s) ||
				      suggestion_count(s, DECISION_TAKEN)))
			add(c, s, kind, NULL);
	}
	free(group);
}

void composite_fini(struct composite *c)
{
	for (size_t i = 0; i < c->n; i++)
		str_free(&c->kept[i]);
	strv_free(&c->paths);
	free(c->kept);
	free(c->v);
	memset(c, 0, sizeof(*c));
}
