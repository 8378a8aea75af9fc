/* answer_merge.h - a block of code put in the place of what a file holds.
 *
 * Either the block is the whole file, or it holds some of the file's modules
 * and only these are replaced. What would silently delete something is refused.
 * Part of answer_place(); pure.
 */
#ifndef POSEDGE_ANSWER_MERGE_H
#define POSEDGE_ANSWER_MERGE_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/text/slice.h"

struct str;
struct vmodule;
struct voutline;

/* What a project looks for by name: not the classes, if there is anything else. */
bool unit_counts(const struct voutline *o, const struct vmodule *m);

/* Nothing but blanks, comments and directives. */
bool answer_only_directives(struct slice text);

/* Whether base ends within a module and code, which has none, is the rest of it. */
bool answer_continues(struct slice base, struct slice code);

/* The text of path with code in it, added to out. code_outline is code's.
 * base may be empty: a new file. The line ending, the byte order mark and the
 * missing last newline of base are kept. */
bool answer_merge(const char *path, struct slice base, struct slice code,
		  const struct voutline *code_outline, struct str *out, struct err *err);

#endif
