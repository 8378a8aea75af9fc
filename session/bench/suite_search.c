/* hdlsearch: how well `posedge find` finds what words describe. No model is asked and no
 * tool is run: it is a figure of the graph of the design (graph/graph.h).
 *
 * NAME.json beside the project's folder NAME: an array of
 *
 *   {"description": "counts the words that wait", "module": "fifo", "signal": "count"}
 *
 * with module and block or signal, or module alone. The right place is the first hit of that
 * kind with these names; what counts is one over its rank, 0 where it is not found. Their mean
 * is the mean reciprocal rank (Voorhees, TREC-8, 1999). The class is a pass at rank 1.
 */
#include "config.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/bench/bench_whole.h"
#include "session/bench/suite.h"
#include "session/graph/graph.h"
#include "session/graph/graph_project.h"
#include "session/workbench/workbench.h"

#define LIST_MAX 2000 /* descriptions of one file, which is read for each of them */

/* The problems ------------------------------------------------------------------------- */

static cJSON *read_list(const char *base, struct err *err)
{
	struct str text = STR_INIT;
	cJSON *all = suite_read(base, ".json", &text, err)
			     ? json_parse(str_cstr(&text), text.len, err)
			     : NULL;

	str_free(&text);
	if (all && !cJSON_IsArray(all)) {
		cJSON_Delete(all);
		all = NULL;
		err_set(err, ERR_PARSE, "it is no array of descriptions");
	} else if (all && cJSON_GetArraySize(all) > LIST_MAX) {
		cJSON_Delete(all);
		all = NULL;
		err_set(err, ERR_LIMIT, "at most %d descriptions are in one file", LIST_MAX);
	}
	return all;
}

static const char *kind_of(const cJSON *one)
{
	return json_string(one, "signal")  ? "signal"
	       : json_string(one, "block") ? "block"
					   : "module";
}

static bool add_list(const char *dir, const char *name, struct suite_problems *out, struct err *err)
{
	char *base = path_join(dir, name);
	cJSON *all = read_list(base, err);
	const cJSON *one;
	unsigned i = 0;

	cJSON_ArrayForEach(one, all)
	{
		char *problem = str_fmt("%s-%04u", name, ++i);

		if (out->n < SUITE_PROBLEMS_MAX)
			suite_problems_add(out, problem, kind_of(one), base);
		free(problem);
	}
	free(base);
	cJSON_Delete(all);
	return all || err_prefix(err, "%s.json", name);
}

static bool load(const struct suite_choice *c, struct suite_problems *out, struct err *err)
{
	DIR *d = opendir(c->dir);
	struct dirent *e;
	bool ok = true;

	while (ok && d && (e = readdir(d))) {
		char *name = mem_strdup(e->d_name), *folder;

		if (str_ends(name, ".json")) {
			name[strlen(name) - strlen(".json")] = '\0';
			folder = path_join(c->dir, name);
			if (suite_name_is_plain(name) && file_is_dir(folder))
				ok = add_list(c->dir, name, out, err);
			free(folder);
		}
		free(name);
	}
	if (d)
		closedir(d);
	suite_problems_sort(out);
	return ok && (out->n > 0 || err_set(err, ERR_NOT_FOUND,
					    "%.200s has no descriptions of hdlsearch: NAME.json "
					    "beside the folder NAME",
					    c->dir));
}

/* One of them -------------------------------------------------------------------------- */

static bool is_named(const char *want, const char *name)
{
	return !want || strcmp(want, name) == 0;
}

static bool is_it(const cJSON *one, const struct graph_hit *h)
{
	const char *signal = json_string(one, "signal"), *block = json_string(one, "block");
	const char *module = json_string(one, "module");

	if (signal)
		return h->kind == GRAPH_HIT_SIGNAL && is_named(signal, h->name) &&
		       is_named(module, h->module);
	if (block)
		return h->kind == GRAPH_HIT_BLOCK && is_named(block, h->name) &&
		       is_named(module, h->module);
	return h->kind == GRAPH_HIT_MODULE && is_named(module, h->name);
}

/* From 1; 0: it is not among them. */
static size_t rank(const cJSON *one, const struct graph_hits *hits)
{
	for (size_t i = 0; i < hits->n; i++)
		if (is_it(one, &hits->v[i]))
			return i + 1;
	return 0;
}

static bool search(struct workbench *w, const cJSON *one, size_t *at, struct err *err)
{
	const char *words = json_string(one, "description");
	enum graph_ask ask = GRAPH_ASK_WHERE;
	struct graph_hits hits = { 0 };
	struct graph *g;
	bool ok;

	if (!words || !*words || strlen(words) > GRAPH_ASKED_MAX)
		return err_set(err, ERR_PARSE, "a description has 1 to %u bytes", GRAPH_ASKED_MAX);
	if (!json_string(one, "module") && !json_string(one, "block") &&
	    !json_string(one, "signal"))
		return err_set(err, ERR_PARSE, "it names no module, block or signal");
	g = graph_of(w, err);
	ok = g && graph_find(g, words, -1, &ask, &hits, err);
	if (ok)
		*at = rank(one, &hits);
	graph_hits_fini(&hits);
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
	cJSON *all = read_list(p->base, err);
	struct workbench w;
	size_t at = 0;
	bool ok = all && path_inside(t->choice->dir, path_base(p->base), &rel, err);

	if (ok) {
		root = path_join(t->choice->dir, rel);
		workbench_init(&w, t->w->loop, root, t->w->ports);
		ok = search(&w, cJSON_GetArrayItem(all, (int)strtol(number + 1, NULL, 10) - 1), &at,
			    err);
		workbench_fini(&w);
	}
	if (ok)
		tell(t, at);
	free(rel);
	free(root);
	cJSON_Delete(all);
	return ok;
}

const struct suite suite_hdlsearch = {
	.name = "hdlsearch",
	.help = "NAME.json beside the project NAME: descriptions of its modules, blocks, signals",
	.alone = true,
	.classes = ".R",
	.figures = { { "reciprocal_rank", "mean reciprocal rank", false } },
	.load = load,
	.whole = whole,
};
