/* screen.h - posedge on the full screen: from its start to its end. */
#ifndef POSEDGE_SCREEN_H
#define POSEDGE_SCREEN_H

#include <stdbool.h>

#include "session/base/err.h"

struct workbench;

struct screen_start {
	char *const *files;	/* to open, as given: FILE, FILE:LINE, FILE:LINE:COLUMN; NULL-terminated */
	const char *script;	/* plays this file instead of a terminal; NULL */
	const char *plugin;	/* --plugin; NULL */
	char *const *replay;	/* plays a recorded session: what follows `replay`, NULL-terminated; NULL */
};

/* False with err: it did not come up (no terminal, no session), or the script
 * failed. The workbench is the caller's. */
bool screen_run(struct workbench *w, const struct screen_start *start, struct err *err);

#endif
