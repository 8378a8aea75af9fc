/* stage.h - a job's sources as a small tree of their own.
 *
 * Tools run on copies: what is linted is the text given, not what happens to
 * be on disk; messages carry the project's relative paths; and a path with a
 * blank, or a folder that the tool must not see, is out of the picture.
 *
 * A private folder is locked (flock) as long as its stage lives, so that those
 * of a posedge that was killed can be told from the others: whoever makes a new
 * one removes them. They lie in memory, where nobody else would look.
 */
#ifndef POSEDGE_STAGE_H
#define POSEDGE_STAGE_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct sim_job;

struct stage {
	char *dir;		/* absolute */
	int lock;		/* of a private one; -1 */
	struct strv compile;	/* files to name to the tool, relative */
	struct strv include;	/* folders for -I, relative, "." first */
	bool checks;		/* a source holds an $error, $fatal or assertion */
	bool dumps;		/* a source calls $dumpvars */
};

/* In dir/src when dir is given, else in a new private folder for temporary
 * files. Headers (.vh, .svh) are staged but not named. */
bool stage_init(struct stage *s, const struct sim_job *job, const char *dir, struct err *err);
void stage_fini(struct stage *s);	/* removes the tree */

#endif
