#include "config.h"

#include "sim/stage.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/simulator.h"
#include "session/verilog.h"

#define SOURCE_LIMIT (256u << 20)

/* Folders this old without a lock are left over; a younger one may be about to
 * be locked. */
#define LEFT_AFTER_S 60
#define NAME ".posedge-stage."
#define RANDOM "XXXXXX"

static int lock_dir(int in, const char *name)
{
	int fd = openat(in, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static void remove_left(const char *base)
{
	DIR *d = opendir(base);
	struct dirent *e;

	while (d && (e = readdir(d))) {
		struct stat st;
		int lock;

		if (!str_starts(e->d_name, NAME) || strlen(e->d_name) != strlen(NAME RANDOM) ||
		    fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISDIR(st.st_mode) ||
		    st.st_uid != geteuid() || time(NULL) - st.st_mtime < LEFT_AFTER_S)
			continue;
		lock = lock_dir(dirfd(d), e->d_name);
		if (lock >= 0) {
			char *path = path_join(base, e->d_name);

			file_remove_tree(path, NULL);
			free(path);
			close(lock);
		}
	}
	if (d)
		closedir(d);
}

static char *private_dir(int *lock, struct err *err)
{
	const char *runtime = getenv("XDG_RUNTIME_DIR");
	const char *tmp = getenv("TMPDIR");
	/* A memory file system where there is one: these files live for moments. */
	const char *base = runtime && access(runtime, W_OK) == 0 ? runtime :
			   access("/dev/shm", W_OK) == 0	 ? "/dev/shm" :
			   tmp					 ? tmp :
								   "/tmp";
	char *path = str_fmt("%s/" NAME RANDOM, base);

	remove_left(base);
	if (mkdtemp(path)) {
		*lock = lock_dir(AT_FDCWD, path);
		return path;
	}
	err_set(err, ERR_IO, "make %s: %s", path, strerror(errno));
	free(path);
	return NULL;
}

static char *new_dir(const char *dir, int *lock, struct err *err)
{
	char *path;

	*lock = -1;
	if (!dir)
		return private_dir(lock, err);
	path = str_fmt("%s/src", dir);
	if (file_make_dirs(path, 0700, err))
		return path;
	free(path);
	return NULL;
}

/* No fsync: the file is read by a child and thrown away. */
static bool write_file(const char *path, const char *text, size_t len, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool ok = fd >= 0 && file_write_all(fd, text, len);

	if (!ok)
		err_set(err, ERR_IO, "write %s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return ok;
}

static bool is_header(const char *path)
{
	return str_ends(path, ".vh") || str_ends(path, ".svh");
}

static void look_inside(struct stage *s, const char *text, size_t len)
{
	struct voutline o;

	voutline_init(&o, text, len);
	for (size_t i = 0; i < o.n; i++) {
		s->checks |= o.modules[i].checks;
		s->dumps |= o.modules[i].dumps;
	}
	voutline_fini(&o);
}

static bool stage_one(struct stage *s, const struct sim_job *job, const struct source *src, struct err *err)
{
	char *path = str_fmt("%s/%s", s->dir, src->path);
	char *dir = path_dir(path);
	char *from = str_fmt("%s/%s", job->root, src->path);
	struct str disk = STR_INIT;
	const char *text = src->text;
	size_t len = src->len;
	bool ok = text || file_read(from, SOURCE_LIMIT, &disk, err);

	if (ok && !text) {
		text = str_cstr(&disk);
		len = disk.len;
	}
	ok = ok && file_make_dirs(dir, 0700, err) && write_file(path, text, len, err);
	if (ok)
		look_inside(s, text, len);
	str_free(&disk);
	free(from);
	free(dir);
	free(path);
	return ok;
}

static void add_include(struct stage *s, const char *dir)
{
	if (!strv_has(&s->include, dir))
		strv_add(&s->include, dir);
}

bool stage_init(struct stage *s, const struct sim_job *job, const char *dir, struct err *err)
{
	bool ok = true;

	memset(s, 0, sizeof(*s));
	s->dir = new_dir(dir, &s->lock, err);
	if (!s->dir)
		return false;
	add_include(s, ".");
	for (const char *const *i = job->include_dirs; i && *i; i++)
		add_include(s, *i);
	for (size_t i = 0; ok && i < job->n; i++) {
		char *folder = path_dir(job->sources[i].path);

		ok = stage_one(s, job, &job->sources[i], err);
		add_include(s, folder);
		if (!job->sources[i].included && !is_header(job->sources[i].path))
			strv_add(&s->compile, job->sources[i].path);
		free(folder);
	}
	if (!ok)
		stage_fini(s);
	return ok;
}

void stage_fini(struct stage *s)
{
	if (s->dir) {
		file_remove_tree(s->dir, NULL);
		if (s->lock >= 0)
			close(s->lock);
	}
	free(s->dir);
	strv_free(&s->compile);
	strv_free(&s->include);
	memset(s, 0, sizeof(*s));
}
