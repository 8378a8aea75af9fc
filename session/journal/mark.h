/* mark.h - tells whether a session was made by the user who runs posedge.
 *
 * A session may come with a clone, with suggestions already "taken". So each
 * session's folder contains a file `mark`: 64 hexadecimal digits, the SHA-256 HMAC
 * of a line with the session's id and the user's number. The key is 32 bytes, as
 * hexadecimal digits, in session.key in the user's data folder, 0600, made on first
 * use. So a mark is valid for that user on that machine, or on machines that share
 * the home folder. It says who made the session, not that nobody changed it since:
 * a seal does that (seal.h).
 */
#ifndef POSEDGE_MARK_H
#define POSEDGE_MARK_H

#include <stdbool.h>

#include "session/base/err.h"

/* dir: the session's folder, which must exist. */
bool mark_write(const char *dir, const char *id, struct err *err);

/* False also when there is no key. Never makes a key. */
bool mark_is_mine(const char *dir, const char *id);

#endif
