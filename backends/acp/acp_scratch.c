/* Copies a project for a program that is not trusted and may be running.
 *
 * Each file is copied twice in one pass, so that the agent's changes are the difference
 * between two folders of ours and not between its copy and a project that has moved on.
 * All names are opened relative to a folder's descriptor with O_NOFOLLOW: a link
 * planted by the agent is an error, never a way out.
 */
#include "config.h"

#include "backends/acp/acp_scratch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backends/acp/acp_clear.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/word_table.h"
#include "session/model/prompt.h"
#include "session/model/redact.h"

#define NAME	    "agent-"
#define LEFT_SHOWN  12u
#define SECRETS_MAX (1u << 20) /* larger texts are not searched for keys */

/* The folder ---------------------------------------------------------------------- */

static int lock_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Removes folders of a posedge that was killed. One that was just made and is not
 * locked yet has no "work" in it and is left alone. */
static void remove_left(const char *in)
{
	DIR *d = opendir(in);
	struct dirent *e;

	while (d && (e = readdir(d))) {
		char *path, *work;
		int lock = -1;

		if (!str_starts(e->d_name, NAME))
			continue;
		path = path_join(in, e->d_name);
		work = path_join(path, "work");
		if (file_is_dir(work))
			lock = lock_folder(path);
		if (lock >= 0) {
			if (acp_clear(path, NULL))
				rmdir(path);
			close(lock);
		}
		free(work);
		free(path);
	}
	if (d)
		closedir(d);
}

static bool make_inside(const struct scratch *s, const char *name, struct err *err)
{
	char *path = path_join(s->dir, name);
	bool ok = file_make_dirs(path, 0700, err);

	free(path);
	return ok;
}

struct scratch *scratch_new(struct err *err)
{
	char *cache = path_user_cache(NULL);
	struct scratch *s = mem_zalloc(sizeof(*s));
	bool ok;

	s->lock = -1;
	if (!cache || !file_make_dirs(cache, 0700, err)) {
		if (!cache)
			err_set(err, ERR_IO, "there is no home folder to keep a copy in");
		free(cache);
		scratch_free(s);
		return NULL;
	}
	remove_left(cache);
	s->dir = str_fmt("%s/" NAME "XXXXXX", cache);
	free(cache);
	ok = mkdtemp(s->dir) || err_set(err, ERR_IO, "make %s: %s", s->dir, strerror(errno));
	s->lock = ok ? lock_folder(s->dir) : -1;
	s->work = path_join(s->dir, "work");
	s->base = path_join(s->dir, "base");
	if (ok && make_inside(s, "work", err) && make_inside(s, "base", err) &&
	    make_inside(s, "tmp", err) && make_inside(s, "rc/posedge", err))
		return s;
	scratch_free(s);
	return NULL;
}

void scratch_free(struct scratch *s)
{
	if (!s)
		return;
	if (s->dir && acp_clear(s->dir, NULL))
		rmdir(s->dir);
	if (s->lock >= 0)
		close(s->lock);
	strv_free(&s->left);
	free(s->dir);
	free(s->work);
	free(s->base);
	free(s);
}

/* Opening without links --------------------------------------------------------------- */

int scratch_open_folder(int in, const char *name)
{
	return openat(in, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

int scratch_open_file(int in, const char *name)
{
	struct stat st;
	int fd;

	/* Check before opening: opening a device may have side effects. */
	if (fstatat(in, name, &st, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISREG(st.st_mode))
		return -1;
	fd = openat(in, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd >= 0 && (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))) {
		close(fd);
		return -1;
	}
	return fd;
}

bool scratch_skips(const char *name, bool folder)
{
	static const char *const built[] = { "obj_dir", "build", "node_modules", "work", NULL };

	return (folder && words_has(built, name)) || name[0] == '.';
}

/* Copying -------------------------------------------------------------------------------- */

struct copy {
	struct scratch *s;
	const char *root;
	const struct prompt_unsaved *texts;
	size_t n_texts;
	int to[2]; /* work and base */
	struct err *err;
};

static void leave(struct copy *c, const char *rel, const char *why)
{
	if (c->s->n_left++ < LEFT_SHOWN)
		strv_addf(&c->s->left, "%s %s", rel, why);
}

/* Opens the folder that contains rel, making missing ones; the caller closes it. */
static int folder_of(int in, const char *rel)
{
	int at = dup(in);

	for (const char *p = rel, *slash; at >= 0 && (slash = strchr(p, '/')); p = slash + 1) {
		char *name = mem_strndup(p, (size_t)(slash - p));
		int next;

		if (mkdirat(at, name, 0700) < 0 && errno != EEXIST)
			next = -1;
		else
			next = scratch_open_folder(at, name);
		close(at);
		at = next;
		free(name);
	}
	return at;
}

static bool put(struct copy *c, int in, const char *rel, mode_t mode, const struct str *text)
{
	int folder = folder_of(in, rel);
	int fd = folder < 0 ? -1
			    : openat(folder, path_base(rel),
				     O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
				     mode & 0100 ? 0700 : 0600);
	bool ok = fd >= 0 && file_write_all(fd, text->data, text->len);

	if (!ok)
		err_set(c->err, ERR_IO, "copy %s for the agent: %s", rel, strerror(errno));
	if (folder >= 0)
		close(folder);
	if (fd >= 0)
		close(fd);
	return ok;
}

static bool put_both(struct copy *c, const char *rel, mode_t mode, const struct str *text)
{
	struct scratch *s = c->s;

	if (text->len <= SECRETS_MAX && !memchr(str_cstr(text), '\0', text->len) &&
	    redact_line(NULL, str_cstr(text), text->len)) {
		leave(c, rel, "holds what looks like a key");
		return true;
	}
	s->bytes += text->len;
	if (++s->files > SCRATCH_FILES || s->bytes > SCRATCH_MAX)
		return err_set(c->err, ERR_LIMIT,
			       "the project is too large to be copied for an agent: more than %u "
			       "files or %u MB",
			       SCRATCH_FILES, SCRATCH_MAX >> 20);
	return put(c, c->to[0], rel, mode, text) && put(c, c->to[1], rel, mode, text);
}

static bool has_text(const struct copy *c, const char *rel)
{
	for (size_t i = 0; i < c->n_texts; i++)
		if (strcmp(c->texts[i].path, rel) == 0)
			return true;
	return false;
}

static bool copy_file(struct copy *c, int in, const char *name, const char *rel)
{
	struct stat st;
	struct str text = STR_INIT;
	char *inside = NULL;
	bool ok = true;

	if (has_text(c, rel))
		;
	else if (fstatat(in, name, &st, 0) < 0 || !S_ISREG(st.st_mode))
		leave(c, rel, "is no file");
	else if (!path_inside(c->root, rel, &inside, NULL))
		leave(c, rel, "leads out of the project");
	else if (st.st_size > SCRATCH_FILE_MAX)
		leave(c, rel, "is too large");
	else if (!file_read_in(c->root, rel, SCRATCH_FILE_MAX, &text, NULL))
		leave(c, rel, "cannot be read");
	else
		ok = put_both(c, rel, st.st_mode, &text);
	str_free(&text);
	free(inside);
	return ok;
}

static bool copy_folder(struct copy *c, int fd, const char *rel, unsigned depth);

static bool copy_entry(struct copy *c, int in, const char *name, const char *rel, unsigned depth)
{
	int folder = scratch_open_folder(in, name); /* fails for a link */

	if (scratch_skips(name, folder >= 0) && strcmp(rel, ".posedgerc") != 0) {
		if (folder >= 0)
			close(folder);
		return true;
	}
	if (folder < 0)
		return copy_file(c, in, name, rel);
	if (depth == SCRATCH_DEPTH) {
		close(folder);
		leave(c, rel, "lies too deep");
		return true;
	}
	return copy_folder(c, folder, rel, depth + 1);
}

/* Closes fd. */
static bool copy_folder(struct copy *c, int fd, const char *rel, unsigned depth)
{
	DIR *d = fdopendir(fd);
	struct dirent *e;
	bool ok = true;

	if (!d) {
		close(fd);
		leave(c, rel, "cannot be read");
		return true;
	}
	while (ok && (e = readdir(d))) {
		char *path = rel[0] ? path_join(rel, e->d_name) : mem_strdup(e->d_name);

		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			ok = copy_entry(c, dirfd(d), e->d_name, path, depth);
		free(path);
	}
	closedir(d);
	return ok;
}

/* Copies texts as seen on the screen, saved or not. */
static bool copy_texts(struct copy *c)
{
	bool ok = true;

	for (size_t i = 0; ok && i < c->n_texts; i++) {
		struct str text = STR_INIT;

		str_add(&text, c->texts[i].text, c->texts[i].len);
		if (!scratch_skips(c->texts[i].path, false))
			ok = put_both(c, c->texts[i].path, 0600, &text);
		str_free(&text);
	}
	return ok;
}

bool scratch_fill(struct scratch *s, const char *root, const struct prompt_unsaved *texts, size_t n,
		  struct err *err)
{
	struct copy c = { s, root, texts, n, { -1, -1 }, err };
	int fd;
	bool ok;

	strv_free(&s->left);
	s->files = s->bytes = s->n_left = 0;
	if (!acp_clear(s->work, err) || !acp_clear(s->base, err))
		return false;
	if (!root)
		return true;
	c.to[0] = scratch_open_folder(AT_FDCWD, s->work);
	c.to[1] = scratch_open_folder(AT_FDCWD, s->base);
	fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ok = (c.to[0] >= 0 && c.to[1] >= 0 && fd >= 0) ||
	     err_set(err, ERR_IO, "copy %s for the agent: %s", root, strerror(errno));
	ok = ok && copy_texts(&c) && copy_folder(&c, dup(fd), "", 0);
	for (int i = 0; i < 2; i++)
		if (c.to[i] >= 0)
			close(c.to[i]);
	if (fd >= 0)
		close(fd);
	return ok;
}
