/* diff and suggestion together: units are lines of a diff with decisions. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/journal/suggestion.h"
#include "session/text/diff.h"
#include "tests/lib/dice.h"
#include "tests/lib/tool.h"

/* A text of few distinct lines, so that much repeats; with CRLF, NULs and a missing last
 * newline. */
static void random_text(struct str *s, unsigned lines)
{
	static const struct {
		const char *s;
		size_t n;
	} some[] = { { "a\n", 2 },    { "b\n", 2 },   { "\n", 1 },     { "  c\r\n", 5 },
		     { "d\0d\n", 4 }, { "end\n", 4 }, { "begin\n", 6 } };

	str_clear(s);
	for (unsigned i = 0; i < lines; i++) {
		unsigned k = roll(7);

		str_add(s, some[k].s, some[k].n);
	}
	if (s->len && roll(4) == 0)
		str_cut(s, s->len - 1);
}

static void change_some(const struct str *from, struct str *to)
{
	struct lines l;

	str_clear(to);
	lines_init(&l, str_cstr(from), from->len);
	for (size_t i = 0; i < l.n; i++) {
		size_t len;
		const char *line = lines_at(&l, i, &len);
		unsigned what = roll(10);

		if (what == 0)
			continue;
		if (what == 1)
			str_adds(to, "new line\n");
		if (what == 2)
			str_adds(to, "  changed\n");
		else
			str_add(to, line, len);
	}
	lines_fini(&l);
}

/* Longest common subsequence, by a slow and reliable algorithm. */
static size_t shortest(const struct lines *a, const struct lines *b)
{
	size_t *l = calloc((a->n + 1) * (b->n + 1), sizeof(*l)), w = b->n + 1, best;

	for (size_t i = 1; i <= a->n; i++) {
		for (size_t k = 1; k <= b->n; k++) {
			size_t la, lb;
			const char *x = lines_at(a, i - 1, &la), *y = lines_at(b, k - 1, &lb);

			if (la == lb && memcmp(x, y, la) == 0)
				l[i * w + k] = l[(i - 1) * w + k - 1] + 1;
			else
				l[i * w + k] = l[(i - 1) * w + k] > l[i * w + k - 1]
						       ? l[(i - 1) * w + k]
						       : l[i * w + k - 1];
		}
	}
	best = a->n + b->n - 2 * l[a->n * w + b->n];
	free(l);
	return best;
}

static size_t cost(const struct diff *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++)
		n += d->hunks[i].a_len + d->hunks[i].b_len;
	return n;
}

CASE(a_diff_is_as_short_as_can_be)
{
	struct str a = STR_INIT, b = STR_INIT;

	for (int i = 0; i < 20000; i++) {
		struct lines la, lb;
		struct diff d;

		random_text(&a, roll(30));
		if (roll(2))
			random_text(&b, roll(30));
		else
			change_some(&a, &b);
		lines_init(&la, str_cstr(&a), a.len);
		lines_init(&lb, str_cstr(&b), b.len);
		diff_init(&d, &la, &lb);
		assert_int_equal(cost(&d), shortest(&la, &lb));
		for (size_t h = 1; h < d.n; h++) /* something unchanged between */
			assert_true(d.hunks[h].a_start >
				    d.hunks[h - 1].a_start + d.hunks[h - 1].a_len);
		diff_fini(&d);
		lines_fini(&la);
		lines_fini(&lb);
	}
	str_free(&a);
	str_free(&b);
}

/* Applying d to a gives b, and lines outside of its hunks are equal. */
static void leads_to(const struct diff *d, const struct lines *a, const struct lines *b)
{
	size_t i = 0, k = 0, la, lb;

	for (size_t h = 0; h <= d->n; h++) {
		size_t until = h < d->n ? d->hunks[h].a_start : a->n;

		for (; i < until; i++, k++) {
			const char *x = lines_at(a, i, &la), *y = lines_at(b, k, &lb);

			assert_int_equal(la, lb);
			assert_memory_equal(x, y, la);
		}
		if (h < d->n) {
			assert_int_equal(d->hunks[h].b_start, k);
			i += d->hunks[h].a_len;
			k += d->hunks[h].b_len;
		}
	}
	assert_int_equal(k, b->n);
}

/* Removed lines summed by their place: the outermost scripts have the least and
 * the most of it. */
static size_t removed_places(const struct diff *d)
{
	size_t sum = 0;

	for (size_t h = 0; h < d->n; h++)
		for (size_t i = 0; i < d->hunks[h].a_len; i++)
			sum += d->hunks[h].a_start + i;
	return sum;
}

CASE(the_outermost_diffs_are_as_short_and_enclose_all_others)
{
	struct str a = STR_INIT, b = STR_INIT;

	for (int i = 0; i < 10000; i++) {
		struct lines la, lb;
		struct diff d, first, last;

		random_text(&a, roll(30));
		change_some(&a, &b);
		lines_init(&la, str_cstr(&a), a.len);
		lines_init(&lb, str_cstr(&b), b.len);
		diff_init(&d, &la, &lb);
		diff_init_outer(&first, &la, &lb, DIFF_REMOVES_FIRST);
		diff_init_outer(&last, &la, &lb, DIFF_ADDS_FIRST);
		leads_to(&d, &la, &lb);
		leads_to(&first, &la, &lb);
		leads_to(&last, &la, &lb);
		assert_int_equal(cost(&first), cost(&d));
		assert_int_equal(cost(&last), cost(&d));
		assert_true(removed_places(&first) <= removed_places(&d));
		assert_true(removed_places(&last) >= removed_places(&d));
		diff_fini(&d);
		diff_fini(&first);
		diff_fini(&last);
		lines_fini(&la);
		lines_fini(&lb);
	}
	str_free(&a);
	str_free(&b);
}

/* Files too large for the slow algorithm. */
CASE(a_large_diff_is_no_longer_than_gits)
{
	static const char *const argv[] = { "git",	 "diff", "--no-index", "--minimal",
					    "--numstat", "a",	 "b",	       NULL };
	char *dir;

	if (!tool_there("git"))
		skip();
	dir = tool_folder();
	for (int i = 0; i < 40; i++) {
		struct str a = STR_INIT, b = STR_INIT, out = STR_INIT, err = STR_INIT;
		unsigned kinds = i % 2 ? 20 : 100000, changes = 1 + roll(30);
		unsigned long added = 0, removed = 0;
		struct lines la, lb;
		struct diff d;

		for (unsigned k = 200 + roll(3000); k > 0; k--) {
			unsigned line = roll(kinds);

			str_addf(&a, "  assign w%u = a;\n", line);
			if (roll(100) >= changes)
				str_addf(&b, "  assign w%u = a;\n", line);
			if (roll(100) < changes)
				str_addf(&b, "  assign w%u = a;\n", roll(kinds));
		}
		tool_write(dir, "a", str_cstr(&a));
		tool_write(dir, "b", str_cstr(&b));
		tool_run(dir, argv, &out, &err);
		lines_init(&la, str_cstr(&a), a.len);
		lines_init(&lb, str_cstr(&b), b.len);
		diff_init(&d, &la, &lb);
		assert_true(out.len == 0 ||
			    sscanf(str_cstr(&out), "%lu %lu", &added, &removed) == 2);
		assert_true(cost(&d) * 100 <= (added + removed) * 115);
		diff_fini(&d);
		lines_fini(&la);
		lines_fini(&lb);
		str_free(&a);
		str_free(&b);
		str_free(&out);
		str_free(&err);
	}
	tool_folder_remove(dir);
}

CASE(two_large_files_are_compared_in_reasonable_space)
{
	struct str a = STR_INIT, b = STR_INIT;
	struct lines la, lb;
	struct diff d;

	for (int i = 0; i < 50000; i++) {
		str_addf(&a, "line %d\n", i);
		str_addf(&b, i == 10 || i == 49990 ? "other %d\n" : "line %d\n", i);
	}
	lines_init(&la, a.data, a.len);
	lines_init(&lb, b.data, b.len);
	diff_init(&d, &la, &lb);
	assert_int_equal(d.n, 2);
	diff_fini(&d);
	lines_fini(&lb);
	str_clear(&b);
	for (int i = 0; i < 20000; i++)
		str_addf(&b, "l %u\n", roll(500)); /* nothing to find: the cost bound */
	lines_init(&lb, b.data, b.len);
	diff_init(&d, &la, &lb);
	assert_int_equal(cost(&d), 70000);
	diff_fini(&d);
	lines_fini(&la);
	lines_fini(&lb);
	str_free(&a);
	str_free(&b);
}

CASE(a_run_slides_to_where_a_person_would_see_it)
{
	static const char a[] = "module a;\nendmodule\n\nmodule c;\nendmodule\n";
	static const char b[] =
		"module a;\nendmodule\n\nmodule b;\nendmodule\n\nmodule c;\nendmodule\n";
	struct lines la, lb;
	struct diff d;

	lines_init(&la, a, sizeof(a) - 1);
	lines_init(&lb, b, sizeof(b) - 1);
	diff_init(&d, &la, &lb);
	assert_int_equal(d.n, 1);
	assert_int_equal(d.hunks[0].b_start, 3);
	assert_int_equal(d.hunks[0].b_len, 3);
	diff_fini(&d);
	lines_fini(&la);
	lines_fini(&lb);
}

/* Suggestions -------------------------------------------------------------------- */

/* Applies the taken units to the base line by line, independently of how the suggestion
 * composes: a list of lines for each line of the base. */
static void naive_compose(const struct suggestion *s, struct str *out)
{
	size_t a_len, b_len;
	const char *a = suggestion_base(s, &a_len), *b = suggestion_proposed(s, &b_len);
	struct lines la, lb;

	lines_init(&la, a, a_len);
	lines_init(&lb, b, b_len);
	for (size_t i = 0; i <= la.n; i++) {
		bool kept = i < la.n;

		for (size_t u = 0; u < suggestion_units(s); u++) {
			const struct unit *unit = suggestion_unit(s, u);
			size_t len;
			const char *line;

			if (unit->base_line != i || unit->decision != DECISION_TAKEN)
				continue;
			if (unit->kind != UNIT_ADDED)
				kept = false;
			if (unit->kind == UNIT_REMOVED)
				continue;
			line = lines_at(&lb, unit->new_line, &len);
			if (out->len && out->data[out->len - 1] != '\n')
				str_addc(out, '\n');
			str_add(out, line, len);
		}
		if (kept) {
			size_t len;
			const char *line = lines_at(&la, i, &len);

			if (out->len && out->data[out->len - 1] != '\n')
				str_addc(out, '\n');
			str_add(out, line, len);
		}
	}
	lines_fini(&la);
	lines_fini(&lb);
}

static void expect_composed(const struct suggestion *s, const char *want, size_t len)
{
	struct str out = STR_INIT;

	suggestion_compose(s, &out);
	assert_int_equal(out.len, len);
	assert_memory_equal(str_cstr(&out), want, len);
	str_free(&out);
}

CASE(any_subset_is_the_text_built_line_by_line)
{
	struct str a = STR_INIT, b = STR_INIT;

	for (int i = 0; i < 100000; i++) {
		struct suggestion *s;
		struct str naive = STR_INIT;
		size_t n, taken = 0;

		random_text(&a, roll(20));
		change_some(&a, &b);
		s = suggestion_new("x.sv", false, str_cstr(&a), a.len, str_cstr(&b), b.len);
		n = suggestion_units(s);
		if (n)
			expect_composed(s, str_cstr(&a), a.len);
		for (size_t u = 0; u < n; u++) {
			if (roll(2)) {
				suggestion_decide(s, u, DECISION_TAKEN);
				taken++;
			} else if (roll(2)) {
				suggestion_decide(s, u, DECISION_REFUSED);
			}
		}
		naive_compose(s, &naive);
		if (taken < n)
			expect_composed(s, str_cstr(&naive), naive.len);
		for (size_t u = 0; u < n; u++)
			suggestion_decide(s, u, DECISION_TAKEN);
		expect_composed(s, str_cstr(&b), b.len);
		str_free(&naive);
		suggestion_free(s);
	}
	str_free(&a);
	str_free(&b);
}

CASE(units_that_do_not_fit_are_refused)
{
	struct suggestion *s = suggestion_new("x", false, "a\nq = b;\n", 9, "a\nq = c;\n", 9);
	struct unit u = *suggestion_unit(s, 0), wrong = u;
	struct suggestion *again =
		suggestion_restore("x", false, "a\nq = b;\n", 9, "a\nq = c;\n", 9, &u, 1, NULL);
	struct err err;

	assert_int_equal(suggestion_units(s), 1);
	assert_int_equal(u.kind, UNIT_REPLACED);
	assert_non_null(again);
	wrong.base_line = 7;
	assert_null(suggestion_restore("x", false, "a\nq = b;\n", 9, "a\nq = c;\n", 9, &wrong, 1,
				       &err));
	assert_int_equal(err.code, ERR_PARSE);
	assert_null(
		suggestion_restore("x", false, "a\nq = b;\n", 9, "a\nq = c;\n", 9, NULL, 0, &err));
	wrong = u;
	wrong.kind = UNIT_ADDED;
	assert_null(suggestion_restore("x", false, "a\nq = b;\n", 9, "a\nq = c;\n", 9, &wrong, 1,
				       &err));
	wrong = u;
	wrong.hunk = UINT32_MAX; /* as many as somebody may want memory for */
	assert_null(suggestion_restore("x", false, "a\nq = b;\n", 9, "a\nq = c;\n", 9, &wrong, 1,
				       &err));
	suggestion_free(again);
	suggestion_free(s);
}

CASE(lines_are_paired_with_what_they_became)
{
	static const char a[] = "  assign q = d;\n  if (!rst_n) count <= 0;\n";
	static const char b[] = "  // a comment\n  assign q = d;\n  if (!rst_n) count <= '0;\n";
	struct suggestion *s = suggestion_new("x", false, a, sizeof(a) - 1, b, sizeof(b) - 1);

	assert_int_equal(suggestion_units(s), 2);
	assert_int_equal(suggestion_unit(s, 0)->kind, UNIT_ADDED);
	assert_int_equal(suggestion_unit(s, 1)->kind, UNIT_REPLACED);
	assert_int_equal(suggestion_unit(s, 1)->base_line, 1);
	suggestion_free(s);
}

/* git judges the printed diff. */
CASE(git_makes_of_the_diff_what_was_proposed)
{
	char *dir = tool_folder();
	struct str a = STR_INIT, b = STR_INIT, out = STR_INIT, command = STR_INIT;
	char *file, *diff;

	if (access("/usr/bin/git", X_OK) != 0)
		skip();
	file = path_join(dir, "x.sv");
	diff = path_join(dir, "d.diff");
	for (int i = 0; i < 60; i++) {
		struct suggestion *s;
		int fresh = i % 6 == 0;

		random_text(&a, fresh ? 0 : 1 + roll(40));
		if (fresh)
			random_text(&b, 1 + roll(20));
		else
			change_some(&a, &b);
		for (size_t k = 0; k < a.len; k++) /* git takes NULs for a binary file */
			if (!a.data[k])
				a.data[k] = 'n';
		for (size_t k = 0; k < b.len; k++)
			if (!b.data[k])
				b.data[k] = 'n';
		s = suggestion_new("x.sv", fresh, str_cstr(&a), a.len, str_cstr(&b), b.len);
		str_clear(&out);
		suggestion_print(s, &out);
		suggestion_free(s);
		if (out.len == 0)
			continue;
		if (b.len == 0)
			continue; /* git would delete what became empty */
		unlink(file);
		if (!fresh)
			assert_true(file_save(file, str_cstr(&a), a.len, 0600, NULL));
		assert_true(file_save(diff, out.data, out.len, 0600, NULL));
		str_clear(&command);
		str_addf(&command, "cd %s && git apply --whitespace=nowarn d.diff", dir);
		{
			FILE *p = popen(str_cstr(&command), "r");

			assert_non_null(p);
			assert_int_equal(pclose(p), 0);
		}
		assert_true(file_read(file, 0, &out, NULL));
		assert_int_equal(out.len, b.len);
		assert_memory_equal(out.data, b.data, b.len);
	}
	file_remove_tree(dir, NULL);
	str_free(&a);
	str_free(&b);
	str_free(&out);
	str_free(&command);
	free(file);
	free(diff);
	free(dir);
}

static void composed(const struct suggestion *s, const char *want)
{
	struct str out = STR_INIT;

	suggestion_compose(s, &out);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
}

/* The new name is a unit of its own, before all lines. */
CASE(a_name_is_decided_like_a_line)
{
	static const char base[] = "one\ntwo\nthree\n", fresh[] = "one\ntwo2\nthree\n";
	struct suggestion *s = suggestion_new("a.sv", false, base, strlen(base), fresh,
					      strlen(fresh)),
			  *again;
	struct unit units[3];
	struct str out = STR_INIT;
	struct err err;

	assert_null(suggestion_moves(s));
	suggestion_set_moves(s, "b.sv");
	assert_int_equal(suggestion_units(s), 2);
	assert_int_equal(suggestion_unit(s, 0)->kind, UNIT_MOVED);
	assert_int_equal(suggestion_unit(s, 1)->kind, UNIT_REPLACED);
	assert_int_equal(suggestion_unit(s, 1)->hunk, 1);
	suggestion_print(s, &out);
	assert_non_null(strstr(
		str_cstr(&out),
		"diff --git a/a.sv b/b.sv\nsimilarity index 66%\nrename from a.sv\nrename to b.sv\n"
		"--- a/a.sv\n+++ b/b.sv\n@@"));
	assert_false(suggestion_split(s, 0) || suggestion_amend(s, 0, "x", 1) ||
		     suggestion_renames_file(s));
	suggestion_decide(s, 0, DECISION_TAKEN);
	assert_true(suggestion_renames_file(s));
	composed(s, base); /* the name alone */
	suggestion_decide(s, 1, DECISION_TAKEN);
	composed(s, fresh);
	suggestion_decide(s, 0, DECISION_REFUSED);
	assert_false(suggestion_renames_file(s));
	composed(s, fresh); /* the lines alone */
	suggestion_set_in_place(s, true);
	assert_true(suggestion_renames_file(s)); /* back to where it was */
	again = suggestion_copy(s);
	assert_string_equal(suggestion_moves(again), "b.sv");
	suggestion_free(again);

	units[0] = *suggestion_unit(s, 0);
	units[1] = *suggestion_unit(s, 1);
	again = suggestion_restore("a.sv", false, base, strlen(base), fresh, strlen(fresh), units,
				   2, &err);
	assert_non_null(again);
	suggestion_set_moves(again, "b.sv");
	assert_int_equal(suggestion_units(again), 2);
	suggestion_close(again);
	assert_string_equal(suggestion_moves(again), "b.sv");
	suggestion_free(again);
	units[2] = units[0];
	assert_null(suggestion_restore("a.sv", false, base, strlen(base), fresh, strlen(fresh),
				       units, 3, &err));
	units[0].base_line = 1;
	assert_null(suggestion_restore("a.sv", false, base, strlen(base), fresh, strlen(fresh),
				       units, 2, &err));
	suggestion_free(s);
	str_free(&out);
}

CASE(a_pair_can_be_split_and_a_line_rewritten)
{
	static const char base[] = "one\nthe old line\nthree\n",
			  fresh[] = "one\nthe new line\nthree\n";
	struct suggestion *s = suggestion_new("a", false, base, strlen(base), fresh, strlen(fresh));

	assert_int_equal(suggestion_units(s), 1);
	assert_int_equal(suggestion_unit(s, 0)->kind, UNIT_REPLACED);
	assert_false(suggestion_split(s, 1));
	assert_true(suggestion_split(s, 0));
	assert_int_equal(suggestion_units(s), 2);
	assert_false(suggestion_split(s, 0));
	assert_false(suggestion_split(s, 1));
	composed(s, base);
	suggestion_decide(s, 0, DECISION_TAKEN);
	composed(s, "one\nthree\n");
	suggestion_decide(s, 0, DECISION_REFUSED);
	suggestion_decide(s, 1, DECISION_TAKEN);
	composed(s, "one\nthe old line\nthe new line\nthree\n");
	suggestion_decide(s, 0, DECISION_TAKEN);
	composed(s, fresh);
	assert_false(suggestion_amend(s, 0, "x", 1));
	assert_false(suggestion_amend(s, 1, "x\ny", 3));
	assert_true(suggestion_amend(s, 1, "my line", 7));
	composed(s, "one\nmy line\nthree\n");
	suggestion_decide(s, 0, DECISION_REFUSED);
	composed(s, "one\nthe old line\nmy line\nthree\n");
	suggestion_free(s);

	/* The last line, without an end. */
	s = suggestion_new("a", true, "", 0, "x", 1);
	suggestion_decide(s, 0, DECISION_TAKEN);
	assert_true(suggestion_amend(s, 0, "yy", 2));
	composed(s, "yy");
	assert_true(suggestion_amend(s, 0, "", 0));
	composed(s, "\n");
	suggestion_free(s);
}

CASE(what_is_over_keeps_its_counts_only)
{
	static const size_t counts[DECISIONS] = { 3, 2, 1 };
	struct suggestion *s = suggestion_new("a.sv", false, "a\nb\nc\n", 6, "A1\nb\nC1\nd\n", 11);
	size_t len, units = suggestion_units(s);

	suggestion_decide(s, 0, DECISION_TAKEN);
	suggestion_close(s);
	assert_true(suggestion_closed(s));
	assert_int_equal(suggestion_units(s), 0);
	assert_int_equal(suggestion_count(s, DECISION_TAKEN), 1);
	assert_int_equal(suggestion_count(s, DECISION_OPEN), units - 1);
	suggestion_base(s, &len);
	assert_int_equal(len, 0);
	composed(s, "");
	assert_string_equal(suggestion_path(s), "a.sv");
	suggestion_free(s);
	s = suggestion_restore_closed("b.sv", true, counts);
	assert_int_equal(suggestion_count(s, DECISION_REFUSED), 1);
	suggestion_free(s);
}

static int before_all(void **state)
{
	seed = (unsigned long)time(NULL);
	print_message("seed %lu\n", seed);
	return 0;
}

CASES_WITHIN(before_all, NULL)
