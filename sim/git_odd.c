#include "config.h"

#include "sim/git_odd.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

struct walk {
	struct str *path;
	size_t left; /* entries */
};

/* In a work tree; in a folder of git's own everything is. */
static bool git_reads(const char *name)
{
	return str_starts(name, ".git") || strcmp(name, ".mailmap") == 0;
}

static bool is_odd(int folder, const char *name)
{
	struct stat st;

	if (fstatat(folder, name, &st, 0) < 0 || S_ISREG(st.st_mode) || S_ISDIR(st.st_mode) ||
	    S_ISSOCK(st.st_mode)) /* opening a socket fails at once; git has one of its own */
		return false;
	return !(S_ISCHR(st.st_mode) && st.st_rdev == makedev(1, 3));
}

static bool is_folder(int in, const struct dirent *e)
{
	struct stat st;

	if (e->d_type != DT_UNKNOWN)
		return e->d_type == DT_DIR;
	return fstatat(in, e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
}

static bool look(struct walk *w, int in, const char *name, bool gits, unsigned depth)
{
	int fd = openat(in, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (depth ? O_NOFOLLOW : 0));
	DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
	size_t len = w->path->len;
	const struct dirent *e;
	bool found = false;

	if (!d) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	while (!found && w->left && (e = readdir(d))) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		w->left--;
		str_addf(w->path, "/%s", e->d_name);
		if (is_folder(fd, e))
			found = depth < GIT_ODD_DEPTH && strcmp(e->d_name, ".posedge") != 0 &&
				look(w, fd, e->d_name, gits || strcmp(e->d_name, ".git") == 0,
				     depth + 1);
		else
			found = e->d_type != DT_REG && (gits || git_reads(e->d_name)) &&
				is_odd(fd, e->d_name);
		if (!found)
			str_cut(w->path, len);
	}
	closedir(d);
	return found;
}

bool git_odd_find(const struct strv *places, struct str *path)
{
	struct walk w = { path, GIT_ODD_MOST };

	for (size_t i = 0; i < places->n; i++) {
		str_clear(path);
		str_adds(path, places->v[i]);
		if (look(&w, AT_FDCWD, places->v[i], i > 0, 0))
			return true;
	}
	return false;
}
