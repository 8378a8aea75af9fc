/* vmacros.h - a table of text macros.
 *
 * Owns copies of everything it is given. A name that was undefined (`undef) is
 * remembered as such, so that a table laid over another one can hide its macros.
 * Knows nothing about files; vpp.h expands macros. Semantics: IEEE 1800-2017,
 * 22.5.
 */
#ifndef POSEDGE_VMACROS_H
#define POSEDGE_VMACROS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

#define VMACROS_MAX	65536u /* names per table */
#define VMACRO_MAX_ARGS 128u

struct vmacro_arg {
	char *name;
	char *value; /* default; NULL: none */
};

struct vmacro {
	char *name; /* without the backquote; an escaped one without the backslash */
	/* Without comments, continuation lines joined by a newline; len bytes and a NUL. */
	char *body;
	size_t len;
	bool function; /* has an argument list, possibly empty */
	struct vmacro_arg *args;
	size_t n_args;
	int line; /* of its `define in the file that was read, 1-based; 0: given from outside */
	/* `ifndef NAME `define NAME in the first text: another file may define it first. */
	bool fallback;
	bool defined; /* false: undefined by `undef, all else is empty */
};

struct vmacros;

struct vmacros *vmacros_new(void);
struct vmacros *vmacros_copy(const struct vmacros *m); /* NULL gives an empty table */
void vmacros_free(struct vmacros *m);		       /* NULL is fine */

/* Defines as on a command line: "NAME" (with an empty value, like Verilator;
 * Icarus uses 1), "NAME=VALUE". Fails with ERR_USAGE if NAME is not an
 * identifier, ERR_LIMIT if the table is full. */
bool vmacros_define(struct vmacros *m, const char *text, struct err *err);
void vmacros_undef(struct vmacros *m, const char *name, size_t len);
void vmacros_undef_all(struct vmacros *m); /* also of a table below it: see vmacros_cleared() */

/* Takes ownership of *macro's strings and list, replacing an earlier macro of
 * that name; zeroes *macro. If the table is full, it is dropped. */
void vmacros_take(struct vmacros *m, struct vmacro *macro);
void vmacro_fini(struct vmacro *macro);

/* May return an entry with defined false. NULL: unknown. Borrowed until the name
 * is defined or undefined again. */
const struct vmacro *vmacros_find(const struct vmacros *m, const char *name, size_t len);

/* Number of entries; they are in order of first appearance. */
size_t vmacros_count(const struct vmacros *m);
const struct vmacro *vmacros_at(const struct vmacros *m, size_t i); /* i must be below the count */
bool vmacros_cleared(const struct vmacros *m); /* `undefineall hides a table below */

/* Applies over to m, as if over's file had been read. */
void vmacros_merge(struct vmacros *m, const struct vmacros *over);

#endif
