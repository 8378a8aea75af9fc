/* make_vars.h - variables of a Makefile, without running anything.
 *
 * Knows assignments and the functions that name files, and evaluates them
 * against a tree: `$(wildcard ../rtl/?.v)`, `$(addprefix ...)`, `$(shell pwd)`
 * and `$(shell find ...)`. Any other command gives nothing. A variable that
 * nobody set is empty, as in make, but for `$(NAME)/...`, which stays as
 * `${NAME}/...`: who reads names can still find out what it means. Source:
 * the manual of GNU make, chapters 6 and 8.
 */
#ifndef POSEDGE_MAKE_VARS_H
#define POSEDGE_MAKE_VARS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

struct tree;

#define MAKE_MAX_TEXT  (1u << 20) /* bytes of one expanded text */
#define MAKE_MAX_STEPS 50000	  /* expansions for one Makefile */

struct make_vars {
	const struct tree *tree;   /* borrowed */
	const char *folder;	   /* where make runs, relative to the root; borrowed */
	const char *path;	   /* of the Makefile; borrowed */
	struct strv names, values; /* values are not expanded */
	unsigned steps;
};

void make_vars_init(struct make_vars *m, const struct tree *t, const char *folder,
		    const char *path);
void make_vars_fini(struct make_vars *m);

const char *make_vars_get(const struct make_vars *m,
			  const char *name); /* NULL: not set; borrowed */

/* op: "=", ":=", "?=" or "+=". */
void make_vars_set(struct make_vars *m, const char *name, const char *op, const char *value);

/* The caller frees. What goes beyond a limit is left out. */
char *make_vars_expand(struct make_vars *m, const char *text);

#endif
