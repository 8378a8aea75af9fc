/* propose_edit: the only tool that can change a file, after a person has decided.
 *
 * It makes a suggestion like one from an answer. The base is the text on the screen,
 * so an edit of lines that have changed since is refused, with advice to read them
 * again. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/check/composite.h"
#include "session/journal/doc.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/lint/flow_lint.h"
#include "session/review/flow_replace.h"
#include "session/review/flow_suggest.h"
#include "session/text/patch.h"
#include "session/toolbox/judges.h"
#include "session/toolbox/tool_args.h"
#include "session/toolbox/tools.h"
#include "session/output/diag.h"
#include "session/workbench/workbench.h"
#include "session/workbench/workbench_read.h"

#define REASON_MAX 400 /* bytes */

/* The second proposal for a file in a turn is based on the first. */
struct edit {
	char *path;
	const char *text, *search, *replace, *reason;
	bool is_new;
	struct str base, proposed;
	uint64_t earlier; /* number of that first one; 0: none */
};

static bool read_args(const char *root, const cJSON *args, struct edit *e, struct err *err)
{
	if (!arg_path(root, args, &e->path, err) ||
	    !arg_text(args, "reason", true, &e->reason, err) ||
	    !arg_text(args, "text", false, &e->text, err) ||
	    !arg_text(args, "search", false, &e->search, err) ||
	    !arg_text(args, "replace", false, &e->replace, err))
		return false;
	if ((e->text != NULL) == (e->search != NULL))
		return err_set(err, ERR_USAGE,
			       "give either \"text\", or \"search\" and \"replace\"");
	return !e->search || e->replace || err_set(err, ERR_USAGE, "\"replace\" is missing");
}

/* A judge may be changed if the user has it open, and so sees the change; else not. */
static bool may_change(struct workbench *w, const struct edit *e, struct err *err)
{
	const struct doc *d = session_doc(w->session, e->path);
	const struct project *p = workbench_project(w, err);
	char *why;

	if (!p || (d && d->open))
		return p;
	why = e->is_new ? judge_why_new(p, w->options, e->path, str_cstr(&e->proposed),
					e->proposed.len)
			: judge_why(p, w->options, e->path);
	if (why)
		err_set(err, ERR_USAGE,
			"%s counts as what the design is judged by (%s): it may be changed only "
			"while the person has it open",
			e->path, why);
	free(why);
	return !why;
}

static const struct proposal *earlier_of(struct session *session, const struct tool_turn *t,
					 const char *path)
{
	for (size_t i = t ? t->n : 0; i-- > 0;) {
		const struct proposal *p =
			state_proposal(session_state(session), t->suggestions[i]);

		if (p && p->state == PROPOSAL_OPEN && strcmp(suggestion_path(p->s), path) == 0)
			return p;
	}
	return NULL;
}

static bool make_text(struct workbench *w, const struct tool_turn *t, struct edit *e,
		      struct err *err)
{
	const struct proposal *earlier = earlier_of(w->session, t, e->path);
	struct str from = STR_INIT;
	enum patch_how how;
	bool ok = true;

	e->is_new = !workbench_read(w, e->path, &e->base);
	if (earlier) {
		e->earlier = earlier->n;
		suggestion_compose_rest(earlier->s, &from);
	} else {
		str_add(&from, str_cstr(&e->base), e->base.len);
	}
	if (e->text)
		str_adds(&e->proposed, e->text);
	else if (e->is_new && !earlier)
		ok = err_set(err, ERR_NOT_FOUND, "%s: there is no such file", e->path);
	else
		ok = patch_replace(str_cstr(&from), from.len, e->search, strlen(e->search),
				   e->replace, strlen(e->replace), &e->proposed, &how, err);
	str_free(&from);
	if (!ok)
		return false;
	return e->base.len != e->proposed.len ||
	       memcmp(str_cstr(&e->base), str_cstr(&e->proposed), e->base.len) != 0 ||
	       err_set(err, ERR_USAGE, "%s: that changes nothing", e->path);
}

/* Appends the lint result with all open proposals of the turn. */
static void say_lint(struct workbench *w, uint64_t suggestion, struct str *out)
{
	struct composite all;
	const struct diag_list *found = NULL;
	struct err err;

	bool ok;

	composite_init(&all, session_state(w->session), suggestion, COMPOSITE_REST, NULL);
	ok = flow_lint_if(w, all.v, all.n, &found, &err);
	composite_fini(&all);
	if (!ok) {
		str_addf(out, "lint did not run: %s\n", err.text);
		return;
	}
	str_addf(out, "lint, if all of it is taken: %zu errors, %zu risks\n",
		 diag_list_count(found, DIAG_ERROR), diag_list_count(found, DIAG_RISK));
	for (size_t i = 0, n = 0; i < diag_list_len(found) && n < 20; i++) {
		if (diag_list_at(found, i)->rank == DIAG_STYLE)
			continue;
		diag_print(diag_list_at(found, i), out);
		str_addc(out, '\n');
		n++;
	}
	diag_list_free(found);
}

static bool keep_reason(struct session *session, uint64_t n, const char *reason, struct err *err)
{
	struct event note = { .type = EVENT_NOTE };
	struct str text = STR_INIT;
	bool ok;

	str_addf(&text, "suggestion %llu: %.*s", (unsigned long long)n, REASON_MAX, reason);
	note.note.text = (struct bytes){ str_cstr(&text), text.len };
	ok = session_record(session, &note, NULL, err);
	str_free(&text);
	return ok;
}

/* Adds the suggestion to the turn, in place of an earlier one for the same file. */
static bool add_to_turn(struct session *session, struct tool_turn *t, const struct edit *e,
			uint64_t n, struct err *err)
{
	bool ok = true;

	if (!t)
		return true;
	tool_turn_changed(t);
	if (e->earlier)
		ok = flow_replace(session, e->earlier, n, FLOW_REPLACED, err);
	else
		ok = flow_replace_earlier(session, n, err);
	for (size_t i = 0; e->earlier && i < t->n; i++)
		if (t->suggestions[i] == e->earlier) {
			t->suggestions[i] = n;
			return ok;
		}
	MEM_PUSH(t->suggestions, t->n, t->cap, n);
	return ok;
}

bool tool_propose_edit(struct tool_call *c, struct err *err)
{
	struct edit e = { .base = STR_INIT, .proposed = STR_INIT };
	struct proposed p = { .by = c->use->by, .ask = c->use->ask };
	uint64_t n = 0;
	bool ok = read_args(c->w->place.root, c->args, &e, err) &&
		  workbench_session(c->w, SESSION_APPEND, err) &&
		  make_text(c->w, c->use->turn, &e, err) && may_change(c->w, &e, err);

	if (ok) {
		p.path = e.path;
		p.new_file = e.is_new;
		p.base = (struct bytes){ str_cstr(&e.base), e.base.len };
		p.text = (struct bytes){ str_cstr(&e.proposed), e.proposed.len };
		p.group = c->use->turn && c->use->turn->n ? c->use->turn->suggestions[0] : 0;
		ok = flow_suggest(c->w->session, &p, &n, err) &&
		     add_to_turn(c->w->session, c->use->turn, &e, n, err);
	}
	ok = ok && keep_reason(c->w->session, n, e.reason, err);
	if (ok) {
		str_addf(c->out,
			 "suggestion %llu for %s waits for a person; nothing is written yet\n",
			 (unsigned long long)n, e.path);
		say_lint(c->w, n, c->out);
		ok = session_sync(c->w->session, err);
	}
	str_free(&e.base);
	str_free(&e.proposed);
	free(e.path);
	return ok;
}
