/* mark.h - whether a session was made by who runs this.
 *
 * A session may come with a clone, its suggestions "taken already". So each
 * session's folder holds a file `mark`: 64 hexadecimal digits, the SHA-256 HMAC
 * of a line with the session's id and the user's number. The key is 32 bytes,
 * as hexadecimal digits, in session.key in the person's data folder, 0600, made
 * on first use: so a mark is of that user on that machine, or on those that
 * share the home folder. It says who made the session, not that nobody changed
 * it since: that is a seal's (seal.h).
 */
#ifndef POSEDGE_MARK_H
#define POSEDGE_MARK_H

#include <stdbool.h>

#include "session/base/err.h"

/* dir: the session's folder, there already. */
bool mark_write(const char *dir, const char *id, struct err *err);

/* False also when there is no key to tell by. Makes none. */
bool mark_is_mine(const char *dir, const char *id);

#endif
