/* git_places.h - finds the files that git reads for a repository, without running git.
 *
 * Map of sim/git: older versions of the project's files, as session/tool/revisions.h.
 *
 *   git         git in the sandbox
 *   git_places  the files that git reads
 *   git_odd     pipes and devices that would make git block
 *
 * A sandbox shows git these folders and files and nothing else. The repository may be
 * untrusted: a path in it must look like part of a repository, and must never contain
 * the repository or the home folder.
 *
 * Sources: gitrepository-layout(5), git-config(1).
 */
#ifndef POSEDGE_GIT_PLACES_H
#define POSEDGE_GIT_PLACES_H

#include "session/base/str.h"

/* Appends absolute paths, each once: the folder with .git at or above root, else
 * root; and the targets of a .git file, of a work tree and of alternate object
 * stores. root: absolute, without links. */
void git_places_repository(const char *root, struct strv *out);

/* Appends the configuration files of root's repository, existing or not. */
void git_places_configs(const char *root, struct strv *out);

/* Appends the user's own git configuration files that exist, by the environment,
 * without includes. */
void git_places_settings(struct strv *out);

/* Appends path if it is absolute, exists, and is not inside a folder of out; /dev is
 * in every sandbox. */
void git_places_add(const char *path, struct strv *out);

#define GIT_PLACES_MOST 64 /* alternate object stores; more are not visible */

#endif
