/* Suggestions on the command line: printed as a diff, decided by number, applied
 * together. `--apply` first checks that every file of an answer can be written,
 * then takes the lines, then writes: all or none. Cut answers, and those with a syntax
 * error, are left for review; so is each file that a note asks somebody to look at, such as
 * one that would lose most of its lines.
 */
#include "config.h"

#include "session/review/proposals.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/review/apply_lint.h"
#include "session/review/flow_apply.h"
#include "session/review/flow_decide.h"
#include "session/review/flow_place.h"
#include "session/text/diff.h"
#include "session/workbench/workbench.h"

struct proposal *proposals_next_open(const struct state *s, uint64_t after)
{
	struct proposal *first = NULL;

	for (size_t i = 0; i < s->n_proposals; i++) {
		if (s->proposals[i]->state != PROPOSAL_OPEN)
			continue;
		if (s->proposals[i]->n > after)
			return s->proposals[i];
		first = first ? first : s->proposals[i];
	}
	return first;
}

size_t proposals_waiting(const struct state *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n_proposals; i++)
		n += s->proposals[i]->state == PROPOSAL_OPEN;
	return n;
}

/* All of an answer ----------------------------------------------------------------- */

void proposals_print(const struct workbench *w, const struct place_result *r)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct proposal *p =
			state_proposal(session_state(w->session), r->suggestions[i]);
		struct str diff = STR_INIT;

		suggestion_print(p->s, &diff);
		report_text(&w->out, "%s%s", i ? "" : "\n", str_cstr(&diff));
		if (suggestion_incomplete(p->s))
			report_note(&w->out,
				    "%s: the answer was cut off here; nothing of it is applied by "
				    "itself",
				    suggestion_path(p->s));
		str_free(&diff);
	}
	for (size_t i = 0; i < r->notes.n; i++)
		report_note(&w->out, "%s", r->notes.v[i]);
	for (size_t i = 0; i < r->refused.n; i++)
		report_note(&w->out, "%s", r->refused.v[i]);
}

/* Fails with the reason why no one should write it unread: what is missing may be a line of
 * the same file, or a file that the others need. */
static bool check_whole(struct session *session, const struct place_result *r, struct err *err)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct suggestion *s =
			state_proposal(session_state(session), r->suggestions[i])->s;

		if (suggestion_incomplete(s))
			return err_set(err, ERR_CONFLICT,
				       "%s: the answer was cut off here: nothing of it is written "
				       "by itself; `posedge review` decides",
				       suggestion_path(s));
		if (r->thin && r->thin[i])
			return err_set(
				err, ERR_CONFLICT,
				"%s: the notes say why someone has to look at it: nothing "
				"of the answer is written by itself; `posedge review` decides",
				suggestion_path(s));
	}
	return !r->cut || err_set(err, ERR_CONFLICT,
				  "the answer was cut off: nothing of it is written by itself; "
				  "`posedge review` decides");
}

bool proposals_whole(struct session *session, const struct place_result *r)
{
	return check_whole(session, r, NULL);
}

bool proposals_follow_disk(struct session *s, const char *path, struct err *err)
{
	struct doc *d = edit_open(s, path, true, err);

	return d && (!doc_unsaved(d) || edit_reload(s, path, err));
}

bool proposals_apply(struct workbench *w, const struct place_result *r, struct err *err)
{
	struct applied *done = mem_calloc(r->n + 1, sizeof(*done));
	bool ok = flow_apply_unseen(w->options, err) && check_whole(w->session, r, err);

	for (size_t i = 0; ok && i < r->n; i++) {
		const struct proposal *p =
			state_proposal(session_state(w->session), r->suggestions[i]);

		ok = proposals_follow_disk(w->session, suggestion_path(p->s), err) &&
		     flow_apply_check(w->session, p->n, err);
	}
	for (size_t i = 0; ok && i < r->n; i++)
		ok = flow_take_open(w->session, r->suggestions[i], err);
	ok = ok && (r->n == 0 || flow_apply_together(w->session, r->suggestions, r->n, "--apply",
						     NULL, done, err));
	for (size_t i = 0; ok && i < r->n; i++) {
		const struct suggestion *s =
			state_proposal(session_state(w->session), r->suggestions[i])->s;

		report_note(&w->out, "wrote %s",
			    done[i].moved ? suggestion_moves(s) : suggestion_path(s));
	}
	free(done);
	return ok;
}

/* Copies what may be written without a review, and names the other files in left. A file that
 * was cut off stays in: then nothing is written. */
static void take_sure(struct session *session, const struct place_result *r,
		      struct place_result *sure, struct str *left)
{
	*sure = (struct place_result){ .cut = r->cut };
	sure->suggestions = mem_calloc(r->n + 1, sizeof(*sure->suggestions));
	for (size_t i = 0; i < r->n; i++) {
		const struct suggestion *s =
			state_proposal(session_state(session), r->suggestions[i])->s;

		if (!r->thin || !r->thin[i] || suggestion_incomplete(s))
			sure->suggestions[sure->n++] = r->suggestions[i];
		else
			str_addf(left, "%s%s", left->len ? ", " : "", suggestion_path(s));
	}
}

bool proposals_apply_linted(struct workbench *w, const struct place_result *r, struct err *err)
{
	struct place_result sure;
	struct str left = STR_INIT;
	bool ok = flow_apply_unseen(w->options, err);

	take_sure(w->session, r, &sure, &left);
	ok = ok && check_whole(w->session, &sure, err) &&
	     apply_lint(w, sure.suggestions, sure.n, err) && proposals_apply(w, &sure, err) &&
	     (left.len == 0 ||
	      err_set(err, ERR_CONFLICT,
		      "%s: the notes say why someone has to look at it: not written; "
		      "`posedge review` decides",
		      str_cstr(&left)));
	free(sure.suggestions);
	str_free(&left);
	return ok;
}

/* Units by number ------------------------------------------------------------------- */

static const char marks[] = {
	[DECISION_OPEN] = '?', [DECISION_TAKEN] = 'y', [DECISION_REFUSED] = 'n'
};

static void print_line(struct str *out, size_t number, enum decision d, char sign,
		       const struct lines *l, size_t line)
{
	size_t len;
	const char *text = lines_at(l, line, &len);
	bool lf = len && text[len - 1] == '\n';

	if (number)
		str_addf(out, "%5zu %c", number, marks[d]);
	else
		str_adds(out, "       ");
	str_addf(out, " %5zu %c %.*s%s\n", line + 1, sign, (int)(len - lf), text,
		 lf ? "" : "  (no newline at the end)");
}

void units_print(const struct suggestion *s, struct str *out)
{
	size_t base_len, len;
	const char *base = suggestion_base(s, &base_len), *fresh = suggestion_proposed(s, &len);
	struct lines a, b;

	lines_init(&a, base, base_len);
	lines_init(&b, fresh, len);
	for (size_t i = 0; i < suggestion_units(s); i++) {
		const struct unit *u = suggestion_unit(s, i);

		if (i && u->hunk != u[-1].hunk)
			str_addc(out, '\n');
		if (u->kind == UNIT_MOVED) {
			str_addf(out, "%5zu %c       > ", i + 1, marks[u->decision]);
			suggestion_print_move(s, out);
			str_addc(out, '\n');
			continue;
		}
		if (u->kind != UNIT_ADDED)
			print_line(out, i + 1, u->decision, '-', &a, u->base_line);
		if (u->kind != UNIT_REMOVED)
			print_line(out, u->kind == UNIT_ADDED ? i + 1 : 0, u->decision, '+', &b,
				   u->new_line);
	}
	lines_fini(&a);
	lines_fini(&b);
}

static bool choose_range(const char *item, size_t len, const struct suggestion *s, bool *chosen)
{
	size_t n = suggestion_units(s);
	unsigned long first, last;
	char *end;

	if ((len == 3 && memcmp(item, "all", 3) == 0) ||
	    (len == 4 && memcmp(item, "rest", 4) == 0)) {
		for (size_t i = 0; i < n; i++)
			chosen[i] |= len == 3 || suggestion_unit(s, i)->decision == DECISION_OPEN;
		return true;
	}
	if (len == 0 || strspn(item, "0123456789-") < len || item[0] == '-')
		return false;
	first = last = strtoul(item, &end, 10);
	if (end < item + len)
		last = strtoul(end + 1, &end, 10);
	if (end != item + len || first == 0 || last < first || last > n)
		return false;
	for (size_t i = first; i <= last; i++)
		chosen[i - 1] = true;
	return true;
}

bool units_choose(const char *given, const struct suggestion *s, bool *chosen, struct err *err)
{
	size_t n = suggestion_units(s);

	memset(chosen, 0, n * sizeof(*chosen));
	for (const char *p = given;;) {
		size_t len = strcspn(p, ",");

		if (!choose_range(p, len, s, chosen)) {
			memset(chosen, 0, n * sizeof(*chosen));
			return err_set(err, ERR_USAGE,
				       "%s: numbers from 1 to %zu, ranges such as 3-5, all or rest",
				       given, n);
		}
		if (!p[len])
			return true;
		p += len + 1;
	}
}

struct choice {
	const struct suggestion *s;
	const bool *chosen;
};

static bool is_chosen(const void *ctx, const struct unit *u)
{
	const struct choice *c = ctx;

	return c->chosen[u - suggestion_unit(c->s, 0)];
}

bool units_decide(struct session *s, const struct proposal *p, const char *given, enum decision d,
		  size_t *n, struct err *err)
{
	bool *chosen = mem_calloc(suggestion_units(p->s) + 1, sizeof(*chosen));
	struct choice c = { p->s, chosen };
	bool ok = units_choose(given, p->s, chosen, err) &&
		  flow_decide_some(s, p->n, is_chosen, &c, d, n, err);

	free(chosen);
	return ok;
}
