/* import_worktree.h - changes that others made to the work tree, as suggestions.
 *
 * Another assistant, a script or a colleague changed the working tree: each
 * file that differs from a revision becomes a suggestion of author "outside"
 * that is in place already (see suggestion.h). Refusing a line puts back what
 * the revision had. A file that is gone and a new one that has most of its
 * lines are one file that was renamed.
 */
#ifndef POSEDGE_IMPORT_WORKTREE_H
#define POSEDGE_IMPORT_WORKTREE_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/review/flow_place.h"

struct workbench;

#define IMPORT_FILES_MAX 200

/* One task. Needs an open session. Files that are no text or too large are
 * named in out->refused. ERR_TOOL: see revisions.h. */
bool import_worktree(struct workbench *w, const char *rev, struct place_result *out,
		     struct err *err);

#endif
