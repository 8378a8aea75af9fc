/* project_closure.h - the files that some files need, in order, each with the
 * reason.
 *
 * Of several definitions of a module, the one in the given files is used, else
 * the nearest to the instantiating file (see project.h).
 */
#ifndef POSEDGE_PROJECT_CLOSURE_H
#define POSEDGE_PROJECT_CLOSURE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

struct project;

enum need_kind {
	NEED_GIVEN,
	NEED_USE,  /* instantiated, or used as an interface port */
	NEED_ROOT, /* named by another module and instantiated by none */
	NEED_IMPORT,
	NEED_INCLUDE,
	NEED_BIND,  /* binds a module it defines to one in the closure */
	NEED_MACRO, /* defines a macro that the other uses without including it */
	NEED_TYPE,  /* declares, outside of units, a type that the other uses */
	NEED_LIST,  /* a header that a list gives to the tool before the other, like a source */
	/* Read before the other, which defines a macro this one refuses; no
	 * reason to include it. */
	NEED_ORDER,
};

struct needed {
	const char *path; /* relative; like all strings here borrowed until the project changes */
	enum need_kind kind;
	const char *by; /* file that first needs it; NULL: given */
	/* The name that this file was needed for: a module, a package, a quoted name; NULL: the
	 * file was given. */
	const char *name;
	bool compiled; /* passed to the tool; false: brought in by its includer */
};

struct closure {
	struct needed *v; /* dependencies first; included files before their includers */
	size_t n;
	struct strv notes; /* sentences: choices among duplicates */
	/* The same for names that the given files define, where there was no choice. */
	struct strv given_notes;
	struct strv roots; /* modules that are roots beside the top, see project_second.c */
};

/* Ignores paths that the project does not have. */
void closure_init(struct closure *c, const struct project *p, const char *const *paths, size_t n);
void closure_fini(struct closure *c);

#endif
