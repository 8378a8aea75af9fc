/* edit.h - documents of a session: opened, changed, saved.
 *
 * What ties files on disk to documents in the state. The first edit of a
 * document has its base text hashed and kept on the worker pool; above
 * EDIT_RECORD_LIMIT only the hash is kept. Every change becomes an event.
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

/* Opens path (relative to the root, inside it), or gives the one that is
 * open; warm in either case. A file that is not there is an empty document
 * when create is set, else ERR_NOT_FOUND. Borrowed: until the next open. */
struct doc *edit_open(struct session *s, const char *path, bool create, struct err *err);

/* One undo step. */
bool edit_change(struct session *s, const char *path, const struct change *v, size_t n,
		 struct edit_by by, struct err *err);

/* The same for a document that is open and not as it was opened: its base is kept. */
bool edit_doc(struct session *s, const struct doc *d, const struct change *v, size_t n,
	      struct edit_by by, struct err *err);

/* One undo step at which there is no such file: it is removed when that is saved. */
bool edit_take_away(struct session *s, const char *path, const struct change *v, size_t n,
		    uint64_t suggestion, struct err *err);

/* The file has the name `to` from now on: a step of both documents, which are open,
 * `to` empty. The first change brings all that path holds, which the runs of authors
 * are about. */
bool edit_rename(struct session *s, const char *path, const char *to, const struct change *v,
		 size_t n, const struct author_run *authors, size_t n_authors, uint64_t suggestion,
		 struct err *err);

/* Nothing to undo is fine. What was applied together, in several documents or
 * under two names of a file, is one step: the others go along, unless something
 * else was done there since. */
bool edit_undo(struct session *s, const char *path, struct err *err);
bool edit_redo(struct session *s, const char *path, struct err *err);

/* Whether both are as such a step left them. */
bool edit_same_step(const struct session *s, const struct doc *a, const struct doc *b);
bool edit_goto(struct session *s, const char *path, uint32_t node,
	       struct err *err); /* of its undo tree */
bool edit_close(struct session *s, const char *path,
		struct err *err); /* its text and undo steps stay known */

/* Whether the file on disk is not the one that was opened or last saved. */
bool edit_changed_on_disk(const struct session *s, const struct doc *d);

/* Which one that is: another text whenever it changed; to be freed. */
char *edit_disk_version(const struct session *s, const char *path);

/* Makes the text that of the file on disk, as an edit by "disk" that can be
 * undone, and saved; one that is gone counts as empty. Where they are the
 * same only that is recorded, if the file is another one. */
bool edit_reload(struct session *s, const char *path, struct err *err);

/* In a task: has the journal on disk first, then writes the file, then
 * records that. ERR_CONFLICT when the file on disk is not the one that was
 * opened or last saved; force writes all the same. A document that is no file
 * by now is removed instead (moved.h). Of a file that was renamed both sides
 * are saved, and the one that goes is removed once the other one is written. */
bool edit_save(struct session *s, const char *path, bool force, struct err *err);

/* After such a conflict: which file is another one on disk, path or, of a file
 * that was renamed, its other side. Borrowed from path or from the document. */
const char *edit_in_the_way(struct session *s, const char *path);

/* In a task: deletes the file, once the journal is on disk; the document and
 * its undo tree stay. One that is not there is fine. */
bool edit_remove(struct session *s, const char *path, struct err *err);

/* The text of the document's node 0. ERR_NOT_FOUND when it was not kept: too
 * large, or the first edit is not on disk yet. */
bool edit_base(const struct session *s, const struct doc *d, struct str *out, struct err *err);

/* Whether there is such a file now. */
bool edit_on_disk(const struct session *s, const char *path);

#endif
