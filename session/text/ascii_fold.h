/* ascii_fold.h - characters that look like ASCII but are not: no-break spaces, dashes,
 * curly quotes, full-width letters. Word processors and models insert them;
 * compilers reject them. Pure.
 */
#ifndef POSEDGE_ASCII_FOLD_H
#define POSEDGE_ASCII_FOLD_H

#include <stddef.h>

#include "session/text/slice.h"

struct str;

/* Appends text with each of them replaced by ASCII and zero-width ones removed.
 * Returns how many were found. Line endings are kept, so line numbers are too. */
size_t ascii_fold(struct slice text, struct str *out);

#endif
