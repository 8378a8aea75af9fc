/* Writes a report as one page: bars with their intervals, and a matrix of problems
 * and sets. The page fetches nothing. Everything a model wrote is escaped as text, so
 * it cannot run anything. */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/bench/bench_differ.h"
#include "session/bench/bench_report.h"
#include "session/bench/suite.h"

static void add_escaped(struct str *out, const char *s)
{
	for (; *s; s++) {
		if (*s == '<')
			str_adds(out, "&lt;");
		else if (*s == '>')
			str_adds(out, "&gt;");
		else if (*s == '&')
			str_adds(out, "&amp;");
		else if (*s == '"')
			str_adds(out, "&quot;");
		else
			str_addc(out, *s);
	}
}

static bool is_ascii(const char *s)
{
	while (*s >= ' ' && *s < 127)
		s++;
	return !*s;
}

/* Control characters, and those that turn the direction of what follows, as escapes. */
static void add(struct str *out, const char *s)
{
	struct str shown = STR_INIT;

	if (!s || is_ascii(s)) {
		add_escaped(out, s ? s : "");
		return;
	}
	utf8_show(s, strlen(s), &shown);
	add_escaped(out, str_cstr(&shown));
	str_free(&shown);
}

/* What the suite's own solutions reach, 0 to 1; negative: unknown. */
static double most_of(const struct bench_report *r)
{
	struct bench_sums s;

	bench_sums_of(&r->most.rows, &s);
	return bench_sums_rate(&s);
}

static void add_bar(const struct bench_report *r, const char *what, const struct bench_count *v,
		    unsigned k, struct str *out)
{
	struct bench_rate rate;

	bench_rate_of(v, r->n_problems, k, &rate);
	if (!rate.problems) {
		str_addf(out, "<tr><td>%s<td class=n>unknown<td>no sample was judged<td class=i>\n",
			 what);
		return;
	}
	str_addf(out,
		 "<tr><td>%s<td class=n>%.1f&nbsp;%%<td><div class=bar title=\"95 %%: %.1f to "
		 "%.1f\"><i style=\"width:%.2f%%\"></i><b style=\"left:%.2f%%;width:%.2f%%\"></b>",
		 what, 100 * rate.mean, 100 * rate.low, 100 * rate.high, 100 * rate.mean,
		 100 * rate.low, 100 * (rate.high - rate.low));
	if (most_of(r) >= 0)
		str_addf(out, "<u style=\"left:%.2f%%\" title=\"what can be reached\"></u>",
			 100 * most_of(r));
	str_addf(out, "</div><td class=i>%.1f to %.1f\n", 100 * rate.low, 100 * rate.high);
}

static void add_category(void *ctx, const char *name, double rate, size_t n)
{
	struct str *out = ctx;

	str_adds(out, "<tr><td>");
	add(out, name);
	str_addf(out,
		 "<td class=n>%.1f&nbsp;%%<td><div class=bar><i style=\"width:%.2f%%\"></i></div>"
		 "<td class=i>of %zu problem%s\n",
		 100 * rate, 100 * rate, n, n == 1 ? "" : "s");
}

static void add_set(const struct bench_report *r, const struct bench_set *s, struct str *out)
{
	unsigned k = bench_most_k(s->official, r->n_problems);
	struct bench_sums sums;
	char what[32];

	bench_sums_of(&s->rows, &sums);
	str_adds(out, "<h2>");
	add(out, s->name);
	str_adds(out, "</h2><p>");
	if (!s->rows.n) {
		str_adds(out, "No rows.\n");
		return;
	}
	add(out, s->rows.v[0].suite);
	str_addf(out, ", %zu sample%s", s->rows.n, s->rows.n == 1 ? "" : "s");
	if (*s->rows.v[0].model) {
		str_adds(out, ", ");
		add(out, s->rows.v[0].model);
	}
	if (*s->rows.v[0].setup) {
		str_adds(out, ", ");
		add(out, s->rows.v[0].setup);
	}
	str_adds(out, "<table>");
	add_bar(r, "pass@1", s->official, 1, out);
	if (k > 1) {
		snprintf(what, sizeof(what), "pass@%u", k);
		add_bar(r, what, s->official, k, out);
	}
	add_bar(r, "pass@1, strict judge", s->strict, 1, out);
	bench_categories(r, s, add_category, out);
	str_adds(out, "</table><p>");
	for (unsigned c = 33; c < 127; c++)
		if (sums.letters[c])
			str_addf(out, "%zu &times; <b>%c</b> %s &nbsp; ", sums.letters[c], (int)c,
				 suite_class_means((char)c));
	bench_figures_html(&s->rows, &sums, out);
	if (sums.cut)
		str_addf(out, "<p>%zu answers were cut by length, %zu of them without code",
			 sums.cut, sums.cut_no_code);
	if (sums.cost > 0 && sums.passed)
		str_addf(out, "<p>cost %.4f, %.4f for each pass", sums.cost,
			 sums.cost / (double)sums.passed);
	str_addc(out, '\n');
}

/* The way from one folder to another, "" or with a slash at its end. */
static void add_way(const char *from, const char *to, struct str *out)
{
	char *a = realpath(from, NULL), *b = realpath(to, NULL);
	size_t same = 0;

	for (size_t i = 0; a && b; i++) {
		bool a_ends = !a[i] || a[i] == '/', b_ends = !b[i] || b[i] == '/';

		if (a_ends && b_ends)
			same = i;
		if (a[i] != b[i] || !a[i])
			break;
	}
	if (a && b) {
		for (const char *p = a + same; *p; p++)
			if (*p == '/' && p[1])
				str_adds(out, "../");
		if (b[same] && b[same + 1])
			str_addf(out, "%s/", b + same + 1);
	}
	free(a);
	free(b);
}

/* A path as a link, not as a name with a "#" or a scheme in it. */
static void add_url(struct str *out, const char *s)
{
	for (; *s; s++)
		if (isalnum((unsigned char)*s) || strchr("_.~/-", *s))
			str_addc(out, *s);
		else
			str_addf(out, "%%%02X", (unsigned char)*s);
}

struct page {
	const struct bench_report *r;
	struct str *ways; /* per set: from the page to the folder of its rows */
};

/* Links only to files next to the rows, whose names are plain. False: there is no such file. */
static bool begin_link(const struct page *p, size_t set, const char *folder, const char *path,
		       struct str *out)
{
	if (!*path || !suite_name_is_plain(path))
		return false;
	str_adds(out, "<a href=\"");
	add_url(out, str_cstr(&p->ways[set]));
	add_url(out, p->r->sets[set].name);
	str_addf(out, ".%s/", folder);
	add_url(out, path);
	str_adds(out, "\">");
	return true;
}

static void add_reason(const struct bench_row *row, struct str *out)
{
	add(out, suite_class_means(row->class_));
	if (*row->first || *row->error) {
		str_adds(out, ": ");
		add(out, *row->error ? row->error : row->first);
	}
}

static void add_letter(const struct page *p, size_t set, const struct bench_row *row,
		       struct str *out)
{
	const char *differ = bench_differ(row);
	bool linked;

	str_addf(out, "<span class=%s title=\"",
		 bench_row_passes(row) ? "p"
		 : row->class_ == '?'  ? "q"
				       : "f");
	add_reason(row, out);
	if (differ) {
		str_adds(out, "\nthe judges differ: ");
		add(out, differ);
	}
	str_adds(out, "\">");
	linked = begin_link(p, set, "answers", row->answer_path, out);
	str_addc(out, row->class_ == '<' || row->class_ == '&' ? '?' : row->class_);
	if (linked)
		str_adds(out, "</a>");
	if (differ)
		str_adds(out, "&#8224;");
	str_adds(out, "</span>");
	if (begin_link(p, set, "waves", row->wave_path, out))
		str_adds(out, "<small>wave</small></a> ");
}

static void add_problem(const struct page *page, size_t p, struct str *out)
{
	const struct bench_report *r = page->r;
	const struct bench_row *failed = NULL;

	str_adds(out, "\n<tr><td>");
	add(out, r->problems[p]);
	for (size_t i = 0; i < r->n; i++) {
		const struct bench_set *s = &r->sets[i];
		const struct bench_row *row = s->first[p];

		str_adds(out, "<td class=m>");
		if (row && begin_link(page, i, "answers", row->question_path, out))
			str_adds(out, "<small>asked</small></a> ");
		for (; row && row < s->rows.v + s->rows.n &&
		       strcmp(row->problem, r->problems[p]) == 0;
		     row++) {
			add_letter(page, i, row, out);
			if (!failed && !bench_row_passes(row))
				failed = row;
		}
	}
	/* With several sets it would not be clear whose reason this is. */
	if (r->n == 1) {
		str_adds(out, "<td>");
		if (failed)
			add_reason(failed, out);
	}
}

static void add_matrix(const struct page *page, struct str *out)
{
	const struct bench_report *r = page->r;

	str_adds(out,
		 "<h2>Problem by problem</h2><p>Point at a letter for its reason, follow it to "
		 "the answer; &#8224; where the two judges differ.<div "
		 "class=w><table><tr><th>problem");
	for (size_t i = 0; i < r->n; i++) {
		str_adds(out, "<th>");
		add(out, r->sets[i].name);
	}
	if (r->n == 1)
		str_adds(out, "<th>first failure");
	for (size_t p = 0; p < r->n_problems; p++)
		add_problem(page, p, out);
	str_adds(out, "\n</table></div>\n");
}

static void add_comparison(const struct bench_report *r, size_t i, struct str *out)
{
	struct bench_test t;

	bench_compare_counts(r->sets[i].official, r->sets[0].official, r->n_problems, &t);
	str_adds(out, "<p>");
	add(out, r->sets[i].name);
	str_adds(out, " against ");
	add(out, r->sets[0].name);
	str_adds(out, ": ");
	if (t.better + t.worse + t.same == 0)
		str_adds(out, "they have no problem in common");
	else
		bench_test_text(&t, out);
	str_adds(out, ".\n");
}

static void add_title(const struct bench_report *r, struct str *out)
{
	str_adds(out, "<title>posedge bench: ");
	for (size_t i = 0; i < r->n; i++) {
		str_adds(out, i ? ", " : "");
		add(out, r->sets[i].name);
	}
	str_adds(out, "</title>\n<h1>posedge bench</h1>\n");
}

void bench_report_html(const struct bench_report *r, const char *where, struct str *out)
{
	struct page page = { .r = r, .ways = mem_calloc(r->n + 1, sizeof(*page.ways)) };

	for (size_t i = 0; i < r->n; i++)
		add_way(where, r->sets[i].dir, &page.ways[i]);
	str_adds(out, bench_head);
	add_title(r, out);
	for (size_t i = 0; i < r->n; i++)
		add_set(r, &r->sets[i], out);
	if (most_of(r) >= 0)
		str_addf(out,
			 "<p>The suite's own solutions reach %.1f&nbsp;%% by the same judge (the "
			 "upright line).\n",
			 100 * most_of(r));
	else if (r->has_most)
		str_adds(out, "<p>None of the suite's own solutions could be judged.\n");
	if (r->n > 1)
		str_adds(out, "<h2>Differences</h2>");
	for (size_t i = 1; i < r->n; i++)
		add_comparison(r, i, out);
	if (r->n_problems)
		add_matrix(&page, out);
	str_adds(out, "</html>\n");
	for (size_t i = 0; i < r->n; i++)
		str_free(&page.ways[i]);
	free(page.ways);
}
