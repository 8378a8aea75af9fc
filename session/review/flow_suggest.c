/* Records a suggestion with its units. The units are cut from the diff here and
 * recorded, so a later version of posedge that cuts differently still reads the
 * same unit numbers in later decisions.
 */
#include "config.h"

#include "session/review/flow_suggest.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/journal/session.h"
#include "session/journal/suggestion.h"

static struct unit *cut(const struct proposed *p, size_t *n)
{
	struct suggestion *s = suggestion_new(p->path, p->new_file, p->base.data, p->base.len,
					      p->text.data, p->text.len);
	struct unit *units;

	if (p->moves)
		suggestion_set_moves(s, p->moves);
	*n = suggestion_units(s);
	units = mem_calloc(*n, sizeof(*units));
	for (size_t i = 0; i < *n; i++)
		units[i] = *suggestion_unit(s, i);
	suggestion_free(s);
	return units;
}

bool flow_suggest(struct session *s, const struct proposed *p, uint64_t *n, struct err *err)
{
	struct event e = { .type = EVENT_SUGGEST };
	size_t n_units = p->n_units;
	struct unit *units =
		p->units ? mem_dup(p->units, n_units * sizeof(*units)) : cut(p, &n_units);
	bool ok;

	for (size_t i = 0; i < n_units; i++)
		units[i].decision = DECISION_OPEN;
	e.suggest.ask = p->ask;
	e.suggest.with = p->group;
	e.suggest.path = p->path;
	e.suggest.by = p->by;
	e.suggest.new_file = p->new_file;
	e.suggest.incomplete = p->incomplete;
	e.suggest.removes = p->removes;
	e.suggest.in_place = p->in_place;
	e.suggest.moves = p->moves;
	e.suggest.base = p->base;
	e.suggest.proposed = p->text;
	e.suggest.units = units;
	e.suggest.n_units = n_units;
	ok = session_record(s, &e, n, err);
	free(units);
	return ok;
}
