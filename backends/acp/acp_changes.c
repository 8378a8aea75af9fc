/* Finds an agent's changes with two walks instead of believing its reports: one through
 * its working copy, comparing each file with the untouched copy, and one through the
 * untouched copy, for files that are gone from the working copy.
 *
 * The agent owns the working copy and may still be writing to it, so each folder is
 * opened relative to its parent's descriptor and no link is followed (scratch_open_*):
 * a path cannot change between check and read. New files that tools generate (dumps,
 * objects) are skipped. Everything else that is not taken is reported with its reason,
 * the first LEFT_SHOWN of them; acp_changes.h limits entries, files and bytes.
 */
#include "config.h"

#include "backends/acp/acp_changes.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backends/acp/acp_scratch.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/utf8.h"

#define LEFT_SHOWN 12u

struct search {
	const struct scratch *s;
	struct acp_changes *out;
	size_t entries;
	bool too_many;
};

static void leave(struct search *s, const char *path, const char *why)
{
	struct str shown = STR_INIT;

	if (s->out->n_left++ >= LEFT_SHOWN)
		return;
	for (const char *p = path; *p; p++)
		str_addc(&shown, (unsigned char)*p < 0x20 || *p == 0x7f ? '?' : *p);
	strv_addf(&s->out->left, "%.200s %s", str_cstr(&shown), why);
	str_free(&shown);
}

static bool made_by_tools(const char *path)
{
	static const char *const ends[] = { ".vcd", ".fst", ".lxt", ".lxt2", ".vvp", ".o",   ".a",
					    ".so",  ".log", ".ghw", ".wlf",  ".out", ".gtkw" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (str_ends(path, ends[i]))
			return true;
	return false;
}

/* Reads until end of file or more than limit bytes. False: read error. */
static bool read_all(int fd, size_t limit, struct str *out)
{
	char buf[65536];
	ssize_t n = 1;

	while (n > 0 && out->len <= limit) {
		n = read(fd, buf, sizeof(buf));
		if (n > 0)
			str_add(out, buf, (size_t)n);
		else if (n < 0 && errno == EINTR)
			n = 1;
	}
	return n >= 0;
}

/* The original text. False: the file did not exist. */
static bool read_base(const struct search *s, const char *path, struct str *out)
{
	bool ok = file_read_in(s->s->base, path, SCRATCH_FILE_MAX, out, NULL);

	return ok;
}

static bool same(const struct str *a, const struct str *b)
{
	return a->len == b->len && memcmp(str_cstr(a), str_cstr(b), a->len) == 0;
}

static bool is_text(const struct str *s)
{
	return s->len == 0 || !memchr(s->data, '\0', s->len);
}

/* Takes ownership of both texts. */
static void add(struct search *s, const char *path, struct str *base, struct str *text, bool fresh,
		bool gone)
{
	struct acp_changes *out = s->out;
	bool fits = out->n < CHANGES_MAX && out->bytes + base->len + text->len <= CHANGES_BYTES;

	if (!is_text(base) || !is_text(text)) {
		leave(s, path, "is no text");
	} else if (base->len > CHANGES_FILE_MAX || text->len > CHANGES_FILE_MAX) {
		leave(s, path, "is too large to be read line by line");
	} else if (!fits) {
		leave(s, path, "is one file too many");
	} else {
		MEM_ROOM(out->v, out->n, out->cap);
		out->bytes += base->len + text->len;
		out->v[out->n++] =
			(struct acp_change){ mem_strdup(path), *base, *text, fresh, gone };
		*base = *text = STR_INIT;
	}
	str_free(base);
	str_free(text);
}

static void look_at_file(struct search *s, int in, const char *name, const char *path)
{
	struct str base = STR_INIT, text = STR_INIT;
	bool was = read_base(s, path, &base);
	int fd = scratch_open_file(in, name);
	char *clean = NULL;

	if (!was && made_by_tools(path))
		goto out;
	if (fd < 0) {
		leave(s, path, "is not a regular file");
	} else if (!path_clean(path, &clean, NULL) || strcmp(clean, path) != 0 ||
		   !utf8_valid(path, strlen(path))) {
		leave(s, path, "has a name that cannot be shown");
	} else if (!read_all(fd, was && base.len > CHANGES_FILE_MAX ? base.len : CHANGES_FILE_MAX,
			     &text)) {
		leave(s, path, "cannot be read");
	} else if (!was && text.len == 0) {
		leave(s, path, "is empty");
	} else if (!was || !same(&base, &text)) {
		add(s, path, &base, &text, !was, false);
	}
out:
	if (fd >= 0)
		close(fd);
	free(clean);
	str_free(&base);
	str_free(&text);
}

/* gone: walk base, looking for files that work lacks. */
static void walk(struct search *s, int fd, const char *rel, unsigned depth, bool gone);

/* True if work has an entry at that path, reached through no link. */
static bool there(const struct search *s, const char *path)
{
	int at = scratch_open_folder(AT_FDCWD, s->s->work);
	const char *p = path;
	struct stat st;
	bool yes;

	for (const char *slash; at >= 0 && (slash = strchr(p, '/')); p = slash + 1) {
		char *name = mem_strndup(p, (size_t)(slash - p));
		int next = scratch_open_folder(at, name);

		close(at);
		at = next;
		free(name);
	}
	yes = at >= 0 && fstatat(at, p, &st, AT_SYMLINK_NOFOLLOW) == 0;
	if (at >= 0)
		close(at);
	return yes;
}

static void look(struct search *s, int in, const char *name, const char *path, unsigned depth,
		 bool gone)
{
	int folder = scratch_open_folder(in, name);
	struct str base = STR_INIT, text = STR_INIT;

	if (scratch_skips(name, folder >= 0)) {
		if (folder >= 0)
			close(folder);
	} else if (folder >= 0 && depth == SCRATCH_DEPTH) {
		close(folder);
		leave(s, path, "lies too deep");
	} else if (folder >= 0) {
		walk(s, folder, path, depth + 1, gone);
	} else if (!gone) {
		look_at_file(s, in, name, path);
	} else if (!there(s, path) && read_base(s, path, &base)) {
		add(s, path, &base, &text, false, true);
	}
	str_free(&base);
	str_free(&text);
}

/* Closes fd. */
static void walk(struct search *s, int fd, const char *rel, unsigned depth, bool gone)
{
	DIR *d = fdopendir(fd);
	struct dirent *e;

	if (!d)
		close(fd);
	while (d && !s->too_many && (e = readdir(d))) {
		char *path = rel[0] ? path_join(rel, e->d_name) : mem_strdup(e->d_name);

		s->too_many = s->entries++ >= CHANGES_ENTRIES;
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			look(s, dirfd(d), e->d_name, path, depth, gone);
		free(path);
	}
	if (d)
		closedir(d);
}

static int by_path(const void *a, const void *b)
{
	const struct acp_change *x = a, *y = b;

	return strcmp(x->path, y->path);
}

void acp_changes_find(const struct scratch *s, struct acp_changes *out)
{
	struct search search = { .s = s, .out = out };
	const char *const roots[] = { s->work, s->base };

	acp_changes_fini(out);
	for (int gone = 0; gone < 2 && !search.too_many; gone++) {
		int fd = scratch_open_folder(AT_FDCWD, roots[gone]);

		if (fd >= 0)
			walk(&search, fd, "", 0, gone);
	}
	if (search.too_many)
		leave(&search, "the copy", "holds so many files that not all were looked at");
	if (out->n)
		qsort(out->v, out->n, sizeof(*out->v), by_path);
}

void acp_changes_fini(struct acp_changes *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->v[i].path);
		str_free(&c->v[i].base);
		str_free(&c->v[i].text);
	}
	free(c->v);
	strv_free(&c->left);
	memset(c, 0, sizeof(*c));
}
