/* workplace.h - the folder of the project, and the folder that commands are given in.
 *
 * Paths within the program are relative to the root; a person's are relative to
 * where they are. Reads no file of the project.
 */
#ifndef POSEDGE_WORKPLACE_H
#define POSEDGE_WORKPLACE_H

#include <stdbool.h>

#include "session/base/err.h"

struct workplace {
	char *root;	/* absolute, without links */
	char *typed_in; /* the folder that commands are given in, absolute */
	/* Why root is taken neither as a project nor for a session; NULL: it is. */
	char *refused;
};

void workplace_init(struct workplace *p, const char *root); /* typed_in: the same */
void workplace_fini(struct workplace *p);

/* A path as the person gave it, also by way of a link to the project's folder,
 * relative to the root; the caller frees *rel. Fails as path_inside() does. */
bool workplace_path(const struct workplace *p, const char *given, char **rel, struct err *err);

/* The same for a file that may lie anywhere: absolute; the caller frees. */
char *workplace_full(const struct workplace *p, const char *given);

/* Fails with ERR_USAGE and the reason where root was refused. */
bool workplace_taken(const struct workplace *p, struct err *err);

#endif
