/* Reports for other programs: CSV and JSON. */
#include "config.h"

#include <string.h>

#include "session/base/json.h"
#include "session/bench/bench_report.h"

/* RFC 4180. A quote is prepended to a cell that a spreadsheet would take for a formula. */
static void add_cell(struct str *out, const char *s)
{
	bool formula = strchr("=+-@\t\r", *s) && *s;

	str_addc(out, '"');
	if (formula)
		str_addc(out, '\'');
	for (; *s; s++) {
		if (*s == '"')
			str_addc(out, '"');
		str_addc(out, *s);
	}
	str_addc(out, '"');
}

void bench_report_csv(const struct bench_report *r, struct str *out)
{
	str_adds(out, "set,problem,category,samples,passed,passed_strict,classes\n");
	for (size_t i = 0; i < r->n; i++) {
		const struct bench_set *s = &r->sets[i];
		size_t row = 0;

		for (size_t p = 0; p < r->n_problems; p++) {
			struct str letters = STR_INIT;

			if (!s->first[p])
				continue;
			for (;
			     row < s->rows.n && strcmp(s->rows.v[row].problem, r->problems[p]) == 0;
			     row++)
				str_addc(&letters, s->rows.v[row].class_);
			add_cell(out, s->name);
			str_addc(out, ',');
			add_cell(out, r->problems[p]);
			str_addc(out, ',');
			add_cell(out, r->categories[p]);
			str_addf(out, ",%u,%u,%u,", s->official[p].n, s->official[p].c,
				 s->strict[p].c);
			add_cell(out, str_cstr(&letters));
			str_addc(out, '\n');
			str_free(&letters);
		}
	}
}

static void add_rate(const char *name, const struct bench_count *v, size_t n, unsigned k,
		     struct str *out)
{
	struct bench_rate rate;

	bench_rate_of(v, n, k, &rate);
	if (!rate.problems) {
		str_addf(out,
			 ",\"%s\":{\"k\":%u,\"mean\":null,\"low\":null,\"high\":null,"
			 "\"problems\":0}",
			 name, k);
		return;
	}
	str_addf(out,
		 ",\"%s\":{\"k\":%u,\"mean\":%.6f,\"low\":%.6f,\"high\":%.6f,\"problems\":%zu}",
		 name, k, rate.mean, rate.low, rate.high, rate.problems);
}

static void add_set(const struct bench_report *r, const struct bench_set *s, struct str *out)
{
	unsigned k = bench_most_k(s->official, r->n_problems);
	struct bench_sums sums;
	bool first = true;

	bench_sums_of(&s->rows, &sums);
	str_adds(out, "{\"set\":");
	json_quote(out, s->name, strlen(s->name));
	str_addf(out, ",\"rows\":%zu,\"passed\":%zu,\"passed_strict\":%zu,\"cut_without_code\":%zu",
		 sums.rows, sums.passed, sums.strict, sums.cut_no_code);
	add_rate("pass", s->official, r->n_problems, 1, out);
	if (k > 1)
		add_rate("pass_at_k", s->official, r->n_problems, k, out);
	add_rate("pass_strict", s->strict, r->n_problems, 1, out);
	str_adds(out, ",\"classes\":{");
	for (unsigned c = 33; c < 127; c++) {
		char letter[2] = { (char)c, 0 };

		if (!sums.letters[c])
			continue;
		str_adds(out, first ? "" : ",");
		json_quote(out, letter, 1);
		str_addf(out, ":%zu", sums.letters[c]);
		first = false;
	}
	str_addc(out, '}');
	bench_figures_json(&s->rows, &sums, out);
	str_addc(out, '}');
}

void bench_report_json(const struct bench_report *r, struct str *out)
{
	str_adds(out, "{\"sets\":[");
	for (size_t i = 0; i < r->n; i++) {
		str_adds(out, i ? "," : "");
		add_set(r, &r->sets[i], out);
	}
	str_adds(out, "],\"comparisons\":[");
	for (size_t i = 1; i < r->n; i++) {
		struct bench_test t;

		bench_compare_counts(r->sets[i].official, r->sets[0].official, r->n_problems, &t);
		str_addf(out, "%s{\"a\":%zu,\"b\":0,\"difference\":%.6f,\"p\":%.6f,\"exact\":%s}",
			 i > 1 ? "," : "", i, t.difference, t.p, t.exact ? "true" : "false");
	}
	str_adds(out, "]}");
}
