/* Stages the inputs of a tool anew for each job.
 *
 * Sources are written as copies, folder by folder; small data files of a run are
 * copied, and large ones are bound into the sandbox read-only, or copied at the end if
 * binds are not available. The folder of a killed posedge has no lock any more: whoever
 * makes the next one removes it, unless it is so young that its owner may not have
 * locked it yet.
 */
#include "config.h"

#include "sim/stage/stage.h"

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
#include "session/base/task.h"
#include "session/tool/simulator.h"
#include "session/verilog/verilog.h"
#include "sim/stage/nested.h"
#include "sim/stage/unnamed.h"
#include "sim/stage/stage_text.h"
#include "sim/stage/pragmas.h"

#define SOURCE_LIMIT (256u << 20)

/* Folders this old without a lock are left over; a younger one may be about to be
 * locked. */
#define LEFT_AFTER_S 60
#define NAME	     ".posedge-stage."
#define RANDOM	     "XXXXXX"

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
		    fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
		    !S_ISDIR(st.st_mode) || st.st_uid != geteuid() ||
		    time(NULL) - st.st_mtime < LEFT_AFTER_S)
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

char *stage_private(int *lock, struct err *err)
{
	const char *runtime = getenv("XDG_RUNTIME_DIR");
	const char *tmp = getenv("TMPDIR");
	/* A memory file system if available: these files are short-lived. */
	const char *base = runtime && access(runtime, W_OK) == 0 ? runtime
			   : access("/dev/shm", W_OK) == 0	 ? "/dev/shm"
			   : tmp				 ? tmp
								 : "/tmp";
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

static char *run_dir(const char *dir, struct err *err)
{
	char *path = str_fmt("%s/src", dir);

	if (file_make_dirs(path, 0700, err))
		return path;
	free(path);
	return NULL;
}

/* No fsync: a child reads the file and then it is deleted. */
static bool write_file(const char *path, const char *text, size_t len, struct err *err)
{
	static const char mark[] = "\xef\xbb\xbf";
	size_t skip = len >= 3 && memcmp(text, mark, 3) == 0 ? 3 : 0;
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool ok = fd >= 0 && file_write_all(fd, "   ", skip) &&
		  file_write_all(fd, text + skip, len - skip);

	if (!ok)
		err_set(err, ERR_IO, "write %s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return ok;
}

/* Most sources contain none of these words and need no outline. */
static bool worth_a_look(const char *text, size_t len)
{
	static const char *const words[] = { "$dumpvars", "$error", "$fatal", "assert" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (memmem(text, len, words[i], strlen(words[i])))
			return true;
	return false;
}

/* The line of the first `constraint c {`; 0: there is none. */
static int constraint_line(const char *text, size_t len)
{
	struct vwalk w = { .text = text, .len = len };
	int line = 1;

	if (!memmem(text, len, "constraint", 10))
		return 0;
	while (vwalk_next(&w)) {
		size_t at = w.at;

		if (!vwalk_is(&w, "constraint"))
			continue;
		if (!vwalk_next(&w) || w.t.kind != VTOKEN_NAME || !vwalk_next(&w) ||
		    !vwalk_is(&w, "{"))
			continue;
		for (size_t i = 0; i < at; i++)
			line += text[i] == '\n';
		return line;
	}
	return 0;
}

static void look_inside(struct stage *s, const char *path, const char *text, size_t len)
{
	struct voutline o;
	int line = s->constrained ? 0 : constraint_line(text, len);

	if (line)
		s->constrained = str_fmt("%s:%d", path, line);
	s->forks |= memmem(text, len, "fork", 4) != NULL;
	s->annotates |= memmem(text, len, "$sdf_annotate", 13) != NULL;
	if (!worth_a_look(text, len))
		return;
	voutline_init(&o, text, len);
	for (size_t i = 0; i < o.n; i++)
		s->dumps |= o.modules[i].dumps;
	voutline_fini(&o);
}

/* Makes the folder of DIR/rel. Sources come folder by folder, so mostly it is the
 * last one made. */
static bool make_folder_of(struct stage *s, const char *rel, struct err *err)
{
	char *dir = path_dir(rel), *path;
	bool ok;

	if (s->last_folder && strcmp(s->last_folder, dir) == 0) {
		free(dir);
		return true;
	}
	path = path_join(s->dir, dir);
	ok = file_make_dirs(path, 0700, err);
	free(path);
	free(s->last_folder);
	s->last_folder = ok ? dir : NULL;
	if (!ok)
		free(dir);
	return ok;
}

static void measure(const struct stage *s, struct staged *f)
{
	char *path = path_join(s->dir, f->path);
	struct stat st = { 0 };

	lstat(path, &st);
	f->size = (uint64_t)st.st_size;
	f->changed = st.st_mtim;
	f->inode = st.st_ino;
	free(path);
}

static void remember(struct stage *s, const char *rel)
{
	MEM_ROOM(s->laid, s->n_laid, s->laid_cap);
	s->laid[s->n_laid] = (struct staged){ .path = mem_strdup(rel) };
	measure(s, &s->laid[s->n_laid++]);
}

/* Writes text to DIR/rel. */
static bool lay(struct stage *s, const char *rel, const char *text, size_t len, struct err *err)
{
	char *path = path_join(s->dir, rel);
	bool ok = make_folder_of(s, rel, err) && write_file(path, text, len, err);

	free(path);
	return ok;
}

/* Writes a source to DIR/rel. */
static bool lay_source(struct stage *s, const char *rel, const char *text, size_t len,
		       struct err *err)
{
	struct str copy = STR_INIT;
	bool changed = stage_text(s->rooted, text, len, &copy),
	     ok = changed ? lay(s, rel, str_cstr(&copy), copy.len, err)
			  : lay(s, rel, text, len, err);

	str_free(&copy);
	return ok;
}

static bool stage_one(struct stage *s, const struct sim_job *job, const struct source *src,
		      bool run, struct err *err)
{
	char *rel = str_fmt(STAGE_MIRROR "/%s", src->path);
	char *from = str_fmt("%s/%s", job->root, src->path);
	struct str disk = STR_INIT, lifted = STR_INIT, named = STR_INIT;
	const char *text = src->text;
	size_t len = src->len;
	bool ok = text || file_read(from, SOURCE_LIMIT, &disk, err);

	if (ok && !text) {
		text = str_cstr(&disk);
		len = disk.len;
	}
	if (ok && src->nested && nested_lift(src->path, text, len, &lifted)) {
		text = str_cstr(&lifted);
		len = lifted.len;
	}
	if (ok && job->unnamed && unnamed_name(text, len, job->unnamed, &named)) {
		text = str_cstr(&named);
		len = named.len;
	}
	ok = ok && lay_source(s, rel, text, len, err);
	if (ok)
		pragmas_read(text, len, &s->codes);
	if (ok && run) {
		look_inside(s, src->path, text, len);
		remember(s, rel);
	}
	str_free(&named);
	str_free(&lifted);
	str_free(&disk);
	free(from);
	free(rel);
	return ok;
}

static void add_include(struct stage *s, const char *dir)
{
	strv_add_once(&s->include, dir);
}

static char *dir_in(const char *in, struct err *err)
{
	char *path = str_fmt("%s/" RANDOM, in);

	if (mkdtemp(path))
		return path;
	err_set(err, ERR_IO, "make %s: %s", path, strerror(errno));
	free(path);
	return NULL;
}

/* Initialises s in dir and takes ownership of it; NULL: failure. */
static bool init(struct stage *s, char *dir, struct err *err)
{
	s->dir = dir;
	if (!dir)
		return false;
	s->mirror = str_fmt("%s/" STAGE_MIRROR, dir);
	s->start = mem_strdup(".");
	if (file_make_dirs(s->mirror, 0700, err))
		return true;
	stage_fini(s);
	return false;
}

/* Adds the source to the tool's files, as a link if its path is odd. */
static bool name_source(struct stage *s, const char *path, struct err *err)
{
	const char *dot = strrchr(path, '.');
	char *name, *link;
	bool ok;

	if (!strpbrk(path, "\"\\$") && path[0] != '-' && path[0] != '+') {
		strv_add(&s->compile, path);
		return true;
	}
	name = str_fmt("posedge_source_%zu%s", s->odd.n / 2,
		       dot && !strpbrk(dot, "\"\\$/ ") ? dot : ".v");
	link = path_join(s->mirror, name);
	ok = symlink(path, link) == 0 || err_set(err, ERR_IO, "make %s: %s", link, strerror(errno));
	strv_add(&s->odd, name);
	strv_add(&s->odd, path);
	strv_add(&s->compile, name);
	free(link);
	free(name);
	return ok;
}

/* Keywords that a source sets for itself last to its end in Verilator, and for all that
 * follows in Icarus. */
static bool wrap_source(struct stage *s, bool old, struct err *err)
{
	size_t i = s->compile.n - 1;
	char *name = old ? str_fmt(STAGE_OLD "%zu.v", i) : mem_strdup("");
	struct str text = STR_INIT;
	bool ok = true;

	if (old) {
		str_addf(&text, "`begin_keywords \"1364-2005\"\n`include \"%s\"\n`end_keywords\n",
			 s->compile.v[i]);
		ok = stage_write(s, name, text.data, text.len, err);
		strv_addf(&s->wrapped, STAGE_UP "/%s", name);
	} else {
		strv_add(&s->wrapped, "");
	}
	str_free(&text);
	free(name);
	return ok;
}

const char *stage_compiled(const struct stage *s, size_t i)
{
	return i < s->wrapped.n && s->wrapped.v[i][0] ? s->wrapped.v[i] : s->compile.v[i];
}

/* The only source with that name in any folder; else the name itself. */
static const char *only_named(const struct stage *s, const char *name)
{
	const char *found = NULL;

	for (size_t i = 0; i < s->compile.n; i++) {
		if (strcmp(path_base(s->compile.v[i]), name) != 0)
			continue;
		if (found || strcmp(s->compile.v[i], name) == 0)
			return name;
		found = s->compile.v[i];
	}
	return found ? found : name;
}

const char *stage_true_path(const struct stage *s, const char *path)
{
	for (size_t i = 0; i < s->odd.n; i += 2)
		if (strcmp(s->odd.v[i], path) == 0)
			return s->odd.v[i + 1];
	return strchr(path, '/') ? path : only_named(s, path);
}

void stage_true_text(const struct stage *s, struct str *text)
{
	for (size_t i = 0; i < s->odd.n; i += 2) {
		size_t len = strlen(s->odd.v[i]);
		struct str out = STR_INIT;
		const char *p = str_cstr(text), *end = p + text->len, *at;

		while ((at = memmem(p, (size_t)(end - p), s->odd.v[i], len))) {
			str_add(&out, p, (size_t)(at - p));
			str_adds(&out, s->odd.v[i + 1]);
			p = at + len;
		}
		str_add(&out, p, (size_t)(end - p));
		str_free(text);
		*text = out;
	}
}

static bool fill(struct stage *s, const struct sim_job *job, bool run, struct err *err)
{
	bool ok = true;

	add_include(s, ".");
	for (const char *const *i = job->include_dirs; i && *i; i++)
		add_include(s, *i);
	for (size_t i = 0; ok && i < job->n; i++) {
		char *folder = path_dir(job->sources[i].path);

		/* a run's sources are laid while its sandbox starts, which is short */
		ok = (run || task_breathe(err)) && stage_one(s, job, &job->sources[i], run, err);
		add_include(s, folder);
		if (ok && !job->sources[i].included)
			ok = name_source(s, job->sources[i].path, err) &&
			     wrap_source(s, job->sources[i].old, err);
		free(folder);
	}
	if (!ok)
		stage_fini(s);
	return ok;
}

bool stage_init(struct stage *s, const struct sim_job *job, const char *in, struct err *err)
{
	*s = (struct stage){ .lock = -1 };
	return init(s, in ? dir_in(in, err) : stage_private(&s->lock, err), err) &&
	       fill(s, job, false, err);
}

/* A run's files ------------------------------------------------------------- */

/* Path of a run's file relative to DIR; NULL: not below the mirrors. */
static char *place_of(const char *place, struct err *err)
{
	char *way = str_fmt(STAGE_MIRROR "/%s", place), *rel = NULL;

	if (path_clean(way, &rel, err) && !str_starts(rel, "m/")) {
		err_set(err, ERR_USAGE, "path '%s': too far above the project", place);
		free(rel);
		rel = NULL;
	}
	free(way);
	return rel;
}

static struct staged *find_laid(const struct stage *s, const char *rel)
{
	for (size_t i = 0; i < s->n_laid; i++)
		if (strcmp(s->laid[i].path, rel) == 0)
			return &s->laid[i];
	return NULL;
}

static bool add_bind(struct stage *s, const char *full, const char *rel, struct err *err)
{
	char *real = realpath(full, NULL);

	if (!real)
		return err_set(err, ERR_IO, "open %s: %s", full, strerror(errno));
	if (s->n_binds >= STAGE_BINDS) {
		free(real);
		return err_set(err, ERR_LIMIT, "more than %d large files", STAGE_BINDS);
	}
	s->binds = mem_realloc(s->binds, (s->n_binds + 1) * sizeof(*s->binds));
	s->binds[s->n_binds++] = (struct sandbox_bind){ real, mem_strdup(rel) };
	return true;
}

/* For a script called by a testbench. */
static void make_executable(const struct stage *s, const char *rel)
{
	char *path = path_join(s->dir, rel);

	chmod(path, 0700);
	free(path);
}

/* *copied: bytes so far. */
static bool lay_file(struct stage *s, const char *root, const struct sim_file *f, size_t *copied,
		     struct err *err)
{
	char *inside = NULL, *full = NULL;
	char *rel = place_of(f->place ? f->place : f->path, err);
	struct str text = STR_INIT;
	struct stat st;
	bool ok = rel && path_inside(root, f->path, &inside, err);

	if (ok && find_laid(s, rel))
		goto out; /* a source: its text is newer */
	full = ok ? path_join(root, inside) : NULL;
	ok = ok && (stat(full, &st) == 0 ||
		    err_set(err, ERR_IO, "open %s: %s", f->path, strerror(errno)));
	if (ok && !S_ISREG(st.st_mode))
		ok = err_set(err, ERR_IO, "open %s: not a regular file", f->path);
	if (ok &&
	    ((uint64_t)st.st_size > STAGE_SMALL || *copied + (uint64_t)st.st_size > STAGE_COPIES)) {
		/* An empty file is the mount point. */
		ok = add_bind(s, full, rel, err) && lay(s, rel, "", 0, err);
	} else if (ok) {
		ok = file_read(full, STAGE_SMALL, &text, err) &&
		     lay(s, rel, str_cstr(&text), text.len, err);
		if (ok && st.st_mode & S_IXUSR)
			make_executable(s, rel);
		*copied += text.len;
	}
	if (ok)
		remember(s, rel);
out:
	str_free(&text);
	free(full);
	free(inside);
	free(rel);
	return ok;
}

/* Makes a folder of the run. */
static bool make_folder(const struct stage *s, const char *place, struct err *err)
{
	char *rel = place_of(place, err), *path = rel ? path_join(s->dir, rel) : NULL;
	bool ok = path && file_make_dirs(path, 0700, err);

	free(path);
	free(rel);
	return ok;
}

static void note(struct stage *s, const char *path, const struct err *why)
{
	strv_addf(&s->notes, "the simulation cannot read %s: %s", path, why->text);
	s->incomplete = true;
}

bool stage_init_run(struct stage *s, const char *dir, struct err *err)
{
	*s = (struct stage){ .lock = -1 };
	return init(s, dir ? run_dir(dir, err) : stage_private(&s->lock, err), err);
}

bool stage_fill_run(struct stage *s, const struct run_job *job, struct err *err)
{
	size_t copied = 0;
	struct err why;
	char *start;

	s->rooted = job->rooted;
	if (!fill(s, &job->design, true, err))
		return false;
	for (size_t i = 0; i < job->n_files; i++)
		if (!lay_file(s, job->design.root, &job->files[i], &copied, &why))
			note(s, job->files[i].path, &why);
	for (const char *const *f = job->folders; f && *f; f++)
		if (!make_folder(s, *f, &why))
			strv_addf(&s->notes, "the simulation cannot write into %s: %s", *f,
				  why.text);
	if (job->start_dir && path_clean(job->start_dir, &start, &why)) {
		char *path = path_join(s->mirror, start);

		if (file_make_dirs(path, 0700, &why)) {
			free(s->start);
			s->start = start;
		} else {
			strv_addf(&s->notes, "the simulation starts in the project's folder: %s",
				  why.text);
			free(start);
		}
		free(path);
	} else if (job->start_dir) {
		strv_addf(&s->notes, "the simulation starts in the project's folder: %s", why.text);
	}
	return true;
}

/* Removes an empty mount point, which would be read instead of the real file. */
static void drop(const struct stage *s, const char *rel)
{
	char *path = path_join(s->dir, rel);

	unlink(path);
	free(path);
}

void stage_copy_large(struct stage *s)
{
	size_t copied = 0;

	for (size_t i = 0; i < s->n_binds; i++) {
		struct str text = STR_INIT;
		struct err why;

		if (file_read(s->binds[i].from, STAGE_UNBOUND - copied, &text, &why) &&
		    lay(s, s->binds[i].to, str_cstr(&text), text.len, &why)) {
			copied += text.len;
			measure(s, find_laid(s, s->binds[i].to));
		} else {
			drop(s, s->binds[i].to);
			strv_addf(&s->notes,
				  "the simulation goes without a file that only bubblewrap can "
				  "show it: %s",
				  why.text);
			s->incomplete = true;
		}
		str_free(&text);
		free(s->binds[i].from);
		free(s->binds[i].to);
	}
	s->n_binds = 0;
}

bool stage_write(const struct stage *s, const char *name, const char *text, size_t len,
		 struct err *err)
{
	char *full = path_join(s->dir, name);
	bool ok = write_file(full, text, len, err);

	free(full);
	return ok;
}

void stage_add_product(const struct stage *s, const char *name, struct strv *argv)
{
	struct str path = STR_INIT;

	if (strcmp(s->start, ".") != 0)
		for (const char *p = s->start; p; p = strchr(p, '/') ? strchr(p, '/') + 1 : NULL)
			str_adds(&path, "../");
	str_addf(&path, STAGE_UP "/%s", name);
	strv_give(argv, str_take(&path));
}

bool stage_replace(struct stage *s, const char *path, const char *text, size_t len, struct err *err)
{
	char *rel = path_join(STAGE_MIRROR, path);
	bool ok = lay_source(s, rel, text, len, err);
	struct staged *laid = ok ? find_laid(s, rel) : NULL;

	if (laid)
		measure(s, laid);
	free(rel);
	return ok;
}

void stage_fini(struct stage *s)
{
	if (s->dir) {
		file_remove_tree(s->dir, NULL);
		if (s->lock >= 0)
			close(s->lock);
	}
	for (size_t i = 0; i < s->n_binds; i++) {
		free(s->binds[i].from);
		free(s->binds[i].to);
	}
	for (size_t i = 0; i < s->n_laid; i++)
		free(s->laid[i].path);
	free(s->binds);
	free(s->laid);
	free(s->constrained);
	free(s->last_folder);
	free(s->start);
	free(s->mirror);
	free(s->dir);
	strv_free(&s->compile);
	strv_free(&s->wrapped);
	strv_free(&s->odd);
	strv_free(&s->codes);
	strv_free(&s->include);
	strv_free(&s->notes);
	memset(s, 0, sizeof(*s));
}
