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

/* Adds to out what is not in said, the tool's findings, in its words. only: no
 * other file; NULL: all that is compiled. In a task: it lets others go on
 * between files. False: cancelled. */
bool lint_own(struct loop *l, const struct design *const *v, size_t n, const char *only, const struct diag_list *said,
	      struct diag_list *out, struct err *err);

#endif
