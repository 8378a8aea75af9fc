/* ask_cost.h - costs of questions by the user's price table, and the budget that stops
 * a question before it is asked.
 *
 * The table is the file `prices` next to the user's posedgerc (format: price.h). A
 * session's costs are the sum of its answers' costs at the time. An answer of unknown
 * cost counts with its maximum, if prices are known.
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
struct state;
struct usage;
struct workbench;

/* All four prices are 0 for a backend that makes no requests. model: as reported by
 * the server; NULL: as configured. A table that cannot be read causes a note. */
void ask_price(struct workbench *w, const struct backend_entry *e, const char *model,
	       struct price *out);

/* Upper bound for the cost of a request of that many tokens and its answer. */
void ask_price_ahead(struct workbench *w, const struct backend_entry *e, size_t tokens,
		     int64_t *cost, char currency[8]);

/* The cost of a request of that many tokens and its answer, from the usage that the
 * server reported; the upper bound where it reported none. MONEY_UNKNOWN: there is
 * no price. */
int64_t ask_price_at_most(struct workbench *w, const struct backend_entry *e, const char *model,
			  const struct usage *u, size_t tokens);

/* True if a request of that many tokens may be sent: there is no budget, or it
 * covers the money spent, `soon` (spent in this turn, whose question is `own`, but
 * not recorded yet) and the request's maximum. Else ERR_LIMIT. */
bool ask_afford(struct workbench *w, const struct backend_entry *e, size_t tokens, uint64_t own,
		int64_t soon, struct err *err);

/* "3.1k of 200k, 0.0231 USD of 2.5000": the tokens of the last request to that backend in its
 * context, marked ~ if they are an estimate; the money spent in the session, and the budget.
 * context 0 (not known) leaves the first out, unknown costs the second. */
struct str;
void ask_meter(const struct state *s, const char *backend, size_t context, const char *budget,
	       struct str *out);

#endif
