/* For LD_PRELOAD: each sync takes half a second longer, as on a busy network disk. */
#include <time.h>
#include <unistd.h>
#include <sys/syscall.h>

static void slow(void)
{
	struct timespec half = { 0, 500000000 };

	nanosleep(&half, NULL);
}

int fsync(int fd)
{
	slow();
	return (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	slow();
	return (int)syscall(SYS_fdatasync, fd);
}
