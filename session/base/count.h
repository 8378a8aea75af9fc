/* count.h - the ending of a noun behind a number: 0 checks, 1 check, 2 checks.
 *
 *	str_addf(out, "%zu check%s", n, count_s(n));
 */
#ifndef POSEDGE_COUNT_H
#define POSEDGE_COUNT_H

#include <stdint.h>

static inline const char *count_s(uint64_t n)
{
	return n == 1 ? "" : "s";
}

#endif
