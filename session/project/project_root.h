/* project_root.h - determines which folder is the project.
 *
 * Going up from a file, this is the nearest folder that is marked: with .posedge
 * or .posedgerc first of all, else with a file list, a project file (.core, .qsf,
 * .xpr, info.yaml) or .git. The home folder and / are never found in this way.
 * Examines names on disk, not contents.
 */
#ifndef POSEDGE_PROJECT_ROOT_H
#define POSEDGE_PROJECT_ROOT_H

#include <stdbool.h>

#include "session/base/err.h"

/* The project that the folder belongs to: the folder itself if none above is
 * marked. dir: absolute, free of links. The caller frees. */
char *project_root_of(const char *dir);

/* The same for a file, which need not exist, named by a user whose current folder
 * is here; both absolute and free of links. If nothing is marked, it is the
 * file's own folder or, if `here` is above that, the folder that contains the
 * file in rtl/, src/, tb/ or the like. */
char *project_root_of_file(const char *path, const char *here);

/* True for /tmp and the like: everybody may write there, so neither a mark in it nor that
 * somebody stands there says anything about the folders below. */
bool project_root_is_shared(const char *dir);

/* False for the home folder and / unless a .posedgerc marks them as a project;
 * err then says what to do. */
bool project_root_fits(const char *root, struct err *err);

#endif
