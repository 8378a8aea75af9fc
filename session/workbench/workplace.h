/* workplace.h - the folder of the project, and the folder in which commands are
 * typed.
 *
 * Paths within the program are relative to the root; paths from the user are
 * relative to the folder they typed in. Reads no file of the project.
 */
#ifndef POSEDGE_WORKPLACE_H
#define POSEDGE_WORKPLACE_H

#include <stdbool.h>

#include "session/base/err.h"

struct workplace {
	char *root;	/* absolute, without links */
	char *typed_in; /* folder in which commands are typed, absolute */
	/* why root cannot be used as a project or for a session; NULL: it can */
	char *refused;
};

void workplace_init(struct workplace *p, const char *root); /* typed_in becomes root */
void workplace_fini(struct workplace *p);

/* Converts a path from the user, possibly through a link to the project's folder,
 * to the name of the file in the project; the caller frees *rel. A path of nothing in
 * typed_in may be such a name already. Fails like tree_name(). */
bool workplace_path(const struct workplace *p, const char *given, char **rel, struct err *err);

/* tree_name() for a path that is relative to the root, from a question or a model. */
bool workplace_name(const struct workplace *p, const char *path, char **rel, struct err *err);

/* Like workplace_path() for a file anywhere: the absolute path; the caller frees. */
char *workplace_full(const struct workplace *p, const char *given);

/* ERR_USAGE with the reason if root cannot be used. */
bool workplace_check(const struct workplace *p, struct err *err);

#endif
