/* --html: the session as one page, to read, print and show.
 *
 * The page is complete without its script, which only adds the replay. A
 * Content-Security-Policy allows this style and this script by their hashes and
 * nothing else: no requests of any kind.
 */
#include "config.h"

#include "session/export/export.h"

#include <string.h>

#include "session/base/count.h"
#include "session/base/str.h"
#include "session/export/export_html.h"
#include "session/export/export_text.h"
#include "session/export/story.h"
#include "session/output/diag.h"

#define WAVES_MAX  12  /* runs whose waves are drawn: the last ones */
#define OPEN_LINES 120 /* a longer diff is folded initially */

/* Questions and decisions ------------------------------------------------------------ */

static void answer(const struct story_ask *a, struct str *out)
{
	struct slice rest = { str_cstr(&a->answer), a->answer.len };
	struct segment seg;

	while (segment_next(&rest, &seg)) {
		size_t lines = 0;

		if (!seg.code) {
			html_prose(out, seg.text.p, seg.text.n);
			continue;
		}
		for (size_t i = 0; i < seg.text.n; i++)
			lines += seg.text.p[i] == '\n';
		str_addf(out, "<details%s><summary>", lines <= 8 ? " open" : "");
		html_count(out, lines, "line");
		if (seg.info.n) {
			str_adds(out, " of ");
			html_text(out, seg.info.p, seg.info.n);
		}
		str_adds(out, "</summary><pre tabindex=\"0\">");
		html_text(out, seg.text.p, seg.text.n);
		str_adds(out, "</pre></details>\n");
	}
}

static void fate(const struct story_line *l, struct str *out)
{
	static const char *const signs[DECISIONS] = {
		[DECISION_OPEN] = "·", [DECISION_TAKEN] = "✓", [DECISION_REFUSED] = "✗"
	};
	bool edited = l->edited && l->decision == DECISION_TAKEN;

	str_addf(out, "<span aria-hidden=\"true\">%s</span> %s", edited ? "✎" : signs[l->decision],
		 export_fate(l->decision, l->edited));
}

static void number(struct str *out, size_t n)
{
	str_adds(out, "<td class=\"no\">");
	if (n)
		str_addf(out, "%zu", n);
	str_adds(out, "</td>");
}

/* Shows the time only if it differs from that of the previous line. */
static void diff_row(const struct story_line *l, const struct story_line *before, struct str *out)
{
	const char *kind = l->sign == '+' ? "add" : l->sign == '-' ? "del" : "same";

	if (l->sign == '@') {
		str_adds(out, "<tr class=\"gap\"><td colspan=\"6\">⋯</td></tr>\n");
		return;
	}
	str_addf(out, "<tr class=\"%s", kind);
	if (l->sign != ' ')
		str_addf(out, " %s", export_fate(l->decision, l->edited));
	str_adds(out, "\"><td class=\"fate\">");
	if (l->sign != ' ')
		fate(l, out);
	str_adds(out, "</td><td class=\"when\">");
	if (l->t_ms && (!before || before->t_ms / 1000 != l->t_ms / 1000))
		html_clock(out, l->t_ms);
	str_adds(out, "</td>");
	number(out, l->old_no);
	number(out, l->new_no);
	str_addf(out, "<td class=\"sign\">%c</td><td class=\"src\">", l->sign);
	html_str(out, &l->text);
	if (l->edited) {
		str_adds(out, "<span class=\"was\">proposed: ");
		html_str(out, &l->was);
		str_adds(out, "</span>");
	}
	str_adds(out, "</td></tr>\n");
}

static void diff(const struct story_suggestion *x, struct str *out)
{
	str_addf(out, "<details%s><summary>", x->lines.n <= OPEN_LINES ? " open" : "");
	html_count(out, x->lines.n, "line");
	str_adds(out, "</summary><div class=\"scroll\" tabindex=\"0\" role=\"group\" "
		      "aria-label=\"Lines of ");
	html_attribute(out, x->path, strlen(x->path));
	str_adds(out, ", may be scrolled\"><table class=\"diff\"><caption class=\"hide\">What was "
		      "proposed for ");
	html_c(out, x->path);
	str_adds(out,
		 " and what became of each line</caption><thead class=\"hide\"><tr><th "
		 "scope=\"col\">Decision</th>"
		 "<th scope=\"col\">When</th><th scope=\"col\">Old line</th><th scope=\"col\">New "
		 "line</th>"
		 "<th scope=\"col\">Change</th><th scope=\"col\">Text</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < x->lines.n; i++)
		diff_row(&x->lines.v[i], i ? &x->lines.v[i - 1] : NULL, out);
	str_adds(out, "</tbody></table></div></details>\n");
}

static void badge(struct str *out, const char *class, size_t n, const char *word)
{
	if (n)
		str_addf(out, "<span class=\"badge %s\">%zu %s</span> ", class, n, word);
}

static void judged(const struct story *s, const struct story_suggestion *x, struct str *out)
{
	struct str said = STR_INIT;

	if (x->lint != STORY_NONE) {
		export_findings(&s->lints[x->lint], &said);
		str_addf(out, "<span class=\"badge %s\">",
			 story_lint_clean(&s->lints[x->lint]) ? "good" : "risk");
		html_str(out, &said);
		str_adds(out, "</span> ");
	}
	str_clear(&said);
	if (x->run != STORY_NONE) {
		story_verdict(&s->runs[x->run], &said);
		str_addf(out, "<span class=\"badge %s\">", export_grade(&s->runs[x->run]));
		html_str(out, &said);
		str_adds(out, "</span> ");
	}
	str_free(&said);
}

static void suggestion(const struct story *s, const struct story_suggestion *x, struct str *out)
{
	str_addf(out, "<section class=\"card\" aria-labelledby=\"s%llu\"><h4 id=\"s%llu\">",
		 (unsigned long long)x->n, (unsigned long long)x->n);
	html_c(out, x->path);
	if (x->moves[0]) {
		str_adds(out, x->in_place ? " <small>moved here from " : " <small>moves to ");
		html_c(out, x->moves);
		str_adds(out, "</small>");
	}
	str_addf(out, "%s</h4>\n<p class=\"badges\">",
		 x->new_file  ? " <small>new file</small>"
		 : x->removes ? " <small>deletes the file</small>"
			      : "");
	badge(out, "good", x->taken, "taken");
	badge(out, "bad", x->refused, "refused");
	badge(out, "edited", x->edited, "rewritten");
	badge(out, "none", x->open, "open");
	if (x->over_ms) {
		str_adds(out, "<span class=\"meta\">");
		html_clock(out, x->over_ms);
		str_adds(out, x->applied ? " written" : " closed, nothing written");
		str_adds(out, ", ");
		html_c(out, strcmp(x->how, "--apply") == 0  ? "as a whole by --apply"
			    : strcmp(x->how, "review") == 0 ? "after review"
							    : x->how);
		if (x->unread)
			str_addf(out, ", %zu of the taken unread", x->unread);
		str_adds(out,
			 x->open && x->rest != STORY_NONE ? "; what was open goes on below" : "");
		str_adds(out, "</span> ");
	} else {
		str_adds(out, "<span class=\"meta\">waits for a decision</span> ");
	}
	judged(s, x, out);
	str_adds(out,
		 x->incomplete ? "<span class=\"badge risk\">the answer was cut off</span>" : "");
	str_adds(out, "</p>\n");
	diff(x, out);
	str_adds(out, "</section>\n");
}

static void ask(const struct story *s, size_t of, struct str *out)
{
	const struct story_ask *a = &s->asks[of];

	str_addf(out,
		 "<article aria-labelledby=\"q%zu\"><h3 id=\"q%zu\">Question %zu <span "
		 "class=\"meta\">",
		 of + 1, of + 1, of + 1);
	html_clock(out, a->t_ms);
	str_adds(out, a->beside ? ", outside the conversation" : "");
	str_adds(out, "</span></h3>\n<blockquote class=\"question\">");
	html_typed(out, str_cstr(&a->question), a->question.len);
	str_adds(out, "</blockquote>\n<div class=\"answer\"><p class=\"by\">");
	html_str(out, a->model.len ? &a->model : &a->backend);
	str_adds(out, " <span class=\"meta\">");
	if (a->ended_ms)
		str_addf(out, "%.1f s", (double)(a->ended_ms - a->t_ms) / 1000);
	if (a->in >= 0 && a->out >= 0)
		str_addf(out, ", %lld tokens in, %lld out", (long long)a->in, (long long)a->out);
	str_adds(out, "</span></p>\n");
	if (a->reasoning.len) {
		str_adds(out, "<details><summary>Reasoning</summary>");
		html_prose(out, str_cstr(&a->reasoning), a->reasoning.len);
		str_adds(out, "</details>\n");
	}
	answer(a, out);
	if (a->error.len) {
		str_adds(out, "<p class=\"missing\">");
		html_c(out, str_cstr(&a->error));
		str_adds(out, "</p>\n");
	} else if (a->lack) {
		str_addf(out, "<p class=\"missing\">The answer was %s.</p>\n", a->lack);
	}
	str_adds(out, "</div>\n");
	for (size_t i = 0; i < s->n_suggestions; i++)
		if (s->suggestions[i].ask == of)
			suggestion(s, &s->suggestions[i], out);
	str_adds(out, "</article>\n");
}

static void questions(const struct story *s, struct str *out)
{
	bool first = true;

	str_adds(out, "<section aria-labelledby=\"questions\">\n<h2 id=\"questions\">Questions and "
		      "decisions</h2>\n");
	if (s->n_asks == 0)
		str_adds(out, "<p class=\"missing\">Nothing was asked.</p>\n");
	for (size_t i = 0; i < s->n_asks; i++)
		ask(s, i, out);
	for (size_t i = 0; i < s->n_suggestions; i++) {
		if (s->suggestions[i].ask != STORY_NONE)
			continue;
		if (first)
			str_adds(out, "<article aria-labelledby=\"outside\"><h3 "
				      "id=\"outside\">Proposed from elsewhere</h3>\n");
		first = false;
		suggestion(s, &s->suggestions[i], out);
	}
	str_adds(out, first ? "</section>\n" : "</article>\n</section>\n");
}

/* Lint and simulation ------------------------------------------------------------------ */

static void lint(const struct story_lint *l, struct str *out)
{
	bool clean = story_lint_clean(l);
	size_t style = diag_list_count(l->found, DIAG_STYLE);

	str_addf(out, "<li class=\"event\"><p><span class=\"meta\">");
	html_clock(out, l->t_ms);
	str_addf(out, "</span> <span class=\"badge %s\">",
		 clean		? "good"
		 : l->error.len ? "none"
				: "risk");
	export_findings(l, out);
	str_adds(out, "</span> <span class=\"meta\">");
	html_str(out, &l->tool);
	if (style)
		str_addf(out, ", %zu of style", style);
	str_adds(out, "</span></p>\n");
	if (!clean && diag_list_len(l->found)) {
		str_adds(out, "<ul class=\"findings\">\n");
		for (size_t i = 0; i < diag_list_len(l->found); i++) {
			struct str line = STR_INIT;
			const struct diag *d = diag_list_at(l->found, i);

			if (d->rank == DIAG_STYLE)
				continue;
			diag_print(d, &line);
			str_addf(out, "<li class=\"%s\">", d->rank == DIAG_ERROR ? "bad" : "risk");
			html_str(out, &line);
			str_adds(out, "</li>\n");
			str_free(&line);
		}
		str_adds(out, "</ul>\n");
	}
	str_adds(out, "</li>\n");
}

static void run(const struct story *s, const struct story_run *r, const struct export_context *c,
		bool drawn, struct str *out)
{
	struct str said = STR_INIT;

	story_verdict(r, &said);
	str_adds(out, "<li class=\"event\"><p><span class=\"meta\">");
	html_clock(out, r->t_ms);
	str_addf(out, "</span> <span class=\"badge %s\">", export_grade(r));
	html_str(out, &said);
	str_adds(out, "</span> ");
	html_str(out, &r->testbench);
	str_adds(out, " <span class=\"meta\">");
	html_str(out, &r->engine);
	if (r->unprotected.len) {
		str_adds(out, ", without ");
		html_str(out, &r->unprotected);
	}
	str_adds(out, "</span></p>\n");
	if (drawn)
		html_wave(s, r, c, out);
	else
		str_adds(
			out,
			"<p class=\"missing\">Its waves are not drawn here; later ones are.</p>\n");
	str_adds(out, "</li>\n");
	str_free(&said);
}

static void tools(const struct story *s, const struct export_context *c, struct str *out)
{
	str_adds(
		out,
		"<section aria-labelledby=\"tools\">\n<h2 id=\"tools\">Lint and simulation</h2>\n");
	str_adds(out, s->n_lints + s->n_runs ? "<ol class=\"events\">\n"
					     : "<p class=\"missing\">No tool was asked.</p>\n");
	for (size_t i = 0; i < s->n_moments; i++) {
		const struct moment *m = &s->moments[i];

		if (m->type == EVENT_LINT)
			lint(&s->lints[m->of], out);
		else if (m->type == EVENT_RUN)
			run(s, &s->runs[m->of], c, m->of + WAVES_MAX >= s->n_runs, out);
	}
	str_adds(out, s->n_lints + s->n_runs ? "</ol>\n</section>\n" : "</section>\n");
}

/* Files ---------------------------------------------------------------------------------- */

static const char *author_class(char letter)
{
	switch (letter) {
	case 'u':
		return "au";
	case 'm':
		return "am";
	case '*':
		return "ab";
	case 'o':
		return "ao";
	default:
		return "an";
	}
}

/* Number of lines per author, largest first. */
static void shares(const struct story_text *f, struct str *out)
{
	static const struct {
		char letter;
		const char *who;
	} all[] = {
		{ 'm', "by a model" },	 { '*', "by a model, changed by you" },
		{ 'u', "by you" },	 { 'o', "from outside" },
		{ ' ', "there before" },
	};

	str_adds(out, "<p class=\"legend\">");
	for (size_t a = 0; a < sizeof(all) / sizeof(*all); a++) {
		size_t n = 0;

		for (size_t i = 0; i < f->letters.len; i++)
			n += f->letters.data[i] == all[a].letter;
		if (n)
			str_addf(out, "<span><i class=\"key %s\">%c</i>%zu line%s %s</span> ",
				 author_class(all[a].letter), all[a].letter, n, count_s(n),
				 all[a].who);
	}
	str_adds(out, "</p>\n");
}

static void file(const struct story_text *f, size_t nr, struct str *out)
{
	struct slice rest = { str_cstr(&f->text), f->text.len };

	str_addf(out, "<section class=\"card\" aria-labelledby=\"f%zu\"><h3 id=\"f%zu\">", nr, nr);
	html_c(out, f->path);
	str_addf(out, "%s</h3>\n", f->unsaved ? " <small>not saved</small>" : "");
	shares(f, out);
	str_adds(out, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Text of ");
	html_attribute(out, f->path, strlen(f->path));
	str_adds(out, ", may be scrolled\"><table class=\"code\"><thead class=\"hide\"><tr><th "
		      "scope=\"col\">Author</th>"
		      "<th scope=\"col\">Name</th><th scope=\"col\">Line</th><th "
		      "scope=\"col\">Text</th></tr></thead><tbody>\n");
	for (size_t i = 0; rest.n; i++) {
		struct slice line = slice_line(&rest);
		char letter = i < f->letters.len ? f->letters.data[i] : ' ';
		const char *who = i < f->authors.n ? f->authors.v[i] : "";
		bool same = i > 0 && i < f->authors.n && strcmp(f->authors.v[i - 1], who) == 0;

		if (line.n && line.p[line.n - 1] == '\n')
			line.n--; /* a CR before it is shown */
		str_addf(out, "<tr class=\"%s\"><td class=\"who\">%c</td><td class=\"name\">",
			 author_class(letter), letter);
		html_c(out, same ? "" : who);
		str_addf(out, "</td><td class=\"no\">%zu</td><td class=\"src\">", i + 1);
		html_text(out, line.p, line.n);
		str_adds(out, "</td></tr>\n");
	}
	str_adds(out, "</tbody></table></div></section>\n");
}

static void files(const struct story *s, struct str *out)
{
	str_adds(out, "<section aria-labelledby=\"files\">\n<h2 id=\"files\">Files, and who wrote "
		      "each line</h2>\n");
	if (s->n_files == 0)
		str_adds(out, "<p class=\"missing\">No file was changed.</p>\n");
	for (size_t i = 0; i < s->n_files; i++)
		file(&s->files[i], i + 1, out);
	str_adds(out, "</section>\n");
}

static void moments(const struct story *s, struct str *out)
{
	str_adds(out, "<section aria-labelledby=\"moments\">\n<h2 id=\"moments\">All "
		      "moments</h2>\n<table class=\"moments\">"
		      "<thead class=\"hide\"><tr><th scope=\"col\">Time</th><th "
		      "scope=\"col\">Event</th><th scope=\"col\">What</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < s->n_moments; i++) {
		const struct moment *m = &s->moments[i];

		if (m->type == EVENT_PIECE)
			continue;
		str_adds(out, "<tr><td>");
		html_clock(out, m->t_ms);
		str_addf(out, "</td><td>%s</td><td>", event_name(m->type));
		html_str(out, &m->text);
		str_adds(out, "</td></tr>\n");
	}
	str_adds(out, "</tbody></table>\n</section>\n");
}

void export_html(const struct story *s, const struct export_context *c, struct str *out)
{
	html_top(s, c, out);
	questions(s, out);
	tools(s, c, out);
	files(s, out);
	moments(s, out);
	str_adds(out, "</main>\n<footer><p>Made by posedge from the session's journal. Secrets "
		      "were taken out. "
		      "The page holds all it shows and asks nobody for anything.</p></footer>\n"
		      "<script type=\"application/json\" id=\"data\">");
	html_data(s, out);
	str_addf(out, "</script>\n<script>%s</script>\n</body>\n</html>\n", export_page_script);
}
