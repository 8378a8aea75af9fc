/* Verilog that a vendor's tool wrote into the project: netlists, stubs and models of its
 * cores. A student's repository often holds all of it. Nobody means it to be checked, but a
 * simulation may need the model of a core, so it stays a library.
 *
 * Vivado's folders are named after the project, `lab.cache` beside `lab.srcs` or, where
 * the sources lie elsewhere, beside another one such as `lab.ip_user_files`; a folder of
 * that ending alone is somebody's own.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/project/project_inner.h"

static bool has_folder(const struct project *p, const char *folder)
{
	size_t at, n = strlen(folder);

	if (project_place_of(p, folder, &at))
		return false;
	return at < p->n_files && strncmp(p->files[at]->file.path, folder, n) == 0;
}

static const char *const endings[] = { ".srcs",		 ".cache", ".gen", ".hw",
				       ".ip_user_files", ".runs",  ".sim" };

#define ENDINGS (sizeof(endings) / sizeof(*endings))

/* True if the folder path[0..end), without its ending, has another of these endings too. */
static bool has_another(const struct project *p, const char *path, size_t end, size_t ending)
{
	size_t stem = end - strlen(endings[ending]);
	bool has = false;

	for (size_t i = 0; !has && i < ENDINGS; i++) {
		char *other = str_fmt("%.*s%s/", (int)stem, path, endings[i]);

		has = i != ending && has_folder(p, other);
		free(other);
	}
	return has;
}

/* from: offset of the component that ends at `end` */
static bool is_vivado(const struct project *p, const char *path, size_t from, size_t end)
{
	for (size_t i = 1; i < ENDINGS; i++) {
		size_t n = strlen(endings[i]);

		if (end - from > n && strncmp(path + end - n, endings[i], n) == 0)
			return has_another(p, path, end, i);
	}
	return false;
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

	for (const char *slash = path; (slash = strchr(slash, '/')); slash++) {
		size_t end = (size_t)(slash - path);

		if (is_vivado(p, path, from, end))
			return "Vivado";
		if (end - from == 6 && strncmp(path + from, "netgen", 6) == 0)
			return "ISE";
		from = end + 1;
	}
	return is_of_core(path, from) ? "Vivado" : NULL;
}
