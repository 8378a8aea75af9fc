#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/mutant/coverage.h"

/* two_machines.dat is what Verilator 5.006 wrote for dut.sv and a testbench;
 * two_machines.info is what `verilator_coverage --write-info` makes of it. */
static void recorded(const char *name, struct str *out)
{
	char *path = str_fmt("%s/tests/unit/coverage/%s", getenv("srcdir"), name);

	assert_true(file_read(path, 1 << 20, out, NULL));
	free(path);
}

#define LINES 100
#define COLS  200

/* The tool's rule: counts of one line and column are added, each at its own line and
 * once more at each of its block; the lowest of a line's columns is its count. */
static void as_the_tool(const struct coverage *c, const char *path, struct str *out)
{
	static uint64_t sum[LINES][COLS];
	static bool there[LINES][COLS];

	memset(sum, 0, sizeof(sum));
	memset(there, 0, sizeof(there));
	for (size_t i = 0; i < c->n; i++) {
		const struct cover_point *p = &c->v[i];
		const char *s = p->lines;

		if (strcmp(p->path, path) != 0)
			continue;
		sum[p->line][p->col] += p->count;
		there[p->line][p->col] = true;
		while (*s) {
			long from = strtol(s, (char **)&s, 10), to = from;

			if (*s == '-')
				to = strtol(s + 1, (char **)&s, 10);
			for (; from <= to; from++) {
				sum[from][p->col] += p->count;
				there[from][p->col] = true;
			}
			s += *s == ',';
		}
	}
	str_addf(out, "SF:%s\n", path);
	for (int l = 0; l < LINES; l++) {
		uint64_t least = UINT64_MAX;

		for (int n = 0; n < COLS; n++)
			if (there[l][n] && sum[l][n] < least)
				least = sum[l][n];
		if (least != UINT64_MAX)
			str_addf(out, "DA:%d,%llu\n", l, (unsigned long long)least);
	}
	str_adds(out, "end_of_record\n");
}

CASE(counts_are_those_of_the_tool)
{
	struct str dat = STR_INIT, info = STR_INIT, got = STR_INIT;
	struct coverage c = { 0 };

	recorded("two_machines.dat", &dat);
	recorded("two_machines.info", &info);
	assert_true(coverage_read(&c, dat.data, dat.len, NULL));
	str_adds(&got, "TN:verilator_coverage\n");
	as_the_tool(&c, "dut.sv", &got);
	as_the_tool(&c, "tb.sv", &got);
	assert_string_equal(str_cstr(&got), str_cstr(&info));
	coverage_fini(&c);
	str_free(&dat);
	str_free(&info);
	str_free(&got);
}

/* Looked up by hand in dut.sv. */
CASE(lines_and_numbers)
{
	static const int64_t want[] = { 14, 12, 12, 4, 4, 4, 0, 0, 0, -1, -1, 10 }; /* from 4 on */
	struct str dat = STR_INIT;
	struct coverage c = { 0 };
	struct cover_sum s;
	int64_t *lines;
	int n;

	recorded("two_machines.dat", &dat);
	for (int times = 1; times <= 2; times++) {
		assert_true(coverage_read(&c, dat.data, dat.len, NULL));
		lines = coverage_lines(&c, "dut.sv", "", 0, &n);
		assert_int_equal(n, 15);
		assert_int_equal(lines[3], -1);
		for (int l = 4; l <= 15; l++)
			assert_int_equal(lines[l],
					 want[l - 4] > 0 ? want[l - 4] * times : want[l - 4]);
		free(lines);
		coverage_sum(&c, "dut.sv", "", 0, &s);
		assert_int_equal(s.lines, 10);
		assert_int_equal(s.lines_hit, 7);
		assert_int_equal(s.branches, 8);
		assert_int_equal(s.branches_hit, 6);
		assert_int_equal(s.bits, 14);
		assert_int_equal(s.bits_hit, 8);
	}
	assert_null(coverage_lines(&c, "no.sv", "", 0, &n));
	assert_int_equal(n, 0);
	coverage_fini(&c);
	str_free(&dat);
}

/* chain.dat is Verilator's count of chain.sv, in three instances of other widths: two are
 * given 0 four times and then 4 three times, one 6 each time. Counted by hand. */
CASE(an_if_of_a_chain_is_asked_as_often_as_all_behind_it)
{
	static const int64_t want[] = {
		-1, 21, 21, 0, 0, 0, 21, 6, 6, 6, -1, 15, 15, 21, 15, 15, 15
	};
	struct str dat = STR_INIT, text = STR_INIT;
	struct coverage c = { 0 };
	struct cover_sum s;
	int64_t *lines;
	int n;

	recorded("chain.dat", &dat);
	recorded("chain.sv", &text);
	assert_true(coverage_read(&c, dat.data, dat.len, NULL));
	lines = coverage_lines(&c, "chain.sv", text.data, text.len, &n);
	assert_int_equal(n, 17);
	for (int l = 1; l <= n; l++)
		assert_int_equal(lines[l], want[l - 1]);
	free(lines);
	coverage_sum(&c, "chain.sv", text.data, text.len, &s);
	assert_int_equal(s.lines, 15);
	assert_int_equal(s.lines_hit, 12);
	assert_int_equal(s.branches, 14);
	assert_int_equal(s.branches_hit, 6);
	coverage_fini(&c);
	str_free(&dat);
	str_free(&text);
}

CASE(states_are_labels)
{
	struct str dat = STR_INIT, text = STR_INIT, got = STR_INIT;
	struct coverage c = { 0 };

	recorded("two_machines.dat", &dat);
	recorded("dut.sv", &text);
	assert_true(coverage_read(&c, dat.data, dat.len, NULL));
	for (size_t i = 0; i < c.n; i++) {
		char *label = coverage_state(&c.v[i], text.data, text.len);

		if (label)
			str_addf(&got, "%d %s\n", c.v[i].line, label);
		free(label);
		label = coverage_state(&c.v[i], text.data, 40); /* another text */
		assert_null(label);
	}
	assert_string_equal(str_cstr(&got), "7 IDLE\n8 RUN\n9 DONE\n");
	coverage_fini(&c);
	str_free(&dat);
	str_free(&text);
	str_free(&got);
}

#define FIRST "# SystemC::Coverage-3\n"
#define KEY(l, n, s)                                                                 \
	"\001f\002a.v\001l\002" l "\001n\002" n "\001page\002v_line/m\001o\002block" \
	"\001S\002" s "\001h\002TOP"

static void refuses(const char *text, size_t len, enum err_code code)
{
	struct coverage c = { 0 };
	struct err err = { 0 };

	assert_true(coverage_read(&c, FIRST "C '" KEY("1", "2", "1") "' 3\n",
				  strlen(FIRST "C '" KEY("1", "2", "1") "' 3\n"), NULL));
	if (coverage_read(&c, text, len, &err))
		fail_msg("read: %.60s", text);
	assert_int_equal(err.code, code);
	assert_int_equal(c.n, 1);
	assert_int_equal(c.v[0].count, 3);
	coverage_fini(&c);
}

CASE(lies_are_refused)
{
	static const char *const lies[] = {
		"",
		"# SystemC::Coverage-4\n",
		FIRST "C '" KEY("1", "2", "1") "' 3",
		FIRST "C '" KEY("1", "2", "1") "' -3\n",
		FIRST "C '" KEY("1", "2", "1") "' 99999999999999999999999\n",
		FIRST "C '" KEY("1", "2", "1") "'3\n",
		FIRST "C '" KEY("1", "2", "1") "\n",
		FIRST "C '\n",
		FIRST "C ''\n",
		FIRST "D '" KEY("1", "2", "1") "' 3\n",
		FIRST "C '" KEY("-1", "2", "1") "' 3\n",
		FIRST "C '" KEY("9999999", "2", "1") "' 3\n",
		FIRST "C '" KEY("1", "", "1") "' 3\n",
		FIRST "C '" KEY("1", "2", "5-3") "' 3\n",
		FIRST "C '" KEY("1", "2", "0") "' 3\n",
		FIRST "C '" KEY("1", "2", "1-2000000") "' 3\n",
		FIRST "C '" KEY("1", "2", "1,,2") "' 3\n",
		FIRST "C '" KEY("1", "2", "x") "' 3\n",
		FIRST "C '\001page\002v_line/m' 3\n",
		FIRST "\n",
	};
	struct str many = STR_INIT;

	for (size_t i = 0; i < sizeof(lies) / sizeof(*lies); i++)
		refuses(lies[i], strlen(lies[i]), ERR_PARSE);
	str_adds(&many, FIRST);
	for (int i = 0; i < 10; i++)
		str_adds(&many, "C '" KEY("1", "2", "1-900000") "' 3\n");
	refuses(many.data, many.len, ERR_LIMIT);
	str_clear(&many);
	str_adds(&many, FIRST);
	for (unsigned i = 0; i < COVERAGE_POINTS_MAX + 2; i++)
		str_adds(&many, "C '" KEY("1", "2", "1") "' 3\n");
	refuses(many.data, many.len, ERR_LIMIT);
	str_free(&many);
}

/* Truncated anywhere, or with any byte changed: whole lines of it, or nothing. */
CASE(cut_and_changed)
{
	struct str dat = STR_INIT;
	unsigned seed = 5;

	recorded("two_machines.dat", &dat);
	for (size_t cut = 0; cut < dat.len; cut++) {
		struct coverage c = { 0 };
		bool whole = cut >= strlen(FIRST) && dat.data[cut - 1] == '\n';

		assert_int_equal(coverage_read(&c, dat.data, cut, NULL), whole);
		coverage_fini(&c);
	}
	for (int round = 0; round < 3000; round++) {
		struct coverage c = { 0 };
		size_t at = (size_t)rand_r(&seed) % dat.len;
		char was = dat.data[at];
		int64_t *lines;
		int n;

		dat.data[at] = (char)rand_r(&seed);
		coverage_read(&c, dat.data, dat.len, NULL);
		lines = coverage_lines(&c, "dut.sv", "", 0, &n);
		free(lines);
		coverage_fini(&c);
		dat.data[at] = was;
	}
	str_free(&dat);
}

CASE(counts_do_not_wrap)
{
	static const char text[] = FIRST "C '" KEY("1", "2", "1") "' 18446744073709551609\n";
	struct coverage c = { 0 };
	int64_t *lines;
	int n;

	assert_true(coverage_read(&c, text, sizeof(text) - 1, NULL));
	assert_true(coverage_read(&c, text, sizeof(text) - 1, NULL));
	assert_true(c.v[0].count == UINT64_MAX);
	lines = coverage_lines(&c, "a.v", "", 0, &n);
	assert_true(lines[1] == INT64_MAX);
	free(lines);
	coverage_fini(&c);
}
