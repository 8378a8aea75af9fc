/* find: where a module or signal is, by name or description; what drives, reads and
 * resets it.
 */
#include "config.h"

#include "session/command/commands.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/flow/flow.h"
#include "session/graph/graph.h"
#include "session/graph/graph_project.h"
#include "session/option/opt.h"
#include "session/workbench/workbench.h"

/* Signals of one name in several modules that are listed with their places. */
#define SIGNALS_TOLD 8u
#define DIGEST_MAX   20000u /* bytes */

static void tell(const struct report *report, const struct str *text)
{
	if (text->len)
		report_text(report, "%s", str_cstr(text));
}

static void tell_json(const struct report *report, struct str *line)
{
	report->json(report->ctx, str_cstr(line), line->len);
	str_clear(line);
}

static void tell_hits(const struct report *report, const struct graph_hits *h)
{
	struct str out = STR_INIT;

	if (report->wants_json) {
		for (size_t i = 0; i < h->n; i++) {
			graph_json_hit(&h->v[i], &out);
			tell_json(report, &out);
		}
	} else {
		graph_tell_hits(h, &out);
		tell(report, &out);
	}
	str_free(&out);
}

/* Signals of one name are often connected: lists each place once. */
static void drop_listed(struct graph_sites *s, struct strv *listed)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		struct graph_site *v = &s->v[i];
		char *place = str_fmt("%s:%d %s %s", v->path, v->line, v->signal, v->what);

		if (strv_has(listed, place)) {
			graph_site_fini(v);
		} else {
			strv_add(listed, place);
			s->v[n++] = *v;
		}
		free(place);
	}
	s->n = n;
}

static bool tell_sites(const struct report *report, struct graph *g, const struct graph_hit *h,
		       enum graph_ask ask, struct strv *listed, struct err *err)
{
	struct str out = STR_INIT;
	struct graph_sites s;
	size_t all;

	if (!graph_sites(g, h, ask, &s, err))
		return false;
	all = s.n;
	drop_listed(&s, listed);
	if (all && s.n == 0) {
		graph_sites_fini(&s);
		return true;
	}
	if (report->wants_json) {
		for (size_t i = 0; i < s.n; i++) {
			graph_json_site(h, ask, &s.v[i], &out);
			tell_json(report, &out);
		}
		graph_json_none(h, ask, &s, &out);
		if (out.len)
			tell_json(report, &out);
	} else {
		graph_tell_sites(h, ask, &s, &out);
		tell(report, &out);
	}
	graph_sites_fini(&s);
	str_free(&out);
	return true;
}

/* Answers for all hits that are as certain as the first and have its name. */
static bool tell_all_sites(const struct report *out, struct graph *g, const struct graph_hits *h,
			   enum graph_ask ask, struct err *err)
{
	struct strv places = STRV_INIT;
	size_t listed = 0;
	bool ok = true;

	if (h->v[0].rank > GRAPH_RANK_CASE)
		report_note(out, "taken for %s of %s", h->v[0].name, h->v[0].module);
	for (size_t i = 0; ok && i < h->n; i++) {
		if (h->v[i].kind != GRAPH_HIT_SIGNAL || h->v[i].rank != h->v[0].rank ||
		    (i &&
		     (h->v[0].rank > GRAPH_RANK_CASE || strcmp(h->v[i].name, h->v[0].name) != 0)))
			continue;
		if (listed++ == SIGNALS_TOLD) {
			report_note(out, "%s is in more modules: name one, as MODULE.%s",
				    h->v[0].name, h->v[0].name);
			break;
		}
		ok = tell_sites(out, g, &h->v[i], ask, &places, err);
	}
	strv_free(&places);
	return ok;
}

static bool tell_digest(const struct report *report, struct graph *g, const struct graph_hits *h,
			struct err *err)
{
	struct str out = STR_INIT;
	bool ok = graph_digest(g, h->v[0].id, DIGEST_MAX, &out, err);

	if (ok)
		tell(report, &out);
	str_free(&out);
	return ok;
}

static void tell_cut(const struct report *report, const struct graph_hits *h)
{
	struct str cut = STR_INIT;

	graph_tell_cut(h, &cut);
	if (cut.len)
		report_note(report, "find: %s", str_cstr(&cut));
	str_free(&cut);
}

bool cmd_find_in_design(struct cmd_call *c, struct err *err)
{
	enum graph_ask ask = GRAPH_ASK_WHERE;
	bool digest = cmd_opt(c, "--digest") != NULL, ok;
	struct graph_hits hits = { 0 };
	struct str asked = STR_INIT;
	struct graph *g;

	if (!flow_allowed(c->w->options, flow_find("find")))
		return err_set(err, ERR_CONSENT, "find: not allowed here (`set flows` is \"%s\")",
			       options_text(c->w->options, OPT(flows)));
	cmd_sentence(c, &asked);
	if (asked.len == 0 || asked.len > GRAPH_ASKED_MAX) {
		str_free(&asked);
		return err_set(err, ERR_USAGE,
			       "find: a name, a path or words were expected, at "
			       "most %u bytes",
			       GRAPH_ASKED_MAX);
	}
	g = graph_search(c->w, str_cstr(&asked), digest ? GRAPH_HIT_MODULE : -1, &ask, &hits, err);
	ok = g != NULL;
	if (ok && hits.n == 0) {
		report_note(&c->w->out, "find %s: nothing in the design is called or described so",
			    str_cstr(&asked));
		c->status = CMD_FOUND;
	} else if (ok && digest) {
		ok = tell_digest(&c->w->out, g, &hits, err);
	} else if (ok && ask != GRAPH_ASK_WHERE) {
		ok = tell_all_sites(&c->w->out, g, &hits, ask, err);
	} else if (ok) {
		tell_hits(&c->w->out, &hits);
	}
	if (ok)
		tell_cut(&c->w->out, &hits);
	graph_hits_fini(&hits);
	str_free(&asked);
	return ok;
}
