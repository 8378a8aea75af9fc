/* Keeps a project's graph up to date.
 *
 * A file's stamp is the hash of its preprocessed text and its comments. So a changed
 * header updates exactly the files that include it. Texts are those of open
 * documents, else those on disk.
 */
#include "config.h"

#include "session/graph/graph_project.h"

#include <stdlib.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/log.h"
#include "session/base/task.h"
#include "session/graph/graph.h"
#include "session/graph/graph_cache.h"
#include "session/journal/doc.h"
#include "session/journal/session.h"
#include "session/project/project.h"
#include "session/text/text.h"
#include "session/workbench/workbench.h"

#define REST_EVERY 8u /* files between yields */

/* Opening ------------------------------------------------------------------------------- */

static struct graph *open_one(const char *root, struct err *err)
{
	char *path = graph_cache_path(root);
	struct err why;
	struct graph *g = path ? graph_open(path, &why) : NULL;

	if (g)
		graph_cache_prune(path, GRAPH_CACHE_FILES, GRAPH_CACHE_BYTES);
	if (!g) {
		if (path)
			log_line("graph", "the graph is one in memory: %s", why.text);
		g = graph_open(NULL, err);
	}
	free(path);
	return g;
}

/* Texts ---------------------------------------------------------------------------------- */

static bool text_of(const struct workbench *w, const char *path, struct str *out)
{
	struct doc *d = w->session ? session_doc(w->session, path) : NULL;
	bool ok;

	if (d && d->text) {
		if (text_len(d->text) > GRAPH_READ_MAX)
			return false;
		text_get_all(d->text, out);
		return true;
	}
	ok = file_read_in(w->place.root, path, GRAPH_READ_MAX, out, NULL);
	return ok;
}

static void on_token(void *ctx, const struct vpp_token *t)
{
	graph_flat_token(ctx, t);
}

static void stamp_of(const struct graph_flat *flat, const char *raw, size_t len,
		     char hex[HASH_HEX + 1])
{
	struct hash *h = hash_new();

	hash_add(h, str_cstr(&flat->text), flat->text.len);
	hash_add(h, "", 1);
	hash_add(h, raw, len);
	hash_end(h, hex);
}

static bool put_text(struct graph *g, const struct project *p, const char *path, const char *raw,
		     size_t len, struct err *err)
{
	struct graph_flat flat = { 0 };
	struct graph_facts facts;
	char stamp[HASH_HEX + 1];
	bool ok = true;

	project_tokens(p, path, raw, len, on_token, &flat);
	stamp_of(&flat, raw, len, stamp);
	if (!graph_is_current(g, path, stamp)) {
		graph_facts_read(&facts, &flat, raw, len);
		ok = graph_put(g, path, stamp, &facts, err);
		graph_facts_fini(&facts);
	}
	graph_flat_fini(&flat);
	return ok;
}

/* Updating all files ----------------------------------------------------------------------- */

/* A header is read for the modules, interfaces and packages that it contains. */
static bool is_read(const struct project_file *f)
{
	return f->outline && (!f->header || f->outline->n);
}

/* Copies the paths of the files to read, because the project may change while the
 * task yields. */
static void wanted(const struct project *p, struct strv *paths)
{
	for (size_t i = 0; i < project_files(p); i++) {
		const struct project_file *f = project_file(p, i);

		if (is_read(f))
			strv_add(paths, f->path);
	}
}

/* After a yield, checks that the graph was not replaced by another task. */
static bool still(struct workbench *w, const struct graph *g, struct err *err)
{
	return workbench_project(w, err) &&
	       (w->kept.graph == g ||
		err_set(err, ERR_BUSY, "the graph of the design is made anew: ask again"));
}

/* *open: a transaction is open. It is closed before each yield, and g may be gone after one. */
static bool put_files(struct workbench *w, struct graph *g, const struct strv *paths, size_t *left,
		      bool *open, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < paths->n; i++) {
		struct str raw = STR_INIT;

		if (text_of(w, paths->v[i], &raw))
			ok = put_text(g, w->project, paths->v[i], str_cstr(&raw), raw.len, err);
		else
			++*left;
		str_free(&raw);
		if (ok && i % REST_EVERY == REST_EVERY - 1) {
			*open = false;
			ok = graph_commit(g, err) && task_rest(err) && still(w, g, err) &&
			     graph_begin(g, err);
			*open = ok;
		}
	}
	return ok;
}

/* Reports what the graph leaves out, because it cannot be found. */
static bool say_cut(const struct report *report, struct graph *g, size_t left, struct err *err)
{
	struct strv cut = STRV_INIT;
	bool ok = graph_cut_files(g, &cut, err);

	if (left)
		report_note(report, "%zu files are too large for the graph of the design", left);
	if (cut.n > 1)
		report_note(report,
			    "%s and %zu more are only in part in the graph of the design: they are "
			    "above its limits",
			    cut.v[0], cut.n - 1);
	else if (cut.n)
		report_note(report,
			    "%s is only in part in the graph of the design: it is above its limits",
			    cut.v[0]);
	strv_free(&cut);
	return ok;
}

static bool bring_up(struct workbench *w, struct graph *g, struct err *err)
{
	struct strv paths = STRV_INIT;
	size_t left = 0;
	bool ok, open;

	if (!workbench_read_project(w, false, err) || !still(w, g, err))
		return false;
	wanted(w->project, &paths);
	open = graph_begin(g, err);
	ok = open && graph_keep(g, &paths, err) && put_files(w, g, &paths, &left, &open, err);
	if (open)
		ok = graph_commit(g, ok ? err : NULL) && ok;
	ok = ok && say_cut(&w->out, g, left, err);
	strv_free(&paths);
	return ok;
}

static void forget(struct workbench *w)
{
	char *path = graph_cache_path(w->place.root);

	graph_close(w->kept.graph);
	w->kept.graph = NULL;
	if (path)
		file_remove_tree(path, NULL);
	free(path);
}

struct graph *graph_of(struct workbench *w, struct err *err)
{
	struct err why = { 0 };

	w->kept.free_graph = graph_close;
	for (int tries = 0; tries < 2; tries++) {
		if (!w->kept.graph)
			w->kept.graph = open_one(w->place.root, err);
		if (!w->kept.graph)
			return NULL;
		if (bring_up(w, w->kept.graph, &why))
			return w->kept.graph;
		if (why.code != ERR_IO)
			break;
		forget(w); /* damaged: build the cache anew */
	}
	err_copy(err, &why);
	return NULL;
}

struct search {
	struct workbench *w;
	const struct graph *g;
};

static bool rest(void *ctx, struct err *err)
{
	const struct search *s = ctx;

	return task_rest(err) && still(s->w, s->g, err);
}

struct graph *graph_search(struct workbench *w, const char *asked, int only, enum graph_ask *ask,
			   struct graph_hits *out, struct err *err)
{
	struct graph *g = graph_of(w, err);
	struct search s = { w, g };
	const struct graph_rest rests = { rest, &s };

	*out = (struct graph_hits){ 0 };
	return g && graph_find_resting(g, &rests, asked, only, ask, out, err) ? g : NULL;
}

bool graph_typed(struct workbench *w, const char *path)
{
	const struct project_file *f;
	struct str raw = STR_INIT;
	bool ok;

	if (!w->kept.graph || !w->project || !workbench_has_read(w))
		return !w->kept.graph;
	f = project_find(w->project, path);
	ok = f && is_read(f) && text_of(w, path, &raw) &&
	     put_text(w->kept.graph, w->project, path, str_cstr(&raw), raw.len, NULL);
	str_free(&raw);
	return ok;
}
