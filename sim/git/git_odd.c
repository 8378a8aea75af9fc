/* The walk follows git. In a work tree git reads files with special names, and for
 * each folder with a .git its HEAD; that .git may be a folder, a link to one, or a
 * file that names one. In its own folders it reads everything, through links too. A
 * folder reached by a link or a name is entered once, so circular links end. */
#include "config.h"

#include "sim/git/git_odd.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "session/base/mem.h"
#include "session/base/path.h"

#define NAME_LIMIT 4096 /* bytes of a file that names a folder */

struct walk {
	struct str *path;
	size_t left;	      /* entries that may still be examined */
	struct stat *entered; /* folders reached by a link or a name */
	size_t n_entered;
	const atomic_bool *stop;
};

/* A position in the walk: a folder and its properties. */
struct at {
	int fd;
	bool gits; /* one of git's own folders, or inside one */
	unsigned depth;
};

static bool look(struct walk *w, const struct at *in, const char *name, bool gits, int flags);

/* True for a file name that git reads in a work tree. */
static bool git_reads(const char *name)
{
	return str_starts(name, ".git") || strcmp(name, ".mailmap") == 0;
}

static bool exists(int folder, const char *name)
{
	struct stat st;

	return fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

bool git_odd_is(const struct stat *st)
{
	if (S_ISREG(st->st_mode) || S_ISDIR(st->st_mode) ||
	    S_ISSOCK(st->st_mode)) /* opening a socket fails at once; git has one of its own */
		return false;
	return !(S_ISCHR(st->st_mode) && st->st_rdev == makedev(1, 3));
}

/* False: it was entered already, or too many were. */
static bool first_time(struct walk *w, int fd)
{
	struct stat st;

	if (fstat(fd, &st) < 0 || w->n_entered == GIT_ODD_LINKS)
		return false;
	for (size_t i = 0; i < w->n_entered; i++)
		if (w->entered[i].st_dev == st.st_dev && w->entered[i].st_ino == st.st_ino)
			return false;
	w->entered[w->n_entered++] = st;
	return true;
}

/* The first line of a regular file, after prefix; NULL: there is none. The caller frees. */
static char *first_line(int folder, const char *name, const char *prefix)
{
	int fd = openat(folder, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	char text[NAME_LIMIT + 1], *line = NULL;
	struct stat st;
	ssize_t n = -1;

	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		n = read(fd, text, NAME_LIMIT);
	text[n > 0 ? n : 0] = '\0';
	if (n > 0 && str_starts(text, prefix))
		line = mem_strndup(text + strlen(prefix), strcspn(text + strlen(prefix), "\r\n"));
	if (fd >= 0)
		close(fd);
	return line;
}

/* True if the folder has a file that every git directory has. Without one git
 * ignores the folder. */
static bool may_be_gits(int folder, const char *name)
{
	char *head = path_join(name, "HEAD"), *common = path_join(name, "commondir");
	bool ok = exists(folder, head) || exists(folder, common);

	free(head);
	free(common);
	return ok;
}

/* A folder that is named in one whose path is `from`. */
static bool look_folder(struct walk *w, const struct at *in, const char *from, const char *name)
{
	str_clear(w->path);
	str_addf(w->path, "%s%s%s", name[0] == '/' ? "" : from, name[0] == '/' ? "" : "/", name);
	return look(w, in, name, true, 0);
}

/* A folder that .git in the folder `in` names, and the one that it shares with others. */
static bool look_named(struct walk *w, const struct at *in, const char *name)
{
	char *from = mem_strdup(str_cstr(w->path)), *file = path_join(name, "commondir");
	char *line = first_line(in->fd, file, "");
	char *shared = line && line[0] != '/' ? path_join(name, line) : mem_strdup(line);
	bool found = may_be_gits(in->fd, name) && (look_folder(w, in, from, name) ||
						   (shared && look_folder(w, in, from, shared)));

	if (!found) {
		str_clear(w->path);
		str_adds(w->path, from);
	}
	free(shared);
	free(line);
	free(file);
	free(from);
	return found;
}

/* .git as a file; where `in` is the folder that it is in, and its path the walk's. */
static bool look_git_file(struct walk *w, const struct at *in)
{
	char *name = first_line(in->fd, ".git", "gitdir: ");
	bool found = name && look_named(w, in, name);

	free(name);
	return found;
}

static mode_t mode_of(int in, const struct dirent *e)
{
	struct stat st;

	if (e->d_type != DT_UNKNOWN)
		return DTTOIF(e->d_type);
	return fstatat(in, e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 ? st.st_mode : S_IFREG;
}

/* An entry of the folder `in`; w->path is that of the entry. */
static bool look_at(struct walk *w, const struct at *in, const struct dirent *e)
{
	bool git = strcmp(e->d_name, ".git") == 0;
	mode_t mode = mode_of(in->fd, e);
	struct stat st;

	if (S_ISDIR(mode))
		return look(w, in, e->d_name, in->gits || git, O_NOFOLLOW);
	if (S_ISREG(mode) || !(in->gits || git_reads(e->d_name)) ||
	    fstatat(in->fd, e->d_name, &st, 0) < 0)
		return false;
	if (S_ISDIR(st.st_mode) && (in->gits || git))
		return look(w, in, e->d_name, true, 0);
	return git_odd_is(&st);
}

static bool look_entries(struct walk *w, const struct at *here, DIR *d)
{
	size_t len = w->path->len;
	const struct dirent *e;
	bool found = !here->gits && look_git_file(w, here);

	while (!found && w->left && !atomic_load(w->stop) && (e = readdir(d))) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		w->left--;
		str_addf(w->path, "/%s", e->d_name);
		found = look_at(w, here, e);
		if (!found)
			str_cut(w->path, len);
	}
	return found;
}

/* flags: O_NOFOLLOW, or 0 for a folder that is reached by a link or a name. */
static bool look(struct walk *w, const struct at *in, const char *name, bool gits, int flags)
{
	int fd = in->depth < GIT_ODD_DEPTH
			 ? openat(in->fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags)
			 : -1;
	bool go = fd >= 0 && (flags || first_time(w, fd));
	const struct at here = { fd, gits, in->depth + 1 };
	DIR *d = go ? fdopendir(fd) : NULL;
	bool found = d && look_entries(w, &here, d);

	if (d)
		closedir(d);
	else if (fd >= 0)
		close(fd);
	return found;
}

bool git_odd_find(const struct strv *places, const atomic_bool *stop, struct str *path)
{
	struct walk w = { .path = path, .left = GIT_ODD_MOST, .stop = stop };
	const struct at top = { .fd = AT_FDCWD };
	bool found = false;

	w.entered = mem_zalloc(GIT_ODD_LINKS * sizeof(*w.entered));
	for (size_t i = 0; i < places->n && !found; i++) {
		str_clear(path);
		str_adds(path, places->v[i]);
		found = look(&w, &top, places->v[i], i > 0, 0);
	}
	free(w.entered);
	return found;
}
