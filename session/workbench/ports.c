/* Looks up engines and protocols by name. For an unknown name, usually a
 * misspelling, the error lists the nearest one or all of them.
 */
#include "config.h"

#include "session/workbench/ports.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/child.h"
#include "session/base/str.h"
#include "session/model/backend.h"
#include "session/option/opt.h"
#include "session/tool/prover.h"
#include "session/tool/simulator.h"
#include "session/tool/viewer.h"

bool ports_has_engine(const struct ports *p, const char *name)
{
	const struct simulator_ops *s = ports_simulator(p, name, NULL);
	char *version = NULL;
	bool here = s && simulator_available(s, &version, NULL);

	free(version);
	return here;
}

/* For tasks of a single engine: Verilator, unless only Icarus is installed. */
static const char *for_auto(const struct ports *p)
{
	const struct simulator_ops *verilator = ports_simulator(p, "verilator", NULL);
	const struct simulator_ops *icarus = ports_simulator(p, "icarus", NULL);

	if (!verilator && !icarus)
		return p->simulators[0]->name;
	return !ports_has_engine(p, "verilator") && ports_has_engine(p, "icarus") ? "icarus"
										  : "verilator";
}

const struct prover_ops *ports_prover(const struct ports *p, struct err *err)
{
	if (!p->prover)
		err_set(err, ERR_TOOL, "this program knows no prover");
	return p->prover && p->prover->here(err) ? p->prover : NULL;
}

static bool is_installed(const char *program)
{
	char *path = child_which(program);

	free(path);
	return path != NULL;
}

const struct viewer_ops *ports_viewer(const struct ports *p, const char *name)
{
	bool any = strcmp(name, ENGINE_AUTO) == 0;

	for (const struct viewer_ops *const *v = p->viewers; v && *v; v++)
		if (any ? is_installed((*v)->name) : strcmp((*v)->name, name) == 0)
			return *v;
	return p->viewers ? p->viewers[0] : NULL;
}

const struct simulator_ops *ports_simulator(const struct ports *p, const char *name,
					    struct err *err)
{
	if (strcmp(name, ENGINE_AUTO) == 0)
		name = for_auto(p);
	for (const struct simulator_ops *const *s = p->simulators; *s; s++)
		if (strcmp((*s)->name, name) == 0)
			return *s;
	err_set(err, ERR_USAGE, "engine %s: no such engine", name);
	return NULL;
}

const struct backend_ops *ports_protocol(const struct ports *p, const char *protocol,
					 struct err *err)
{
	struct str known = STR_INIT;
	const char *nearest = NULL;
	size_t best = word_near(protocol) + 1;

	for (const struct backend_ops *const *b = p->backends; *b; b++) {
		size_t d = word_distance(protocol, (*b)->protocol, best);

		if (strcmp((*b)->protocol, protocol) == 0) {
			str_free(&known);
			return *b;
		}
		if (d < best) {
			best = d;
			nearest = (*b)->protocol;
		}
		str_addf(&known, "%s%s", known.len ? ", " : "", (*b)->protocol);
	}
	if (nearest)
		err_set(err, ERR_USAGE, "protocol %s: not known; did you mean %s? There are %s",
			protocol, nearest, str_cstr(&known));
	else
		err_set(err, ERR_USAGE, "protocol %s: not known; there are %s", protocol,
			str_cstr(&known));
	str_free(&known);
	return NULL;
}
