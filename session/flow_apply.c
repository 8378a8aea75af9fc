#include "config.h"

#include "session/flow_apply.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/doc.h"
#include "session/edit.h"
#include "session/flow_suggest.h"
#include "session/opt.h"
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
	size_t before_len;
	const char *before;
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
	before = suggestion_before(p->s, &before_len);
	text_get_all(d->text, &now);
	same = now.len == before_len && memcmp(str_cstr(&now), before, before_len) == 0;
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

/* Applying --------------------------------------------------------------------------- */

struct step {	/* one file */
	struct proposal *p;
	struct applied *out;
	uint32_t before;	/* the document's node */
	bool existed, unsaved;	/* the file, the document, before */
	bool edited, written;
	size_t looked;
	bool deletes;		/* nothing is left, and the file is not to be empty */
};

/* In place the text goes back to the base first, so that the undo tree knows
 * which lines are the suggestion's. */
static bool edit_in(struct session *s, struct step *x, struct err *err)
{
	struct str composed = STR_INIT;
	struct change change[2];
	size_t base_len, before_len, n = 0;
	const char *path = suggestion_path(x->p->s), *base = suggestion_base(x->p->s, &base_len);
	const char *before = suggestion_before(x->p->s, &before_len);
	const struct doc *d = session_doc(s, path);
	char *by = str_fmt("suggestion %llu", (unsigned long long)x->p->n);

	x->before = d->current;
	x->unsaved = doc_unsaved(d);
	x->existed = edit_on_disk(s, path);
	suggestion_result(x->p->s, &composed);
	if (suggestion_in_place(x->p->s))
		change_between(before, before_len, base, base_len, &change[n++]);
	change_between(base, base_len, str_cstr(&composed), composed.len, &change[n++]);
	x->edited = edit_change(s, path, change, n, by, err);
	x->deletes = composed.len == 0 && (suggestion_removes(x->p->s) || suggestion_is_new_file(x->p->s));
	str_free(&composed);
	free(by);
	return x->edited;
}

static bool write_out(struct session *s, const struct step *x, struct err *err)
{
	const char *path = suggestion_path(x->p->s);

	return x->deletes ? edit_remove(s, path, err) : edit_save(s, path, false, err);
}

/* What is still undecided becomes a suggestion of its own, made before the
 * first one is over and its texts are gone. */
static bool close_and_keep_rest(struct session *s, const struct step *x, const char *how, struct err *err)
{
	const struct proposal *p = x->p;
	struct event apply = { .type = EVENT_APPLY };
	struct str base = STR_INIT, proposed = STR_INIT;
	struct proposed rest = { .ask = p->ask, .path = suggestion_path(p->s), .by = p->by,
				 .removes = suggestion_removes(p->s), .in_place = suggestion_in_place(p->s) };
	bool ok;

	apply.apply.suggestion = p->n;
	apply.apply.taken = x->out->taken;
	apply.apply.refused = x->out->refused;
	apply.apply.open = x->out->open;
	apply.apply.how = how;
	apply.apply.looked = x->looked;
	suggestion_compose(p->s, &base);
	suggestion_compose_rest(p->s, &proposed);
	rest.base = (struct bytes){ str_cstr(&base), base.len };
	rest.text = (struct bytes){ str_cstr(&proposed), proposed.len };
	ok = session_record(s, &apply, NULL, err) &&
	     (x->out->open == 0 || flow_suggest(s, &rest, &x->out->rest, err));
	str_free(&proposed);
	str_free(&base);
	return ok;
}

/* The documents and the files as they were; what cannot be put back is named
 * behind what went wrong. */
static void put_back(struct session *s, struct step *steps, size_t n, struct err *err)
{
	struct err why, was = err ? *err : (struct err){ 0 };

	for (size_t i = 0; i < n; i++) {
		const char *path = suggestion_path(steps[i].p->s);
		struct step *x = &steps[i];

		x->out->saved = false;
		if (!x->edited)
			continue;
		if (!edit_goto(s, path, x->before, &why) ||
		    (x->written && !(x->existed ? edit_save(s, path, true, &why) : edit_remove(s, path, &why))))
			err_set(err, was.code, "%s; %s could not be put back: %s", was.text, path, why.text);
	}
}

static bool has_step_for(const struct step *steps, size_t n, const char *path)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(suggestion_path(steps[i].p->s), path) == 0)
			return true;
	return false;
}

/* Which of the suggestions have a decision, checked; false: one does not fit. */
static bool choose_steps(struct session *s, const uint64_t *v, size_t n, const size_t *looked, struct applied *out,
			 struct step *steps, size_t *n_steps, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		struct proposal *p = find(s, v[i], err);

		out[i] = (struct applied){ .suggestion = v[i] };
		if (!p || !flow_apply_check(s, v[i], err))
			return false;
		if (has_step_for(steps, *n_steps, suggestion_path(p->s)))
			return err_set(err, ERR_CONFLICT, "%s: two suggestions at once; decide on one after the other",
				       suggestion_path(p->s));
		out[i].taken = suggestion_count(p->s, DECISION_TAKEN);
		out[i].refused = suggestion_count(p->s, DECISION_REFUSED);
		out[i].open = suggestion_count(p->s, DECISION_OPEN);
		if (out[i].open < suggestion_units(p->s) || suggestion_units(p->s) == 0)
			steps[(*n_steps)++] = (struct step){ .p = p, .out = &out[i], .looked = looked ? looked[i] : 0 };
	}
	return *n_steps || err_set(err, ERR_USAGE, "nothing is decided yet: y takes, n refuses");
}

/* All documents first, then all files, then all suggestions are closed: a kill
 * in between leaves suggestions of which a part is in the text already, and
 * merging sees that. */
bool flow_apply_together(struct session *s, const uint64_t *v, size_t n, const char *how, const size_t *looked,
			 struct applied *out, struct err *err)
{
	struct step *steps = mem_calloc(n, sizeof(*steps));
	size_t n_steps = 0;
	bool ok = choose_steps(s, v, n, looked, out, steps, &n_steps, err);

	for (size_t i = 0; ok && i < n_steps; i++)
		if (steps[i].out->taken || suggestion_in_place(steps[i].p->s))
			ok = edit_in(s, &steps[i], err);
	for (size_t i = 0; ok && i < n_steps; i++)
		if (steps[i].edited && !steps[i].unsaved)
			ok = steps[i].written = steps[i].out->saved = write_out(s, &steps[i], err);
	if (!ok)
		put_back(s, steps, n_steps, err);
	for (size_t i = 0; ok && i < n_steps; i++)
		ok = close_and_keep_rest(s, &steps[i], how, err);
	free(steps);
	return ok;
}

bool flow_apply_decided(struct session *s, uint64_t suggestion, struct applied *out, struct err *err)
{
	return flow_apply_together(s, &suggestion, 1, "review", NULL, out, err);
}

bool flow_take_open(struct session *s, uint64_t suggestion, struct err *err)
{
	struct proposal *p = find(s, suggestion, err);

	if (!p || p->state != PROPOSAL_OPEN)
		return p && err_set(err, ERR_CONFLICT, "suggestion %llu is closed", (unsigned long long)suggestion);
	return suggestion_units(p->s) == 0 || flow_decide(s, suggestion, 0, suggestion_units(p->s) - 1, "take", err);
}

bool flow_apply(struct session *s, uint64_t suggestion, const char *how, struct err *err)
{
	struct applied out;

	return flow_apply_check(s, suggestion, err) && flow_take_open(s, suggestion, err) &&
	       flow_apply_together(s, &suggestion, 1, how, NULL, &out, err);
}

bool flow_apply_unseen(const struct options *o, struct err *err)
{
	return !options_flag(o, "review.must_read") ||
	       err_set(err, ERR_USAGE, "here each line is to be looked at before it is applied (review.must_read): "
				       "review it on the screen");
}
