/* Preloaded into posedge: simulates a failing disk. Counts write() to regular files
 * except stdout and stderr, fsync() and rename(). At call number BAD_DISK_AT the
 * failure occurs and the file BAD_DISK_HIT is created. BAD_DISK selects the failure:
 *
 *   eio     the call fails once
 *   full    the write is cut short, and later ones find no space
 *   short   the write is cut short, which is legal at any time
 *   torn    power failure: only the first half of a write is stored, with zeros in
 *           place of the rest; nothing further is synced or renamed
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum fate { FINE, NOW, LATER };

static atomic_long calls;

static const char *how(void)
{
	const char *text = getenv("BAD_DISK");

	return text && strcmp(program_invocation_short_name, "posedge") == 0 ? text : "";
}

static void tell(void)
{
	const char *path = getenv("BAD_DISK_HIT");
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) : -1;

	if (fd >= 0)
		close(fd);
}

static enum fate next(void)
{
	const char *at = getenv("BAD_DISK_AT");
	long n = atomic_fetch_add(&calls, 1) + 1, when = at ? strtol(at, NULL, 10) : 0;

	if (n == when)
		tell();
	return n == when ? NOW : when && n > when ? LATER : FINE;
}

static ssize_t plain_write(int fd, const void *data, size_t len)
{
	return syscall(SYS_write, fd, data, len);
}

static void power_off(void)
{
	kill(getpid(), SIGKILL);
}

/* Outcome of a call other than write(); 0: it succeeds. */
static int trouble(void)
{
	enum fate f = *how() ? next() : FINE;

	if (f == NOW && strcmp(how(), "torn") == 0)
		power_off();
	if (f == NOW && strcmp(how(), "short") != 0)
		errno = strcmp(how(), "full") == 0 ? ENOSPC : EIO;
	return f == NOW && strcmp(how(), "short") != 0 ? -1 : 0;
}

ssize_t write(int fd, const void *data, size_t len)
{
	static const char zeros[1 << 16];
	size_t half = (len + 1) / 2;
	struct stat st;
	enum fate f;

	if (!*how() || fd == STDOUT_FILENO || fd == STDERR_FILENO || fstat(fd, &st) < 0 ||
	    !S_ISREG(st.st_mode))
		return plain_write(fd, data, len);
	f = next();
	if ((f == NOW && strcmp(how(), "eio") == 0) || (f == LATER && strcmp(how(), "full") == 0)) {
		errno = f == NOW ? EIO : ENOSPC;
		return -1;
	}
	if (f != NOW)
		return plain_write(fd, data, len);
	if (strcmp(how(), "torn") == 0) {
		plain_write(fd, data, half);
		plain_write(fd, zeros, len - half < sizeof(zeros) ? len - half : sizeof(zeros));
		power_off();
	}
	return plain_write(fd, data, half);
}

/* The power never really fails here, so there is nothing to sync. */
int fsync(int fd)
{
	return trouble();
}

int fdatasync(int fd)
{
	return trouble();
}

int rename(const char *from, const char *to)
{
	return trouble() < 0 ? -1 : renameat(AT_FDCWD, from, AT_FDCWD, to);
}
