/* Walks folders with a work list instead of recursion. Links are deferred until
 * everything else is known, so that files in the project keep their own names and
 * cycles of links end. */
#include "config.h"

#include "session/manifest/tree.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/utf8.h"
#include "session/manifest/tree_built.h"
#include "session/text/name_map.h"

#define MAX_SEEN       500000u /* folder entries of any type */
#define MAX_LINKS      10000u
#define MAX_NESTED     8	 /* links below links in a name */
#define MAX_GLOB_STEPS 20000000u /* comparisons per glob, over all paths */

struct walk {
	const char *root;
	const struct strv *allow; /* NULL: none */
	struct strv *out, *outside, *odd, *plain;
	struct strv folders; /* not read yet; "" is the root */
	struct strv links;
	struct strv ids; /* keys of known */
	struct name_map known;
	size_t seen;
};

/* Such a name cannot be printed in a message or passed to a tool. */
static bool has_control(const char *name)
{
	for (; *name; name++)
		if ((unsigned char)*name < 0x20 || *name == 0x7f)
			return true;
	return false;
}

static bool is_folder(const char *root, const char *path)
{
	char *full = path_join(root, path);
	struct stat st;
	bool is = lstat(full, &st) == 0 && S_ISDIR(st.st_mode);

	free(full);
	return is;
}

/* Lists the name in printable form. A folder with such a name is not searched; its name
 * gets a slash at the end. */
static void list_odd(struct walk *w, const char *folder, const char *name)
{
	char *path = folder[0] ? path_join(folder, name) : mem_strdup(name);
	struct str shown = STR_INIT;

	utf8_show(path, strlen(path), &shown);
	for (size_t i = 0; i < shown.len; i++) /* utf8_show() keeps newlines */
		if ((unsigned char)shown.data[i] < 0x20)
			shown.data[i] = '?';
	if (is_folder(w->root, path))
		str_addc(&shown, '/');
	if (w->odd->n < TREE_MAX_FILES)
		strv_give(w->odd, str_take(&shown));
	str_free(&shown);
	free(path);
}

static char *id_of(const struct stat *st)
{
	return str_fmt("%llx:%llx", (unsigned long long)st->st_dev, (unsigned long long)st->st_ino);
}

static bool was_seen(const struct walk *w, const struct stat *st)
{
	char *id = id_of(st);
	bool seen = name_map_has(&w->known, id, strlen(id));

	free(id);
	return seen;
}

/* True on the first visit of an inode. */
static bool first_time(struct walk *w, const struct stat *st)
{
	char *id = id_of(st);

	if (!name_map_put(&w->known, id, strlen(id), 0)) {
		free(id);
		return false;
	}
	strv_give(&w->ids, id);
	return true;
}

static bool look_at(struct walk *w, char *path, struct err *err)
{
	char *full = path_join(w->root, path);
	struct stat st;
	bool there = lstat(full, &st) == 0;

	free(full);
	if (there && S_ISLNK(st.st_mode)) {
		strv_give(&w->links, path);
		return true;
	}
	if (there && S_ISDIR(st.st_mode) && path_folders(path) < TREE_MAX_DEPTH &&
	    !tree_is_built(w->root, path)) {
		strv_give(&w->folders, path);
		return true;
	}
	if (there && S_ISREG(st.st_mode)) {
		if (w->out->n == TREE_MAX_FILES) {
			free(path);
			return err_set(err, ERR_LIMIT,
				       "%s holds more than %d files: open a folder further down",
				       w->root, TREE_MAX_FILES);
		}
		first_time(w, &st);
		strv_give(w->out, path);
		return true;
	}
	if (there && !S_ISDIR(st.st_mode) && w->odd->n < TREE_MAX_FILES)
		strv_give(w->odd, path);
	else
		free(path);
	return true;
}

static bool read_folder(struct walk *w, const char *folder, struct err *err)
{
	char *full = folder[0] ? path_join(w->root, folder) : mem_strdup(w->root);
	DIR *d = opendir(full);
	struct dirent *e;
	struct stat st;
	bool ok = d || folder[0] || err_set(err, ERR_IO, "open %s: %s", w->root, strerror(errno));

	free(full);
	if (!d)
		return ok;
	if (fstat(dirfd(d), &st) == 0 && first_time(w, &st)) {
		while (ok && (e = readdir(d))) {
			if (tree_skips(e->d_name))
				continue;
			if (has_control(e->d_name))
				list_odd(w, folder, e->d_name);
			else if (++w->seen > MAX_SEEN)
				ok = err_set(err, ERR_LIMIT,
					     "%s is too large to look through: open a folder "
					     "further down",
					     w->root);
			else
				ok = look_at(w,
					     folder[0] ? path_join(folder, e->d_name)
						       : mem_strdup(e->d_name),
					     err);
		}
	}
	closedir(d);
	return ok;
}

static bool read_folders(struct walk *w, struct err *err)
{
	bool ok = true;

	while (ok && w->folders.n > 0) {
		char *folder = w->folders.v[--w->folders.n];

		w->folders.v[w->folders.n] = NULL;
		ok = read_folder(w, folder, err);
		free(folder);
	}
	return ok;
}

static bool is_below(const char *path, const char *folder)
{
	char *real = realpath(folder, NULL);
	size_t n = real ? strlen(real) : 0;
	bool below =
		n && strncmp(path, real, n) == 0 && (path[n] == '\0' || path[n] == '/' || n == 1);

	free(real);
	return below;
}

static bool has_part(const char *path, const char *part)
{
	size_t n = strlen(part);

	for (const char *p = path; p; p = strchr(p, '/') ? strchr(p, '/') + 1 : NULL)
		if (strncmp(p, part, n) == 0 && (p[n] == '/' || p[n] == '\0'))
			return true;
	return false;
}

/* True for a hidden file, such as .env, and for what is in a repository or a record: no
 * source under the name of a stranger's link, either. real: absolute, rel: in the root. */
static bool is_private(const char *real, const char *rel)
{
	return (path_base(rel)[0] == '.' && !file_is_dir(real)) || has_part(rel, ".git") ||
	       has_part(rel, ".posedge");
}

/* True if the link stays inside the project or leads to an allowed folder. */
static bool may_follow(const struct walk *w, const char *link, const char *full)
{
	char *rel = NULL, *real = realpath(full, NULL), *inside = NULL;
	bool ok = path_inside(w->root, link, &rel, NULL);
	bool private =
		real && path_inside(w->root, real, &inside, NULL) && is_private(real, inside);

	for (size_t i = 0; !ok && real && w->allow && i < w->allow->n; i++) {
		char *folder = path_join(w->root, w->allow->v[i]);

		ok = is_below(real, folder);
		free(folder);
	}
	ok = ok && !private;
	if (!ok && real && !private)
		strv_addf(w->outside, "%s", link);
	else if (!real && w->odd->n < TREE_MAX_FILES)
		strv_addf(w->odd, "%s", link);
	free(inside);
	free(real);
	free(rel);
	return ok;
}

/* True if the walk has its files under this name, and not under that of a link. */
static bool is_walked(const char *root, const char *rel)
{
	bool walked = true;
	char *part = mem_strdup(rel);

	for (char *p = part, *slash; walked && *p; p = slash + 1) {
		slash = strchr(p, '/');
		if (slash)
			*slash = '\0';
		walked = !tree_skips(p) && (!slash || !tree_is_built(root, part));
		if (!slash)
			break;
		*slash = '/';
	}
	free(part);
	return walked;
}

/* Notes a link to what has a name of its own in the project. */
static bool leads_inside(struct walk *w, const char *link, const char *full, const struct stat *st)
{
	char *real = realpath(full, NULL), *inside = NULL;
	bool known = was_seen(w, st) && real && path_inside(w->root, real, &inside, NULL) &&
		     strcmp(inside, ".") != 0 && is_walked(w->root, inside);

	if (known && w->plain->n < 2 * MAX_LINKS) {
		strv_add(w->plain, link);
		strv_give(w->plain, inside);
		inside = NULL;
	}
	free(inside);
	free(real);
	return known;
}

static bool follow(struct walk *w, const char *link, struct err *err)
{
	char *full = path_join(w->root, link);
	struct stat st;
	bool there = may_follow(w, link, full) && stat(full, &st) == 0,
	     known = there && leads_inside(w, link, full, &st);

	free(full);
	if (!there || known)
		return true;
	if (S_ISDIR(st.st_mode) && path_folders(link) < TREE_MAX_DEPTH) {
		strv_add(&w->folders, link);
		return read_folders(w, err);
	}
	if (S_ISREG(st.st_mode) && w->out->n < TREE_MAX_FILES && first_time(w, &st))
		strv_add(w->out, link);
	return true;
}

bool tree_name(const char *root, const char *path, char **rel, struct err *err)
{
	char *full, *real, *inside = NULL;

	if (!path_inside(root, path, rel, err))
		return false;
	full = path_join(root, *rel);
	real = realpath(full, NULL);
	if (!real)
		real = path_without_links(full);
	if (path_inside(root, real, &inside, NULL) &&
	    (is_walked(root, inside) || is_private(real, inside))) {
		free(*rel);
		*rel = inside;
		inside = NULL;
	}
	free(inside);
	free(real);
	free(full);
	return true;
}

static bool read_disk(void *ctx, const char *path, size_t limit, struct str *out, struct err *err)
{
	const struct tree_folder *f = ctx;
	bool ok = file_read_in(f->root, path, limit, out, err);

	return ok;
}

bool tree_folder_open(struct tree_folder *f, const char *root, struct err *err)
{
	return tree_folder_look(f, root, NULL, err);
}

bool tree_folder_look(struct tree_folder *f, const char *root, const struct strv *allow,
		      struct err *err)
{
	struct walk w = { .root = root,
			  .allow = allow,
			  .out = &f->paths,
			  .outside = &f->outside,
			  .odd = &f->odd,
			  .plain = &f->links };
	bool ok;

	*f = (struct tree_folder){ .root = mem_strdup(root) };
	strv_add(&w.folders, "");
	ok = read_folders(&w, err);
	for (size_t i = 0; ok && i < w.links.n; i++) {
		char *link = mem_strdup(w.links.v[i]); /* the list may grow in this call */

		ok = follow(&w, link, err);
		free(link);
	}
	strv_free(&w.folders);
	strv_free(&w.links);
	name_map_fini(&w.known);
	strv_free(&w.ids);
	if (!ok) {
		tree_folder_close(f);
		return false;
	}
	strv_sort(&f->paths);
	strv_sort(&f->outside);
	strv_sort(&f->odd);
	f->tree = (struct tree){
		(const char *const *)f->paths.v, f->paths.n, read_disk, f, f->root, &f->links
	};
	return true;
}

void tree_folder_close(struct tree_folder *f)
{
	free(f->root);
	strv_free(&f->paths);
	strv_free(&f->links);
	strv_free(&f->outside);
	strv_free(&f->odd);
	*f = (struct tree_folder){ 0 };
}

/* Looking things up ------------------------------------------------------------ */

/* Index of the first path that is not less than key. */
static size_t lower_bound(const struct tree *t, const char *key)
{
	size_t lo = 0, hi = t->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (strcmp(t->paths[mid], key) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Replaces the first link that the path begins with; false if there is none. */
static bool replace_link(const struct strv *links, char **path)
{
	for (size_t i = 0; i + 1 < links->n; i += 2) {
		size_t n = strlen(links->v[i]);

		if (strncmp(*path, links->v[i], n) == 0 && strchr("/", (*path)[n])) {
			char *plain = str_fmt("%s%s", links->v[i + 1], *path + n);

			free(*path);
			*path = plain;
			return true;
		}
	}
	return false;
}

char *tree_plain(const struct tree *t, const char *path)
{
	char *plain = mem_strdup(path);

	for (int i = 0; t->links && i < MAX_NESTED && replace_link(t->links, &plain); i++)
		;
	return plain;
}

bool tree_has(const struct tree *t, const char *path)
{
	size_t i = lower_bound(t, path);

	return i < t->n && strcmp(t->paths[i], path) == 0;
}

size_t tree_below(const struct tree *t, const char *folder, size_t *end)
{
	char *first, *after;
	size_t i;

	if (strcmp(folder, ".") == 0) {
		*end = t->n;
		return 0;
	}
	first = str_fmt("%s/", folder);
	after = str_fmt("%s0", folder); /* '0' follows '/' in ASCII */
	i = lower_bound(t, first);
	*end = lower_bound(t, after);
	free(first);
	free(after);
	return i;
}

bool tree_has_dir(const struct tree *t, const char *path)
{
	size_t end;

	return tree_below(t, path, &end) < end;
}

const char *tree_ending(const struct tree *t, const char *name)
{
	const char *found = NULL;
	size_t len = strlen(name);

	for (size_t i = 0; i < t->n; i++) {
		const char *p = t->paths[i];
		size_t n = strlen(p);

		if (n < len || strcmp(p + n - len, name) != 0 || (n > len && p[n - len - 1] != '/'))
			continue;
		if (n == len)
			return p;
		if (found)
			return NULL;
		found = p;
	}
	return found;
}

/* Globs ------------------------------------------------------------------------ */

/* Where to resume after a mismatch: one more byte for the last `*`, or one more
 * folder for the last `**`. A later star makes an earlier one of the same kind
 * final, so the work is bounded by pattern times path for each folder of the
 * path. */
struct retry {
	const char *pattern, *path; /* NULL: none */
};

static bool retry(struct retry *star, struct retry *deep, const char **p, const char **s)
{
	if (star->path && *star->path && *star->path != '/') {
		*s = ++star->path;
		*p = star->pattern;
		return true;
	}
	*star = (struct retry){ 0 };
	if (deep->path && (*s = strchr(deep->path, '/'))) {
		deep->path = ++*s;
		*p = deep->pattern;
		return true;
	}
	return false;
}

static bool matches(const char *p, const char *s, size_t *steps)
{
	struct retry star = { 0 }, deep = { 0 };
	bool part = true; /* p is at the start of a path component */

	while (*s || *p) {
		if (++*steps > MAX_GLOB_STEPS)
			return false;
		if (part && str_starts(p, "**/")) {
			p += 3;
			deep = (struct retry){ p, s };
			star = (struct retry){ 0 };
			continue;
		}
		if (*p == '*') {
			while (*p == '*')
				p++;
			star = (struct retry){ p, s };
			part = false;
			continue;
		}
		if (*s && (*p == *s || (*p == '?' && *s != '/'))) {
			part = *s == '/';
			if (part)
				star = (struct retry){ 0 };
			p++;
			s++;
			continue;
		}
		if (!retry(&star, &deep, &p, &s))
			return false;
		part = deep.path == s && deep.pattern == p;
	}
	return true;
}

size_t tree_glob(const struct tree *t, const char *named, struct strv *out)
{
	char *folder, *pattern = tree_plain(t, named);
	size_t fixed = strcspn(pattern, "*?"), n = 0, steps = 0, i, end;

	while (fixed > 0 && pattern[fixed - 1] != '/')
		fixed--;
	folder = fixed > 1 ? mem_strndup(pattern, fixed - 1) : mem_strdup(".");
	i = tree_below(t, folder, &end);
	free(folder);
	for (; i < end; i++) {
		if (matches(pattern, t->paths[i], &steps)) {
			strv_add(out, t->paths[i]);
			n++;
		}
	}
	free(pattern);
	return n;
}

bool tree_matches(const char *pattern, const char *path)
{
	size_t steps = 0;

	return matches(pattern, path, &steps);
}
