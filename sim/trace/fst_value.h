/* fst_value.h - converts a value of an FST file to text in the letters of VCD.
 *
 * swapped: the file's reals have the opposite byte order of this machine.
 */
#ifndef POSEDGE_FST_VALUE_H
#define POSEDGE_FST_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str;

void fst_add_real(bool swapped, struct str *to, const unsigned char *p); /* eight bytes */
void fst_add_states(struct str *to, const unsigned char *p, size_t n);	 /* one letter per byte */

/* Reads the value at p, in a chain entry that begins with the number head, and
 * returns its end; NULL: truncated. width: bits, FST_TEXT or FST_REAL. to: NULL to
 * skip it. */
const unsigned char *fst_value(bool swapped, uint32_t width, uint64_t head, const unsigned char *p,
			       const unsigned char *end, struct str *to);

#endif
