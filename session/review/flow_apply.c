/* Applies suggestions to several files, all or none.
 *
 * Documents are edited first, then files are written, then suggestions are closed.
 *
 * If anything fails, each document returns to its former undo node and each touched
 * file is written again; the error names what cannot be restored. If the program is
 * killed in between, the text is in the journal and the suggestion still open, and
 * a later merge sees which lines are applied already.
 */
#include "config.h"

#include "session/review/flow_apply.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/provenance.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/review/flow_decide.h"
#include "session/review/flow_replace.h"
#include "session/review/flow_suggest.h"
#include "session/text/text.h"

static struct proposal *find(struct session *s, uint64_t n, struct err *err)
{
	struct proposal *p = state_proposal(session_state(s), n);

	if (!p)
		err_set(err, ERR_NOT_FOUND, "there is no suggestion %llu", (unsigned long long)n);
	return p;
}

/* A file is never renamed over another file or over unsaved text of that name. */
static bool is_free(struct session *s, const char *path, struct err *err)
{
	struct doc *d = edit_on_disk(s, path) ? NULL : edit_open(s, path, true, err);

	return (d && text_len(d->text) == 0) || err_set(err, ERR_CONFLICT,
							"%s already exists and is not overwritten: "
							"refuse the rename, or move that file away",
							path);
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
		return err_set(err, ERR_CONFLICT, "suggestion %llu is closed",
			       (unsigned long long)p->n);
	if (suggestion_incomplete(p->s))
		return err_set(err, ERR_CONFLICT,
			       "%s: the answer was cut off; it is not applied by itself",
			       suggestion_path(p->s));
	if (suggestion_renames_file(p->s) && !is_free(s, suggestion_moves(p->s), err))
		return false;
	d = edit_open(s, suggestion_path(p->s), true, err);
	if (!d)
		return false;
	before = suggestion_before(p->s, &before_len);
	text_get_all(d->text, &now);
	same = now.len == before_len && memcmp(str_cstr(&now), before, before_len) == 0;
	str_free(&now);
	return same || err_set(err, ERR_CONFLICT,
			       "%s: it changed since the question was asked; ask again", d->path);
}

/* Applying --------------------------------------------------------------------------- */

struct place { /* a document that is changed */
	const char *path;
	uint32_t before; /* its undo node before */
	bool existed;	 /* the file existed before */
	bool edited;
};

struct step { /* one suggestion */
	struct proposal *p;
	struct applied *out;
	struct place at[2]; /* the file; for a rename the new file first */
	size_t n;
	bool unsaved; /* a document had unsaved edits before */
	bool written; /* written, or an attempt was made */
	size_t looked;
	uint64_t with; /* the first step's suggestion; 0: the only one */
};

static struct place *add_place(struct session *s, struct step *x, const char *path)
{
	const struct doc *d = session_doc(s, path);
	struct place *at = &x->at[x->n++];

	*at = (struct place){ path, d->current, edit_on_disk(s, path), false };
	x->unsaved |= doc_unsaved(d);
	return at;
}

/* The authors of a document's lines, to be kept when it is renamed. */
static size_t authors_of(struct session *s, const char *path, struct author_run **out)
{
	const struct doc *d = session_doc(s, path);
	struct str base = STR_INIT;
	struct provenance *p = NULL;
	size_t n = 0;

	*out = NULL;
	if (edit_base(s, d, &base, NULL))
		p = provenance_new(session_state(s), d, d->current, str_cstr(&base), base.len);
	if (p)
		n = provenance_runs(p, out);
	provenance_free(p);
	str_free(&base);
	return n;
}

static bool rename_it(struct session *s, struct step *x, const char *path, const char *to,
		      const struct change *v, size_t n, struct err *err)
{
	struct place *new = add_place(s, x, to), *old = add_place(s, x, path);
	struct author_run *authors;
	size_t n_authors = authors_of(s, path, &authors);

	new->edited = old->edited =
		edit_rename(s, path, to, v, n, authors, n_authors, x->p->n, err);
	free(authors);
	return new->edited;
}

/* For a suggestion in place, first returns to the base text, so that the undo tree
 * attributes the suggestion's lines to it. A renamed file starts with its text
 * under the old name. */
static bool edit_in(struct session *s, struct step *x, struct err *err)
{
	const struct suggestion *sug = x->p->s;
	struct str composed = STR_INIT;
	struct change change[3];
	size_t base_len, before_len, n = 0;
	const char *path = suggestion_path(sug), *base = suggestion_base(sug, &base_len);
	const char *before = suggestion_before(sug, &before_len),
		   *to = suggestion_renames_file(sug) ? suggestion_moves(sug) : NULL;
	struct place *at;
	bool goes, ok;

	suggestion_result(sug, &composed);
	goes = composed.len == 0 && (suggestion_removes(sug) || suggestion_is_new_file(sug));
	if (to)
		change_between("", 0, before, before_len, &change[n++]);
	if (suggestion_in_place(sug))
		change_between(before, before_len, base, base_len, &change[n++]);
	change_between(base, base_len, str_cstr(&composed), composed.len, &change[n++]);
	if (to) {
		ok = rename_it(s, x, path, to, change, n, err);
	} else {
		at = add_place(s, x, path);
		ok = goes ? edit_mark_removed(s, path, change, n, x->p->n, err)
			  : edit_change(s, path, change, n,
					(struct edit_by){ EDIT_BY_SUGGESTION, x->p->n }, err);
		at->edited = ok;
	}
	str_free(&composed);
	return ok;
}

/* Makes the undecided units a suggestion of their own. This must happen before the
 * first one is closed and its texts are freed. */
static bool close_and_keep_rest(struct session *s, const struct step *x, const char *how,
				struct err *err)
{
	const struct proposal *p = x->p;
	struct event apply = { .type = EVENT_APPLY };
	uint64_t n = p->n;
	struct str base = STR_INIT, proposed = STR_INIT;
	struct proposed rest = { .ask = p->ask,
				 .group = p->group,
				 .path = suggestion_path(p->s),
				 .by = p->by,
				 .removes = suggestion_removes(p->s),
				 .in_place = suggestion_in_place(p->s) };
	bool ok;

	if (suggestion_renames_file(p->s))
		rest.path = suggestion_moves(p->s);
	else if (suggestion_moves(p->s) && suggestion_unit(p->s, 0)->decision == DECISION_OPEN)
		rest.moves = suggestion_moves(p->s);

	apply.apply.suggestion = p->n;
	apply.apply.taken = x->out->taken;
	apply.apply.refused = x->out->refused;
	apply.apply.open = x->out->open;
	apply.apply.how = how;
	apply.apply.looked = x->looked;
	apply.apply.with = x->with;
	suggestion_compose(p->s, &base);
	suggestion_compose_rest(p->s, &proposed);
	rest.base = (struct bytes){ str_cstr(&base), base.len };
	rest.text = (struct bytes){ str_cstr(&proposed), proposed.len };
	ok = session_record(s, &apply, NULL, err) &&
	     (x->out->open == 0 ||
	      (flow_suggest(s, &rest, &x->out->rest, err) &&
	       flow_keep_amended(s, &state_proposal(session_state(s), n)->amended, x->out->rest,
				 err)));
	str_free(&proposed);
	str_free(&base);
	return ok;
}

/* Restores the documents and files; appends what cannot be restored to the error. */
static void put_back(struct session *s, struct step *steps, size_t n, struct err *err)
{
	struct err why, was = err ? *err : (struct err){ 0 };

	for (size_t i = 0; i < n; i++) {
		struct step *x = &steps[i];

		x->out->saved = false;
		for (size_t k = x->n;
		     k-- > 0;) { /* restore the old file before removing the new one */
			const struct place *at = &x->at[k];
			/* it had not been removed yet */
			bool there = k > 0 && edit_on_disk(s, at->path);

			if (!at->edited)
				continue;
			if (!edit_goto(s, at->path, at->before, &why) ||
			    (x->written && !there &&
			     !(at->existed ? edit_save(s, at->path, true, &why)
					   : edit_remove(s, at->path, &why))))
				err_set(err, was.code, "%s; %s could not be put back: %s", was.text,
					at->path, why.text);
		}
	}
}

static const char *path_after(const struct suggestion *s)
{
	return suggestion_renames_file(s) ? suggestion_moves(s) : suggestion_path(s);
}

static bool has_step_for(const struct step *steps, size_t n, const struct suggestion *s)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(suggestion_path(steps[i].p->s), suggestion_path(s)) == 0 ||
		    strcmp(path_after(steps[i].p->s), path_after(s)) == 0)
			return true;
	return false;
}

/* Checks and collects the suggestions with a decision; false if one does not fit. */
static bool choose_steps(struct session *s, const uint64_t *v, size_t n, const size_t *looked,
			 struct applied *out, struct step *steps, size_t *n_steps, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		struct proposal *p = find(s, v[i], err);

		out[i] = (struct applied){ .suggestion = v[i] };
		if (!p || !flow_apply_check(s, v[i], err))
			return false;
		if (has_step_for(steps, *n_steps, p->s))
			return err_set(err, ERR_CONFLICT,
				       "%s: two suggestions at once; decide on one after the other",
				       suggestion_path(p->s));
		out[i].taken = suggestion_count(p->s, DECISION_TAKEN);
		out[i].refused = suggestion_count(p->s, DECISION_REFUSED);
		out[i].open = suggestion_count(p->s, DECISION_OPEN);
		out[i].moved = suggestion_renames_file(p->s);
		if (out[i].open < suggestion_units(p->s) || suggestion_units(p->s) == 0)
			steps[(*n_steps)++] = (struct step){ .p = p,
							     .out = &out[i],
							     .looked = looked ? looked[i] : 0 };
	}
	return *n_steps ||
	       err_set(err, ERR_USAGE, "nothing is decided yet: take or refuse lines first");
}

/* First all documents are edited, then all files are written (for a rename
 * edit_save() writes the new file and then removes the old one), then all
 * suggestions are closed. After a kill in between, a part of a suggestion may be in
 * the text already; merging notices that. */
bool flow_apply_together(struct session *s, const uint64_t *v, size_t n, const char *how,
			 const size_t *looked, struct applied *out, struct err *err)
{
	struct step *steps = mem_calloc(n, sizeof(*steps));
	size_t n_steps = 0;
	bool ok = choose_steps(s, v, n, looked, out, steps, &n_steps, err);

	for (size_t i = 0; ok && i < n_steps; i++)
		if (steps[i].out->taken || suggestion_in_place(steps[i].p->s))
			ok = edit_in(s, &steps[i], err);
	for (size_t i = 0; ok && i < n_steps; i++)
		if (steps[i].n && !steps[i].unsaved) {
			ok = steps[i].out->saved = edit_save(s, steps[i].at[0].path, false, err);
			steps[i].written = ok || steps[i].n > 1; /* with two files, the first may
								  * have been written */
		}
	if (!ok)
		put_back(s, steps, n_steps, err);
	for (size_t i = 0; ok && i < n_steps; i++) {
		steps[i].p = find(s, steps[i].out->suggestion, err);
		steps[i].with = n_steps > 1 ? steps[0].out->suggestion : 0;
		/* A later answer may have closed it during the wait for the disk. */
		ok = steps[i].p->state != PROPOSAL_OPEN ||
		     close_and_keep_rest(s, &steps[i], how, err);
	}
	free(steps);
	return ok;
}

bool flow_apply_decided(struct session *s, uint64_t suggestion, struct applied *out,
			struct err *err)
{
	return flow_apply_together(s, &suggestion, 1, "review", NULL, out, err);
}

bool flow_take_open(struct session *s, uint64_t suggestion, struct err *err)
{
	struct proposal *p = find(s, suggestion, err);

	if (!p || p->state != PROPOSAL_OPEN)
		return p && err_set(err, ERR_CONFLICT, "suggestion %llu is closed",
				    (unsigned long long)suggestion);
	return suggestion_units(p->s) == 0 ||
	       flow_decide(s, suggestion, 0, suggestion_units(p->s) - 1, DECISION_TAKEN, err);
}

bool flow_apply(struct session *s, uint64_t suggestion, const char *how, struct err *err)
{
	struct applied out;

	return flow_apply_check(s, suggestion, err) && flow_take_open(s, suggestion, err) &&
	       flow_apply_together(s, &suggestion, 1, how, NULL, &out, err);
}

bool flow_apply_unseen(const struct options *o, struct err *err)
{
	return !o->review_must_read ||
	       err_set(err, ERR_USAGE,
		       "here each line is to be looked at before it is applied (review.must_read): "
		       "review it on the screen");
}
