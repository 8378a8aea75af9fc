/* rest.h - when to stop reading for a moment.
 *
 * A model sends its answer in pieces of a few bytes, up to a thousand a second, and the
 * screen shows them some 20 times a second. So once a few reads in a row have brought
 * little, a descriptor rests for REST_MS after each: one wake-up reads what came
 * meanwhile. The first piece, a short answer and bulk are read at once.
 */
#ifndef POSEDGE_REST_H
#define POSEDGE_REST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REST_MS	  20u
#define REST_FROM 8u	 /* little reads in a row before the first rest */
#define REST_LEN  16384u /* bytes; a read of as many means that more is waiting */

struct rest {		   /* { 0 }: nothing read yet */
	uint64_t since_ms; /* time of the last read, or end of the rest behind it */
	unsigned little;   /* reads in a row that brought little, each soon after the other */
};

/* After a wake-up that read len bytes: true if the descriptor should rest now. */
static inline bool rest_after(struct rest *r, uint64_t now_ms, size_t len)
{
	bool soon = now_ms - r->since_ms < REST_MS;

	r->little = len > 0 && len < REST_LEN && soon ? r->little + 1 : 0;
	r->since_ms = now_ms;
	return r->little >= REST_FROM;
}

static inline void rest_over(struct rest *r, uint64_t now_ms)
{
	r->since_ms = now_ms;
}

#endif
