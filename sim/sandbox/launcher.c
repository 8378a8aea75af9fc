/* Each time the whole file is compared with what is compiled in, since it starts with
 * rights that it gives up: that takes some microseconds.
 */
#include "config.h"

#include "sim/sandbox/launcher.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/str.h"

bool launcher_known(void)
{
	return launch_len > 0;
}

static bool put(const char *cache, const char *path)
{
	if (access(path, X_OK) < 0)
		unlink(path); /* or its mode would be kept */
	return file_make_dirs(cache, 0700, NULL) &&
	       file_save(path, (const char *)launch_bytes, launch_len, 0700, NULL);
}

static bool is_there(const char *path)
{
	struct str text = STR_INIT;
	bool same = access(path, X_OK) == 0 && file_read(path, launch_len + 1, &text, NULL) &&
		    text.len == launch_len && memcmp(text.data, launch_bytes, launch_len) == 0;

	str_free(&text);
	return same;
}

char *launcher_file(void)
{
	char *cache = launcher_known() ? path_user_cache(NULL) : NULL;
	char *path = cache ? path_join(cache, launch_name) : NULL;

	if (path && !is_there(path) && !put(cache, path)) {
		free(path);
		path = NULL;
	}
	free(cache);
	return path;
}
