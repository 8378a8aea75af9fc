/* The top of the page: head, figures, and the timeline with the controls of the replay. */
#include "config.h"

#include "session/export/export_html.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/base64.h"
#include "session/base/str.h"
#include "session/export/export.h"
#include "session/export/export_text.h"
#include "session/export/story.h"
#include "session/output/diag.h"

/* Head --------------------------------------------------------------------------- */

static void hash_source(struct str *out, const char *what)
{
	unsigned char raw[HASH_BYTES];
	char hex[HASH_HEX + 1];

	hash_text(what, strlen(what), hex);
	for (int i = 0; i < HASH_BYTES; i++) {
		char digits[3] = { hex[2 * i], hex[2 * i + 1], '\0' };

		raw[i] = (unsigned char)strtoul(digits, NULL, 16);
	}
	str_adds(out, "'sha256-");
	base64_encode(raw, sizeof(raw), out);
	str_addc(out, '\'');
}

static void head(const struct export_context *c, struct str *out)
{
	str_adds(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		      "style-src ");
	hash_source(out, export_page_style);
	str_adds(out, "; script-src ");
	hash_source(out, export_page_script);
	str_adds(out, "; img-src data:; base-uri 'none'; form-action 'none'\">\n"
		      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		      "<meta name=\"color-scheme\" content=\"light dark\">\n"
		      "<meta name=\"referrer\" content=\"no-referrer\">\n"
		      "<link rel=\"icon\" href=\"data:,\">\n<title>");
	html_attribute(out, c->title, strlen(c->title));
	str_addf(out, " – a posedge session</title>\n<style>%s</style>\n</head>\n",
		 export_page_style);
}

struct totals {
	size_t taken, refused, edited, open, units;
};

static struct totals add_up(const struct story *s)
{
	struct totals t = { 0 };

	for (size_t i = 0; i < s->n_suggestions; i++) {
		const struct story_suggestion *x = &s->suggestions[i];

		t.taken += x->taken;
		t.refused += x->refused;
		t.edited += x->edited;
		t.open += x->over_ms ? 0 : x->open; /* otherwise another suggestion continues
						     * them */
	}
	t.units = t.taken + t.refused + t.open;
	return t;
}

static void tile(struct str *out, const char *class, const char *what, const char *value,
		 const char *more)
{
	str_addf(out, "<div class=\"tile %s\"><dt>%s</dt><dd>", class, what);
	html_c(out, value);
	if (more[0]) {
		str_adds(out, "<small>");
		html_c(out, more);
		str_adds(out, "</small>");
	}
	str_adds(out, "</dd></div>\n");
}

/* The index of the moment of a type that is about an item. */
static size_t moment_of(const struct story *s, enum event_type type, size_t item)
{
	for (size_t i = s->n_moments; i-- > 0;)
		if (s->moments[i].type == type && s->moments[i].of == item)
			return i;
	return 0;
}

/* A result for an older text does not get the colour of a verdict. */
static bool out_of_date(const struct story *s, enum event_type type, size_t item, struct str *more)
{
	bool edited = story_edited(s, moment_of(s, type, item), s->n_moments);

	if (edited)
		str_adds(more, ", edited since");
	return edited;
}

static void tile_runs(const struct story *s, struct str *out)
{
	const struct story_run *r = NULL;
	const char *grade, *word;
	struct str more = STR_INIT;

	for (size_t i = 0; i < s->n_runs; i++)
		if (!s->runs[i].confirms)
			r = &s->runs[i];
	grade = r ? export_grade(r) : "none";
	word = grade[0] == 'g' ? "PASS" : grade[0] == 'b' ? "FAIL" : r ? "no verdict" : "none";

	if (r && r->checks >= 0) {
		html_count(&more, (size_t)r->checks, "check");
		str_adds(&more, ", ");
	}
	if (r)
		html_count(&more, s->n_runs, "run");
	if (r && out_of_date(s, EVENT_RUN, (size_t)(r - s->runs), &more) && grade[0] == 'g')
		grade = "none";
	tile(out, grade, "Last simulation", word, str_cstr(&more));
	str_free(&more);
}

static void tile_lints(const struct story *s, struct str *out)
{
	const struct story_lint *l = s->n_lints ? &s->lints[s->n_lints - 1] : NULL;
	static const char lint[] = "lint "; /* the label says that */
	struct str said = STR_INIT, more = STR_INIT;
	const char *value;
	bool old = false;

	if (l) {
		export_findings(l, &said);
		html_count(&more, s->n_lints, "lint");
		old = out_of_date(s, EVENT_LINT, s->n_lints - 1, &more);
	}
	value = str_cstr(&said);
	value += str_starts(value, lint) ? sizeof(lint) - 1 : 0;
	tile(out,
	     !l || l->error.len || old		     ? ""
	     : story_lint_clean(l)		     ? "good"
	     : diag_list_count(l->found, DIAG_ERROR) ? "bad"
						     : "risk",
	     "Last lint",
	     !l		    ? "none"
	     : l->error.len ? "no answer"
			    : value,
	     str_cstr(&more));
	str_free(&said);
	str_free(&more);
}

static void tiles(const struct story *s, struct str *out)
{
	struct totals t = add_up(s);
	char *asked = str_fmt("%zu", s->n_asks), *taken = str_fmt("%zu of %zu", t.taken, t.units);
	char *kept = str_fmt("%zu refused, %zu rewritten, %zu open", t.refused, t.edited, t.open);
	struct str span = STR_INIT;

	export_span(s->ended_ms - s->started_ms, &span);
	str_adds(out, "<dl class=\"tiles\">\n");
	tile(out, "", s->n_asks == 1 ? "Question" : "Questions", asked, "");
	tile(out, "", "Lines taken", taken, kept);
	tile_lints(s, out);
	tile_runs(s, out);
	tile(out, "", "Time", str_cstr(&span), "");
	str_adds(out, "</dl>\n");
	str_free(&span);
	free(asked);
	free(taken);
	free(kept);
}

static void related(const char *how, const struct str *id, struct str *out)
{
	if (!id->len)
		return;
	str_addf(out, "%s<span class=\"id\">", how);
	html_str(out, id);
	str_adds(out, "</span>");
}

static void top(const struct story *s, const struct export_context *c, struct str *out)
{
	str_adds(out,
		 "<body>\n<a class=\"skip\" href=\"#main\">To the content</a>\n<header>\n<h1>");
	html_c(out, c->title);
	str_adds(out, "</h1>\n<p class=\"sub\">A session with posedge ");
	html_str(out, &s->version);
	str_adds(out, ", ");
	export_date(s->started_ms, out);
	str_adds(out, " <span class=\"id\">");
	html_c(out, s->id);
	str_adds(out, "</span>");
	related(", beside ", &s->neighbour, out);
	related(", goes on from ", &s->parent, out);
	str_adds(out, "</p>\n");
	tiles(s, out);
	str_adds(out, "<nav aria-label=\"Parts of this page\"><ul>\n<li><a "
		      "href=\"#timeline\">Timeline</a></li>\n"
		      "<li><a href=\"#questions\">Questions and decisions</a></li>\n"
		      "<li><a href=\"#tools\">Lint and simulation</a></li>\n<li><a "
		      "href=\"#files\">Files</a></li>\n"
		      "<li><a href=\"#moments\">All "
		      "moments</a></li>\n</ul></nav>\n</header>\n<main id=\"main\">\n");
	for (size_t i = 0; i < s->lost.n; i++) {
		str_adds(out, "<p class=\"missing\">Left out here: ");
		html_c(out, s->lost.v[i]);
		str_adds(out, "</p>\n");
	}
}

/* Timeline: the strip, and what the script shows of it */

static void timeline(const struct story *s, struct str *out)
{
	str_adds(out, "<section aria-labelledby=\"timeline\">\n<h2 id=\"timeline\">Timeline</h2>\n"
		      "<div class=\"scroll\" id=\"stripbox\" tabindex=\"0\" role=\"group\" "
		      "aria-label=\"Timeline, may be scrolled\"><div class=\"wide\">\n");
	html_strip(s, out);
	str_adds(out, export_page_replay);
	if (s->versions_left_out)
		str_adds(out, "<p class=\"missing\">The session changed its files more often than "
			      "is kept here: the replay lacks some texts.</p>\n");
	str_adds(out, "</section>\n");
}

void html_top(const struct story *s, const struct export_context *c, struct str *out)
{
	head(c, out);
	top(s, c, out);
	timeline(s, out);
}
