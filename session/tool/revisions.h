/* revisions.h - the port to what keeps older versions of a project's files. */
#ifndef POSEDGE_REVISIONS_H
#define POSEDGE_REVISIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct loop;
struct str;
struct strv;

struct revisions_ops {
	const char *name;

	/* In a task: which files below root are not as they were in revision rev
	 * (paths relative to root), those that it never knew, too. ERR_TOOL when
	 * there is no such tool, no repository or no such revision. */
	bool (*changed)(struct loop *l, const char *root, const char *rev, struct strv *paths, struct err *err);

	/* In a task: the bytes of path in rev. *there: whether it was a file
	 * there. ERR_LIMIT above limit bytes. */
	bool (*text)(struct loop *l, const char *root, const char *rev, const char *path, size_t limit,
		     struct str *out, bool *there, struct err *err);
};

#endif
