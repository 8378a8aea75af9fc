/* A typed but unsent question, kept in the session's folder. It is written at each
 * pause in typing and therefore without fsync: losing the last words in a power cut is
 * acceptable, a half-written draft is not, hence the rename.
 */
#include "config.h"

#include "ui/screen/draft.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/own.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "ui/widget/line_edit.h"

void draft_save(const char *dir, const char *text, size_t len)
{
	char *path = path_join(dir, "draft"), *fresh = path_join(dir, "draft.new");
	const char *name, *name_fresh;
	int parent = own_parent(path, true, &name, NULL),
	    again = own_parent(fresh, true, &name_fresh, NULL), fd;

	if (parent != -1 && again != -1) {
		unlinkat(again, name_fresh, 0);
		fd = len ? own_open(fresh, O_WRONLY | O_CREAT | O_EXCL, 0600, NULL) : -1;
		if (fd >= 0 && file_write_all(fd, text, len))
			renameat(again, name_fresh, parent, name);
		else
			unlinkat(len ? again : parent, len ? name_fresh : name, 0);
		if (fd >= 0)
			close(fd);
	}
	if (parent != -1)
		own_close(parent);
	if (again != -1)
		own_close(again);
	free(fresh);
	free(path);
}

bool draft_load(const char *dir, struct str *out)
{
	char *path = path_join(dir, "draft"), *buf = NULL;
	int fd = own_open(path, O_RDONLY | O_NONBLOCK, 0, NULL);
	struct stat st;
	ssize_t n = 0;

	free(path);
	if (fd < 0)
		return false;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
	    st.st_size <= LINE_EDIT_MAX) {
		buf = mem_alloc((size_t)st.st_size);
		n = read(fd, buf, (size_t)st.st_size);
	}
	close(fd);
	if (n > 0 && !memchr(buf, '\0', (size_t)n) && utf8_valid(buf, (size_t)n))
		str_add(out, buf, (size_t)n);
	free(buf);
	return out->len > 0;
}
