/* assert_macros.h - an answer's assertions with the macros of the design. Pure.
 *
 * The published assertions name a design's macros, `state[`x_bit]`, which are defined where
 * the assertions will stand.
 */
#ifndef POSEDGE_ASSERT_MACROS_H
#define POSEDGE_ASSERT_MACROS_H

#include <stddef.h>

struct assert_design;
struct str;

/* Appends the text without its comments and with each macro replaced that is defined at the
 * end of the top's file, or in the text itself. A name that is not defined stays as it is. */
void assert_macros_expand(const struct assert_design *d, const char *text, size_t len,
			  struct str *out);

#endif
