/* Taken lines with which no run has passed yet.
 *
 * A line is in a document as long as the node that added it is on the path from the
 * base to the current node. So nothing needs to be compared: an undo leaves that
 * path, a redo returns to it. Two things break this: a rewind, which restores an
 * earlier text as a new step, and opening a document anew because another program
 * wrote the file. Then it is unknown whether the lines are there.
 */
#include "config.h"

#include "session/base/mem.h"
#include "session/journal/state.h"

#include <string.h>

#include "session/journal/state_inner.h"
#include "session/verdict/run.h"

/* A file that is deleted or renamed has no lines: no run can contain them, and none
 * are missing. */
static bool is_gone(const struct doc *d)
{
	return d->current && d->nodes[d->current].kind == DOC_GONE;
}

static bool has_node(const struct doc *d, uint64_t suggestion, uint32_t from)
{
	for (uint32_t i = d->n_nodes; i-- > from;)
		if (doc_suggestion(d, i) == suggestion)
			return true;
	return false;
}

/* False: d is not concerned. Parents have smaller numbers, so nodes made before the
 * lines were added are not visited. */
static bool where_in(const struct doc *d, uint64_t suggestion, uint32_t from,
		     enum untested_where *out)
{
	bool rewound = false;

	for (uint32_t i = d->current; i && i >= from; i = d->nodes[i].parent) {
		if (doc_suggestion(d, i) == suggestion) {
			*out = rewound ? UNTESTED_UNKNOWN : UNTESTED_THERE;
			return true;
		}
		rewound |= d->nodes[i].source == EDIT_BY_REWIND;
	}
	if (!has_node(d, suggestion, from))
		return false;
	*out = rewound ? UNTESTED_UNKNOWN : UNTESTED_UNDONE;
	return true;
}

/* The document that has the lines: that of the suggestion, or the one it was
 * renamed to. NULL: none is known to have them. */
static const struct doc *doc_of(const struct state *s, const struct untested *u,
				enum untested_where *out)
{
	const struct proposal *p = state_proposal(s, u->suggestion);
	const struct doc *own = p ? state_doc(s, suggestion_path(p->s)) : NULL;

	if (own && !where_in(own, u->suggestion, u->from, out))
		own = NULL;
	if (own && !is_gone(own))
		return own;
	for (size_t i = 0; i < s->n_docs; i++)
		if (s->docs[i] != own && !is_gone(s->docs[i]) &&
		    where_in(s->docs[i], u->suggestion, 1, out))
			return s->docs[i];
	return own;
}

enum untested_where untested_where(const struct state *s, const struct untested *u)
{
	enum untested_where where = UNTESTED_UNKNOWN;

	return doc_of(s, u, &where) ? where : UNTESTED_UNKNOWN;
}

void untested_apply(struct state *s, const struct event *e)
{
	const struct proposal *p = state_proposal(s, e->apply.suggestion);
	const struct doc *d = p ? state_doc(s, suggestion_path(p->s)) : NULL;
	struct untested u = { e->apply.suggestion, e->apply.taken, 0, d ? d->n_nodes : 1 };

	if (!p || suggestion_in_place(p->s) || u.lines == 0) /* these lines were there before */
		return;
	MEM_PUSH(s->untested, s->n_untested, s->cap_untested, u);
}

static bool has_line(const struct bytes *lines, const char *line)
{
	size_t len = strlen(line);

	for (const char *p = lines->data ? lines->data : "", *end = p + lines->len; p < end;) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));
		size_t n = lf ? (size_t)(lf - p) : (size_t)(end - p);

		if (n == len && memcmp(p, line, n) == 0)
			return true;
		p += n + 1;
	}
	return false;
}

/* A run that confirms another, or of other texts than the documents', proves
 * nothing here. */
void untested_run(struct state *s, const struct event *e)
{
	if (e->run.confirms || e->run.as_if)
		return;
	for (size_t i = 0; i < s->n_untested; i++) {
		struct untested *u = &s->untested[i];
		enum untested_where where = UNTESTED_UNKNOWN;
		const struct doc *d = doc_of(s, u, &where);
		const struct proposal *p = state_proposal(s, u->suggestion);
		const char *path = d ? d->path : p ? suggestion_path(p->s) : "";

		if (where != UNTESTED_UNDONE &&
		    ((d && is_gone(d)) || has_line(&e->run.files, path)))
			u->run = e->n;
	}
}

void untested_verdict(struct state *s, const struct event *e)
{
	size_t kept = 0;

	if (!verdict_is(e->verdict.verdict, VERDICT_PASS))
		return;
	for (size_t i = 0; i < s->n_untested; i++)
		if (s->untested[i].run != e->verdict.run)
			s->untested[kept++] = s->untested[i];
	s->n_untested = kept;
}
