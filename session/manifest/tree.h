/* tree.h - the names of a project's files, and a way to read one.
 *
 * What the readers of project files (manifest.h, foreign.h) see of a folder:
 * they resolve names and match globs against this list and never look at a
 * disk themselves, so a test gives them a project as a table.
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
	/* The text of one of paths, at most limit bytes; what is not saved yet
	 * stands for what is on disk. Fails as file_read() does; NULL: no file
	 * can be read. */
	bool (*read)(void *ctx, const char *path, size_t limit, struct str *out, struct err *err);
	void *ctx;
	const char *root; /* absolute, for names that begin with it; NULL: not known */
};

/* A folder on disk as a tree. Hidden folders and those of builds are left
 * out, and so are links that leave it. */
struct tree_folder {
	struct tree tree; /* its paths and ctx point into this struct: do not copy it */
	char *root;
	struct strv paths;
	struct strv outside; /* links that lead out of it and were not followed */
	/* pipes, sockets, devices, links that lead nowhere; and names with control
	 * characters, as utf8_show() shows them: no file is called so */
	struct strv odd;
};

/* ERR_LIMIT above TREE_MAX_FILES, ERR_IO when root cannot be read. */
bool tree_folder_open(struct tree_folder *f, const char *root, struct err *err);
/* The same; links to what lies below one of the folders in allow (absolute, or
 * relative to root; NULL: none) are followed as if that were a part of it. */
bool tree_folder_look(struct tree_folder *f, const char *root, const struct strv *allow,
		      struct err *err);
void tree_folder_close(struct tree_folder *f); /* zeroed is fine */

bool tree_has(const struct tree *t, const char *path);
bool tree_has_dir(const struct tree *t,
		  const char *path); /* a file lies below it; "." is the root */

/* The first of the paths below the folder; they follow each other. "." is the
 * root. *end is one past the last. */
size_t tree_below(const struct tree *t, const char *folder, size_t *end);

/* Adds the paths that match, in their order. `*` and `?` match within one
 * folder, `**` as a whole part any number of folders. Returns how many. */
size_t tree_glob(const struct tree *t, const char *pattern, struct strv *out);

/* Whether one path does. */
bool tree_matches(const char *pattern, const char *path);

/* The only path that is name or ends in "/name"; NULL: none, or several. */
const char *tree_ending(const struct tree *t, const char *name);

#endif
