/* Counts lines taken from suggestions that no passing run has covered. A session
 * forked from another one does not have the runs before the fork: until its first
 * pass the number is unknown, which is not zero.
 */
#include "config.h"

#include "session/check/uncovered.h"

#include "session/journal/state.h"
#include "session/verdict/run.h"
#include "session/verilog/lang.h"

static bool is_source(const struct state *s, uint64_t suggestion)
{
	const struct proposal *p = state_proposal(s, suggestion);

	return !p || lang_file(suggestion_path(p->s)) != LANG_FILE_OTHER;
}

static bool any_pass(const struct state *s)
{
	for (size_t i = s->n_runs; i-- > 0;)
		if (verdict_is(s->runs[i]->verdict, VERDICT_PASS))
			return true;
	return false;
}

uint64_t uncovered_lines(const struct state *s, bool *unknown)
{
	uint64_t n = 0;

	*unknown = s->parent && s->parent[0] && !any_pass(s);
	for (size_t i = 0; i < s->n_untested; i++) {
		enum untested_where where = untested_where(s, &s->untested[i]);

		if (!is_source(s, s->untested[i].suggestion))
			continue;
		*unknown |= where == UNTESTED_UNKNOWN;
		if (where == UNTESTED_THERE)
			n += s->untested[i].lines;
	}
	return n;
}
