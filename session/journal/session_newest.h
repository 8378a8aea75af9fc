/* session_newest.h - the session that goes on when none is named.
 *
 * That is the user's newest one, with one exception: a command that finds the session open
 * in another posedge records in a new session beside it. If such a session has no question,
 * no suggestion and no edit, the one it ran beside is continued instead as soon as nobody
 * has it open, so that the unsaved text there is found again.
 */
#ifndef POSEDGE_SESSION_NEWEST_H
#define POSEDGE_SESSION_NEWEST_H

#include <stddef.h>

struct strv;

/* Its index in ids, the sessions below root, oldest first; ids->n: none is the user's. */
size_t session_newest_of(const char *root, const struct strv *ids);

#endif
