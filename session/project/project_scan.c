/* Which files a project has: from the folder, the project's description, and the
 * settings; and why the others are left out. */
#include "config.h"

#include "session/project/project_inner.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/str.h"
#include "session/base/word_table.h"
#include "session/verilog/lang.h"

#define MAX_LEFT 10000u /* entries kept about files left out */

static struct shared_manifest *hold_manifest(struct shared_manifest *m)
{
	atomic_fetch_add(&m->holders, 1);
	return m;
}

static struct shared_manifest *new_manifest(void)
{
	return hold_manifest(mem_zalloc(sizeof(struct shared_manifest)));
}

static void drop_manifest(struct shared_manifest *m)
{
	if (atomic_fetch_sub(&m->holders, 1) > 1)
		return;
	manifest_fini(&m->m);
	free(m);
}

struct look *look_hold(struct look *l)
{
	atomic_fetch_add(&l->holders, 1);
	return l;
}

void look_drop(struct look *l)
{
	if (!l || atomic_fetch_sub(&l->holders, 1) > 1)
		return;
	for (size_t i = 0; i < l->n; i++)
		free(l->sources[i].path);
	for (size_t i = 0; i < l->n_left; i++) {
		free((char *)l->left[i].path);
		free((char *)l->left[i].why);
	}
	free(l->sources);
	free(l->left);
	tree_folder_close(&l->folder);
	drop_manifest(l->said);
	free(l);
}

bool project_is_header(const char *path)
{
	enum lang_file f = lang_file(path);

	return f != LANG_FILE_V && f != LANG_FILE_SV;
}

bool project_is_source(const char *path)
{
	enum lang_file f = lang_file(path);

	return f != LANG_FILE_OTHER && f != LANG_FILE_VHDL;
}

/* It says which files are in which library, for tools that have libraries. */
static bool project_is_map(const char *path)
{
	static const char *const names[] = { "lib.map", "libs.map", "library.map", NULL };

	return words_has(names, path_base(path));
}

static bool project_is_vhdl(const char *path)
{
	return lang_file(path) == LANG_FILE_VHDL;
}

static void add_left(struct look *l, const char *path, char *why)
{
	if (l->n_left == MAX_LEFT) {
		free(why);
		return;
	}
	MEM_PUSH(l->left, l->n_left, l->cap_left, (struct project_left){ mem_strdup(path), why });
}

/* Why a file beside the sources is not read; NULL: it has nothing to do with them. */
static const char *foreign(const char *path)
{
	return project_is_vhdl(path)  ? "VHDL"
	       : project_is_map(path) ? "a map of libraries (no tool here reads it)"
				      : NULL;
}

/* Excluding ------------------------------------------------------------------- */

/* As in a .gitignore: a pattern without a slash matches a name at any depth, one
 * with a slash a path from the root; everything in a matching folder is excluded. */
static bool excludes(const char *pattern, const char *path)
{
	char *part = mem_strdup(path),
	     *clean = mem_strndup(pattern, strlen(pattern) - str_ends(pattern, "/"));
	bool anywhere = !strchr(clean, '/'), found = false;

	for (char *end = part + strlen(part); !found && end; end = strrchr(part, '/')) {
		*end = '\0';
		found = part[0] && tree_matches(clean, anywhere ? path_base(part) : part);
	}
	free(clean);
	free(part);
	return found;
}

const char *project_excluded(const struct project_settings *s, const char *path)
{
	for (size_t i = 0; i < s->exclude.n; i++)
		if (excludes(s->exclude.v[i], path))
			return s->exclude.v[i];
	return NULL;
}

/* Sources --------------------------------------------------------------------- */

static bool add(struct look *l, const char *root, const char *path, struct err *err)
{
	char *full;
	struct stat st;
	bool there;

	if (l->n == PROJECT_MAX_FILES)
		return err_set(err, ERR_LIMIT,
			       "%s holds more than %d Verilog files: name those of the design with "
			       "'set files'",
			       root, PROJECT_MAX_FILES);
	full = path_join(root, path);
	there = stat(full, &st) == 0 && S_ISREG(st.st_mode);
	free(full);
	if (!there)
		return true;
	MEM_PUSH(l->sources, l->n, l->cap,
		 (struct found){ .path = mem_strdup(path),
				 .stamp = { st.st_dev, st.st_ino, st.st_size, st.st_mtim } });
	return true;
}

static bool add_unless_excluded(struct look *l, const struct project_settings *s, const char *root,
				const char *path, struct err *err)
{
	const char *pattern = project_excluded(s, path);

	if (pattern)
		add_left(l, path, str_fmt("excluded by %s", pattern));
	return pattern || add(l, root, path, err);
}

static bool is_named_source(const struct manifest_file *f)
{
	return f->role == MANIFEST_SOURCE || f->role == MANIFEST_HEADER ||
	       f->role == MANIFEST_LIBRARY;
}

/* Adds files that the manifest names although their names do not say that they
 * are Verilog. */
static bool add_listed(struct look *l, const struct project_settings *s, const char *root, bool all,
		       struct err *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < l->said->m.n_files; i++) {
		const struct manifest_file *f = &l->said->m.files[i];

		if (is_named_source(f) && (all || !project_is_source(f->path)))
			ok = add_unless_excluded(l, s, root, f->path, err);
	}
	return ok;
}

bool project_in_library(const struct manifest *m, const char *path)
{
	char *folder = m->library_dirs.n ? path_dir(path) : NULL;
	bool is = folder && strv_has(&m->library_dirs, folder);

	free(folder);
	return is;
}

bool project_has_spares(const struct project *p, const char *path)
{
	const struct manifest_file *f = manifest_file(&p->look->said->m, path);

	return f && f->role == MANIFEST_LIBRARY;
}

/* A tool looks for lib/step.vlib when +libext+.vlib says so, and only in a library. */
static bool is_library_source(const struct manifest *m, const char *path)
{
	bool has = false;

	for (size_t i = 0; !has && i < m->library_exts.n; i++)
		has = str_ends(path, m->library_exts.v[i]);
	return has && project_in_library(m, path);
}

static bool look_around(struct look *l, const struct project_settings *s, const char *root,
			struct err *err)
{
	const struct tree *t = &l->folder.tree;
	bool ok = add_listed(l, s, root, false, err);

	for (size_t i = 0; ok && i < t->n; i++) {
		if (project_is_source(t->paths[i]) || is_library_source(&l->said->m, t->paths[i]))
			ok = add_unless_excluded(l, s, root, t->paths[i], err);
		else if (foreign(t->paths[i]))
			add_left(l, t->paths[i], mem_strdup(foreign(t->paths[i])));
	}
	return ok;
}

/* Named files ------------------------------------------------------------------- */

static bool add_matching(struct look *l, const struct project_settings *s, const char *root,
			 const char *pattern, struct err *err)
{
	struct strv found = STRV_INIT;
	size_t n = 0;
	bool ok = true;

	tree_glob(&l->folder.tree, pattern, &found);
	for (size_t i = 0; ok && i < found.n; i++) {
		if (!project_is_source(found.v[i]))
			continue;
		ok = add_unless_excluded(l, s, root, found.v[i], err);
		n++;
	}
	strv_free(&found);
	return ok && (n > 0 || err_set(err, ERR_NOT_FOUND,
				       "files '%s': no Verilog file is named so", pattern));
}

static bool add_pattern(struct look *l, const struct project_settings *s, const char *root,
			const char *pattern, struct err *err)
{
	char *rel = NULL;
	size_t before = l->n, left = l->n_left;
	bool ok;

	if (strpbrk(pattern, "*?"))
		return add_matching(l, s, root, pattern, err);
	ok = tree_name(root, pattern, &rel, err) && add_unless_excluded(l, s, root, rel, err) &&
	     (l->n > before || l->n_left > left ||
	      err_set(err, ERR_NOT_FOUND, "files '%s': there is no such file", pattern));
	free(rel);
	return ok;
}

static bool look_for(struct look *l, const struct project_settings *s, const char *root,
		     const struct tree *t, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < s->files.n; i++) {
		const char *pattern = s->files.v[i];
		char *rel = NULL;

		if (pattern[0] == '@')
			ok = (tree_name(root, pattern + 1, &rel, err) &&
			      manifest_read(&l->said->m, t, rel, MANIFEST_NONE, err)) ||
			     err_prefix(err, "files %s", pattern);
		else
			ok = add_pattern(l, s, root, pattern, err);
		free(rel);
	}
	return ok && add_listed(l, s, root, true, err);
}

/* Lists sources in the folder that were not named, so that they can be reported. */
static void leave_unnamed(struct look *l)
{
	for (size_t i = 0, k = 0; i < l->folder.tree.n; i++) {
		const char *path = l->folder.tree.paths[i];

		while (k < l->n && strcmp(l->sources[k].path, path) < 0)
			k++;
		if (foreign(path))
			add_left(l, path, mem_strdup(foreign(path)));
		else if (project_is_source(path) &&
			 (k == l->n || strcmp(l->sources[k].path, path) != 0))
			add_left(l, path, mem_strdup("not named by `set files`"));
	}
}

/* All ---------------------------------------------------------------------------- */

int project_by_path(const void *a, const void *b)
{
	return strcmp(((const struct found *)a)->path, ((const struct found *)b)->path);
}

static int by_left(const void *a, const void *b)
{
	return strcmp(((const struct project_left *)a)->path,
		      ((const struct project_left *)b)->path);
}

static void settle(struct look *l)
{
	size_t n = 0;

	if (l->n)
		qsort(l->sources, l->n, sizeof(*l->sources), project_by_path);
	for (size_t i = 0; i < l->n; i++) {
		if (n > 0 && strcmp(l->sources[n - 1].path, l->sources[i].path) == 0)
			free(l->sources[i].path);
		else
			l->sources[n++] = l->sources[i];
	}
	l->n = n;
}

static void settle_left(struct look *l, const char *root)
{
	size_t n = 0;

	for (size_t i = 0; i < l->folder.outside.n; i++) {
		char *full = path_join(root, l->folder.outside.v[i]), *real = realpath(full, NULL);

		add_left(l, l->folder.outside.v[i],
			 str_fmt("a link to %s, outside the project; `set link.allow %s` in your "
				 "own "
				 "posedgerc lets it in",
				 real ? real : "nowhere", real ? real : "DIR"));
		free(real);
		free(full);
	}
	for (size_t i = 0; i < l->folder.odd.n; i++) {
		char *full = path_join(root, l->folder.odd.v[i]);
		struct stat st;
		bool there = lstat(full, &st) == 0;

		if (str_ends(l->folder.odd.v[i], "/"))
			add_left(l, l->folder.odd.v[i],
				 mem_strdup("nothing in it is read, because its name has "
					    "control characters"));
		else if (project_is_source(l->folder.odd.v[i]) ||
			 project_is_vhdl(l->folder.odd.v[i]))
			add_left(l, l->folder.odd.v[i],
				 mem_strdup(!there		  ? "a name with control characters"
					    : S_ISLNK(st.st_mode) ? "a link to a missing file"
								  : "no regular file"));
		free(full);
	}
	if (l->n_left)
		qsort(l->left, l->n_left, sizeof(*l->left), by_left);
	for (size_t i = 0; i < l->n_left; i++) {
		if (n > 0 && strcmp(l->left[n - 1].path, l->left[i].path) == 0) {
			free((char *)l->left[i].path);
			free((char *)l->left[i].why);
		} else {
			l->left[n++] = l->left[i];
		}
	}
	l->n_left = n;
}

/* Hashes all names, and size and time of each description and each file read for
 * the manifest. */
static void describe(const struct look *l, const struct manifest *m, const char *root,
		     char hex[HASH_HEX + 1])
{
	struct hash *h = hash_new();
	const struct tree *t = &l->folder.tree;

	for (size_t i = 0; i < t->n; i++)
		hash_adds(h, t->paths[i]);
	for (size_t i = 0; i < t->n + m->read.n; i++) {
		const char *path = i < t->n ? t->paths[i] : m->read.v[i - t->n];
		char *full;
		struct stat st;

		if (i < t->n && manifest_kind(path) == MANIFEST_NONE)
			continue;
		full = path_join(root, path);
		if (stat(full, &st) == 0) {
			hash_add(h, &st.st_size, sizeof(st.st_size));
			hash_add(h, &st.st_ino, sizeof(st.st_ino));
			hash_add(h, &st.st_mtim.tv_sec, sizeof(st.st_mtim.tv_sec));
			hash_add(h, &st.st_mtim.tv_nsec, sizeof(st.st_mtim.tv_nsec));
		}
		free(full);
	}
	hash_end(h, hex);
}

static void find_manifest(struct look *l, const struct look *was, const struct tree *t,
			  const char *root)
{
	if (was)
		describe(l, &was->said->m, root, l->described);
	if (was && strcmp(l->described, was->described) == 0) {
		drop_manifest(l->said);
		l->said = hold_manifest(was->said);
	} else {
		manifest_find(&l->said->m, t);
		describe(l, &l->said->m, root, l->described);
	}
}

struct look *project_look(const struct look *was, const char *root,
			  const struct project_settings *s, project_read_fn *read, void *ctx,
			  struct err *err)
{
	struct look *l = look_hold(mem_zalloc(sizeof(*l)));
	struct tree t;
	bool ok;

	l->said = new_manifest();
	ok = tree_folder_look(&l->folder, root, &s->links, err);
	t = (struct tree){ .paths = l->folder.tree.paths,
			   .n = l->folder.tree.n,
			   .read = read,
			   .ctx = ctx,
			   .links = &l->folder.links };
	if (ok && s->files.n) {
		ok = look_for(l, s, root, &t, err);
	} else if (ok) {
		find_manifest(l, was, &t, root);
		ok = look_around(l, s, root, err);
	}
	if (!ok) {
		look_drop(l);
		return NULL;
	}
	settle(l);
	if (s->files.n)
		leave_unnamed(l);
	settle_left(l, root);
	return l;
}
