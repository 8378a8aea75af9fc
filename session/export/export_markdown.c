/* --markdown: a report to read, to hand in, to keep with a design.
 *
 * Text from the session is put in fences longer than any in it, in code spans, or
 * escaped, so it cannot produce HTML, links or pictures.
 */
#include "config.h"

#include "session/export/export.h"

#include <string.h>

#include "session/base/count.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/export/export_text.h"
#include "session/export/story.h"
#include "session/output/diag.h"

#define PROSE_MAX    1500 /* bytes shown of an answer */
#define FINDINGS_MAX 12	  /* findings shown per lint */

static size_t longest_run(const char *text, size_t len)
{
	size_t most = 0, now = 0;

	for (size_t i = 0; i < len; i++) {
		now = text[i] == '`' ? now + 1 : 0;
		most = now > most ? now : most;
	}
	return most;
}

static void repeat(struct str *out, char c, size_t n)
{
	while (n--)
		str_addc(out, c);
}

static void fenced(const struct str *text, struct str *out)
{
	size_t width = longest_run(str_cstr(text), text->len) + 1;

	width = width < 3 ? 3 : width;
	repeat(out, '`', width);
	str_adds(out, "text\n");
	utf8_show(str_cstr(text), text->len, out);
	if (text->len && text->data[text->len - 1] != '\n')
		str_addc(out, '\n');
	repeat(out, '`', width);
	str_adds(out, "\n\n");
}

/* A code span on one line. */
static void span(const char *text, size_t len, struct str *out)
{
	size_t width = longest_run(text, len) + 1;
	struct str shown = STR_INIT;

	utf8_show(text, len, &shown);
	for (size_t i = 0; i < shown.len; i++)
		if (shown.data[i] == '\n' || shown.data[i] == '\t' || shown.data[i] == '|')
			shown.data[i] = ' '; /* these would end the table row */
	repeat(out, '`', width);
	str_addf(out, width > 1 ? " %s " : "%s", shown.len ? str_cstr(&shown) : " ");
	repeat(out, '`', width);
	str_free(&shown);
}

static void span_of(const struct str *text, struct str *out)
{
	span(str_cstr(text), text->len, out);
}

/* One line of prose: escapes markup, except for code spans that end on the same line. */
static void prose_line(struct slice line, struct str *out)
{
	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];

		if (c == '`') {
			size_t width = slice_run(slice_from(line, i), '`'), end = i + width;

			while (end < line.n && slice_run(slice_from(line, end), '`') != width)
				end += line.p[end] == '`' ? slice_run(slice_from(line, end), '`')
							  : 1;
			if (end < line.n) {
				str_add(out, line.p + i, end + width - i);
				i = end + width - 1;
				continue;
			}
			repeat(out, '\'', width);
			i += width - 1;
		} else if (c == '<') {
			str_adds(out, "&lt;");
		} else if (c == '&') {
			str_adds(out, "&amp;");
		} else {
			if (strchr("[]!\\|#*_~>", c) && c)
				str_addc(out, '\\');
			str_addc(out, c);
		}
	}
}

/* Appends at most limit bytes of text as a quotation; true if that is all of it. */
static bool prose(struct slice text, size_t limit, struct str *out)
{
	struct str shown = STR_INIT;
	struct slice rest;
	size_t start = out->len;

	utf8_show(text.p, text.n, &shown);
	rest = (struct slice){ str_cstr(&shown), shown.len };
	while (rest.n && out->len - start < limit) {
		str_adds(out, "> ");
		prose_line(slice_chomp(slice_line(&rest)), out);
		str_adds(out, "\n");
	}
	str_free(&shown);
	return rest.n == 0;
}

/* The prose of an answer, and the amount of code in it: the code is shown below as lines. */
static void answer(const struct story_ask *a, struct str *out)
{
	struct slice rest = { str_cstr(&a->answer), a->answer.len };
	struct segment seg;
	size_t start = out->len;
	bool whole = true;

	while (whole && segment_next(&rest, &seg)) {
		if (seg.code)
			str_addf(out, ">\n> *(%zu line%s of code)*\n>\n", slice_lines(seg.text),
				 count_s(slice_lines(seg.text)));
		else
			whole = prose(seg.text,
				      out->len - start < PROSE_MAX ? PROSE_MAX - (out->len - start)
								   : 0,
				      out);
	}
	if (!whole)
		str_adds(out, "> *(shortened)*\n");
	if (a->error.len) {
		str_adds(out, "\nThe answer failed: ");
		span_of(&a->error, out);
		str_adds(out, ".\n");
	} else if (a->lack) {
		str_addf(out, "\nThe answer was %s.\n", a->lack);
	}
	str_addc(out, '\n');
}

static void diff(const struct story_lines *l, struct str *out)
{
	struct str text = STR_INIT;

	for (size_t i = 0; i < l->n; i++) {
		const struct story_line *x = &l->v[i];

		if (x->sign == '@') {
			str_adds(&text, "          @@\n");
			continue;
		}
		str_addf(&text, "%-9s %c ",
			 x->sign == ' ' ? "" : export_fate(x->decision, x->edited), x->sign);
		str_add(&text, str_cstr(&x->text), x->text.len);
		str_addc(&text, '\n');
		if (x->edited) {
			str_adds(&text, "     was:   ");
			str_add(&text, str_cstr(&x->was), x->was.len);
			str_addc(&text, '\n');
		}
	}
	fenced(&text, out);
	str_free(&text);
}

static void suggestion(const struct story *s, const struct story_suggestion *x, struct str *out)
{
	str_adds(out, "### ");
	span(x->path, strlen(x->path), out);
	if (x->moves[0]) {
		str_adds(out, x->in_place ? " (moved here from " : " (moves to ");
		span(x->moves, strlen(x->moves), out);
		str_addc(out, ')');
	}
	str_addf(out, "%s\n\n",
		 x->new_file  ? " (new file)"
		 : x->removes ? " (deletes the file)"
			      : "");
	str_addf(out, "Taken %zu", x->taken);
	if (x->edited)
		str_addf(out, " (%zu rewritten first)", x->edited);
	str_addf(out, ", refused %zu, open %zu", x->refused, x->open);
	if (x->over_ms) {
		str_adds(out, "; ");
		export_clock(x->over_ms, out);
		str_adds(out, x->applied ? " written" : " closed, nothing was written");
		if (strcmp(x->how, "--apply") == 0)
			str_adds(out, " as a whole, by `--apply`");
		if (x->unread)
			str_addf(out, ", %zu of the taken unread", x->unread);
	} else {
		str_adds(out, "; it waits for a decision");
	}
	str_adds(out, ".\n");
	if (x->lint != STORY_NONE) {
		str_adds(out, "Then: ");
		export_findings(&s->lints[x->lint], out);
		str_adds(out, ".\n");
	}
	if (x->run != STORY_NONE) {
		struct str said = STR_INIT;

		story_verdict(&s->runs[x->run], &said);
		str_adds(out, "Then: ");
		span_of(&said, out);
		str_adds(out, ".\n");
		str_free(&said);
	}
	str_addc(out, '\n');
	diff(&x->lines, out);
}

static void asked(const struct story *s, size_t of, struct str *out)
{
	const struct story_ask *a = &s->asks[of];
	bool first = true;

	for (size_t i = 0; i < s->n_suggestions; i++) {
		if (s->suggestions[i].ask != of)
			continue;
		if (first)
			str_adds(out, "What was proposed, and what became of it:\n\n");
		first = false;
		suggestion(s, &s->suggestions[i], out);
	}
	if (first && a->ended_ms && !a->beside)
		str_adds(out, "It proposed no change.\n\n");
}

static void question(const struct story *s, size_t of, struct str *out)
{
	const struct story_ask *a = &s->asks[of];

	str_addf(out, "## Question %zu, ", of + 1);
	export_clock(a->t_ms, out);
	str_adds(out, a->beside ? ", outside the conversation\n\n" : "\n\n");
	fenced(&a->question, out);
	str_adds(out, "Answer by ");
	span_of(a->model.len ? &a->model : &a->backend, out);
	if (a->out >= 0)
		str_addf(out, " (%lld tokens)", (long long)a->out);
	str_adds(out, ":\n\n");
	answer(a, out);
	asked(s, of, out);
}

static void other_suggestions(const struct story *s, struct str *out)
{
	bool first = true;

	for (size_t i = 0; i < s->n_suggestions; i++) {
		if (s->suggestions[i].ask != STORY_NONE)
			continue;
		if (first)
			str_adds(out, "## Proposed from elsewhere\n\n");
		first = false;
		suggestion(s, &s->suggestions[i], out);
	}
}

static void finding(const struct diag *d, struct str *out)
{
	struct str line = STR_INIT;

	diag_print(d, &line);
	str_adds(out, "  - ");
	span_of(&line, out);
	str_addc(out, '\n');
	str_free(&line);
}

static void lint(const struct story_lint *l, struct str *out)
{
	size_t shown = 0;

	str_adds(out, "- ");
	export_clock(l->t_ms, out);
	str_adds(out, " lint by ");
	span_of(&l->tool, out);
	str_adds(out, ": ");
	if (l->error.len)
		span_of(&l->error, out);
	else
		export_findings(l, out);
	str_addc(out, '\n');
	for (size_t i = 0; i < diag_list_len(l->found); i++)
		if (diag_list_at(l->found, i)->rank != DIAG_STYLE && shown++ < FINDINGS_MAX)
			finding(diag_list_at(l->found, i), out);
	if (shown > FINDINGS_MAX)
		str_addf(out, "  - and %zu more\n", shown - FINDINGS_MAX);
}

static void run(const struct story_run *r, struct str *out)
{
	struct str said = STR_INIT;

	str_adds(out, "- ");
	export_clock(r->t_ms, out);
	str_adds(out, " simulation of ");
	span_of(&r->testbench, out);
	str_adds(out, " with ");
	span_of(&r->engine, out);
	str_adds(out, ": ");
	story_verdict(r, &said);
	span_of(&said, out);
	str_addc(out, '\n');
	str_free(&said);
}

static void checks(const struct story *s, struct str *out)
{
	if (s->n_lints + s->n_runs == 0)
		return;
	str_adds(out, "## What the tools said\n\n");
	for (size_t i = 0; i < s->n_moments; i++) {
		const struct moment *m = &s->moments[i];

		if (m->type == EVENT_LINT)
			lint(&s->lints[m->of], out);
		else if (m->type == EVENT_RUN)
			run(&s->runs[m->of], out);
	}
	str_addc(out, '\n');
}

static void notes(const struct story *s, struct str *out)
{
	bool first = true;

	for (size_t i = 0; i < s->n_moments; i++) {
		const struct moment *m = &s->moments[i];

		if (m->type != EVENT_NOTE)
			continue;
		str_adds(out, first ? "## Notes\n\n- " : "- ");
		export_clock(m->t_ms, out);
		str_addc(out, ' ');
		span_of(&m->text, out);
		str_addc(out, '\n');
		first = false;
	}
	if (!first)
		str_addc(out, '\n');
}

static void file(const struct story_text *f, struct str *out)
{
	struct slice rest = { str_cstr(&f->text), f->text.len };
	struct str text = STR_INIT;
	size_t width = 6;

	for (size_t i = 0; i < f->authors.n; i++)
		width = strlen(f->authors.v[i]) > width ? strlen(f->authors.v[i]) : width;
	width = width > 40 ? 40 : width;
	for (size_t i = 0; rest.n; i++) {
		struct slice line = slice_chomp(slice_line(&rest));

		str_addf(&text, "%-*.40s %4zu  ", (int)width,
			 i < f->authors.n ? f->authors.v[i] : "", i + 1);
		str_add(&text, line.p, line.n);
		str_addc(&text, '\n');
	}
	str_adds(out, "### ");
	span(f->path, strlen(f->path), out);
	str_adds(out, f->unsaved ? " (not saved)\n\n" : "\n\n");
	fenced(&text, out);
	str_free(&text);
}

static void related(const char *how, const struct str *id, struct str *out)
{
	if (!id->len)
		return;
	str_adds(out, how);
	span_of(id, out);
}

void export_markdown(const struct story *s, const struct export_context *c, struct str *out)
{
	str_adds(out, "# ");
	span(c->title, strlen(c->title), out);
	str_adds(out, "\n\nA session with posedge, ");
	export_date(s->started_ms, out);
	str_adds(out, " (");
	span(s->id, strlen(s->id), out);
	str_addc(out, ')');
	related(" beside ", &s->neighbour, out);
	related(" that goes on from ", &s->parent, out);
	str_adds(out, ", ");
	export_span(s->ended_ms - s->started_ms, out);
	str_addf(out, ": %zu question%s, %zu suggestion%s, %zu lint%s, %zu simulation%s.\n\n",
		 s->n_asks, count_s(s->n_asks), s->n_suggestions, count_s(s->n_suggestions),
		 s->n_lints, count_s(s->n_lints), s->n_runs, count_s(s->n_runs));
	for (size_t i = 0; i < s->lost.n; i++) {
		str_adds(out, "Not told: ");
		span(s->lost.v[i], strlen(s->lost.v[i]), out);
		str_adds(out, "\n\n");
	}
	for (size_t i = 0; i < s->n_asks; i++)
		question(s, i, out);
	other_suggestions(s, out);
	checks(s, out);
	notes(s, out);
	if (s->n_files)
		str_adds(out, "## The files, and who wrote each line\n\n");
	for (size_t i = 0; i < s->n_files; i++)
		file(&s->files[i], out);
}
