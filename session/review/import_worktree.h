/* import_worktree.h - imports changes that others made to the work tree as
 * suggestions.
 *
 * When another assistant, a script or a colleague has changed the work tree, each
 * file that differs from a revision becomes a suggestion by "outside" that is in
 * place already (see suggestion.h). Refusing a line restores the revision's. A
 * removed file and a new one with most of its lines count as a rename.
 */
#ifndef POSEDGE_IMPORT_WORKTREE_H
#define POSEDGE_IMPORT_WORKTREE_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/review/flow_place.h"

struct workbench;

#define IMPORT_FILES_MAX 200

/* One task. Needs an open session. Files that are not text or too large are listed
 * in out->refused. ERR_TOOL: see revisions.h. */
bool import_worktree(struct workbench *w, const char *rev, struct place_result *out,
		     struct err *err);

#endif
