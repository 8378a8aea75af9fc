/* revisions.h - the port to a version control system: older versions of a project's files. */
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

	/* In a task: opens revision rev of the project in root; both strings are
	 * borrowed until close(). ERR_TOOL when the tool, repository or revision
	 * does not exist. */
	struct revision *(*open)(struct loop *l, const char *root, const char *rev,
				 struct err *err);
	void (*close)(struct revision *r); /* NULL is fine */

	/* In a task: appends the files below root that differ from the revision,
	 * relative to root, including untracked ones. */
	bool (*changed)(struct revision *r, struct strv *paths, struct err *err);

	/* In a task: the bytes of path in the revision; *there: it was a file then. ERR_LIMIT
	 * above limit bytes. Cheapest after changed(), for one of its paths. */
	bool (*text)(struct revision *r, const char *path, size_t limit, struct str *out,
		     bool *there, struct err *err);
};

#endif
