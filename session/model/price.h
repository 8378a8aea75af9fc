/* price.h - what tokens cost: a table kept by the person, and sums of money. Pure.
 *
 * The table is text, one row a line: a name with * and ?, then four prices for a
 * million tokens: input, input written to a cache, input read from a cache, output. "-"
 * is an unknown price; # starts a comment.
 *
 *	currency EUR			# once; the default is USD
 *	claude-sonnet-*	3  3.75  0.30  15
 *	local		0  0     0     0
 *
 * The name matches a backend or a model; the first match counts. Money is counted in
 * millionths. An unknown sum is MONEY_UNKNOWN, never 0.
 */
#ifndef POSEDGE_PRICE_H
#define POSEDGE_PRICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct str;

#define MONEY_UNKNOWN (-1)
#define MONEY_MAX     1000000000000000ll /* largest sum; more is clamped to it */
#define PRICE_MAX     1000000u		 /* for a million tokens */

struct price { /* millionths for a million tokens; MONEY_UNKNOWN where not known */
	int64_t in, written, cached, out;
	char currency[8];
};

/* All four are MONEY_UNKNOWN when no row matches. ERR_PARSE names the first unreadable
 * line, as "line 3: ..."; rows before it still count. */
bool price_find(const char *table, size_t len, const char *backend, const char *model,
		struct price *out, struct err *err);

struct tokens { /* of one answer; -1: not reported. in includes cached and written */
	int64_t in, written, cached, out;
};

/* MONEY_UNKNOWN: a count was not reported, or a price that is needed is not known. */
int64_t price_of(const struct price *p, const struct tokens *t);

/* Upper bound for a request of `in` tokens with an answer of `out` tokens. */
int64_t price_ahead(const struct price *p, size_t in, size_t out);

/* "12.5" as millionths; false: no amount of money, or more than nine digits before the dot. */
bool money_parse(const char *text, int64_t *out);

/* "0.0123 USD"; "not known". */
void money_print(int64_t money, const char *currency, struct str *out);

#endif
