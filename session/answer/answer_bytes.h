/* answer_bytes.h - parts of texts that several files here look at. Pure. */
#ifndef POSEDGE_ANSWER_BYTES_H
#define POSEDGE_ANSWER_BYTES_H

#include "session/text/slice.h"

struct vmodule;

/* Orders two struct slice by their bytes, for qsort() and bsearch(). */
int bytes_order(const void *a, const void *b);

/* The text of a module of text's outline, to the end if it is not closed. */
struct slice module_text(const struct vmodule *m, struct slice text);

#endif
