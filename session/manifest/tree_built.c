/* Tools write into folders named obj_dir, build and work. So do people: `work/` is a
 * student's whole course, `build/` a design that is built up step by step. The other
 * contents of the folder decide: a tool leaves objects, libraries, reports of place
 * and route. A repository says it, too, by what it ignores.
 */
#include "config.h"

#include "session/manifest/tree_built.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/base/word_table.h"
#include "session/verilog/lang.h"

#define MAX_NAMES  500u	       /* looked at per folder */
#define MAX_DEPTH  3u	       /* below it; FuseSoC writes into build/CORE/TARGET-TOOL/ */
#define MAX_IGNORE (64u << 10) /* bytes of a .gitignore */

static const char *const folders[] = { "obj_dir", "build", "work", NULL };

bool tree_skips(const char *name)
{
	static const char *const shown[] = { ".github", ".circleci",  ".gitlab-ci.yml",
					     ".vscode", ".svls.toml", ".travis.yml",
					     NULL };

	return name[0] == '.' ? !words_has(shown, name) : strcmp(name, "node_modules") == 0;
}

/* Only a tool writes a file of such a name. */
static bool is_output(const char *name)
{
	static const char *const names[] = { "_info", "_lib.qdb", "CMakeCache.txt", ".ninja_log",
					     NULL };
	static const char *const endings[] = { ".o",   ".obj",	".eda.yml",	  "__ver.d",
					       ".asc", ".bit",	"__verFiles.dat", ".qdb",
					       ".fs",  ".edif", ".dcp",		  NULL };

	for (const char *const *e = endings; *e; e++)
		if (str_ends(name, *e))
			return true;
	return words_has(names, name);
}

struct looked {
	size_t names;
	bool hdl, output;
};

static void look_in(const char *folder, size_t depth, struct looked *l)
{
	DIR *d = opendir(folder);
	struct dirent *e;

	while (d && !l->output && l->names < MAX_NAMES && (e = readdir(d))) {
		char *path;
		struct stat st;

		l->names++;
		l->output = is_output(e->d_name);
		/* work/lab1/obj_dir is one of its own, and says nothing about work */
		if (tree_skips(e->d_name) || words_has(folders, e->d_name))
			continue;
		path = path_join(folder, e->d_name);
		if (lstat(path, &st) < 0)
			;
		else if (S_ISDIR(st.st_mode) && depth < MAX_DEPTH)
			look_in(path, depth + 1, l);
		else if (S_ISREG(st.st_mode) && st.st_size > 0)
			l->hdl |= lang_file(e->d_name) != LANG_FILE_OTHER;
		free(path);
	}
	if (d)
		closedir(d);
}

/* True if a line of folder/.gitignore is the name, with or without slashes around it. */
static bool ignores(const char *folder, const char *name)
{
	struct str text = STR_INIT;
	size_t n = strlen(name);
	bool found = false;

	if (file_read_in(folder, ".gitignore", MAX_IGNORE, &text, NULL)) {
		for (const char *p = str_cstr(&text); !found && *p; p += *p != '\0') {
			const char *s = p, *end = p + strcspn(p, "\r\n");

			p = end;
			if (str_starts(s, "**/"))
				s += 3;
			s += *s == '/';
			while (end > s && strchr(" \t*/", end[-1]))
				end--;
			found = (size_t)(end - s) == n && strncmp(s, name, n) == 0;
		}
	}
	str_free(&text);
	return found;
}

/* ModelSim's: _info beside a folder per unit, with a _primary.vhd that stands for it. */
static bool is_library(const char *folder)
{
	static const char *const names[] = { "_info", "_vmake", NULL };
	bool all = true;

	for (const char *const *n = names; all && *n; n++) {
		char *path = path_join(folder, *n);

		all = access(path, F_OK) == 0;
		free(path);
	}
	return all;
}

bool tree_is_built(const char *root, const char *folder)
{
	struct looked l = { 0 };
	char *full, *above;
	bool built;

	full = path_join(root, folder);
	if (!words_has(folders, path_base(folder))) {
		built = is_library(full);
		free(full);
		return built;
	}
	above = path_dir(full);
	look_in(full, 0, &l);
	built = !l.hdl || l.output || ignores(above, path_base(folder)) ||
		ignores(root, path_base(folder));
	free(above);
	free(full);
	return built;
}
