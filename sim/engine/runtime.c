/* Verilator's run-time library, compiled once per version of Verilator and g++ and kept
 * in the user's cache. Otherwise a simulation spends most of its build time on these
 * files. A precompiled header serves the rest
 * (runtime_header.c).
 *
 * The cache folder is named by a hash of its inputs: the tools by size and time, the
 * flags, our own header, and RECIPE. It is made aside and renamed, under a lock that
 * other posedges wait for; an existing folder is therefore complete.
 */
#include "config.h"

#include "sim/engine/runtime.h"

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
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "sim/engine/engine.h"
#include "sim/engine/runtime_cc.h"
#include "sim/engine/runtime_header.h"

/* Bumped when the result changes although no flag does. */
#define RECIPE "9"

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
	char *cache = path_user_cache();
	struct strv flags = STRV_INIT;
	struct hash *h = hash_new();
	char hex[HASH_HEX + 1];
	char *dir;

	add_file(h, "verilator_bin");
	add_file(h, "g++");
	runtime_flags(trace, fst, &flags);
	for (size_t i = 0; i < flags.n; i++)
		hash_add(h, flags.v[i], strlen(flags.v[i]) + 1);
	hash_add(h, RECIPE, sizeof(RECIPE));
	runtime_header_hash(h);
	hash_end(h, hex);
	dir = cache ? str_fmt("%s/verilated-%.16s", cache, hex) : NULL;
	strv_free(&flags);
	free(cache);
	return dir;
}

/* Inline functions and templates of the header. Linked before a model, so that it runs
 * these and not its own, which are not optimized: three times as fast. Functions that
 * are inlined everywhere are missing if they are not declared inline; a model may need
 * those, too, so the library has all. */
static const struct instances {
	const char *object, *how;
} instances[] = { { "instances.o", "-O1" }, { "others.o", "-O0" } };

static bool compile_instances(const struct engine_job *j, const char *dir,
			      const struct instances *what, struct err *err)
{
	static const char *const all[] = {
		"-fkeep-inline-functions", "-c", "-x", "c++", RUNTIME_TEXT, "-o", NULL
	};
	struct strv cc = STRV_INIT;
	bool ok;

	strv_add(&cc, "g++");
	runtime_flags(j->trace, j->fst, &cc);
	strv_add(&cc, what->how);
	strv_addv(&cc, all);
	strv_add(&cc, what->object);
	ok = runtime_compile(j, dir, &cc, err);
	strv_free(&cc);
	return ok;
}

static bool compile_source(const struct engine_job *j, const char *dir, const char *source,
			   struct err *err)
{
	char *inc = runtime_include();
	struct strv cc = STRV_INIT;
	bool ok;

	strv_add(&cc, "g++");
	runtime_flags(j->trace, j->fst, &cc);
	strv_add(&cc, "-O1");
	strv_add(&cc, "-DVL_USER_STOP_MAYBE"); /* main() has it */
	strv_add(&cc, "-c");
	strv_add(&cc, "-include");
	strv_add(&cc, RUNTIME_IN_ORDER);
	strv_addf(&cc, "%s/%s", inc, source);
	strv_add(&cc, "-o");
	strv_addf(&cc, "%s.o", source);
	ok = runtime_compile(j, dir, &cc, err);
	strv_free(&cc);
	free(inc);
	return ok;
}

static bool compile_all(const struct engine_job *j, const char *dir, struct strv *objects,
			struct err *err)
{
	const char *sources[] = { "verilated.cpp", "verilated_timing.cpp", "verilated_threads.cpp",
				  NULL };
	bool ok = true;

	for (size_t i = 0; ok && i < sizeof(instances) / sizeof(*instances); i++) {
		strv_add(objects, instances[i].object);
		ok = compile_instances(j, dir, &instances[i], err);
	}
	if (j->trace)
		sources[3] = j->fst ? "verilated_fst_c.cpp" : "verilated_vcd_c.cpp";
	for (size_t i = 0; ok && i < sizeof(sources) / sizeof(*sources) && sources[i]; i++) {
		strv_addf(objects, "%s.o", sources[i]);
		ok = compile_source(j, dir, sources[i], err);
	}
	return ok;
}

/* One object with one section of each kind: gold links a model with it in half the time
 * that it takes with the objects. */
static bool make_library(const struct engine_job *j, const char *dir, struct err *err)
{
	struct strv objects = STRV_INIT, ld = STRV_INIT;
	char *script = path_join(dir, "library.ld");
	bool ok = compile_all(j, dir, &objects, err) &&
		  file_save(script, runtime_script, strlen(runtime_script), 0600, err);

	runtime_merge(&objects, path_base(script), &ld);
	ok = ok && runtime_compile(j, dir, &ld, err);
	free(script);
	strv_free(&objects);
	strv_free(&ld);
	return ok;
}

/* Made aside and renamed, so an existing folder is complete. */
static bool make(const struct engine_job *j, const char *dir, struct err *err)
{
	char *tmp = str_fmt("%s.XXXXXX", dir);
	bool ok = mkdtemp(tmp) != NULL;

	if (!ok)
		err_set(err, ERR_IO, "make %s: %s", tmp, strerror(errno));
	ok = ok && runtime_header_write(j, tmp, err) && make_library(j, tmp, err) &&
	     runtime_header_make(j, tmp, err);
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

char *runtime_get(const struct engine_job *j, const struct run_listener *to, struct err *err)
{
	char *dir = folder_of(j->trace, j->fst), *made;
	struct err why = { 0 };
	bool ok;
	int fd;

	if (dir && file_is_dir(dir))
		return dir;
	fd = open_lock(dir, &why);
	if (fd < 0) {
		made = make_for_run(j, to, &why, err);
		free(dir);
		return made;
	}
	ok = take_turn(j, fd, err);
	if (ok && !file_is_dir(dir)) {
		if (to->progress)
			to->progress(to->ctx, "compiling Verilator's run-time library, once");
		ok = make(j, dir, err);
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
