/* git_odd.h - what git would read without end: pipes and devices in a repository.
 *
 * git opens .gitattributes, .gitignore and the files of its own folder as they are,
 * and waits at a pipe for whoever never writes. So they are looked for before git
 * is asked anything.
 */
#ifndef POSEDGE_GIT_ODD_H
#define POSEDGE_GIT_ODD_H

#include <stdbool.h>

#include "session/base/str.h"

#define GIT_ODD_MOST  500000u /* entries that are looked at in all; what is behind is not */
#define GIT_ODD_DEPTH 64u

/* places: as git_places_repository() found them, the work tree first. True: *path is the
 * first pipe or device, or link to one, that git would read. A link to /dev/null is none.
 * Blocks: it is for the pool. */
bool git_odd_find(const struct strv *places, struct str *path);

#endif
