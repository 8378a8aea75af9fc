/* tree.h - the names of a project's files, and a way to read one.
 *
 * This is all that the readers of project files (manifest.h, foreign.h) see of a
 * folder: they resolve names and match globs against this list and never access a
 * disk, so a test can supply a project as a table.
 */
#ifndef POSEDGE_TREE_H
#define POSEDGE_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

#define TREE_MAX_FILES 200000
#define TREE_MAX_DEPTH 40

struct tree {
	const char *const *paths; /* regular files, relative to the root, clean, sorted by bytes */
	size_t n;
	/* The text of one of paths, at most limit bytes; unsaved text takes
	 * precedence over the file. Fails like file_read(). NULL: files cannot be
	 * read. */
	bool (*read)(void *ctx, const char *path, size_t limit, struct str *out, struct err *err);
	void *ctx;
	const char *root; /* absolute, for names that start with it; NULL: unknown */
	/* Pairs: a link, and the file or folder of the project that it leads to. Paths are
	 * listed under the second name only. NULL: none. */
	const struct strv *links;
};

/* A folder on disk as a tree. Hidden folders but .github and the like, folders that a
 * tool built (tree_built.h), links that lead outside and those to hidden files are left
 * out. */
struct tree_folder {
	struct tree tree; /* its paths and ctx point into this struct: do not copy it */
	char *root;
	struct strv paths;
	struct strv links;   /* see struct tree */
	struct strv outside; /* links that lead outside and were not followed */
	/* Pipes, sockets, devices and broken links; and names with control
	 * characters as utf8_show() shows them, which are not usable as paths. */
	struct strv odd;
};

/* Fails with ERR_LIMIT above TREE_MAX_FILES, ERR_IO if root cannot be read. */
bool tree_folder_open(struct tree_folder *f, const char *root, struct err *err);
/* The same, but follows links to anything below the folders in allow (absolute,
 * or relative to root; may be NULL) as if that were part of the project. */
bool tree_folder_look(struct tree_folder *f, const char *root, const struct strv *allow,
		      struct err *err);
void tree_folder_close(struct tree_folder *f); /* zeroed is fine */

/* The path without the links that it begins with; the caller frees. */
char *tree_plain(const struct tree *t, const char *path);

bool tree_has(const struct tree *t, const char *path);
bool tree_has_dir(const struct tree *t,
		  const char *path); /* true if a file is below it; "." is the root */

/* The name under which tree_folder_look() has the file of a path that is relative to
 * root, or absolute below it: not that of a link in the project, but that of the file
 * it leads to, which need not exist. The caller frees *rel. Fails like path_inside(). */
bool tree_name(const char *root, const char *path, char **rel, struct err *err);

/* Range of the paths below the folder: returns the first index and sets *end to
 * one past the last. "." is the root. */
size_t tree_below(const struct tree *t, const char *folder, size_t *end);

/* Adds the paths that match, in order, and returns their number. `*` and `?`
 * match within one component; `**` as a whole component matches any number of
 * folders. */
size_t tree_glob(const struct tree *t, const char *pattern, struct strv *out);

/* True if the path matches. */
bool tree_matches(const char *pattern, const char *path);

/* The only path that is name or ends in "/name"; NULL if there is none or several. */
const char *tree_ending(const struct tree *t, const char *name);

#endif
