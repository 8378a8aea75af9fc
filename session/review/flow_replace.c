/* A later answer to the same request replaces an open suggestion and keeps its
 * decisions. Units are matched in order by kind and text, each after the previous
 * match; a unit without a match is undecided. Lines that the user rewrote are kept
 * by the same rule. The old suggestion is closed with the reason.
 *
 * Requests are the same if their chains of follow-ups begin with the same question
 * (first_of).
 */
#include "config.h"

#include "session/review/flow_replace.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/review/flow_decide.h"
#include "session/text/diff.h"

struct sides {
	const struct suggestion *s;
	struct lines a, b;
};

static void sides_init(struct sides *x, const struct suggestion *s)
{
	size_t len;
	const char *text = suggestion_base(s, &len);

	x->s = s;
	lines_init(&x->a, text, len);
	text = suggestion_proposed(s, &len);
	lines_init(&x->b, text, len);
}

static void sides_fini(struct sides *x)
{
	lines_fini(&x->a);
	lines_fini(&x->b);
}

static bool same_line(const struct lines *a, size_t i, const struct lines *b, size_t k)
{
	size_t la, lb;
	const char *x = lines_at(a, i, &la), *y = lines_at(b, k, &lb);

	return la == lb && memcmp(x, y, la) == 0;
}

static bool same_unit(const struct sides *x, const struct unit *u, const struct sides *y,
		      const struct unit *v)
{
	if (u->kind == UNIT_MOVED || v->kind == UNIT_MOVED)
		return u->kind == v->kind &&
		       strcmp(suggestion_moves(x->s), suggestion_moves(y->s)) == 0;
	return u->kind == v->kind &&
	       (u->kind == UNIT_ADDED || same_line(&x->a, u->base_line, &y->a, v->base_line)) &&
	       (u->kind == UNIT_REMOVED || same_line(&x->b, u->new_line, &y->b, v->new_line));
}

/* Units are in order on both sides, so each search starts after the last match. */
bool flow_keep_decisions(struct session *s, const struct suggestion *old, uint64_t n,
			 struct err *err)
{
	const struct proposal *fresh = state_proposal(session_state(s), n);
	struct sides x, y;
	size_t from = 0;
	bool ok = true;

	sides_init(&x, old);
	sides_init(&y, fresh->s);
	for (size_t i = 0; ok && i < suggestion_units(fresh->s); i++) {
		size_t k = from;

		while (k < suggestion_units(old) &&
		       !same_unit(&x, suggestion_unit(old, k), &y, suggestion_unit(fresh->s, i)))
			k++;
		if (k == suggestion_units(old))
			continue;
		from = k + 1;
		if (suggestion_unit(old, k)->decision != DECISION_OPEN)
			ok = flow_decide(s, fresh->n, i, i, suggestion_unit(old, k)->decision, err);
	}
	sides_fini(&x);
	sides_fini(&y);
	return ok;
}

bool flow_keep_amended(struct session *s, const struct strv *lines, uint64_t fresh, struct err *err)
{
	bool ok = true;

	for (size_t i = 0;
	     ok && lines->n && i < suggestion_units(state_proposal(session_state(s), fresh)->s);
	     i++) {
		const struct suggestion *x = state_proposal(session_state(s), fresh)->s;
		enum unit_kind kind = suggestion_unit(x, i)->kind;
		size_t len;
		const char *line = suggestion_line(x, i, &len);
		char *copy = mem_strndup(line, len);

		if (kind != UNIT_REMOVED && kind != UNIT_MOVED && strv_has(lines, copy))
			ok = flow_amend(s, fresh, i, copy, len, err);
		free(copy);
	}
	return ok;
}

bool flow_close(struct session *s, uint64_t old, const char *why, struct err *err)
{
	struct event e = { .type = EVENT_APPLY };

	e.apply.suggestion = old;
	e.apply.open = suggestion_units(state_proposal(session_state(s), old)->s);
	e.apply.how = why;
	return session_record(s, &e, NULL, err);
}

bool flow_replace(struct session *s, uint64_t old, uint64_t fresh, const char *why, struct err *err)
{
	const struct state *st = session_state(s);

	return flow_keep_decisions(s, state_proposal(st, old)->s, fresh, err) &&
	       flow_keep_amended(s, &state_proposal(st, old)->amended, fresh, err) &&
	       flow_close(s, old, why, err);
}

/* The first question of a chain of follow-ups. The loop ends because a followed
 * question is older. */
static uint64_t first_of(const struct state *st, uint64_t n)
{
	for (;;) {
		const struct exchange *x = state_exchange(st, n);

		if (!x || x->follows == 0 || x->follows >= n)
			return n;
		n = x->follows;
	}
}

bool flow_replace_earlier(struct session *s, uint64_t fresh, struct err *err)
{
	const struct state *st = session_state(s);
	const struct proposal *p = state_proposal(st, fresh);

	if (suggestion_incomplete(p->s))
		return true;
	for (size_t i = 0; i < st->n_proposals; i++) {
		const struct proposal *old = st->proposals[i];

		if (old->state != PROPOSAL_OPEN || old->ask == 0 || old->ask == p->ask ||
		    old->amended.n || strcmp(suggestion_path(old->s), suggestion_path(p->s)) != 0 ||
		    first_of(st, p->ask) != first_of(st, old->ask))
			continue;
		if (!flow_replace(s, old->n, fresh, FLOW_REPLACED, err))
			return false;
	}
	return true;
}
