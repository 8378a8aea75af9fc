/* sessions.h - lists, archives, deletes and restores the sessions of a project.
 *
 * A deleted session is in .posedge/trash/ID until the trash is emptied; an archived
 * one is in .posedge/archive/ID.tar.zst, written with tar.h and zstd, and is
 * removed only after the archive has been read back. A session that somebody has
 * open is left alone.
 */
#ifndef POSEDGE_SESSIONS_H
#define POSEDGE_SESSIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct loop;
struct session;

/* An option, but stored in the session itself. */
#define SESSION_NAME "session.name"

struct session_info {
	char *name, *verdict; /* "" */
	uint64_t started_ms, events, bytes;
	uint64_t damaged; /* first line that cannot be read; 0: intact */
};

bool session_info(struct loop *l, const char *root, const char *id, struct session_info *out,
		  struct err *err);
void session_info_fini(struct session_info *i);

/* Appends a sentence for each session that ran beside s, is not open now, and has unsaved
 * text. */
void sessions_unsaved_beside(struct loop *l, const struct session *s, struct str *out);

/* ERR_NOT_FOUND: no such session; ERR_BUSY: somebody has it open. */
bool sessions_delete(const char *root, const char *id, struct err *err);
bool sessions_archive(struct loop *l, const char *root, const char *id,
		      struct err *err); /* in a task */

/* True if zstd, which packs and unpacks archives, is installed; the caller frees
 * *path. */
bool sessions_archiver(char **path, struct err *err);

/* Restores it from the trash or the archive. */
bool sessions_restore(struct loop *l, const char *root, const char *id,
		      struct err *err); /* in a task */

/* Empties the trash; *n is the number of sessions removed. */
bool sessions_empty(const char *root, size_t *n, struct err *err);

/* ids, oldest first. */
void sessions_trash(const char *root, struct strv *out);
void sessions_archived(const char *root, struct strv *out);

/* ERR_NOT_FOUND or ERR_BUSY, as for sessions_delete(). */
bool sessions_free(const char *root, const char *id, struct err *err);

#endif
