/* The kind of a description by its name. This table is the only place that knows
 * the extensions; the walk through a project's folders consults it for each file.
 */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "session/base/path.h"
#include "session/base/str.h"
#include "session/manifest/manifest.h"

struct kind {
	enum manifest_kind kind;
	const char *endings[7]; /* extensions, or whole names if they do not start with a dot */
};

static const struct kind kinds[] = {
	{ MANIFEST_LIST, { ".f", ".fl", ".flist", ".filelist", ".vc" } },
	{ MANIFEST_CORE, { ".core" } },
	{ MANIFEST_EDAM, { ".eda.yml", ".eda.yaml" } },
	{ MANIFEST_INFO, { "info.yaml" } },
	{ MANIFEST_BENDER, { "Bender.yml" } },
	{ MANIFEST_QSF, { ".qsf", ".qip" } },
	{ MANIFEST_XPR, { ".xpr" } },
	{ MANIFEST_GOWIN, { ".gprj" } },
	{ MANIFEST_LATTICE, { ".ldf", ".rdf" } },
	{ MANIFEST_ISE, { ".xise" } },
	{ MANIFEST_LIBERO, { ".prjx" } },
	{ MANIFEST_EFINITY, { ".xml" } },
	{ MANIFEST_OPENLANE, { "config.json", "config.yaml" } },
	{ MANIFEST_TCL, { ".tcl", ".do", ".ys", ".prj" } },
	{ MANIFEST_MAKE, { "Makefile", "makefile", "GNUmakefile", ".mk", ".make" } },
	{ MANIFEST_CMAKE, { "CMakeLists.txt" } },
	{ MANIFEST_SHELL, { ".sh", ".csh", ".bat", ".cmd", ".ps1", "justfile" } },
	{ MANIFEST_PERL, { ".pl" } },
	{ MANIFEST_PYTHON, { ".py", "SConstruct", "SConscript", "meson.build" } },
	{ MANIFEST_SBY, { ".sby" } },
	{ MANIFEST_APIO, { "apio.ini" } },
	{ MANIFEST_MODELSIM, { ".mpf" } },
	{ MANIFEST_TEXT, { ".lst", ".files" } },
};

/* sources.txt, file_list.txt, rtl.list; CMakeLists.txt has its own kind. */
static bool may_list(const char *base)
{
	static const char *const words[] = { "list", "files", "source", "src", "rtl", NULL };

	if (!str_ends(base, ".txt") && !str_ends(base, ".list"))
		return false;
	for (const char *const *w = words; *w; w++)
		if (strcasestr(base, *w))
			return true;
	return false;
}

/* Files, mostly hidden, that say what a server or an editor runs. */
static bool is_ci(const char *path)
{
	static const char *const names[] = { ".gitlab-ci.yml",	     ".travis.yml",
					     ".circleci/config.yml", "azure-pipelines.yml",
					     "Taskfile.yml",	     ".vscode/tasks.json" };
	const char *workflows = strstr(path, ".github/workflows/");
	bool yaml = str_ends(path, ".yml") || str_ends(path, ".yaml");

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_ends(path, names[i]))
			return true;
	return yaml && workflows && (workflows == path || workflows[-1] == '/');
}

static bool is_editor(const char *path)
{
	const char *base = path_base(path);

	return strcmp(base, ".svls.toml") == 0 || strcmp(base, "veridian.yml") == 0 ||
	       str_ends(path, ".vscode/settings.json");
}

enum manifest_kind manifest_kind(const char *path)
{
	const char *base = path_base(path);

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		for (const char *const *e = kinds[i].endings; *e; e++) {
			if (**e == '.' ? base[0] != '.' && str_ends(base, *e)
				       : strcmp(base, *e) == 0)
				return kinds[i].kind;
		}
	}
	if (is_ci(path))
		return MANIFEST_CI;
	if (is_editor(path))
		return MANIFEST_EDITOR;
	if (str_starts(base, "Makefile.") || str_starts(base, "makefile.")) /* Makefile.icarus */
		return MANIFEST_MAKE;
	if (str_ends(base, ".md") || strncasecmp(base, "readme", 6) == 0)
		return MANIFEST_README;
	return may_list(base) ? MANIFEST_TEXT : MANIFEST_NONE;
}
