/* Shared by the viewers: is there a display to open a window on, and files for the
 * window. */
#include "config.h"

#include "sim/viewer/display.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/str.h"
bool display_here(void)
{
	const char *x = getenv("DISPLAY"), *wayland = getenv("WAYLAND_DISPLAY");

	return (x && *x) || (wayland && *wayland);
}

bool display_check_dump(const char *path, struct err *err)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "open %s: %s", path,
			       strerror(errno));
	if (!S_ISREG(st.st_mode) || st.st_size == 0)
		return err_set(err, ERR_PARSE, "open %s: there are no waves in it", path);
	return true;
}

bool display_link(const char *target, const char *name, struct err *err)
{
	char *tmp = str_fmt("%s.new", name);
	bool ok;

	unlink(tmp);
	ok = symlink(target, tmp) == 0 && rename(tmp, name) == 0;
	if (!ok)
		err_set(err, ERR_IO, "link %s: %s", name, strerror(errno));
	free(tmp);
	return ok;
}
