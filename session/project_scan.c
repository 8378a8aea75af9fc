/* Looking for the files of a project.
 *
 * Folders are walked with a list instead of recursion. Links are put aside
 * and looked at when all the rest is known: one that leads out of the project
 * is left out, and so is one to what was found already by its own name, so
 * that no module seems to be defined twice, and a circle ends.
 */
#include "config.h"

#include "session/project_inner.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"

#define MAX_SEEN 500000u	/* entries of folders, of any kind */
#define MAX_DEPTH 40u

struct look {
	const char *root;
	struct found_list *out;
	struct strv folders;	/* still to be read, relative; "" is the root */
	struct strv links;
	struct strv ids;	/* of what was found, as keys of the map */
	struct name_map known;
	size_t seen;
};

void found_list_fini(struct found_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i].path);
	free(l->v);
	*l = (struct found_list){ 0 };
}

bool project_is_header(const char *path)
{
	return !str_ends(path, ".v") && !str_ends(path, ".sv");
}

bool project_is_source(const char *path)
{
	return str_ends(path, ".v") || str_ends(path, ".sv") || str_ends(path, ".vh") || str_ends(path, ".svh");
}

static bool skipped(const char *name)
{
	static const char *const names[] = { "obj_dir", "build", "node_modules", "work" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return name[0] == '.';
}

/* Such a name could not be said in a message, nor given to a tool. */
static bool has_control(const char *name)
{
	for (; *name; name++)
		if ((unsigned char)*name < 0x20 || *name == 0x7f)
			return true;
	return false;
}

static char *below(const char *folder, const char *name)
{
	return folder[0] ? str_fmt("%s/%s", folder, name) : mem_strdup(name);
}

/* True the first time. */
static bool remember(struct look *l, const struct stat *st)
{
	char *id = str_fmt("%llx:%llx", (unsigned long long)st->st_dev, (unsigned long long)st->st_ino);

	if (!name_map_put(&l->known, id, strlen(id), 0)) {
		free(id);
		return false;
	}
	strv_give(&l->ids, id);
	return true;
}

static void add(struct found_list *l, const char *path, const struct stat *st)
{
	l->cap = mem_grow((void **)&l->v, l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = (struct found){ .path = mem_strdup(path),
				       .stamp = { st->st_dev, st->st_ino, st->st_size, st->st_mtim } };
}

static size_t depth_of(const char *path)
{
	size_t n = 0;

	for (; *path; path++)
		n += *path == '/';
	return n;
}

static bool look_at(struct look *l, const char *path, const char *name, struct err *err)
{
	char *full = path_join(l->root, path);
	struct stat st;
	bool ok = lstat(full, &st) == 0;

	free(full);
	if (!ok)
		return true;
	if (S_ISLNK(st.st_mode)) {
		strv_add(&l->links, path);
	} else if (S_ISDIR(st.st_mode)) {
		if (depth_of(path) < MAX_DEPTH)
			strv_add(&l->folders, path);
	} else if (S_ISREG(st.st_mode) && project_is_source(name)) {
		if (l->out->n == PROJECT_MAX_FILES)
			return err_set(err, ERR_LIMIT, "%s holds more than %d Verilog files: name those of the design with 'set files'",
				       l->root, PROJECT_MAX_FILES);
		remember(l, &st);
		add(l->out, path, &st);
	}
	return true;
}

static bool read_folder(struct look *l, const char *folder, struct err *err)
{
	char *full = folder[0] ? path_join(l->root, folder) : mem_strdup(l->root);
	DIR *d = opendir(full);
	struct dirent *e;
	struct stat st;
	bool ok = true;

	free(full);
	if (!d)
		return true;
	if (fstat(dirfd(d), &st) == 0 && remember(l, &st)) {
		while (ok && (e = readdir(d))) {
			char *path;

			if (skipped(e->d_name) || has_control(e->d_name))
				continue;
			if (++l->seen > MAX_SEEN) {
				ok = err_set(err, ERR_LIMIT, "%s is too large to look through: name the files of the design with 'set files'",
					     l->root);
				break;
			}
			path = below(folder, e->d_name);
			ok = look_at(l, path, e->d_name, err);
			free(path);
		}
	}
	closedir(d);
	return ok;
}

static bool read_folders(struct look *l, struct err *err)
{
	bool ok = true;

	while (ok && l->folders.n > 0) {
		char *folder = l->folders.v[--l->folders.n];

		ok = read_folder(l, folder, err);
		free(folder);
	}
	return ok;
}

static bool follow(struct look *l, const char *link, struct err *err)
{
	char *full = path_join(l->root, link);
	char *rel = NULL;
	struct stat st;
	bool inside = path_inside(l->root, link, &rel, NULL) && stat(full, &st) == 0;

	free(rel);
	free(full);
	if (!inside)
		return true;
	if (S_ISDIR(st.st_mode)) {
		if (depth_of(link) < MAX_DEPTH)
			strv_add(&l->folders, link);
		return read_folders(l, err);
	}
	if (S_ISREG(st.st_mode) && project_is_source(link) && l->out->n < PROJECT_MAX_FILES && remember(l, &st))
		add(l->out, link, &st);
	return true;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct found *)a)->path, ((const struct found *)b)->path);
}

static void look_fini(struct look *l)
{
	strv_free(&l->folders);
	strv_free(&l->links);
	name_map_fini(&l->known);
	strv_free(&l->ids);
}

bool project_look(const char *root, struct found_list *out, struct err *err)
{
	struct look l = { .root = root, .out = out };
	bool ok;

	*out = (struct found_list){ 0 };
	strv_add(&l.folders, "");
	ok = read_folders(&l, err);
	for (size_t i = 0; ok && i < l.links.n; i++) {
		/* More links may turn up behind this one. */
		ok = follow(&l, l.links.v[i], err);
	}
	look_fini(&l);
	if (ok && out->n)
		qsort(out->v, out->n, sizeof(*out->v), by_path);
	if (!ok)
		found_list_fini(out);
	return ok;
}

/* Patterns ------------------------------------------------------------------ */

/* Only the last star needs to be tried again, so this takes no more than
 * pattern times name. */
static bool matches(const char *pattern, const char *name)
{
	const char *star = NULL, *retry = NULL;

	while (*name) {
		if (*pattern == '*') {
			star = pattern++;
			retry = name;
		} else if (*pattern == '?' || *pattern == *name) {
			pattern++;
			name++;
		} else if (star) {
			pattern = star + 1;
			name = ++retry;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return *pattern == '\0';
}

static bool add_named(const char *root, const char *path, struct found_list *out)
{
	char *full = path_join(root, path);
	struct stat st;
	bool ok = stat(full, &st) == 0 && S_ISREG(st.st_mode);

	free(full);
	if (ok)
		add(out, path, &st);
	return ok;
}

static size_t add_matching(const char *root, const char *folder, const char *pattern, struct found_list *out)
{
	char *full = path_join(root, folder);
	DIR *d = opendir(full);
	struct dirent *e;
	size_t n = 0;

	free(full);
	if (!d)
		return 0;
	while ((e = readdir(d)) && out->n < PROJECT_MAX_FILES) {
		char *path = path_join(folder, e->d_name), *rel;

		if (e->d_name[0] != '.' && !has_control(e->d_name) && project_is_source(e->d_name) && matches(pattern, e->d_name) &&
		    path_inside(root, path, &rel, NULL)) {
			n += add_named(root, rel, out);
			free(rel);
		}
		free(path);
	}
	closedir(d);
	return n;
}

static bool add_pattern(const char *root, const char *pattern, struct found_list *out, struct err *err)
{
	char *folder = path_dir(pattern), *rel = NULL;
	const char *name = path_base(pattern);
	bool ok = false;

	if (strpbrk(folder, "*?")) {
		err_set(err, ERR_USAGE, "files '%s': * and ? may stand only after the last slash", pattern);
	} else if (!strpbrk(name, "*?")) {
		if (path_inside(root, pattern, &rel, err))
			ok = add_named(root, rel, out) || err_set(err, ERR_NOT_FOUND, "files '%s': there is no such file", pattern);
	} else if (strcmp(folder, ".") == 0 || path_inside(root, folder, &rel, err)) {
		ok = add_matching(root, rel ? rel : ".", name, out) > 0 ||
		     err_set(err, ERR_NOT_FOUND, "files '%s': no Verilog file is named so", pattern);
	}
	free(rel);
	free(folder);
	return ok;
}

bool project_look_for(const char *root, const struct strv *patterns, struct found_list *out, struct err *err)
{
	size_t n = 0;

	*out = (struct found_list){ 0 };
	for (size_t i = 0; i < patterns->n; i++) {
		if (!add_pattern(root, patterns->v[i], out, err)) {
			found_list_fini(out);
			return false;
		}
	}
	if (out->n)
		qsort(out->v, out->n, sizeof(*out->v), by_path);
	for (size_t i = 0; i < out->n; i++) {
		if (n > 0 && strcmp(out->v[n - 1].path, out->v[i].path) == 0)
			free(out->v[i].path);
		else
			out->v[n++] = out->v[i];
	}
	out->n = n;
	return true;
}
