/* folder.h - a temporary folder for all cases of a test: pass make_folder and
 * remove_folder to cmocka_run_group_tests().
 */
#ifndef POSEDGE_TEST_FOLDER_H
#define POSEDGE_TEST_FOLDER_H

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "tests/lib/tool.h"

static char *folder; /* absolute; until remove_folder() */

static inline int make_folder(void **state)
{
	folder = tool_folder();
	return 0;
}

static inline int remove_folder(void **state)
{
	tool_folder_remove(folder);
	return 0;
}

/* Writes a file of the folder, and the folders on the way; returns its path, which the caller
 * frees. */
static inline char *folder_put(const char *name, const char *text)
{
	char *path = path_join(folder, name), *dir = path_dir(path);

	assert_true(file_make_dirs(dir, 0700, NULL));
	assert_true(file_put(path, text, strlen(text), 0600, NULL));
	free(dir);
	return path;
}

#endif
