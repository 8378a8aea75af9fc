/* patch_form.h - converts diffs in other formats to unified ones.
 *
 * Context diffs (diff -c), normal ones (diff: "3c3", "< ", "> "), combined ones of
 * a merge (git diff --cc: "@@@") and git's --word-diff. The formats are defined by
 * POSIX diff and the section "Combined diff format" of git-diff(1). Line numbers
 * are kept; patch.h decides whether to use them. Pure; linear.
 */
#ifndef POSEDGE_PATCH_FORM_H
#define POSEDGE_PATCH_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "session/text/slice.h"

struct str;

enum patch_form { FORM_UNIFIED, FORM_CONTEXT, FORM_NORMAL, FORM_COMBINED, FORM_WORDS };

/* Format of a diff, by its first line that identifies one; FORM_UNIFIED if there is
 * none. */
enum patch_form patch_form(struct slice diff);

bool patch_context_starts(struct slice rest); /* "*** a", "--- b", a row of stars */
bool patch_normal_starts(struct slice rest);  /* "3c3", and a line "< " or "> " */

/* True if the last hunk of a context or normal diff has all the lines that its
 * ranges announce. False for other formats. */
bool patch_form_is_complete(struct slice diff);

/* Number of old versions of a combined diff; 1 for other formats. */
size_t patch_parents(struct slice diff);

/* Appends it as a unified diff without file headers. parent: for a combined diff,
 * which old version to compare with, from 0. */
void patch_unify(struct slice diff, size_t parent, struct str *out);

#endif
