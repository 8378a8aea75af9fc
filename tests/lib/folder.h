/* folder.h - a temporary folder for all cases of a test: pass make_folder and
 * remove_folder to cmocka_run_group_tests().
 */
#ifndef POSEDGE_TEST_FOLDER_H
#define POSEDGE_TEST_FOLDER_H

#include "tests/lib/tool.h"

static char *folder; /* absolute; until remove_folder() */

static inline int make_folder(void **state)
{
	(void)state;
	folder = tool_folder();
	return 0;
}

static inline int remove_folder(void **state)
{
	(void)state;
	tool_folder_remove(folder);
	return 0;
}

#endif
