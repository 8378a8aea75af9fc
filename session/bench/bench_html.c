/* Writes a report as one page: bars with their intervals, and a matrix of problems
 * and sets. The page fetches nothing. Everything a model wrote is escaped as text, so
 * it cannot run anything. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "session/bench/bench_differ.h"
#include "session/bench/bench_report.h"
#include "session/bench/suite.h"

static const char head[] =
	"<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">\n"
	"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	"style-src 'unsafe-inline'\">\n"
	"<meta name=viewport content=\"width=device-width\">\n<title>posedge "
	"bench</title>\n<style>\n"
	":root{color-scheme:light dark;--line:#8884;--pass:#1a6b3c;--fail:#a93226;--grey:#5f5f5f}\n"
	"@media(prefers-color-scheme:dark){:root{--pass:#6fd39a;--fail:#ff9a8c;--grey:#b0b0b0}}\n"
	"body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 "
	"1rem}\n"
	"h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}\n"
	"table{border-collapse:collapse}td,th{padding:.2rem .6rem;border-bottom:1px solid "
	"var(--line);"
	"text-align:left;vertical-align:top}\n"
	"td.n{text-align:right;font-variant-numeric:tabular-nums}\n"
	".bar{position:relative;width:min(22rem,40vw);height:1.1rem;background:#8882}\n"
	".bar i{position:absolute;left:0;top:0;bottom:0;background:var(--pass)}\n"
	".bar b{position:absolute;top:40%;height:20%;background:currentColor;opacity:.55}\n"
	".bar u{position:absolute;top:0;bottom:0;width:2px;background:currentColor}\n"
	".w{overflow-x:auto}\n"
	".m{font:600 13px/1.3 ui-monospace,monospace}.m a{color:inherit}\n"
	".p{color:var(--pass)}.f{color:var(--fail)}.q{color:var(--grey)}\n"
	"</style>\n";

static void add(struct str *out, const char *s)
{
	for (; s && *s; s++) {
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

static double most_of(const struct bench_report *r)
{
	struct bench_sums s;

	bench_sums_of(&r->most.rows, &s);
	return s.rows ? (double)s.passed / (double)s.rows : 0;
}

static void add_bar(const struct bench_report *r, const char *what, const struct bench_count *v,
		    unsigned k, struct str *out)
{
	struct bench_rate rate;

	bench_rate_of(v, r->n_problems, k, &rate);
	str_addf(out,
		 "<tr><td>%s<td class=n>%.1f&nbsp;%%<td><div class=bar title=\"95 %%: %.1f to "
		 "%.1f\"><i style=\"width:%.2f%%\"></i><b style=\"left:%.2f%%;width:%.2f%%\"></b>",
		 what, 100 * rate.mean, 100 * rate.low, 100 * rate.high, 100 * rate.mean,
		 100 * rate.low, 100 * (rate.high - rate.low));
	if (r->has_most)
		str_addf(out, "<u style=\"left:%.2f%%\" title=\"what can be reached\"></u>",
			 100 * most_of(r));
	str_addf(out, "</div><td class=n>%.1f to %.1f\n", 100 * rate.low, 100 * rate.high);
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

/* Links only to files next to the rows, whose names are plain. False: there is no such file. */
static bool begin_link(const struct bench_set *s, const char *folder, const char *path,
		       struct str *out)
{
	if (!*path || !suite_name_is_plain(path))
		return false;
	str_adds(out, "<a href=\"");
	add(out, s->name);
	str_addf(out, ".%s/", folder);
	add(out, path);
	str_adds(out, "\">");
	return true;
}

static void add_letter(const struct bench_set *s, const struct bench_row *row, struct str *out)
{
	const char *differ = bench_differ(row);
	bool linked;

	str_addf(out, "<span class=%s title=\"",
		 bench_row_passes(row) ? "p"
		 : row->class_ == '?'  ? "q"
				       : "f");
	add(out, suite_class_means(row->class_));
	if (*row->first || *row->error) {
		str_adds(out, ": ");
		add(out, *row->error ? row->error : row->first);
	}
	if (differ) {
		str_adds(out, "\nthe judges differ: ");
		add(out, differ);
	}
	str_adds(out, "\">");
	linked = begin_link(s, "answers", row->answer_path, out);
	str_addc(out, row->class_ == '<' || row->class_ == '&' ? '?' : row->class_);
	if (linked)
		str_adds(out, "</a>");
	if (differ)
		str_adds(out, "&#8224;");
	str_adds(out, "</span>");
	if (begin_link(s, "waves", row->wave_path, out))
		str_adds(out, "<small>wave</small></a> ");
}

static void add_matrix(const struct bench_report *r, struct str *out)
{
	str_adds(out,
		 "<h2>Problem by problem</h2><p>Point at a letter for its reason, follow it to "
		 "the answer; &#8224; where the two judges differ.<div "
		 "class=w><table><tr><th>problem");
	for (size_t i = 0; i < r->n; i++) {
		str_adds(out, "<th>");
		add(out, r->sets[i].name);
	}
	for (size_t p = 0; p < r->n_problems; p++) {
		str_adds(out, "\n<tr><td>");
		add(out, r->problems[p]);
		for (size_t i = 0; i < r->n; i++) {
			const struct bench_set *s = &r->sets[i];
			const struct bench_row *row = s->first[p];

			str_adds(out, "<td class=m>");
			if (row && begin_link(s, "answers", row->question_path, out))
				str_adds(out, "<small>asked</small></a> ");
			for (; row && row < s->rows.v + s->rows.n &&
			       strcmp(row->problem, r->problems[p]) == 0;
			     row++)
				add_letter(s, row, out);
		}
	}
	str_adds(out, "\n</table></div>\n");
}

void bench_report_html(const struct bench_report *r, struct str *out)
{
	struct bench_test t;

	str_adds(out, head);
	str_adds(out, "<h1>posedge bench</h1>\n");
	for (size_t i = 0; i < r->n; i++)
		add_set(r, &r->sets[i], out);
	if (r->has_most)
		str_addf(out,
			 "<p>The suite's own solutions reach %.1f&nbsp;%% by the same judge (the "
			 "upright line).\n",
			 100 * most_of(r));
	for (size_t i = 1; i < r->n; i++) {
		bench_compare_counts(r->sets[i].official, r->sets[0].official, r->n_problems, &t);
		str_adds(out, "<p>");
		add(out, r->sets[i].name);
		str_adds(out, " against ");
		add(out, r->sets[0].name);
		str_addf(out, ": %+.1f points, p = %.3f: %s.\n", 100 * t.difference, t.p,
			 t.p < 0.05 ? "larger than chance" : "this may be chance");
	}
	add_matrix(r, out);
	str_adds(out, "</html>\n");
}
