/* patch_form.h - diffs that are not unified, brought to that form.
 *
 * Context diffs (diff -c), normal ones (diff: "3c3", "< ", "> "), combined ones of
 * a merge (git diff --cc: "@@@") and git's --word-diff. POSIX diff, and the section
 * "Combined diff format" of git-diff(1), say what their lines mean. Line numbers
 * are carried over, for patch.h to use or not. Pure; linear.
 */
#ifndef POSEDGE_PATCH_FORM_H
#define POSEDGE_PATCH_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "session/text/slice.h"

struct str;

enum patch_form { FORM_UNIFIED, FORM_CONTEXT, FORM_NORMAL, FORM_COMBINED, FORM_WORDS };

/* What a diff is by its first line that can be told; FORM_UNIFIED when none can. */
enum patch_form patch_form(struct slice diff);

bool patch_context_starts(struct slice rest); /* "*** a", "--- b", a row of stars */
bool patch_normal_starts(struct slice rest);  /* "3c3", and a line "< " or "> " */

/* Whether the last hunk of a context or normal diff has all lines that its ranges
 * promise. False for all others. */
bool patch_form_is_paid(struct slice diff);

/* How many old versions a combined diff has; 1 for all others. */
size_t patch_parents(struct slice diff);

/* Adds it as a unified diff to out, without a head; parent: of a combined one,
 * against which old version, from 0. */
void patch_unify(struct slice diff, size_t parent, struct str *out);

#endif
