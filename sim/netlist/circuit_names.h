/* circuit_names.h - resolves names of variables and functions in Verilator's XML.
 *
 * A name may be used before its declaration, and refers to the innermost block that
 * declares it. So the builder records each use with its scope. Variables are resolved
 * at the end of their module, functions at the end of the design, as a function may be
 * in a later package.
 */
#ifndef POSEDGE_CIRCUIT_NAMES_H
#define POSEDGE_CIRCUIT_NAMES_H

#include <stddef.h>
#include <stdint.h>

struct circuit;

struct circuit_names {
	struct block_scope *scopes; /* of the current module */
	size_t n_scopes, cap_scopes;
	struct name_use *uses; /* of the current module */
	size_t n_uses, cap_uses;
	struct name_call *calls; /* of the design */
	size_t n_calls, cap_calls;
};

void circuit_names_fini(struct circuit_names *n);

/* Adds a scope: a module (parent CIRCUIT_NONE), a block with or without a name, or a
 * function. */
uint32_t circuit_names_scope(struct circuit_names *n, uint32_t parent, const char *name);
/* Prefix of names in the scope, such as "lane[0]."; borrowed until the next scope. */
const char *circuit_names_prefix(const struct circuit_names *n, uint32_t scope);

/* Records that a VAR or CALL node uses this name. */
void circuit_names_use(struct circuit_names *n, uint32_t node, uint32_t scope, const char *name);
void circuit_names_call(struct circuit_names *n, uint32_t node, uint32_t module, const char *name);

/* Ends a module whose variables start at first_var: resolves the uses. A name that
 * it does not declare belongs to a package: OUTSIDE. */
void circuit_names_module_end(struct circuit_names *n, struct circuit *c, uint32_t first_var);

/* Ends the design: calls get their functions, and their arguments the directions. A
 * call of an unknown function becomes OTHER. */
void circuit_names_end(struct circuit_names *n, struct circuit *c);

#endif
