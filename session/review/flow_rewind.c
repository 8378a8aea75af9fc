/* Rewinding is editing: nothing is removed from the journal.
 *
 * Each document that differs from its state at that moment first gets the changes
 * of other programs into its undo tree. Only then is the moment before the rewind
 * fixed, so `rewind back` restores all of it. The document goes to its undo node of
 * that moment; if its tree was started anew since, its old text becomes one edit.
 *
 * Files that did not exist then are removed last: one may be the new name of
 * another file, and at no time is a text missing under both names. A document that
 * cannot be restored (unsaved edits and a change on disk) is reported and does not
 * hold up the others.
 *
 * A suggestion that was open then is made again under a new number, with its units,
 * amended lines and decisions; one that is open now and was not then is closed.
 */
#include "config.h"

#include "session/review/flow_rewind.h"

#include <stdlib.h>
#include <string.h>

#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/moments.h"
#include "session/journal/moved.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/review/flow_decide.h"
#include "session/review/flow_replace.h"
#include "session/review/flow_suggest.h"
#include "session/text/text.h"

static const char why[] = "rewound";

/* Documents ---------------------------------------------------------------------- */

/* The first time after a moment that a document was opened. */
struct first_open {
	const char *path;
	uint64_t n; /* number of the event; 0: never opened */
	bool there; /* the file existed */
};

static struct first_open first_open(struct moments *m, uint64_t since, const char *path)
{
	struct first_open f = { .path = path };
	uint64_t mtime_us;

	f.n = moments_opened(m, since, path, &mtime_us);
	f.there = mtime_us != 0;
	return f;
}

/* The text of a document at moment `to`; if it was first opened later, its text
 * then. Empty for a file that was made since. */
static bool text_then(struct moments *m, uint64_t to, const struct first_open *f, struct str *out,
		      struct err *err)
{
	const struct doc *d = NULL;
	bool ok = !f->n || !f->there || moments_go(m, f->n, err);

	if (ok && (!f->n || f->there))
		ok = (d = moments_doc(m, f->path, err)) != NULL;
	if (d)
		text_get_all(d->text, out);
	return (!f->n || !f->there || moments_go(m, to, err)) && ok;
}

/* Opens the document and records in its undo tree what another program wrote to the
 * file. */
static struct doc *open_as_on_disk(struct session *s, const char *path, struct err *err)
{
	struct doc *d = edit_open(s, path, true, err);

	if (!d || !edit_changed_on_disk(s, d))
		return d;
	if (doc_unsaved(d)) {
		err_set(err, ERR_CONFLICT, "it was changed on disk, and has unsaved edits");
		return NULL;
	}
	return edit_reload(s, path, err) ? session_doc(s, path) : NULL;
}

static bool set_text(struct session *s, const char *path, const struct str *was, struct err *err)
{
	struct str now = STR_INIT;
	struct change c;
	bool ok;

	text_get_all(session_doc(s, path)->text, &now);
	change_between(str_cstr(&now), now.len, str_cstr(was), was->len, &c);
	ok = (c.removed == 0 && c.ins.len == 0) ||
	     edit_change(s, path, &c, 1, (struct edit_by){ EDIT_BY_REWIND, 0 }, err);
	str_free(&now);
	return ok;
}

/* True if the file on disk has the document's text. */
static bool is_on_disk(const struct session *s, const struct doc *d)
{
	return !doc_unsaved(d) && !edit_changed_on_disk(s, d);
}

static bool write_as_then(struct session *s, const char *path, bool saved_then, bool made,
			  struct err *err)
{
	if (made || (saved_then && moved_gone(session_doc(s, path))))
		return !edit_on_disk(s, path) || edit_remove(s, path, err);
	return !saved_then || is_on_disk(s, session_doc(s, path)) || edit_save(s, path, true, err);
}

/* True if the file did not exist then: such files are removed last, because one may
 * be the new name of another file. */
static bool is_none_then(struct moments *m, uint64_t to, const char *path)
{
	const struct doc *then = state_doc(moments_state(m), path);
	struct first_open f = { .n = 0 };

	if (!then)
		f = first_open(m, to, path);
	return then ? moved_gone(then) : f.n && !f.there;
}

/* Adds path to changed if the document differs from then. Opens it and records what
 * is on disk in its undo tree, so that the moment before the rewind contains it. */
static bool find_changed(struct session *s, struct moments *m, const struct rewound *out,
			 const char *path, struct strv *changed, struct err *err)
{
	const struct doc *then = state_doc(moments_state(m), path), *d = session_doc(s, path);
	bool saved_then = !then || then->current == then->saved;
	uint64_t born = then ? then->born : first_open(m, out->to, path).n;

	if (d->born == born && d->current == (then ? then->current : 0) &&
	    (!saved_then || is_on_disk(s, d)))
		return true;
	if (!open_as_on_disk(s, path, err))
		return false;
	strv_add(changed, path);
	return true;
}

static bool rewind_doc(struct session *s, struct moments *m, const char *path, uint64_t to,
		       struct err *err)
{
	const struct doc *then = state_doc(moments_state(m), path);
	struct first_open f = { .path = path };
	bool ok, saved_then = !then || (then->current == then->saved &&
					(then->mtime_us != 0 || moved_gone(then)));
	uint64_t born = then ? then->born : 0;
	uint32_t node = then ? then->current : 0;
	struct str was = STR_INIT;

	if (!then)
		f = first_open(m, to, path);
	if (session_doc(s, path)->born == (then ? born : f.n))
		ok = edit_goto(s, path, node, err);
	else
		ok = text_then(m, to, &f, &was, err) && set_text(s, path, &was, err);
	str_free(&was);
	return ok && write_as_then(s, path, saved_then, f.n && !f.there, err);
}

/* An error that concerns only one document becomes a note; the others are still
 * restored. */
static bool or_note(bool ok, const char *path, struct rewound *out, struct err *err)
{
	if (ok || (err->code != ERR_NOT_FOUND && err->code != ERR_CONFLICT))
		return ok;
	strv_addf(&out->notes, "%s stays as it is: %s", path, err->text);
	return true;
}

static bool rewind_docs(struct session *s, struct moments *m, struct rewound *out, struct err *err)
{
	const struct state *st = session_state(s);
	struct strv paths = STRV_INIT, changed = STRV_INIT;
	struct err local;
	bool ok = true;

	for (size_t i = 0; i < st->n_docs; i++)
		strv_add(&paths, st->docs[i]->path);
	for (size_t i = 0; ok && i < paths.n; i++)
		ok = or_note(find_changed(s, m, out, paths.v[i], &changed, &local), paths.v[i], out,
			     &local);
	out->from = st->n;
	for (int none = 0; none <= 1; none++) {
		for (size_t i = 0; ok && i < changed.n; i++) {
			const char *path = changed.v[i];

			if (is_none_then(m, out->to, path) == (none != 0))
				ok = or_note(rewind_doc(s, m, path, out->to, &local), path, out,
					     &local);
		}
	}
	out->files = changed.n;
	strv_free(&paths);
	strv_free(&changed);
	return ok || err_copy(err, &local);
}

/* Suggestions -------------------------------------------------------------------- */

static bool same_suggestion(const struct suggestion *a, const struct suggestion *b)
{
	size_t n = suggestion_units(a), la, lb;
	const char *x = suggestion_proposed(a, &la), *y = suggestion_proposed(b, &lb);

	if (n != suggestion_units(b) || la != lb || memcmp(x, y, la) != 0)
		return false;
	for (size_t i = 0; i < n; i++)
		if (suggestion_unit(a, i)->decision != suggestion_unit(b, i)->decision ||
		    suggestion_unit(a, i)->kind != suggestion_unit(b, i)->kind)
			return false;
	return true;
}

/* The text was in place and lines of it were rewritten since: it is proposed as it
 * is in the file, and the lines are rewritten again. */
static bool rewrite_again(struct session *s, const struct suggestion *then, uint64_t fresh,
			  struct err *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < suggestion_units(then); i++) {
		const struct suggestion *x = state_proposal(session_state(s), fresh)->s;
		enum unit_kind kind = suggestion_unit(then, i)->kind;
		size_t len, now_len;
		const char *line, *now;

		if (kind == UNIT_REMOVED || kind == UNIT_MOVED || i >= suggestion_units(x))
			continue;
		line = suggestion_line(then, i, &len);
		now = suggestion_line(x, i, &now_len);
		if (len != now_len || memcmp(line, now, len) != 0)
			ok = flow_amend(s, fresh, i, line, len, err);
	}
	return ok;
}

static bool remake(struct session *s, const struct proposal *then, struct err *err)
{
	struct proposed p = { .ask = then->ask,
			      .group = then->group,
			      .path = suggestion_path(then->s),
			      .by = then->by,
			      .new_file = suggestion_is_new_file(then->s),
			      .incomplete = suggestion_incomplete(then->s),
			      .removes = suggestion_removes(then->s),
			      .moves = suggestion_moves(then->s),
			      .in_place = suggestion_in_place(then->s) };
	size_t n_units = suggestion_units(then->s);
	uint64_t n;
	bool ok;

	p.units = n_units ? suggestion_unit(then->s, 0) : NULL; /* keep the splits */
	p.n_units = n_units;
	p.base.data = suggestion_base(then->s, &p.base.len);
	p.text.data = p.in_place ? suggestion_before(then->s, &p.text.len)
				 : suggestion_proposed(then->s, &p.text.len);
	ok = flow_suggest(s, &p, &n, err) && rewrite_again(s, then->s, n, err) &&
	     flow_keep_decisions(s, then->s, n, err);
	return ok && flow_keep_amended(s, &then->amended, n, err);
}

static bool rewind_suggestions(struct session *s, const struct state *then, struct rewound *out,
			       struct err *err)
{
	const struct state *now = session_state(s);
	size_t n = now->n_proposals;
	bool ok = true;

	for (size_t i = 0; ok && i < n; i++) {
		const struct proposal *p = now->proposals[i], *was = state_proposal(then, p->n);
		bool open_then = was && was->state == PROPOSAL_OPEN,
		     open_now = p->state == PROPOSAL_OPEN;

		if (open_then == open_now && (!open_now || same_suggestion(p->s, was->s)))
			continue;
		out->suggestions++;
		if (open_now)
			ok = flow_close(s, p->n, why, err);
		if (ok && open_then)
			ok = remake(s, was, err);
	}
	return ok;
}

/* All together -------------------------------------------------------------------- */

bool flow_rewind(struct session *s, uint64_t to, struct rewound *out, struct err *err)
{
	struct event e = { .type = EVENT_REWIND };
	struct moments *m;
	bool ok;

	*out = (struct rewound){ .from = session_state(s)->n, .to = to };
	session_flush(s);
	m = moments_open(session_root(s), session_id(s), err);
	if (!m)
		return false;
	if (to == 0 || to > out->from)
		ok = err_set(err, ERR_NOT_FOUND, "there is no event %llu; the last is %llu",
			     (unsigned long long)to, (unsigned long long)out->from);
	else
		ok = moments_go(m, to, err) && rewind_docs(s, m, out, err) &&
		     rewind_suggestions(s, moments_state(m), out, err);
	moments_close(m);
	e.rewind.to = to;
	e.rewind.from = out->from;
	return ok && session_record(s, &e, NULL, err) && session_sync(s, err);
}

void rewound_fini(struct rewound *r)
{
	strv_free(&r->notes);
	*r = (struct rewound){ 0 };
}

/* Names ---------------------------------------------------------------------------- */

struct named {
	const char *name;
	uint64_t from;
	bool found;
};

static void see_mark(void *ctx, const struct event *e)
{
	struct named *n = ctx;

	n->found = strcmp(e->mark.name, n->name) == 0;
}

static void see_rewind(void *ctx, const struct event *e)
{
	struct named *n = ctx;

	n->from = e->rewind.from;
}

bool moment_named(struct moments *m, const char *name, uint64_t *n, struct err *err)
{
	const char *digits = name + (name[0] == '#');
	uint64_t last = moments_count(m), at = last + 1;
	struct named looked = { .name = name };
	char *end;

	if (strcmp(name, "last") == 0) {
		*n = last;
		return true;
	}
	if (strcmp(name, "back") == 0) {
		at = moments_before(m, at, 1u << EVENT_REWIND);
		if (!at)
			return err_set(err, ERR_NOT_FOUND, "nothing was rewound yet");
		*n = 0;
		return moments_events(m, at, at, see_rewind, &looked, err) &&
		       (*n = looked.from, true);
	}
	while ((at = moments_before(m, at, 1u << EVENT_MARK))) {
		if (!moments_events(m, at, at, see_mark, &looked, err))
			return false;
		if (looked.found) {
			*n = at;
			return true;
		}
	}
	*n = strtoull(digits, &end, 10);
	if (digits[0] >= '0' && digits[0] <= '9' && !*end && *n >= 1 && *n <= last)
		return true;
	return err_set(err, ERR_NOT_FOUND,
		       "%s: neither an event from 1 to %llu nor a mark; `posedge log` shows both",
		       name, (unsigned long long)last);
}

bool flow_find_moment(struct session *s, const char *name, uint64_t *n, struct err *err)
{
	struct moments *m;
	bool ok;

	session_flush(s);
	m = moments_open(session_root(s), session_id(s), err);
	ok = m && moment_named(m, name, n, err);
	moments_close(m);
	return ok;
}

bool flow_fork(struct session *s, const char *name, char **id, uint64_t *n, struct err *err)
{
	return flow_find_moment(s, name, n, err) &&
	       session_fork(session_root(s), session_id(s), *n, id, err);
}
