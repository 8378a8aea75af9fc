/* What events change in documents: opened, edited, saved, renamed, removed. */
#include "config.h"

#include <string.h>

#include "session/base/mem.h"
#include "session/journal/state.h"
#include "session/journal/state_inner.h"
#include "session/text/text.h"

static struct doc *doc_or_fail(const struct state *s, const char *path, struct err *err)
{
	struct doc *d = state_doc(s, path);

	if (!d)
		err_set(err, ERR_PARSE, "%s was not opened", path);
	return d;
}

/* If the document was open before and the file is the one we knew, the undo tree
 * continues. Otherwise it starts anew. */
bool apply_open(struct state *s, const struct event *e, struct err *err)
{
	struct doc *d = state_doc(s, e->open.path);

	if (d && (d->size != e->open.size || d->mtime_us != e->open.mtime_us) && !doc_unsaved(d)) {
		struct doc *fresh = doc_new(d->path);

		for (size_t i = 0; i < s->n_docs; i++)
			if (s->docs[i] == d)
				s->docs[i] = fresh;
		if (s->keep_past)
			MEM_PUSH(s->past, s->n_past, s->cap_past, d);
		else
			doc_free(d);
		d = fresh;
		d->born = e->n;
	}
	if (!d) {
		d = doc_new(e->open.path);
		d->born = e->n;
		MEM_PUSH(s->docs, s->n_docs, s->cap_docs, d);
	}
	if (d->n_nodes == 1) {
		d->size = e->open.size;
		d->mtime_us = e->open.mtime_us;
	}
	d->open = true;
	return true;
}

bool apply_base(struct state *s, const struct event *e, struct err *err)
{
	struct doc *d = doc_or_fail(s, e->base.path, err);

	if (!d)
		return false;
	if (strlen(e->base.hash) != HASH_HEX)
		return err_set(err, ERR_PARSE, "%s: its base has no hash", d->path);
	memcpy(d->base_hash, e->base.hash, sizeof(d->base_hash));
	d->base_len = e->base.len;
	d->base_kept = e->base.kept;
	return true;
}

bool apply_edit(struct state *s, const struct event *e, struct err *err)
{
	struct doc *d = e->edit.doc ? e->edit.doc : doc_or_fail(s, e->edit.path, err);
	struct doc_step x = { .v = e->edit.v, .n = e->edit.n, .by = e->edit.by };

	return d && doc_step(d, &x, err);
}

/* Changes both documents or none: the old one must contain exactly what the new one gets. */
bool apply_rename(struct state *s, const struct event *e, struct err *err)
{
	struct doc *from = doc_or_fail(s, e->rename.path, err),
		   *to = from ? doc_or_fail(s, e->rename.to, err) : NULL;
	struct change all = { .removed = e->rename.n ? e->rename.v[0].ins.len : 0 };
	struct edit_by by = { EDIT_BY_SUGGESTION, e->rename.suggestion };
	struct doc_step came = { e->rename.v, e->rename.n, by, DOC_CAME, { 0 } },
			went = { &all, 1, by, DOC_GONE, { 0 } };

	if (!to)
		return false;
	if (to == from || e->rename.n == 0)
		return err_set(err, ERR_PARSE, "%s cannot be renamed to %s", from->path, to->path);
	if (from->text && text_len(from->text) != all.removed)
		return err_set(err, ERR_CONFLICT, "%s: a rename brings along another text",
			       from->path);
	came.move = (struct doc_move){ from->path, from->n_nodes, e->rename.authors,
				       e->rename.n_authors };
	went.move = (struct doc_move){ to->path, to->n_nodes, NULL, 0 };
	return doc_step(to, &came, err) && doc_step(from, &went, err);
}

bool apply_remove(struct state *s, const struct event *e, struct err *err)
{
	struct doc *d = doc_or_fail(s, e->remove.path, err);
	struct doc_step x = { e->remove.v,
			      e->remove.n,
			      { EDIT_BY_SUGGESTION, e->remove.suggestion },
			      DOC_GONE,
			      { 0 } };

	return d && doc_step(d, &x, err);
}

bool apply_goto(struct state *s, const struct event *e, struct err *err)
{
	struct doc *d = doc_or_fail(s, e->go.path, err);

	return d && doc_goto(d, e->go.node > UINT32_MAX ? UINT32_MAX : (uint32_t)e->go.node, err);
}

bool apply_save(struct state *s, const struct event *e, struct err *err)
{
	struct doc *d = doc_or_fail(s, e->save.path, err);

	if (!d)
		return false;
	if (e->save.of > d->n_nodes)
		return err_set(err, ERR_PARSE, "%s has no node %llu", d->path,
			       (unsigned long long)e->save.of - 1);
	d->saved = e->save.of ? (uint32_t)e->save.of - 1 : d->current;
	d->size = e->save.size;
	d->mtime_us = e->save.mtime_us;
	return true;
}

bool apply_close(struct state *s, const struct event *e, struct err *err)
{
	struct doc *d = doc_or_fail(s, e->close.path, err);

	if (d)
		d->open = false;
	return d != NULL;
}
