/* What events change in suggestions: proposed, decided line by line, applied. */
#include "config.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/utf8.h"
#include "session/journal/state.h"
#include "session/journal/state_inner.h"
#include "session/journal/thread.h"

static bool is_clean(const char *path)
{
	char *clean = NULL;
	bool same = path_clean(path, &clean, NULL) && strcmp(clean, path) == 0;

	free(clean);
	return same;
}

bool apply_suggest(struct state *s, const struct event *e, struct err *err)
{
	struct suggestion *sug = suggestion_restore(
		e->suggest.path, e->suggest.new_file, e->suggest.base.data, e->suggest.base.len,
		e->suggest.proposed.data, e->suggest.proposed.len, e->suggest.units,
		e->suggest.n_units, err);
	bool moves = e->suggest.moves && e->suggest.moves[0];
	struct proposal *p;

	if (!sug)
		return false;
	if ((e->suggest.n_units && e->suggest.units[0].kind == UNIT_MOVED) != moves) {
		suggestion_free(sug);
		return err_set(err, ERR_PARSE, "the suggestion for %s does not say where it moves",
			       e->suggest.path);
	}
	if (moves && !is_clean(e->suggest.moves)) {
		suggestion_free(sug);
		return err_set(
			err, ERR_PARSE,
			"the suggestion for %s moves to `%s`, which is not a path in the project",
			e->suggest.path, e->suggest.moves);
	}
	if (moves)
		suggestion_set_moves(sug, e->suggest.moves);
	suggestion_set_incomplete(sug, e->suggest.incomplete);
	suggestion_set_removes(sug, e->suggest.removes);
	suggestion_set_in_place(sug, e->suggest.in_place);
	p = mem_zalloc(sizeof(*p));
	p->n = e->n;
	p->ask = e->suggest.ask;
	p->group = e->suggest.with ? e->suggest.with : e->n;
	p->s = sug;
	state_put(&p->by, e->suggest.by);
	MEM_PUSH(s->proposals, s->n_proposals, s->cap_proposals, p);
	return true;
}

static struct proposal *proposal_or_fail(struct state *s, uint64_t n, struct err *err)
{
	for (size_t i = s->n_proposals; i-- > 0;) {
		if (s->proposals[i]->n != n)
			continue;
		state_unshare_proposal(&s->proposals[i]);
		return s->proposals[i];
	}
	err_set(err, ERR_PARSE, "there is no suggestion %llu", (unsigned long long)n);
	return NULL;
}

bool apply_split(struct state *s, const struct event *e, struct err *err)
{
	struct proposal *p = proposal_or_fail(s, e->split.suggestion, err);

	return p && (suggestion_split(p->s, e->split.unit) ||
		     err_set(err, ERR_PARSE, "only a line that replaces another can be split"));
}

/* Questions about the rewritten line stay with it. */
static void keep_threads(struct state *s, const struct suggestion *of, uint64_t unit,
			 const char *line, size_t len)
{
	for (size_t i = 0; i < s->n_chat; i++) {
		if (unit > LONG_MAX || thread_unit(of, s->chat[i]) != (long)unit)
			continue;
		state_unshare_exchange(&s->chat[i]);
		strv_give(&s->chat[i]->rewritten, mem_strndup(line, len));
	}
}

bool apply_amend(struct state *s, const struct event *e, struct err *err)
{
	struct proposal *p = proposal_or_fail(s, e->amend.suggestion, err);
	const char *line = e->amend.line.data ? e->amend.line.data : "";
	struct suggestion *was = p ? suggestion_copy(p->s) : NULL;
	bool ok = p && suggestion_amend(p->s, e->amend.unit, line, e->amend.line.len);

	if (ok)
		keep_threads(s, was, e->amend.unit, line, e->amend.line.len);
	suggestion_free(was);
	if (!ok)
		return p && err_set(err, ERR_PARSE, "suggestion %llu adds no line there",
				    (unsigned long long)p->n);
	strv_give(&p->amended, mem_strndup(line, e->amend.line.len));
	return true;
}

bool apply_decide(struct state *s, const struct event *e, struct err *err)
{
	struct proposal *p = proposal_or_fail(s, e->decide.suggestion, err);

	if (!p)
		return false;
	if (e->decide.first > e->decide.last || e->decide.last >= suggestion_units(p->s))
		return err_set(err, ERR_PARSE, "a decision names no unit of suggestion %llu",
			       (unsigned long long)p->n);
	for (uint64_t i = e->decide.first; i <= e->decide.last; i++)
		suggestion_decide(p->s, i, e->decide.decision);
	return true;
}

/* Keeps refused lines, because closing frees the units. */
static void keep_refused(struct proposal *p)
{
	for (size_t i = 0; i < suggestion_units(p->s) && p->refused.n < REFUSED_KEPT; i++) {
		const struct unit *u = suggestion_unit(p->s, i);
		size_t len;
		const char *line = suggestion_line(p->s, i, &len);

		if (u->decision != DECISION_REFUSED || u->kind == UNIT_MOVED)
			continue;
		if (len > REFUSED_LINE)
			len = REFUSED_LINE - utf8_partial_tail(line, REFUSED_LINE);
		strv_give(&p->refused,
			  str_fmt("%c %.*s", u->kind == UNIT_REMOVED ? '-' : '+', (int)len, line));
	}
}

bool apply_apply(struct state *s, const struct event *e, struct err *err)
{
	struct proposal *p = proposal_or_fail(s, e->apply.suggestion, err);

	if (!p)
		return false;
	p->state = e->apply.taken ? PROPOSAL_APPLIED : PROPOSAL_CLOSED;
	p->with = e->apply.with;
	untested_apply(s, e);
	keep_refused(p);
	suggestion_close(p->s);
	return true;
}
