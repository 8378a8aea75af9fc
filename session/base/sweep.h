/* sweep.h - removes temporary files that a killed program left next to the files it
 * saved.
 *
 * file_save() writes to FILE_TEMPORARY plus six letters, in the folder of the file
 * it saves, and holds flock() on it until the rename. A temporary file without a
 * lock has no writer. Earlier versions wrote NAME.XXXXXX without a lock.
 */
#ifndef POSEDGE_SWEEP_H
#define POSEDGE_SWEEP_H

#include <stdbool.h>

#define FILE_TEMPORARY ".posedge-"

/* Removes them from dir: only regular files of this user, following no link. ours:
 * posedge owns dir, so files of earlier versions that are more than a minute old
 * are removed too. Files that cannot be removed stay. */
void file_sweep(const char *dir, bool ours);

#endif
