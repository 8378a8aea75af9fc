/* lint_own.h - posedge's own findings for designs that a tool has linted.
 *
 * Connects own_lint.h, which knows one text, with the designs, which know the
 * files and their defines. Each file is examined once.
 */
#ifndef POSEDGE_LINT_OWN_H
#define POSEDGE_LINT_OWN_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct design;
struct diag_list;
struct loop;

/* Adds the tools' findings to out, with better hints where the text allows one,
 * then posedge's own. only: no own findings in files other than this one; NULL:
 * in all compiled files. Waits in the calling task. False: cancelled. */
bool lint_own(struct loop *l, const struct design *const *v, size_t n, const char *only,
	      const struct diag_list *said, struct diag_list *out, struct err *err);

#endif
