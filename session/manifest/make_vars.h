/* make_vars.h - variables of a Makefile, without running anything.
 *
 * Knows assignments and the functions that name files, evaluated against a tree:
 * `$(wildcard ../rtl/?.v)`, `$(addprefix ...)`, `$(shell pwd)` and `$(shell find
 * ...)`. Other commands expand to nothing. An unset variable is empty, as in
 * make, except that `$(NAME)/...` becomes `${NAME}/...`, so that the reader of
 * file names can still find out what it means. Source: the manual of GNU make,
 * chapters 6 and 8.
 */
#ifndef POSEDGE_MAKE_VARS_H
#define POSEDGE_MAKE_VARS_H

#include "session/base/str.h"
#include "session/manifest/shell.h"

struct tree;

#define MAKE_MAX_TEXT  (1u << 20) /* bytes of one expanded text */
#define MAKE_MAX_STEPS 50000	  /* expansions per Makefile */

struct make_vars {
	const struct tree *tree;   /* borrowed */
	const char *folder;	   /* folder where make runs, relative to the root; borrowed */
	const char *path;	   /* path of the Makefile; borrowed */
	struct strv names, values; /* values are unexpanded */
	unsigned steps;
	int calls;		  /* of functions being expanded */
	struct shell_spent spent; /* by `$(shell ...)` */
	char unset;		  /* stands for a variable that is not set; 0: nothing does */
};

void make_vars_init(struct make_vars *m, const struct tree *t, const char *folder,
		    const char *path);
void make_vars_fini(struct make_vars *m);

const char *make_vars_get(const struct make_vars *m,
			  const char *name); /* NULL: not set; borrowed */

/* op: "=", ":=", "?=" or "+=". */
void make_vars_set(struct make_vars *m, const char *name, const char *op, const char *value);

/* The caller frees. Text beyond a limit is dropped. */
char *make_vars_expand(struct make_vars *m, const char *text);

/* The text that `%` stands for if name matches the pattern, or NULL; the caller frees. */
char *make_stem(const char *pattern, const char *name);
char *make_with_stem(const char *pattern, const char *stem); /* the caller frees */

#endif
