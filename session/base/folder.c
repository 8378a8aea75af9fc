#include "config.h"

#include "session/base/folder.h"

#include <dirent.h>
#include <sys/stat.h>

#include "session/base/own.h"

enum file_kind file_kind(const char *path)
{
	struct stat st;

	if (lstat(path, &st) != 0)
		return FILE_MISSING;
	return S_ISREG(st.st_mode)   ? FILE_REGULAR
	       : S_ISDIR(st.st_mode) ? FILE_FOLDER
				     : FILE_SPECIAL;
}

bool folder_names(const char *path, struct strv *out)
{
	DIR *d = own_opendir(path);
	struct dirent *e;

	if (!d)
		return false;
	while ((e = readdir(d)))
		if (e->d_name[0] != '.')
			strv_add(out, e->d_name);
	closedir(d);
	strv_sort(out);
	return true;
}
