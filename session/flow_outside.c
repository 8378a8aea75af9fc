#include "config.h"

#include "session/flow_outside.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/edit.h"
#include "session/event.h"
#include "session/flow_suggest.h"
#include "session/proposals.h"
#include "session/revisions.h"
#include "session/session.h"
#include "session/state.h"
#include "session/text.h"
#include "session/workbench.h"

/* What was asked before of the same file, and is not decided yet. */
static bool close_earlier(struct session *s, const char *path, struct err *err)
{
	const struct state *st = session_state(s);
	bool ok = true;

	for (size_t i = 0; ok && i < st->n_proposals; i++) {
		const struct proposal *p = st->proposals[i];
		struct event e = { .type = EVENT_APPLY };

		if (p->state != PROPOSAL_OPEN || !suggestion_in_place(p->s) || strcmp(suggestion_path(p->s), path) != 0)
			continue;
		e.apply.suggestion = p->n;
		e.apply.open = suggestion_units(p->s);
		e.apply.how = "asked for anew";
		ok = session_record(s, &e, NULL, err);
	}
	return ok;
}

static bool is_text(const struct str *s)
{
	return s->len == 0 || !memchr(s->data, '\0', s->len);
}

static bool one_file(struct workbench *w, const char *rev, const char *path, struct place_result *out, struct err *err)
{
	struct str base = STR_INIT, now = STR_INIT;
	struct proposed p = { .path = path, .by = "outside", .in_place = true };
	struct err why = { 0 };
	const struct doc *d;
	bool there, ok = false;

	if (!w->ports->revisions->text(w->loop, w->root, rev, path, FLOW_READ_LIMIT, &base, &there, &why) ||
	    !proposals_follow_disk(w->session, path, &why)) {
		if (why.code != ERR_CANCELLED)
			strv_addf(&out->refused, "%s: %s", path, why.text);
		ok = why.code != ERR_CANCELLED || err_set(err, why.code, "%s", why.text);
		goto out;
	}
	d = session_doc(w->session, path);
	text_get_all(d->text, &now);
	if (!is_text(&base) || !is_text(&now) || now.len > FLOW_READ_LIMIT) {
		strv_addf(&out->refused, "%s: no text, or too large to review", path);
		ok = true;
		goto out;
	}
	p.new_file = !there;
	p.removes = !edit_on_disk(w->session, path);
	p.base = (struct bytes){ str_cstr(&base), base.len };
	p.text = (struct bytes){ str_cstr(&now), now.len };
	ok = close_earlier(w->session, path, err);
	if (ok && (base.len != now.len || memcmp(str_cstr(&base), str_cstr(&now), now.len) != 0))
		ok = flow_suggest(w->session, &p, &out->suggestions[out->n], err) && ++out->n;
out:
	str_free(&base);
	str_free(&now);
	return ok;
}

bool flow_outside(struct workbench *w, const char *rev, struct place_result *out, struct err *err)
{
	const struct revisions_ops *ops = w->ports->revisions;
	struct strv paths = STRV_INIT;
	bool ok;

	memset(out, 0, sizeof(*out));
	if (!ops)
		return err_set(err, ERR_TOOL, "this program knows no revisions");
	ok = ops->changed(w->loop, w->root, rev, &paths, err);
	if (ok && paths.n > OUTSIDE_FILES_MAX)
		ok = err_set(err, ERR_LIMIT, "%zu files differ from %s; at most %d are reviewed at once", paths.n, rev,
			     OUTSIDE_FILES_MAX);
	out->suggestions = mem_calloc(paths.n, sizeof(*out->suggestions));
	for (size_t i = 0; ok && i < paths.n; i++)
		ok = one_file(w, rev, paths.v[i], out, err);
	strv_free(&paths);
	return ok;
}
