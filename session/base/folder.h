/* folder.h - what is in a folder. */
#ifndef POSEDGE_FOLDER_H
#define POSEDGE_FOLDER_H

#include <stdbool.h>

#include "session/base/str.h"

/* The kind of the entry at path. Links are not followed: a link is FILE_SPECIAL. */
enum file_kind { FILE_MISSING, FILE_REGULAR, FILE_FOLDER, FILE_SPECIAL };
enum file_kind file_kind(const char *path);

/* Appends the names in the folder that do not begin with a dot, and sorts out. Below a
 * `.posedge` folder it follows no link (own.h). False, with errno: it cannot be read. */
bool folder_names(const char *path, struct strv *out);

#endif
