/* sessions.h - the sessions of a project: listed, archived, deleted, and back.
 *
 * A session that is deleted lies in .posedge/trash/ID until the trash is
 * emptied; one that is archived in .posedge/archive/ID.tar.zst, written with
 * tar.h and zstd, and is taken away only when that has been read back. One
 * that somebody has open stays where it is.
 */
#ifndef POSEDGE_SESSIONS_H
#define POSEDGE_SESSIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct loop;

/* A setting like others, but of the session itself. */
#define SESSION_NAME "session.name"

struct session_info {
	char *name, *verdict; /* "" */
	uint64_t started_ms, events, bytes;
	uint64_t damaged; /* the line where it cannot be read on; 0: whole */
};

bool session_info(struct loop *l, const char *root, const char *id, struct session_info *out,
		  struct err *err);
void session_info_fini(struct session_info *i);

/* ERR_NOT_FOUND: no such session; ERR_BUSY: somebody has it open. */
bool sessions_delete(const char *root, const char *id, struct err *err);
bool sessions_archive(struct loop *l, const char *root, const char *id,
		      struct err *err); /* in a task */

/* Whether zstd is here, which archives are packed and unpacked with; its path is
 * the caller's to free. */
bool sessions_archiver(char **path, struct err *err);

/* From the trash or the archive. */
bool sessions_restore(struct loop *l, const char *root, const char *id,
		      struct err *err); /* in a task */

/* Removes what is in the trash; *n is how many. */
bool sessions_empty(const char *root, size_t *n, struct err *err);

/* ids, oldest first. */
void sessions_trash(const char *root, struct strv *out);
void sessions_archived(const char *root, struct strv *out);

/* ERR_NOT_FOUND or ERR_BUSY, as above. */
bool sessions_free(const char *root, const char *id, struct err *err);

#endif
