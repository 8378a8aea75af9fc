/* What a failing check can print, including the tasks, functions and macros that
 * it calls.
 *
 * Starting from the bad branch of a site, calls are followed, each routine once,
 * at any depth. What only bad branches can reach was printed by a failure, so the
 * first such line is that of the first failure. What others call as well may have
 * been printed earlier.
 *
 *     if (q !== e) report("q");       branch      sure
 *     task report(...); line(...);    routine     sure: only bad branches call it
 *     task line(...); $display(...);  routine     shared: `initial` calls it, too
 *
 * A string passed as an argument, report("q"), is printed by $display("%s",
 * what), which tells the line matcher nothing, so it is added to the result as a
 * print of its own.
 */
#include "config.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/testbench/checks_inner.h"

#define MAX_ROUTINES 20000u
#define MAX_ROUNDS   64	 /* call depth; deeper routines count as shared */
#define MAX_HANDED   256 /* tokens in the brackets of a call */
#define NO_ROUTINE   ((size_t)-1)

struct routine {
	size_t source;
	int node;
	size_t first, same; /* of that name: the first one; the next one or NO_ROUTINE */
	/* set in the first one for all of that name; shared: called from elsewhere, too */
	bool reached, shared;
};

struct said {
	const struct checks *c;
	struct routine *v;
	size_t n, cap;
	struct name_map by_name; /* to the first of that name */
	size_t *queue;
	size_t queued;
};

static size_t named(const struct said *d, const struct vstmts *s, struct vspan called)
{
	struct vspan name = checks_routine(s, called);
	size_t i;

	return name_map_get(&d->by_name, s->text + name.off, name.end - name.off, &i) ? i
										      : NO_ROUTINE;
}

static size_t named_by(const struct said *d, const struct vstmts *s, size_t token)
{
	const struct vstmt_token *t = &s->tokens[token];

	return t->kind == VTOKEN_NAME || t->kind == VTOKEN_DIRECTIVE
		       ? named(d, s, checks_token(s, token))
		       : NO_ROUTINE;
}

static void add_routine(struct said *d, size_t source, int node)
{
	const struct vstmts *s = &d->c->sources[source].s;
	struct vspan name = checks_routine(s, s->v[node].name);
	struct routine new = { source, node, d->n, NO_ROUTINE, false, false };
	size_t first;

	if (name.off >= name.end || d->n >= MAX_ROUTINES)
		return;
	first = named(d, s, name);
	MEM_ROOM(d->v, d->n, d->cap);
	if (first != NO_ROUTINE) {
		new.first = first;
		new.same = d->v[first].same;
		d->v[first].same = d->n;
	} else {
		name_map_put(&d->by_name, s->text + name.off, name.end - name.off, d->n);
	}
	d->v[d->n++] = new;
}

static void find_routines(struct said *d)
{
	for (size_t k = 0; k < d->c->n_sources; k++) {
		const struct vstmts *s = &d->c->sources[k].s;

		for (size_t i = 0; i < s->n; i++)
			if (s->v[i].kind == VSTMT_TASK || s->v[i].kind == VSTMT_FUNCTION ||
			    s->v[i].kind == VSTMT_DEFINE)
				add_routine(d, k, (int)i);
	}
	d->queue = mem_calloc(d->n + 1, sizeof(*d->queue));
}

/* Marks the routines called in that span as reached. */
static void follow(struct said *d, const struct vstmts *s, struct vspan in)
{
	for (size_t t = checks_first_token(s, in); checks_in_span(s, t, in); t++) {
		size_t r = named_by(d, s, t);

		if (r == NO_ROUTINE || d->v[r].reached)
			continue;
		for (d->v[r].reached = true; r != NO_ROUTINE; r = d->v[r].same)
			d->queue[d->queued++] = r;
	}
}

static struct vspan body_of(const struct said *d, size_t routine)
{
	const struct routine *r = &d->v[routine];

	return d->c->sources[r->source].s.v[r->node].all;
}

/* Callers ------------------------------------------------------------------------------ */

/* For each token of a source: the first routine of the name it is part of, or BY_FAILURE. */
#define BY_FAILURE ((size_t)-2)

static void mark(const struct vstmts *s, struct vspan in, size_t *by, size_t value)
{
	for (size_t t = checks_first_token(s, in); checks_in_span(s, t, in); t++)
		by[t] = value;
}

static size_t *callers(const struct said *d, size_t source)
{
	const struct vstmts *s = &d->c->sources[source].s;
	size_t *by = mem_calloc(s->n_tokens + 1, sizeof(*by));

	for (size_t t = 0; t < s->n_tokens; t++)
		by[t] = NO_ROUTINE;
	for (size_t i = 0; i < d->n; i++)
		if (d->v[i].source == source)
			mark(s, body_of(d, i), by, d->v[i].first);
	for (size_t i = 0; i < d->c->n_sites; i++) {
		const struct check_found *f = &d->c->sites[i];

		if (f->site.source == source && f->fails >= 0)
			mark(s, s->v[f->fails].all, by, BY_FAILURE);
	}
	return by;
}

/* Marks routines with calls in the source that make them shared; true if there
 * were new ones. */
static bool share(struct said *d, size_t source, const size_t *by)
{
	const struct vstmts *s = &d->c->sources[source].s;
	bool more = false;

	for (size_t t = 0; t < s->n_tokens; t++) {
		bool fine = by[t] == BY_FAILURE ||
			    (by[t] != NO_ROUTINE && d->v[by[t]].reached && !d->v[by[t]].shared);

		size_t r = fine ? NO_ROUTINE : named_by(d, s, t);

		if (r == NO_ROUTINE || !d->v[r].reached || d->v[r].shared || by[t] == r)
			continue;
		d->v[r].shared = more = true;
	}
	return more;
}

static void find_shared(struct said *d)
{
	size_t **by = mem_calloc(d->c->n_sources + 1, sizeof(*by));
	bool more = true;

	for (size_t k = 0; k < d->c->n_sources; k++)
		by[k] = callers(d, k);
	for (int round = 0; more && round < MAX_ROUNDS; round++) {
		more = false;
		for (size_t k = 0; k < d->c->n_sources; k++)
			more |= share(d, k, by[k]);
	}
	for (size_t i = 0; more && i < d->n; i++)
		d->v[i].shared = true;
	for (size_t k = 0; k < d->c->n_sources; k++)
		free(by[k]);
	free(by);
}

/* The text --------------------------------------------------------------------------- */

/* Adds strings that calls in the span pass as arguments, as prints. */
static void add_words(const struct said *d, const struct vstmts *s, struct vspan in,
		      struct str *out)
{
	for (size_t t = checks_first_token(s, in); checks_in_span(s, t, in); t++) {
		int depth = 0;

		if (named_by(d, s, t) == NO_ROUTINE || !checks_is(s, t + 1, "("))
			continue;
		for (size_t k = t + 1; k < t + MAX_HANDED && checks_in_span(s, k, in); k++) {
			const struct vstmt_token *w = &s->tokens[k];

			depth += checks_is(s, k, "(") - checks_is(s, k, ")");
			if (depth == 0)
				break;
			if (w->kind == VTOKEN_STRING && w->len > 2)
				str_addf(out, "$display(\"%%s%.*s%%s\");\n", (int)w->len - 2,
					 s->text + w->off + 1);
		}
	}
}

static void add_text(const struct said *d, const struct vstmts *s, struct vspan in, struct str *out)
{
	str_add(out, s->text + in.off, in.end - in.off);
	str_addc(out, '\n');
	add_words(d, s, in, out);
}

void checks_said(const struct checks *c, const struct check_site *site, struct str *sure,
		 struct str *shared)
{
	struct said d = { .c = c };
	const struct check_found *f = NULL;
	const struct vstmts *s;

	for (size_t i = 0; i < c->n_sites && !f; i++)
		f = &c->sites[i].site == site ? &c->sites[i] : NULL;
	if (!f || f->fails < 0)
		return;
	s = &c->sources[site->source].s;
	find_routines(&d);
	follow(&d, s, s->v[f->fails].all);
	for (size_t i = 0; i < d.queued; i++)
		follow(&d, &c->sources[d.v[d.queue[i]].source].s, body_of(&d, d.queue[i]));
	if (d.queued)
		find_shared(&d);
	add_text(&d, s, s->v[f->fails].all, sure);
	for (size_t i = 0; i < d.queued; i++) {
		const struct routine *r = &d.v[d.queue[i]];

		add_text(&d, &c->sources[r->source].s, body_of(&d, d.queue[i]),
			 d.v[r->first].shared ? shared : sure);
	}
	name_map_fini(&d.by_name);
	free(d.queue);
	free(d.v);
}
