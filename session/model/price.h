/* price.h - what tokens cost: a table that the person keeps, and sums of money. Pure.
 *
 * The table is text, one row a line: a name with * and ?, then four prices for a million
 * tokens, of input, of input written to a cache, of input read from one, and of output.
 * "-" is a price that is not known; # begins a comment.
 *
 *	currency EUR			# once; without it USD
 *	claude-sonnet-*	3  3.75  0.30  15
 *	local		0  0     0     0
 *
 * A row is for a backend of that name, or a model; the first that fits counts. Money is
 * counted in millionths. What is not known is MONEY_UNKNOWN, and never 0.
 */
#ifndef POSEDGE_PRICE_H
#define POSEDGE_PRICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct str;

#define MONEY_UNKNOWN (-1)
#define MONEY_MAX     1000000000000000ll /* of a sum; more is cut to it */
#define PRICE_MAX     1000000u		 /* of a million tokens */

struct price { /* millionths for a million tokens; MONEY_UNKNOWN */
	int64_t in, written, cached, out;
	char currency[8];
};

/* All four are MONEY_UNKNOWN when no row fits. ERR_PARSE names the first line that cannot be
 * read, as "line 3: ..."; rows before it still count. */
bool price_find(const char *table, size_t len, const char *backend, const char *model,
		struct price *out, struct err *err);

struct tokens { /* of one answer; -1: not told. cached and written are part of in */
	int64_t in, written, cached, out;
};

/* MONEY_UNKNOWN: a count is not told, or a price is not known of something there is. */
int64_t price_of(const struct price *p, const struct tokens *t);

/* The most that a request of so many tokens and its answer may cost. */
int64_t price_ahead(const struct price *p, size_t in, size_t out);

/* "12.5" as millionths; false: it is no sum of money, or above a thousand million. */
bool money_parse(const char *text, int64_t *out);

/* "0.0123 USD"; "not known". */
void money_print(int64_t money, const char *currency, struct str *out);

#endif
