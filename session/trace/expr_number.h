/* expr_number.h - SystemVerilog's numbers (IEEE 1800-2017, clause 5.7). */
#ifndef POSEDGE_EXPR_NUMBER_H
#define POSEDGE_EXPR_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

struct expr_number {
	char *bits; /* of 0 1 x z, as many as it is wide; the caller frees. NULL: it is real */
	bool sign;
	bool fill; /* '0 '1 'x 'z */
	bool real;
	double value;
	const char *wrong; /* a sentence; the number was none */
};

/* Moves *at past it. False: wrong is set, and nothing is to be freed. */
bool expr_number_read(const char **at, struct expr_number *out);

char *expr_number_bits(uint64_t n, unsigned width); /* the caller frees */

#endif
