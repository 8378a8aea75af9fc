/* sweep.h - what a killed program left half written beside the files it saved.
 *
 * file_save() writes to a file FILE_TEMPORARY and six letters in the folder of
 * the file it saves, and holds flock() on it until it is renamed: one that
 * nobody locks is nobody's. Versions before that wrote NAME.XXXXXX.
 */
#ifndef POSEDGE_SWEEP_H
#define POSEDGE_SWEEP_H

#include <stdbool.h>

#define FILE_TEMPORARY ".posedge-"

/* Removes them from dir: regular files of this user's, no others, through no
 * link; ours: dir is one that posedge keeps, so those of older versions go too,
 * when they are more than a minute old. What cannot be removed stays. */
void file_sweep(const char *dir, bool ours);

#endif
