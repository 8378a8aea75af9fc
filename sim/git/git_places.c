/* A repository may be several folders: .git may be a file that names another folder (a
 * submodule, a second work tree), that may name a third one shared by all work trees
 * (commondir), and objects may be borrowed from others (objects/info/alternates), which
 * may borrow again.
 *
 * Each folder is kept under the name that git will use, since git looks it up by that
 * name inside the sandbox too. Only ".." is resolved.
 */
#include "config.h"

#include "sim/git/git_places.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/file.h"
#include "session/base/mem.h"

#define NAME_LIMIT 8192 /* bytes of a file that names a folder */
#define LIST_LIMIT 65536

static bool holds(const char *folder, const char *path)
{
	size_t n = strlen(folder);

	return strncmp(folder, path, n) == 0 &&
	       (path[n] == '/' || path[n] == '\0' || strcmp(folder, "/") == 0);
}

void git_places_add(const char *path, struct strv *out)
{
	if (path[0] != '/' || (str_starts(path, "/dev/") && !str_starts(path, "/dev/shm/")) ||
	    !file_exists(path))
		return;
	for (size_t i = 0; i < out->n; i++)
		if (holds(out->v[i], path))
			return;
	strv_add(out, path);
}

/* Turns "/a/b/../c" into "/a/c"; relative paths start at folder. The caller frees
 * it. */
static char *absolute(const char *folder, const char *path)
{
	char *whole = path[0] == '/' ? mem_strdup(path) : str_fmt("%s/%s", folder, path);
	struct str out = STR_INIT;

	for (const char *p = whole; *p;) {
		size_t n = strcspn(p, "/");

		if (n == 2 && strncmp(p, "..", 2) == 0) {
			while (out.len && out.data[out.len - 1] != '/')
				str_cut(&out, out.len - 1);
			if (out.len)
				str_cut(&out, out.len - 1);
		} else if (n && !(n == 1 && *p == '.')) {
			str_addc(&out, '/');
			str_add(&out, p, n);
		}
		p += n;
		p += strspn(p, "/");
	}
	if (!out.len)
		str_addc(&out, '/');
	free(whole);
	return str_take(&out);
}

static bool has(const char *folder, const char *name, bool is_folder)
{
	char *path = path_join(folder, name);
	bool ok = is_folder ? file_is_dir(path) : file_exists(path) && !file_is_dir(path);

	free(path);
	return ok;
}

/* False for a folder through which an untrusted file would expose more than a
 * repository. */
static bool is_narrow(const char *folder, const char *top)
{
	const char *home = getenv("HOME");

	return !holds(folder, top) && !(home && home[0] == '/' && holds(folder, home));
}

/* False for a FIFO, which would block. */
static bool is_plain(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* The first line of folder/name without prefix; NULL: none. */
static char *first_line(const char *folder, const char *name, const char *prefix)
{
	char *path = path_join(folder, name), *line = NULL;
	struct str text = STR_INIT;

	if (is_plain(path) && file_read(path, NAME_LIMIT, &text, NULL) &&
	    str_starts(str_cstr(&text), prefix))
		line = mem_strndup(text.data + strlen(prefix),
				   strcspn(text.data + strlen(prefix), "\r\n"));
	str_free(&text);
	free(path);
	return line;
}

/* Adds the alternates of an object store, recursively. */
static void add_borrowed(const char *objects, const char *top, struct strv *out)
{
	struct strv look = STRV_INIT;

	strv_add(&look, objects);
	for (size_t i = 0; i < look.n && look.n < GIT_PLACES_MOST; i++) {
		char *list = path_join(look.v[i], "info/alternates");
		struct str text = STR_INIT;

		if (is_plain(list))
			file_read(list, LIST_LIMIT, &text, NULL);
		for (const char *p = str_cstr(&text); *p && look.n < GIT_PLACES_MOST;) {
			size_t n = strcspn(p, "\n");
			char *line = mem_strndup(p, n), *folder = absolute(look.v[i], line);

			if (line[0] && line[0] != '#' && has(folder, "pack", true) &&
			    is_narrow(folder, top) && !strv_has(&look, folder)) {
				git_places_add(folder, out);
				strv_add(&look, folder);
			}
			free(folder);
			free(line);
			p += n + (p[n] == '\n');
		}
		str_free(&text);
		free(list);
	}
	strv_free(&look);
}

/* The folder shared by all work trees; git: the folder of this one. */
static char *common_folder(const char *git)
{
	char *line = first_line(git, "commondir", ""),
	     *common = line ? absolute(git, line) : mem_strdup(git);

	free(line);
	return common;
}

/* git: the folder that .git is or names. */
static void add_git_folder(const char *git, const char *top, struct strv *out)
{
	char *common = common_folder(git), *objects = path_join(common, "objects");

	if (has(git, "HEAD", false) && has(common, "objects", true) && is_narrow(common, top) &&
	    is_narrow(git, top)) {
		git_places_add(common, out);
		git_places_add(git, out);
		add_borrowed(objects, top, out);
	}
	free(objects);
	free(common);
}

static char *find_top(const char *root)
{
	char *dir = mem_strdup(root);

	for (;;) {
		char *git = path_join(dir, ".git"), *up;
		bool here = file_exists(git);

		free(git);
		if (here)
			return dir;
		if (strcmp(dir, "/") == 0)
			break;
		up = path_dir(dir);
		free(dir);
		dir = up;
	}
	free(dir);
	return NULL;
}

/* The folder that top/.git is or names, not through a link. */
static char *git_folder(const char *top)
{
	char *named = first_line(top, ".git", "gitdir: ");
	char *git = named ? absolute(top, named) : path_join(top, ".git");
	char *real = named ? NULL : realpath(git, NULL); /* may be a link */

	free(named);
	if (!real)
		return git;
	free(git);
	return real;
}

void git_places_repository(const char *root, struct strv *out)
{
	char *top = find_top(root), *git = top ? git_folder(top) : NULL;

	git_places_add(top ? top : root, out);
	if (git)
		add_git_folder(git, top, out);
	free(git);
	free(top);
}

void git_places_configs(const char *root, struct strv *out)
{
	char *top = find_top(root), *git = top ? git_folder(top) : NULL,
	     *common = git ? common_folder(git) : NULL;

	if (git) {
		strv_addf(out, "%s/config", common);
		strv_addf(out, "%s/config.worktree", git);
	}
	free(common);
	free(git);
	free(top);
}

void git_places_settings(struct strv *out)
{
	const char *global = getenv("GIT_CONFIG_GLOBAL"), *system = getenv("GIT_CONFIG_SYSTEM");
	const char *home = getenv("HOME"), *config = getenv("XDG_CONFIG_HOME");
	char *dot = home ? path_join(home, ".gitconfig") : NULL;
	char *folder = config && config[0] ? path_join(config, "git")
		       : home		   ? path_join(home, ".config/git")
					   : NULL;

	git_places_add(system ? system : "/etc/gitconfig", out);
	if (folder)
		git_places_add(folder, out);
	if (global)
		git_places_add(global, out);
	else if (dot)
		git_places_add(dot, out);
	free(folder);
	free(dot);
}
