/* Costs of questions, checked against `set budget`. Before a request the worst case
 * counts: all of its tokens as input, plus the longest answer that the backend allows.
 * Afterwards the server's own count does. An exchange that ended without a count is
 * again taken at its worst case, so a budget errs on the safe side; while there is a
 * budget, a backend without a known price is refused. Amounts are integers in
 * millionths (price.h).
 */
#include "config.h"

#include "session/ask/ask_cost.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_backend.h"
#include "session/base/file.h"
#include "session/base/str.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/model/backend.h"
#include "session/option/opt.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define ANSWER_TOKENS 8192u /* assumed for an answer without a limit */

static char *table_path(void)
{
	return path_user_config("prices");
}

static void look_up(const struct report *report, const char *backend, const char *model,
		    struct price *out)
{
	char *path = table_path();
	struct str table = STR_INIT;
	struct err err = { 0 };

	if (path && !file_read(path, PRICES_MAX, &table, &err) && err.code != ERR_NOT_FOUND)
		report_note(report, "%s", err.text);
	if (!price_find(str_cstr(&table), table.len, backend, model, out, &err))
		report_note(report, "%s: %s", path, err.text);
	str_free(&table);
	free(path);
}

static bool asks_nobody(const struct ports *p, const struct backend_entry *e)
{
	const struct backend_ops *ops = ports_protocol(p, e->protocol, NULL);

	return ops && ops->asks_nobody;
}

void ask_price(struct workbench *w, const struct backend_entry *e, const char *model,
	       struct price *out)
{
	look_up(&w->out, e->name, model && model[0] ? model : e->model ? e->model : "", out);
	if (asks_nobody(w->ports, e) && out->in < 0)
		out->in = out->written = out->cached = out->out = 0;
}

/* Spent ------------------------------------------------------------------------------- */

static size_t answer_tokens(const struct backend_entry *e)
{
	const char *value = ask_option_of(e, "max_output=");

	return value ? strtoul(value, NULL, 10) : ANSWER_TOKENS;
}

void ask_price_ahead(struct workbench *w, const struct backend_entry *e, size_t tokens,
		     int64_t *cost, char currency[8])
{
	struct price p;

	ask_price(w, e, NULL, &p);
	*cost = price_ahead(&p, tokens, answer_tokens(e));
	memcpy(currency, p.currency, sizeof(p.currency));
}

int64_t ask_price_at_most(struct workbench *w, const struct backend_entry *e, const char *model,
			  const struct usage *u, size_t tokens)
{
	struct price p;
	int64_t cost;

	ask_price(w, e, model, &p);
	cost = price_of(&p, &(struct tokens){ u->in, u->written, u->cached, u->out });
	return cost >= 0 ? cost : price_ahead(&p, tokens, answer_tokens(e));
}

/* Maximum cost of an exchange whose cost is not known. Each round of a turn sends again
 * what the rounds before it said. */
static int64_t at_most(struct workbench *w, const struct exchange *x)
{
	const struct backend_entry *e = backend_list_find(w->backends, x->backend);
	uint64_t rounds = x->rounds > 1 ? x->rounds : 1;
	size_t answer = e ? answer_tokens(e) : 0;
	struct price p;

	if (!e)
		return MONEY_UNKNOWN;
	ask_price(w, e, x->model, &p);
	return price_ahead(&p,
			   (size_t)(x->in > 0 ? (uint64_t)x->in
					      : rounds * (x->estimated + (rounds - 1) * answer)),
			   (size_t)(x->out > 0 ? (uint64_t)x->out : rounds * answer));
}

struct spent {
	int64_t at_most; /* with the maximum of answers whose cost is not known */
	size_t unknown;	 /* number of these; some have no price and are not in at_most */
};

/* own: the question being asked, which is not counted here; or 0. */
static void add_up(struct workbench *w, uint64_t own, struct spent *out)
{
	const struct state *s = session_state(w->session);

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < s->n_chat; i++) {
		const struct exchange *x = s->chat[i];
		int64_t cost = x->cost;

		if (cost < 0 && x->n == own)
			continue; /* running; the caller counts it */
		if (cost < 0) {
			out->unknown++;
			cost = at_most(w, x);
		}
		out->at_most += cost > 0 ? cost : 0;
	}
}

bool ask_afford(struct workbench *w, const struct backend_entry *e, size_t tokens, uint64_t own,
		int64_t soon, struct err *err)
{
	struct str text = STR_INIT;
	struct spent spent;
	struct price p;
	int64_t budget, cost;

	if (!w->options->budget[0] || !money_parse(w->options->budget, &budget))
		return true;
	ask_price(w, e, NULL, &p);
	cost = price_ahead(&p, tokens, answer_tokens(e));
	if (cost == 0)
		return true;
	if (cost < 0)
		return err_set(err, ERR_LIMIT,
			       "not asked: there is a budget of %s, and the price of %s is not "
			       "known; add it to `prices` beside your posedgerc, or `set budget "
			       "\"\"`",
			       w->options->budget, e->model ? e->model : e->name);
	add_up(w, own, &spent);
	if (spent.at_most + soon + cost <= budget)
		return true;
	str_adds(&text, "not asked: the answer may cost ");
	money_print(cost, p.currency, &text);
	str_adds(&text, spent.unknown ? ", and this session may have spent "
				      : ", and this session has spent ");
	money_print(spent.at_most + soon, p.currency, &text);
	str_addf(&text, " of its budget of %s; `set budget` changes it", w->options->budget);
	err_set(err, ERR_LIMIT, "%s", str_cstr(&text));
	str_free(&text);
	return false;
}

/* "950", "3.1k", "200k" */
static void add_tokens(struct str *out, uint64_t n)
{
	if (n < 1000)
		str_addf(out, "%llu", (unsigned long long)n);
	else if (n < 99950)
		str_addf(out, "%.1fk", (double)n / 1000);
	else
		str_addf(out, "%.0fk", (double)n / 1000);
}

/* A server counts all requests of a turn together: then the estimate of the first one. */
static void add_used(const struct state *s, const char *backend, size_t context, struct str *out)
{
	const struct exchange *x = NULL;
	bool counted;

	for (size_t i = s->n_chat; i-- > 0 && !x;)
		if (!s->chat[i]->beside && strcmp(s->chat[i]->backend, backend) == 0)
			x = s->chat[i];
	counted = x && x->rounds < 2 && x->in > 0;
	if (!x || !context || (!counted && !x->estimated))
		return;
	str_adds(out, counted ? "" : "~");
	add_tokens(out, counted ? (uint64_t)x->in : x->estimated);
	str_adds(out, " of ");
	add_tokens(out, context);
}

static void add_spent(const struct state *s, const char *budget, struct str *out)
{
	int64_t sum = 0, limit;
	const char *currency = NULL;
	bool unknown = false;
	struct str text = STR_INIT;

	for (size_t i = 0; i < s->n_chat; i++) {
		const struct exchange *x = s->chat[i];

		if (x->cost >= 0)
			sum += x->cost;
		else
			unknown |= x->state != EXCHANGE_ASKED;
		if (x->cost > 0)
			currency = x->currency;
	}
	if (!currency && !budget[0])
		return;
	str_adds(out, out->len ? ", " : "");
	money_print(sum, currency ? currency : "", &text);
	while (text.len && text.data[text.len - 1] == ' ')
		str_cut(&text, text.len - 1);
	str_addf(out, "%s%s", str_cstr(&text), unknown ? " and what is not known" : "");
	if (budget[0] && money_parse(budget, &limit))
		str_addf(out, " of %s", budget);
	str_free(&text);
}

void ask_meter(const struct state *s, const char *backend, size_t context, const char *budget,
	       struct str *out)
{
	add_used(s, backend, context, out);
	add_spent(s, budget, out);
}
