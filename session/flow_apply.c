#include "config.h"

#include "session/flow_apply.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/doc.h"
#include "session/edit.h"
#include "session/session.h"
#include "session/state.h"
#include "session/text.h"

static struct proposal *find(struct session *s, uint64_t n, struct err *err)
{
	struct proposal *p = state_proposal(session_state(s), n);

	if (!p)
		err_set(err, ERR_NOT_FOUND, "there is no suggestion %llu", (unsigned long long)n);
	return p;
}

bool flow_apply_check(struct session *s, uint64_t suggestion, struct err *err)
{
	struct proposal *p = find(s, suggestion, err);
	struct str now = STR_INIT;
	struct doc *d;
	size_t base_len;
	const char *base;
	bool same;

	if (!p)
		return false;
	if (p->state != PROPOSAL_OPEN)
		return err_set(err, ERR_CONFLICT, "suggestion %llu is closed", (unsigned long long)p->n);
	if (suggestion_incomplete(p->s))
		return err_set(err, ERR_CONFLICT, "%s: the answer was cut off; it is not applied by itself",
			       suggestion_path(p->s));
	d = edit_open(s, suggestion_path(p->s), true, err);
	if (!d)
		return false;
	base = suggestion_base(p->s, &base_len);
	text_get_all(d->text, &now);
	same = now.len == base_len && memcmp(str_cstr(&now), base, base_len) == 0;
	str_free(&now);
	return same || err_set(err, ERR_CONFLICT, "%s: it changed since the question was asked; ask again",
			       d->path);
}

bool flow_apply(struct session *s, uint64_t suggestion, const char *how, struct err *err)
{
	struct proposal *p = find(s, suggestion, err);
	struct event decide = { .type = EVENT_DECIDE }, apply = { .type = EVENT_APPLY };
	struct str composed = STR_INIT;
	struct change change;
	size_t base_len, units;
	const char *base, *path;
	char *by;
	bool ok;

	if (!p || !flow_apply_check(s, suggestion, err))
		return false;
	path = suggestion_path(p->s);
	units = suggestion_units(p->s);
	decide.decide.suggestion = apply.apply.suggestion = suggestion;
	decide.decide.last = units ? units - 1 : 0;
	decide.decide.decision = "take";
	if (units && !session_record(s, &decide, NULL, err))
		return false;
	suggestion_compose(p->s, &composed);
	base = suggestion_base(p->s, &base_len);
	change_between(base, base_len, str_cstr(&composed), composed.len, &change);
	apply.apply.taken = suggestion_count(p->s, DECISION_TAKEN);
	apply.apply.refused = suggestion_count(p->s, DECISION_REFUSED);
	apply.apply.open = suggestion_count(p->s, DECISION_OPEN);
	apply.apply.how = how;
	by = str_fmt("suggestion %llu", (unsigned long long)suggestion);
	ok = session_record(s, &apply, NULL, err) && edit_change(s, path, &change, 1, by, err) &&
	     edit_save(s, path, false, err);
	free(by);
	str_free(&composed);
	return ok;
}
