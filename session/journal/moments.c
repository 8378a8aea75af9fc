/* Any moment of a session, in memory.
 *
 * Opening folds the whole journal once and copies the state every MOMENTS_EVERY
 * events. Going to a moment copies the last stop before it and applies the events
 * from there, so a step costs at most that many events.
 *
 * Undo trees are not copied: nodes are only ever added, so the tree at an earlier
 * moment is the final tree with fewer nodes, and is borrowed. Texts are different:
 * one that was made at a stop cannot go to a node that is not below it, so after a
 * GOTO event it is dropped and made again when needed.
 */
#include "config.h"

#include "session/journal/moments.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/doc_checkpoints.h"
#include "session/journal/journal.h"
#include "session/journal/state.h"
#include "session/text/text.h"

struct stop { /* a state on the way, and its position in the journal */
	struct state state;
	struct journal_start at;
};

struct followed {	     /* a document whose text was requested */
	const struct doc *d; /* its final state */
	struct doc_checkpoints *stops;
};

struct moments {
	char *root, *dir;
	struct blobs blobs;
	struct damage damage;
	struct moment *v; /* v[n - 1] is event n */
	size_t n, cap;
	struct stop *stops; /* stops[i] is at i * MOMENTS_EVERY */
	size_t n_stops, cap_stops;
	struct state whole; /* after the last event; all others borrow its undo trees */
	struct state now;
	struct journal_start at; /* journal position of `now` */
	struct followed *followed;
	size_t n_followed, cap_followed;
};

/* Reading ------------------------------------------------------------------------ */

struct reading {
	struct moments *m;
	struct state *state;
	uint64_t to;				      /* last event to read */
	bool note;				      /* first pass: keep times and stops */
	void (*fn)(void *ctx, const struct event *e); /* called for each event; may be NULL */
	void *ctx;
};

/* A text made at a stop cannot return to nodes above it, so drop it. */
static void let_cool(struct state *s, const struct event *e)
{
	struct doc *d = e->type == EVENT_GOTO ? state_doc(s, e->go.path) : NULL;

	if (!d)
		return;
	text_free(d->text);
	d->text = NULL;
}

static bool apply(void *ctx, const struct event *e, struct err *err)
{
	struct reading *r = ctx;
	struct moments *m = r->m;

	if (e->n > r->to)
		return err_set(err, ERR_CANCELLED, "far enough");
	let_cool(r->state, e);
	if (!state_apply(r->state, e, err))
		return false;
	if (r->note) {
		MEM_PUSH(m->v, m->n, m->cap, (struct moment){ e->t_ms, e->type });
	}
	if (r->fn)
		r->fn(r->ctx, e);
	return true;
}

/* Reads from *at to the wanted event or the end. True at the end. */
static bool read_on(struct reading *r, struct journal_start *at, struct damage *damage,
		    struct err *err)
{
	struct journal_start from = *at;

	return journal_read(r->m->dir, &from, apply, r, at, damage, err);
}

/* Reads from one stop to the next, up to the first bad line; an event that does not
 * fit the state counts as damage too. */
static bool read_all(struct moments *m, struct err *err)
{
	struct journal_start at = { 0 };
	struct reading r = { .m = m, .state = &m->whole, .note = true };

	for (;;) {
		struct err why = { 0 };
		struct stop *s;

		MEM_ROOM(m->stops, m->n_stops, m->cap_stops);
		s = &m->stops[m->n_stops++];
		s->at = at;
		state_copy(&s->state, &m->whole);
		r.to = m->n_stops * MOMENTS_EVERY;
		if (read_on(&r, &at, &m->damage, &why))
			return true;
		if (why.code == ERR_CANCELLED)
			continue;
		if (why.code == ERR_PARSE) {
			m->damage.line = at.n + 1;
			m->damage.offset = at.offset;
			snprintf(m->damage.why, sizeof(m->damage.why), "%s", why.text);
			return true;
		}
		return err_copy(err, &why);
	}
}

struct moments *moments_open(const char *root, const char *id, struct err *err)
{
	struct moments *m = mem_zalloc(sizeof(*m));

	m->root = mem_strdup(root);
	m->dir = str_fmt("%s/.posedge/sessions/%s", root, id);
	journal_blobs_of(m->dir, &m->blobs);
	state_init(&m->whole);
	m->whole.keep_past = true;
	state_init(&m->now);
	if (!read_all(m, err)) {
		moments_close(m);
		return NULL;
	}
	return m;
}

void moments_close(struct moments *m)
{
	if (!m)
		return;
	state_fini(&m->now);
	for (size_t i = 0; i < m->n_stops; i++)
		state_fini(&m->stops[i].state);
	state_fini(&m->whole);
	for (size_t i = 0; i < m->n_followed; i++)
		doc_checkpoints_free(m->followed[i].stops);
	free(m->followed);
	free(m->stops);
	free(m->v);
	free(m->dir);
	free(m->root);
	free(m);
}

uint64_t moments_count(const struct moments *m)
{
	return m->n;
}

const struct damage *moments_damage(const struct moments *m)
{
	return &m->damage;
}

const char *moments_root(const struct moments *m)
{
	return m->root;
}

const char *moments_dir(const struct moments *m)
{
	return m->dir;
}

const struct moment *moments_at(const struct moments *m, uint64_t n)
{
	assert(n >= 1 && n <= m->n);
	return &m->v[n - 1];
}

uint64_t moments_next(const struct moments *m, uint64_t n, uint64_t kinds)
{
	for (n++; n <= m->n; n++)
		if (kinds >> m->v[n - 1].type & 1)
			return n;
	return 0;
}

uint64_t moments_before(const struct moments *m, uint64_t n, uint64_t kinds)
{
	if (n > m->n)
		n = m->n + 1;
	while (n-- > 1)
		if (kinds >> m->v[n - 1].type & 1)
			return n;
	return 0;
}

/* Going somewhere ------------------------------------------------------------------ */

static const struct stop *stop_before(const struct moments *m, uint64_t n)
{
	size_t i = (size_t)(n / MOMENTS_EVERY);

	return &m->stops[i < m->n_stops ? i : m->n_stops - 1];
}

static void start_from(struct moments *m, const struct stop *s)
{
	state_fini(&m->now);
	state_copy(&m->now, &s->state);
	m->at = s->at;
}

/* True when `now` is at n. */
static bool forward_to(struct moments *m, uint64_t n, void (*fn)(void *ctx, const struct event *e),
		       void *ctx, struct err *err)
{
	struct reading r = { .m = m, .state = &m->now, .to = n, .fn = fn, .ctx = ctx };
	struct damage damage = { 0 };
	struct err why = { 0 };

	if (m->at.n == n)
		return true;
	read_on(&r, &m->at, &damage, &why);
	if (m->at.n == n)
		return true;
	if (why.code == ERR_NONE)
		return err_set(err, ERR_PARSE, "event %llu cannot be read any more: %s",
			       (unsigned long long)m->at.n + 1,
			       damage.line ? damage.why : "the journal became shorter");
	return err_copy(err, &why);
}

bool moments_go(struct moments *m, uint64_t n, struct err *err)
{
	const struct stop *s;
	struct err why = { 0 };

	if (n > m->n)
		n = m->n;
	s = stop_before(m, n);
	if (m->at.n > n || m->at.n < s->at.n)
		start_from(m, s);
	if (forward_to(m, n, NULL, NULL, &why))
		return true;
	/* If a text turns out to be a different one, the search goes on. */
	if (why.code == ERR_CONFLICT) {
		start_from(m, s);
		return forward_to(m, n, NULL, NULL, err);
	}
	return err_copy(err, &why);
}

bool moments_step(struct moments *m, void (*fn)(void *ctx, const struct event *e), void *ctx,
		  struct err *err)
{
	if (m->at.n >= m->n)
		return err_set(err, ERR_NOT_FOUND, "there is nothing after event %llu",
			       (unsigned long long)m->n);
	return forward_to(m, m->at.n + 1, fn, ctx, err);
}

const struct state *moments_state(const struct moments *m)
{
	return &m->now;
}

/* Texts ------------------------------------------------------------------------------ */

/* The same document in its final state, which knows its first text: that is
 * recorded a little after the first edit. */
static const struct doc *in_the_end(const struct moments *m, const struct doc *d)
{
	for (size_t i = 0; i < m->whole.n_docs; i++)
		if (m->whole.docs[i]->born == d->born &&
		    strcmp(m->whole.docs[i]->path, d->path) == 0)
			return m->whole.docs[i];
	for (size_t i = 0; i < m->whole.n_past; i++)
		if (m->whole.past[i]->born == d->born &&
		    strcmp(m->whole.past[i]->path, d->path) == 0)
			return m->whole.past[i];
	return d;
}

/* Reads the current file, if it is the one that was opened or saved last. */
static bool read_file(const struct moments *m, const struct doc *d, struct str *out)
{
	char *path = path_join(m->root, d->path);
	struct stat st;
	bool same = stat(path, &st) == 0 && (uint64_t)st.st_size == d->size &&
		    (uint64_t)st.st_mtim.tv_sec * 1000000 + (uint64_t)st.st_mtim.tv_nsec / 1000 ==
			    d->mtime_us;
	bool ok = same && file_read(path, 0, out, NULL);

	free(path);
	return ok;
}

/* Reads the first text once. NULL: it is missing. */
static struct doc_checkpoints *stops_of(struct moments *m, const struct doc *end, struct err *err)
{
	struct str text = STR_INIT;
	struct followed *f;
	size_t len;

	for (size_t i = 0; i < m->n_followed; i++)
		if (m->followed[i].d == end)
			return m->followed[i].stops;
	if (!m->blobs.get(m->blobs.ctx, end->base_hash, &text, err)) {
		err_prefix(err, "the first text of %s", end->path);
		str_free(&text);
		return NULL;
	}
	len = text.len;
	MEM_ROOM(m->followed, m->n_followed, m->cap_followed);
	f = &m->followed[m->n_followed++];
	*f = (struct followed){ end, doc_checkpoints_new(str_take(&text), len) };
	return f->stops;
}

struct doc *moments_doc(struct moments *m, const char *path, struct err *err)
{
	struct doc *d = state_doc(&m->now, path);
	const struct doc *end = d ? in_the_end(m, d) : NULL;
	struct doc_checkpoints *stops;
	struct str text = STR_INIT;
	size_t len;

	if (!d) {
		err_set(err, ERR_NOT_FOUND, "%s was not opened yet at event %llu", path,
			(unsigned long long)m->now.n);
		return NULL;
	}
	if (d->text)
		return d;
	if (end->base_hash[0] && end->base_kept) {
		stops = stops_of(m, end, err);
		return stops && doc_checkpoints_load(stops, d, err) ? d : NULL;
	}
	if (!(d->size == 0 && d->saved == 0) && !read_file(m, d, &text)) {
		err_set(err, ERR_NOT_FOUND,
			"the text of %s was not recorded, and the file was written since", path);
		str_free(&text);
		return NULL;
	}
	len = text.len;
	return doc_load_text(d, d->saved, str_take(&text), len, err) ? d : NULL;
}

/* Events ------------------------------------------------------------------------------ */

struct handing {
	uint64_t first, last, reached;
	void (*fn)(void *ctx, const struct event *e);
	void *ctx;
};

static bool hand_on(void *ctx, const struct event *e, struct err *err)
{
	struct handing *h = ctx;

	if (e->n >= h->first)
		h->fn(h->ctx, e);
	h->reached = e->n;
	return e->n < h->last || err_set(err, ERR_CANCELLED, "far enough");
}

bool moments_events(const struct moments *m, uint64_t first, uint64_t last,
		    void (*fn)(void *ctx, const struct event *e), void *ctx, struct err *err)
{
	struct handing h = { .first = first, .last = last, .fn = fn, .ctx = ctx };
	const struct stop *s = stop_before(m, first ? first - 1 : 0);
	struct journal_start at = m->at.n < first && m->at.n >= s->at.n ? m->at : s->at, reached;
	struct damage damage = { 0 };
	struct err why = { 0 };

	journal_read(m->dir, &at, hand_on, &h, &reached, &damage, &why);
	if (h.reached >= last)
		return true;
	return err_set(err, ERR_PARSE, "event %llu cannot be read: %s",
		       (unsigned long long)h.reached + 1,
		       damage.line ? damage.why
		       : why.code  ? why.text
				   : "there is none");
}

struct opening {
	const char *path;
	uint64_t n, mtime_us;
};

static void see_open(void *ctx, const struct event *e)
{
	struct opening *o = ctx;

	if (strcmp(e->open.path, o->path) == 0) {
		o->n = e->n;
		o->mtime_us = e->open.mtime_us;
	}
}

uint64_t moments_opened(const struct moments *m, uint64_t n, const char *path, uint64_t *mtime_us)
{
	struct opening o = { .path = path };

	while (!o.n && (n = moments_next(m, n, 1u << EVENT_OPEN)))
		moments_events(m, n, n, see_open, &o, NULL);
	*mtime_us = o.mtime_us;
	return o.n;
}
