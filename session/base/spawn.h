/* spawn.h - starts a program without copying our memory.
 *
 * fork() copies the page tables of a process, and every page that is written afterwards;
 * posix_spawn() does not, so how long a start takes does not depend on what we hold.
 * Knows nothing of how the program ends: waitpid() is the caller's.
 */
#ifndef POSEDGE_SPAWN_H
#define POSEDGE_SPAWN_H

#include <stdbool.h>
#include <sys/types.h>

struct spawn {
	const char *const *argv; /* argv[0] is looked up in the PATH of env */
	const char *const *env;	 /* NULL: ours */
	const char *cwd;	 /* NULL: ours */
	int fds[4];		 /* become its 0 to 3; -1: /dev/null, 3 then stays closed */
	bool session;		 /* leads a session and a process group of its own */
};

/* Signals have their defaults inside (except 32 and 33, which are glibc's own), and
 * descriptors marked close-on-exec are closed. Returns 0, or an errno; ENOENT: there is
 * no such program or folder. */
int spawn(const struct spawn *s, pid_t *pid);

/* Path of a program, by a name without a slash, in a list of folders such as PATH; NULL:
 * the usual ones. The caller frees it; NULL: it is not there. */
char *spawn_which(const char *name, const char *path);

#endif
