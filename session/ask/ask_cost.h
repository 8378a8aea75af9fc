/* ask_cost.h - what questions cost, by the person's table of prices, and the budget that
 * stops a question before it is asked.
 *
 * The table is the file `prices` beside the person's own posedgerc (price.h has its form).
 * What a session spent is the sum of what its answers cost when they came; one that is not
 * known counts with what it may have cost at most, as far as prices are known.
 */
#ifndef POSEDGE_ASK_COST_H
#define POSEDGE_ASK_COST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/model/price.h"

#define PRICES_MAX (256u << 10) /* bytes of the table */

struct backend_entry;
struct exchange;
struct state;
struct workbench;

/* Of a backend that asks nobody all four are 0. model: as its server told; NULL: as set. A
 * table that cannot be read is told with a note. */
void ask_price(struct workbench *w, const struct backend_entry *e, const char *model,
	       struct price *out);

/* What a request of so many tokens and its answer may cost at most. */
void ask_price_ahead(struct workbench *w, const struct backend_entry *e, size_t tokens,
		     int64_t *cost, char currency[8]);

struct ask_spent {
	int64_t known;	 /* of answers whose cost is known */
	int64_t at_most; /* with what the others may have cost */
	size_t unknown;	 /* answers whose cost is not known; of these not in at_most: */
	size_t unpriced; /* those without a price */
};

/* Whether a request of so many tokens may be sent: nothing is set, or what was spent, soon
 * (of this turn, whose question is own; not recorded yet) and the most that it may
 * cost stay within the budget. ERR_LIMIT says it in a sentence. */
bool ask_afford(struct workbench *w, const struct backend_entry *e, size_t tokens, uint64_t own,
		int64_t soon, struct err *err);

/* "0.0231 USD of 2.5000": what was spent, and the budget; "" when nothing is known of money. */
struct str;
void ask_meter(const struct state *s, const char *budget, struct str *out);

#endif
