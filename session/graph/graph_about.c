/* The description of a module or a signal mentioned in a question. */
#include "config.h"

#include <string.h>

#include "session/graph/graph.h"
#include "session/graph/graph_project.h"

#define ABOUT_MAX 12000u /* bytes */

static bool about_signal(struct graph *g, const struct graph_hit *h, struct str *out,
			 struct err *err)
{
	static const enum graph_ask asks[] = { GRAPH_ASK_DRIVEN, GRAPH_ASK_RESET, GRAPH_ASK_LOADS };
	struct graph_hits one = { .v = (struct graph_hit *)h, .n = 1 };
	bool ok = true;

	graph_tell_hits(&one, out);
	for (size_t i = 0; ok && i < sizeof(asks) / sizeof(*asks); i++) {
		struct graph_sites s;

		ok = graph_sites(g, h, asks[i], &s, err);
		if (ok)
			graph_tell_sites(h, asks[i], &s, out);
		if (ok)
			graph_sites_fini(&s);
	}
	return ok;
}

bool graph_about(struct workbench *w, const char *word, struct str *out, struct err *err)
{
	bool module = str_starts(word, "module:");
	const char *name = word + strlen(module ? "module:" : "signal:");
	enum graph_ask ask = GRAPH_ASK_WHERE;
	struct str text = STR_LIMIT(ABOUT_MAX);
	struct graph_hits h = { 0 };
	struct graph *g;
	bool ok;

	if (!name[0] || strlen(name) > GRAPH_ASKED_MAX)
		return err_set(err, ERR_USAGE, "@%.60s: a name was expected", word);
	g = graph_search(w, name, module ? GRAPH_HIT_MODULE : GRAPH_HIT_SIGNAL, &ask, &h, err);
	ok = g &&
	     ((h.n && h.v[0].rank <= GRAPH_RANK_CASE) ||
	      err_set(err, ERR_NOT_FOUND, "@%s: the design has no such %s", word,
		      module ? "module" : "signal")) &&
	     (module ? graph_digest(g, h.v[0].id, ABOUT_MAX, &text, err)
		     : about_signal(g, &h.v[0], &text, err));
	if (ok)
		str_add(out, str_cstr(&text), text.len);
	graph_hits_fini(&h);
	str_free(&text);
	return ok;
}
