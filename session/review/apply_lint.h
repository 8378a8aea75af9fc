/* apply_lint.h - whether what nobody reviewed would be read as HDL at all.
 *
 * A model may write prose, a prompt or marks for bold text into code, in forms that no
 * reader of answers knows. The linter's parser knows them all.
 */
#ifndef POSEDGE_APPLY_LINT_H
#define POSEDGE_APPLY_LINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct workbench;

/* In a task. Lints the files of these open suggestions as they would be with all of them
 * taken. ERR_CONFLICT, with the file, the line and the tool's words: one has a syntax error
 * that it did not have, or has it on a line that it did not have. ERR_CANCELLED. Other
 * errors count for nothing, nor does a file that is not part of the design, a header that
 * no changed file includes, or a tool that cannot be run. */
bool apply_lint(struct workbench *w, const uint64_t *suggestions, size_t n, struct err *err);

#endif
