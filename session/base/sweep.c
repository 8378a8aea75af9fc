/* Removes temporary files of writers that died. file_save() holds a lock on its
 * temporary file while it writes, so if the lock can be taken, nobody is writing;
 * no clock is involved. Files of earlier versions, which did not lock, are
 * recognised by mkstemp's six letters and removed only in our own folders and when
 * older than OLD_S.
 */
#include "config.h"

#include "session/base/sweep.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "session/base/own.h"

#define LETTERS 6 /* used by mkstemp() and file.c */
#define OLD_S	60

/* Requires a digit or a capital letter, so NAME.backup does not match. */
static bool random_letters(const char *s)
{
	bool mixed = false;

	for (int i = 0; i < LETTERS; i++) {
		if (!isalnum((unsigned char)s[i]))
			return false;
		mixed = mixed || !islower((unsigned char)s[i]);
	}
	return mixed && !s[LETTERS];
}

static bool is_temporary(const char *name)
{
	const size_t n = sizeof(FILE_TEMPORARY) - 1;

	return strncmp(name, FILE_TEMPORARY, n) == 0 && strlen(name) == n + LETTERS;
}

static bool is_old_temporary(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && dot != name && random_letters(dot + 1);
}

static void sweep(int dir, const char *name, bool by_age)
{
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
	    (by_age ? st.st_mtime < time(NULL) - OLD_S : flock(fd, LOCK_EX | LOCK_NB) == 0))
		unlinkat(dir, name, 0);
	close(fd);
}

void file_sweep(const char *dir, bool ours)
{
	DIR *d = own_opendir(dir);
	struct dirent *e;

	while (d && (e = readdir(d))) {
		if (is_temporary(e->d_name))
			sweep(dirfd(d), e->d_name, false);
		else if (ours && is_old_temporary(e->d_name))
			sweep(dirfd(d), e->d_name, true);
	}
	if (d)
		closedir(d);
}
