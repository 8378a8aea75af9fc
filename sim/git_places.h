/* git_places.h - what git reads for one repository, found without git.
 *
 * A sandbox shows git these folders and files and nothing else. The repository
 * may be a stranger's: what it names as its own must look like a part of a
 * repository, and is never a folder that holds the repository or the home
 * folder.
 *
 * Sources: gitrepository-layout(5), git-config(1).
 */
#ifndef POSEDGE_GIT_PLACES_H
#define POSEDGE_GIT_PLACES_H

#include "session/base/str.h"

/* Adds to out, absolute and each once: the folder with .git at or above root, else
 * root; the folders that a .git file, a work tree and borrowed objects lead to.
 * root: absolute, without links. */
void git_places_repository(const char *root, struct strv *out);

/* Adds the files of settings that the repository of root has, there or not. */
void git_places_configs(const char *root, struct strv *out);

/* Adds the person's own settings of git, those that are there: the files as
 * the environment names them, without what they include. */
void git_places_settings(struct strv *out);

/* Adds path when it is absolute and there, unless a folder of out holds it; what
 * is in /dev is in every sandbox. */
void git_places_add(const char *path, struct strv *out);

#define GIT_PLACES_MOST 64 /* borrowed objects: others are not there then */

#endif
