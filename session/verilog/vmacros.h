/* vmacros.h - a table of text macros.
 *
 * Owns copies of all it is given. A name that was taken away (`undef) is
 * remembered as such, so that a table laid over another one can hide its
 * macros. Knows nothing of files; see vpp.h for what expands them.
 * Meaning of a macro: IEEE 1800-2017, 22.5.
 */
#ifndef POSEDGE_VMACROS_H
#define POSEDGE_VMACROS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

#define VMACROS_MAX	65536u /* names in one table */
#define VMACRO_MAX_ARGS 128u

struct vmacro_arg {
	char *name;
	char *value; /* its default; NULL: none */
};

struct vmacro {
	char *name; /* without the backquote; an escaped one without the backslash */
	/* without comments, continuation lines joined by a newline; len bytes and a NUL */
	char *body;
	size_t len;
	bool function; /* has a list of arguments, maybe an empty one */
	struct vmacro_arg *args;
	size_t n_args;
	int line; /* of its `define in the file that was read, 1-based; 0: given from outside */
	/* `ifndef NAME `define NAME in the first text: another file may say it before */
	bool fallback;
	bool defined; /* false: taken away by `undef, the rest is empty then */
};

struct vmacros;

struct vmacros *vmacros_new(void);
struct vmacros *vmacros_copy(const struct vmacros *m); /* NULL gives an empty one */
void vmacros_free(struct vmacros *m);		       /* NULL is fine */

/* As on a command line: "NAME" (its value is then empty, as for Verilator; Icarus
 * says 1), "NAME=VALUE". ERR_USAGE when NAME is no identifier; ERR_LIMIT when the
 * table is full. */
bool vmacros_define(struct vmacros *m, const char *text, struct err *err);
void vmacros_undef(struct vmacros *m, const char *name, size_t len);
void vmacros_undef_all(struct vmacros *m); /* of a table below it, too: see vmacros_cleared */

/* Takes over what *macro points to (its strings and list), in place of an
 * earlier one of that name; zeroes *macro. A full table drops it. */
void vmacros_take(struct vmacros *m, struct vmacro *macro);
void vmacro_fini(struct vmacro *macro);

/* Also an entry that is not defined (see there). NULL: never heard of.
 * Borrowed until the name is next defined or taken away. */
const struct vmacro *vmacros_find(const struct vmacros *m, const char *name, size_t len);

/* All entries in the order in which their names first came up. */
size_t vmacros_count(const struct vmacros *m);
const struct vmacro *vmacros_at(const struct vmacros *m, size_t i); /* i below the count */
bool vmacros_cleared(const struct vmacros *m); /* `undefineall hides a table below */

/* What over says, laid over m: as after reading over's file. */
void vmacros_merge(struct vmacros *m, const struct vmacros *over);

#endif
