/* make_path.h - where make looks for prerequisites: VPATH and vpath.
 *
 * Only `$^`, `$+` and `$<` stand for what was found so; a name written in a recipe
 * does not. Source: the manual of GNU make, section 4.5. Owns its strings.
 */
#ifndef POSEDGE_MAKE_PATH_H
#define POSEDGE_MAKE_PATH_H

#include "session/base/str.h"

struct make_vars;

struct make_path {
	struct strv patterns, folders; /* of each vpath directive */
};

void make_path_fini(struct make_path *p); /* zeroed is fine */

/* text: what follows `vpath`. A pattern alone, or nothing, takes back earlier ones. */
void make_path_add(struct make_path *p, struct make_vars *vars, const char *text);

/* The words of needs, with each that is not a file here replaced by its location; the
 * caller frees. */
char *make_path_find(const struct make_path *p, struct make_vars *vars, const char *needs);

#endif
