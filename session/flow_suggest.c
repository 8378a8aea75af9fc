#include "config.h"

#include "session/flow_suggest.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/session.h"
#include "session/suggestion.h"

bool flow_suggest(struct session *s, const struct proposed *p, uint64_t *n, struct err *err)
{
	struct suggestion *sug = suggestion_new(p->path, p->new_file, p->base.data, p->base.len, p->text.data,
						p->text.len);
	struct event e = { .type = EVENT_SUGGEST };
	struct unit *units;
	size_t n_units;
	bool ok;

	if (p->moves)
		suggestion_set_moves(sug, p->moves);
	n_units = suggestion_units(sug);
	units = mem_calloc(n_units, sizeof(*units));
	for (size_t i = 0; i < n_units; i++)
		units[i] = *suggestion_unit(sug, i);
	e.suggest.ask = p->ask;
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
	suggestion_free(sug);
	return ok;
}
