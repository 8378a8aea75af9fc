/* flow_rewind.h - returns to an earlier moment of the session: one task.
 *
 * Each document gets its text of that moment, as one step in its undo tree, and is
 * saved if it was saved then. A file made since is emptied and removed. Suggestions
 * that were open then and have changed since are made again, with their splits,
 * amended lines and decisions; suggestions made since are closed. The journal only
 * grows: the rewind is an event, and returning to the moment before it undoes it.
 */
#ifndef POSEDGE_FLOW_REWIND_H
#define POSEDGE_FLOW_REWIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct moments;
struct session;

struct rewound {
	uint64_t from, to;	   /* event numbers */
	size_t files, suggestions; /* number of each that changed */
	struct strv notes;	   /* sentences: what could not be restored, and why */
};

/* Needs a session with its complete state. Call rewound_fini(out) in either case. */
bool flow_rewind(struct session *s, uint64_t to, struct rewound *out, struct err *err);
void rewound_fini(struct rewound *r);

/* Finds a moment by name: an event's number ("57", "#57"), a mark (the last with
 * that name), "back" (before the last rewind), or "last". ERR_NOT_FOUND lists what
 * exists. */
bool moment_named(struct moments *m, const char *name, uint64_t *n, struct err *err);

/* Like moment_named() for the open session. */
bool flow_find_moment(struct session *s, const char *name, uint64_t *n, struct err *err);

/* Starts a session that continues from that moment, see session_fork(); the caller
 * frees *id. */
bool flow_fork(struct session *s, const char *name, char **id, uint64_t *n, struct err *err);

#endif
