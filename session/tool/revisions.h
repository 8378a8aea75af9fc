/* revisions.h - the port to what keeps older versions of a project's files. */
#ifndef POSEDGE_REVISIONS_H
#define POSEDGE_REVISIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct loop;
struct str;
struct strv;

struct revision;

struct revisions_ops {
	const char *name;

	/* In a task: revision rev of what lies in root; both are borrowed until
	 * close(). ERR_TOOL when there is no such tool, repository or revision. */
	struct revision *(*open)(struct loop *l, const char *root, const char *rev,
				 struct err *err);
	void (*close)(struct revision *r); /* NULL is fine */

	/* In a task: which files below root are not as they were (paths relative to
	 * root), those that it never knew, too. */
	bool (*changed)(struct revision *r, struct strv *paths, struct err *err);

	/* In a task: the bytes of path in it. *there: whether it was a file there.
	 * ERR_LIMIT above limit bytes. Cheapest after changed(), for one of those. */
	bool (*text)(struct revision *r, const char *path, size_t limit, struct str *out,
		     bool *there, struct err *err);
};

#endif
