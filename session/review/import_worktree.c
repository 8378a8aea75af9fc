/* Imports changes to the work tree since a revision, as suggestions that are
 * already in place: refusing a line restores the old one.
 *
 * git reports a rename only for files that it tracks, and by its own rules. So
 * removed and new files are paired here: all lines are hashed and sorted, and two
 * files with at least ALIKE percent of their bytes in common lines form a pair, the
 * most similar first.
 */
#include "config.h"

#include "session/review/import_worktree.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/journal/edit.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/review/flow_replace.h"
#include "session/review/flow_suggest.h"
#include "session/review/proposals.h"
#include "session/text/diff.h"
#include "session/text/text.h"
#include "session/tool/revisions.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"
#include "session/workbench/workbench_read.h"

/* Closes an open suggestion of an earlier import for the same file. */
static bool close_earlier(struct session *s, const char *path, struct err *err)
{
	const struct state *st = session_state(s);
	bool ok = true;

	for (size_t i = 0; ok && i < st->n_proposals; i++) {
		const struct proposal *p = st->proposals[i];
		const char *from = suggestion_moves(p->s);

		if (p->state == PROPOSAL_OPEN && suggestion_in_place(p->s) &&
		    (strcmp(suggestion_path(p->s), path) == 0 || (from && strcmp(from, path) == 0)))
			ok = flow_close(s, p->n, "asked for anew", err);
	}
	return ok;
}

static bool is_text(const struct str *s)
{
	return s->len == 0 || !memchr(s->data, '\0', s->len);
}

struct line_hash {
	uint64_t hash;
	size_t len;
};

/* A file that differs: its text in the revision and now. */
struct found {
	const char *path;
	const struct found *from; /* for a new file: the removed one that it was renamed from */
	bool was_there, is_there, taken;
	struct str base, now;
	struct line_hash *lines; /* lines of whichever text exists; sorted */
	size_t n;
};

struct outside {
	struct workbench *w;
	struct revision *rev;
	struct place_result *out;
};

static void refuse_large(const struct outside *o, const char *path)
{
	strv_addf(&o->out->refused, "%s: larger than %u MB, too large to review", path,
		  WORKBENCH_READ_MAX >> 20);
}

/* Reads both texts. *ok is false for a file that cannot be reviewed, which is
 * listed in out->refused. Returns false with err when cancelled. */
static bool look(const struct outside *o, struct found *f, bool *ok, struct err *err)
{
	struct err why = { 0 };

	*ok = false;
	if (!o->w->ports->revisions->text(o->rev, f->path, WORKBENCH_READ_MAX, &f->base,
					  &f->was_there, &why) ||
	    !proposals_follow_disk(o->w->session, f->path, &why)) {
		if (why.code == ERR_CANCELLED)
			return err_copy(err, &why);
		if (why.code == ERR_LIMIT)
			refuse_large(o, f->path);
		else
			strv_addf(&o->out->refused, "%s: %s", f->path, why.text);
		return true;
	}
	text_get_all(session_doc(o->w->session, f->path)->text, &f->now);
	f->is_there = edit_on_disk(o->w->session, f->path);
	if (f->now.len > WORKBENCH_READ_MAX)
		refuse_large(o, f->path);
	else if (!is_text(&f->base) || !is_text(&f->now))
		strv_addf(&o->out->refused, "%s: not text", f->path);
	else
		*ok = true;
	return true;
}

static bool suggest(const struct outside *o, const struct found *f, struct err *err)
{
	const struct str *base = f->from ? &f->from->base : &f->base;
	struct proposed p = { .group = o->out->n ? o->out->suggestions[0] : 0,
			      .path = f->path,
			      .by = "outside",
			      .in_place = true,
			      .moves = f->from ? f->from->path : NULL,
			      .new_file = !f->from && !f->was_there,
			      .removes = !f->is_there,
			      .base = { str_cstr(base), base->len },
			      .text = { str_cstr(&f->now), f->now.len } };
	struct place_result *out = o->out;

	if (!close_earlier(o->w->session, f->path, err) ||
	    (f->from && !close_earlier(o->w->session, f->from->path, err)))
		return false;
	if (!f->from && base->len == f->now.len &&
	    memcmp(str_cstr(base), str_cstr(&f->now), base->len) == 0)
		return true;
	if (!flow_suggest(o->w->session, &p, &out->suggestions[out->n], err))
		return false;
	out->n++;
	return true;
}

/* Renames: one file is gone, another is new, and most lines are the same. Revisions
 * keep no names over time, and a file that git does not track is in none of its
 * lists of renames, so both kinds are found here by comparing lines. */

#define ALIKE 60 /* percent of the larger file's bytes; small modules have much in common */

static int by_hash(const void *a, const void *b)
{
	const struct line_hash *x = a, *y = b;

	return (x->hash > y->hash) - (x->hash < y->hash);
}

static struct line_hash *hash_lines(const struct str *s, size_t *n)
{
	struct lines l;
	struct line_hash *v;

	lines_init(&l, str_cstr(s), s->len);
	v = mem_calloc(l.n + 1, sizeof(*v));
	for (size_t i = 0; i < l.n; i++) {
		const char *line = lines_at(&l, i, &v[i].len);

		v[i].hash = 14695981039346656037u; /* FNV-1a */
		for (size_t k = 0; k < v[i].len; k++)
			v[i].hash = (v[i].hash ^ (unsigned char)line[k]) * 1099511628211u;
	}
	*n = l.n;
	lines_fini(&l);
	qsort(v, *n, sizeof(*v), by_hash);
	return v;
}

static size_t percent_alike(const struct found *gone, const struct found *fresh)
{
	size_t i = 0, k = 0, same = 0,
	       most = gone->base.len > fresh->now.len ? gone->base.len : fresh->now.len;

	while (i < gone->n && k < fresh->n) {
		const struct line_hash *x = &gone->lines[i], *y = &fresh->lines[k];

		if (x->hash == y->hash)
			same += x->len;
		i += x->hash <= y->hash;
		k += y->hash <= x->hash;
	}
	return most ? 100 * same / most : 0;
}

/* The removed, unpaired file that is most similar to f. */
static struct found *most_like(struct found *v, size_t n, const struct found *f)
{
	size_t best = ALIKE - 1;
	struct found *found = NULL;

	for (size_t i = 0; i < n; i++) {
		size_t alike = v[i].is_there || v[i].taken ? 0 : percent_alike(&v[i], f);

		if (alike > best) {
			best = alike;
			found = &v[i];
		}
	}
	return found;
}

static void pair(struct found *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		v[i].lines = hash_lines(v[i].is_there ? &v[i].now : &v[i].base, &v[i].n);
	for (size_t i = 0; i < n; i++) {
		struct found *from = v[i].is_there ? most_like(v, n, &v[i]) : NULL;

		if (from) {
			from->taken = true;
			v[i].from = from;
		}
	}
}

static void let_go(struct found *f)
{
	free(f->lines);
	str_free(&f->base);
	str_free(&f->now);
}

/* Records changed files at once; pairs removed and new files first. */
static bool tell_all(const struct outside *o, const struct strv *paths, struct err *err)
{
	struct found *v = mem_calloc(paths->n + 1, sizeof(*v));
	size_t n = 0;
	bool ok = true, fits;

	for (size_t i = 0; ok && i < paths->n; i++) {
		struct found *f = &v[n];

		*f = (struct found){ .path = paths->v[i] };
		ok = look(o, f, &fits, err);
		if (ok && fits && f->was_there != f->is_there) {
			n++;
			continue;
		}
		ok = ok && (!fits || suggest(o, f, err));
		let_go(f);
	}
	if (ok)
		pair(v, n);
	for (size_t i = 0; ok && i < n; i++)
		ok = v[i].taken || suggest(o, &v[i], err);
	for (size_t i = 0; i < n; i++)
		let_go(&v[i]);
	free(v);
	return ok;
}

bool import_worktree(struct workbench *w, const char *rev, struct place_result *out,
		     struct err *err)
{
	const struct revisions_ops *ops = w->ports->revisions;
	struct outside o = { .w = w, .out = out };
	struct strv paths = STRV_INIT;
	bool ok;

	memset(out, 0, sizeof(*out));
	if (!ops)
		return err_set(err, ERR_TOOL, "this program knows no revisions");
	o.rev = ops->open(w->loop, w->place.root, rev, err);
	ok = o.rev && ops->changed(o.rev, &paths, err);
	if (ok && paths.n > IMPORT_FILES_MAX)
		ok = err_set(err, ERR_LIMIT,
			     "%zu files differ from %s; at most %d are reviewed at once", paths.n,
			     rev, IMPORT_FILES_MAX);
	out->suggestions = mem_calloc(paths.n, sizeof(*out->suggestions));
	ok = ok && tell_all(&o, &paths, err);
	ops->close(o.rev);
	strv_free(&paths);
	return ok;
}
