/* Records decisions as events for ranges of units: taking a screenful adds one line
 * to the journal, not forty.
 */
#include "config.h"

#include "session/review/flow_decide.h"

#include "session/journal/session.h"
#include "session/journal/state.h"

bool flow_decide(struct session *s, uint64_t suggestion, size_t first, size_t last, enum decision d,
		 struct err *err)
{
	struct event e = { .type = EVENT_DECIDE };

	e.decide.suggestion = suggestion;
	e.decide.first = first;
	e.decide.last = last;
	e.decide.decision = d;
	return session_record(s, &e, NULL, err);
}

bool flow_split(struct session *s, uint64_t suggestion, size_t unit, struct err *err)
{
	struct event e = { .type = EVENT_SPLIT };

	e.split.suggestion = suggestion;
	e.split.unit = unit;
	return session_record(s, &e, NULL, err);
}

bool flow_amend(struct session *s, uint64_t suggestion, size_t unit, const char *line, size_t len,
		struct err *err)
{
	struct event e = { .type = EVENT_AMEND };

	e.amend.suggestion = suggestion;
	e.amend.unit = unit;
	e.amend.line = (struct bytes){ line, len };
	return session_record(s, &e, NULL, err);
}

bool flow_decide_some(struct session *s, uint64_t suggestion,
		      bool (*pick)(const void *ctx, const struct unit *u), const void *ctx,
		      enum decision d, size_t *n, struct err *err)
{
	struct proposal *p = state_proposal(session_state(s), suggestion);
	size_t units = p ? suggestion_units(p->s) : 0, picked = 0;

	for (size_t i = 0; i < units; i++) {
		size_t last = i;

		if (!pick(ctx, suggestion_unit(p->s, i)))
			continue;
		while (last + 1 < units && pick(ctx, suggestion_unit(p->s, last + 1)))
			last++;
		if (!flow_decide(s, suggestion, i, last, d, err))
			return false;
		picked += last - i + 1;
		i = last;
	}
	if (n)
		*n = picked;
	return p || err_set(err, ERR_NOT_FOUND, "there is no suggestion %llu",
			    (unsigned long long)suggestion);
}
