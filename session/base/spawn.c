/* A file without "#!" is a script for sh, as for execvp(). */
#include "config.h"

#include "session/base/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/str.h"

extern char **environ;

static const char *path_of(const char *const *env)
{
	for (; env && *env; env++)
		if (str_starts(*env, "PATH="))
			return *env + strlen("PATH=");
	return NULL;
}

/* Descriptors from 4 on, so that none is overwritten before it has its place. */
static int lift(const struct spawn *s, int fds[4])
{
	for (int i = 0; i < 4; i++) {
		fds[i] = s->fds[i] < 0 || s->fds[i] > 3 ? s->fds[i]
							: fcntl(s->fds[i], F_DUPFD_CLOEXEC, 4);
		if (s->fds[i] >= 0 && fds[i] < 0)
			return errno;
	}
	return 0;
}

static int place(posix_spawn_file_actions_t *acts, const struct spawn *s, const int fds[4])
{
	int rc = 0;

	for (int i = 0; i < 4 && rc == 0; i++) {
		if (fds[i] >= 0)
			rc = posix_spawn_file_actions_adddup2(acts, fds[i], i);
		else if (i < 3)
			rc = posix_spawn_file_actions_addopen(acts, i, "/dev/null", O_RDWR, 0);
	}
	if (rc == 0 && s->cwd)
		rc = posix_spawn_file_actions_addchdir_np(acts, s->cwd);
	return rc;
}

static int set_up(posix_spawnattr_t *attr, const struct spawn *s)
{
	short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
	sigset_t all, none;

	sigfillset(&all);
	sigemptyset(&none);
	posix_spawnattr_setsigdefault(attr, &all);
	posix_spawnattr_setsigmask(attr, &none);
	return posix_spawnattr_setflags(attr, flags | (s->session ? POSIX_SPAWN_SETSID : 0));
}

static int start(const char *path, const struct spawn *s, const posix_spawn_file_actions_t *acts,
		 const posix_spawnattr_t *attr, pid_t *pid)
{
	char **env = s->env ? (char **)s->env : environ;
	struct strv sh = STRV_INIT;
	int rc = posix_spawn(pid, path, acts, attr, (char **)s->argv, env);

	if (rc != ENOEXEC)
		return rc;
	strv_add(&sh, "sh");
	strv_add(&sh, path);
	strv_addv(&sh, s->argv + 1);
	rc = posix_spawn(pid, "/bin/sh", acts, attr, sh.v, env);
	strv_free(&sh);
	return rc;
}

char *spawn_which(const char *argv0, const char *path)
{
	for (const char *p = path ? path : "/usr/bin:/bin"; *p;) {
		size_t n = strcspn(p, ":");
		char *full = n ? str_fmt("%.*s/%s", (int)n, p, argv0) : str_fmt("./%s", argv0);
		struct stat st;

		if (access(full, X_OK) == 0 && stat(full, &st) == 0 && S_ISREG(st.st_mode))
			return full;
		free(full);
		p += n;
		if (*p)
			p++;
	}
	return NULL;
}

int spawn(const struct spawn *s, pid_t *pid)
{
	const char *name = s->argv[0];
	const char *list = s->env ? path_of(s->env) : getenv("PATH");
	char *path = strchr(name, '/') ? NULL : spawn_which(name, list);
	posix_spawn_file_actions_t acts;
	posix_spawnattr_t attr;
	int fds[4] = { -1, -1, -1, -1 }, rc;

	posix_spawn_file_actions_init(&acts);
	posix_spawnattr_init(&attr);
	rc = path || strchr(name, '/') ? lift(s, fds) : ENOENT;
	if (rc == 0)
		rc = place(&acts, s, fds);
	if (rc == 0)
		rc = set_up(&attr, s);
	if (rc == 0)
		rc = start(path ? path : name, s, &acts, &attr, pid);
	for (int i = 0; i < 4; i++)
		if (fds[i] >= 0 && fds[i] != s->fds[i])
			close(fds[i]);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&acts);
	free(path);
	return rc;
}
