/* One file per tool: the identity of the program's file, and its version line.
 */
#include "config.h"

#include "sim/engine/tool_says.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"

#define KEPT_MAX 8192u

/* CACHE/says-TOOL; NULL: there is no home folder. */
static char *place(const char *tool)
{
	char *name = str_fmt("says-%s", tool), *path = path_user_cache(name);

	free(name);
	return path;
}

bool tool_says_file(const char *path, struct str *out)
{
	char *real = realpath(path, NULL);
	struct stat st;
	bool ok = real && !strchr(real, '\n') && stat(real, &st) == 0;

	if (ok)
		str_addf(out,
			 "%s %" PRIdMAX " %" PRIuMAX " %" PRIdMAX ".%09ld %" PRIdMAX ".%09ld\n",
			 real, (intmax_t)st.st_size, (uintmax_t)st.st_ino,
			 (intmax_t)st.st_mtim.tv_sec, st.st_mtim.tv_nsec,
			 (intmax_t)st.st_ctim.tv_sec, st.st_ctim.tv_nsec);
	free(real);
	return ok;
}

static bool identify(const char *tool, struct str *out)
{
	char *found = child_which(tool);
	bool ok = found && tool_says_file(found, out);

	free(found);
	return ok;
}

char *tool_says_kept(const char *tool)
{
	struct str key = STR_INIT, text = STR_INIT;
	char *path = place(tool), *line = NULL;

	if (path && identify(tool, &key) && file_read(path, KEPT_MAX, &text, NULL) &&
	    text.len > key.len && memcmp(text.data, key.data, key.len) == 0 &&
	    !memchr(text.data + key.len, '\n', text.len - key.len) && strlen(text.data) == text.len)
		line = mem_strdup(text.data + key.len);
	str_free(&text);
	str_free(&key);
	free(path);
	return line;
}

void tool_says_keep(const char *tool, const char *line)
{
	struct str text = STR_INIT;
	char *path = place(tool), *folder = path ? path_dir(path) : NULL;

	if (path && !strchr(line, '\n') && identify(tool, &text) &&
	    file_make_dirs(folder, 0700, NULL)) {
		str_adds(&text, line);
		file_put(path, text.data, text.len, 0600, NULL);
	}
	str_free(&text);
	free(folder);
	free(path);
}
