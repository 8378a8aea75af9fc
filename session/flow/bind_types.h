/* bind_types.h - what types with a name are to a module that does not see them; for
 * session/flow only. Pure: by the text of the file alone.
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

/* "wire signed [W-1:0]" becomes "logic signed [W-1:0]". To be freed; NULL: another module
 * cannot say it. */
char *bind_type(const struct vstmts *s, const char *module, const char *type);

/* What a typedef of the module, or one outside of any, stands for: "struct packed { ... }". To
 * be freed; NULL: there is none. */
char *bind_typedef(const struct vstmts *s, const char *module, struct slice name);

/* Whether an enum of the module, or one outside of any, has a value of that name. */
bool bind_is_enum_value(const struct vstmts *s, const char *module, const char *name);

/* Adds the packages that a module, or the text around it, imports from; name: only those that
 * may give that name. Each once. */
void bind_packages(const struct vstmts *s, const char *module, const char *name, struct strv *out);

/* Whether a package in the text has a parameter, or a value of an enum, of that name. */
bool bind_is_package_value(const struct vstmts *s, const char *package, const char *name);

#endif
