/* The most recently used graph is the one most likely to be used again. Opening a
 * graph sets its file's time to now. So the folder sorted by time is the list of
 * candidates, and files are removed from the oldest on until the rest is small
 * enough. SQLite holds a lock on an open database, and other processes can see that
 * lock, so a graph in use in another window is kept, however old it is.
 */
#include "config.h"

#include "session/graph/graph_cache.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/log.h"
#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/str.h"

#define NAME_HEX    32u
#define ENTRIES_MAX 10000u /* entries read per call; the rest waits */

static const char *const tails[] = { "", "-wal", "-shm", "-journal" };

struct entry {
	char name[NAME_HEX + sizeof(".db")];
	struct timespec used;
	uint64_t bytes;
};

char *graph_cache_path(const char *root)
{
	char *folder = path_user_cache("graph"), *path = NULL;
	char hex[HASH_HEX + 1];

	if (folder && file_make_dirs(folder, 0700, NULL)) {
		hash_text(root, strlen(root), hex);
		path = str_fmt("%s/%.*s.db", folder, (int)NAME_HEX, hex);
	}
	free(folder);
	return path;
}

static bool is_graph(const char *name)
{
	return strspn(name, "0123456789abcdef") == NAME_HEX && strcmp(name + NAME_HEX, ".db") == 0;
}

/* True if the database is open: SQLite locks bytes after the first GiB, whatever the
 * file's size. */
static bool is_open(int folder, const char *name)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int fd = openat(folder, name, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	bool open = fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;

	if (fd >= 0)
		close(fd);
	return open;
}

static bool look(int folder, const char *name, struct entry *out)
{
	struct stat st;

	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISREG(st.st_mode))
		return false;
	*out = (struct entry){ .used = st.st_mtim };
	memcpy(out->name, name, strlen(name));
	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++) {
		char *full = str_fmt("%s%s", name, tails[i]);

		if (fstatat(folder, full, &st, AT_SYMLINK_NOFOLLOW) == 0)
			out->bytes += (uint64_t)st.st_size;
		free(full);
	}
	return true;
}

static size_t read_folder(DIR *dir, struct entry **out)
{
	size_t n = 0, cap = 0;

	for (struct dirent *d; n < ENTRIES_MAX && (d = readdir(dir));)
		if (is_graph(d->d_name)) {
			MEM_ROOM(*out, n, cap);
			n += look(dirfd(dir), d->d_name, &(*out)[n]);
		}
	return n;
}

static int by_use(const void *a, const void *b)
{
	const struct timespec *x = &((const struct entry *)a)->used,
			      *y = &((const struct entry *)b)->used;

	if (x->tv_sec != y->tv_sec)
		return x->tv_sec < y->tv_sec ? -1 : 1;
	return x->tv_nsec < y->tv_nsec ? -1 : x->tv_nsec > y->tv_nsec;
}

static void remove_one(int folder, const char *name)
{
	log_line("graph", "%s is removed: it was not used for longest", name);
	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++) {
		char *full = str_fmt("%s%s", name, tails[i]);

		unlinkat(folder, full, 0);
		free(full);
	}
}

void graph_cache_prune(const char *path, size_t files, uint64_t bytes)
{
	const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	char *folder = path_dir(path);
	DIR *dir = opendir(folder);
	struct entry *v = NULL;
	uint64_t all = 0;
	size_t n, left;

	free(folder);
	if (!dir)
		return;
	utimensat(dirfd(dir), name, NULL, AT_SYMLINK_NOFOLLOW);
	left = n = read_folder(dir, &v);
	for (size_t i = 0; i < n; i++)
		all += v[i].bytes;
	if (n)
		qsort(v, n, sizeof(*v), by_use);
	for (size_t i = 0; i < n && (left > files || all > bytes); i++) {
		/* Probing our own file would drop its locks: POSIX releases them when
		 * any descriptor of the file is closed. */
		if (strcmp(v[i].name, name) == 0 || is_open(dirfd(dir), v[i].name))
			continue;
		remove_one(dirfd(dir), v[i].name);
		left--;
		all -= v[i].bytes;
	}
	free(v);
	closedir(dir);
}
