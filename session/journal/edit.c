/* Connects documents in the state with files on disk.
 *
 * The state has an undo tree for each document that was ever opened, but its text
 * only while somebody works on it. A document that becomes warm takes its text from
 * the base kept at its first edit and applies the changes down the tree; one
 * without edits takes it from the file.
 *
 * The first edit of a 76 MB file must not wait for its hash. The text lends its
 * original bytes, which edits never change, to the pool, which hashes and stores
 * them; the base event follows when that is done.
 *
 * A save is journal, file, event, in this order. After a kill the journal may know
 * a text that the file lacks, which the next start offers; the file never has one
 * that the journal lacks.
 */
#include "config.h"

#include "session/journal/edit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/moved.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/text/text.h"

static char *full_path(const struct session *s, const char *path)
{
	return str_fmt("%s/%s", session_root(s), path);
}

/* Size and time of the file; both 0 if it does not exist. */
static void look(const char *full, uint64_t *size, uint64_t *mtime_us)
{
	struct stat st;

	*size = *mtime_us = 0;
	if (stat(full, &st) == 0) {
		*size = (uint64_t)st.st_size;
		*mtime_us =
			(uint64_t)st.st_mtim.tv_sec * 1000000 + (uint64_t)st.st_mtim.tv_nsec / 1000;
	}
}

/* Warms a cold document: from the kept base or, if that is not available, from the
 * file, which has the text saved last. */
static bool warm(struct session *s, struct doc *d, const char *full, struct err *err)
{
	struct str text = STR_INIT;
	uint32_t node = 0;
	size_t len;

	if (d->n_nodes > 1 && d->base_hash[0] && d->base_kept) {
		const struct blobs *b = session_blobs(s);

		if (!b->get(b->ctx, d->base_hash, &text, err))
			goto failed;
	} else {
		node = d->saved;
		if (!file_read(full, 0, &text, err) && file_exists(full))
			goto failed;
	}
	len = text.len;
	return doc_load_text(d, node, str_take(&text), len, err);
failed:
	str_free(&text);
	return false;
}

struct doc *edit_open(struct session *s, const char *path, bool create, struct err *err)
{
	char *rel = NULL;
	char *full = NULL;
	struct event e = { .type = EVENT_OPEN };
	struct doc *d = NULL;

	if (!path_inside(session_root(s), path, &rel, err))
		return NULL;
	full = full_path(s, rel);
	d = session_doc(s, rel);
	/* The text of a new file is here before it is on disk. */
	if (!file_exists(full) && !create && !(d && (d->text || doc_unsaved(d)))) {
		d = NULL;
		err_set(err, ERR_NOT_FOUND, "open %s: %s", rel, strerror(ENOENT));
		goto out;
	}
	if (!d || !d->open || !d->text) {
		e.open.path = rel;
		look(full, &e.open.size, &e.open.mtime_us);
		if (!session_record(s, &e, NULL, err)) {
			d = NULL;
			goto out;
		}
		d = session_doc(s, rel);
	}
	if (!d->text && !warm(s, d, full, err))
		d = NULL;
out:
	free(full);
	free(rel);
	return d;
}

/* Stores the base; edits do not change it, so no copy is needed. */
struct base_job {
	struct session *s;
	char *path;
	struct text_start *base;
	const char *data;
	size_t len;
	bool keep, kept;
	char hash[HASH_HEX + 1];
};

static void keep_base(void *ctx)
{
	struct base_job *j = ctx;
	const struct blobs *b = session_blobs(j->s);

	hash_text(j->data, j->len, j->hash);
	j->kept = j->keep && b->put(b->ctx, j->hash, j->data, j->len, NULL);
}

static void record_base(void *ctx)
{
	struct base_job *j = ctx;
	struct event e = { .type = EVENT_BASE };

	e.base.path = j->path;
	e.base.hash = j->hash;
	e.base.len = j->len;
	e.base.kept = j->kept;
	session_record(j->s, &e, NULL, NULL);
	free(j->path);
	text_release(j->base);
	free(j);
}

static void start_base(struct session *s, const struct doc *d)
{
	struct base_job *j = mem_zalloc(sizeof(*j));

	j->s = s;
	j->path = mem_strdup(d->path);
	j->base = text_hold(d->text, &j->data, &j->len);
	j->keep = j->len <= EDIT_RECORD_LIMIT;
	session_work(s, keep_base, record_base, j);
}

/* The open document at path; stores its base before the first edit. NULL: not open. */
static struct doc *open_doc(struct session *s, const char *path, struct err *err)
{
	struct doc *d = session_doc(s, path);

	if (!d || !d->text) {
		err_set(err, ERR_USAGE, "%s is not open", path);
		return NULL;
	}
	if (d->n_nodes == 1 && !d->base_hash[0])
		start_base(s, d);
	return d;
}

bool edit_mark_removed(struct session *s, const char *path, const struct change *v, size_t n,
		       uint64_t suggestion, struct err *err)
{
	struct event e = { .type = EVENT_REMOVE };

	e.remove.path = path;
	e.remove.suggestion = suggestion;
	e.remove.v = (struct change *)v;
	e.remove.n = n;
	return open_doc(s, path, err) && session_record(s, &e, NULL, err);
}

bool edit_rename(struct session *s, const char *path, const char *to, const struct change *v,
		 size_t n, const struct author_run *authors, size_t n_authors, uint64_t suggestion,
		 struct err *err)
{
	struct event e = { .type = EVENT_RENAME };

	e.rename.path = path;
	e.rename.to = to;
	e.rename.suggestion = suggestion;
	e.rename.v = (struct change *)v;
	e.rename.n = n;
	e.rename.authors = (struct author_run *)authors;
	e.rename.n_authors = n_authors;
	return open_doc(s, path, err) && open_doc(s, to, err) && session_record(s, &e, NULL, err);
}

bool edit_doc(struct session *s, struct doc *d, const struct change *v, size_t n, struct edit_by by,
	      struct err *err)
{
	struct event e = { .type = EVENT_EDIT };

	e.edit.doc = d;
	e.edit.path = d->path;
	e.edit.by = by;
	e.edit.v = (struct change *)v;
	e.edit.n = n;
	return session_record(s, &e, NULL, err);
}

bool edit_change(struct session *s, const char *path, const struct change *v, size_t n,
		 struct edit_by by, struct err *err)
{
	struct doc *d = open_doc(s, path, err);

	return d && edit_doc(s, d, v, n, by, err);
}

static bool go_to(struct session *s, struct doc *d, uint32_t node, struct err *err)
{
	struct event e = { .type = EVENT_GOTO };

	if (node == d->current)
		return true;
	e.go.path = d->path;
	e.go.node = node;
	return session_record(s, &e, NULL, err);
}

bool edit_goto(struct session *s, const char *path, uint32_t node, struct err *err)
{
	struct doc *d = session_doc(s, path);

	return d && d->text ? go_to(s, d, node, err)
			    : err_set(err, ERR_USAGE, "%s is not open", path);
}

/* Number of the common step that made the node, which may span several documents; 0: none. */
static uint64_t step_of(const struct state *st, const struct doc *d, uint32_t node)
{
	uint64_t n = doc_suggestion(d, node);
	const struct proposal *p = n ? state_proposal(st, n) : NULL;

	return p && p->with ? p->with : n;
}

bool edit_same_step(const struct session *s, const struct doc *a, const struct doc *b)
{
	uint64_t step = step_of(session_state(s), a, a->current);

	return step && step == step_of(session_state(s), b, b->current);
}

/* Node this document moves to when that step is undone (back) or redone;
 * d->current if the document is not part of it. */
static uint32_t along(const struct state *st, const struct doc *d, uint64_t step, bool back)
{
	if (back)
		return step_of(st, d, d->current) == step ? d->nodes[d->current].parent
							  : d->current;
	for (uint32_t i = d->n_nodes; i-- > 1;)
		if (d->nodes[i].parent == d->current && step_of(st, d, i) == step)
			return i;
	return d->current;
}

static bool take_along(struct session *s, const char *first, uint64_t step, bool back,
		       struct err *err)
{
	const struct state *st = session_state(s);
	bool ok = true;

	for (size_t i = 0; ok && step && i < st->n_docs; i++) {
		struct doc *d = st->docs[i];
		uint32_t at = d->current, to = along(st, d, step, back);
		char *path = mem_strdup(d->path);

		if (to != at && strcmp(path, first) != 0) {
			d = edit_open(s, path, true, err);
			/* Another program's text has an undo tree of its own. */
			ok = d &&
			     (to >= d->n_nodes || d->current != at || edit_goto(s, path, to, err));
		}
		free(path);
	}
	return ok;
}

/* One of the two names of a renamed file must always have a file. The other
 * document may have been edited or undone separately, so that it was not moved too:
 * if neither has a file now, it moves to that rename, or before it. */
static bool keep_one_file(struct session *s, const char *path, uint32_t node, bool back,
			  struct err *err)
{
	const struct state *st = session_state(s);
	struct doc *d = session_doc(s, path);
	struct doc *other = moved_partner(st, d, node, NULL);
	char *name;
	uint32_t at;
	bool ok;

	if (!other || !moved_no_file(st, d))
		return true;
	name = mem_strdup(other->path);
	other = edit_open(s, name, true, err);
	ok = other != NULL;
	other = ok ? moved_partner(st, session_doc(s, path), node, &at)
		   : NULL; /* unless that opened another text */
	if (other && moved_no_file(st, other))
		ok = edit_goto(s, name, back ? other->nodes[at].parent : at, err);
	free(name);
	return ok;
}

static bool travel(struct session *s, const char *path, bool back, struct err *err)
{
	struct doc *d = session_doc(s, path);
	uint32_t to = !d ? 0 : back ? doc_undo_node(d) : doc_redo_node(d);
	uint32_t node = d && back ? d->current : to;
	uint64_t step = d && to != d->current ? step_of(session_state(s), d, node) : 0;

	return edit_goto(s, path, to, err) && take_along(s, path, step, back, err) &&
	       (!step || keep_one_file(s, path, node, back, err));
}

bool edit_undo(struct session *s, const char *path, struct err *err)
{
	return travel(s, path, true, err);
}

bool edit_redo(struct session *s, const char *path, struct err *err)
{
	return travel(s, path, false, err);
}

bool edit_close(struct session *s, const char *path, struct err *err)
{
	struct event e = { .type = EVENT_CLOSE };

	e.close.path = path;
	return session_record(s, &e, NULL, err);
}

bool edit_changed_on_disk(const struct session *s, const struct doc *d)
{
	char *full = full_path(s, d->path);
	uint64_t size, mtime_us;

	look(full, &size, &mtime_us);
	free(full);
	return size != d->size || mtime_us != d->mtime_us;
}

char *edit_disk_version(const struct session *s, const char *path)
{
	char *full = full_path(s, path), *version;
	uint64_t size, mtime_us;

	look(full, &size, &mtime_us);
	version = str_fmt("%s %llu %llu", path, (unsigned long long)size,
			  (unsigned long long)mtime_us);
	free(full);
	return version;
}

/* Records that the file on disk has this text, the text of `node`. */
static bool record_save(struct session *s, const char *path, const char *full,
			const struct str *text, uint32_t node, struct err *err)
{
	struct event e = { .type = EVENT_SAVE };
	char hash[HASH_HEX + 1];

	hash_text(str_cstr(text), text->len, hash);
	e.save.path = path;
	e.save.hash = hash;
	e.save.of = node + 1ull;
	look(full, &e.save.size, &e.save.mtime_us);
	return session_record(s, &e, NULL, err);
}

bool edit_reload(struct session *s, const char *path, struct err *err)
{
	struct doc *d = session_doc(s, path);
	char *full = full_path(s, path);
	struct str text = STR_INIT, disk = STR_INIT;
	struct change c;
	bool ok;

	if (!d || !d->text) {
		free(full);
		return err_set(err, ERR_USAGE, "%s is not open", path);
	}
	text_get_all(d->text, &text);
	ok = !file_exists(full) || file_read(full, 0, &disk, err);
	if (ok &&
	    (text.len != disk.len || memcmp(str_cstr(&text), str_cstr(&disk), text.len) != 0)) {
		change_between(str_cstr(&text), text.len, str_cstr(&disk), disk.len, &c);
		ok = edit_change(s, path, &c, 1, (struct edit_by){ EDIT_BY_DISK, 0 }, err) &&
		     record_save(s, path, full, &disk, d->current, err);
	} else if (ok && file_exists(full) && edit_changed_on_disk(s, d)) {
		/* only its time changed */
		ok = record_save(s, path, full, &disk, d->current, err);
	}
	str_free(&disk);
	str_free(&text);
	free(full);
	return ok;
}

/* The other side of the last rename on the path to node; unsaved: only if it is not
 * saved. NULL: none. */
static struct doc *last_partner(const struct session *s, const struct doc *d, uint32_t node,
				bool unsaved)
{
	for (;; node = d->nodes[node].parent) {
		struct doc *other = moved_partner(session_state(s), d, node, NULL);

		if (other && (!unsaved || doc_unsaved(other)))
			return other;
		if (node == 0)
			return NULL;
	}
}

/* A renamed file keeps its mode. */
static unsigned mode_of(const struct session *s, const struct doc *d)
{
	const struct doc *from = last_partner(s, d, d->current, false);
	char *full = from ? full_path(s, from->path) : NULL;
	struct stat st;
	unsigned mode = full && stat(full, &st) == 0 ? st.st_mode & 0777 : 0644;

	free(full);
	return mode;
}

static bool write_file(struct session *s, const char *path, bool force, struct err *err)
{
	struct doc *d = session_doc(s, path);
	char *full = full_path(s, path);
	char *dir = path_dir(full);
	struct str text = STR_INIT;
	uint64_t size, mtime_us;
	uint32_t node;
	bool ok = false;

	if (!d || !d->text) {
		err_set(err, ERR_USAGE, "%s is not open", path);
		goto out;
	}
	look(full, &size, &mtime_us);
	if (!force && (size != d->size || mtime_us != d->mtime_us)) {
		err_set(err, ERR_CONFLICT, "%s was changed on disk since it was opened", path);
		goto out;
	}
	text_get_all(d->text, &text);
	node = d->current; /* the user may type during the wait for the disk */
	if (!session_sync(s, err) || !file_make_dirs(dir, 0755, err) ||
	    !file_save(full, str_cstr(&text), text.len, mode_of(s, d), err))
		goto out;
	ok = record_save(s, path, full, &text, node, err);
out:
	str_free(&text);
	free(dir);
	free(full);
	return ok;
}

static bool remove_file(struct session *s, const char *path, bool force, struct err *err)
{
	if (!force && edit_on_disk(s, path) && edit_changed_on_disk(s, session_doc(s, path)))
		return err_set(err, ERR_CONFLICT, "%s was changed on disk since it was opened",
			       path);
	return edit_remove(s, path, err);
}

/* The other side of an unsaved rename. If d is to be removed (goes), also that of
 * any rename whose text is in no file yet: the text may have moved there. */
static const struct doc *unsaved_partner(const struct session *s, const struct doc *d, bool goes)
{
	const struct doc *other = last_partner(s, d, d->current, true);

	if (!other)
		other = last_partner(s, d, d->saved, true);
	for (uint32_t i = d->n_nodes; goes && !other && i-- > 1;) {
		other = moved_partner(session_state(s), d, i, NULL);
		if (other && (!doc_unsaved(other) || edit_on_disk(s, other->path)))
			other = NULL;
	}
	return other;
}

const char *edit_conflict_path(struct session *s, const char *path)
{
	const struct doc *d = session_doc(s, path), *other;

	if (!d || edit_changed_on_disk(s, d))
		return path;
	other = unsaved_partner(s, d, d->text && moved_no_file(session_state(s), d));
	return other && edit_changed_on_disk(s, other) ? other->path : path;
}

bool edit_save(struct session *s, const char *path, bool force, struct err *err)
{
	struct doc *d = session_doc(s, path);
	const struct doc *partner;
	bool goes, other_goes, ok;
	char *other;

	if (!d || !d->text)
		return err_set(err, ERR_USAGE, "%s is not open", path);
	goes = moved_no_file(session_state(s), d);
	partner = unsaved_partner(s, d, goes);
	other = partner ? mem_strdup(partner->path) : NULL;
	if (other && !edit_open(s, other, true, err)) {
		free(other);
		return false;
	}
	other_goes = other && moved_no_file(session_state(s), session_doc(s, other));
	if (goes)
		ok = (!other || other_goes || write_file(s, other, false, err)) &&
		     remove_file(s, path, force, err);
	else
		ok = write_file(s, path, force, err) &&
		     (!other_goes || remove_file(s, other, false, err));
	free(other);
	return ok;
}

bool edit_remove(struct session *s, const char *path, struct err *err)
{
	struct doc *d = session_doc(s, path);
	char *full = full_path(s, path);
	struct str nothing = STR_INIT;
	uint32_t node = d ? d->current : 0;
	bool ok = d || err_set(err, ERR_USAGE, "%s is not open", path);

	ok = ok && session_sync(s, err) &&
	     (unlink(full) == 0 || errno == ENOENT ||
	      err_set(err, ERR_IO, "remove %s: %s", path, strerror(errno))) &&
	     record_save(s, path, full, &nothing, node, err);
	free(full);
	return ok;
}

bool edit_on_disk(const struct session *s, const char *path)
{
	char *full = full_path(s, path);
	bool there = file_exists(full);

	free(full);
	return there;
}

bool edit_base(const struct session *s, const struct doc *d, struct str *out, struct err *err)
{
	const struct blobs *b = session_blobs(s);
	char *full;
	bool ok;

	if (d->base_hash[0] && d->base_kept)
		return b->get(b->ctx, d->base_hash, out, err);
	if (d->n_nodes > 1)
		return err_set(err, ERR_NOT_FOUND, "%s: what it was at first is not recorded",
			       d->path);
	if (d->text) {
		text_get_all(d->text, out);
		return true;
	}
	full = full_path(s, d->path);
	ok = !file_exists(full) || file_read(full, EDIT_RECORD_LIMIT, out, err);
	free(full);
	return ok;
}
