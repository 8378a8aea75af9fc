/* edit.h - opens, changes and saves documents of a session.
 *
 * Connects files on disk with documents in the state. On the first edit of a
 * document its base text is hashed and kept by the worker pool; above
 * EDIT_RECORD_LIMIT bytes only the hash is kept. Every change becomes an event.
 */
#ifndef POSEDGE_EDIT_H
#define POSEDGE_EDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/journal/event.h"

struct doc;
struct session;
struct str;

#define EDIT_RECORD_LIMIT (4u << 20)

/* Opens path (relative to the root, inside it) or returns the document that is
 * open; it is warm. If the file does not exist, nor an unsaved text of it: an empty
 * document when create is set, otherwise ERR_NOT_FOUND. Borrowed until the next open. */
struct doc *edit_open(struct session *s, const char *path, bool create, struct err *err);

/* Makes one undo step. */
bool edit_change(struct session *s, const char *path, const struct change *v, size_t n,
		 struct edit_by by, struct err *err);

/* Like edit_change() for a document that is open and was edited before, so that its
 * base is kept. */
bool edit_doc(struct session *s, struct doc *d, const struct change *v, size_t n, struct edit_by by,
	      struct err *err);

/* Makes an undo step at which the file does not exist: saving it removes the file. */
bool edit_mark_removed(struct session *s, const char *path, const struct change *v, size_t n,
		       uint64_t suggestion, struct err *err);

/* Renames path to `to`: one step in both documents. Both are open and `to` is
 * empty. The first change adds the whole text of path; the runs in authors describe
 * its lines. */
bool edit_rename(struct session *s, const char *path, const char *to, const struct change *v,
		 size_t n, const struct author_run *authors, size_t n_authors, uint64_t suggestion,
		 struct err *err);

/* Having nothing to undo is not an error. Changes that were applied together, in
 * several documents or under both names of a file, are undone together, except in
 * documents that were changed since. */
bool edit_undo(struct session *s, const char *path, struct err *err);
bool edit_redo(struct session *s, const char *path, struct err *err);

/* True if both documents are still as one common step left them. */
bool edit_same_step(const struct session *s, const struct doc *a, const struct doc *b);
bool edit_goto(struct session *s, const char *path, uint32_t node,
	       struct err *err); /* a node of its undo tree */
bool edit_close(struct session *s, const char *path,
		struct err *err); /* its text and undo tree stay */

/* True if the file on disk is not the one that was opened or last saved. */
bool edit_changed_on_disk(const struct session *s, const struct doc *d);

/* A text that identifies the version on disk: it differs whenever the file changed.
 * The caller frees it. */
char *edit_disk_version(const struct session *s, const char *path);

/* Replaces the text by that of the file on disk, as an edit by "disk" that can be
 * undone, and marks it saved; a missing file counts as empty. If the texts are
 * equal but the file is another one, only that is recorded. */
bool edit_reload(struct session *s, const char *path, struct err *err);

/* In a task: syncs the journal to disk, then writes the file, then records that.
 * ERR_CONFLICT when the file on disk is not the one that was opened or last saved;
 * force writes it anyway. If the document's file does not exist at its current
 * node, the file is removed instead (moved.h). For a rename both sides are saved:
 * the new file is written before the old one is removed. */
bool edit_save(struct session *s, const char *path, bool force, struct err *err);

/* After such a conflict: the path of the file that differs on disk, which is path
 * or the other side of a rename. Borrowed from path or from the document. */
const char *edit_conflict_path(struct session *s, const char *path);

/* In a task: deletes the file once the journal is on disk; the document and its
 * undo tree stay. A missing file is fine. */
bool edit_remove(struct session *s, const char *path, struct err *err);

/* The text of the document's node 0. ERR_NOT_FOUND when it was too large to keep,
 * or the first edit is not on disk yet. */
bool edit_base(const struct session *s, const struct doc *d, struct str *out, struct err *err);

/* True if the file exists on disk now. */
bool edit_on_disk(const struct session *s, const char *path);

#endif
