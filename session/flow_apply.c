#include "config.h"

#include "session/flow_apply.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/doc.h"
#include "session/edit.h"
#include "session/flow_suggest.h"
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

bool flow_decide(struct session *s, uint64_t suggestion, size_t first, size_t last, const char *decision,
		 struct err *err)
{
	struct event e = { .type = EVENT_DECIDE };

	e.decide.suggestion = suggestion;
	e.decide.first = first;
	e.decide.last = last;
	e.decide.decision = decision;
	return session_record(s, &e, NULL, err);
}

bool flow_amend(struct session *s, uint64_t suggestion, size_t unit, const char *line, size_t len, struct err *err)
{
	struct event e = { .type = EVENT_AMEND };

	e.amend.suggestion = suggestion;
	e.amend.unit = unit;
	e.amend.line = (struct bytes){ line, len };
	return session_record(s, &e, NULL, err);
}

bool flow_decide_some(struct session *s, uint64_t suggestion,
		      bool (*pick)(const void *ctx, const struct unit *u), const void *ctx,
		      const char *decision, size_t *n, struct err *err)
{
	struct proposal *p = find(s, suggestion, err);
	size_t units = p ? suggestion_units(p->s) : 0, picked = 0;

	for (size_t i = 0; i < units; i++) {
		size_t last = i;

		if (!pick(ctx, suggestion_unit(p->s, i)))
			continue;
		while (last + 1 < units && pick(ctx, suggestion_unit(p->s, last + 1)))
			last++;
		if (!flow_decide(s, suggestion, i, last, decision, err))
			return false;
		picked += last - i + 1;
		i = last;
	}
	if (n)
		*n = picked;
	return p != NULL;
}

/* The edit of the document to the composed text, and the apply event. No wait
 * lies between them, so both are in the journal or neither is. */
static bool write_into_document(struct session *s, const struct proposal *p, const char *how,
				struct applied *out, struct err *err)
{
	struct event apply = { .type = EVENT_APPLY };
	struct str composed = STR_INIT;
	struct change change;
	size_t base_len;
	const char *base = suggestion_base(p->s, &base_len);
	char *by = str_fmt("suggestion %llu", (unsigned long long)p->n);
	bool ok;

	suggestion_compose(p->s, &composed);
	change_between(base, base_len, str_cstr(&composed), composed.len, &change);
	apply.apply.suggestion = p->n;
	apply.apply.taken = out->taken = suggestion_count(p->s, DECISION_TAKEN);
	apply.apply.refused = out->refused = suggestion_count(p->s, DECISION_REFUSED);
	apply.apply.open = out->open = suggestion_count(p->s, DECISION_OPEN);
	apply.apply.how = how;
	ok = (out->taken == 0 || edit_change(s, suggestion_path(p->s), &change, 1, by, err)) &&
	     session_record(s, &apply, NULL, err);
	str_free(&composed);
	free(by);
	return ok;
}

bool flow_apply(struct session *s, uint64_t suggestion, const char *how, struct err *err)
{
	struct proposal *p = find(s, suggestion, err);
	struct applied out = { 0 };

	if (!p || !flow_apply_check(s, suggestion, err))
		return false;
	if (suggestion_units(p->s) && !flow_decide(s, suggestion, 0, suggestion_units(p->s) - 1, "take", err))
		return false;
	return write_into_document(s, p, how, &out, err) && edit_save(s, suggestion_path(p->s), false, err);
}

/* What is still undecided becomes a suggestion of its own, made before the
 * first one is over and its texts are gone. */
static bool write_and_keep_rest(struct session *s, const struct proposal *p, struct applied *out, struct err *err)
{
	struct str base = STR_INIT, proposed = STR_INIT;
	struct proposed rest = { .ask = p->ask, .path = suggestion_path(p->s), .by = p->by };
	bool ok;

	suggestion_compose(p->s, &base);
	suggestion_compose_rest(p->s, &proposed);
	rest.base = (struct bytes){ str_cstr(&base), base.len };
	rest.text = (struct bytes){ str_cstr(&proposed), proposed.len };
	ok = write_into_document(s, p, "review", out, err) && (out->open == 0 || flow_suggest(s, &rest, &out->rest, err));
	str_free(&proposed);
	str_free(&base);
	return ok;
}

bool flow_apply_decided(struct session *s, uint64_t suggestion, struct applied *out, struct err *err)
{
	struct proposal *p = find(s, suggestion, err);
	const struct doc *d;
	bool unsaved;

	memset(out, 0, sizeof(*out));
	if (!p || !flow_apply_check(s, suggestion, err))
		return false;
	if (suggestion_count(p->s, DECISION_OPEN) == suggestion_units(p->s))
		return err_set(err, ERR_USAGE, "nothing is decided yet: y takes, n refuses");
	d = session_doc(s, suggestion_path(p->s));
	unsaved = doc_unsaved(d);
	if (!write_and_keep_rest(s, p, out, err))
		return false;
	if (out->taken == 0 || unsaved)
		return true;
	out->saved = edit_save(s, suggestion_path(p->s), false, err);
	return out->saved;
}
