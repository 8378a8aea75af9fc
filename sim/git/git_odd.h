/* git_odd.h - finds pipes and devices in a repository, which would make git block.
 *
 * git opens .gitattributes, .gitignore and its own files without a check, and waits
 * forever on a pipe. So these are searched before git is run: in the work tree
 * including .posedge, in nested repositories, and behind links within git's own
 * folders. Files named in a configuration are not covered: git.c asks git for them.
 */
#ifndef POSEDGE_GIT_ODD_H
#define POSEDGE_GIT_ODD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "session/base/str.h"

#define GIT_ODD_MOST  500000u /* entries examined in total; the rest is not */
#define GIT_ODD_DEPTH 64u
#define GIT_ODD_LINKS 1000u /* folders reached by a link or a name; the rest is not */

/* places: from git_places_repository(), the work tree first. True: *path is the
 * first pipe or device, or link to one, that git would read; a link to /dev/null is
 * allowed. Blocks: call on the pool. Setting *stop ends it soon; the result is then
 * invalid. */
bool git_odd_find(const struct strv *places, const atomic_bool *stop, struct str *path);

/* True if reading such a file may not end. */
bool git_odd_is(const struct stat *st);

#endif
