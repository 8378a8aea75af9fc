/* The folder of a run for what it builds. A run that is killed leaves it behind, and
 * runs are meant to be killed and resumed, so each run removes the folders of others.
 * A running one holds a lock on its folder. Those younger than OLD_S stay: one that
 * begins has no lock yet.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/folder.h"
#include "session/base/path.h"
#include "session/base/str.h"
#include "session/bench/bench_inner.h"

#define NAME  "posedge-bench."
#define OLD_S 3600

/* Opens a folder as the lock of its run; -1: it is in use, or no folder of ours. */
static int lock(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (fd >= 0 && fstat(fd, &st) == 0 && st.st_uid == geteuid() &&
	    flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

static void sweep_one(const char *path)
{
	int fd = lock(path);
	struct stat st;

	if (fd >= 0 && fstat(fd, &st) == 0 && time(NULL) - st.st_mtime > OLD_S)
		file_remove_tree(path, NULL);
	if (fd >= 0)
		close(fd);
}

static void sweep(const char *folder)
{
	struct strv names = STRV_INIT;

	folder_names(folder, &names);
	for (size_t i = 0; i < names.n; i++) {
		char *path = path_join(folder, names.v[i]);

		if (str_starts(names.v[i], NAME))
			sweep_one(path);
		free(path);
	}
	strv_free(&names);
}

bool bench_scratch_open(struct bench_run *k, struct err *err)
{
	const char *tmp = getenv("TMPDIR"), *folder = tmp && *tmp == '/' ? tmp : "/tmp";

	sweep(folder);
	k->scratch = str_fmt("%s/" NAME "XXXXXX", folder);
	if (!mkdtemp(k->scratch)) {
		err_set(err, ERR_IO, "%.200s: %s", k->scratch, strerror(errno));
		free(k->scratch);
		k->scratch = NULL;
		return false;
	}
	k->scratch_lock = lock(k->scratch);
	return true;
}

void bench_scratch_close(struct bench_run *k)
{
	if (k->scratch)
		file_remove_tree(k->scratch, NULL);
	if (k->scratch_lock >= 0)
		close(k->scratch_lock);
	free(k->scratch);
}
