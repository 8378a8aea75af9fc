/* screen.h - posedge on the full screen: from its start to its end. */
#ifndef POSEDGE_SCREEN_H
#define POSEDGE_SCREEN_H

#include <stdbool.h>

#include "session/base/err.h"

struct workbench;

struct screen_start {
	char *const
		*files; /* to open, as given: FILE, FILE:LINE, FILE:LINE:COLUMN; NULL-terminated */
	const char *script; /* plays this file instead of a terminal; NULL */
	const char *plugin; /* --plugin; NULL */
	char *const *
		replay; /* plays a recorded session: what follows `replay`, NULL-terminated; NULL */
	const char *first; /* a command line to run when it is up; NULL */
};

struct screen_next {   /* where the person wants to go on; zero: nowhere */
	char *session; /* both to be freed */
	char *moment;  /* to rewind to there; NULL */
};

/* False with err: it did not come up (no terminal, no session), or the script
 * failed. The workbench is the caller's, and *next may be another session to
 * begin with anew. */
bool screen_run(struct workbench *w, const struct screen_start *start, struct screen_next *next,
		struct err *err);

#endif
