/* Verilator's run-time library, compiled once per version of Verilator and g++ and kept
 * in the user's cache. Otherwise a simulation spends most of its build time on these
 * files. A precompiled header serves the rest
 * (runtime_header.c).
 *
 * The cache folder is named by a hash of its inputs: the tools by size and time, the
 * flags, our own header, and RECIPE. It is made aside and renamed, under a lock that
 * other posedges wait for; an existing folder is therefore complete. Making one removes
 * those that are not used any more (runtime_old.h).
 */
#include "config.h"

#include "sim/engine/runtime.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "sim/engine/engine.h"
#include "sim/engine/runtime_cc.h"
#include "sim/engine/runtime_header.h"
#include "sim/engine/runtime_make.h"
#include "sim/engine/runtime_old.h"

/* Bumped when the result changes although no flag does. */
#define RECIPE "10"

#define UNFINISHED ".XXXXXX"

static void add_file(struct hash *h, const char *name)
{
	char *path = child_which(name);
	char *real = path ? realpath(path, NULL) : NULL;
	struct stat st = { 0 };
	char *line;

	if (real)
		stat(real, &st);
	line = str_fmt("%s %lld %lld\n", real ? real : name, (long long)st.st_size,
		       (long long)st.st_mtim.tv_sec);
	hash_add(h, line, strlen(line));
	free(line);
	free(real);
	free(path);
}

static char *folder_of(bool trace, bool fst)
{
	struct strv flags = STRV_INIT;
	struct hash *h = hash_new();
	char hex[HASH_HEX + 1], name[HASH_HEX];

	add_file(h, "verilator_bin");
	add_file(h, "g++");
	runtime_flags(trace, fst, &flags);
	for (size_t i = 0; i < flags.n; i++)
		hash_adds(h, flags.v[i]);
	hash_add(h, RECIPE, sizeof(RECIPE));
	runtime_header_hash(h);
	hash_end(h, hex);
	snprintf(name, sizeof(name), RUNTIME_PREFIX "%.*s", RUNTIME_DIGITS, hex);
	strv_free(&flags);
	return path_user_cache(name);
}

/* Leftovers of another posedge that was killed meanwhile; the caller holds the lock. */
static void remove_unfinished(const char *dir)
{
	char *parent = path_dir(dir), *prefix = str_fmt("%s.", path_base(dir));
	DIR *d = opendir(parent);
	struct dirent *e;

	while (d && (e = readdir(d)))
		if (str_starts(e->d_name, prefix) &&
		    strlen(e->d_name) == strlen(prefix) + strlen(UNFINISHED) - 1) {
			char *path = path_join(parent, e->d_name);

			file_remove_tree(path, NULL);
			free(path);
		}
	if (d)
		closedir(d);
	free(prefix);
	free(parent);
}

/* Made aside and renamed, so an existing folder is complete. */
static bool make(const struct engine_job *j, const char *dir, struct err *err)
{
	char *tmp = str_fmt("%s" UNFINISHED, dir);
	bool ok = mkdtemp(tmp) != NULL;

	if (!ok)
		err_set(err, ERR_IO, "make %s: %s", tmp, strerror(errno));
	ok = ok && runtime_make(j, tmp, err);
	if (ok && rename(tmp, dir) < 0 && errno != EEXIST && errno != ENOTEMPTY)
		ok = err_set(err, ERR_IO, "make %s: %s", dir, strerror(errno));
	file_remove_tree(tmp, NULL);
	free(tmp);
	return ok;
}

/* Waits for the lock without blocking the loop. */
static bool take_turn(const struct engine_job *j, int fd, struct err *err)
{
	while (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK)
			return err_set(err, ERR_IO, "lock the cache: %s", strerror(errno));
		if (!task_sleep(j->loop, 50, err))
			return false;
	}
	return true;
}

bool runtime_there(bool trace, bool fst)
{
	char *dir = folder_of(trace, fst);
	bool there = dir && file_is_dir(dir);

	free(dir);
	return there;
}

/* Opens the lock next to dir. -1: nothing can be cached there; why has the reason. */
static int open_lock(const char *dir, struct err *why)
{
	char *parent = dir ? path_dir(dir) : NULL, *lock = dir ? str_fmt("%s.lock", dir) : NULL;
	int fd = -1;

	if (!dir)
		err_set(why, ERR_IO, "there is no home folder");
	else if (file_make_dirs(parent, 0700, why)) {
		fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
		if (fd < 0 || access(parent, W_OK) < 0) {
			err_set(why, ERR_IO, "write into %s: %s", parent, strerror(errno));
			if (fd >= 0)
				close(fd);
			fd = -1;
		}
	}
	free(lock);
	free(parent);
	return fd;
}

/* If nothing can be cached: builds in the stage, which is removed with the run. The
 * caller frees the path. */
static char *make_for_run(const struct engine_job *j, const struct run_listener *to,
			  const struct err *why, struct err *err)
{
	char *dir = path_join(j->stage.dir, "runtime");
	char *says = str_fmt("compiling Verilator's run-time library for this run alone (%s); set "
			     "XDG_CACHE_HOME to a folder that can be written to, and it is kept",
			     why->text);

	if (to->progress)
		to->progress(to->ctx, says);
	free(says);
	if (make(j, dir, err))
		return dir;
	free(dir);
	return NULL;
}

static void remove_in(void *ctx)
{
	runtime_remove_old(ctx);
}

static bool remove_old(const struct engine_job *j, const char *dir, struct err *err)
{
	char *cache = path_dir(dir);
	bool ok = task_work(j->loop, remove_in, cache, NULL, err);

	free(cache);
	return ok;
}

char *runtime_get(const struct engine_job *j, const struct run_listener *to, struct err *err)
{
	char *dir = folder_of(j->trace, j->fst), *made;
	struct err why = { 0 };
	bool ok;
	int fd;

	if (dir && runtime_use(dir))
		return dir;
	fd = open_lock(dir, &why);
	if (fd < 0) {
		made = make_for_run(j, to, &why, err);
		free(dir);
		return made;
	}
	ok = take_turn(j, fd, err);
	if (ok && !runtime_use(dir)) {
		if (to->progress)
			to->progress(to->ctx, "compiling Verilator's run-time library, once");
		remove_unfinished(dir);
		ok = make(j, dir, err) && remove_old(j, dir, err);
	}
	close(fd);
	if (ok)
		return dir;
	free(dir);
	return NULL;
}

/* Uses another name first: another posedge may build it at the same time. */
bool runtime_coverage(const struct engine_job *j, const char *dir, struct err *err)
{
	char *inc = runtime_include(), *made = path_join(dir, RUNTIME_COVERAGE);
	char *name = str_fmt("%ld." RUNTIME_COVERAGE, (long)getpid()), *part = path_join(dir, name);
	struct strv cc = STRV_INIT;
	bool ok = access(made, R_OK) == 0;

	if (!ok) {
		strv_add(&cc, "g++");
		runtime_flags(j->trace, j->fst, &cc);
		strv_add(&cc, "-O1");
		strv_add(&cc, "-c");
		strv_addf(&cc, "%s/verilated_cov.cpp", inc);
		strv_add(&cc, "-o");
		strv_add(&cc, name);
		ok = runtime_compile(j, dir, &cc, err) &&
		     (rename(part, made) == 0 ||
		      err_set(err, ERR_IO, "make %s: %s", made, strerror(errno)));
	}
	strv_free(&cc);
	free(part);
	free(name);
	free(made);
	free(inc);
	return ok;
}
