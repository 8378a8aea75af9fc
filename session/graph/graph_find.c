/* Resolves a question.
 *
 *	one word	a path is followed part by part from a module or an instance; a name is
 *			that of a module, a signal, an instance or a function
 *	more words	"count of fifo": names, if all words are names; else by words
 *	before these	a name that the words spell (graph_spelled.c)
 *	no result	misspelt names, then words against all names (graph_rank.c), then
 *			parts of names
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/graph/graph_look.h"
#include "session/graph/graph_words.h"

#define PARTS_MAX     32u /* of a path */
#define RESTING_TRIES 2

/* Paths ----------------------------------------------------------------------------------- */

struct walk {
	struct graph *g;
	struct strv parts; /* without indices */
	struct graph_hits *out;
	struct err *err;
};

/* Splits a path; "u[3]" becomes u. Paths with more than PARTS_MAX parts find nothing. */
static void split_path(const char *path, struct strv *parts)
{
	while (*path && parts->n <= PARTS_MAX) {
		size_t n = strcspn(path, ".");
		size_t name = strcspn(path, ".[");

		if (name)
			strv_addn(parts, path, name);
		path += n + (path[n] == '.');
	}
	if (parts->n > PARTS_MAX)
		strv_free(parts);
}

struct way {
	int64_t module, instance;
};

/* The modules instantiated under that name in a module; module 0: in any. */
static bool instances_of(struct walk *w, int64_t module, const char *name, struct way *out,
			 size_t max, size_t *n)
{
	struct graph_rows r;

	*n = 0;
	if (!graph_sql(w->g,
		       "SELECT m.id, i.id FROM instances i JOIN modules m ON m.name = i.of"
		       " WHERE i.name = ?1 AND (?2 = 0 OR i.module = ?2) ORDER BY i.id, m.id",
		       &r, w->err, "si", name, module))
		return false;
	while (*n < max && graph_sql_row(&r))
		out[(*n)++] = (struct way){ graph_sql_int(&r, 0), graph_sql_int(&r, 1) };
	return graph_sql_end(&r, w->err);
}

/* Follows the parts from index at down from a module. A part that is not an instance
 * is taken as a generate block and skipped. */
static bool descend(struct walk *w, struct way from, size_t at)
{
	struct way ways[8];
	size_t n;

	for (; at + 1 < w->parts.n; at++) {
		if (!instances_of(w, from.module, w->parts.v[at], ways,
				  sizeof(ways) / sizeof(*ways), &n))
			return false;
		if (n)
			from = ways[0];
	}
	return graph_look_inside(w->g, from.module, w->parts.v[at], from.instance, w->out, w->err);
}

static bool modules_called(struct walk *w, const char *name, struct way *out, size_t max, size_t *n)
{
	struct graph_rows r;

	*n = 0;
	if (!graph_sql(w->g, "SELECT id FROM modules WHERE name = ? COLLATE NOCASE ORDER BY id", &r,
		       w->err, "s", name))
		return false;
	while (*n < max && graph_sql_row(&r))
		out[(*n)++] = (struct way){ graph_sql_int(&r, 0), 0 };
	return graph_sql_end(&r, w->err);
}

/* The first part may be any module or instance: a path need not begin at the top. */
static bool walk_path(struct graph *g, const char *path, struct graph_hits *out, struct err *err)
{
	struct walk w = { .g = g, .out = out, .err = err };
	struct way starts[GRAPH_HITS_MAX];
	size_t n = 0, more = 0;
	bool ok = true;

	split_path(path, &w.parts);
	if (w.parts.n > 1)
		ok = modules_called(&w, w.parts.v[0], starts, GRAPH_HITS_MAX / 2, &n) &&
		     instances_of(&w, 0, w.parts.v[0], starts + n, GRAPH_HITS_MAX / 2, &more);
	for (size_t i = 0; ok && i < n + more; i++)
		ok = descend(&w, starts[i], 1);
	if (ok && out->n == 0 && n + more)
		ok = graph_look_alike(g, w.parts.v[w.parts.n - 1], starts[0].module,
				      GRAPH_HIT_SIGNAL, true, NULL, out, err);
	strv_free(&w.parts);
	return ok;
}

static bool by_name(struct graph *g, const char *name, int only, struct graph_hits *out,
		    struct err *err)
{
	if (strchr(name, '.') && name[0] != '\\')
		return walk_path(g, name, out, err);
	return (only == GRAPH_HIT_SIGNAL || graph_look_modules(g, name, out, err)) &&
	       (only == GRAPH_HIT_MODULE ||
		(graph_look_signals(g, name, out, err) &&
		 (only == GRAPH_HIT_SIGNAL || (graph_look_instances(g, name, out, err) &&
					       graph_look_functions(g, name, out, err)))));
}

/* Several words, all of them names ---------------------------------------------------------- */

/* Finds the signal of "count of fifo" or "fifo count" in that module. */
static bool name_in_module(struct graph *g, const char *signal, const char *module,
			   struct graph_hits *out, struct err *err)
{
	char *path = str_fmt("%s.%s", module, signal);
	struct graph_hits found = { 0 };
	bool ok = walk_path(g, path, &found, err);

	for (size_t i = 0; ok && i < found.n; i++)
		if (found.v[i].rank <= GRAPH_RANK_CASE) {
			MEM_PUSH(out->v, out->n, out->cap, found.v[i]);
			found.v[i] = (struct graph_hit){ 0 };
		}
	graph_hits_fini(&found);
	free(path);
	return ok;
}

/* True if the word can only be a name. */
static bool is_identifier(const char *s)
{
	for (const char *p = s; p[0] && p[1]; p++)
		if (islower((unsigned char)p[0]) && isupper((unsigned char)p[1]))
			return true;
	return strpbrk(s, "_.$\\[") || (isalpha((unsigned char)s[0]) && strpbrk(s, "0123456789"));
}

static bool by_names(struct graph *g, const struct graph_question *q, struct graph_hits *out,
		     struct err *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < q->terms.n; i++)
		for (size_t k = 0; ok && k < q->terms.n; k++)
			if (i != k && (q->terms.n == 2 || is_identifier(q->terms.v[i])))
				ok = name_in_module(g, q->terms.v[i], q->terms.v[k], out, err);
	return ok;
}

static bool by_one_name(struct graph *g, const struct graph_question *q, int only,
			struct graph_hits *out, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; ok && out->n == 0 && i < q->terms.n; i++)
		if (q->terms.n == 1 || is_identifier(q->terms.v[i]))
			ok = by_name(g, q->terms.v[i], only, out, err);
	/* "which module has the port wr_ptr" */
	for (size_t i = 0; ok && only == GRAPH_HIT_MODULE && out->n == 0 && i < q->terms.n; i++)
		if (is_identifier(q->terms.v[i]))
			ok = graph_look_modules_with(g, q->terms.v[i], out, err);
	/* "icache" is more likely a word if the only match is a parameter ICache. */
	if (ok && out->n && q->terms.n == 1 && !is_identifier(q->terms.v[0]) &&
	    out->v[0].signal == GRAPH_PARAMETER && out->v[0].rank == GRAPH_RANK_CASE)
		graph_hits_fini(out);
	return ok;
}

/* Resolving ---------------------------------------------------------------------------------- */

/* Searches words within a named module: "overflow flag of perfCnt". */
static bool within_module(struct graph *g, const struct graph_question *q, struct graph_hits *out,
			  struct err *err)
{
	struct graph_hits module = { 0 };
	struct graph_question words = { .ask = q->ask,
					.within = -1,
					.around = GRAPH_TERMS_MAX,
					.act = GRAPH_TERMS_MAX,
					.cut = q->cut,
					.rest = q->rest };
	bool ok = true;

	/* With several words after "of" the module is found by words, and its own
	 * words count for its signals. */
	if (q->within < 0 || q->terms.n < 2 || (size_t)q->within + 1 < q->terms.n)
		return true;
	ok = graph_look_modules(g, q->terms.v[q->within], &module, err);
	for (size_t i = 0; i < q->terms.n; i++)
		if ((int)i != q->within)
			strv_add(&words.terms, q->terms.v[i]);
	if (ok && module.n)
		ok = graph_rank(g, &words, GRAPH_HIT_SIGNAL, module.v[0].id, GRAPH_WORDS_ANY, out,
				err);
	graph_hits_fini(&module);
	graph_question_fini(&words);
	return ok;
}

/* "where is the fifo instantiated": the instances of the module with that name, or
 * with these words in its name. Without a match the search goes on. */
static bool instances_asked(struct graph *g, const struct graph_question *q, struct graph_hits *out,
			    struct err *err)
{
	struct graph_hits modules = { 0 };
	bool ok = true;

	if (!q->wants_instances || !q->terms.n)
		return true;
	if (q->terms.n == 1)
		ok = graph_look_modules(g, q->terms.v[0], &modules, err);
	if (ok && modules.n == 0)
		ok = graph_rank(g, q, GRAPH_HIT_MODULE, 0, GRAPH_WORDS_KNOWN, &modules, err);
	if (ok && modules.n)
		ok = graph_look_instances_of(g, modules.v[0].name, out, err);
	graph_hits_fini(&modules);
	return ok;
}

/* "who reads fifo": nobody reads a module, so what is asked for are its instances; if it has
 * none, the module. A signal of that name is preferred. */
static bool module_asked(struct graph *g, struct graph_question *q, enum graph_ask *ask,
			 struct graph_hits *out, struct err *err)
{
	struct graph_hits signals = { 0 }, modules = { 0 };
	bool ok;

	if (*ask == GRAPH_ASK_WHERE || q->terms.n != 1)
		return true;
	ok = by_name(g, q->terms.v[0], GRAPH_HIT_SIGNAL, &signals, err);
	if (ok && !signals.n)
		ok = graph_look_modules(g, q->terms.v[0], &modules, err);
	if (ok && modules.n)
		ok = graph_look_instances_of(g, modules.v[0].name, out, err);
	if (ok && modules.n && !out->n) {
		*out = modules;
		modules = (struct graph_hits){ 0 };
	}
	if (out->n)
		*ask = GRAPH_ASK_WHERE;
	graph_hits_fini(&signals);
	graph_hits_fini(&modules);
	return ok;
}

static bool find(struct graph *g, const struct graph_question *q, int only, struct graph_hits *out,
		 struct err *err)
{
	bool ok = instances_asked(g, q, out, err);

	if (ok && out->n == 0)
		ok = by_names(g, q, out, err);
	if (ok && out->n == 0 && only != GRAPH_HIT_MODULE)
		ok = within_module(g, q, out, err);
	if (ok && out->n == 0)
		ok = by_one_name(g, q, only, out, err);
	/* In this order: the word as part of a name, a typing error, words, letters
	 * within a name. */
	if (ok && out->n == 0 && q->terms.n == 1)
		ok = graph_rank(g, q, only, 0, GRAPH_WORDS_SURE, out, err);
	for (size_t i = 0; ok && out->n == 0 && i < q->terms.n; i++)
		if (q->terms.n == 1 || is_identifier(q->terms.v[i]))
			ok = graph_look_alike(g, q->terms.v[i], 0, only, false, q->rest, out, err);
	if (ok && out->n == 0)
		ok = graph_rank(g, q, only, 0, GRAPH_WORDS_ANY, out, err);
	for (size_t i = 0; ok && out->n == 0 && i < q->terms.n; i++)
		if (q->terms.n == 1 || is_identifier(q->terms.v[i]))
			ok = graph_look_alike(g, q->terms.v[i], 0, only, true, q->rest, out, err);
	return ok;
}

/* A single word is a name, whatever it would ask for in a sentence. */
static void read_question(const char *asked, struct graph_question *q)
{
	graph_question_read(q, asked);
	if (q->terms.n || strlen(asked) > GRAPH_ASKED_MAX)
		return;
	graph_question_fini(q);
	strv_add(&q->terms, asked);
}

/* "load stall", "counter load": names that contain all words rank before "who loads a stall". */
static bool read_as_noun(struct graph *g, struct graph_question *q, struct graph_hits *out,
			 struct err *err)
{
	struct graph_question noun = { .within = -1,
				       .around = q->nouns_around,
				       .act = GRAPH_TERMS_MAX,
				       .terms = q->nouns,
				       .rest = q->rest };
	bool one = q->terms.n == 1, ok;

	if (!q->maybe || !q->terms.n || (one && is_identifier(q->terms.v[0])))
		return true;
	ok = graph_rank(g, &noun, -1, 0, GRAPH_WORDS_KNOWN, out, err);
	if (ok && out->n == 0 && one && q->maybe_last)
		ok = by_names(g, &noun, out, err) &&
		     (out->n || graph_rank(g, &noun, -1, 0, GRAPH_WORDS_ANY, out, err));
	if (out->n)
		q->asks = false;
	return ok;
}

/* "reset counter", "s axis tready of cobs decode": a name that the words spell. */
static bool by_spelling(struct graph *g, struct graph_question *q, int only, struct graph_hits *out,
			struct err *err)
{
	bool ok;

	if (only < 0 && q->wants_module)
		only = GRAPH_HIT_MODULE;
	ok = graph_rank(g, q, only, 0, GRAPH_WORDS_SPELLED, out, err);
	if (out->n)
		q->asks = false;
	return ok;
}

static bool find_once(struct graph *g, const struct graph_rest *rest, const char *asked, int only,
		      enum graph_ask *ask, struct graph_hits *out, struct err *err)
{
	struct graph_question q;
	int wanted = only;
	bool ok;

	*out = (struct graph_hits){ 0 };
	read_question(asked, &q);
	q.rest = rest;
	q.text = asked;
	ok = by_spelling(g, &q, wanted, out, err) &&
	     (out->n || wanted >= 0 || *ask != GRAPH_ASK_WHERE || read_as_noun(g, &q, out, err));
	if (q.asks && *ask == GRAPH_ASK_WHERE)
		*ask = q.ask;
	ok = ok && (out->n || wanted >= 0 || module_asked(g, &q, ask, out, err));
	q.wants_module |= q.acts;
	if (only < 0 && (q.wants_module || q.wants_signal || *ask != GRAPH_ASK_WHERE))
		only = q.wants_module && *ask == GRAPH_ASK_WHERE ? GRAPH_HIT_MODULE
								 : GRAPH_HIT_SIGNAL;
	q.ask = *ask;
	ok = ok && (out->n || find(g, &q, only, out, err));
	if (ok && wanted >= 0) /* a path determines the kind of hit */
		graph_hits_only(out, (enum graph_hit_kind)wanted);
	if (ok)
		graph_hits_sort(out);
	else
		graph_hits_fini(out);
	graph_question_fini(&q);
	return ok;
}

bool graph_find(struct graph *g, const char *asked, int only, enum graph_ask *ask,
		struct graph_hits *out, struct err *err)
{
	return find_once(g, NULL, asked, only, ask, out, err);
}

/* A search during which the graph changed is repeated. The last try does not pause,
 * so that typing cannot delay it for ever. */
bool graph_find_resting(struct graph *g, const struct graph_rest *rest, const char *asked, int only,
			enum graph_ask *ask, struct graph_hits *out, struct err *err)
{
	for (int tries = 0; tries < RESTING_TRIES; tries++) {
		uint64_t changes = graph_sql_changes(g);

		if (!find_once(g, rest, asked, only, ask, out, err))
			return false;
		if (graph_sql_changes(g) == changes)
			return true;
		graph_hits_fini(out);
	}
	return graph_find(g, asked, only, ask, out, err);
}
