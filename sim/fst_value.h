/* fst_value.h - one value of an FST file as text, in the letters of VCD.
 *
 * swapped: the file's reals are in the other order of bytes than this machine's.
 */
#ifndef POSEDGE_FST_VALUE_H
#define POSEDGE_FST_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str;

void fst_add_real(bool swapped, struct str *to, const unsigned char *p); /* of eight bytes */
void fst_add_states(struct str *to, const unsigned char *p, size_t n);	 /* a letter a byte */

/* The value at p, where a chain has one that begins with the number head. Returns where
 * it ends; NULL: not before end. width: in bits, or FST_TEXT, FST_REAL. to: NULL when it
 * is passed over. */
const unsigned char *fst_value(bool swapped, uint32_t width, uint64_t head, const unsigned char *p,
			       const unsigned char *end, struct str *to);

#endif
