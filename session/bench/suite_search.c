/* hdlsearch: measures how well `posedge find` finds places from descriptions. No
 * model and no tool is used; it tests the graph of the design (graph/graph.h).
 *
 * NAME.json is next to the project's folder NAME, in a layout of search_list.h. The
 * right place is the first hit of that kind with these names or, for a block known by
 * its code, the first block or instance inside that code. The figure is one over its
 * rank, 0 if it is not found; the mean is the mean reciprocal rank (Voorhees, TREC-8,
 * 1999). The class is a pass at rank 1.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/folder.h"
#include "session/base/mem.h"
#include "session/bench/bench_whole.h"
#include "session/bench/search_list.h"
#include "session/bench/suite.h"
#include "session/graph/graph.h"
#include "session/graph/graph_project.h"
#include "session/workbench/workbench.h"

/* The problems ------------------------------------------------------------------------- */

static bool read_list(const char *base, struct search_list *out, struct err *err)
{
	struct str text = STR_INIT;
	bool ok = suite_read(base, ".json", &text, err) &&
		  search_list_read(str_cstr(&text), text.len, out, err);

	str_free(&text);
	return ok;
}

static bool add_list(const char *dir, const char *name, struct suite_problems *out, struct err *err)
{
	char *base = path_join(dir, name);
	struct search_list all = { 0 };
	bool ok = read_list(base, &all, err) || err_prefix(err, "%s.json", name);

	for (unsigned i = 0; ok && i < all.n && !out->cut; i++) {
		char *problem = str_fmt("%s-%04u", name, i + 1);

		suite_problems_add(out, problem, search_item_kind(&all.v[i]), base);
		free(problem);
	}
	if (ok)
		search_list_fini(&all);
	free(base);
	return ok;
}

static bool load(const struct suite_choice *c, struct suite_problems *out, struct err *err)
{
	struct strv names = STRV_INIT;
	bool ok = true;

	folder_names(c->dir, &names);
	for (size_t i = 0; ok && i < names.n; i++) {
		char *name = names.v[i], *folder;

		if (!str_ends(name, ".json"))
			continue;
		name[strlen(name) - strlen(".json")] = '\0';
		folder = path_join(c->dir, name);
		if (suite_name_is_plain(name) && file_is_dir(folder))
			ok = add_list(c->dir, name, out, err);
		free(folder);
	}
	strv_free(&names);
	suite_problems_sort(out);
	return ok && (out->n > 0 || err_set(err, ERR_NOT_FOUND,
					    "%.200s has no descriptions of hdlsearch: NAME.json "
					    "next to the folder NAME",
					    c->dir));
}

/* Judging one -------------------------------------------------------------------------- */

static bool is_named(const char *want, const char *name)
{
	return !want || strcmp(want, name) == 0;
}

/* For a block known by its code: true if the hit is inside that code, in that module. */
static bool is_in_code(const char *root, const struct search_item *i, const struct graph_hit *h)
{
	char *path = path_join(root, h->path);
	struct str text = STR_INIT;
	bool is = (h->kind == GRAPH_HIT_BLOCK || h->kind == GRAPH_HIT_INSTANCE) &&
		  is_named(i->module, h->module) && file_read(path, SUITE_FILE_MAX, &text, NULL) &&
		  search_code_has(i->code, str_cstr(&text), text.len, h->line);

	str_free(&text);
	free(path);
	return is;
}

static bool is_it(const char *root, const struct search_item *i, const struct graph_hit *h)
{
	if (i->signal)
		return h->kind == GRAPH_HIT_SIGNAL && is_named(i->signal, h->name) &&
		       is_named(i->module, h->module);
	if (i->code)
		return is_in_code(root, i, h);
	if (i->block)
		return h->kind == GRAPH_HIT_BLOCK && is_named(i->block, h->name) &&
		       is_named(i->module, h->module);
	return h->kind == GRAPH_HIT_MODULE && is_named(i->module, h->name);
}

/* 1-based; 0: not among the hits. */
static size_t rank(const char *root, const struct search_item *i, const struct graph_hits *hits)
{
	for (size_t k = 0; k < hits->n; k++)
		if (is_it(root, i, &hits->v[k]))
			return k + 1;
	return 0;
}

/* The beginning of a long text that a search accepts, cut between words. */
static char *asked(const char *words)
{
	size_t len = strlen(words);

	if (len <= GRAPH_ASKED_MAX)
		return mem_strdup(words);
	for (len = GRAPH_ASKED_MAX; len > 1 && words[len] != ' ';)
		len--;
	return mem_strndup(words, len);
}

static bool search(struct workbench *w, const struct search_item *i, size_t *at, struct err *err)
{
	enum graph_ask ask = GRAPH_ASK_WHERE;
	struct graph_hits hits = { 0 };
	struct graph *g;
	char *words;
	bool ok;

	if (!i->words || !*i->words)
		return err_set(err, ERR_PARSE, "it has no description");
	if (!i->module && !i->block && !i->signal && !i->code)
		return err_set(err, ERR_PARSE, "it names no module, block or signal");
	words = asked(i->words);
	g = graph_of(w, err);
	ok = g && graph_find(g, words, -1, &ask, &hits, err);
	if (ok)
		*at = rank(w->place.root, i, &hits);
	graph_hits_fini(&hits);
	free(words);
	return ok;
}

static void tell(struct bench_whole *t, size_t at)
{
	struct bench_judged *j = &t->judged;
	struct run_result *r = &j->report.result;

	j->class_ = at == 1 ? '.' : 'R';
	j->own = true;
	j->figures[0] = at ? 1.0 / (double)at : 0;
	r->verdict = at == 1 ? VERDICT_PASS : VERDICT_FAIL;
	r->checks = r->failures = r->mismatches = r->samples = -1;
	if (at != 1)
		r->first = at ? str_fmt("found at rank %zu", at) : mem_strdup("not found");
}

static bool whole(struct bench_whole *t, struct err *err)
{
	const struct suite_problem *p = t->problem;
	const char *number = strrchr(p->name, '-');
	char *root = NULL, *rel = NULL;
	struct search_list all = { 0 };
	struct workbench w;
	size_t at = 0, i = strtoul(number + 1, NULL, 10) - 1;
	bool ok = read_list(p->base, &all, err) &&
		  (i < all.n || err_set(err, ERR_NOT_FOUND, "its file has changed")) &&
		  path_inside(t->choice->dir, path_base(p->base), &rel, err);

	if (ok) {
		root = path_join(t->choice->dir, rel);
		workbench_init(&w, t->w->loop, root, t->w->ports);
		ok = search(&w, &all.v[i], &at, err);
		workbench_fini(&w);
	}
	if (ok)
		tell(t, at);
	free(rel);
	free(root);
	search_list_fini(&all);
	return ok;
}

const struct suite suite_hdlsearch = {
	.name = "hdlsearch",
	.alone = true,
	.figures = { { "reciprocal_rank", "mean reciprocal rank", false } },
	.load = load,
	.whole = whole,
};
