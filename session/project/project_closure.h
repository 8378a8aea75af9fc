/* project_closure.h - the files that a few files need, in order, each with
 * the reason.
 *
 * With more than one definition of a module that in the given files is taken,
 * else the nearest to who instantiates it (see project.h).
 */
#ifndef POSEDGE_PROJECT_CLOSURE_H
#define POSEDGE_PROJECT_CLOSURE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

struct project;

enum need_kind {
	NEED_GIVEN,
	NEED_USE, /* instantiated, or an interface of a port */
	NEED_IMPORT,
	NEED_INCLUDE,
	NEED_BIND,  /* binds what it defines to a module that is there */
	NEED_MACRO, /* defines what the other uses without including it */
	/* only read before the other, which defines what it refuses; no reason to be there */
	NEED_ORDER,
};

struct needed {
	const char *path; /* relative; like all of these, borrowed until the project changes */
	enum need_kind kind;
	const char *by; /* file that needs it first; NULL: given */
	/* what that file says: module, package, name between the quotes; NULL: given */
	const char *name;
	bool compiled; /* named to the tool; false: comes with who includes it */
};

struct closure {
	struct needed *v; /* first-needed first; included ones before who includes them */
	size_t n;
	struct strv notes; /* sentences: what was chosen among duplicates */
	/* the same of what the given files define, where nobody had a choice */
	struct strv given_notes;
};

/* Paths the project does not have are passed over. */
void closure_init(struct closure *c, const struct project *p, const char *const *paths, size_t n);
void closure_fini(struct closure *c);

#endif
