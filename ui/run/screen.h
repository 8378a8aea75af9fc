/* screen.h - runs posedge on the full screen, from start to end. */
#ifndef POSEDGE_SCREEN_H
#define POSEDGE_SCREEN_H

#include <stdbool.h>

#include "session/base/err.h"

struct workbench;

struct screen_start {
	/* Files to open, as given: FILE, FILE:LINE, FILE:LINE:COLUMN;
	 * NULL-terminated. */
	char *const *files;
	const char *script; /* plays this file of keys instead of using a terminal; NULL */
	const char *plugin; /* --plugin; NULL */
	/* Plays a recorded session: the arguments of `replay`, NULL-terminated;
	 * NULL. */
	char *const *replay;
	const char *first; /* command line to run at the start; NULL */
};

struct screen_next {   /* where to continue; zero: nowhere */
	char *session; /* both are owned by the caller */
	char *moment;  /* event to rewind to there; NULL */
};

/* False with err: it did not start (no terminal, no session), or the script failed.
 * The workbench belongs to the caller; *next may name another session, to be started
 * with a new one. */
bool screen_run(struct workbench *w, const struct screen_start *start, struct screen_next *next,
		struct err *err);

#endif
