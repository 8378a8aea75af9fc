/* The kind of a description, by its name. This table is the only place that
 * knows the endings; the walk through a project's folders asks it for each
 * file.
 */
#include "config.h"

#include <string.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/manifest/manifest.h"

struct kind {
	enum manifest_kind kind;
	const char *word;
	const char *endings[7]; /* of a name, or whole names when without a dot in front */
};

static const struct kind kinds[] = {
	{ MANIFEST_LIST, "file list", { ".f", ".fl", ".flist", ".filelist", ".vc" } },
	{ MANIFEST_CORE, "FuseSoC core", { ".core" } },
	{ MANIFEST_INFO, "Tiny Tapeout project", { "info.yaml" } },
	{ MANIFEST_BENDER, "Bender package", { "Bender.yml" } },
	{ MANIFEST_QSF, "Quartus project", { ".qsf", ".qip" } },
	{ MANIFEST_XPR, "Vivado project", { ".xpr" } },
	{ MANIFEST_GOWIN, "Gowin project", { ".gprj" } },
	{ MANIFEST_LATTICE, "Lattice project", { ".ldf", ".rdf" } },
	{ MANIFEST_ISE, "ISE project", { ".xise" } },
	{ MANIFEST_LIBERO, "Libero project", { ".prjx" } },
	{ MANIFEST_EFINITY, "Efinity project", { ".xml" } },
	{ MANIFEST_OPENLANE, "OpenLane configuration", { "config.json", "config.yaml" } },
	{ MANIFEST_TCL, "Tcl script", { ".tcl", ".do", ".ys" } },
	{ MANIFEST_MAKE, "Makefile", { "Makefile", "makefile", "GNUmakefile", ".mk", ".make" } },
	{ MANIFEST_CMAKE, "CMake script", { "CMakeLists.txt" } },
	{ MANIFEST_SHELL, "shell script", { ".sh", ".bat", ".cmd" } },
	{ MANIFEST_PYTHON, "Python script", { ".py" } },
	{ MANIFEST_SBY, "formal proof", { ".sby" } },
};

static const struct kind *kind_of(enum manifest_kind k)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (kinds[i].kind == k)
			return &kinds[i];
	return NULL;
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
	if (str_starts(base, "Makefile.") || str_starts(base, "makefile.")) /* Makefile.icarus */
		return MANIFEST_MAKE;
	return MANIFEST_NONE;
}

const char *manifest_kind_word(enum manifest_kind k)
{
	const struct kind *kind = kind_of(k);

	return kind ? kind->word : "description";
}
