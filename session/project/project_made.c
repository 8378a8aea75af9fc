/* Verilog that a vendor's tool wrote into the project: netlists, stubs and models of its
 * cores. A student's repository often holds all of it. Nobody means it to be checked, but a
 * simulation may need the model of a core, so it stays a library.
 */
#include "config.h"

#include <string.h>

#include "session/manifest/manifest.h"
#include "session/manifest/tree_vivado.h"
#include "session/project/project_inner.h"

/* Folders in which a tool leaves netlists, beside its project file. */
static const struct output {
	const char *folder;
	enum manifest_kind kind;
	const char *tool;
} outputs[] = {
	{ "outflow", MANIFEST_EFINITY, "Efinity" },  { "work_syn", MANIFEST_EFINITY, "Efinity" },
	{ "work_pnr", MANIFEST_EFINITY, "Efinity" }, { "synthesis", MANIFEST_LIBERO, "Libero" },
	{ "designer", MANIFEST_LIBERO, "Libero" },   { "impl", MANIFEST_GOWIN, "Gowin's IDE" },
	{ "db", MANIFEST_QSF, "Quartus" },	     { "incremental_db", MANIFEST_QSF, "Quartus" },
	{ "output_files", MANIFEST_QSF, "Quartus" }, { "greybox_tmp", MANIFEST_QSF, "Quartus" },
	{ "runs", MANIFEST_OPENLANE, "OpenLane" },   { "runs", MANIFEST_INFO, "OpenLane" },
};

/* True if a description of that kind lies in the folder path[0..len). */
static bool is_described(const struct manifest *m, const char *path, size_t len,
			 enum manifest_kind kind)
{
	for (size_t i = 0; i < m->n_descriptors; i++) {
		const char *other = m->descriptors[i].path, *slash = strrchr(other, '/');
		size_t dir = slash ? (size_t)(slash - other) + 1 : 0;

		if (m->descriptors[i].kind == kind && dir == len && memcmp(other, path, len) == 0)
			return true;
	}
	return false;
}

/* The tool that wrote the folder path[from..end), or NULL. */
static const char *writer_of(const struct manifest *m, const char *path, size_t from, size_t end)
{
	static const char icecube[] = "_Implmnt";
	size_t n = end - from;

	if (n > strlen(icecube) &&
	    strncmp(path + end - strlen(icecube), icecube, strlen(icecube)) == 0)
		return "iCEcube";
	for (size_t i = 0; i < sizeof(outputs) / sizeof(*outputs); i++)
		if (strlen(outputs[i].folder) == n &&
		    memcmp(outputs[i].folder, path + from, n) == 0 &&
		    is_described(m, path, from, outputs[i].kind))
			return outputs[i].tool;
	return n == 6 && memcmp(path + from, "netgen", 6) == 0 ? "ISE" : NULL;
}

/* True for pll/pll_stub.v and pll/pll_sim_netlist.v, which Vivado writes for a core. from:
 * offset of the name of the file. */
static bool is_of_core(const char *path, size_t from)
{
	size_t start = from ? from - 1 : 0, n;

	while (start && path[start - 1] != '/')
		start--;
	n = from ? from - 1 - start : 0;
	return n && strncmp(path + from, path + start, n) == 0 &&
	       (strcmp(path + from + n, "_stub.v") == 0 ||
		strcmp(path + from + n, "_sim_netlist.v") == 0);
}

const char *project_made_by(const struct project *p, const char *path)
{
	size_t from = 0;

	if (tree_is_vivado(&p->look->folder.tree, path))
		return "Vivado";
	for (const char *slash = path; (slash = strchr(slash, '/')); slash++) {
		size_t end = (size_t)(slash - path);
		const char *tool = writer_of(project_manifest(p), path, from, end);

		if (tool)
			return tool;
		from = end + 1;
	}
	return is_of_core(path, from) ? "Vivado" : NULL;
}
