/* bind_types.h - rewrites named types for a module that cannot see their typedefs.
 * For session/flow only. Pure: works on the text of the file alone.
 *
 *	typedef logic [W-1:0] word_t;			logic [W-1:0]
 *	typedef enum logic [1:0] {IDLE, RUN} state_t;	logic [1:0]; IDLE is a constant
 *	pkg::beat_t					itself
 *	import pkg::*; ... beat_t			pkg::beat_t
 *	typedef struct ... of the module		nothing (bind_select.h)
 */
#ifndef POSEDGE_BIND_TYPES_H
#define POSEDGE_BIND_TYPES_H

#include <stdbool.h>

#include "session/text/slice.h"

struct strv;
struct vstmts;

/* "wire signed [W-1:0]" becomes "logic signed [W-1:0]". The caller frees the result.
 * NULL: the type cannot be written in another module. */
char *bind_type(const struct vstmts *s, const char *module, const char *type);

/* The definition behind a typedef of the module, or of one outside all modules, such
 * as "struct packed { ... }". The caller frees it. NULL: there is no such typedef. */
char *bind_typedef(const struct vstmts *s, const char *module, struct slice name);

/* True if an enum of the module, or one outside all modules, has a value of that name. */
bool bind_is_enum_value(const struct vstmts *s, const char *module, const char *name);

/* Adds each package imported by the module or by the text around it, once. name: only
 * packages whose import can provide that name; NULL: all. */
void bind_packages(const struct vstmts *s, const char *module, const char *name, struct strv *out);

/* True if a package in the text has a parameter or an enum value of that name. */
bool bind_is_package_value(const struct vstmts *s, const char *package, const char *name);

#endif
