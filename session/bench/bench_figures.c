/* Means of the numbers that a suite's judge gives besides the class.
 *
 * Ratios use the geometric mean: a half and a double average to 1, and the result
 * does not depend on which of two designs is the larger. Other figures use the
 * arithmetic mean. A row without a figure is left out of its mean, so each mean is
 * shown with its number of rows.
 */
#include "config.h"

#include <math.h>

#include "session/bench/bench_report.h"

/* The suite's figures, an array of SUITE_FIGURES; NULL: none. */
static const struct suite_figure *bench_figures_of(const struct bench_rows *rows)
{
	const struct suite *s = rows->n ? suite_named(rows->v[0].suite) : NULL;

	return s && s->figures[0].name ? s->figures : NULL;
}

void bench_figures_sum(const struct bench_rows *rows, struct bench_sums *out)
{
	const struct suite_figure *f = bench_figures_of(rows);

	for (size_t i = 0; i < SUITE_FIGURES; i++) {
		double sum = 0;
		size_t n = 0;

		for (size_t k = 0; f && f[i].name && k < rows->n; k++) {
			double v = rows->v[k].figures[i];

			if (v < 0 || (f[i].ratio && !(v > 0)))
				continue;
			sum += f[i].ratio ? log(v) : v;
			n++;
		}
		out->n_figures[i] = n;
		out->figures[i] = !n ? -1 : f[i].ratio ? exp(sum / (double)n) : sum / (double)n;
	}
}

void bench_figures_text(const struct bench_rows *rows, const struct bench_sums *s, struct str *out)
{
	const struct suite_figure *f = bench_figures_of(rows);

	for (size_t i = 0; f && i < SUITE_FIGURES && f[i].name; i++)
		if (s->n_figures[i])
			str_addf(out, "  %-22s %7.3f   %s, %s mean of %zu of %zu\n", f[i].name,
				 s->figures[i], f[i].means, f[i].ratio ? "geometric" : "arithmetic",
				 s->n_figures[i], rows->n);
}

void bench_figures_html(const struct bench_rows *rows, const struct bench_sums *s, struct str *out)
{
	const struct suite_figure *f = bench_figures_of(rows);

	for (size_t i = 0; f && i < SUITE_FIGURES && f[i].name; i++)
		if (s->n_figures[i])
			str_addf(out, "<p><b>%s</b> %.3f: %s, %s mean of %zu of %zu\n", f[i].name,
				 s->figures[i], f[i].means, f[i].ratio ? "geometric" : "arithmetic",
				 s->n_figures[i], rows->n);
}

void bench_figures_json(const struct bench_rows *rows, const struct bench_sums *s, struct str *out)
{
	const struct suite_figure *f = bench_figures_of(rows);

	if (!f)
		return;
	str_adds(out, ",\"figures\":{");
	for (size_t i = 0; i < SUITE_FIGURES && f[i].name; i++) {
		str_addf(out, "%s\"%s\":{\"mean\":", i ? "," : "", f[i].name);
		if (s->n_figures[i])
			str_addf(out, "%.6f", s->figures[i]);
		else
			str_adds(out, "null");
		str_addf(out, ",\"rows\":%zu}", s->n_figures[i]);
	}
	str_addc(out, '}');
}
