/* Markers are names of files and folders; none is opened. Going up from the
 * folder, the nearest marker of posedge takes precedence over any other kind, so
 * that a project inside a repository can be marked by `.posedge` alone. A list in a folder
 * such as rtl/ marks the folder around that.
 */
#include "config.h"

#include "session/project/project_root.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/word_table.h"

#define MAX_ENTRIES 20000 /* names examined per folder */

static bool has(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	bool there = file_exists(path);

	free(path);
	return there;
}

static bool marked_by_us(const char *dir)
{
	return has(dir, ".posedge") || has(dir, ".posedgerc");
}

/* Scripts and Makefiles are too common to be markers. */
static bool describes(const char *name)
{
	static const char *const endings[] = { ".f",	".fl",	 ".flist", ".filelist",
					       ".vc",	".core", ".qsf",   ".qpf",
					       ".xpr",	".gprj", ".ldf",   ".rdf",
					       ".xise", ".prjx", ".mpf",   NULL };
	static const char *const names[] = { "info.yaml", "Bender.yml", "apio.ini", NULL };

	const char *dot = strrchr(name, '.');

	for (const char *const *e = endings; dot && *e; e++)
		if (strcmp(dot, *e) == 0)
			return true;
	for (const char *const *n = names; dot && *n; n++)
		if (strcmp(name, *n) == 0)
			return true;
	return false;
}

static bool is_folder(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	bool folder = file_is_dir(path);

	free(path);
	return folder;
}

static bool marked_by_others(const char *dir)
{
	bool found = has(dir, ".git");
	DIR *d = found ? NULL : opendir(dir);
	struct dirent *e;

	for (int n = 0; d && !found && n < MAX_ENTRIES && (e = readdir(d)); n++)
		found = e->d_name[0] != '.' && describes(e->d_name) && !is_folder(dir, e->d_name);
	if (d)
		closedir(d);
	return found;
}

static bool is_home(const char *dir)
{
	const char *home = getenv("HOME");
	char *real = home && home[0] ? realpath(home, NULL) : NULL;
	bool same = real && strcmp(real, dir) == 0;

	free(real);
	return same;
}

static bool is_top(const char *dir)
{
	return strcmp(dir, "/") == 0 || is_home(dir);
}

/* Only with the sticky bit: on some mounted disks each folder is writable for all. */
bool project_root_is_shared(const char *dir)
{
	const mode_t all = S_IWOTH | S_ISVTX;
	struct stat st;

	return stat(dir, &st) == 0 && (st.st_mode & all) == all;
}

/* The nearest marked folder at or above dir, or NULL. */
static char *marked_above(const char *dir, bool (*marked)(const char *dir))
{
	char *p = mem_strdup(dir);

	while (!is_top(p) && !project_root_is_shared(p)) {
		char *up;

		if (marked(p))
			return p;
		up = path_dir(p);
		free(p);
		p = up;
	}
	free(p);
	return NULL;
}

/* Folders of these names are usually part of a project. */
static const char *const parts[] = { "rtl",	"src",	   "hdl",	"hw",	 "hardware",
				     "design",	"verilog", "sv",	"lib",	 "ip",
				     "include", "inc",	   "tb",	"sim",	 "test",
				     "tests",	"bench",   "testbench", "verif", NULL };

/* Has the folder another part than that one? */
static bool has_other_part(const char *dir, const char *name)
{
	for (const char *const *n = parts; *n; n++)
		if (strcmp(*n, name) != 0 && is_folder(dir, *n))
			return true;
	return false;
}

/* A file list in rtl/ or sim/ speaks of the project around it, if there is one: a marked
 * folder above, or other parts beside. */
static char *around(char *root)
{
	while (words_has(parts, path_base(root)) && !has(root, ".git")) {
		char *up = path_dir(root), *above = marked_above(up, marked_by_others);
		bool fits = !is_top(up) && (above || has_other_part(up, path_base(root)));

		free(above);
		if (!fits) {
			free(up);
			break;
		}
		free(root);
		root = up;
	}
	return root;
}

static char *marked_root(const char *dir)
{
	char *root = marked_above(dir, marked_by_us);

	if (root)
		return root;
	root = marked_above(dir, marked_by_others);
	return root ? around(root) : NULL;
}

char *project_root_of(const char *dir)
{
	char *root = marked_root(dir);

	return root ? root : mem_strdup(dir);
}

static bool is_below(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return strcmp(dir, "/") == 0 ||
	       (strncmp(path, dir, n) == 0 && (path[n] == '/' || path[n] == '\0'));
}

char *project_root_of_file(const char *path, const char *here)
{
	char *dir = path_dir(path), *root = marked_root(dir);

	if (root) {
		free(dir);
		return root;
	}
	while (words_has(parts, path_base(dir)) && strcmp(dir, here) != 0 && is_below(dir, here)) {
		char *up = path_dir(dir);

		if (is_top(up)) {
			free(up);
			break;
		}
		free(dir);
		dir = up;
	}
	return dir;
}

bool project_root_fits(const char *root, struct err *err)
{
	if (!is_top(root) || has(root, ".posedgerc"))
		return true;
	return err_set(
		err, ERR_USAGE,
		"%s is %s, which is not a project by itself: go to the project's folder, make "
		"one with `posedge new NAME`, "
		"or say `posedge -C %s` to take all of it",
		root, strcmp(root, "/") == 0 ? "the whole disk" : "your home folder", root);
}
