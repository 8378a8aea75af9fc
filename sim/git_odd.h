/* git_odd.h - what git would read without end: pipes and devices in a repository.
 *
 * git opens .gitattributes, .gitignore and the files of its own folders as they are,
 * and waits at a pipe for whoever never writes. So they are looked for before git
 * is asked anything: in the work tree, in its .posedge, too, in repositories within it,
 * and behind links within a folder of git's own. Files that a configuration names are
 * not among these: git.c asks git for them.
 */
#ifndef POSEDGE_GIT_ODD_H
#define POSEDGE_GIT_ODD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "session/base/str.h"

#define GIT_ODD_MOST  500000u /* entries that are looked at in all; what is after is not */
#define GIT_ODD_DEPTH 64u
#define GIT_ODD_LINKS 1000u /* folders reached by a link or a name; likewise */

/* places: as git_places_repository() found them, the work tree first. True: *path is the
 * first pipe or device, or link to one, that git would read. A link to /dev/null is not one.
 * Blocks: it is for the pool. *stop: it ends soon, and the result is worth nothing. */
bool git_odd_find(const struct strv *places, const atomic_bool *stop, struct str *path);

/* Whether reading such a file would not end. */
bool git_odd_is(const struct stat *st);

#endif
