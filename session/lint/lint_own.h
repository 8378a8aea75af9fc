/* lint_own.h - posedge's own findings of the designs that a tool has linted.
 *
 * Between own_lint.h, which knows one text, and the designs, which say what is
 * read and with which defines. Each file is looked at once.
 */
#ifndef POSEDGE_LINT_OWN_H
#define POSEDGE_LINT_OWN_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct design;
struct diag_list;
struct loop;

/* Adds to out what the tools said, with a better hint where the text has one,
 * and after that posedge's own findings. only: none of those in other files;
 * NULL: in all that is compiled. In a task: it lets others go on between files.
 * False: cancelled. */
bool lint_own(struct loop *l, const struct design *const *v, size_t n, const char *only,
	      const struct diag_list *said, struct diag_list *out, struct err *err);

#endif
