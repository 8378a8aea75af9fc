/* flow_rewind.h - back to an earlier moment of the session: one task.
 *
 * Each document goes to the text it had then, as one step that its undo tree
 * keeps; what was saved then is saved. A file that was made since is emptied
 * and removed. Suggestions that were open then and are not as they were any more
 * are made anew, split, rewritten and decided on as they were, those that came
 * since are closed. The journal only grows: the
 * rewind is an event, and going to the moment before it undoes it.
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
	uint64_t from, to;	   /* events */
	size_t files, suggestions; /* that changed */
	struct strv notes;	   /* sentences: what could not be brought back, and why */
};

/* Needs a session with all of its state. *out is to be finished in either case. */
bool flow_rewind(struct session *s, uint64_t to, struct rewound *out, struct err *err);
void rewound_fini(struct rewound *r);

/* Which moment a person means: an event's number ("57", "#57"), the name of a
 * mark (the last of that name), "back" (before the last rewind), "last".
 * ERR_NOT_FOUND says what there is. */
bool moment_named(struct moments *m, const char *name, uint64_t *n, struct err *err);

/* The same, of the session that is open. */
bool flow_find_moment(struct session *s, const char *name, uint64_t *n, struct err *err);

/* A session that goes on from there, see session_fork(); *id is to be freed. */
bool flow_fork(struct session *s, const char *name, char **id, uint64_t *n, struct err *err);

#endif
