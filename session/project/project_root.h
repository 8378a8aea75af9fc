/* project_root.h - which folder is the project.
 *
 * Going up from a file, the nearest folder that somebody marked as one: first
 * of all with .posedge or .posedgerc, else with a file list, a project file
 * (.core, .qsf, .xpr, info.yaml) or .git. The home folder and / are never
 * found so. Looks at names on the disk; knows nothing of what is in them.
 */
#ifndef POSEDGE_PROJECT_ROOT_H
#define POSEDGE_PROJECT_ROOT_H

#include <stdbool.h>

#include "session/base/err.h"

/* The project that the folder belongs to: itself when none above is marked.
 * dir: absolute, without links. The caller frees. */
char *project_root_of(const char *dir);

/* The same for a file, which need not exist, named by somebody who is in the
 * folder here; both absolute and without links. Where nothing is marked it is
 * the file's own folder; when the person stands above that, the folder that
 * holds rtl/, src/, tb/ or another such folder with the file in it. */
char *project_root_of_file(const char *path, const char *here);

/* False for the home folder and / unless a .posedgerc says that it is a
 * project; err then says how to go on. */
bool project_root_fits(const char *root, struct err *err);

#endif
