/* Two versions of a file, and of all other files that differ with it, as two
 * lists of overlays for the project. "Before" is a revision, a moment of the
 * session, another file or the base of a suggestion. For a revision or a moment
 * all sources that differ are included, because a module may have changed
 * together with the package it uses. For another file only that file is included,
 * and its own path is emptied, or its modules would exist twice.
 */
#include "config.h"

#include "session/formal/equiv_sides.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/check/composite.h"
#include "session/journal/doc.h"
#include "session/journal/moments.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/review/flow_rewind.h"
#include "session/text/text.h"
#include "session/tool/revisions.h"
#include "session/verilog/lang.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"
#include "session/workbench/workbench_read.h"

/* Lists ---------------------------------------------------------------------------- */

static void add_text(struct equiv_texts *t, const char *path, const char *text, size_t len)
{
	t->kept = mem_realloc(t->kept, (t->n + 1) * sizeof(*t->kept));
	t->kept[t->n] = STR_INIT;
	str_add(&t->kept[t->n], text, len);
	strv_add(&t->paths, path);
	t->n++;
}

/* Call once all texts are added: v points into kept, which must not move any more. */
static void seal(struct equiv_texts *t)
{
	t->v = mem_calloc(t->n + 1, sizeof(*t->v));
	for (size_t i = 0; i < t->n; i++) {
		t->v[i].path = t->paths.v[i];
		t->v[i].text.data = str_cstr(&t->kept[i]);
		t->v[i].text.len = t->kept[i].len;
	}
}

static void texts_fini(struct equiv_texts *t)
{
	for (size_t i = 0; i < t->n; i++)
		str_free(&t->kept[i]);
	free(t->kept);
	free(t->v);
	strv_free(&t->paths);
}

void equiv_sides_fini(struct equiv_sides *s)
{
	texts_fini(&s->before);
	texts_fini(&s->after);
	free(s->path);
	free(s->called);
	memset(s, 0, sizeof(*s));
}

static bool is_source(const char *path)
{
	enum lang_file f = lang_file(path);

	return f == LANG_FILE_V || f == LANG_FILE_SV || f == LANG_FILE_VH || f == LANG_FILE_SVH;
}

/* Another file ---------------------------------------------------------------------- */

static bool other_file(const char *root, const char *rel, struct equiv_sides *out, struct err *err)
{
	struct str text = STR_INIT;
	bool ok = file_read_in(root, rel, WORKBENCH_READ_MAX, &text, err);

	if (ok) {
		add_text(&out->before, out->path, str_cstr(&text), text.len);
		/* Otherwise its modules would be defined twice. */
		if (strcmp(rel, out->path) != 0)
			add_text(&out->before, rel, "", 0);
		out->called = mem_strdup(rel);
	}
	str_free(&text);
	return ok;
}

/* A moment --------------------------------------------------------------------------- */

/* For a file first opened after the moment: uses its text if its mtime shows that
 * it had not changed since the moment. */
static bool opened_later(struct moments *m, uint64_t n, struct equiv_sides *out)
{
	uint64_t mtime_us, t_ms = n ? moments_at(m, n)->t_ms : 0;
	uint64_t at = moments_opened(m, n, out->path, &mtime_us);
	const struct doc *d;
	struct str text = STR_INIT;

	if (!at || !mtime_us || mtime_us / 1000 > t_ms || !moments_go(m, at, NULL) ||
	    !(d = moments_doc(m, out->path, NULL)))
		return false;
	text_get_all(d->text, &text);
	add_text(&out->before, out->path, str_cstr(&text), text.len);
	str_free(&text);
	return true;
}

static bool moment(struct workbench *w, const char *name, struct equiv_sides *out, bool *there,
		   struct err *err)
{
	char *id = workbench_which_session(w, NULL, NULL);
	struct moments *m = id ? moments_open(w->place.root, id, NULL) : NULL;
	const struct state *s;
	uint64_t n;
	bool ok = true;

	*there = m && moment_named(m, name, &n, NULL);
	if (*there && moments_go(m, n, err)) {
		s = moments_state(m);
		for (size_t i = 0; i < s->n_docs && ok; i++) {
			struct doc *d = is_source(s->docs[i]->path)
						? moments_doc(m, s->docs[i]->path, NULL)
						: NULL;
			struct str text = STR_INIT;

			if (!d)
				continue;
			if (out->before.n >= EQUIV_FILES_MAX)
				ok = err_set(err, ERR_LIMIT,
					     "at event %llu the session had more than %d sources",
					     (unsigned long long)n, EQUIV_FILES_MAX);
			text_get_all(d->text, &text);
			add_text(&out->before, d->path, str_cstr(&text), text.len);
			str_free(&text);
		}
		if (ok && !strv_has(&out->before.paths, out->path) && !opened_later(m, n, out))
			ok = err_set(err, ERR_NOT_FOUND,
				     "the session does not know what %s held at event %llu",
				     out->path, (unsigned long long)n);
		out->called = str_fmt("event %llu", (unsigned long long)n);
	} else {
		ok = !*there;
	}
	moments_close(m);
	free(id);
	return ok;
}

/* A revision --------------------------------------------------------------------------- */

static bool add_old(const struct revisions_ops *ops, struct revision *r, const char *path,
		    struct equiv_sides *out, struct err *err)
{
	struct str text = STR_INIT;
	bool there, ok = ops->text(r, path, WORKBENCH_READ_MAX, &text, &there, err);

	if (ok && !there && strcmp(path, out->path) == 0)
		ok = err_set(err, ERR_NOT_FOUND, "%s is not in %s", path, out->called);
	if (ok)
		add_text(&out->before, path, str_cstr(&text), text.len);
	str_free(&text);
	return ok;
}

static bool revision(struct workbench *w, const char *rev, struct equiv_sides *out, struct err *err)
{
	const struct revisions_ops *ops = w->ports->revisions;
	struct strv paths = STRV_INIT;
	struct revision *r;
	bool ok;

	if (!ops)
		return err_set(err, ERR_TOOL, "this program knows no revisions");
	out->called = mem_strdup(rev);
	r = ops->open(w->loop, w->place.root, rev, err);
	ok = r && ops->changed(r, &paths, err);
	for (size_t i = 0; ok && i < paths.n; i++) {
		if (!is_source(paths.v[i]))
			continue;
		if (out->before.n >= EQUIV_FILES_MAX)
			ok = err_set(err, ERR_LIMIT, "more than %d sources differ from %s",
				     EQUIV_FILES_MAX, rev);
		ok = ok && add_old(ops, r, paths.v[i], out, err);
	}
	ops->close(r);
	strv_free(&paths);
	return ok;
}

bool equiv_sides_of(struct workbench *w, const char *path, const char *against,
		    struct equiv_sides *out, struct err *err)
{
	char *rel = NULL, *full = NULL;
	bool ok, there = false;

	memset(out, 0, sizeof(*out));
	if (!workplace_path(&w->place, path, &out->path, err))
		return false;
	if (workplace_path(&w->place, against, &rel, NULL))
		full = path_join(w->place.root, rel);
	if (full && file_exists(full) && !file_is_dir(full)) {
		ok = other_file(w->place.root, rel, out, err);
	} else {
		ok = moment(w, against, out, &there, err);
		if (ok && !there)
			ok = revision(w, against, out, err);
	}
	seal(&out->before);
	seal(&out->after);
	free(rel);
	free(full);
	if (!ok)
		equiv_sides_fini(out);
	return ok;
}

/* A suggestion ------------------------------------------------------------------------- */

static void copy(const struct composite *c, struct equiv_texts *t)
{
	for (size_t i = 0; i < c->n; i++)
		add_text(t, c->v[i].path, c->v[i].text.data, c->v[i].text.len);
	seal(t);
}

bool equiv_sides_suggestion(struct session *session, uint64_t n, const bool *units,
			    struct equiv_sides *out, struct err *err)
{
	const struct state *st = session_state(session);
	const struct proposal *p = state_proposal(st, n);
	struct composite before, after;

	memset(out, 0, sizeof(*out));
	if (!p)
		return err_set(err, ERR_NOT_FOUND, "there is no suggestion %llu",
			       (unsigned long long)n);
	composite_init(&before, st, n, COMPOSITE_BASE, NULL);
	composite_init(&after, st, n,
		       !units && suggestion_count(p->s, DECISION_OPEN) ? COMPOSITE_REST
								       : COMPOSITE_HERE,
		       units);
	copy(&before, &out->before);
	copy(&after, &out->after);
	out->path = mem_strdup(before.v[0].path);
	out->called = mem_strdup("the file as it is");
	composite_fini(&before);
	composite_fini(&after);
	return true;
}

void equiv_sides_texts(const char *path, const char *before, size_t before_len, const char *after,
		       size_t after_len, struct equiv_sides *out)
{
	memset(out, 0, sizeof(*out));
	add_text(&out->before, path, before, before_len);
	add_text(&out->after, path, after, after_len);
	seal(&out->before);
	seal(&out->after);
	out->path = mem_strdup(path);
	out->called = mem_strdup("the text as it is");
}
