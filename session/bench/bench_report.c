/* Counts rows by problem and compares problems between sets.
 *
 * Both lists are sorted, so two sets are counted in one pass. Sets are compared only
 * over common problems, so leaving out the hard ones gives no advantage. A difference
 * is reported as one if chance would produce it in less than one of twenty cases.
 */
#include "config.h"

#include "session/bench/bench_report.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/bench/suite.h"
#include "session/text/name_map.h"

void bench_report_init(struct bench_report *r)
{
	*r = (struct bench_report){ 0 };
}

static void set_fini(struct bench_set *s)
{
	free(s->name);
	free(s->dir);
	free(s->official);
	free(s->strict);
	free(s->first);
	bench_rows_fini(&s->rows);
}

void bench_report_fini(struct bench_report *r)
{
	for (size_t i = 0; i < r->n; i++)
		set_fini(&r->sets[i]);
	if (r->has_most)
		set_fini(&r->most);
	free(r->sets);
	free(r->problems);
	free(r->categories);
	bench_report_init(r);
}

/* One whose rows name a suite. */
static const struct bench_set *any_set(const struct bench_report *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->sets[i].rows.n)
			return &r->sets[i];
	return r->has_most ? &r->most : NULL;
}

/* bench_setup.c writes the word; a value of the person's own may contain it. */
static bool is_of_references(const struct bench_rows *rows)
{
	static const char word[] = "references";
	const char *at = rows->n ? strstr(rows->v[0].setup, word) : NULL;
	const char *end = at ? at + strlen(word) : NULL;

	return at && (at == rows->v[0].setup || at[-1] == ' ') && (!*end || *end == ' ');
}

bool bench_report_add(struct bench_report *r, const char *path, struct err *err)
{
	const struct bench_set *other = any_set(r);
	struct bench_set s = { .dir = path_dir(path) };
	const char *base = path_base(path);
	size_t n = strlen(base);
	bool ok;

	s.name = mem_strndup(base, str_ends(base, ".jsonl") ? n - 6 : n);
	ok = bench_rows_read(&s.rows, path, NULL, err);
	if (ok && other && s.rows.n && strcmp(other->rows.v[0].suite, s.rows.v[0].suite) != 0)
		ok = err_set(err, ERR_CONFLICT, "%.100s is of %.60s, %.100s of %.60s", other->name,
			     other->rows.v[0].suite, s.name, s.rows.v[0].suite);
	if (ok && r->has_most && is_of_references(&s.rows))
		ok = err_set(err, ERR_CONFLICT,
			     "%.100s and %.100s are both of the suite's own solutions; `cat` joins "
			     "the parts of one run",
			     r->most.name, s.name);
	if (!ok) {
		set_fini(&s);
	} else if (is_of_references(&s.rows)) {
		r->most = s;
		r->has_most = true;
	} else {
		r->sets = mem_realloc(r->sets, (r->n + 1) * sizeof(*r->sets));
		r->sets[r->n++] = s;
	}
	return ok;
}

/* Counting --------------------------------------------------------------------------- */

static int by_problem(const void *a, const void *b)
{
	const struct bench_row *const *x = a, *const *y = b;

	return strcmp((*x)->problem, (*y)->problem);
}

static size_t rows_of_all(const struct bench_report *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		n += r->sets[i].rows.n;
	return n;
}

static void list_problems(struct bench_report *r)
{
	size_t all = rows_of_all(r), n = 0;
	const struct bench_row **rows = mem_calloc(all + 1, sizeof(*rows));

	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < r->sets[i].rows.n; k++)
			rows[n++] = &r->sets[i].rows.v[k];
	qsort(rows, n, sizeof(*rows), by_problem);
	r->problems = mem_calloc(n + 1, sizeof(*r->problems));
	r->categories = mem_calloc(n + 1, sizeof(*r->categories));
	for (size_t i = 0; i < n; i++) {
		if (r->n_problems && strcmp(r->problems[r->n_problems - 1], rows[i]->problem) == 0)
			continue;
		r->categories[r->n_problems] = rows[i]->category;
		r->problems[r->n_problems++] = rows[i]->problem;
	}
	free(rows);
}

/* Both lists are sorted by problem. */
static void count_set(const struct bench_report *r, struct bench_set *s)
{
	size_t at = 0;

	s->official = mem_calloc(r->n_problems + 1, sizeof(*s->official));
	s->strict = mem_calloc(r->n_problems + 1, sizeof(*s->strict));
	s->first = mem_calloc(r->n_problems + 1, sizeof(*s->first));
	for (size_t i = 0; i < s->rows.n; i++) {
		const struct bench_row *row = &s->rows.v[i];

		while (at < r->n_problems && strcmp(r->problems[at], row->problem) < 0)
			at++;
		if (at == r->n_problems)
			break;
		if (strcmp(r->problems[at], row->problem) != 0)
			continue;
		s->first[at] = s->first[at] ? s->first[at] : row;
		if (row->class_ == '?')
			continue;
		s->official[at].n++;
		s->strict[at].n++;
		s->official[at].c += bench_row_passes(row);
		s->strict[at].c += bench_row_strict(row);
	}
}

void bench_report_count(struct bench_report *r)
{
	list_problems(r);
	for (size_t i = 0; i < r->n; i++)
		count_set(r, &r->sets[i]);
	if (r->has_most)
		count_set(r, &r->most);
}

void bench_sums_of(const struct bench_rows *rows, struct bench_sums *out)
{
	size_t passed = 0;

	*out = (struct bench_sums){ .rows = rows->n };
	for (size_t i = 0; i < rows->n; i++) {
		const struct bench_row *r = &rows->v[i];
		bool told = r->tokens_in >= 0 && r->tokens_out >= 0;

		out->letters[(unsigned char)r->class_ & 127]++;
		out->passed += bench_row_passes(r);
		out->strict += bench_row_strict(r);
		out->unjudged += r->class_ == '?';
		out->cut += r->cut;
		out->no_code += !r->code && r->class_ != '?';
		out->cut_no_code += r->cut && !r->code;
		out->in = out->in < 0 || !told ? -1 : out->in + r->tokens_in;
		out->out = out->out < 0 || !told ? -1 : out->out + r->tokens_out;
		out->cached += r->tokens_cached > 0 ? r->tokens_cached : 0;
		out->cost = out->cost < 0 || r->cost < 0 ? -1 : out->cost + r->cost;
		out->ask_s += r->ask_s;
		if (bench_row_passes(r) && r->rounds) {
			passed++;
			out->rounds += r->rounds;
		}
	}
	if (passed)
		out->rounds /= (double)passed;
	bench_figures_sum(rows, out);
}

double bench_sums_rate(const struct bench_sums *s)
{
	return s->rows > s->unjudged ? (double)s->passed / (double)(s->rows - s->unjudged) : -1;
}

unsigned bench_most_k(const struct bench_count *v, size_t n)
{
	static const unsigned ks[] = { 100, 50, 20, 10, 5, 1 };
	unsigned least = 0;

	for (size_t i = 0; i < n; i++)
		if (v[i].n && (!least || v[i].n < least))
			least = v[i].n;
	for (size_t i = 0; i < sizeof(ks) / sizeof(*ks); i++)
		if (ks[i] <= least)
			return ks[i];
	return 0;
}

/* The table --------------------------------------------------------------------------- */

static void add_rate(const char *what, const struct bench_count *v, size_t n, unsigned k,
		     struct str *out)
{
	struct bench_rate rate;

	bench_rate_of(v, n, k, &rate);
	if (!rate.problems) {
		str_addf(out, "  %-22s unknown: no sample was judged\n", what);
		return;
	}
	str_addf(out, "  %-22s %5.1f %%   95 %%: %.1f to %.1f\n", what, 100 * rate.mean,
		 100 * rate.low, 100 * rate.high);
}

static void add_classes(const struct bench_sums *s, struct str *out)
{
	str_adds(out, "  classes               ");
	for (unsigned c = 33; c < 127; c++)
		if (s->letters[c])
			str_addf(out, " %c %zu", (int)c, s->letters[c]);
	str_addc(out, '\n');
	for (unsigned c = 33; c < 127; c++)
		if (s->letters[c] && c != '.' && *suite_class_means((char)c))
			str_addf(out, "    %c %s\n", (int)c, suite_class_means((char)c));
}

static void add_cost(const struct bench_sums *s, struct str *out)
{
	if (s->in >= 0 && s->in + s->out > 0)
		str_addf(out, "  tokens                 %ld in (%ld of them cached), %ld out\n",
			 s->in, s->cached, s->out);
	if (s->cost > 0 && s->passed)
		str_addf(out, "  cost                   %.4f, %.4f for each pass\n", s->cost,
			 s->cost / (double)s->passed);
	if (s->rounds > 0)
		str_addf(out, "  rounds to a pass       %.2f\n", s->rounds);
	if (s->cut)
		str_addf(out, "  cut by length          %zu, %zu of them without code\n", s->cut,
			 s->cut_no_code);
	if (s->no_code)
		str_addf(out, "  without code           %zu\n", s->no_code);
	if (s->unjudged)
		str_addf(out, "  could not be judged    %zu\n", s->unjudged);
}

/* The problems of each category form a linked list. */
void bench_categories(const struct bench_report *r, const struct bench_set *s,
		      bench_category_fn *each, void *ctx)
{
	struct name_map last = NAME_MAP_INIT; /* index of a category in heads */
	size_t all = r->n_problems, n_heads = 0;
	size_t *heads = mem_calloc(all + 1, sizeof(*heads)),
	       *tails = mem_calloc(all + 1, sizeof(*tails)),
	       *next = mem_calloc(all + 1, sizeof(*next));

	for (size_t i = 0; i < all; i++) {
		const char *name = r->categories[i];
		size_t g = n_heads;

		next[i] = all;
		if (!*name)
			continue;
		if (name_map_put(&last, name, strlen(name), g))
			heads[n_heads++] = i;
		else if (name_map_get(&last, name, strlen(name), &g))
			next[tails[g]] = i;
		tails[g] = i;
	}
	for (size_t g = 0; g < n_heads; g++) {
		double sum = 0;
		size_t n = 0;

		for (size_t i = heads[g]; i < all; i = next[i]) {
			sum += bench_pass_at(s->official[i], 1);
			n += s->official[i].n > 0;
		}
		if (n)
			each(ctx, r->categories[heads[g]], sum / (double)n, n);
	}
	name_map_fini(&last);
	free(heads);
	free(tails);
	free(next);
}

static void add_category(void *ctx, const char *name, double rate, size_t n)
{
	str_addf(ctx, "    %-20.40s %5.1f %%   of %zu problem%s\n", name, 100 * rate, n,
		 n == 1 ? "" : "s");
}

static void add_set(const struct bench_report *r, const struct bench_set *s, struct str *out)
{
	unsigned k = bench_most_k(s->official, r->n_problems);
	struct bench_sums sums;
	char what[32];

	if (!s->rows.n) {
		str_addf(out, "%s: no rows\n", s->name);
		return;
	}
	bench_sums_of(&s->rows, &sums);
	str_addf(out, "%s: %zu sample%s of %s%s%s\n", s->name, s->rows.n, s->rows.n == 1 ? "" : "s",
		 s->rows.v[0].suite, *s->rows.v[0].model ? ", " : "", s->rows.v[0].model);
	add_rate("pass@1", s->official, r->n_problems, 1, out);
	if (k > 1) {
		snprintf(what, sizeof(what), "pass@%u", k);
		add_rate(what, s->official, r->n_problems, k, out);
	}
	add_rate("pass@1, strict judge", s->strict, r->n_problems, 1, out);
	bench_figures_text(&s->rows, &sums, out);
	bench_categories(r, s, add_category, out);
	add_classes(&sums, out);
	add_cost(&sums, out);
}

static void add_most(const struct bench_report *r, struct str *out)
{
	const struct bench_rows *rows = &r->most.rows;
	struct bench_sums sums;

	bench_sums_of(rows, &sums);
	str_adds(out, "the suite's own solutions, by the same judge: ");
	if (sums.rows > sums.unjudged)
		str_addf(out, "%zu of %zu (%.1f %%), %zu by the strict one\n", sums.passed,
			 sums.rows - sums.unjudged, 100 * bench_sums_rate(&sums), sums.strict);
	else
		str_adds(out, "unknown, none was judged\n");
	if (sums.unjudged)
		str_addf(out, "  could not be judged    %zu\n", sums.unjudged);
	bench_figures_text(rows, &sums, out);
	for (size_t i = 0; i < rows->n; i++) {
		const struct bench_row *row = &rows->v[i];

		if (!bench_row_passes(row))
			str_addf(out, "  %s: %c, %s\n", row->problem, row->class_,
				 row->class_ == '?' ? row->error : row->first);
	}
}

static void add_comparison(const struct bench_report *r, size_t i, struct str *out)
{
	const struct bench_set *a = &r->sets[0], *b = &r->sets[i];
	struct bench_test t;

	bench_compare_counts(b->official, a->official, r->n_problems, &t);
	if (t.better + t.worse + t.same == 0) {
		str_addf(out, "%s against %s: they have no problem in common\n", b->name, a->name);
		return;
	}
	str_addf(out, "%s against %s: ", b->name, a->name);
	bench_test_text(&t, out);
	str_addc(out, '\n');
}

void bench_report_text(const struct bench_report *r, struct str *out)
{
	for (size_t i = 0; i < r->n; i++)
		add_set(r, &r->sets[i], out);
	if (r->has_most)
		add_most(r, out);
	for (size_t i = 1; i < r->n; i++)
		add_comparison(r, i, out);
}
