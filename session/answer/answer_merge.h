/* answer_merge.h - puts a block of code into a file.
 *
 * The block is either the whole file, or contains some of the file's modules and
 * replaces only these. What would silently delete something is refused. Part of
 * answer_place(); pure.
 */
#ifndef POSEDGE_ANSWER_MERGE_H
#define POSEDGE_ANSWER_MERGE_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/text/slice.h"

struct str;
struct vmodule;
struct voutline;

/* True for units that a project looks up by name: classes only if there is nothing else. */
bool unit_counts(const struct voutline *o, const struct vmodule *m);

/* True if text has only blanks, comments and directives. */
bool answer_only_directives(struct slice text);

/* True if base ends within a module and code, which starts none, is the rest of it. */
bool answer_continues(struct slice base, struct slice code);

/* Appends the text of path with code put in. code_outline is that of code. base may
 * be empty for a new file. The line endings, the byte order mark and a missing
 * final newline of base are kept. */
bool answer_merge(const char *path, struct slice base, struct slice code,
		  const struct voutline *code_outline, struct str *out, struct err *err);

/* The same for code that is to be added to the file: units that base lacks follow its last
 * one. */
bool answer_append(const char *path, struct slice base, struct slice code,
		   const struct voutline *code_outline, struct str *out, struct err *err);

#endif
