/* circuit_names.h - which variable or function a name in Verilator's XML means.
 *
 * A name may be used before its declaration, and means the nearest one of the
 * blocks around its use. So the builder notes each use with its scope; the
 * names of variables are looked up when their module ends, those of functions
 * when the design does, as a function may stand in a package that comes later.
 */
#ifndef POSEDGE_CIRCUIT_NAMES_H
#define POSEDGE_CIRCUIT_NAMES_H

#include <stddef.h>
#include <stdint.h>

struct circuit;

struct circuit_names {
	struct block_scope *scopes; /* of the module that is open */
	size_t n_scopes, cap_scopes;
	struct name_use *uses; /* the same */
	size_t n_uses, cap_uses;
	struct name_call *calls; /* of the design */
	size_t n_calls, cap_calls;
};

void circuit_names_fini(struct circuit_names *n);

/* A module (parent CIRCUIT_NONE), a block with or without a name, a function. */
uint32_t circuit_names_scope(struct circuit_names *n, uint32_t parent, const char *name);
/* What the scope puts before its names: "lane[0]."; borrowed until the next scope. */
const char *circuit_names_prefix(const struct circuit_names *n, uint32_t scope);

/* A VAR or CALL node that has this name. */
void circuit_names_use(struct circuit_names *n, uint32_t node, uint32_t scope, const char *name);
void circuit_names_call(struct circuit_names *n, uint32_t node, uint32_t module, const char *name);

/* A module has ended whose variables are those from first_var on: the uses get
 * theirs. A name that the module does not declare is a package's, OUTSIDE. */
void circuit_names_module_end(struct circuit_names *n, struct circuit *c, uint32_t first_var);

/* The design has ended: calls get their functions, and their arguments the
 * directions. A call of an unknown function becomes OTHER. */
void circuit_names_end(struct circuit_names *n, struct circuit *c);

#endif
