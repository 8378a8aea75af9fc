#include "config.h"

#include "session/flow_merge.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/diff.h"
#include "session/doc.h"
#include "session/edit.h"
#include "session/flow_apply.h"
#include "session/flow_suggest.h"
#include "session/merge.h"
#include "session/session.h"
#include "session/state.h"
#include "session/suggestion.h"
#include "session/text.h"

static size_t merge_texts(const struct suggestion *s, const struct str *now, struct str *out)
{
	size_t base_len, len, overlaps;
	const char *base = suggestion_base(s, &base_len), *proposed = suggestion_proposed(s, &len);
	struct lines a, b, c;

	lines_init(&a, base, base_len);
	lines_init(&b, str_cstr(now), now->len);
	lines_init(&c, proposed, len);
	overlaps = merge3(&a, &b, &c, out);
	lines_fini(&a);
	lines_fini(&b);
	lines_fini(&c);
	return overlaps;
}

/* Keeping decisions ------------------------------------------------------------------ */

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

static bool same_unit(const struct sides *x, const struct unit *u, const struct sides *y, const struct unit *v)
{
	return u->kind == v->kind && (u->kind == UNIT_ADDED || same_line(&x->a, u->base_line, &y->a, v->base_line)) &&
	       (u->kind == UNIT_REMOVED || same_line(&x->b, u->new_line, &y->b, v->new_line));
}

/* Units stand in order on both sides: each is looked for behind the last one
 * that was found. */
static bool keep_decisions(struct session *s, const struct suggestion *old, const struct proposal *fresh,
			   struct err *err)
{
	static const char *const words[] = { [DECISION_TAKEN] = "take", [DECISION_REFUSED] = "refuse" };
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
			ok = flow_decide(s, fresh->n, i, i, words[suggestion_unit(old, k)->decision], err);
	}
	sides_fini(&x);
	sides_fini(&y);
	return ok;
}

/* All together ------------------------------------------------------------------------ */

static bool close_old(struct session *s, const struct proposal *p, struct err *err)
{
	struct event e = { .type = EVENT_APPLY };

	e.apply.suggestion = p->n;
	e.apply.open = suggestion_units(p->s);
	e.apply.how = "merged with what changed since";
	return session_record(s, &e, NULL, err);
}

static bool propose_what_is_there(struct session *s, const struct proposal *p, const struct str *now, uint64_t *n,
				  struct err *err)
{
	struct proposed again = { .ask = p->ask, .path = suggestion_path(p->s), .by = p->by, .in_place = true,
				  .new_file = suggestion_is_new_file(p->s), .text = { str_cstr(now), now->len } };

	again.base.data = suggestion_base(p->s, &again.base.len);
	return flow_suggest(s, &again, n, err) && keep_decisions(s, p->s, state_proposal(session_state(s), *n), err);
}

static bool propose(struct session *s, const struct proposal *p, const struct str *now, const struct str *text,
		    uint64_t *n, struct err *err)
{
	struct proposed again = { .ask = p->ask, .path = suggestion_path(p->s), .by = p->by,
				  .incomplete = suggestion_incomplete(p->s), .removes = suggestion_removes(p->s), .base = { str_cstr(now), now->len },
				  .text = { str_cstr(text), text->len } };

	return flow_suggest(s, &again, n, err) && keep_decisions(s, p->s, state_proposal(session_state(s), *n), err);
}

bool flow_merge(struct session *s, uint64_t suggestion, struct merged *out, struct err *err)
{
	const struct proposal *p = state_proposal(session_state(s), suggestion);
	struct str now = STR_INIT, text = STR_INIT;
	struct doc *d;
	size_t base_len;
	const char *base;
	bool ok = true;

	*out = (struct merged){ suggestion, 0 };
	if (!p || p->state != PROPOSAL_OPEN)
		return err_set(err, ERR_CONFLICT, "suggestion %llu is closed", (unsigned long long)suggestion);
	d = edit_open(s, suggestion_path(p->s), true, err);
	if (!d)
		return false;
	text_get_all(d->text, &now);
	base = suggestion_base(p->s, &base_len);
	if (suggestion_in_place(p->s)) {	/* what is in the file is what is proposed */
		base = suggestion_before(p->s, &base_len);
		if (now.len != base_len || memcmp(str_cstr(&now), base, base_len) != 0)
			ok = propose_what_is_there(s, p, &now, &out->suggestion, err) &&
			     close_old(s, state_proposal(session_state(s), suggestion), err);
	} else if (now.len != base_len || memcmp(str_cstr(&now), base, base_len) != 0) {
		out->suggestion = 0;
		out->overlaps = merge_texts(p->s, &now, &text);
		if (text.len != now.len || memcmp(str_cstr(&text), str_cstr(&now), now.len) != 0)
			ok = propose(s, p, &now, &text, &out->suggestion, err);
		ok = ok && close_old(s, state_proposal(session_state(s), suggestion), err);
	}
	str_free(&now);
	str_free(&text);
	return ok;
}
