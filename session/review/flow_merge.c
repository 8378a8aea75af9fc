/* Rebases a suggestion whose file has changed. Three texts are merged (the base,
 * the file as it is now, the proposal) and the result is proposed again; decisions
 * on equal lines are copied. Overlaps keep the lines of the file and are counted. A
 * suggestion that is in place already, an import from git, is compared with the
 * file again instead. If nothing is left to propose it is closed.
 */
#include "config.h"

#include "session/review/flow_merge.h"

#include <string.h>

#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/moved.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/review/flow_replace.h"
#include "session/review/flow_suggest.h"
#include "session/text/diff.h"
#include "session/text/merge.h"
#include "session/text/text.h"

static size_t merge_texts(const struct suggestion *s, const struct str *now, struct str *out)
{
	size_t base_len, len, overlaps;
	const char *base = suggestion_base(s, &base_len), *proposed = suggestion_proposed(s, &len);
	struct lines a, b, c;

	lines_init(&a, base, base_len);
	lines_init(&b, str_cstr(now), now->len);
	lines_init(&c, proposed, len);
	overlaps = merge3(&a, &b, &c, out);
	lines_fini(&a);
	lines_fini(&b);
	lines_fini(&c);
	return overlaps;
}

/* The current path of the file: it may have been renamed by another suggestion, or
 * by this one if the program was killed while applying it. */
static const char *path_now(const struct state *st, const struct proposal *p)
{
	const struct doc *d = state_doc(st, suggestion_path(p->s)), *next;

	for (size_t i = 0; d && moved_gone(d) && i < st->n_docs &&
			   (next = moved_partner(st, d, d->current, NULL));
	     i++)
		d = next;
	return d ? d->path : suggestion_path(p->s);
}

/* The rename that it still proposes, or NULL. */
static const char *moves_still(const struct proposal *p, const char *path)
{
	const char *to = suggestion_moves(p->s);

	return to && strcmp(to, path) != 0 ? to : NULL;
}

static const char why_merged[] = "merged with what changed since";

static bool propose_what_is_there(struct session *s, const struct proposal *p, const char *path,
				  const struct str *now, uint64_t *n, struct err *err)
{
	struct proposed again = { .ask = p->ask,
				  .group = p->group,
				  .path = path,
				  .moves = moves_still(p, path),
				  .by = p->by,
				  .in_place = true,
				  .new_file = suggestion_is_new_file(p->s),
				  .text = { str_cstr(now), now->len } };

	again.base.data = suggestion_base(p->s, &again.base.len);
	return flow_suggest(s, &again, n, err) && flow_replace(s, p->n, *n, why_merged, err);
}

static bool propose(struct session *s, const struct proposal *p, const char *path,
		    const struct str *now, const struct str *text, uint64_t *n, struct err *err)
{
	struct proposed again = { .ask = p->ask,
				  .group = p->group,
				  .path = path,
				  .moves = moves_still(p, path),
				  .by = p->by,
				  .incomplete = suggestion_incomplete(p->s),
				  .removes = suggestion_removes(p->s),
				  .base = { str_cstr(now), now->len },
				  .text = { str_cstr(text), text->len } };

	return flow_suggest(s, &again, n, err) && flow_replace(s, p->n, *n, why_merged, err);
}

bool flow_merge(struct session *s, uint64_t suggestion, struct merged *out, struct err *err)
{
	const struct proposal *p = state_proposal(session_state(s), suggestion);
	struct str now = STR_INIT, text = STR_INIT;
	struct doc *d;
	size_t base_len;
	const char *base, *path;
	bool ok = true, elsewhere;

	*out = (struct merged){ suggestion, 0 };
	if (!p || p->state != PROPOSAL_OPEN)
		return err_set(err, ERR_CONFLICT, "suggestion %llu is closed",
			       (unsigned long long)suggestion);
	path = path_now(session_state(s), p);
	d = edit_open(s, path, true, err);
	if (!d)
		return false;
	text_get_all(d->text, &now);
	elsewhere = strcmp(d->path, suggestion_path(p->s)) != 0;
	path = d->path;
	base = suggestion_base(p->s, &base_len);
	if (suggestion_in_place(p->s)) { /* the proposal is what the file contains */
		base = suggestion_before(p->s, &base_len);
		if (elsewhere || now.len != base_len || memcmp(str_cstr(&now), base, base_len) != 0)
			ok = propose_what_is_there(s, p, path, &now, &out->suggestion, err);
	} else if (elsewhere || now.len != base_len ||
		   memcmp(str_cstr(&now), base, base_len) != 0) {
		out->suggestion = 0;
		out->overlaps = merge_texts(p->s, &now, &text);
		if (moves_still(p, path) || text.len != now.len ||
		    memcmp(str_cstr(&text), str_cstr(&now), now.len) != 0)
			ok = propose(s, p, path, &now, &text, &out->suggestion, err);
		else
			ok = flow_close(s, suggestion, why_merged, err);
	}
	str_free(&now);
	str_free(&text);
	return ok;
}
