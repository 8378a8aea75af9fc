/* Verilog that a vendor's tool wrote into the project: netlists, stubs and models of its
 * cores. A student's repository often holds all of it. Nobody means it to be checked, but a
 * simulation may need the model of a core, so it stays a library.
 */
#include "config.h"

#include <string.h>

#include "session/manifest/tree_vivado.h"
#include "session/project/project_inner.h"

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

		if (end - from == 6 && strncmp(path + from, "netgen", 6) == 0)
			return "ISE";
		from = end + 1;
	}
	return is_of_core(path, from) ? "Vivado" : NULL;
}
