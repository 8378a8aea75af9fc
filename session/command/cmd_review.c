/* review and apply: decisions without a screen, and diffs from elsewhere. */
#include "config.h"

#include "session/command/commands.h"

#include <stdlib.h>

#include "session/base/count.h"
#include "session/base/file.h"
#include "session/base/str.h"
#include "session/check/flow_hardware.h"
#include "session/check/flow_smallest.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/provenance.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/option/opt.h"
#include "session/review/flow_apply.h"
#include "session/review/flow_merge.h"
#include "session/review/import_worktree.h"
#include "session/review/flow_place.h"
#include "session/review/proposals.h"
#include "session/text/diff.h"
#include "session/workbench/workbench.h"
#include "session/workbench/workbench_read.h"

/* review */

static const struct proposal *choose(const struct state *st, const char *number, struct err *err)
{
	const struct proposal *p = number ? state_proposal(st, strtoull(number, NULL, 10))
					  : proposals_next_open(st, 0);

	if (!p && number)
		err_set(err, ERR_NOT_FOUND,
			"there is no suggestion %s; `posedge review` lists them", number);
	return p;
}

static void list(const struct workbench *w, const struct proposal *shown)
{
	const struct state *st = session_state(w->session);
	struct str out = STR_INIT;
	size_t n = 0;

	for (size_t i = 0; i < st->n_proposals; i++) {
		const struct proposal *p = st->proposals[i];

		if (p->state != PROPOSAL_OPEN)
			continue;
		n++;
		report_text(
			&w->out,
			"%s suggestion %llu for %s%s, by %s: %zu taken, %zu refused, %zu open\n",
			p == shown ? "*" : " ", (unsigned long long)p->n, suggestion_path(p->s),
			suggestion_remark(p->s), p->by[0] ? p->by : "?",
			suggestion_count(p->s, DECISION_TAKEN),
			suggestion_count(p->s, DECISION_REFUSED),
			suggestion_count(p->s, DECISION_OPEN));
	}
	units_print(shown->s, &out);
	report_text(&w->out, "\n%s\nposedge review", str_cstr(&out));
	if (n > 1)
		report_text(&w->out, " --suggestion %llu", (unsigned long long)shown->n);
	report_text(&w->out, " --take 1,3-5 --refuse rest --apply\n");
	str_free(&out);
}

/* In this order: undecide, take, refuse. */
static bool decide(struct cmd_call *c, const struct proposal *p, struct err *err)
{
	static const struct {
		const char *option;
		enum decision decision;
	} all[] = {
		{ "--undecide", DECISION_OPEN },
		{ "--take", DECISION_TAKEN },
		{ "--refuse", DECISION_REFUSED },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		const char *given = cmd_opt(c, all[i].option);

		if (given && !units_decide(c->w->session, p, given, all[i].decision, NULL, err))
			return false;
	}
	return true;
}

static bool apply(struct workbench *w, const struct proposal *p, struct err *err)
{
	struct applied done;

	if (!flow_apply_unseen(w->options, err) ||
	    !flow_apply_decided(w->session, p->n, &done, err))
		return false;
	report_text(&w->out, "%s: took %zu, refused %zu, %zu still open%s\n", suggestion_path(p->s),
		    done.taken, done.refused, done.open,
		    done.moved	 ? "; moved"
		    : done.saved ? "; saved"
				 : "");
	return true;
}

/* Fails if the suggestion was merged, because unit numbers refer to the list that
 * the user saw. */
static bool is_up_to_date(struct cmd_call *c, const struct proposal *p, struct err *err)
{
	uint64_t old = p->n;
	struct merged m;

	if (!proposals_follow_disk(c->w->session, suggestion_path(p->s), err) ||
	    !flow_merge(c->w->session, old, &m, err))
		return false;
	if (m.suggestion == old)
		return true;
	if (m.suggestion == 0)
		return err_set(err, ERR_CONFLICT,
			       "what suggestion %llu proposes is in the file already; it is closed",
			       (unsigned long long)old);
	return err_set(err, ERR_CONFLICT,
		       "the file changed since: suggestion %llu was merged into %llu, %zu places "
		       "overlap; look at `posedge review` again",
		       (unsigned long long)old, (unsigned long long)m.suggestion, m.overlaps);
}

static bool review_git(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	struct place_result placed = { 0 };
	const char *rev = c->argc ? c->argv[0] : "HEAD";
	bool ok = workbench_session(w, SESSION_FULL, err) && import_worktree(w, rev, &placed, err);

	for (size_t i = 0; i < placed.refused.n; i++)
		report_note(&w->out, "%s", placed.refused.v[i]);
	if (ok && placed.n == 0 && placed.refused.n)
		c->status = CMD_TROUBLE;
	else if (ok && placed.n == 0)
		report_text(&w->out, "nothing differs from %s\n", rev);
	else if (ok)
		report_text(&w->out,
			    "%zu file%s from outside wait%s: `posedge review` decides; what is "
			    "refused is put back\n",
			    placed.n, count_s(placed.n), placed.n == 1 ? "s" : "");
	place_result_fini(&placed);
	return ok;
}

static void on_run(void *ctx, size_t runs, size_t enough)
{
	struct workbench *w = ctx;

	report_note(&w->out, "run %zu: %zu hunk%s %s enough", runs, enough, count_s(enough),
		    enough == 1 ? "is" : "are");
}

/* Prints the units of the needed places, in the form that --take accepts. */
static void print_needed(const struct suggestion *s, const struct smallest *found, struct str *out)
{
	size_t n = suggestion_units(s);

	for (size_t i = 0; i < n; i++) {
		size_t first = i;

		if (!found->hunks[suggestion_unit(s, i)->hunk])
			continue;
		while (i + 1 < n && found->hunks[suggestion_unit(s, i + 1)->hunk])
			i++;
		str_addf(out, first == i ? "%s%zu" : "%s%zu-%zu", out->len ? "," : "", first + 1,
			 i + 1);
	}
}

static bool smallest(struct workbench *w, const struct proposal *p, struct err *err)
{
	struct smallest_request r = {
		.suggestion = p->n, .engine = w->options->engine, .progress = on_run, .ctx = w
	};
	struct str units = STR_INIT;
	struct smallest found;
	uint64_t n = p->n;
	bool ok = flow_smallest(w, &r, &found, err);

	if (ok && found.needed == 0) {
		report_text(&w->out, "the testbench passes without any of it\n");
	} else if (ok) {
		print_needed(state_proposal(session_state(w->session), n)->s, &found, &units);
		report_text(&w->out,
			    "%zu of %zu hunks are enough, found in %zu runs:\n"
			    "posedge review --suggestion %llu --take %s\n",
			    found.needed, found.n, found.runs, (unsigned long long)n,
			    str_cstr(&units));
	}
	smallest_fini(&found);
	str_free(&units);
	return ok;
}

static bool print_hardware(struct workbench *w, const struct proposal *p, struct err *err)
{
	struct strv lines = STRV_INIT;
	bool ok = flow_hardware(w, NULL, p->n, &lines, err);

	for (size_t i = 0; i < lines.n; i++)
		report_text(&w->out, "%s\n", lines.v[i]);
	strv_free(&lines);
	return ok;
}

/* Mentions other open suggestions, because only one is decided at a time here. */
static bool say_waiting(const struct workbench *w)
{
	const struct state *st = session_state(w->session);

	for (size_t i = 0; i < st->n_proposals; i++)
		if (st->proposals[i]->state == PROPOSAL_OPEN)
			report_note(&w->out, "%s waits: --suggestion %llu",
				    suggestion_path(st->proposals[i]->s),
				    (unsigned long long)st->proposals[i]->n);
	return true;
}

bool cmd_review(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	bool changes = cmd_opt(c, "--take") || cmd_opt(c, "--refuse") || cmd_opt(c, "--undecide") ||
		       cmd_opt(c, "--apply") || cmd_opt(c, "--smallest");
	const struct proposal *p;
	struct err why;

	if (c->argc && !cmd_opt(c, "--git"))
		return err_set(err, ERR_USAGE, "a revision goes with --git");
	if (cmd_opt(c, "--git"))
		return review_git(c, err);
	if (!workbench_session(w, changes ? SESSION_FULL : SESSION_READ, &why)) {
		if (why.code == ERR_NOT_FOUND && !cmd_opt(c, "--suggestion")) {
			report_text(&w->out, "nothing waits for a decision\n");
			return true;
		}
		return err_copy(err, &why);
	}
	p = choose(session_state(w->session), cmd_opt(c, "--suggestion"), err);
	if (!p && cmd_opt(c, "--suggestion"))
		return false;
	if (!p || p->state != PROPOSAL_OPEN) {
		report_text(&w->out, "%s\n",
			    p ? "it is closed already" : "nothing waits for a decision");
		return true;
	}
	if (changes && !is_up_to_date(c, p, err))
		return false;
	if (!decide(c, p, err))
		return false;
	if (cmd_opt(c, "--smallest"))
		return smallest(w, p, err);
	if (cmd_opt(c, "--hardware") && !print_hardware(w, p, err))
		return false;
	if (cmd_opt(c, "--apply"))
		return apply(w, p, err) && say_waiting(w);
	if (cmd_opt(c, "--hardware"))
		return true;
	list(w, p);
	return true;
}

/* blame */

static void print_blame(const struct report *out, const struct state *st,
			const struct provenance *p, const struct str *text)
{
	struct lines l;
	struct strv names = STRV_INIT;
	int width = 0;

	lines_init(&l, str_cstr(text), text->len);
	for (size_t i = 0; i < l.n; i++) {
		struct str name = STR_INIT;

		author_print(st, p ? provenance_line(p, i) : (struct author){ AUTHOR_BEFORE, 0 },
			     &name);
		width = (int)name.len > width ? (int)name.len : width;
		strv_give(&names, str_take(&name));
	}
	for (size_t i = 0; i < l.n; i++) {
		size_t len;
		const char *line = lines_at(&l, i, &len);

		report_text(out, "%-*s %5zu  %.*s%s", width, names.v[i], i + 1, (int)len, line,
			    len && line[len - 1] == '\n' ? "" : "\n");
	}
	strv_free(&names);
	lines_fini(&l);
}

bool cmd_blame(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	struct str base = STR_INIT, disk = STR_INIT;
	char *rel = NULL, *full = NULL;
	struct provenance *p = NULL;
	const struct doc *d = NULL;
	const struct state *st = NULL;
	struct err why;
	bool ok = workplace_path(&w->place, c->argv[0], &rel, err);

	full = ok ? path_join(w->place.root, rel) : NULL;
	ok = ok && file_read(full, PROVENANCE_LIMIT, &disk, err);
	if (ok && workbench_session(w, SESSION_READ, &why)) {
		st = session_state(w->session);
		d = state_doc(st, rel);
	} else if (ok && why.code != ERR_NOT_FOUND) {
		err_copy(err, &why);
		ok = false;
	}
	if (ok && d) {
		ok = edit_base(w->session, d, &base, err);
		p = ok ? provenance_new(st, d, d->saved, str_cstr(&base), base.len) : NULL;
		ok = ok &&
		     ((p && provenance_set_text(p, st, str_cstr(&disk), disk.len,
						(struct author){ AUTHOR_DISK, 0 })) ||
		      err_set(err, ERR_LIMIT, "%s: too large to say who wrote its lines", rel));
	}
	if (ok)
		print_blame(&w->out, st, p, &disk);
	provenance_free(p);
	str_free(&base);
	str_free(&disk);
	free(rel);
	free(full);
	return ok;
}

/* apply */

bool cmd_apply(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	struct str text = STR_INIT;
	struct place_request r = { .by = "outside" };
	struct place_result placed = { 0 };
	bool write = cmd_opt(c, "--apply") != NULL;
	char *path = workplace_full(&w->place, c->argv[0]); /* may be outside the project */
	bool ok = workbench_session(w, write ? SESSION_FULL : SESSION_APPEND, err) &&
		  file_read(path, WORKBENCH_READ_MAX, &text, err);

	r.text = str_cstr(&text);
	r.len = text.len;
	ok = ok && flow_place(w, &r, &placed, err);
	proposals_print(w, &placed);
	if (placed.refused.n || (ok && placed.n == 0) || !proposals_whole(w->session, &placed))
		c->status = CMD_TROUBLE;
	if (ok && placed.n == 0 && placed.refused.n == 0)
		ok = err_set(err, ERR_PARSE, "%s: no change was found in it", c->argv[0]);
	if (ok && write && placed.n)
		ok = proposals_apply_linted(w, &placed, err);
	else if (ok && placed.n)
		report_note(&w->out, "%zu suggestion%s: `posedge review` decides", placed.n,
			    placed.n == 1 ? " waits" : "s wait");
	place_result_fini(&placed);
	str_free(&text);
	free(path);
	return ok;
}
