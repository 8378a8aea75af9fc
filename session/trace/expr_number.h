/* expr_number.h - parses SystemVerilog's numbers (IEEE 1800-2017, clause 5.7). */
#ifndef POSEDGE_EXPR_NUMBER_H
#define POSEDGE_EXPR_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

struct expr_number {
	char *bits; /* of 0 1 x z, one per bit; the caller frees it. NULL: a real number */
	bool sign;
	bool fill; /* '0 '1 'x 'z */
	bool real;
	double value;
	const char *wrong; /* error message, as a sentence */
};

/* Moves *at past the number. False: wrong is set, nothing to free. */
bool expr_number_read(const char **at, struct expr_number *out);

char *expr_number_bits(uint64_t n, unsigned width); /* the caller frees it */

#endif
